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
		{"a sandboxed page", server.Need{Origin: "*", Methods: methods, Headers: []string{"authorization", "content-type"}}},
	} {
		for _, s := range recipe.Systems() {
			text := recipe.Write(s, c.need)
			assert.Check(t, !strings.Contains(text, "|") && !strings.Contains(text, "{origin"), "%s: %s", s.Name(), text)
			fmt.Fprintf(&out, "== %s: %s\n%s\n", c.name, s.Name(), text)
		}
	}
	golden.Assert(t, out.String(), "recipes.txt")
}

func TestParseSystem(t *testing.T) {
	s, err := recipe.ParseSystem("Nginx")
	assert.Check(t, err == nil && s == recipe.Nginx)
	_, err = recipe.ParseSystem("IIS")
	assert.Error(t, err, `unknown server "IIS"; known: express, node, flask, django, php, rails, aspnet, nginx, apache`)
}
