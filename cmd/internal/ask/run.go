package ask

import (
	"context"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// RunOptions say how a run is compared with the expectations of its scenario.
type RunOptions struct {
	// Strict counts known differences as mismatches.
	Strict bool
}

// Played is a run of a scenario in one browser, and its differences from the
// scenario's expectations.
type Played struct {
	*scenario.Run
	Observation *scenario.Observation
	// Mismatches holds the expectations that are not met.
	Mismatches []conformance.Mismatch
	// Known says why the mismatches are known; "" when they are not.
	Known string
}

// Run runs a scenario with its server in a browser with a profile.
func Run(ctx context.Context, s *scenario.Scenario, p *browser.Profile, o RunOptions) (*Played, error) {
	r, err := (&scenario.Runner{Profile: p, Documents: pagescript.Runner{}}).Run(ctx, s)
	if err != nil {
		return nil, err
	}
	out := &Played{Run: r, Observation: r.Observation()}
	c := s.Case
	if c == nil || c.Expect == nil {
		return out, nil
	}
	out.Mismatches = conformance.Check(c.Expect, out.Observation)
	if len(out.Mismatches) == 0 || o.Strict {
		return out, nil
	}
	if out.Known = knownFailure(r); out.Known != "" {
		if otherwise := conformance.CheckOtherwise(c, out.Observation); len(otherwise) > 0 {
			out.Mismatches, out.Known = otherwise, ""
		}
	}
	return out, nil
}

// knownFailure says why it is known that a run does not meet its expectations; ""
// when it is not known.
func knownFailure(r *scenario.Run) string {
	if r.Scenario.Case.IsKnownFail(r.Profile.Name()) {
		return r.Profile.Name() + " differs in the recordings"
	}
	if r.Profile.Engine() != browser.EngineNone {
		return ""
	}
	reason, _ := conformance.Divergence(r.Scenario.Name)
	return reason
}
