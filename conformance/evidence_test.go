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

// maxExamples is how many scenarios are named for an entry.
const maxExamples = 3

// Every entry of a recorded profile makes the profile agree with its browser
// in some scenario in which it would not agree without. The derived file is
// written by go test ./conformance -update.
func TestEvidence(t *testing.T) {
	if takesSample() {
		t.Skip("TestEntries looks at the examples")
	}
	var profiles []*browser.Profile
	for _, p := range browser.Profiles() {
		if isRecorded(p) {
			profiles = append(profiles, p)
		}
	}
	parts := make([]string, len(profiles))
	t.Run("profiles", func(t *testing.T) {
		for i, p := range profiles {
			t.Run(p.Name(), func(t *testing.T) {
				t.Parallel()
				parts[i] = evidenceFor(t, p)
			})
		}
	})
	const heading = "# profile, entry, how many recorded scenarios agree only because of it, the first of them\n"
	golden.Assert(t, heading+strings.Join(parts, ""), "evidence.txt")
}

// evidenceFor returns a line for each entry of a profile.
func evidenceFor(t *testing.T, p *browser.Profile) string {
	t.Helper()
	var out strings.Builder
	corpus := readRecorded(t, p.Name())
	with := corpus.play(t, p)
	for _, entry := range p.Entries() {
		less, err := p.Without(entry.Name)
		assert.NilError(t, err)
		var names []string
		for i, without := range corpus.play(t, less) {
			if without != with[i] && corpus.disagreement(t, i, without)&^corpus.disagreement(t, i, with[i]) != 0 {
				names = append(names, corpus.scenarios[i].Name)
			}
		}
		names = append(names, passesOnlyWith(t, p, less, peersOf(t, p.Name()))...)
		assert.Check(t, len(names) > 0, "%s: %s changes no recorded result for the better", p.Name(), entry.Name)
		fmt.Fprintf(&out, "%s %s %d %s\n", p.Name(), entry.Name, len(names), strings.Join(firstSorted(names), " "))
	}
	return out.String()
}

// isRecorded reports whether there are recordings of the browser that a
// profile models.
func isRecorded(p *browser.Profile) bool { return slices.Contains(engines, p.Name()) }

// recorded is all that was recorded with one browser.
type recorded struct {
	scenarios []*scenario.Scenario
	authors   []AuthorNames
	observed  map[string]*scenario.Observation
}

func readRecorded(t *testing.T, engine string) *recorded {
	t.Helper()
	r := &recorded{observed: make(map[string]*scenario.Observation)}
	for _, c := range withDocuments() {
		scenarios, observed := c.with(t, engine)
		r.scenarios = append(r.scenarios, scenarios...)
		maps.Copy(r.observed, observed)
	}
	for _, s := range r.scenarios {
		r.authors = append(r.authors, AuthorNamesOf(s))
	}
	return r
}

// play returns what a profile makes of each scenario, as observations in JSON.
func (r *recorded) play(t *testing.T, p *browser.Profile) []string {
	t.Helper()
	out := make([]string, len(r.scenarios))
	runner := scenario.Runner{Profile: p, Documents: pagescript.Runner{}}
	for i, s := range r.scenarios {
		run, err := runner.Run(context.Background(), s)
		assert.NilError(t, err, s.Name)
		out[i] = string(run.Observation().AppendJSON(nil))
	}
	return out
}

// disagreement returns the dimensions, as bits, in which what was played of a
// scenario disagrees with the browser.
func (r *recorded) disagreement(t *testing.T, i int, played string) (dimensions uint) {
	t.Helper()
	got, err := scenario.DecodeObservation(played)
	assert.NilError(t, err)
	for _, d := range Compare(r.authors[i], r.observed[got.Name], got) {
		dimensions |= 1 << d.Dimension
	}
	return dimensions
}

// firstSorted returns the first few names in order.
func firstSorted(names []string) []string {
	slices.Sort(names)
	return names[:min(len(names), maxExamples)]
}
