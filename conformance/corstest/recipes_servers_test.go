//go:build servers

package corstest_test

import (
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/poll"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/nethttp"
	"github.com/corsim/corsim/fetch/server/lint"
	"github.com/corsim/corsim/fetch/server/recipe"
)

// realServer is a server that runs with a recipe in its configuration: the files
// of testdata/servers/<name>, and a command that runs in the folder with them.
type realServer struct {
	name    string
	system  recipe.System
	command []string
	// with is another folder of files that the server needs.
	with string
	// unrouted is the reason of preflights for paths without a route; "" when they
	// succeed like others.
	unrouted fetch.Reason
	// warm are the paths that the server compiles at their first request, for longer
	// than a request may take.
	warm []string
}

// realServers are the servers that Debian, npm and Go have. The recipes for ASP.NET
// Core, Laravel, Spring and Traefik are not tested here.
var realServers = []realServer{
	{name: "express", system: recipe.Express, command: node},
	{name: "express-manual", system: recipe.ExpressManual, command: node},
	{name: "node", system: recipe.NodeJS, command: node},
	{name: "fastify", system: recipe.Fastify, command: node},
	{name: "hono", system: recipe.Hono, command: []string{"node", "app.mjs"}},
	{name: "koa", system: recipe.Koa, command: node},
	{name: "nest", system: recipe.Nest, command: []string{"node", "main.js"}},
	{name: "next", system: recipe.Next, command: []string{"node", "node_modules/next/dist/bin/next", "dev", "--webpack", "--hostname", "127.0.0.1", "--port", "{{port}}"}, warm: []string{"/users", "/boom", "/missing"}},
	{name: "flask", system: recipe.Flask, command: python, unrouted: fetch.ReasonPreflightStatus},
	{name: "fastapi", system: recipe.FastAPI, command: python},
	{name: "starlette", system: recipe.Starlette, command: python},
	{name: "django", system: recipe.Django, command: python},
	{name: "php", system: recipe.PHP, command: []string{"php", "-S", "127.0.0.1:{{port}}", "app.php"}},
	{name: "rails", system: recipe.Rails, command: puma},
	{name: "rack", system: recipe.Rack, command: puma},
	{name: "go", system: recipe.GoHTTP, command: goRun, with: "go-module"},
	{name: "rs-cors", system: recipe.GoRSCORS, command: goRun, with: "go-module"},
	{name: "chi", system: recipe.GoChi, command: goRun, with: "go-module"},
	{name: "gin", system: recipe.GoGin, command: goRun, with: "go-module"},
	{name: "echo", system: recipe.GoEcho, command: goRun, with: "go-module"},
	{name: "nginx", system: recipe.Nginx, command: []string{"nginx", "-p", ".", "-c", "nginx.conf"}},
	{name: "apache", system: recipe.Apache, command: apache},
	{name: "htaccess", system: recipe.Apache, command: apache},
	{name: "caddy", system: recipe.Caddy, command: []string{"caddy", "run", "--config", "Caddyfile"}},
	{name: "haproxy", system: recipe.HAProxy, command: []string{"haproxy", "-f", "haproxy.cfg"}},
}

// Commands that several servers have. The program of goRun is built first, see build.
var (
	node   = []string{"node", "app.js"}
	python = []string{"/usr/bin/python3", "app.py"}
	puma   = []string{"puma", "-b", "tcp://127.0.0.1:{{port}}", "config.ru"}
	apache = []string{"apache2", "-X", "-f", "{{dir}}/httpd.conf"}
	goRun  = []string{"./main"}
)

// recipeCalls are calls that together need everything that recipes can allow.
var recipeCalls = []struct {
	name, page, method string
	header             fetch.HeaderList
	credentials        fetch.CredentialsMode
}{
	{name: "simple", page: "https://myapp.com", method: "GET"},
	{name: "simple-with-cookies", page: "https://myapp.com", method: "GET", credentials: fetch.CredentialsInclude},
	{name: "method", page: "https://myapp.com", method: "DELETE"},
	{name: "header", page: "https://myapp.com", method: "POST", header: fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}}},
	{name: "all", page: "https://myapp.com:8443", method: "PUT", credentials: fetch.CredentialsInclude, header: fetch.HeaderList{
		{Name: "Content-Type", Value: "application/json"}, {Name: "Authorization", Value: "Bearer 1"}, {Name: "X-Token", Value: "1"},
	}},
	{name: "any-origin-simple", page: "null", method: "GET"},
	{name: "any-origin-preflighted", page: "null", method: "PATCH", header: fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}}},
}

// TestRecipesInServers runs each recipe in its server. Every browser must share the
// response to the recipe's call, whatever its status is. A page of another origin
// must be blocked. An audit must find nothing worse than advice.
//
//	NODE_PATH=DIR/node_modules go test -tags servers -run RecipesInServers -v ./conformance/corstest
//
// It needs Node.js 20 and of npm: express, cors, fastify, @fastify/cors, hono,
// @hono/node-server, koa, @koa/cors, @nestjs/core, @nestjs/platform-express and next with
// react and react-dom. It needs of Debian: python3-flask-cors, python3-fastapi,
// python3-uvicorn, python3-django-cors-headers, php-cli, puma, ruby-railties,
// ruby-rack-cors, nginx, apache2, caddy and haproxy. NODE_PATH is one folder, or
// several that are separated by colons. To try one: -run RecipesInServers/nginx.
func TestRecipesInServers(t *testing.T) {
	for _, s := range realServers {
		t.Run(s.name, func(t *testing.T) {
			for _, c := range recipeCalls {
				t.Run(c.name, func(t *testing.T) {
					call := func(api *corstest.Server, page, path string) *corstest.Result {
						return api.From(page).Fetch(c.method, path, func(init *browser.FetchInit) {
							init.Header, init.Credentials = c.header, c.credentials
						})
					}
					repair, err := call(corstest.New(t, http.HandlerFunc(withoutCORS)), c.page, "/users").Repair(t.Context())
					assert.NilError(t, err)
					need := repair.Need
					assert.Assert(t, !need.IsZero())
					transport := s.start(t, recipe.Write(s.system, need))
					live := corstest.NewOver(t, transport)
					corstest.Check(t, call(live, c.page, "/users"), corstest.Shared(), corstest.Status(200))
					corstest.Check(t, call(live, c.page, "/boom"), corstest.Shared(), corstest.Status(500))
					if missing := call(live, c.page, "/missing"); s.unrouted != "" && len(need.Methods) > 0 {
						corstest.Check(t, missing, corstest.Blocked(s.unrouted))
					} else {
						corstest.Check(t, missing, corstest.Shared())
					}
					subject := lint.Subject{Server: transport, URLs: []string{corstest.DefaultURL + "/users"}, Method: c.method, Header: c.header}
					if need.Origin != "*" {
						subject.Origin = need.Origin
						corstest.Check(t, call(live, "https://evil.com", "/users"), corstest.Blocked())
					}
					report, err := lint.Run(t.Context(), subject)
					assert.NilError(t, err)
					for _, finding := range report.Findings {
						// A recipe for a simple request need not allow preflights.
						narrow := len(need.Methods) == 0 && slices.Contains([]string{"method-not-allowed-by-policy", "preflight-bad-status"}, finding.Rule)
						assert.Check(t, finding.Severity == lint.Advice || narrow, "%s", finding)
					}
				})
			}
		})
	}
}

func withoutCORS(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "[]") }

// withOwnCORS is the server behind servers that are proxies. It sends the same CORS
// headers as they do.
func withOwnCORS(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "https://myapp.com")
	w.Header().Set("Access-Control-Allow-Credentials", "true")
	switch r.URL.Path {
	case "/users":
		fmt.Fprint(w, "[]")
	case "/boom":
		w.WriteHeader(http.StatusInternalServerError)
	default:
		http.NotFound(w, r)
	}
}

// start runs the server with a recipe until the test ends.
func (s realServer) start(t *testing.T, recipe string) fetch.Transport {
	t.Helper()
	backend := httptest.NewServer(http.HandlerFunc(withOwnCORS))
	t.Cleanup(backend.Close)
	dir, address := t.TempDir(), freeAddress(t)
	_, port, err := net.SplitHostPort(address)
	assert.NilError(t, err)
	fill := strings.NewReplacer(append(recipeParts(recipe), "{{dir}}", dir, "{{port}}", port, "{{backend}}", backend.Listener.Addr().String())...)
	s.install(t, s.name, dir, fill)
	if s.with != "" {
		s.install(t, s.with, dir, fill)
	}
	s.prepare(t, dir)
	command := strings.Split(fill.Replace(strings.Join(s.command, "\n")), "\n")
	cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PORT="+port, "HOME="+dir, "NEXT_TELEMETRY_DISABLED=1")
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	var log strings.Builder
	cmd.Stdout, cmd.Stderr = &log, &log
	assert.NilError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("%s with\n%s\nsays\n%s", s.name, recipe, log.String())
		}
	})
	poll.WaitOn(t, poll.Connection("tcp", address), poll.WithTimeout(time.Minute))
	for _, path := range s.warm {
		resp, err := (&http.Client{Timeout: 5 * time.Minute}).Get("http://" + address + path)
		assert.NilError(t, err)
		assert.NilError(t, resp.Body.Close())
	}
	return &nethttp.Transport{RoundTripper: redirectedTo(address)}
}

// recipeParts returns the placeholders of a file around a recipe, and what stands for
// them. A recipe for two places has a comment before the second one.
func recipeParts(text string) []string {
	out := []string{"{{recipe}}", text}
	for _, place := range []struct{ comment, outer, inner string }{
		{"# in location { }", "{{http}}", "{{location}}"}, {"# in reverse_proxy { }", "{{outer}}", "{{inner}}"},
	} {
		outer, inner, _ := strings.Cut(text, place.comment)
		out = append(out, place.outer, outer, place.inner, "#"+inner)
	}
	return out
}

// prepare builds a program in Go, and gives a program in JavaScript the folder of the
// packages that it imports: NODE_PATH is not for import.
func (s realServer) prepare(t *testing.T, dir string) {
	t.Helper()
	if s.command[0] == goRun[0] {
		cmd := exec.CommandContext(t.Context(), "go", "build", "-o", "main", ".")
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
		log, err := cmd.CombinedOutput()
		assert.NilError(t, err, "%s", log)
	}
	if s.command[0] != "node" {
		return
	}
	for _, folder := range filepath.SplitList(os.Getenv("NODE_PATH")) {
		if _, err := os.Stat(filepath.Join(folder, s.system.String())); err == nil {
			assert.NilError(t, os.Symlink(folder, filepath.Join(dir, "node_modules")))
			return
		}
	}
}

// install copies files of testdata and fills in the placeholders.
func (s realServer) install(t *testing.T, name, dir string, fill *strings.Replacer) {
	t.Helper()
	files := os.DirFS(filepath.Join("testdata", "servers", name))
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		// A template of a program in Go does not have the name of one.
		to := strings.TrimSuffix(filepath.Join(dir, filepath.FromSlash(path)), ".tmpl")
		if d.IsDir() {
			return os.MkdirAll(to, 0o777)
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		text, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, []byte(fill.Replace(string(text))), info.Mode())
	})
	assert.NilError(t, err)
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	assert.NilError(t, err)
	defer l.Close()
	return l.Addr().String()
}

// redirectedTo sends every request to an address with plain HTTP.
type redirectedTo string

func (address redirectedTo) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Host = r.URL.Host
	r.URL.Scheme, r.URL.Host = "http", string(address)
	return http.DefaultTransport.RoundTrip(r)
}
