//go:build browser

// This test needs Chromium, Firefox, Node.js with npm, and the npm registry. A browser that
// is not there is left out:
//
//	go test -tags browser -run Browser -v ./cmd/internal/playground
//
// CHROMIUM and FIREFOX name the browsers; the defaults are /usr/bin/chromium and
// /usr/bin/firefox. SCREENSHOTS names a folder for pictures of the page. ONLY is a part
// of the name of the checks that run.

package playground_test

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/cmd/internal/paste"
	"github.com/corsim/corsim/cmd/internal/playground"
	"github.com/corsim/corsim/cmd/internal/wasmbuild"
	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
)

const tree = "../../.."

// The page in two real browsers: each example, keyboard, accessibility, without a network,
// small windows, and trials in the browser itself.
func TestBrowser(t *testing.T) {
	folder := t.TempDir()
	site, expected, readings := filepath.Join(folder, "site"), filepath.Join(folder, "expected.json"), filepath.Join(folder, "readings.json")
	assert.NilError(t, playground.WriteSite(site, playground.Modules{Judge: built(t, ""), Readers: built(t, "readers"), JavaScript: built(t, "readers,javascript")}))
	writeJSON(t, expected, expectedVerdicts(t))
	writeJSON(t, readings, expectedReadings(t))
	for _, name := range []string{"browser.mjs", "inpage.mjs", "files.mjs"} {
		script, err := os.ReadFile(filepath.Join("testdata", name))
		assert.NilError(t, err)
		assert.NilError(t, os.WriteFile(filepath.Join(folder, name), script, 0o600))
	}
	install := exec.Command("npm", "install", "--no-audit", "--no-fund", "--silent", "--ignore-scripts", "puppeteer-core@24.43.1", "axe-core@4.14.0")
	runIn(t, folder, install)
	t.Run("in", func(t *testing.T) {
		for name, program := range map[string]string{"chromium": "/usr/bin/chromium", "firefox": "/usr/bin/firefox"} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				program := cmp.Or(os.Getenv(strings.ToUpper(name)), program)
				if _, err := os.Stat(program); err != nil {
					t.Skipf("there is no %s", program)
				}
				checks := exec.Command("node", "browser.mjs")
				checks.Env = append(os.Environ(), "BROWSER="+name, "PROGRAM="+program, "SITE="+site, "NATIVE="+served(t), "EXPECTED="+expected, "READINGS="+readings)
				runIn(t, folder, checks)
			})
		}
	})
}

// writeJSON writes a value into a file.
func writeJSON(t *testing.T, file string, value any) {
	t.Helper()
	text, err := json.Marshal(value)
	assert.NilError(t, err)
	assert.NilError(t, os.WriteFile(file, text, 0o600))
}

// built builds a WebAssembly module as docs/wasm.md says.
func built(t *testing.T, tag string) []byte {
	t.Helper()
	module, err := wasmbuild.Build(t.Context(), wasmbuild.Corsim(tree, tag))
	assert.NilError(t, err)
	return module
}

// runIn runs a command in a folder, and logs each line when the command prints it.
func runIn(t *testing.T, folder string, cmd *exec.Cmd) {
	t.Helper()
	cmd.Dir = folder
	out, err := cmd.StdoutPipe()
	assert.NilError(t, err)
	cmd.Stderr = cmd.Stdout
	assert.NilError(t, cmd.Start())
	for lines := bufio.NewScanner(out); lines.Scan(); {
		t.Log(lines.Text())
	}
	assert.NilError(t, cmd.Wait())
}

// expectedVerdicts returns the verdicts that corsim run prints, by example, browser and step.
func expectedVerdicts(t *testing.T) map[string]map[string][]string {
	t.Helper()
	out := make(map[string]map[string][]string)
	reader := scenario.NewReader(bytes.NewReader(conformance.Examples()), "examples")
	for {
		s, err := reader.Read()
		if err != nil {
			break
		}
		out[s.Name] = make(map[string][]string)
		for _, p := range []*browser.Profile{browser.Chromium(), browser.Firefox(), browser.WebKit()} {
			run, err := (&scenario.Runner{Profile: p}).Run(context.Background(), s)
			assert.NilError(t, err)
			story := answer.Story(run)
			for i := range story.Steps {
				out[s.Name][p.Name()] = append(out[s.Name][p.Name()], story.Steps[i].Verdict(report.Style{}))
			}
		}
	}
	assert.Check(t, len(out) > 300, "only %d examples", len(out))
	return out
}

// reading is a question about a server in JavaScript, and the answer of the readers.
type reading struct {
	Question struct {
		Text     string          `json:"text"`
		Scenario json.RawMessage `json:"scenario"`
	} `json:"question"`
	Answer json.RawMessage `json:"answer"`
}

// expectedReadings reads the servers in JavaScript of testdata/servers.
func expectedReadings(t *testing.T) (out []reading) {
	t.Helper()
	const base = `{"name":"playground","page":"https://myapp.com/","server":[],"steps":[{"fetch":{"url":"https://api.example.com/users","method":"PUT","headers":[["Content-Type","application/json"]],"body":"{}"}}]}`
	s, err := scenario.Decode(base)
	assert.NilError(t, err)
	names, err := filepath.Glob("testdata/servers/*")
	assert.NilError(t, err)
	for _, name := range names {
		text, err := os.ReadFile(name)
		assert.NilError(t, err)
		var r reading
		r.Question.Text, r.Question.Scenario = string(text), json.RawMessage(base)
		if r.Answer, err = paste.ReadJSON(t.Context(), r.Question.Text, s); err != nil {
			r.Answer, err = json.Marshal(map[string]string{"error": err.Error()})
			assert.NilError(t, err)
		}
		out = append(out, r)
	}
	assert.Check(t, len(out) >= 4, "only %d servers", len(out))
	return out
}
