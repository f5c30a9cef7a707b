package browser

import (
	"context"
	"slices"
	"strconv"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// fetcher carries one fetch through its algorithms.
// https://fetch.spec.whatwg.org/#fetch-params
type fetcher struct {
	ctx       context.Context
	env       *environment
	api       API
	tag       Tag // with APIElement
	serial    int
	transport fetch.Transport
	req       *fetch.Request
	trace     *Trace
	// decision is why the next exchange is what it is.
	decision PreflightDecision
	// err says that the run itself could not go on.
	err error
	// start is the request as the page made it, where redirects come back to it.
	original originalRequest
	// preflighted reports whether there was need for a preflight.
	preflighted bool
	// keepOriginHeader reports whether the Origin header stays from the hop before.
	keepOriginHeader bool
	// contentTypeLost reports whether Content-Type stays away after redirects.
	contentTypeLost bool
	// late is a failure that is noticed only after a preflight.
	deferred *fetch.Failure
	// class is what the request is to CORS, if classified is true.
	class      fetch.Classification
	classified bool
	memory     memory
}

const anchorMainFetch = "concept-main-fetch"

// rules returns the rules of the browser that fetches.
func (f *fetcher) rules() *rules { return f.env.rules() }

// begin begins the result of a call that script makes with an init, so that it
// can be played again.
func (f *fetcher) begin(e *environment, api API, init callable) *Result {
	r := &f.memory.result
	r.Profile, r.Client, r.API = e.browser.profile, &e.client, api
	r.call.env, r.call.init = e, init
	e.browser.begin(&r.call)
	f.env, f.trace = e, &r.Trace
	return r
}

// run fetches a request and writes what came of it into the result.
func (f *fetcher) run(ctx context.Context, req *fetch.Request) (*Result, error) {
	r := &f.memory.result
	if f.rules().CombineHeaders {
		req.Header = req.Header.Combined()
	}
	if order := f.rules().OrderHeaders; order != nil {
		order(req, r.API)
	}
	r.Request = req
	f.ctx, f.transport, f.req = ctx, f.env.transport, req
	f.api, f.tag, f.serial = r.API, r.Tag, r.call.serial
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
	f.env.replaceImages(r)
	return r, nil
}

// fetch runs a request that an API has made to its end.
// https://fetch.spec.whatwg.org/#concept-fetch
func (f *fetcher) fetch() (*fetch.Response, error) {
	// Step 12 and the ones after it: the headers that a browser supplies.
	if !f.req.Header.Contains("Accept") {
		f.req.Header.Append("Accept", acceptValue(f.req.Destination))
	}
	f.original = f.recordOriginal()
	f.trace.Classification = f.classify()
	resp := f.finish(f.mainFetch())
	return resp, f.err
}

// classify says what the request is to CORS. It looks only once at each hop.
func (f *fetcher) classify() fetch.Classification {
	if !f.classified {
		f.class, f.classified = fetch.Classify(f.req, f.rules().preflight.Safelist), true
	}
	return f.class
}

// acceptValue is the Accept header for a destination.
// https://fetch.spec.whatwg.org/#concept-fetch
func acceptValue(d fetch.Destination) string {
	switch d {
	case fetch.DestinationImage:
		return "image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"
	case fetch.DestinationStyle:
		return "text/css,*/*;q=0.1"
	}
	return "*/*"
}

// mainFetch is the part of main fetch that redirects come back to.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func (f *fetcher) mainFetch() *fetch.Response {
	req := f.req
	// Skipped 3 and 4: no request here is local-only, and there is no CSP.
	// Steps 5 to 7: what blocks a request before it is sent.
	if failure := f.blocked(f.rules().beforeSending, nil); failure != nil {
		return fetch.NetworkError(failure)
	}
	// Step 8: the page's referrer policy stands in for none.
	if req.ReferrerPolicy == fetch.ReferrerPolicyEmpty {
		req.ReferrerPolicy = policy.ReferrerPolicyOf(req.Client)
	}
	// Step 9: what the Referer header will say.
	f.rules().referrer.Determine(req)
	// Skipped 10: HSTS.
	// Steps 11 to 13: the switch, without what follows it.
	return f.dispatch()
}

// dispatch is step 12 of main fetch: it sets the response tainting and hands
// over to the fetch that the request needs.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func (f *fetcher) dispatch() *fetch.Response {
	req := f.req
	class := f.classify()
	switch class.Kind {
	// Step 12, same origin, data: and navigations: nothing stands in the way.
	case fetch.KindSameOrigin, fetch.KindLocal:
		req.Tainting = fetch.TaintingBasic
		return f.schemeFetch()
	// Step 12, modes "same-origin" and "cors" where neither can go on.
	case fetch.KindRefused:
		return fetch.NetworkError(f.refused())
	// Step 12, mode "no-cors": sent, but only to be followed blindly.
	case fetch.KindNoCORS:
		if failure := f.refused(); failure != nil {
			return fetch.NetworkError(failure)
		}
		req.Tainting = fetch.TaintingOpaque
		return f.schemeFetch()
	// Step 12, a method or headers that a server must have agreed to.
	case fetch.KindPreflighted:
		f.useCORS()
		f.preflighted = true
		resp := f.httpFetch(class.Causes)
		if resp.IsNetworkError() && !f.rules().PreflightCacheSurvivesFailure {
			f.env.browser.preflights.Clear(f.cacheKey())
		}
		return resp
	}
	// Step 12, all others: sent at once, shared only by a CORS check.
	f.useCORS()
	resp := f.httpFetch(nil)
	// Firefox: any failure clears what preflights granted (preflight-cache-by-credentials).
	if resp.IsNetworkError() && f.rules().PreflightCacheClearedOnAnyFailure {
		f.env.browser.preflights.Clear(f.cacheKey())
	}
	return resp
}

// useCORS makes the request one whose response must be shared.
func (f *fetcher) useCORS() {
	req := f.req
	req.Tainting = fetch.TaintingCORS
	// WebKit: it has no user name any more (cors-drops-url-credentials).
	if f.rules().CORSDropsURLCredentials && req.CurrentURL().HasCredentials() {
		urls := slices.Clone(req.URLList)
		urls[len(urls)-1] = req.CurrentURL().WithoutCredentials()
		req.URLList = urls
	}
}

// refused says why step 12 does not let the request go on.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func (f *fetcher) refused() *fetch.Failure {
	u, kind := f.req.CurrentURL(), f.classify().Kind
	switch {
	// Mode "same-origin" and another origin.
	case kind == fetch.KindRefused && f.req.Mode == fetch.ModeSameOrigin:
		return mainFailure("12", fetch.ReasonModeSameOrigin, u)
	// Mode "cors" and a scheme that CORS does not know.
	case kind == fetch.KindRefused:
		return mainFailure("12", fetch.ReasonSchemeNotHTTP, u)
	// Mode "no-cors" that is not to follow redirects.
	case kind == fetch.KindNoCORS && f.req.Redirect != fetch.RedirectFollow:
		return mainFailure("12", fetch.ReasonNoCORSRedirectMode, u)
	}
	return nil
}

// finish is what main fetch does once, after all redirects.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func (f *fetcher) finish(resp *fetch.Response) *fetch.Response {
	if resp.IsNetworkError() {
		return resp
	}
	// Step 14: script gets a filtered view.
	if resp.Internal == nil {
		f.memory.view = f.filter(resp)
		resp = &f.memory.view
	}
	// Steps 15 and 16: responses without a server get the request's URLs.
	internal := resp.Unfiltered()
	if len(internal.URLList) == 0 {
		internal.URLList = f.req.URLList
		if resp.Type != fetch.ResponseOpaque {
			resp.URLList = internal.URLList
		}
	}
	// Skipped 18: there are no navigations.
	// Steps 17 and 19: what the response remembers of its request.
	internal.RedirectTaint = f.req.RedirectTaint()
	internal.TimingAllowPassed = !f.req.TimingAllowFailed
	// Steps 20 and 21: what blocks a response that has been received.
	if failure := f.blocked(f.rules().afterReceiving, resp); failure != nil {
		return fetch.NetworkError(failure)
	}
	// Step 22: no body where HTTP has none.
	if f.req.Method == "HEAD" || f.rules().isNullBodyStatus(internal.Status) {
		resp.Body, internal.Body = "", ""
	}
	return resp
}

// isNullBodyStatus reports whether responses with a status have no body.
// https://fetch.spec.whatwg.org/#null-body-status
func (r *rules) isNullBodyStatus(status int) bool {
	// WebKit: 205 is none of them (reset-content-has-body).
	return fetch.IsNullBodyStatus(status) && !(r.ResetContentHasBody && status == 205)
}

// filter is step 14 of main fetch.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func (f *fetcher) filter(resp *fetch.Response) fetch.Response {
	switch f.req.Tainting {
	case fetch.TaintingCORS:
		resp.CORSExposedHeaderNames = fetch.ExposeHeaders(f.req, resp)
		return fetch.FilterCORS(resp)
	case fetch.TaintingOpaque:
		return fetch.FilterOpaque(resp)
	}
	return fetch.FilterBasic(resp)
}

// cacheKey is what the CORS-preflight cache keeps the request's grants under.
func (f *fetcher) cacheKey() cache.Key {
	// Chromium: a page with an opaque origin begins anew (preflight-cache-not-for-opaque-origins).
	if f.rules().OpaqueOriginNewEachFetch && f.req.Origin.IsOpaque() && f.req.RedirectTaint() == fetch.TaintSameOrigin {
		return cache.Key{Origin: "null " + strconv.Itoa(f.serial), URL: f.req.CurrentURL().String()}
	}
	// WebKit: what taints an origin makes a new one (preflight-cache-whole-answers).
	if f.rules().TaintedOriginNewEachFetch && !f.req.Origin.IsOpaque() && f.req.RedirectTaint() != fetch.TaintSameOrigin {
		return cache.Key{Origin: "null " + strconv.Itoa(f.serial), URL: f.req.CurrentURL().String()}
	}
	key := f.req.SerializeOrigin()
	if f.rules().PreflightCacheIgnoresTaint {
		key = f.req.Origin.String()
	}
	return cache.Key{
		Partition: f.env.partition,
		Origin:    key,
		URL:       f.req.CurrentURL().String(),
	}
}

// mainFailure is a failure of main fetch that a URL is to blame for.
func mainFailure(step string, reason fetch.Reason, u origin.URL) *fetch.Failure {
	return &fetch.Failure{
		Reason: reason, Step: fetch.Step{Anchor: anchorMainFetch, Number: step}, Got: u.String(),
	}
}

// headerFailure is a failure that a header's value is to blame for.
func headerFailure(anchor, step string, reason fetch.Reason, header, got string) *fetch.Failure {
	return &fetch.Failure{
		Reason: reason, Step: fetch.Step{Anchor: anchor, Number: step}, Header: header, Got: got,
	}
}
