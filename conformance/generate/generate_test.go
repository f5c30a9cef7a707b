package generate_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/generate"
	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// played counts what the simulator does in scenarios.
type played struct {
	kinds, outcomes map[string]bool
	results         map[string]bool // observations without the names
	hosts, hops     int             // the most in one scenario
}

// play plays scenarios, each of which must be one that the simulator plays.
func play(t *testing.T, texts []string) *played {
	t.Helper()
	p, err := browser.ProfileByName("chromium")
	assert.NilError(t, err)
	out := &played{kinds: map[string]bool{}, outcomes: map[string]bool{}, results: map[string]bool{}}
	for _, text := range texts {
		s, err := scenario.Decode(text)
		assert.NilError(t, err, text)
		run, err := (&scenario.Runner{Profile: p, Documents: pagescript.Runner{}}).Run(context.Background(), s)
		assert.NilError(t, err, text)
		out.results[strings.ReplaceAll(string(run.Observation().AppendJSON(nil)), s.Name, "")] = true
		hosts := map[string]bool{}
		for i, step := range run.Observation().Steps {
			out.kinds[s.Steps[i].Key()] = true
			out.outcomes[string(step.Outcome)] = true
			hops := 0
			for _, w := range step.Wire {
				hosts[strings.SplitN(w.URL, "/", 4)[2]] = true
				if strings.Contains(w.URL, "-from") && w.Method != "OPTIONS" {
					hops++
				}
			}
			out.hops = max(out.hops, hops)
		}
		out.hosts = max(out.hosts, len(hosts))
	}
	return out
}

// A seed is always the same stories; they have all kinds of steps and outcomes, several servers, and chains of redirects.
func TestScenarios(t *testing.T) {
	texts := generate.Scenarios(7, 300)
	assert.DeepEqual(t, generate.Scenarios(7, 300), texts)
	assert.Check(t, generate.Scenarios(8, 1)[0] != texts[0])
	got := play(t, texts)
	for _, kind := range []string{"fetch", "xhr", "element", "eventsource", "beacon", "wait", "page"} {
		assert.Check(t, got.kinds[kind], kind)
	}
	for _, outcome := range []string{"response", "error", "load", "open", "sent", "waited", "page"} {
		assert.Check(t, got.outcomes[outcome], outcome)
	}
	assert.Check(t, got.hosts >= 4, "%d servers", got.hosts)
	assert.Check(t, got.hops >= 3, "%d redirects", got.hops)
}

// The scenarios of each family differ in what browsers do.
func TestFamilies(t *testing.T) {
	for _, name := range generate.Families() {
		t.Run(name, func(t *testing.T) {
			texts, err := generate.Family(name, 7, 60)
			assert.NilError(t, err)
			again, err := generate.Family(name, 7, 60)
			assert.NilError(t, err)
			assert.DeepEqual(t, again, texts)
			assert.Check(t, strings.HasPrefix(texts[0], `{"name":"`+name))
			got := play(t, texts)
			assert.Check(t, slices.ContainsFunc([]string{"response", "load", "open", "styled"}, func(o string) bool { return got.outcomes[o] }), "nothing works")
			assert.Check(t, len(got.results) > 20, "only %d results", len(got.results))
		})
	}
	_, err := generate.Family("cors", 1, 1)
	assert.ErrorContains(t, err, "known: acac, acah")
}
