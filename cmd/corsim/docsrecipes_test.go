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

// shownRecipes are the systems whose configurations the pages of the reasons show,
// each with its language, as blocks name it. docs/repairs.md lists all systems.
var shownRecipes = []struct {
	system   recipe.System
	language string
}{
	{recipe.Express, "js"}, {recipe.NodeJS, "js"}, {recipe.Flask, "python"}, {recipe.FastAPI, "python"}, {recipe.Django, "python"},
	{recipe.PHP, "php"}, {recipe.Rails, "ruby"}, {recipe.Spring, "java"}, {recipe.ASPNET, "csharp"}, {recipe.GoHTTP, "go"},
	{recipe.Nginx, "nginx"}, {recipe.Apache, "apache"},
}

func isRecipeLanguage(language string) bool {
	for _, s := range shownRecipes {
		if s.language == language {
			return true
		}
	}
	return false
}

// writeRecipes writes a repair as the configuration of some kinds of servers.
func writeRecipes(out *strings.Builder, repair *explain.Repair) {
	if repair.Need.IsZero() || repair.Opens != nil {
		return
	}
	fmt.Fprintf(out, "\n## The repair as a server's configuration\n\n"+
		"This configuration contains everything that the request needs. For your own message use: `corsim explain --server nginx -`;\n"+
		"[%d kinds of servers](../repairs.md) are known.\n\n", len(recipe.Systems()))
	for _, s := range shownRecipes {
		fmt.Fprintf(out, "<details><summary>%s</summary>\n\n```%s\n%s```\n\n</details>\n", s.system.Name(), s.language, recipe.Write(s.system, repair.Need))
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
