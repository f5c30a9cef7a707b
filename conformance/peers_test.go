package conformance

import (
	"context"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// peersOf returns the scenarios from the engines' own test suites that are about an
// engine. Their expectations are what the browser was recorded to do.
func peersOf(t *testing.T, engine string) []*scenario.Scenario {
	t.Helper()
	return slices.DeleteFunc(readScenarios(t, "peers.jsonl"), func(s *scenario.Scenario) bool {
		return !strings.HasPrefix(s.Name, engine+"-")
	})
}

// peersConsole has what WebKit was recorded to print for some of them.
var peersConsole = map[string][]string{
	"webkit-401-element-console": {"Blocked http://api.test:8000/give-08 from asking for credentials because it is a cross-origin request."},
	"webkit-beacon-console-missing": {
		"Origin http://myapp.test:8000 is not allowed by Access-Control-Allow-Origin. Status code: 200",
		"Beacon API cannot load http://api.test:8000/give-09. Origin http://myapp.test:8000 is not allowed by Access-Control-Allow-Origin. Status code: 200",
	},
	"webkit-beacon-console-wildcard": {
		"Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.",
		"Beacon API cannot load http://api.test:8000/give-10. Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.",
	},
	"webkit-beacon-console-after-redirect": {
		"Origin http://myapp.test:8000 is not allowed by Access-Control-Allow-Origin. Status code: 200",
		"Beacon API cannot load http://api.test:8000/give-11/2. Origin http://myapp.test:8000 is not allowed by Access-Control-Allow-Origin. Status code: 200",
	},
}

// TestPeers plays the scenarios from the engines' test suites.
func TestPeers(t *testing.T) {
	for _, p := range browser.Profiles() {
		for _, s := range peersOf(t, p.Name()) {
			t.Run(s.Name, func(t *testing.T) {
				runner := scenario.Runner{Profile: p}
				r, err := runner.Run(context.Background(), s)
				assert.NilError(t, err)
				o := r.Observation()
				assert.Check(t, len(Check(s.Case.Expect, o)) == 0, "%v", Check(s.Case.Expect, o))
				if want, ok := peersConsole[s.Name]; ok {
					assert.DeepEqual(t, o.Steps[0].Console, want)
				}
			})
		}
	}
}

// No browser takes http://localhost for a page that was loaded securely. The
// standard does, and the explanation says so.
func TestSpecSaysWhatBrowsersDo(t *testing.T) {
	s := peersOf(t, "spec")[0]
	r, err := (&scenario.Runner{Profile: browser.Spec()}).Run(context.Background(), s)
	assert.NilError(t, err)
	e, ok := explain.Explain(r.Steps[0].Result)
	assert.Assert(t, ok)
	assert.Equal(t, e.Causes[0].Code, explain.CauseTrustedHTTPPage)
	for _, name := range engines {
		p, err := browser.ProfileByName(name)
		assert.NilError(t, err)
		r, err := (&scenario.Runner{Profile: p}).Run(context.Background(), s)
		assert.NilError(t, err)
		assert.Equal(t, r.Steps[0].Result.Outcome, browser.Shared, name)
	}
}

// passesOnlyWith returns the names of the scenarios that meet their expectations on
// a profile, and not on one that lacks an entry.
func passesOnlyWith(t *testing.T, p, less *browser.Profile, all []*scenario.Scenario) []string {
	t.Helper()
	var names []string
	for _, s := range all {
		if len(runCase(t, p, s)) == 0 && len(runCase(t, less, s)) > 0 {
			names = append(names, s.Name)
		}
	}
	return names
}
