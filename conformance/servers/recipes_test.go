package servers_test

import (
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
	"github.com/corsim/corsim/fetch/server/recipe"
)

// recipeReaders are the ways in which a recipe is read back: with the kind of its
// reader, and under a file name. The recipe is alone, or in a file around it, the
// same that the real servers run.
var recipeReaders = []struct {
	system             recipe.System
	kind, name, around string
}{
	{recipe.Express, "nodejs", "app.js", ""},
	{recipe.Express, "nodejs", "app.js", "express/app.js"},
	{recipe.ExpressManual, "nodejs", "app.js", ""},
	{recipe.ExpressManual, "nodejs", "app.js", "express-manual/app.js"},
	{recipe.NodeJS, "nodejs", "app.js", "node/app.js"},
	{recipe.Fastify, "nodejs", "app.js", "fastify/app.js"},
	{recipe.Hono, "nodejs", "app.mjs", "hono/app.mjs"},
	{recipe.Koa, "nodejs", "app.js", "koa/app.js"},
	{recipe.Nest, "nodejs", "main.js", "nest/main.js"},
	{recipe.Flask, "flask", "app.py", ""},
	{recipe.Flask, "flask", "app.py", "flask/app.py"},
	{recipe.FastAPI, "fastapi", "app.py", "fastapi/app.py"},
	{recipe.Starlette, "fastapi", "app.py", "starlette/app.py"},
	{recipe.Django, "django", "settings.py", ""},
	{recipe.Django, "django", "settings.py", "django/app.py"},
	{recipe.PHP, "php", "index.php", ""},
	{recipe.PHP, "php", "index.php", "php/app.php"},
	{recipe.Laravel, "laravel", "config/cors.php", ""},
	{recipe.Rails, "rack-cors", "config/application.rb", ""},
	{recipe.Rails, "rack-cors", "config.ru", "rails/config.ru"},
	{recipe.Rack, "rack-cors", "config.ru", "rack/config.ru"},
	{recipe.ASPNET, "aspnet", "Program.cs", ""},
	{recipe.Nginx, "nginx", "nginx.conf", ""},
	{recipe.Nginx, "nginx", "nginx.conf", "nginx/nginx.conf"},
	{recipe.Apache, "apache", "httpd.conf", ""},
	{recipe.Apache, "apache", ".htaccess", ""},
	{recipe.Apache, "apache", "httpd.conf", "apache/httpd.conf"},
	{recipe.Caddy, "caddy", "Caddyfile", "caddy/Caddyfile"},
	{recipe.HAProxy, "haproxy", "haproxy.cfg", "haproxy/haproxy.cfg"},
}

var (
	recipeMethods = []string{"GET", "HEAD", "POST", "PUT"}
	recipeHeaders = fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}, {Name: "Authorization", Value: "Bearer 1"}}
)

// recipeNeeds are needs, and the calls that have them.
var recipeNeeds = []struct {
	name string
	need server.Need
	init browser.FetchInit
}{
	{"one origin", server.Need{Origin: "https://myapp.com"}, browser.FetchInit{}},
	{"credentials", server.Need{Origin: "https://myapp.com", Credentials: true}, browser.FetchInit{Credentials: fetch.CredentialsInclude}},
	{"method", server.Need{Origin: "https://myapp.com", Methods: recipeMethods}, browser.FetchInit{Method: "PUT"}},
	{"headers", server.Need{Origin: "https://myapp.com", Methods: recipeMethods, Headers: []string{"content-type", "authorization"}}, browser.FetchInit{Method: "PUT", Header: recipeHeaders}},
	{"everything", server.Need{Origin: "https://myapp.com:8443", Credentials: true, Methods: recipeMethods, Headers: []string{"content-type", "authorization"}}, browser.FetchInit{Method: "PUT", Header: recipeHeaders, Credentials: fetch.CredentialsInclude}},
	{"several origins", server.Need{
		Origin: "https://myapp.com", Others: []string{"https://admin.myapp.com", "http://localhost:5173"}, Credentials: true, Methods: recipeMethods,
		Headers: []string{"content-type", "authorization"}, Exposed: []string{"X-Total", "ETag"}, MaxAge: 600,
	}, browser.FetchInit{Method: "PUT", Header: recipeHeaders, Credentials: fetch.CredentialsInclude}},
	{"any origin", server.Need{Origin: "*"}, browser.FetchInit{}},
	{"any origin, headers", server.Need{Origin: "*", Methods: recipeMethods, Headers: []string{"content-type", "authorization"}}, browser.FetchInit{Method: "PUT", Header: recipeHeaders}},
}

// recipeExceptions says why a recipe that is alone is not read back: by the kind,
// the name of the file and the need.
var recipeExceptions = map[string]string{
	"flask/app.py/./method":              unrouted,
	"flask/app.py/./headers":             unrouted,
	"flask/app.py/./everything":          unrouted,
	"flask/app.py/./several origins":     unrouted,
	"flask/app.py/./any origin, headers": unrouted,
}

// notModelled are the systems whose recipes no reader reads.
var notModelled = []recipe.System{
	recipe.Next, recipe.Spring, recipe.GoHTTP, recipe.GoRSCORS, recipe.GoChi, recipe.GoGin, recipe.GoEcho, recipe.Traefik,
}

const unrouted = "the recipe has no route, and Flask answers a preflight for a path without a route with status 404"

// ownCORS is a server that sends headers of CORS itself; a recipe for a proxy in front
// of it removes them.
var ownCORS = server.Backend{{Methods: []string{"OPTIONS"}, Status: 405}, {Status: 200, Header: fetch.HeaderList{
	{Name: "Access-Control-Allow-Origin", Value: "https://myapp.com"}, {Name: "Access-Control-Allow-Credentials", Value: "true"},
}}}

// TestRecipesAreReadBack reads each recipe as the configuration of a server. Every
// browser shares the answer to the call that the recipe is for, and blocks the same
// call of a page with another origin. A sample has one need for each reader.
func TestRecipesAreReadBack(t *testing.T) {
	t.Parallel()
	seen := make(map[recipe.System]bool)
	used := make(map[string]bool)
	for i, r := range recipeReaders {
		seen[r.system] = true
		for j, n := range recipeNeeds {
			if takesSample() && (i+j)%len(recipeNeeds) != 0 {
				continue
			}
			name := strings.Join([]string{r.system.String(), path.Base(r.name), path.Dir(r.around), n.name}, "/")
			t.Run(name, func(t *testing.T) {
				if why, ok := recipeExceptions[name]; ok {
					used[name] = true
					t.Skip(why)
				}
				src := server.Source{Kind: r.kind, Name: r.name, Text: withRecipe(t, r.around, recipe.Write(r.system, n.need)), Env: map[string]string{"PORT": "80"}, EnvComplete: true}
				src.Behind = []server.Behind{{Server: ownCORS}}
				checkRecipe(t, src, n.need, n.init)
			})
		}
	}
	for _, s := range recipe.Systems() {
		assert.Check(t, seen[s] != slices.Contains(notModelled, s), "%s: is it read back?", s)
	}
	for name := range recipeExceptions {
		assert.Check(t, used[name] || takesSample(), "%s is not a case", name)
	}
}

// withRecipe returns a file of the real servers with a recipe in it, or the recipe if
// there is no file.
func withRecipe(t *testing.T, around, text string) string {
	t.Helper()
	if around == "" {
		return text
	}
	file, err := os.ReadFile("../corstest/testdata/servers/" + around)
	assert.NilError(t, err)
	return strings.NewReplacer(append(recipeParts(text),
		"{{dir}}", "/srv", "{{port}}", "80", "{{backend}}", "localhost:3000",
	)...).Replace(string(file))
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

// checkRecipe makes a call in every browser, from pages that the need names and from
// others, with and without credentials.
func checkRecipe(t *testing.T, src server.Source, need server.Need, init browser.FetchInit) {
	t.Helper()
	init.URL = "https://api.example.com/users"
	model, err := config.Load(t.Context(), src)
	assert.NilError(t, err)
	for _, p := range browser.Profiles() {
		for _, from := range append(strangers, need.Origins()...) {
			if from == "*" {
				continue
			}
			for _, credentials := range []fetch.CredentialsMode{fetch.CredentialsOmit, fetch.CredentialsInclude} {
				want := browser.Blocked
				if need.Origin == "*" || slices.Contains(need.Origins(), from) {
					want = browser.Shared
				}
				if credentials == fetch.CredentialsInclude && !need.Credentials {
					want = browser.Blocked
				}
				url, options := browser.PageOf(from, init.URL)
				page, err := browser.New(p).Open(url, append(options, browser.WithTransport(model))...)
				assert.NilError(t, err)
				init.Credentials = credentials
				got, err := page.Fetch(t.Context(), init)
				assert.NilError(t, err)
				assert.Check(t, got.Outcome == want, "%s, page %s, credentials %s: %s, %v\n%s", p.Name(), from, credentials, got.Outcome, got.Failure, src.Text)
				checkKept(t, got, need)
			}
		}
	}
}

// strangers are pages that no need names: another site, names that look like that of
// the page, and a sandboxed page.
var strangers = []string{"https://evil.example", "https://evilmyapp.com", "https://myapp.com.evil.example", "https://myapp-com.example", "https://myappxcom", browser.NullPage}

// checkKept checks that a shared response has what the need takes over from the
// server: the exposed headers, and the age of the preflight.
func checkKept(t *testing.T, got *browser.Result, need server.Need) {
	t.Helper()
	if got.Outcome != browser.Shared {
		return
	}
	for _, x := range got.Trace.Exchanges {
		exposed, _ := x.Response.Header.GetDecodeSplit(fetch.HeaderExposeHeaders)
		age, _ := x.Response.Header.Get(fetch.HeaderMaxAge)
		switch x.Kind {
		case browser.ExchangePreflight:
			assert.Check(t, need.MaxAge == 0 || age == strconv.Itoa(need.MaxAge), "max-age %q", age)
		case browser.ExchangeActual:
			for _, name := range need.Exposed {
				assert.Check(t, slices.ContainsFunc(exposed, func(s string) bool { return fetch.EqualFold(s, name) }), "%s is not exposed: %q", name, exposed)
			}
		}
	}
}
