package conformance

import (
	"context"
	"slices"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// runCase plays a scenario on a profile and judges it.
func runCase(t *testing.T, p *browser.Profile, s *scenario.Scenario) []Mismatch {
	t.Helper()
	runner := scenario.Runner{Profile: p, Documents: pagescript.Runner{}}
	r, err := runner.Run(context.Background(), s)
	assert.NilError(t, err, s.Name)
	return Check(s.Case.Expect, r.Observation())
}

// Every case passes on the standard's profile, but for those of which it is
// listed why they cannot; and of these none passes.
func TestWPT(t *testing.T) {
	listed := readRows(t, "wpt/divergences.txt")
	passed, divergences := 0, 0
	for _, s := range slices.Concat(readAll(t, WPT()), readScenarios(t, modules.scenarios), readScenarios(t, tracks.scenarios)) {
		mismatches := runCase(t, browser.Spec(), s)
		_, diverges := Divergence(s.Name)
		if diverges {
			divergences++
		}
		switch {
		case diverges:
			assert.Check(t, len(mismatches) > 0, "%s passes: take it off the list", s.Name)
		case len(mismatches) > 0:
			t.Errorf("%s (%s): %v", s.Name, s.Case.Source, mismatches)
		default:
			passed++
		}
	}
	assert.Equal(t, divergences, len(listed), "a case is listed that is not there, or twice")
	t.Logf("%d cases pass", passed)
}

// A scenario gives the same bytes each time.
func TestRunIsDeterministic(t *testing.T) {
	runner := scenario.Runner{Profile: browser.Spec()}
	for _, s := range readScenarios(t, "browsers/probe.scenarios.jsonl.gz") {
		var lines [2]string
		for i := range lines {
			r, err := runner.Run(context.Background(), s)
			assert.NilError(t, err, s.Name)
			lines[i] = string(r.Observation().AppendJSON(nil))
		}
		assert.Equal(t, lines[0], lines[1])
	}
}
