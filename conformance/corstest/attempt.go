package corstest

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// attempt is one request of an audit. A page makes it in each engine.
type attempt struct {
	from        string
	credentials fetch.CredentialsMode
	results     []*browser.Result
}

// visit is the same request twice: without and with credentials.
type visit struct{ without, with *attempt }

// level says what pages of an origin can read.
type level uint8

const (
	readsNothing level = iota
	readsPublic        // responses to requests without credentials
	readsAllowed       // responses to requests with credentials, but browsers send no cookie of the user
	readsPrivate       // responses to requests with the user's cookies
)

// level returns the highest level that the visit's page reaches in an engine.
func (v visit) level() level {
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
func (v visit) best() *attempt {
	if v.level() == readsPublic {
		return v.without
	}
	return v.with
}

// visit requests the target's URL from a page of an origin.
func (a *auditor) visit(from string) (v visit, err error) {
	init := browser.FetchInit{URL: a.url.String(), Credentials: fetch.CredentialsOmit}
	if v.without, err = a.try(from, init); err != nil {
		return v, err
	}
	init.Credentials = fetch.CredentialsInclude
	v.with, err = a.try(from, init)
	return v, err
}

// try makes one request in each engine.
func (a *auditor) try(from string, init browser.FetchInit) (*attempt, error) {
	out := &attempt{from: from, credentials: init.Credentials}
	for _, p := range a.target.Profiles {
		b := browser.New(p)
		for _, cookie := range a.target.Cookies {
			// A cookie that the engine refuses is not sent in an attack either.
			_ = b.SetCookie(a.url, cookie)
		}
		page, err := open(b, from, a.url, []browser.PageOption{browser.WithTransport(a.once.Browser())})
		if err != nil {
			return nil, err
		}
		r, err := page.Fetch(a.ctx, init)
		if err != nil {
			return nil, err
		}
		out.results = append(out.results, r)
	}
	return out, nil
}

// sharedIn returns the names of the engines that share the response with script.
func (e *attempt) sharedIn() []string { return namesOf(e.results, isShared) }

// cookiesIn returns the names of the engines that share the response and sent a
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

// shown returns the result that says most: that of the first engine that sent
// cookies and shares the response; if there is none, of the first engine that
// shares it; if there is none, of the first engine.
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

// first returns the exchange with the target's own URL, before any redirect.
func (e *attempt) first() browser.Exchange {
	if exchanges := e.shown().Trace.Exchanges; len(exchanges) > 0 {
		return exchanges[0]
	}
	return browser.Exchange{}
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

// failure returns the failure in the first engine that blocks the request; nil
// when no engine blocks it.
func (e *attempt) failure() *fetch.Failure {
	for _, r := range e.results {
		if r.Failure != nil {
			return r.Failure
		}
	}
	return nil
}

// errNotSent is the error for a request that an audit must not send.
var errNotSent = errors.New("an audit does not send this")

// readOnly is a transport that sends only requests with safe methods.
type readOnly struct{ next fetch.Transport }

// RoundTrip sends a request whose method is GET, HEAD or OPTIONS.
func (t readOnly) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	switch req.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return t.next.RoundTrip(ctx, req)
	}
	return nil, errNotSent
}
