package record

import (
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/websocket"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/wire"
)

// fake returns a machine on which some programs are in PATH and some files exist.
func fake(system string, inPath map[string]string, variables map[string]string, files ...string) *machine {
	return &machine{
		system:   system,
		variable: func(name string) string { return variables[name] },
		lookPath: func(program string) (string, error) {
			if path := inPath[program]; path != "" {
				return path, nil
			}
			return "", errors.New("not found")
		},
		exists: func(path string) bool {
			for _, f := range files {
				if f == path {
					return true
				}
			}
			return false
		},
	}
}

func TestFindInstalled(t *testing.T) {
	for _, c := range []struct {
		name string
		m    *machine
		want []Installed
	}{
		{"nothing", fake("linux", nil, nil), nil},
		{"PATH comes first", fake("linux", map[string]string{"firefox-esr": "/usr/bin/firefox-esr"}, nil, "/opt/firefox/firefox", "/opt/google/chrome/chrome"), []Installed{
			{"Google Chrome", "chromium", "/opt/google/chrome/chrome"},
			{"Firefox", "firefox", "/usr/bin/firefox-esr"},
		}},
		{"an application of the user", fake("darwin", nil, map[string]string{"HOME": "/Users/me"}, "/Users/me/Applications/Firefox.app/Contents/MacOS/firefox"), []Installed{
			{"Firefox", "firefox", "/Users/me/Applications/Firefox.app/Contents/MacOS/firefox"},
		}},
		{"Windows", fake("windows", nil, map[string]string{"ProgramFiles(x86)": `C:\Program Files (x86)`, "LocalAppData": `C:\me`},
			`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`, `C:\me\Google\Chrome\Application\chrome.exe`, `\Mozilla Firefox\firefox.exe`), []Installed{
			{"Google Chrome", "chromium", `C:\me\Google\Chrome\Application\chrome.exe`},
			{"Microsoft Edge", "chromium", `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`},
		}},
	} {
		t.Run(c.name, func(t *testing.T) { assert.DeepEqual(t, c.m.find(), c.want) })
	}
}

// A snap is recognised by its place, or by the script that starts it; its folder must exist.
func TestSnapFolder(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	script := filepath.Join(home, "firefox")
	assert.NilError(t, os.WriteFile(script, []byte("#!/bin/sh\nexec /snap/bin/firefox \"$@\"\n"), 0o700))
	assert.Equal(t, snapFolder(script), "")
	folder := filepath.Join(home, "snap", "firefox", "common")
	assert.NilError(t, os.MkdirAll(folder, 0o700))
	assert.Equal(t, snapFolder(script), folder)
	assert.Equal(t, snapFolder("/snap/bin/firefox"), folder)
	assert.Equal(t, snapFolder("/snap/bin/chromium"), "")
	other := filepath.Join(home, "other")
	assert.NilError(t, os.WriteFile(other, []byte("\x7fELF /snap/bin/firefox"), 0o700))
	assert.Equal(t, snapFolder(other), "")
}

// In a mapped world a browser is told where the hosts of the stories are, and what it asks others gets no part in a
// scenario.
func TestMappedWorld(t *testing.T) {
	w, err := openMapped(&Installed{Engine: "chromium", Path: "/nowhere"}, []*Story{story(t, mixed)})
	assert.NilError(t, err)
	defer w.close()
	rules := (&chromium{world: w}).resolverRules()
	for _, want := range []string{
		"MAP *:4999 127.0.0.1:1,", ",MAP api.test " + w.mapped + ",", ",MAP 192.168.7.10 " + w.mapped + ",", ",MAP fd00:7::10 " + w.mapped + ",",
	} {
		assert.Check(t, strings.Contains(rules, want), "%s is not in %s", want, rules)
	}
	assert.Check(t, strings.HasSuffix(rules, ",MAP * ~NOTFOUND"), rules)
	assert.Check(t, w.intercept(t.Context(), &wire.Request{Method: "GET", URL: "https://update.example.com/x"}).Status == 404)
	for _, url := range []string{"https://api.test:8080/x", "http://[fd00:7::10]:3000/", "http://localhost/", "http://[::1]/"} {
		assert.Check(t, w.intercept(t.Context(), &wire.Request{Method: "GET", URL: url}) == nil, url)
	}
	assert.Check(t, strings.Contains(w.firefoxRoutes()[1], "4999=1;3000="), w.firefoxRoutes()[1])
}

// The messages of a WebSocket are read and written as a stream in which each ends with a zero byte.
func TestSocketMessages(t *testing.T) {
	s := httptest.NewServer(websocket.Handler(func(c *websocket.Conn) {
		var got string
		for websocket.Message.Receive(c, &got) == nil {
			_ = websocket.Message.Send(c, `{"id":1,"result":{"got":`+got+`}}`)
		}
	}))
	defer s.Close()
	profile := t.TempDir()
	port := strings.TrimPrefix(s.URL, "http://127.0.0.1:")
	assert.NilError(t, os.WriteFile(filepath.Join(profile, "DevToolsActivePort"), []byte(port+"\n/devtools/browser/x"), 0o600))
	c := new(chromium)
	assert.NilError(t, c.dial(t.Context(), profile))
	var got struct{ Got struct{ Method string } }
	assert.NilError(t, c.conn.call(t.Context(), "", "Browser.getVersion", struct{}{}, &got))
	assert.Equal(t, got.Got.Method, "Browser.getVersion")
	assert.NilError(t, c.conn.out.Close())
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	assert.ErrorContains(t, new(chromium).dial(ctx, t.TempDir()), "does not say where")
}
