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

	"github.com/corsim/corsim/fetch/browser"
)

// maxExamples is how many scenarios are named for an entry.
const maxExamples = 3

// Every entry of a recorded profile makes the profile agree with its browser
// in some scenario in which it would not agree without. The derived file is
// written by go test ./conformance -update.
func TestEvidence(t *testing.T) {
	var out strings.Builder
	out.WriteString("# profile, entry, how many recorded scenarios agree only because of it, the first of them\n")
	for _, p := range browser.Profiles() {
		if !isRecorded(p) {
			continue
		}
		corpus := readRecorded(t, p.Name())
		with := corpus.disagreements(t, p)
		for _, entry := range p.Entries() {
			less, err := p.Without(entry.Name)
			assert.NilError(t, err)
			var names []string
			for name, worse := range corpus.disagreements(t, less) {
				if worse&^with[name] != 0 {
					names = append(names, name)
				}
			}
			assert.Check(t, len(names) > 0, "%s: %s changes no recorded result for the better", p.Name(), entry.Name)
			fmt.Fprintf(&out, "%s %s %d %s\n", p.Name(), entry.Name, len(names), strings.Join(firstSorted(names), " "))
		}
	}
	golden.Assert(t, out.String(), "evidence.txt")
}

// isRecorded reports whether there are recordings of the browser that a
// profile models.
func isRecorded(p *browser.Profile) bool { return slices.Contains(engines, p.Name()) }

// recorded is all that was recorded with one browser.
type recorded struct {
	scenarios []*Scenario
	authors   []AuthorNames
	observed  map[string]*Observation
}

func readRecorded(t *testing.T, engine string) *recorded {
	t.Helper()
	r := &recorded{observed: make(map[string]*Observation)}
	for _, c := range recordings {
		r.scenarios = append(r.scenarios, readScenarios(t, c.scenarios)...)
		maps.Copy(r.observed, byName(readObservations(t, fmt.Sprintf(c.observations, engine))))
	}
	for _, s := range r.scenarios {
		r.authors = append(r.authors, AuthorNamesOf(s))
	}
	return r
}

// disagreements returns the dimensions, as bits, in which a profile disagrees
// with the browser, by scenario; those without any are left out.
func (r *recorded) disagreements(t *testing.T, p *browser.Profile) map[string]uint {
	t.Helper()
	out := make(map[string]uint)
	runner := Runner{Profile: p}
	for i, s := range r.scenarios {
		run, err := runner.Run(context.Background(), s)
		assert.NilError(t, err, s.Name)
		for _, d := range Compare(r.authors[i], r.observed[s.Name], run.Observation()) {
			out[s.Name] |= 1 << d.Dimension
		}
	}
	return out
}

// firstSorted returns the first few names in order.
func firstSorted(names []string) []string {
	slices.Sort(names)
	return names[:min(len(names), maxExamples)]
}
