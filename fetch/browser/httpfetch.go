package browser

import (
	"slices"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/preflight"
)

const anchorHTTPFetch = "concept-http-fetch"

// httpFetch sends a request over HTTP. If there are causes for a preflight
// that the CORS-preflight cache does not cover, it first runs a CORS-preflight
// fetch.
// https://fetch.spec.whatwg.org/#concept-http-fetch
func (f *fetcher) httpFetch(causes []fetch.Cause) *fetch.Response {
	// Step 3: the service worker of the page.
	if f.env.controller != nil {
		if resp := f.handleFetch(); resp != nil {
			return resp
		}
		// WebKit: what the worker leaves to the network is not preflighted (service-worker-fallback-unpreflighted).
		if f.rules().FallbackUnpreflighted && len(f.req.URLList) == 1 {
			causes = nil
		}
	}
	// Step 4.1: the CORS-preflight fetch.
	if failure := f.corsPreflight(causes); failure != nil {
		return fetch.NetworkError(failure)
	}
	if f.deferred != nil {
		f.noteRedirectFailure(f.deferred)
		return fetch.NetworkError(f.deferred)
	}
	if failure := f.checkStream(); failure != nil {
		return fetch.NetworkError(failure)
	}
	// Step 4.2 is in handleFetch.
	// Step 4.3: HTTP-network-or-cache fetch.
	resp := f.networkOrCacheFetch(f.req, ExchangeActual, attempt{})
	if resp.IsNetworkError() {
		return resp
	}
	f.noteLocation(resp)
	// Steps 4.4 to 5: the checks that block a response.
	failure := f.blocked(f.rules().onAnswer, resp)
	f.finishStoring(resp, failure)
	if failure != nil {
		return f.fail(failure)
	}
	// Step 6: redirects.
	if f.rules().isRedirect(resp) && f.hasRequiredLocation(resp) {
		return f.redirect(resp)
	}
	// Step 7: return the response.
	return resp
}

// corsPreflight is step 4.1 of HTTP fetch: it returns the failure of the
// CORS-preflight fetch, or nil if it succeeded or was not needed.
// https://fetch.spec.whatwg.org/#concept-http-fetch
func (f *fetcher) corsPreflight(causes []fetch.Cause) *fetch.Failure {
	f.decision = PreflightDecision{Causes: causes}
	if len(causes) == 0 {
		return nil
	}
	b, key := f.env.browser, f.cacheKey()
	f.decision.CacheMisses = causes
	r := f.rules()
	mode := f.cacheMode(f.req)
	// Chromium, Firefox: some cache modes bypass the CORS-preflight cache (cache-mode-of-preflights).
	if !slices.Contains(r.BypassPreflightCache, mode) {
		f.decision.CacheMisses = b.preflights.Uncovered(cache.Query{
			Key: key, Credentials: f.req.Credentials, Method: f.req.Method, Causes: causes,
		}, b.Now())
	}
	f.decision.CacheHit = len(f.decision.CacheMisses) == 0
	if f.decision.CacheHit {
		return nil
	}
	if f.deferred != nil && f.deferred.Reason == fetch.ReasonBadPort {
		// WebKit: the network process sends no preflight to a bad port (redirect-checked-after-preflight).
		failure := *f.deferred
		failure.Preflight = true
		f.noteRedirectFailure(&failure)
		return &failure
	}
	if len(f.trace.Exchanges) == 0 {
		f.memory.preflighted = new(preflightedMemory)
	}
	network := func(p *fetch.Request) *fetch.Response {
		if len(r.BypassPreflightCache) > 0 {
			p.Cache = mode
		}
		f.setReferrerOfFirstRequest(p)
		return f.networkOrCacheFetch(p, ExchangePreflight, attempt{})
	}
	grants := b.preflights
	// Chromium: cache mode "no-store" stores nothing in the CORS-preflight cache (cache-mode-of-preflights).
	if r.NoStoreStoresNoGrant && mode == fetch.CacheNoStore {
		grants = nil
	}
	actual := preflight.Actual{Request: f.req, Causes: causes}
	if f.redirected != nil {
		actual.Header = f.redirected.Header
	}
	failure := preflight.Fetch(actual, key, network, grants, b.Now(), &r.preflight)
	if failure != nil {
		f.noteFailure(failure)
	}
	return failure
}

// redirect is step 6 of HTTP fetch: it handles a redirect.
// https://fetch.spec.whatwg.org/#concept-http-fetch
func (f *fetcher) redirect(resp *fetch.Response) *fetch.Response {
	// Step 6.4: redirect mode "manual" returns an opaque-redirect filtered response.
	if f.req.Redirect == fetch.RedirectManual {
		f.memory.view = fetch.FilterOpaqueRedirect(resp)
		return &f.memory.view
	}
	// Steps 6.3 and 6.5: redirect mode "error", or HTTP-redirect fetch.
	return f.redirectFetch(resp)
}

// location returns the URL that the last response redirects to.
func (f *fetcher) location() fetch.Location {
	if noted := f.trace.Exchanges[len(f.trace.Exchanges)-1].Location; noted != nil {
		return *noted
	}
	return fetch.Location{}
}

// noteLocation stores in the last exchange the URL that its response redirects
// to.
func (f *fetcher) noteLocation(resp *fetch.Response) {
	if !f.rules().isRedirect(resp) {
		return
	}
	if location := f.rules().locationURL(resp, f.req); location.State != fetch.LocationNull {
		if isSocket(f.req) && location.State == fetch.LocationURL {
			location.URL = fetch.SocketHTTPURL(location.URL)
		}
		f.trace.Exchanges[len(f.trace.Exchanges)-1].Location = &location
	}
}

// noteFailure stores in the last exchange the failure of its response.
func (f *fetcher) noteFailure(failure *fetch.Failure) {
	if n := len(f.trace.Exchanges); n > 0 {
		f.trace.Exchanges[n-1].Failure = failure
	}
}

// noteRedirectFailure stores in the last exchange that is not a preflight the
// failure of its response, a redirect.
func (f *fetcher) noteRedirectFailure(failure *fetch.Failure) {
	for i := len(f.trace.Exchanges) - 1; i >= 0; i-- {
		if x := &f.trace.Exchanges[i]; x.Kind == ExchangeActual {
			x.Failure = failure
			return
		}
	}
}

// fail stores a failure in the last exchange and returns the network error.
func (f *fetcher) fail(failure *fetch.Failure) *fetch.Response {
	f.noteFailure(failure)
	return fetch.NetworkError(failure)
}
