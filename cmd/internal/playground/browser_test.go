//go:build browser

// This test needs Chromium, Node.js with npm, and the npm registry:
//
//	go test -tags browser -run Browser -v ./cmd/internal/playground
//
// CHROMIUM names the browser; the default is /usr/bin/chromium. SCREENSHOTS names a
// folder for pictures of the page.

package playground_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/cmd/internal/playground"
	"github.com/corsim/corsim/cmd/internal/wasmbuild"
	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
)

const tree = "../../.."

// The page in a real browser: each example, keyboard, accessibility, without a network,
// small windows, and trials in the browser itself.
func TestBrowser(t *testing.T) {
	folder := t.TempDir()
	site, native := filepath.Join(folder, "site"), served(t)
	assert.NilError(t, playground.WriteSite(site, playground.Modules{Judge: built(t, ""), Readers: built(t, "readers")}))
	expected, err := json.Marshal(expectedVerdicts(t))
	assert.NilError(t, err)
	file := filepath.Join(folder, "expected.json")
	assert.NilError(t, os.WriteFile(file, expected, 0o600))
	script, err := os.ReadFile("testdata/browser.mjs")
	assert.NilError(t, err)
	assert.NilError(t, os.WriteFile(filepath.Join(folder, "browser.mjs"), script, 0o600))
	command(t, folder, nil, "npm", "install", "--no-audit", "--no-fund", "--silent", "--ignore-scripts", "playwright-core@1.65.0", "axe-core@4.14.0")
	out := command(t, folder, []string{"SITE=" + site, "NATIVE=" + native, "EXPECTED=" + file}, "node", "browser.mjs")
	t.Log(out)
}

// built builds a WebAssembly module as docs/wasm.md says.
func built(t *testing.T, tag string) []byte {
	t.Helper()
	module, err := wasmbuild.Build(t.Context(), wasmbuild.Corsim(tree, tag))
	assert.NilError(t, err)
	return module
}

// command runs a command and returns what it prints.
func command(t *testing.T, folder string, env []string, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = folder, append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	assert.NilError(t, err, string(out))
	return string(out)
}

// expectedVerdicts returns the verdicts that corsim run prints, by example, browser and step.
func expectedVerdicts(t *testing.T) map[string]map[string][]string {
	t.Helper()
	out := make(map[string]map[string][]string)
	reader := scenario.NewReader(bytes.NewReader(conformance.Examples()), "examples")
	for {
		s, err := reader.Read()
		if err != nil {
			break
		}
		out[s.Name] = make(map[string][]string)
		for _, p := range []*browser.Profile{browser.Chromium(), browser.Firefox(), browser.WebKit()} {
			run, err := (&scenario.Runner{Profile: p}).Run(context.Background(), s)
			assert.NilError(t, err)
			story := answer.Story(run)
			for i := range story.Steps {
				out[s.Name][p.Name()] = append(out[s.Name][p.Name()], story.Steps[i].Verdict(report.Style{}))
			}
		}
	}
	assert.Check(t, len(out) > 300, "only %d examples", len(out))
	return out
}
