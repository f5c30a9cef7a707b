package playground_test

import (
	"bytes"
	"encoding/json"
	"html"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/jsonask"
	"github.com/corsim/corsim/cmd/internal/playground"
	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/docs/play"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// served starts the server of the page and returns its URL.
func served(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	assert.NilError(t, err)
	page := playground.New(listener.Addr().String(), &jsonask.Asker{NewBrowser: browser.New})
	server := httptest.NewUnstartedServer(page)
	server.Listener.Close()
	server.Listener = listener
	server.Start()
	t.Cleanup(func() { server.Close(); page.Close() })
	return server.URL
}

// asked sends a request and returns the status and the body of the response.
func asked(t *testing.T, method, url, body string, headers ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	assert.NilError(t, err)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	resp, err := http.DefaultClient.Do(r)
	assert.NilError(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	assert.NilError(t, err)
	return resp.StatusCode, string(text)
}

func TestServer(t *testing.T) {
	url := served(t)
	const lists = `{"ask":"lists"}`
	for _, row := range []struct {
		name, method, path, body string
		headers                  []string
		status                   int
		want                     string
	}{
		{"page", "GET", "/", "", nil, 200, "<title>corsim"},
		{"script", "GET", "/app.js", "", nil, 200, "import"},
		{"vendored", "GET", "/vendor/preact.js", "", nil, 200, "Preact"},
		{"offer", "GET", "/", "", nil, 200, `content="{&#34;try&#34;:true,`},
		{"examples", "GET", "/examples.jsonl", "", nil, 200, `"name":"guide-why-1"`},
		{"question", "POST", "/ask", lists, []string{"Content-Type", "application/json"}, 200, `"engines"`},
		{"own-page", "POST", "/ask", lists, []string{"Content-Type", "application/json", "Origin", url}, 200, `"engines"`},
		{"other-page", "POST", "/ask", lists, []string{"Content-Type", "application/json", "Origin", "https://evil.test"}, 403, ""},
		{"simple-request", "POST", "/ask", lists, []string{"Content-Type", "text/plain"}, 403, ""},
		{"other-name", "GET", "/", "", []string{"Host", "evil.test"}, 421, ""},
		{"not-open", "POST", "/try/requests", `{}`, []string{"Content-Type", "application/json"}, 200, `no server is open`},
		{"missing", "GET", "/embed.go", "", nil, 404, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			status, text := asked(t, row.method, url+row.path, row.body, row.headers...)
			assert.Equal(t, status, row.status)
			assert.Check(t, strings.Contains(text, row.want), text)
		})
	}
}

// A trial plays the rules of a scenario, and reports the requests.
func TestTrial(t *testing.T) {
	url := served(t)
	post := func(path, body string) (out map[string]any) {
		_, text := asked(t, "POST", url+path, body, "Content-Type", "application/json")
		assert.NilError(t, json.Unmarshal([]byte(text), &out))
		assert.Check(t, out["error"] == nil, text)
		return out
	}
	api, _ := post("/try/open", `{}`)["server"].(string)
	post("/try/play", `{"scenario":{"name":"a","page":"`+url+`/","server":[{"when":{"url":"`+api+`/x"},"status":418,"headers":[["X-A","1"]],"body":"tea"}],"steps":[]}}`)
	status, body := asked(t, "GET", api+"/x", "")
	assert.Equal(t, status, 418)
	assert.Equal(t, body, "tea")
	requests, _ := post("/try/requests", `{}`)["requests"].([]any)
	assert.DeepEqual(t, requests, []any{map[string]any{"method": "GET", "url": api + "/x"}})
}

// A browser remembers preflights by the address of the server, so that no trial gets the
// address of another one.
func TestTrialsHaveTheirOwnPorts(t *testing.T) {
	url := served(t)
	seen := make(map[string]bool)
	for range 300 {
		_, text := asked(t, "POST", url+"/try/open", `{}`, "Content-Type", "application/json")
		assert.Assert(t, !seen[text], text)
		seen[text] = true
	}
}

// The site has each file of the page, and the module.
func TestSite(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "site")
	module := []byte("\x00asm\x01\x00\x00\x00")
	assert.ErrorContains(t, playground.WriteSite(folder, playground.Modules{Judge: []byte("text")}), "not WebAssembly")
	assert.NilError(t, playground.WriteSite(folder, playground.Modules{Judge: module}))
	assert.NilError(t, fs.WalkDir(play.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			want, _ := play.Files.ReadFile(name)
			got, err := os.ReadFile(filepath.Join(folder, name))
			assert.NilError(t, err)
			if name == "index.html" {
				const preload = `<link rel="preload" href="corsim.wasm" as="fetch" crossorigin>` + "\n"
				assert.Check(t, strings.Contains(string(got), preload), "the page does not load the module at once")
				got = bytes.Replace(got, []byte(preload), nil, 1)
				got = regexp.MustCompile(`(name="corsim-offer" content=)"[^"]*"`).ReplaceAll(got, []byte(`$1""`))
			}
			assert.Check(t, string(got) == string(want), name)
		}
		return err
	}))
	got, err := os.ReadFile(filepath.Join(folder, "corsim.wasm"))
	assert.NilError(t, err)
	assert.Equal(t, string(got), string(module))
}

// The page names all its scripts, so that they load at the same time and not each one
// after the one that imports it.
func TestScriptsLoadAtOnce(t *testing.T) {
	imports := regexp.MustCompile(`(?m)^import .* from '(.*)'$`)
	want := []string{"app.js"}
	for i := 0; i < len(want); i++ {
		source, err := play.Files.ReadFile(want[i])
		assert.NilError(t, err)
		for _, m := range imports.FindAllSubmatch(source, -1) {
			if name := path.Join(path.Dir(want[i]), string(m[1])); !slices.Contains(want, name) {
				want = append(want, name)
			}
		}
	}
	page, err := play.Files.ReadFile("index.html")
	assert.NilError(t, err)
	var got []string
	for _, m := range regexp.MustCompile(`(?:<script type="module".* src|rel="modulepreload" href)="(.*?)"`).FindAllSubmatch(page, -1) {
		got = append(got, string(m[1]))
	}
	slices.Sort(want)
	slices.Sort(got)
	assert.DeepEqual(t, got, want)
}

// The page learns which modules the site has.
func TestOffer(t *testing.T) {
	m := []byte("\x00asm\x01\x00\x00\x00")
	for want, modules := range map[string]playground.Modules{
		`{"module":"corsim.wasm"}`:                                                                       {Judge: m, JavaScript: m},
		`{"module":"corsim.wasm","readers":"corsim-readers.wasm"}`:                                       {Judge: m, Readers: m},
		`{"module":"corsim.wasm","readers":"corsim-readers.wasm","javascript":"corsim-javascript.wasm"}`: {Judge: m, Readers: m, JavaScript: m},
	} {
		folder := t.TempDir()
		assert.NilError(t, playground.WriteSite(folder, modules))
		page, err := os.ReadFile(filepath.Join(folder, "index.html"))
		assert.NilError(t, err)
		got := regexp.MustCompile(`name="corsim-offer" content="(.*)"`).FindSubmatch(page)
		assert.Assert(t, got != nil, string(page))
		assert.Equal(t, html.UnescapeString(string(got[1])), want)
	}
}

// Each reason has an example, but one: only a service worker can cause it.
func TestExamples(t *testing.T) {
	examples := string(conformance.Examples())
	for _, r := range fetch.Reasons() {
		if r == fetch.ReasonUnexpectedPartialContent {
			continue
		}
		assert.Check(t, strings.Contains(examples, `"name":"reason-`+string(r)), "no example has the reason %s", r)
	}
}

// The scripts that need no page are tested in Node.js: the state in the URL, old links,
// and the answers of the puzzles.
func TestScripts(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("there is no node in PATH: the scripts of the page are not tested")
	}
	cmd := exec.Command("node", "--test", "testdata/")
	cmd.Env = append(os.Environ(), "PLAYGROUND="+served(t))
	out, err := cmd.CombinedOutput()
	assert.NilError(t, err, string(out))
}
