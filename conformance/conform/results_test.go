package conform_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/conformance/conform"
)

// The table in docs/adapters.md has the reports in conformance/adapters/results. The flag
// -update writes it.
func TestResults(t *testing.T) {
	const page = "../../docs/adapters.md"
	text, err := os.ReadFile(page)
	assert.NilError(t, err)
	before, rest, ok := strings.Cut(string(text), "<!-- results -->\n")
	got, after, closed := strings.Cut(rest, "<!-- end -->")
	assert.Assert(t, ok && closed, "%s has no marks for the table", page)
	want := resultsTable(t)
	if golden.FlagUpdate() && got != want {
		assert.NilError(t, os.WriteFile(page, []byte(before+"<!-- results -->\n"+want+"<!-- end -->"+after), 0o644))
		return
	}
	assert.Equal(t, got, want)
}

// resultsTable returns a row for each report.
func resultsTable(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("../adapters/results/*.json")
	assert.NilError(t, err)
	assert.Assert(t, len(files) > 0)
	var out strings.Builder
	out.WriteString("| implementation | compared with | scenarios | right | outcome | response | wire | not run |\n")
	out.WriteString("| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, file := range files {
		text, err := os.ReadFile(file)
		assert.NilError(t, err)
		var r conform.Report
		assert.NilError(t, json.Unmarshal(text, &r), file)
		notRun := 0
		for _, n := range r.NotRun {
			notRun += n
		}
		s := &r.Total
		fmt.Fprintf(&out, "| %s %s | %s | %d | %.1f %% | %.1f %% | %.1f %% | %.1f %% | %d |\n", r.Adapter.Name, r.Adapter.Version, r.Reference,
			s.Scenarios, s.Percent(), s.Outcome.Percent(), s.Response.Percent(), s.Wire.Percent(), notRun)
	}
	return out.String()
}
