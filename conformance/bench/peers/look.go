package peers

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// tools are the programs that the peers need.
type tools struct {
	chromium string // its path; "" if it is not installed
	// versions holds the name and version of each peer, by the name of its script.
	versions map[string]string
	missing  []string
}

// browsers are the names of the programs of Chromium and Chrome.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// look looks for the tools. The error says why nothing can be measured, and how to
// fix it. If browser is empty, it looks for the known names in PATH.
func look(browser string) (*tools, error) {
	out := &tools{versions: make(map[string]string)}
	for _, name := range []string{"node", "npm"} {
		if _, err := exec.LookPath(name); err != nil {
			return nil, fmt.Errorf("there is no %s in PATH: the peers need Node.js %s and npm, as your system packages them", name, wantedNode())
		}
	}
	if err := checkNode(); err != nil {
		return nil, err
	}
	for name, version := range wantedPackages().Dependencies {
		out.versions[name] = name + " " + version
	}
	names := browsers
	if browser != "" {
		names = []string{browser}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			out.chromium = path
			break
		}
	}
	if out.chromium == "" {
		out.missing = append(out.missing, fmt.Sprintf("Chromium is left out: there is no %s in PATH; install it, or name it with -chromium", strings.Join(names, ", ")))
		return out, nil
	}
	version, err := exec.Command(out.chromium, "--version").Output()
	if err != nil {
		return nil, fmt.Errorf("%s --version: %w", out.chromium, err)
	}
	words := strings.Fields(string(version))
	out.versions["chromium"] = "headless " + strings.Join(words[:min(2, len(words))], " ")
	return out, nil
}

// nodePackages is the part of package.json that is used.
type nodePackages struct {
	Engines      struct{ Node string }
	Dependencies map[string]string
}

func wantedPackages() (out nodePackages) {
	text, err := scripts.ReadFile("node/package.json")
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		panic(err) // the file is part of the program
	}
	return out
}

// wantedNode returns the oldest version of Node.js that the peers run on.
func wantedNode() string { return strings.TrimPrefix(wantedPackages().Engines.Node, ">=") }

// checkNode fails when Node.js is too old.
func checkNode() error {
	text, err := exec.Command("node", "--version").Output()
	if err != nil {
		return fmt.Errorf("node --version: %w", err)
	}
	version := strings.TrimSpace(string(text))
	var have, want [2]int
	if _, err := fmt.Sscanf(version, "v%d.%d", &have[0], &have[1]); err != nil {
		return fmt.Errorf("node --version printed %q, which is not a version", version)
	}
	if _, err := fmt.Sscanf(wantedNode(), "%d.%d", &want[0], &want[1]); err != nil {
		return err
	}
	if have[0] < want[0] || have[0] == want[0] && have[1] < want[1] {
		return errors.New("Node.js is " + version + "; the peers need " + wantedNode() + " or later")
	}
	return nil
}
