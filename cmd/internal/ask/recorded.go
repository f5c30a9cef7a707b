package ask

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// Judge makes a call with the responses of an input. It calls the function recorded
// once for each browser. The transport returns [fetch.ErrNoAnswer] when the input has
// no response. The report then has no verdict; when only the response to a preflight
// is missing, a note gives the verdict for an allowed preflight.
func Judge(ctx context.Context, c *Call, recorded func() fetch.Transport) (*report.Report, error) {
	r, err := judge(ctx, c, recorded)
	if err != nil || !slices.ContainsFunc(r.Runs, func(run report.Run) bool { return len(run.Unanswered) > 0 }) {
		return r, err
	}
	return r, noteIfPreflightPasses(ctx, c, recorded, r)
}

// errUnanswered is the error in the trace when the input has no response.
var errUnanswered = errors.New("the input has no response")

func judge(ctx context.Context, c *Call, recorded func() fetch.Transport) (*report.Report, error) {
	var unanswered [][]string
	r, err := c.askAll(ctx, func() fetch.Transport {
		next, at := recorded(), len(unanswered)
		unanswered = append(unanswered, nil)
		return fetch.TransportFunc(func(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
			resp, err := next.RoundTrip(ctx, req)
			if !errors.Is(err, fetch.ErrNoAnswer) {
				return resp, err
			}
			if name := requestName(req); !slices.Contains(unanswered[at], name) {
				unanswered[at] = append(unanswered[at], name)
			}
			return resp, errUnanswered
		})
	})
	if err != nil {
		return nil, err
	}
	for i := range r.Runs {
		r.Runs[i].Unanswered = unanswered[i]
	}
	return r, c.addRepair(ctx, nil, r)
}

func requestName(req *fetch.WireRequest) string {
	name := req.Method + " " + req.URL.WithoutFragment().String()
	if req.IsPreflight() {
		name += " (the preflight)"
	}
	return name
}

// noteIfPreflightPasses adds the verdict for an allowed preflight when only the
// response to the preflight is missing.
func noteIfPreflightPasses(ctx context.Context, c *Call, recorded func() fetch.Transport, r *report.Report) error {
	passed, err := judge(ctx, c, func() fetch.Transport { return preflightsPass{recorded()} })
	if err != nil {
		return err
	}
	var verdicts []string
	engines := make(map[string][]string)
	for i := range passed.Runs {
		after := &passed.Runs[i]
		if len(r.Runs[i].Unanswered) == 0 || len(after.Unanswered) > 0 {
			continue
		}
		verdict := explain.Verdict(after.Decisive())
		if engines[verdict] == nil {
			verdicts = append(verdicts, verdict)
		}
		engines[verdict] = append(engines[verdict], after.Profile.Name())
	}
	for _, verdict := range verdicts {
		r.AddNote("if the preflight allows it (%s): %s", strings.Join(engines[verdict], ", "), verdict)
	}
	return nil
}

// preflightsPass allows the preflights for which the input has no response.
type preflightsPass struct{ next fetch.Transport }

// RoundTrip returns the response to a request.
func (t preflightsPass) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	resp, err := t.next.RoundTrip(ctx, req)
	if errors.Is(err, fetch.ErrNoAnswer) && req.IsPreflight() {
		return server.AllowPreflight(req), nil
	}
	return resp, err
}

// Responses holds the responses to a preflight and to a request; nil is none.
type Responses struct{ Preflight, Actual *fetch.WireResponse }

// Transport returns a transport for one run of a call. It returns [fetch.ErrNoAnswer] for
// a request without a response. The responses are those of the first URL that is asked: what
// stands behind a redirect to another one is not known.
func (r Responses) Transport() fetch.Transport {
	var asked *origin.URL
	return fetch.TransportFunc(func(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		if asked == nil {
			asked = &req.URL
		}
		response := r.Actual
		if req.IsPreflight() {
			response = r.Preflight
		}
		if response == nil || req.URL != *asked {
			return nil, fetch.ErrNoAnswer
		}
		return response, nil
	})
}

// JudgeExchanges judges a call with recorded exchanges. It ignores exchanges without
// a response, which say nothing about the server.
func JudgeExchanges(ctx context.Context, c *Call, exchanges []browser.Exchange) (*report.Report, error) {
	var answered browser.Trace
	for _, x := range exchanges {
		if x.Response != nil {
			answered.Exchanges = append(answered.Exchanges, x)
		}
	}
	return Judge(ctx, c, answered.Transport)
}
