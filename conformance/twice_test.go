package conformance

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// The same scenario twice gives the same observation, byte for byte, in each
// browser, and whatever else runs.
func TestTheSameTwice(t *testing.T) {
	scenarios := append(readScenarios(t, "guide.jsonl"), readScenarios(t, "browsers/probe.scenarios.jsonl.gz")...)
	scenarios = append(scenarios, readScenarios(t, "wpt/cases.jsonl.gz")...)
	for _, p := range browser.Profiles() {
		t.Run(p.Name(), func(t *testing.T) {
			t.Parallel()
			runner := &scenario.Runner{Profile: p, Documents: pagescript.Runner{}}
			observe := func(s *scenario.Scenario) string {
				run, err := runner.Run(t.Context(), s)
				assert.NilError(t, err)
				return string(run.Observation().AppendJSON(nil))
			}
			for _, s := range sample(scenarios) {
				assert.Equal(t, observe(s), observe(s))
			}
		})
	}
}
