package corstest

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// attempt is one request of an audit from a page, made in each engine.
type attempt struct {
	from        string
	credentials fetch.CredentialsMode
	results     []*browser.Result
}

// visit is the same request made without and with credentials.
type visit struct{ without, with *attempt }

// level is how far an origin can read.
type level uint8

const (
	readsNothing level = iota
	readsPublic        // what is asked for without credentials
	readsAllowed       // what is asked for with credentials, but no cookie of the user goes along
	readsPrivate       // what the server answers to the user's cookies
)

// level returns how far the visit's page can read in some engine.
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

// visit asks for the target as a page at an origin does.
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
			// One that the engine refuses is not sent, as in the attack.
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

// sharedIn returns the names of the engines that share the response.
func (e *attempt) sharedIn() []string { return namesOf(e.results, isShared) }

// cookiesIn returns the names of those of them that sent a cookie of the user
// with the request.
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

// shown returns the result that tells most: of the first engine that shares the
// response with cookies, that shares it, or of the first one.
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

// evidence returns the last exchange of the result that is shown.
func (e *attempt) evidence() browser.Exchange {
	x, _ := lastExchange(e.shown())
	return x
}

// first returns the exchange in which the target itself was asked for.
func (e *attempt) first() browser.Exchange {
	if exchanges := e.shown().Trace.Exchanges; len(exchanges) > 0 {
		return exchanges[0]
	}
	return browser.Exchange{}
}

// answer returns the headers of the evidence; none where no answer came.
func (e *attempt) answer() fetch.HeaderList {
	if resp := e.evidence().Response; resp != nil {
		return resp.Header
	}
	return nil
}

// status returns the status of the evidence; 0 where no answer came.
func (e *attempt) status() int {
	if resp := e.evidence().Response; resp != nil {
		return resp.Status
	}
	return 0
}

// failure returns why the first engine that blocks the request does; nil when
// all share the response.
func (e *attempt) failure() *fetch.Failure {
	for _, r := range e.results {
		if r.Failure != nil {
			return r.Failure
		}
	}
	return nil
}

// errNotSent is the answer to what an audit must not send.
var errNotSent = errors.New("an audit does not send this")

// readOnly is a transport that sends nothing that could change anything.
type readOnly struct{ next fetch.Transport }

// RoundTrip asks the server.
func (t readOnly) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	switch req.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return t.next.RoundTrip(ctx, req)
	}
	return nil, errNotSent
}
