package explain

import (
	"context"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/order"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/textfmt"
)

// Repair is the smallest change to servers after which a response is shared.
type Repair struct {
	// Changes holds the necessary changes, in the order of the responses. It is
	// empty when no change is necessary, and when none is possible.
	Changes []server.Change
	// Advice holds changes that should accompany them: Vary for a response that
	// depends on the origin.
	Advice []server.Change
	// Warnings holds what to consider before the changes.
	Warnings []Warning
	// Assumptions holds what the changes take for granted.
	Assumptions []Assumption
	// Need is what a server has to allow for the call. It is zero without changes,
	// and where the changes are not about CORS.
	Need server.Need
	// Obstacle says why no change to a response helps; nil when the changes do.
	Obstacle *Obstacle
	// URL is the URL that the page should request instead, where the requested URL is
	// the cause: it redirects, or has http and the page has https. Otherwise it is "".
	URL string
	// There says, in a sentence, whether the response from URL allows the page; "" if
	// there is no such URL, or if its response needs no CORS.
	There string
	// Try is a command that requests the URL as the page would; "" if there is none.
	Try string
	// Opens says, in sentences, what the changes would mean where they allow the origin
	// null or every origin, and what to do instead. It is nil for all other changes.
	Opens []string
}

// String returns the lines of [Repair.Lines], one under the other.
func (r Repair) String() string { return strings.Join(r.Lines(), "\n") }

// Lines returns the repair as lines of text: for each response a line that
// names it, and below it the changes and what to know about them. There are no
// lines when no change is necessary. Where the URL is the cause the lines name the
// other URL, and no changes. Changes that open the server to every site are not named
// either: the lines say what they would mean.
func (r *Repair) Lines() []string {
	var out []string
	if r.URL != "" {
		out = append(out, "in the page: request "+r.URL)
		if r.There != "" {
			out = append(out, r.There)
		}
		if r.Try != "" {
			out = append(out, "to try it: "+r.Try)
		}
	}
	switch {
	case r.Obstacle != nil:
		return append(out, r.Obstacle.String())
	case r.URL != "" || r.Opens != nil:
		return append(out, r.Opens...)
	}
	var last server.Target
	under := func(t server.Target, format string, args ...any) {
		if t != last {
			out = append(out, "on "+t.String()+":")
			last = t
		}
		out = append(out, "  "+textfmt.Sprintf(format, args...))
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

// Apply returns a transport that makes the changes and the advice to the
// responses of t.
func (r *Repair) Apply(t fetch.Transport) fetch.Transport {
	return server.Apply(t, slices.Concat(r.Changes, r.Advice)...)
}

// maxRounds limits the number of rounds of the search: a chain of redirects may
// need several changes for each redirect.
const maxRounds = 200

// maxExhaustive is the largest number of changes for which every subset is
// tried.
const maxExhaustive = 12

// Repairs finds the smallest set of changes to responses of servers after which
// the response to the same request is shared, in all given profiles, or in the
// result's own profile when there are none.
//
// It repeats the call ([browser.Result.Replay]) until it does not fail, each
// time with the change that the last failure needs. Then it removes changes
// until no proper subset is enough: with up to twelve changes it tries every
// subset, with more every subset that lacks one change. A response with mode
// "no-cors" is never shared; for elements it is enough that nothing blocks it.
// Repairs takes an unseen response, such as the one to a request whose
// preflight failed, to have the status 200 and no CORS headers, and the repair
// says so in an assumption.
//
// If the document remembers an earlier failure, Repairs repairs that one, for
// later documents.
//
// The error means that a run was cancelled, or that the result does not come
// from a run.
func Repairs(ctx context.Context, r *browser.Result, profiles ...*browser.Profile) (Repair, error) {
	return RepairsAsking(ctx, nil, r, profiles...)
}

// RepairsAsking is [Repairs] with a server that can be asked for the responses that
// were not seen: the model of a configuration, and no live server, which would act on
// the requests. What it cannot answer is assumed as in Repairs. A nil server is not
// asked.
func RepairsAsking(ctx context.Context, server fetch.Transport, r *browser.Result, profiles ...*browser.Profile) (Repair, error) {
	if r.Earlier() != nil {
		r = r.Earlier()
	}
	if len(profiles) == 0 {
		profiles = []*browser.Profile{r.Profile}
	}
	out, err := newSearch(ctx, server, r, profiles).find()
	if out.URL != "" {
		out.There = responseThere(r, out.URL)
	}
	return out, err
}

// find finds the repair of a result that uses no earlier one.
func (s *search) find() (Repair, error) {
	r := s.result
	url := insteadURL(r)
	if o := obstacleInPage(r); o != nil {
		return Repair{Obstacle: o, URL: url}, nil
	}
	changes, obstacle, err := s.findChanges()
	if err != nil || obstacle != nil {
		if url == "" && obstacle != nil && obstacle.Code == ObstacleOrigins {
			url = lastURL(r)
		}
		return Repair{Obstacle: obstacle, URL: url}, err
	}
	if changes, err = s.minimize(changes); err != nil {
		return Repair{}, err
	}
	out, err := s.describe(changes)
	if url != "" {
		out.URL = url
	}
	return out, err
}

// obstacleInPage returns the obstacle of results that do not depend on any
// server.
func obstacleInPage(r *browser.Result) *Obstacle {
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

// search searches a repair.
type search struct {
	ctx      context.Context
	result   *browser.Result
	profiles []*browser.Profile
	servers  *replayedServers
}

func newSearch(ctx context.Context, server fetch.Transport, r *browser.Result, profiles []*browser.Profile) *search {
	return &search{ctx: ctx, result: r, profiles: profiles, servers: newReplayedServers(server, r)}
}

// replay repeats the call in a profile with changed responses.
func (s *search) replay(p *browser.Profile, changes []server.Change) (*browser.Result, error) {
	return s.result.Replay(s.ctx, p, server.Apply(s.servers, changes...))
}

// firstBlocked returns the first result that is still blocked; nil when none
// is.
func (s *search) firstBlocked(changes []server.Change) (*browser.Result, error) {
	for _, p := range s.profiles {
		r, err := s.replay(p, changes)
		if err != nil {
			return nil, err
		}
		if r.Failure != nil {
			return r, nil
		}
	}
	return nil, nil
}

// findChanges adds changes until nothing blocks the request.
func (s *search) findChanges() ([]server.Change, *Obstacle, error) {
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
			return nil, obstacleAfter(r.Failure), nil
		}
		changes = more
	}
	return nil, &noChangeFound, nil
}

var noChangeFound = Obstacle{ObstacleUnknown, "no change of a header or a status was found that leads to a shared response"}

// obstacleAfter returns the obstacle of a failure that no proposed change
// repairs.
func obstacleAfter(f *fetch.Failure) *Obstacle {
	if o := obstacleTo(f); o != nil {
		return o
	}
	return &noChangeFound
}

// merge adds changes; each replaces an earlier change that it overrides.
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

// overrides reports whether a change replaces another one.
func overrides(c, other server.Change) bool {
	return c.Target == other.Target && (c.Op == server.OpStatus) == (other.Op == server.OpStatus) && fetch.EqualFold(c.Header, other.Header)
}

// minimize removes the changes that are not necessary: first one at a time,
// then, if there are few enough, it tries every subset, the smallest first.
func (s *search) minimize(changes []server.Change) ([]server.Change, error) {
	for i := len(changes) - 1; i >= 0; i-- {
		fewer := slices.Delete(slices.Clone(changes), i, i+1)
		r, err := s.firstBlocked(fewer)
		if err != nil {
			return nil, err
		}
		if r == nil {
			// Changes that were necessary before may be unnecessary now.
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
	order.Stable(out, func(a, b []server.Change) int { return len(a) - len(b) })
	return out
}

// describe sorts the changes, and adds advice, warnings and assumptions.
func (s *search) describe(changes []server.Change) (Repair, error) {
	out := Repair{Changes: changes}
	var targets []server.Target
	for _, p := range s.profiles {
		r, err := s.replay(p, changes)
		if err != nil {
			return Repair{}, err
		}
		if out.Need.IsZero() && slices.ContainsFunc(changes, isAboutCORS) {
			out.Need = needOf(r)
			keepOrigins(&out.Need, s.result, changes)
			if out.Opens = opens(s.result, changes); out.Opens != nil {
				out.URL = lastURL(r)
			}
		}
		for i := range r.Trace.Exchanges {
			x := &r.Trace.Exchanges[i]
			if t := server.TargetOf(&x.Request); !slices.Contains(targets, t) {
				targets = append(targets, t)
				out.Assumptions = append(out.Assumptions, s.assume(t, changes)...)
				out.Warnings = append(out.Warnings, warn(t, x, changes)...)
				out.Advice = append(out.Advice, advise(t, x, changes)...)
			}
		}
	}
	order.Stable(out.Changes, func(a, b server.Change) int {
		if d := slices.Index(targets, a.Target) - slices.Index(targets, b.Target); d != 0 {
			return d
		}
		return rank(a) - rank(b)
	})
	return out, nil
}

// rank returns the position of a change among those to one response.
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
