package recipe_test

import (
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/recipe"
)

// TestWrite compares the texts for three needs with testdata/recipes.txt.
func TestWrite(t *testing.T) {
	methods := []string{"GET", "HEAD", "POST", "PUT"}
	var out strings.Builder
	for _, c := range []struct {
		name string
		need server.Need
	}{
		{"a simple request", server.Need{Origin: "https://myapp.com"}},
		{"a preflighted request with cookies", server.Need{
			Origin: "https://myapp.com", Credentials: true, Methods: methods, Headers: []string{"x-token"},
		}},
		{"several origins", server.Need{
			Origin: "https://myapp.com", Others: []string{"http://localhost:5173"}, Methods: methods, Headers: []string{"content-type"},
			Exposed: []string{"X-Total"}, MaxAge: 600, Before: []string{`every origin ("*")`},
		}},
		{"any origin", server.Need{Origin: "*", Methods: methods, Headers: []string{"authorization", "content-type"}}},
	} {
		for _, s := range recipe.Systems() {
			text := recipe.Write(s, c.need)
			for _, wrong := range []string{"{origin", "{method", "{header-", "{exposed", "{max-age", "\nl|", "\n|"} {
				assert.Check(t, !strings.Contains(text, wrong), "%s: %s", s.Name(), text)
			}
			fmt.Fprintf(&out, "== %s: %s\n%s\n", c.name, s.Name(), text)
		}
	}
	golden.Assert(t, out.String(), "recipes.txt")
}

func TestParseSystem(t *testing.T) {
	s, err := recipe.ParseSystem("Nginx")
	assert.Check(t, err == nil && s == recipe.Nginx)
	for word, want := range map[string]recipe.System{
		"nodejs": recipe.NodeJS, "node": recipe.NodeJS, "NestJS": recipe.Nest, "next.js": recipe.Next, "golang": recipe.GoHTTP,
		"sinatra": recipe.Rack, "spring-boot": recipe.Spring, ".htaccess": recipe.Apache,
	} {
		got, err := recipe.ParseSystem(word)
		assert.Check(t, err == nil && got == want, "%s: %s", word, got)
	}
	_, err = recipe.ParseSystem("IIS")
	assert.Error(t, err, `unknown server "IIS"; known: express, express-manual, node, fastify, hono, koa, nest, next, flask, fastapi, starlette, django, `+
		`php, laravel, rails, rack, spring, aspnet, go, rs-cors, chi, gin, echo, nginx, apache, caddy, traefik, haproxy`)
	seen := make(map[string]bool)
	for _, s := range recipe.Systems() {
		for _, word := range append(s.Aliases(), s.String()) {
			assert.Check(t, !seen[word], "%s stands for two servers", word)
			seen[word] = true
		}
	}
}

// TestWriteHostile checks that names which may mean something in a system's language
// do not get into the text, and that the text says so.
func TestWriteHostile(t *testing.T) {
	for _, s := range recipe.Systems() {
		text := recipe.Write(s, server.Need{Origin: "https://myapp.com", Methods: []string{"PUT"}, Headers: []string{"x-$(id)", "x'y", "x$y", "x-good"}})
		assert.Check(t, !strings.Contains(text, "$(id)"), text)
		assert.Check(t, strings.Contains(text, `add "x'y" by hand`) && strings.Contains(text, `add "x$y" by hand`), text)
		assert.Equal(t, strings.Count(text, "x'y"), 1, text)
		assert.Check(t, strings.Contains(text, "x-good"), text)
	}
}
