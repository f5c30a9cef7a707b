//go:build precommit

// This test needs pre-commit, which apt-get installs, git and the Go module proxy:
//
//	go test -tags precommit -run PreCommit -v ./cmd/corsim

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// The hook passes for a commit with programs that are not servers, and stops one that has a
// wrong configuration. pre-commit reads what is committed in this tree.
func TestPreCommit(t *testing.T) {
	tree, err := filepath.Abs("../..")
	assert.NilError(t, err)
	cache := t.TempDir()
	for _, row := range []struct {
		name, file, text string
		passes           bool
		want             string
	}{
		{"no-server", "main.py", "print('hello')\n", true, "Passed"},
		{"browser", "index.js", "document.title = 'a page'\n", true, "Passed"},
		{"wrong", "nginx.conf", "server {\n  location / {\n    add_header Access-Control-Allow-Origin $http_origin always;\n" +
			"    add_header Access-Control-Allow-Credentials true always;\n  }\n}\n", false, "nginx.conf:3:5: danger: origin-reflected-credentials"},
	} {
		t.Run(row.name, func(t *testing.T) {
			folder := t.TempDir()
			assert.NilError(t, os.WriteFile(filepath.Join(folder, row.file), []byte(row.text), 0o600))
			for _, args := range [][]string{{"init", "-q", "."}, {"add", "-A"}} {
				cmd := exec.Command("git", args...)
				cmd.Dir = folder
				out, err := cmd.CombinedOutput()
				assert.NilError(t, err, string(out))
			}
			cmd := exec.Command("pre-commit", "try-repo", tree, "corsim-lint", "--all-files", "--verbose")
			cmd.Dir = folder
			cmd.Env = append(os.Environ(), "PRE_COMMIT_HOME="+cache)
			out, err := cmd.CombinedOutput()
			assert.Check(t, err == nil == row.passes, string(out))
			assert.Check(t, strings.Contains(string(out), row.want), string(out))
		})
	}
}
