package jsonask_test

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/jsonask"
	"github.com/corsim/corsim/fetch/browser"
)

// judged are the parts of an answer to "judge" that the test needs.
type judged struct {
	Stories []struct {
		Steps []struct {
			Result *struct{ Outcome string }
			Repair *struct {
				Possible bool
				Changes  []any
			}
		}
	}
}

// blocked returns the first step of a scenario that a change of responses repairs, and
// -1 when there is none.
func blocked(t *testing.T, a *jsonask.Asker, scenario string) int {
	t.Helper()
	answer := a.Ask(context.Background(), `{"ask":"judge","engines":["chromium"],"scenario":`+scenario+`}`)
	var j judged
	assert.NilError(t, json.Unmarshal(answer, &j))
	for i, step := range j.Stories[0].Steps {
		if step.Repair != nil && step.Repair.Possible && len(step.Repair.Changes) > 0 && step.Result.Outcome == "blocked" {
			return i
		}
	}
	return -1
}

// After a repair the step that was blocked is not blocked.
func TestRepairsHold(t *testing.T) {
	file, err := os.Open("../../../conformance/testdata/reasons.jsonl")
	assert.NilError(t, err)
	defer file.Close()
	a := &jsonask.Asker{NewBrowser: browser.New}
	count := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		scenario := lines.Text()
		before := blocked(t, a, scenario)
		if before < 0 {
			continue
		}
		answer := a.Ask(context.Background(), `{"ask":"repair","engine":"chromium","scenario":`+scenario+`}`)
		var repaired, whole map[string]json.RawMessage
		assert.NilError(t, json.Unmarshal(answer, &repaired))
		assert.NilError(t, json.Unmarshal([]byte(scenario), &whole))
		assert.Assert(t, repaired["server"] != nil, "%s: %s", whole["name"], answer)
		whole["server"] = repaired["server"]
		changed, err := json.Marshal(whole)
		assert.NilError(t, err)
		after := blocked(t, a, string(changed))
		assert.Check(t, after != before, "%s is still blocked with %s", whole["name"], repaired["server"])
		count++
	}
	assert.Check(t, count > 20, "only %d repairs", count)
}

// Each example can be copied as commands of curl, or the error says why not.
func TestCopies(t *testing.T) {
	put := `{"name":"a","page":"https://myapp.test/","server":[{"when":{"method":"OPTIONS"},"status":204},{"when":{"url":"https://api.test/"},"status":200,"headers":[["A","é"]],"body":"x"}],"steps":[{"fetch":{"url":"https://api.test/","method":"PUT","headers":[["X-A","1"]],"credentials":"include","body":"it's"}}]}`
	for _, row := range []struct{ form, want string }{
		{"go", `result := page.Fetch("PUT", "https://api.test/", corstest.Header("X-A", "1"), corstest.Body("", "it's"), corstest.WithCredentials())`},
		{"go", `corstest.Check(t, result, corstest.Blocked("allow-origin-missing"))`},
		{"vitest", `const call = browser.fetch("https://api.test/", { method: "PUT", body: "it's", credentials: "include", headers: [["X-A","1"]] })`},
		{"vitest", `if (engine === 'firefox') await expect(call).toBeBlockedByCORS('allow-origin-missing')`},
	} {
		t.Run(row.form, func(t *testing.T) {
			a := &jsonask.Asker{NewBrowser: browser.New}
			var answer struct{ Text, Error string }
			assert.NilError(t, json.Unmarshal(a.Ask(context.Background(), `{"ask":"copy","form":"`+row.form+`","scenario":`+put+`}`), &answer))
			assert.Check(t, strings.Contains(answer.Text, row.want), "%s %s", answer.Error, answer.Text)
		})
	}
}

// The test in Go passes: its server answers as the scenario says.
func TestCopiedGoTest(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a test")
	}
	const scenario = `{"name":"a","page":"https://myapp.com/","server":[{"when":{"method":"OPTIONS","url":"https://api.example.com/users"},"status":204,"headers":[["Access-Control-Allow-Origin","https://myapp.com"]]},{"when":{},"status":200,"headers":[],"body":"{}"}],"steps":[{"fetch":{"url":"https://api.example.com/users","method":"PUT","headers":[["Content-Type","application/json"]],"credentials":"omit","body":"{}"}}]}`
	a := &jsonask.Asker{NewBrowser: browser.New}
	var answer struct{ Text, Error string }
	assert.NilError(t, json.Unmarshal(a.Ask(context.Background(), `{"ask":"copy","form":"go","scenario":`+scenario+`}`), &answer))
	assert.Equal(t, answer.Error, "")
	folder := t.TempDir()
	file := filepath.Join(folder, "copied_test.go")
	assert.NilError(t, os.WriteFile(file, []byte(answer.Text), 0o600))
	// The file is in a package of the module, but not on the disk, where go vet looks for it.
	place, err := filepath.Abs("../copied/copied_test.go")
	assert.NilError(t, err)
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {place: file}})
	assert.NilError(t, err)
	list := filepath.Join(folder, "overlay.json")
	assert.NilError(t, os.WriteFile(list, overlay, 0o600))
	program := filepath.Join(folder, "copied.test")
	out, err := exec.Command("go", "test", "-c", "-vet=off", "-o", program, "-overlay", list, "github.com/corsim/corsim/cmd/internal/copied").CombinedOutput()
	assert.NilError(t, err, "%s\n%s", out, answer.Text)
	out, err = exec.Command(program, "-test.v").CombinedOutput()
	assert.NilError(t, err, "%s\n%s", out, answer.Text)
	assert.Check(t, strings.Contains(string(out), "--- PASS: TestCORS"), string(out))
}
