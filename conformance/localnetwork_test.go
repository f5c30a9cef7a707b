package conformance

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// The stories that are left out are counted by what they need.
func TestSkippedStories(t *testing.T) {
	var out strings.Builder
	for _, c := range localNetwork {
		all, skipped, err := readSimulated(scenario.NewReader(open(t, c.scenarios), c.scenarios))
		assert.NilError(t, err)
		fmt.Fprintf(&out, "%s: %d stories are played\n", c.name, len(all))
		for _, why := range slices.Sorted(maps.Keys(skipped)) {
			fmt.Fprintf(&out, "%s: %d are not, for %s\n", c.name, skipped[why], why)
		}
	}
	golden.Assert(t, out.String(), "lna/skipped.txt")
}

// An https page reaches http on private addresses and on .local names, with a warning,
// and nothing else over http. The recording has no wire of hosts that its server did not
// know, so that the wire is not compared.
func TestPrivateAddressesAreNotMixedContent(t *testing.T) {
	observed := byName(readObservations(t, "lna/private.chromium.jsonl"))
	scenarios := readScenarios(t, "lna/private.scenarios.jsonl")
	for _, s := range scenarios {
		run, err := (&scenario.Runner{Profile: browser.Chromium(), Documents: pagescript.Runner{}}).Run(context.Background(), s)
		assert.NilError(t, err, s.Name)
		var a Agreement
		for _, d := range a.Add(AuthorNamesOf(s), observed[s.Name], run.Observation()) {
			if d.Dimension != DimensionWire {
				t.Errorf("%s: %v: recorded %s", s.Name, d.Dimension, d.Describe(observed[s.Name]))
			}
		}
	}
	assert.Equal(t, len(observed), len(scenarios))
}

// A request that local network access stops is not on the wire, and neither is its
// preflight; nothing is sent after it.
func TestStoppedRequestsAreNotSent(t *testing.T) {
	t.Parallel()
	stopped := 0
	for _, c := range localNetwork {
		scenarios, _ := c.with(t, "chromium")
		for _, p := range browser.Profiles() {
			for _, s := range scenarios {
				run, err := (&scenario.Runner{Profile: p, Documents: pagescript.Runner{}}).Run(context.Background(), s)
				assert.NilError(t, err, s.Name)
				for _, step := range run.Steps {
					if r := step.Result; r != nil && r.Failure != nil && r.Failure.Reason.IsLocalNetwork() && r.Request != nil {
						stopped++
						checkNotSent(t, s.Name, r)
					}
				}
			}
		}
	}
	assert.Check(t, stopped > 500, "only %d requests were stopped", stopped)
}

// checkNotSent checks that the last URL of a request was not asked. Where script has
// declared another address space, a preflight may have been.
func checkNotSent(t *testing.T, name string, r *browser.Result) {
	t.Helper()
	last := r.Request.CurrentURL().WithoutFragment().WithoutCredentials()
	for _, x := range r.Trace.Exchanges[min(len(r.Trace.Exchanges), len(r.Request.URLList)-1):] {
		if x.Kind == browser.ExchangeActual {
			assert.Check(t, x.Request.URL != last, "%s: %s asked %s", name, r.Profile.Name(), last)
		}
	}
	assert.Check(t, r.Outcome == browser.Blocked || r.Outcome == browser.Queued, "%s: %s", name, r.Outcome)
	assert.Check(t, r.Response == nil, name)
}
