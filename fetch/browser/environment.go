package browser

import (
	"context"
	"errors"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// environment is what makes requests: an environment settings object in a
// browser, with what it has loaded. Its methods are the APIs that script has in a
// document and in a worker alike. A [Page] is an environment with a document.
// https://html.spec.whatwg.org/#environment-settings-object
type environment struct {
	browser   *Browser
	transport fetch.Transport
	client    fetch.Client
	partition origin.PartitionKey
	loaded    loadedResources
}

// in returns the same environment in another browser and on another network,
// before it loads anything.
func (e *environment) in(b *Browser, t fetch.Transport) environment {
	return environment{browser: b, transport: t, client: e.client, partition: e.partition}
}

// ErrNoTransport is the error of a call in a page that was opened without a
// network.
var ErrNoTransport = errors.New("the page has no network: open it with browser.WithTransport")

// rules returns the rules of the environment's browser.
func (e *environment) rules() *rules { return &e.browser.profile.rules }

// newResult begins the result of a call that script makes with an init, so that
// it can be played again.
func (e *environment) newResult(m *room, api API, init callable) *Result {
	r := &m.result
	r.Profile, r.Client, r.API = e.browser.profile, &e.client, api
	r.call.env, r.call.init = e, init
	e.browser.begin(&r.call)
	return r
}

// run fetches a request and writes what came of it into the result.
func (e *environment) run(ctx context.Context, req *fetch.Request, m *room) (*Result, error) {
	r := &m.result
	if e.rules().CombineHeaders {
		req.Header = req.Header.Combined()
	}
	if order := e.rules().OrderHeaders; order != nil {
		order(req, r.API)
	}
	r.Request = req
	f := &m.fetcher
	f.ctx, f.env, f.api, f.tag, f.serial = ctx, e, r.API, r.Tag, r.call.serial
	f.transport, f.req, f.trace, f.room = e.transport, req, &r.Trace, m
	resp, err := f.fetch()
	// The result is kept, and with it the fetcher: let go of what is not.
	f.ctx, f.transport = nil, nil
	if err != nil {
		return nil, err
	}
	switch {
	case resp.IsNetworkError():
		r.Outcome, r.Failure = Blocked, resp.Failure
	case resp.Type == fetch.ResponseOpaque || resp.Type == fetch.ResponseOpaqueRedirect:
		r.Outcome, r.Response = Opaque, resp
	default:
		r.Outcome, r.Response = Shared, resp
	}
	e.replaceImages(r)
	return r, nil
}

// cookieHeader returns the value of the Cookie header that a request has now.
func (e *environment) cookieHeader(req *fetch.Request) string {
	if !includesCredentials(req) {
		return ""
	}
	return e.browser.cookieHeader(req)
}
