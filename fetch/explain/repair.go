package explain

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// Repair is the smallest change to servers after which a request is shared.
type Repair struct {
	// Changes is what has to change, in the order in which the answers come. It
	// is empty when nothing has to, and when nothing can.
	Changes []server.Change
	// Advice is what ought to change with it: Vary where an answer depends on
	// who asks.
	Advice []server.Change
	// Warnings is what to think of before making the changes.
	Warnings []Warning
	// Assumptions is what the changes take for granted.
	Assumptions []Assumption
	// Need is what a server has to allow for the call. It is zero without changes,
	// and where the changes are not about CORS.
	Need server.Need
	// Obstacle is why no change to an answer helps; nil when Changes do.
	Obstacle *Obstacle
}

// String returns the lines of [Repair.Lines], one under the other.
func (r Repair) String() string { return strings.Join(r.Lines(), "\n") }

// Lines returns the repair as lines of text: for each answer a line that names
// it, and under it what to change and what to know. There is none when nothing
// has to change.
func (r *Repair) Lines() []string {
	if r.Obstacle != nil {
		return []string{r.Obstacle.String()}
	}
	var out []string
	var last server.Target
	under := func(t server.Target, format string, args ...any) {
		if t != last {
			out = append(out, "on "+t.String()+":")
			last = t
		}
		out = append(out, "  "+fmt.Sprintf(format, args...))
	}
	for i, c := range r.Changes {
		under(c.Target, "%s", c)
		if i+1 < len(r.Changes) && r.Changes[i+1].Target == c.Target {
			continue
		}
		for _, a := range r.Advice {
			if a.Target == c.Target {
				under(a.Target, "%s (for caches on the way)", a)
			}
		}
		for _, w := range r.Warnings {
			if w.Target == c.Target {
				under(w.Target, "caution: %s", w.Text)
			}
		}
		for _, a := range r.Assumptions {
			if a.Target == c.Target {
				under(a.Target, "assumed: %s", a.Text)
			}
		}
	}
	return out
}

// IsPossible reports whether the changes, if there are any, lead to a shared
// response.
func (r *Repair) IsPossible() bool { return r.Obstacle == nil }

// Apply returns a transport whose answers are those of t with the changes and
// the advice.
func (r *Repair) Apply(t fetch.Transport) fetch.Transport {
	return server.Apply(t, slices.Concat(r.Changes, r.Advice)...)
}

// maxRounds bounds how many times the search tries to get one step further: a
// chain of redirects can want some changes on every hop.
const maxRounds = 200

// maxExhaustive is for how many changes every subset is tried.
const maxExhaustive = 12

// Repairs finds the smallest set of changes to the answers of servers after
// which the same request is shared on all given profiles, or on the result's
// own when there are none.
//
// It is found by making the call again and again ([browser.Result.Replay]), each
// time with the change that the last failure asks for, until nothing fails.
// Then no proper subset of the changes suffices: up to twelve changes that is
// tried for every subset, beyond it for every subset that lacks one. Requests of
// mode "no-cors" are never shared; for those of elements it counts that nothing
// blocks them. An answer that was never asked for, such as the one to a request
// whose preflight failed, is taken to be of status 200 and without any header
// of CORS, which the repair says as an assumption.
//
// Where the document remembers a failure, that is repaired, for documents to
// come.
//
// The error means that a run could not go on, or that the result was made by
// hand.
func Repairs(ctx context.Context, r *browser.Result, profiles ...*browser.Profile) (Repair, error) {
	if r.Earlier() != nil {
		r = r.Earlier()
	}
	if o := givenUp(r); o != nil {
		return Repair{Obstacle: o}, nil
	}
	if len(profiles) == 0 {
		profiles = []*browser.Profile{r.Profile}
	}
	s := &search{ctx: ctx, result: r, profiles: profiles}
	changes, obstacle, err := s.find()
	if err != nil || obstacle != nil {
		return Repair{Obstacle: obstacle}, err
	}
	if changes, err = s.minimize(changes); err != nil {
		return Repair{}, err
	}
	return s.describe(changes)
}

// givenUp returns the obstacle of results that no server had a part in.
func givenUp(r *browser.Result) *Obstacle {
	switch {
	case r.Outcome == browser.Threw || r.Outcome == browser.Refused:
		if o := obstacleTo(r.Failure); o != nil {
			return o
		}
		return &thrownObstacle
	case r.Outcome != browser.Opaque || r.API == browser.APIElement:
		return nil
	case r.Response.Type == fetch.ResponseOpaqueRedirect:
		return &Obstacle{ObstacleRedirectMode, `the page asks with redirect mode "manual", which hides every redirect from it`}
	}
	return &Obstacle{ObstacleOpaque, `the page asks with mode "no-cors", and then it can read no response of any server`}
}

// search looks for a repair.
type search struct {
	ctx      context.Context
	result   *browser.Result
	profiles []*browser.Profile
}

// play makes the call on a profile with changed answers.
func (s *search) play(p *browser.Profile, changes []server.Change) (*browser.Result, error) {
	return s.result.Replay(s.ctx, p, server.Apply(&servers{known: s.result.Trace.Transport(), result: s.result}, changes...))
}

// firstBlocked returns the first result that something still blocks; nil when
// nothing does.
func (s *search) firstBlocked(changes []server.Change) (*browser.Result, error) {
	for _, p := range s.profiles {
		r, err := s.play(p, changes)
		if err != nil {
			return nil, err
		}
		if r.Failure != nil {
			return r, nil
		}
	}
	return nil, nil
}

// find adds changes until nothing blocks the request any more.
func (s *search) find() ([]server.Change, *Obstacle, error) {
	var changes []server.Change
	for range maxRounds {
		r, err := s.firstBlocked(changes)
		if err != nil {
			return nil, nil, err
		}
		if r == nil {
			return changes, nil, nil
		}
		proposed, obstacle := propose(r, changes)
		if obstacle != nil {
			return nil, obstacle, nil
		}
		more := merge(changes, proposed)
		if slices.Equal(more, changes) {
			return nil, stuckAt(r.Failure), nil
		}
		changes = more
	}
	return nil, &noWay, nil
}

var noWay = Obstacle{ObstacleUnknown, "no change of a header or a status was found that leads to a shared response"}

// stuckAt is the obstacle of a failure that what is tried does not help against.
func stuckAt(f *fetch.Failure) *Obstacle {
	if o := obstacleTo(f); o != nil {
		return o
	}
	return &noWay
}

// merge adds changes, each in the place of one that it overrides.
func merge(changes, more []server.Change) []server.Change {
	out := slices.Clone(changes)
	for _, c := range more {
		if i := slices.IndexFunc(out, func(other server.Change) bool { return overrides(c, other) }); i >= 0 {
			out[i] = c
			continue
		}
		out = append(out, c)
	}
	return out
}

// overrides reports whether a change takes the place of another.
func overrides(c, other server.Change) bool {
	return c.Target == other.Target && (c.Op == server.OpStatus) == (other.Op == server.OpStatus) && fetch.EqualFold(c.Header, other.Header)
}

// minimize drops the changes that are not needed: first one at a time, then,
// where there are few enough, by trying every subset, the smallest first.
func (s *search) minimize(changes []server.Change) ([]server.Change, error) {
	for i := len(changes) - 1; i >= 0; i-- {
		fewer := slices.Delete(slices.Clone(changes), i, i+1)
		r, err := s.firstBlocked(fewer)
		if err != nil {
			return nil, err
		}
		if r == nil {
			// What could not go before may go now.
			changes, i = fewer, len(fewer)
		}
	}
	if len(changes) > maxExhaustive {
		return changes, nil
	}
	for _, subset := range properSubsets(changes) {
		r, err := s.firstBlocked(subset)
		if err != nil {
			return nil, err
		}
		if r == nil {
			return subset, nil
		}
	}
	return changes, nil
}

// properSubsets returns the subsets that lack at least one of the changes, the
// smallest first.
func properSubsets(changes []server.Change) [][]server.Change {
	out := make([][]server.Change, 0, 1<<len(changes)-1)
	for bits := range 1<<len(changes) - 1 {
		var subset []server.Change
		for i, c := range changes {
			if bits&(1<<i) != 0 {
				subset = append(subset, c)
			}
		}
		out = append(out, subset)
	}
	slices.SortStableFunc(out, func(a, b []server.Change) int { return len(a) - len(b) })
	return out
}

// describe sorts the changes and adds what is to be said about them.
func (s *search) describe(changes []server.Change) (Repair, error) {
	out := Repair{Changes: changes}
	var order []server.Target
	for _, p := range s.profiles {
		r, err := s.play(p, changes)
		if err != nil {
			return Repair{}, err
		}
		if out.Need.IsZero() && slices.ContainsFunc(changes, isAboutCORS) {
			out.Need = needOf(r)
		}
		for i := range r.Trace.Exchanges {
			x := &r.Trace.Exchanges[i]
			if t := server.TargetOf(&x.Request); !slices.Contains(order, t) {
				order = append(order, t)
				out.Assumptions = append(out.Assumptions, s.assume(t, changes)...)
				out.Warnings = append(out.Warnings, warn(t, x, changes)...)
				out.Advice = append(out.Advice, advise(t, x, changes)...)
			}
		}
	}
	slices.SortStableFunc(out.Changes, func(a, b server.Change) int {
		if d := slices.Index(order, a.Target) - slices.Index(order, b.Target); d != 0 {
			return d
		}
		return rank(a) - rank(b)
	})
	return out, nil
}

// rank orders the changes to one answer.
func rank(c server.Change) int {
	i := slices.IndexFunc(headerOrder, func(name string) bool { return fetch.EqualFold(name, c.Header) })
	if i < 0 && c.Op != server.OpStatus {
		return len(headerOrder)
	}
	return i
}

var headerOrder = []string{
	fetch.HeaderAllowOrigin, fetch.HeaderAllowCredentials, fetch.HeaderAllowMethods, fetch.HeaderAllowHeaders,
}
