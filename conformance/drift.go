package conformance

import (
	"context"

	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// Outdated returns the names of the entries of a profile that no longer hold when a browser was observed to do
// something with a scenario: without the entry the simulator differs from the browser in fewer dimensions, and in no other
// one. It is empty when the simulator does what the browser did, and when no single entry explains the difference.
//
// An error means that the scenario could not be played.
func Outdated(ctx context.Context, p *browser.Profile, s *scenario.Scenario, observed *scenario.Observation) ([]string, error) {
	with, err := differences(ctx, p, s, observed)
	if err != nil || with == 0 {
		return nil, err
	}
	var out []string
	for _, entry := range p.Entries() {
		less, err := p.Without(entry.Name)
		if err != nil {
			return nil, err
		}
		without, err := differences(ctx, less, s, observed)
		if err != nil {
			return nil, err
		}
		if without != with && without&^with == 0 {
			out = append(out, entry.Name)
		}
	}
	return out, nil
}

// differences returns a bit for each dimension in which the simulator differs from what was observed.
func differences(ctx context.Context, p *browser.Profile, s *scenario.Scenario, observed *scenario.Observation) (set uint, err error) {
	run, err := (&scenario.Runner{Profile: p, Documents: pagescript.Runner{}}).Run(ctx, s)
	if err != nil {
		return 0, err
	}
	for _, d := range Compare(AuthorNamesOf(s), observed, run.Observation()) {
		set |= 1 << d.Dimension
	}
	return set, nil
}
