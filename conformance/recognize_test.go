package conformance

import (
	"context"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain/console"
)

// recognitionTally counts what became of recorded messages.
type recognitionTally struct {
	messages, recognized, traced int
	steps, precise               int
}

// Every message that the browsers were recorded to print is recognised and
// leads back to the reason that the profile gives; 995 of 1,000 at least. Random
// stories are among them.
func TestRecognizeRecordings(t *testing.T) {
	needsWholeCorpora(t)
	t.Parallel()
	for _, engine := range engines {
		p, err := browser.ProfileByName(engine)
		assert.NilError(t, err)
		var tally recognitionTally
		for _, c := range withStories() {
			if c == modules && engine == "webkit" {
				continue // its recordings also have the exceptions of modules
			}
			scenarios, observed := c.with(t, engine)
			runner := scenario.Runner{Profile: p, Documents: pagescript.Runner{}}
			for _, s := range sample(scenarios) {
				r, err := runner.Run(context.Background(), s)
				assert.NilError(t, err, s.Name)
				for i := range observed[s.Name].Steps {
					seen := &observed[s.Name].Steps[i]
					checkOwnConsole(t, r.Steps[i].Result)
					if r.Steps[i].Result != nil && isSameStory(seen, r.Steps[i].Result) {
						checkRecognized(t, p, seen.Console, r.Steps[i].Result, &tally)
					}
				}
			}
		}
		share := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
		recognized, traced := share(tally.recognized, tally.messages), share(tally.traced, tally.messages)
		t.Logf("%-8s %d messages, %.2f %% recognised, %.2f %% with the reason among those named; of %d steps, %.1f %% narrowed down to four reasons",
			engine, tally.messages, recognized, traced, tally.steps, share(tally.precise, tally.steps))
		want := 99.5
		if takesSample() {
			want = 98 // few messages, of which the rare ones weigh more
		}
		assert.Check(t, recognized >= want && traced >= want, engine)
	}
}

// checkOwnConsole wants the lines that a profile prints to be recognised.
func checkOwnConsole(t *testing.T, r *browser.Result) {
	t.Helper()
	if r == nil {
		return
	}
	for _, line := range console.Print(r) {
		assert.Check(t, len(console.Recognize(line)) == 1, "%s prints %q", r.Profile.Name(), line)
	}
}

// isSameStory reports whether a profile does with a step what its browser did,
// so that its reason is what the browser's messages are about.
func isSameStory(seen *scenario.StepObservation, r *browser.Result) bool {
	// What script in a frame does is not followed, and prints lines of its own.
	inFrame := slices.ContainsFunc(r.NotFollowed(), func(n browser.NotFollowed) bool { return n.Why == browser.NotFollowedFrameScript })
	return len(seen.Console) > 0 && seen.Outcome == scenario.OutcomeOf(r) && len(seen.Wire) == len(r.Trace.Exchanges) && !inFrame
}

func checkRecognized(t *testing.T, p *browser.Profile, messages []string, r *browser.Result, tally *recognitionTally) {
	t.Helper()
	tally.steps++
	precise := false
	for _, text := range messages {
		tally.messages++
		found := console.Recognize("12:34:56.789 " + strings.ReplaceAll(text, " has been ", "\nhas been ") + " users.html:12")
		if len(found) != 1 || found[0].Engine != p.Engine() && found[0].Engine != browser.EngineNone && len(found[0].Reasons) > 1 {
			t.Logf("%s: not recognised: %q", p.Name(), text)
			continue
		}
		tally.recognized++
		if leadsTo(found[0], r) {
			tally.traced++
			precise = precise || len(found[0].Reasons) <= 4
		} else {
			t.Logf("%s: %q was %v, not %v", p.Name(), text, found[0].Reasons, r.Failure)
		}
	}
	if precise {
		tally.precise++
	}
}

// leadsTo reports whether a message names the reason of a result, or of what its
// document loaded next.
func leadsTo(m console.Line, r *browser.Result) bool {
	if m.Warning {
		return true
	}
	var reason fetch.Reason
	if r != nil && r.Failure != nil {
		reason = r.Failure.Reason
	}
	return slices.Contains(m.Reasons, reason) ||
		r != nil && slices.ContainsFunc(r.Loads(), func(next *browser.Result) bool { return leadsTo(m, next) })
}
