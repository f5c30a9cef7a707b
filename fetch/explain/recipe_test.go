package explain_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// TestRecipes holds the texts for three repairs against testdata/recipes.txt.
func TestRecipes(t *testing.T) {
	var out strings.Builder
	for _, c := range []struct {
		name string
		r    *browser.Result
	}{
		{"a simple request", call(t, browser.Spec(), myapp+"/", server{"GET " + users: answer(200)}, simple)},
		{"a preflighted request with cookies", call(t, browser.Spec(), myapp+"/", server{"OPTIONS " + users: answer(404)}, browser.Init{
			URL: users, Method: "PUT", Credentials: fetch.CredentialsInclude, Header: fetch.HeaderList{{Name: "X-Token", Value: "1"}},
		})},
		{"a sandboxed page", call(t, browser.Spec(), myapp+"/", server{"OPTIONS " + users: answer(404)}, put, browser.Sandboxed())},
	} {
		repair, err := explain.Repairs(context.Background(), c.r)
		assert.NilError(t, err)
		for _, s := range explain.Servers() {
			text, ok := repair.Recipe(s)
			assert.Assert(t, ok)
			assert.Check(t, !strings.Contains(text, "|") && strings.Contains(text, "{origin") == false, "%s: %s", s, text)
			fmt.Fprintf(&out, "== %s: %s\n%s\n", c.name, s, text)
		}
	}
	golden.Assert(t, out.String(), "recipes.txt")
}

// TestNoRecipe gives none for what no CORS support changes.
func TestNoRecipe(t *testing.T) {
	for _, s := range []server{
		{"GET " + users: answer(200, "Access-Control-Allow-Origin: *")},
		{},
	} {
		repair, err := explain.Repairs(context.Background(), call(t, browser.Spec(), myapp+"/", s, simple))
		assert.NilError(t, err)
		_, ok := repair.Recipe(explain.ServerNginx)
		assert.Check(t, !ok)
	}
}

func TestParseServer(t *testing.T) {
	for _, s := range explain.Servers() {
		assert.Check(t, s.String() != "")
	}
	s, ok := explain.ParseServer("Nginx")
	assert.Check(t, ok && s == explain.ServerNginx)
	_, ok = explain.ParseServer("iis")
	assert.Check(t, !ok)
}
