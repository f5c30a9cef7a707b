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
)

// recipeLanguages are the languages of the servers' configurations, as blocks
// name them.
var recipeLanguages = map[explain.Server]string{
	explain.ServerExpress: "js", explain.ServerNode: "js", explain.ServerFlask: "python", explain.ServerDjango: "python",
	explain.ServerPHP: "php", explain.ServerRails: "ruby", explain.ServerASPNET: "csharp",
	explain.ServerNginx: "nginx", explain.ServerApache: "apache",
}

// writeRecipes writes what a repair means for each kind of server.
func writeRecipes(out *strings.Builder, repair *explain.Repair) {
	for i, server := range explain.Servers() {
		text, ok := repair.Recipe(server)
		if !ok {
			return
		}
		if i == 0 {
			out.WriteString("\n## The same as a server's configuration\n\n" +
				"The whole of what this request needs. For a message of your own: `corsim explain --server nginx -`.\n\n")
		}
		fmt.Fprintf(out, "<details><summary>%s</summary>\n\n```%s\n%s```\n\n</details>\n", server, recipeLanguages[server], text)
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
				for _, server := range explain.Servers() {
					if text, ok := repair.Recipe(server); ok {
						recipesOnce.texts[text] = true
					}
				}
			}
		}
	})
	return recipesOnce.texts
}
