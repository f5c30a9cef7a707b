package conformance

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// Whatever is blocked in the corpora has an explanation whose values are filled
// in, whose step is one of the reason's algorithm, and which says truly whether
// the request went out.
func TestExplanations(t *testing.T) {
	t.Parallel()
	seen := make(map[fetch.Reason]bool)
	for _, p := range browser.Profiles() {
		for _, step := range sample(blockedSteps(t, p)) {
			e, ok := explain.Explain(step.result)
			assert.Assert(t, ok, step.name)
			seen[e.Reason] = true
			assert.Check(t, e.Sentence != "" && !strings.ContainsAny(e.Sentence, "{}") && len(e.Causes) > 0, "%s: %v", step.name, e.Lines())
			assert.Check(t, e.Step == step.result.Failure.Step, step.name)
			checkReached(t, step, e.Reached)
		}
	}
	t.Logf("%d of %d reasons occur", len(seen), len(fetch.Reasons()))
}

func checkReached(t *testing.T, step blockedStep, got explain.Reached) {
	t.Helper()
	sent, answered := 0, 0
	for _, x := range step.result.Trace.Exchanges {
		if x.Kind == browser.ExchangeActual {
			sent++
			if x.Response != nil {
				answered++
			}
		}
	}
	ok := false
	switch got {
	case explain.ReachedNot:
		ok = len(step.result.Trace.Exchanges) == 0
	case explain.ReachedPreflight:
		ok = sent == 0 && len(step.result.Trace.Exchanges) > 0
	case explain.ReachedServer, explain.ReachedRedirect:
		ok = sent > 0 && answered == sent
	case explain.ReachedUnknown:
		ok = answered == sent-1
	}
	assert.Check(t, ok, "%s: %s, with %d requests and %d answers", step.name, got, sent, answered)
}
