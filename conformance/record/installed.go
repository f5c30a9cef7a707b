package record

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// Installed is a browser that is installed on the machine.
type Installed struct {
	Name   string // such as "Google Chrome"
	Engine string // a name of [Engines]
	Path   string // of the program
}

// places says where a browser is on an operating system. Each part of a path that starts with $ is an environment variable.
type places struct {
	name, engine string
	programs     []string            // looked for in PATH
	files        map[string][]string // by operating system, as runtime.GOOS names it
}

// known are the browsers that [FindInstalled] knows.
var known = []places{
	{"Google Chrome", "chromium", []string{"google-chrome", "google-chrome-stable"}, map[string][]string{
		"linux":   {"/opt/google/chrome/chrome"},
		"darwin":  applications("Google Chrome.app/Contents/MacOS/Google Chrome"),
		"windows": windowsFolders(`\Google\Chrome\Application\chrome.exe`),
	}},
	{"Microsoft Edge", "chromium", []string{"microsoft-edge", "microsoft-edge-stable"}, map[string][]string{
		"linux":   {"/opt/microsoft/msedge/msedge"},
		"darwin":  applications("Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
		"windows": windowsFolders(`\Microsoft\Edge\Application\msedge.exe`),
	}},
	{"Chromium", "chromium", []string{"chromium", "chromium-browser"}, map[string][]string{
		"linux":   {"/usr/lib/chromium/chromium", "/snap/bin/chromium"},
		"darwin":  applications("Chromium.app/Contents/MacOS/Chromium"),
		"windows": windowsFolders(`\Chromium\Application\chrome.exe`),
	}},
	{"Firefox", "firefox", []string{"firefox", "firefox-esr"}, map[string][]string{
		"linux":   {"/opt/firefox/firefox", "/usr/lib/firefox/firefox", "/usr/lib/firefox-esr/firefox-esr", "/snap/bin/firefox"},
		"darwin":  applications("Firefox.app/Contents/MacOS/firefox"),
		"windows": windowsFolders(`\Mozilla Firefox\firefox.exe`),
	}},
}

// applications returns the places of an application of macOS.
func applications(path string) []string {
	return []string{"/Applications/" + path, "$HOME/Applications/" + path}
}

// windowsFolders returns the places of a program of Windows.
func windowsFolders(path string) []string {
	return []string{"$ProgramFiles" + path, "$ProgramFiles(x86)" + path, "$LocalAppData" + path}
}

// machine is what a search for browsers asks of the machine.
type machine struct {
	system   string // as runtime.GOOS names it
	variable func(name string) string
	lookPath func(program string) (string, error)
	exists   func(path string) bool
}

// FindInstalled returns the browsers of the user that can be recorded: Chrome, Edge, Chromium and Firefox, at most
// one of each. They are looked for in PATH and in the usual places of the operating system.
func FindInstalled() []Installed {
	m := machine{system: runtime.GOOS, variable: os.Getenv, lookPath: exec.LookPath, exists: func(path string) bool {
		info, err := os.Stat(path)
		return err == nil && info.Mode().IsRegular()
	}}
	return m.find()
}

func (m *machine) find() []Installed {
	var out []Installed
	for _, p := range known {
		if path := m.path(&p); path != "" {
			out = append(out, Installed{p.name, p.engine, path})
		}
	}
	return out
}

// path returns the path of a browser; "" if it is not installed.
func (m *machine) path(p *places) string {
	for _, name := range p.programs {
		if path, err := m.lookPath(name); err == nil {
			return path
		}
	}
	for _, file := range p.files[m.system] {
		if path := m.expand(file); path != "" && m.exists(path) {
			return path
		}
	}
	return ""
}

// expand puts the value of an environment variable at the start of a path; "" if it has none.
func (m *machine) expand(path string) string {
	rest, ok := strings.CutPrefix(path, "$")
	if !ok {
		return path
	}
	end := strings.IndexAny(rest, `/\`)
	value := m.variable(rest[:end])
	if value == "" {
		return ""
	}
	return value + rest[end:]
}

// snapFolder returns a folder that a browser can see which is packaged as a snap; "" for any other browser. A snap is
// started by a program in /snap/bin, or by a script that names it.
func snapFolder(program string) string {
	const bin = "/snap/bin/"
	name, ok := strings.CutPrefix(program, bin)
	if !ok {
		text, err := os.ReadFile(program)
		_, after, found := bytes.Cut(text, []byte(bin))
		if err != nil || !bytes.HasPrefix(text, []byte("#!")) || !found {
			return ""
		}
		end := bytes.IndexFunc(after, func(r rune) bool { return !('a' <= r && r <= 'z' || r == '-') })
		if end <= 0 {
			return ""
		}
		name = string(after[:end])
	}
	home, err := os.UserHomeDir()
	folder := filepath.Join(home, "snap", name, "common")
	if info, statErr := os.Stat(folder); err != nil || statErr != nil || !info.IsDir() {
		return ""
	}
	return folder
}
