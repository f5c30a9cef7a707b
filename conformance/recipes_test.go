package conformance

import (
	"os"
	"path"
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
// reader, and under a file name. The recipe stands alone, or in a file around it, the
// same that the real servers run.
var recipeReaders = []struct {
	system             recipe.System
	kind, name, around string
}{
	{recipe.Express, "nodejs", "app.js", ""},
	{recipe.Express, "nodejs", "app.js", "express/app.js"},
	{recipe.NodeJS, "nodejs", "app.js", ""},
	{recipe.NodeJS, "nodejs", "app.js", "node/app.js"},
	{recipe.Flask, "flask", "app.py", ""},
	{recipe.Flask, "flask", "app.py", "flask/app.py"},
	{recipe.Django, "django", "settings.py", ""},
	{recipe.Django, "django", "settings.py", "django/app.py"},
	{recipe.PHP, "php", "index.php", ""},
	{recipe.PHP, "php", "index.php", "php/app.php"},
	{recipe.Rails, "rack-cors", "config/application.rb", ""},
	{recipe.Rails, "rack-cors", "config.ru", "rails/config.ru"},
	{recipe.ASPNET, "aspnet", "Program.cs", ""},
	{recipe.Nginx, "nginx", "nginx.conf", ""},
	{recipe.Nginx, "nginx", "nginx.conf", "nginx/nginx.conf"},
	{recipe.Apache, "apache", "httpd.conf", ""},
	{recipe.Apache, "apache", ".htaccess", ""},
	{recipe.Apache, "apache", "httpd.conf", "apache/httpd.conf"},
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
	{"any origin", server.Need{Origin: "*"}, browser.FetchInit{}},
	{"any origin, headers", server.Need{Origin: "*", Methods: recipeMethods, Headers: []string{"content-type", "authorization"}}, browser.FetchInit{Method: "PUT", Header: recipeHeaders}},
}

// recipeExceptions says why a recipe that stands alone is not read back: by the kind,
// the name of the file and the need.
var recipeExceptions = map[string]string{
	"flask/app.py/./method":              unrouted,
	"flask/app.py/./headers":             unrouted,
	"flask/app.py/./everything":          unrouted,
	"flask/app.py/./any origin, headers": unrouted,
}

const unrouted = "the recipe has no route, and Flask answers a preflight for a path without a route with status 404"

// ownCORS is a server that sends headers of CORS itself; a recipe for a proxy in front
// of it removes them.
var ownCORS = server.Backend{{Methods: []string{"OPTIONS"}, Status: 405}, {Status: 200, Header: fetch.HeaderList{
	{Name: "Access-Control-Allow-Origin", Value: "https://myapp.com"}, {Name: "Access-Control-Allow-Credentials", Value: "true"},
}}}

// TestRecipesAreReadBack reads each recipe as the configuration of a server. Every
// browser shares the answer to the call that the recipe is for, and blocks the same
// call of a page with another origin.
func TestRecipesAreReadBack(t *testing.T) {
	seen := make(map[recipe.System]bool)
	used := make(map[string]bool)
	for _, r := range recipeReaders {
		seen[r.system] = true
		for _, n := range recipeNeeds {
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
		assert.Check(t, seen[s], "%s is not read back", s)
	}
	for name := range recipeExceptions {
		assert.Check(t, used[name], "%s is not a case", name)
	}
}

// withRecipe returns a file of the real servers with a recipe in it, or the recipe if
// there is no file.
func withRecipe(t *testing.T, around, text string) string {
	t.Helper()
	if around == "" {
		return text
	}
	file, err := os.ReadFile("corstest/testdata/servers/" + around)
	assert.NilError(t, err)
	http, location, _ := strings.Cut(text, "# in location { }")
	return strings.NewReplacer(
		"{{recipe}}", text, "{{http}}", http, "{{location}}", "#"+location,
		"{{dir}}", "/srv", "{{port}}", "80", "{{backend}}", "localhost:3000",
	).Replace(string(file))
}

// checkRecipe makes a call in every browser.
func checkRecipe(t *testing.T, src server.Source, need server.Need, init browser.FetchInit) {
	t.Helper()
	init.URL = "https://api.example.com/users"
	for _, p := range browser.Profiles() {
		pages := map[string]browser.Outcome{need.Origin + "/": browser.Shared, "https://evil.example/": browser.Blocked}
		if need.Origin == "*" {
			pages = map[string]browser.Outcome{"https://myapp.com/": browser.Shared, "https://evil.example/": browser.Shared}
		}
		for url, want := range pages {
			model, err := config.Load(t.Context(), src)
			assert.NilError(t, err)
			page, err := browser.New(p).Open(url, browser.WithTransport(model))
			assert.NilError(t, err)
			got, err := page.Fetch(t.Context(), init)
			assert.NilError(t, err)
			assert.Check(t, got.Outcome == want, "%s, page %s: %s, %v\n%s", p.Name(), url, got.Outcome, got.Failure, src.Text)
		}
	}
}
