package lint

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// attempt is one question with its results, one for each browser.
type attempt struct {
	from        string
	credentials fetch.CredentialsMode
	results     []*browser.Result
}

// visit is the same request twice: without and with credentials.
type visit struct {
	from          string
	without, with *attempt
}

// level says what pages of an origin can read.
type level uint8

const (
	readsNothing level = iota
	readsPublic        // responses to requests without credentials
	readsAllowed       // responses to requests with credentials, but browsers send no cookie of the user
	readsPrivate       // responses to requests with the user's cookies
)

// level returns the highest level that the visit's page reaches in a browser.
func (v *visit) level() level {
	switch {
	case len(v.with.cookiesIn()) > 0:
		return readsPrivate
	case len(v.with.sharedIn()) > 0:
		return readsAllowed
	case len(v.without.sharedIn()) > 0:
		return readsPublic
	}
	return readsNothing
}

// best returns the attempt that shows the visit's level.
func (v *visit) best() *attempt {
	if v.level() == readsPublic {
		return v.without
	}
	return v.with
}

// sharedIn returns the names of the browsers that share the response with script.
func (e *attempt) sharedIn() []string { return namesOf(e.results, isShared) }

// cookiesIn returns the names of the browsers that share the response and sent a
// cookie of the user with the request.
func (e *attempt) cookiesIn() []string {
	return namesOf(e.results, func(r *browser.Result) bool {
		last, ok := lastExchange(r)
		return ok && isShared(r) && last.Request.Header.Contains("Cookie")
	})
}

func isShared(r *browser.Result) bool { return r.Outcome == browser.Shared }

func namesOf(results []*browser.Result, which func(*browser.Result) bool) []string {
	var names []string
	for _, r := range results {
		if which(r) {
			names = append(names, r.Profile.Name())
		}
	}
	return names
}

func lastExchange(r *browser.Result) (x browser.Exchange, ok bool) {
	if n := len(r.Trace.Exchanges); n > 0 {
		return r.Trace.Exchanges[n-1], true
	}
	return browser.Exchange{}, false
}

// shown returns the result that says most: that of the first browser that sent
// cookies and shares the response; if there is none, of the first browser that
// shares it; if there is none, of the first browser.
func (e *attempt) shown() *browser.Result {
	for _, names := range [][]string{e.cookiesIn(), e.sharedIn()} {
		for _, r := range e.results {
			if slices.Contains(names, r.Profile.Name()) {
				return r
			}
		}
	}
	return e.results[0]
}

// evidence returns the last exchange of [attempt.shown].
func (e *attempt) evidence() browser.Exchange {
	x, _ := lastExchange(e.shown())
	return x
}

// first returns the exchange with the first URL, before any redirect.
func (e *attempt) first() browser.Exchange {
	if exchanges := e.shown().Trace.Exchanges; len(exchanges) > 0 {
		return exchanges[0]
	}
	return browser.Exchange{}
}

// exchanges returns the exchanges in all browsers.
func (e *attempt) exchanges() []*browser.Exchange {
	var out []*browser.Exchange
	for _, r := range e.results {
		for i := range r.Trace.Exchanges {
			out = append(out, &r.Trace.Exchanges[i])
		}
	}
	return out
}

// header returns the response headers of the evidence; nil when no response came.
func (e *attempt) header() fetch.HeaderList {
	if resp := e.evidence().Response; resp != nil {
		return resp.Header
	}
	return nil
}

// status returns the status of the evidence; 0 when no response came.
func (e *attempt) status() int {
	if resp := e.evidence().Response; resp != nil {
		return resp.Status
	}
	return 0
}

// failure returns the failure in the first browser that blocks the request; nil
// when no browser blocks it.
func (e *attempt) failure() *fetch.Failure {
	for _, r := range e.results {
		if r.Failure != nil {
			return r.Failure
		}
	}
	return nil
}

// refused returns the failure of the preflight in the first browser in which it
// fails, with the exchange; nil when it passes in all.
func (e *attempt) refused() (*fetch.Failure, browser.Exchange) {
	for _, r := range e.results {
		if r.Failure != nil && r.Failure.Preflight {
			x, _ := lastExchange(r)
			return r.Failure, x
		}
	}
	return nil, browser.Exchange{}
}

// passedIn returns the names of the browsers in which the preflight passes.
func (e *attempt) passedIn() []string {
	return namesOf(e.results, func(r *browser.Result) bool { return r.Failure == nil || !r.Failure.Preflight })
}

// preflight returns the response to the preflight in the first browser that sent
// one; nil when there is none.
func (e *attempt) preflight() *fetch.WireResponse {
	for _, x := range e.exchanges() {
		if x.Kind == browser.ExchangePreflight && x.Response != nil {
			return x.Response
		}
	}
	return nil
}
