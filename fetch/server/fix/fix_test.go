package fix_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/fetch/server/fix"
	"github.com/corsim/corsim/fetch/server/lint"
)

// sampled returns every third system in short runs, else all: each is asked hundreds of
// questions.
func sampled() []system {
	if !testing.Short() {
		return systems
	}
	var out []system
	for i := 0; i < len(systems); i += 3 {
		out = append(out, systems[i])
	}
	return out
}

// TestGood checks that the good configurations have nothing worse than advice, but for
// what no option of the software changes.
func TestGood(t *testing.T) {
	for _, s := range sampled() {
		t.Run(s.name, func(t *testing.T) {
			for _, f := range s.lint(t, s.good, "").Findings {
				assert.Check(t, f.Severity == lint.Advice || strings.Contains(f.Text, "No option of the software"), "%s", f)
			}
		})
	}
}

// TestChanges checks that each rule fires on the bad configurations of each system,
// and that the change that is found for it repairs it. testdata/changes.txt has all
// changes, to read.
func TestChanges(t *testing.T) {
	var out strings.Builder
	for _, s := range sampled() {
		for i, c := range s.bad {
			if testing.Short() && i%30 != 0 {
				continue
			}
			t.Run(s.name+"/"+c.rule, func(t *testing.T) { fmt.Fprint(&out, changed(t, &s, &c)) })
		}
	}
	const file = "testdata/changes.txt"
	if golden.FlagUpdate() {
		assert.NilError(t, os.WriteFile(file, []byte(out.String()), 0o600))
	}
	want, err := os.ReadFile(file)
	assert.NilError(t, err)
	if !testing.Short() && !strings.Contains(flag.Lookup("test.run").Value.String(), "/") {
		assert.Equal(t, out.String(), string(want))
	}
}

// changed finds the change for a fault, tries it, and returns it as text.
func changed(t *testing.T, s *system, c *fault) string {
	t.Helper()
	text := c.text(t, s)
	before, changes, err := fix.Find(t.Context(), s.question(text, c.call))
	assert.NilError(t, err)
	i := slices.IndexFunc(before.Findings, func(f lint.Finding) bool { return f.Rule == c.rule })
	assert.Assert(t, i >= 0, "the rule does not fire; found %v in\n%s", rulesOf(before), text)
	head := fmt.Sprintf("# %s: %s\n", s.name, c.rule)
	change := changes[i]
	if change == nil {
		assert.Check(t, c.words, "no change was found for\n%s\n%s", before.Findings[i], text)
		return head + "no change\n\n"
	}
	assert.Check(t, !c.words, "there is a change")
	after := s.lint(t, change.After, c.call)
	assert.Check(t, countOf(after, c.rule) < countOf(before, c.rule))
	for _, e := range change.Edits() {
		head += e.String() + "\n"
	}
	return head + "\n"
}

func rulesOf(r *lint.Report) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.Severity.String()+" "+f.Rule)
	}
	return out
}

func countOf(r *lint.Report, rule string) int {
	n := 0
	for _, f := range r.Findings {
		if f.Rule == rule {
			n++
		}
	}
	return n
}
