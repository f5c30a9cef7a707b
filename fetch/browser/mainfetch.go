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

// fetcher holds the state of one fetch.
// https://fetch.spec.whatwg.org/#fetch-params
type fetcher struct {
	ctx      context.Context
	env      *environment
	api      API
	tag      Tag            // with APIElement
	siteFrom *origin.Origin // whom Sec-Fetch-Site is about, if not the request's origin
	req      *fetch.Request
	trace    *Trace
	// decision says why the next exchange needs a preflight, or why it needs
	// none.
	decision PreflightDecision
	// unreadCoding is the content coding of the last response, if it is not
	// simulated.
	unreadCoding string
	// err is the reason why the run could not go on.
	err error
	// original is the request before any redirect, for the rules that restore it; nil before
	// the first redirect.
	original *originalRequest
	// redirected is what preflights take from before a redirect; nil is nothing.
	redirected *fetch.Redirected
	// preflighted reports whether the request has needed a preflight.
	preflighted bool
	// keepOriginHeader reports whether a redirect keeps the Origin header.
	keepOriginHeader bool
	// originHidden reports whether the referrer policy hid the origin before an upgrade to
	// https.
	originHidden bool
	// pastServiceWorker reports whether the network answered, so that no service worker is asked
	// any more.
	pastServiceWorker bool
	// policyOfRedirect reports whether the last redirect has a referrer policy.
	policyOfRedirect bool
	// sync reports whether the request is a synchronous XMLHttpRequest.
	sync bool
	// contentTypeLost reports whether redirects can no longer restore
	// Content-Type.
	contentTypeLost bool
	// deferred is a failure that blocks the request only after a preflight.
	deferred *fetch.Failure
	// class is the classification of the request, if classified is true.
	class      fetch.Classification
	classified bool
	// absent is what the request lacks, as far as that is known.
	absent need
	// rare says which rare headers the request has.
	rare   rareHeaders
	lookup lookup
	// preloads says whether the request may get the response of a preload.
	preloads preloadSearch
	memory   memory
}

const anchorMainFetch = "concept-main-fetch"

// rules returns the rules of the browser that fetches.
func (f *fetcher) rules() *rules { return f.env.rules() }

// begin returns the result of a new call, with what [Result.Replay] needs.
func (f *fetcher) begin(e *environment, api API, init callable) *Result {
	r := &f.memory.result
	r.Profile, r.Client, r.API = e.browser.profile, &e.client, api
	r.call.env, r.call.init = e, init
	e.browser.begin(&r.call)
	f.env, f.trace = e, &r.Trace
	if e.log != nil {
		e.log.note(r)
	}
	return r
}

// run fetches a request and stores the outcome in the result.
func (f *fetcher) run(ctx context.Context, req *fetch.Request) (*Result, error) {
	r := &f.memory.result
	if f.rules().CombineHeaders {
		req.Header = req.Header.Combined()
	}
	if order := f.rules().OrderHeaders; order != nil {
		order(req, r.API)
	}
	req.URLList[0] = f.rules().withoutEmptyFragment(req.URLList[0])
	r.Request = req
	f.ctx, f.req, f.api, f.tag = ctx, req, r.API, r.Tag
	resp, err := f.fetch()
	// The result refers to the fetcher: release what it does not need.
	f.ctx = nil
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

// withoutEmptyFragment returns a URL that script gave as the browser keeps it.
func (r *rules) withoutEmptyFragment(u origin.URL) origin.URL {
	// Firefox: an empty fragment is none (empty-fragments-dropped).
	if fragment, ok := u.Fragment(); ok && fragment == "" && r.EmptyFragmentsDropped {
		return u.WithoutFragment()
	}
	return u
}

// fetch is the algorithm fetch: it runs a request that an API has made to its
// end.
// https://fetch.spec.whatwg.org/#concept-fetch
func (f *fetcher) fetch() (*fetch.Response, error) {
	// Step 12 and the following steps: the headers that a browser adds.
	f.preloads, f.rare = f.searchPreloads(), rareHeadersOf(f.req.Header)
	f.appendAccept()
	f.trace.Classification = f.classify()
	resp := f.finish(f.mainFetch())
	if s := f.memory.result.service; s != nil {
		f.recallURLs(s, resp)
	}
	return resp, f.err
}

// classify returns the classification of the request. It is computed once for
// each URL of the request.
func (f *fetcher) classify() fetch.Classification {
	if !f.classified {
		f.class, f.classified = fetch.ClassifyRedirected(f.req, &f.rules().preflight.Safelist, f.redirected), true
	}
	return f.class
}

// appendAccept adds an Accept header, unless script set one.
// https://fetch.spec.whatwg.org/#concept-fetch
func (f *fetcher) appendAccept() {
	if !f.req.Header.Contains("Accept") {
		appendOwn(&f.req.Header, "Accept", acceptValue(f.req.Destination))
	}
}

// acceptValue returns the Accept header for a destination.
// https://fetch.spec.whatwg.org/#concept-fetch
func acceptValue(d fetch.Destination) string {
	switch d {
	case fetch.DestinationImage:
		return "image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"
	case fetch.DestinationStyle:
		return "text/css,*/*;q=0.1"
	case fetch.DestinationJSON:
		return "application/json,*/*;q=0.5"
	}
	return "*/*"
}

// mainFetch is the part of main fetch that runs again after each redirect.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func (f *fetcher) mainFetch() *fetch.Response {
	req := f.req
	f.absent = f.lacks()
	// Skipped 3: no request is local-URLs-only.
	// Steps 4 to 7: the checks that block a request before it is sent.
	if failure := f.blocked(f.rules().beforeSending, nil); failure != nil {
		return fetch.NetworkError(failure)
	}
	// Step 11: the response of a preload, for which no referrer is needed.
	if f.preloads != preloadsNotSearched && len(req.URLList) == 1 {
		if resp := f.usePreload(); resp != nil {
			return resp
		}
	}
	// Step 8: the default is the page's referrer policy.
	if req.ReferrerPolicy == fetch.ReferrerPolicyEmpty {
		req.ReferrerPolicy = policy.ReferrerPolicyOf(req.Client)
	}
	// Step 9: determine the referrer.
	f.determineReferrer()
	// Step 10: HSTS.
	f.upgradeByHSTS()
	// Steps 11 to 13: the switch of step 12, without the steps after it.
	return f.dispatch()
}

// dispatch is step 12 of main fetch: it sets the response tainting and runs
// the fetch that the request needs.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func (f *fetcher) dispatch() *fetch.Response {
	req := f.req
	class := f.classify()
	switch class.Kind {
	// Step 12, same origin, data: URLs, navigations and WebSockets: the response is not tainted.
	case fetch.KindSameOrigin, fetch.KindLocal, fetch.KindNavigation, fetch.KindWebSocket:
		req.Tainting = fetch.TaintingBasic
		return f.schemeFetch()
	// Step 12, modes "same-origin" and "cors": the request is refused.
	case fetch.KindRefused:
		return fetch.NetworkError(f.refused())
	// Step 12, mode "no-cors": sent, only with redirect mode "follow".
	case fetch.KindNoCORS:
		if failure := f.refused(); failure != nil {
			return fetch.NetworkError(failure)
		}
		req.Tainting = fetch.TaintingOpaque
		return f.schemeFetch()
	// Step 12, the request needs a preflight.
	case fetch.KindPreflighted:
		f.useCORS()
		f.preflighted = true
		resp := f.httpFetch(class.Causes)
		if resp.IsNetworkError() && !f.rules().PreflightCacheSurvivesFailure {
			f.env.browser.preflights.Clear(f.cacheKey())
		}
		return resp
	}
	// Step 12, all other requests: sent at once, with a CORS check.
	f.useCORS()
	resp := f.httpFetch(nil)
	// Firefox: every failure clears the CORS-preflight cache (preflight-cache-by-credentials).
	if resp.IsNetworkError() && f.rules().PreflightCacheClearedOnAnyFailure {
		f.env.browser.preflights.Clear(f.cacheKey())
	}
	return resp
}

// useCORS sets the response tainting to "cors".
func (f *fetcher) useCORS() {
	req := f.req
	req.Tainting = fetch.TaintingCORS
	// WebKit: the user name is removed from the URL (cors-drops-url-credentials).
	if f.rules().CORSDropsURLCredentials && req.CurrentURL().HasCredentials() {
		urls := slices.Clone(req.URLList)
		urls[len(urls)-1] = req.CurrentURL().WithoutCredentials()
		req.URLList = urls
	}
}

// refused returns the failure of a request that step 12 refuses; nil if it
// does not.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func (f *fetcher) refused() *fetch.Failure {
	u, kind := f.req.CurrentURL(), f.classify().Kind
	switch {
	// Mode "same-origin" and a URL of another origin.
	case kind == fetch.KindRefused && f.req.Mode == fetch.ModeSameOrigin:
		return mainFailure("12", fetch.ReasonModeSameOrigin, u)
	// Mode "cors" and a scheme other than HTTP(S).
	case kind == fetch.KindRefused:
		return mainFailure("12", fetch.ReasonSchemeNotHTTP, u)
	// Mode "no-cors" and a redirect mode other than "follow".
	case kind == fetch.KindNoCORS && f.req.Redirect != fetch.RedirectFollow:
		return mainFailure("12", fetch.ReasonNoCORSRedirectMode, u)
	}
	return nil
}

// finish is the part of main fetch that runs once, after all redirects.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func (f *fetcher) finish(resp *fetch.Response) *fetch.Response {
	if resp.IsNetworkError() {
		return resp
	}
	// Step 14: the filtered response.
	if resp.Internal == nil {
		resp = f.filter(resp)
	}
	// Steps 15 and 16: a response without URLs gets the request's URLs.
	internal := resp.Unfiltered()
	if len(internal.URLList) == 0 {
		internal.URLList = f.req.URLList
		if resp.Type != fetch.ResponseOpaque {
			resp.URLList = internal.URLList
		}
	}
	// Skipped 18: there are no navigations.
	// Steps 17 and 19: the response stores the redirect taint and the result of the TAO check.
	internal.RedirectTaint = f.req.RedirectTaint()
	internal.TimingAllowPassed = !f.req.TimingAllowFailed
	f.showUpgrade(resp)
	// Steps 20 and 21: the checks that block a response.
	if failure := f.blocked(f.rules().afterReceiving, resp); failure != nil {
		return fetch.NetworkError(failure)
	}
	// Step 22: no body for HEAD and for null body statuses.
	if f.req.Method == "HEAD" || f.rules().isNullBodyStatus(internal.Status) {
		resp.Body, internal.Body = "", ""
		resp.BodyFailure, internal.BodyFailure = nil, nil
		return f.checkIntegrity(resp)
	}
	if err := f.unreadBody(resp); err != nil && f.err == nil {
		f.err = err
	}
	if internal.BodyFailure != nil && f.readsBody(resp) {
		f.noteFailure(internal.BodyFailure)
	}
	return f.checkIntegrity(resp)
}

// isNullBodyStatus reports whether responses with a status have no body.
// https://fetch.spec.whatwg.org/#null-body-status
func (r *rules) isNullBodyStatus(status int) bool {
	// WebKit: 205 is not a null body status (reset-content-has-body).
	return fetch.IsNullBodyStatus(status) && !(r.ResetContentHasBody && status == 205)
}

// filter is step 14 of main fetch: it returns the response as script sees it.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func (f *fetcher) filter(resp *fetch.Response) *fetch.Response {
	view := &f.memory.view
	switch f.req.Tainting {
	case fetch.TaintingCORS:
		resp.CORSExposedHeaderNames = fetch.ExposeHeaders(f.req, resp)
		*view = fetch.FilterCORS(resp)
	case fetch.TaintingOpaque:
		*view = fetch.FilterOpaque(resp)
	default:
		*view = fetch.FilterBasic(resp)
	}
	return view
}

// cacheKey returns the request's key in the CORS-preflight cache.
func (f *fetcher) cacheKey() cache.Key {
	// Chromium: in each fetch an opaque origin is a new one (preflight-cache-not-for-opaque-origins).
	if f.rules().OpaqueOriginNewEachFetch && f.req.Origin.IsOpaque() && f.req.RedirectTaint() == fetch.TaintSameOrigin {
		return cache.Key{Origin: "null " + strconv.Itoa(f.memory.result.call.serial), URL: f.req.CurrentURL().String()}
	}
	// WebKit: in each fetch a tainted origin is a new one (preflight-cache-whole-answers).
	if f.rules().TaintedOriginNewEachFetch && !f.req.Origin.IsOpaque() && f.req.RedirectTaint() != fetch.TaintSameOrigin {
		return cache.Key{Origin: "null " + strconv.Itoa(f.memory.result.call.serial), URL: f.req.CurrentURL().String()}
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

// mainFailure returns a failure of main fetch for a URL.
func mainFailure(step string, reason fetch.Reason, u origin.URL) *fetch.Failure {
	return &fetch.Failure{
		Reason: reason, Step: fetch.Step{Anchor: anchorMainFetch, Number: step}, Got: u.String(),
	}
}

// headerFailure returns a failure for the value of a header.
func headerFailure(anchor, step string, reason fetch.Reason, header, got string) *fetch.Failure {
	return &fetch.Failure{
		Reason: reason, Step: fetch.Step{Anchor: anchor, Number: step}, Header: header, Got: got,
	}
}
