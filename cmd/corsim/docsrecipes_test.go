package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/server/recipe"
)

// recipeLanguages holds the language of each server's configuration, as blocks name
// it.
var recipeLanguages = map[recipe.System]string{
	recipe.Express: "js", recipe.NodeJS: "js", recipe.Flask: "python", recipe.Django: "python",
	recipe.PHP: "php", recipe.Rails: "ruby", recipe.ASPNET: "csharp",
	recipe.Nginx: "nginx", recipe.Apache: "apache",
}

// writeRecipes writes a repair as the configuration of each kind of server.
func writeRecipes(out *strings.Builder, repair *explain.Repair) {
	if repair.Need.IsZero() {
		return
	}
	for i, system := range recipe.Systems() {
		if i == 0 {
			out.WriteString("\n## The repair as a server's configuration\n\n" +
				"This configuration contains everything that the request needs. For your own message use: `corsim explain --server nginx -`.\n\n")
		}
		fmt.Fprintf(out, "<details><summary>%s</summary>\n\n```%s\n%s```\n\n</details>\n", system.Name(), recipeLanguages[system], recipe.Write(system, repair.Need))
	}
}

var recipesOnce struct {
	sync.Once
	texts map[string]bool
}

// recipes returns the configurations for the repairs of the reasons' scenarios.
func recipes(t *testing.T) map[string]bool {
	t.Helper()
	recipesOnce.Do(func() {
		recipesOnce.texts = make(map[string]bool)
		for _, s := range readScenarios(t, filepath.Join(root, reasonsFile)) {
			for _, run := range playAll(t, s) {
				repair, err := explain.Repairs(context.Background(), run.Steps[len(run.Steps)-1].Result)
				assert.NilError(t, err)
				if repair.Need.IsZero() {
					continue
				}
				for _, system := range recipe.Systems() {
					recipesOnce.texts[recipe.Write(system, repair.Need)] = true
				}
			}
		}
	})
	return recipesOnce.texts
}
