package conformance

import (
	"slices"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// TestEntries has a subtest for each entry of a recorded profile, of the entry's
// name: the scenarios that docs/divergences.md names for it agree better with
// the browser than they do without it. What all scenarios say of an entry is
// said by [TestEvidence].
func TestEntries(t *testing.T) {
	t.Parallel()
	for _, p := range browser.Profiles() {
		if !isRecorded(p) {
			continue
		}
		all := readRecorded(t, p.Name())
		for _, entry := range p.Entries() {
			t.Run(p.Name()+"/"+entry.Name, func(t *testing.T) {
				evidence, ok := EvidenceOf(p.Name(), entry.Name)
				assert.Assert(t, ok && len(evidence.Examples) > 0)
				less, err := p.Without(entry.Name)
				assert.NilError(t, err)
				peers := peersOf(t, p.Name())
				for _, name := range passesOnlyWith(t, p, less, peers) {
					peers = slices.DeleteFunc(peers, func(s *scenario.Scenario) bool { return s.Name == name })
				}
				for _, s := range peers {
					assert.Check(t, !slices.Contains(evidence.Examples, s.Name), s.Name)
				}
				corpus := all.only(func(s *scenario.Scenario) bool { return slices.Contains(evidence.Examples, s.Name) })
				with, without := corpus.play(t, p), corpus.play(t, less)
				for i, s := range corpus.scenarios {
					assert.Check(t, corpus.disagreement(t, i, without[i])&^corpus.disagreement(t, i, with[i]) != 0, s.Name)
				}
			})
		}
	}
}

// only returns the recordings of some of the scenarios.
func (r *recorded) only(has func(*scenario.Scenario) bool) *recorded {
	out := &recorded{observed: r.observed}
	for i, s := range r.scenarios {
		if has(s) {
			out.scenarios, out.authors = append(out.scenarios, s), append(out.authors, r.authors[i])
		}
	}
	return out
}
