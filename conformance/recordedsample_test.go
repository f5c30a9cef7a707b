package conformance

import (
	"testing"

	"gotest.tools/v3/assert"
)

// A sample has scenarios of every family that was recorded, and what browsers did with each.
func TestRecordedSample(t *testing.T) {
	families := make(map[string]int)
	sample, err := RecordedSample(2)
	assert.NilError(t, err)
	for _, s := range sample {
		families[s.Family()]++
		for _, engine := range engines {
			assert.Check(t, s.Observed[engine] != nil, "%s was not recorded in %s", s.Name, engine)
		}
	}
	for _, s := range decodeOnce(t, "browsers/dev.scenarios.jsonl.gz", decodeScenarios) {
		assert.Check(t, families[s.Family()] > 0, "no scenario of the family %s", s.Family())
	}
	for family, n := range families {
		assert.Check(t, n <= 2, family)
	}
}
