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
	t.Parallel()
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
	needed := corpus.needed(t, p)
	peers := peersOf(t, p.Name())
	for i, entry := range p.Entries() {
		names := append(needed[i], passesOnlyWith(t, p, without(t, p, i, len(needed)), peers)...)
		assert.Check(t, len(names) > 0, "%s: %s changes no recorded result for the better", p.Name(), entry.Name)
		fmt.Fprintf(&out, "%s %s %d %s\n", p.Name(), entry.Name, len(names), strings.Join(firstSorted(names), " "))
	}
	return out.String()
}

// without returns a profile without every step-th of its entries, from one index on.
func without(t *testing.T, p *browser.Profile, from, step int) *browser.Profile {
	t.Helper()
	less, entries := p, p.Entries()
	for i := from; i < len(entries); i += step {
		var err error
		less, err = less.Without(entries[i].Name)
		assert.NilError(t, err)
	}
	return less
}

// searchStep is the step from one entry to the next that is left out at the same time,
// when the search for scenarios begins.
const searchStep = 8

// needed returns for each entry of a profile the names of the scenarios that agree with
// the browser only because of it.
//
// A scenario has to do with few entries. So it is played without every eighth entry, then
// without every sixteenth of these, and so on, as long as that changes something. Entries
// that are far from each other do not outweigh each other. Whatever is found was played
// without the one entry alone.
func (r *recorded) needed(t *testing.T, p *browser.Profile) [][]string {
	t.Helper()
	names := make([][]string, len(p.Entries()))
	with := r.play(t, p)
	var search func(from, step int, scenarios []int)
	search = func(from, step int, scenarios []int) {
		less := without(t, p, from, step)
		alone := from+step >= len(names)
		var changed []int
		for _, i := range scenarios {
			played := r.playOne(t, less, i)
			if played == with[i] {
				continue
			}
			changed = append(changed, i)
			if alone && r.disagreement(t, i, played)&^r.disagreement(t, i, with[i]) != 0 {
				names[from] = append(names[from], r.scenarios[i].Name)
			}
		}
		if !alone && len(changed) > 0 {
			search(from, 2*step, changed)
			search(from+step, 2*step, changed)
		}
	}
	all := make([]int, len(r.scenarios))
	for i := range all {
		all[i] = i
	}
	for from := range min(searchStep, len(names)) {
		search(from, searchStep, all)
	}
	return names
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
	for i := range out {
		out[i] = r.playOne(t, p, i)
	}
	return out
}

func (r *recorded) playOne(t *testing.T, p *browser.Profile, i int) string {
	t.Helper()
	runner := scenario.Runner{Profile: p, Documents: pagescript.Runner{}}
	run, err := runner.Run(context.Background(), r.scenarios[i])
	assert.NilError(t, err, r.scenarios[i].Name)
	return string(run.Observation().AppendJSON(nil))
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
