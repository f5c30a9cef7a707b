package generate_test

import (
	"context"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/generate"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// Each scenario is one that the simulator plays, and a seed is always the same scenarios.
func TestScenarios(t *testing.T) {
	texts := generate.Scenarios(7, 300)
	assert.DeepEqual(t, generate.Scenarios(7, 300), texts)
	assert.Check(t, generate.Scenarios(8, 1)[0] != texts[0])
	p, err := browser.ProfileByName("chromium")
	assert.NilError(t, err)
	kinds, outcomes := map[string]bool{}, map[scenario.Outcome]bool{}
	for _, text := range texts {
		s, err := scenario.Decode(text)
		assert.NilError(t, err, text)
		run, err := (&scenario.Runner{Profile: p}).Run(context.Background(), s)
		assert.NilError(t, err, text)
		for i, step := range run.Observation().Steps {
			kinds[s.Steps[i].Key()] = true
			outcomes[step.Outcome] = true
		}
	}
	for _, kind := range []string{"fetch", "xhr", "element", "eventsource", "beacon"} {
		assert.Check(t, kinds[kind], kind)
	}
	for _, outcome := range []scenario.Outcome{scenario.OutcomeResponse, scenario.OutcomeError, scenario.OutcomeLoad, scenario.OutcomeOpen, scenario.OutcomeSent} {
		assert.Check(t, outcomes[outcome], outcome)
	}
}
