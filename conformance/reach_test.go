//go:build reach

package conformance

import (
	"context"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// TestReach plays all corpora in the profiles of the recorded browsers and of the
// standard. The command conformance/reach runs it and looks what it reaches.
func TestReach(t *testing.T) {
	for _, p := range browser.Profiles() {
		switch {
		case isRecorded(p):
			play(t, p, readRecorded(t, p.Name()).scenarios)
		case p.Engine() == browser.EngineNone:
			play(t, p, append(readAll(t, WPT()), readAll(t, Guide())...))
			for _, engine := range engines {
				play(t, p, readRecorded(t, engine).scenarios)
			}
		}
	}
}

// play plays scenarios, and judges their calls of fetch() by the short way too.
func play(t *testing.T, p *browser.Profile, scenarios []*scenario.Scenario) {
	t.Helper()
	runner, judge := scenario.Runner{Profile: p}, scenario.NewJudge(p)
	for _, s := range scenarios {
		run, err := runner.Run(context.Background(), s)
		assert.NilError(t, err, s.Name)
		run.Observation()
		for _, step := range run.Steps {
			if r, ok := recordingOf(s, step); ok {
				_, err := judge.Judge(r)
				assert.NilError(t, err, s.Name)
			}
		}
	}
}
