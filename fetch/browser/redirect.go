package browser

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

const anchorRedirect = "concept-http-redirect-fetch"

// MaxRedirects is how many redirects a request may follow.
// https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
const MaxRedirects = 20

// redirectFetch is HTTP-redirect fetch: it follows a redirect.
// https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
func (f *fetcher) redirectFetch(resp *fetch.Response) *fetch.Response {
	req := f.req
	// Step 3: the URL that the redirect leads to.
	location := f.location()
	// Step 4: a redirect status without Location is an ordinary response.
	if location.State == fetch.LocationNull && req.Redirect == fetch.RedirectFollow {
		return resp
	}
	// Steps 5 to 11: the checks that block a redirect.
	if failure := f.blocked(f.rules().onRedirect, resp); failure != nil {
		return f.fail(failure)
	}
	req.RedirectCount, f.classified = req.RedirectCount+1, false
	if f.original == nil {
		f.original = f.recordOriginal()
	}
	// Firefox: the request gets the headers that script set (redirect-from-page-headers).
	f.restoreHeaders(resp.Status, location.URL)
	// WebKit: the request needs a preflight again (preflight-again-after-redirects).
	f.repeatPreflight()
	// WebKit: a request with CORS gets the headers that script set (headers-again-after-redirects).
	f.restoreHeadersWithCORS(resp.Status, location.URL)
	// Step 12: the method and the body.
	rewriteMethod(req, resp.Status)
	f.applyOriginChange(location.URL)
	// Step 13: a redirect to another origin removes Authorization.
	if !req.CurrentURL().SameOrigin(location.URL) {
		req.Header.DeleteFunc(fetch.IsCORSNonWildcardRequestHeaderName)
	}
	// Chromium: a redirect to any but the page's origin removes client hints (hints-for-own-origin).
	if hints := f.rules().HintsOnlyToOwnOrigin; len(hints) > 0 && !location.URL.HasOrigin(req.Origin) {
		req.Header.DeleteFunc(func(name string) bool { return slices.Contains(hints, fetch.ByteLowercase(name)) })
	}
	// Skipped 14 to 17: a body is a value that can be sent again, and there is no timing info.
	// Step 18: append the URL to the URL list, from which the redirect taint is computed.
	req.URLList = append(req.URLList[:len(req.URLList):len(req.URLList)], location.URL)
	if s := f.memory.result.service; s != nil {
		f.forgetURLs(s)
	}
	// Step 19: the response may set a referrer policy.
	f.policyOfRedirect = policy.SetReferrerPolicyOnRedirect(req, resp)
	// Steps 20 to 22: run main fetch again.
	return f.mainFetch()
}

// applyOriginChange does what a browser's network layer does when a redirect
// leads to another origin, or to the same one.
func (f *fetcher) applyOriginChange(to origin.URL) {
	crosses := !f.req.CurrentURL().SameOrigin(to)
	// libsoup: a redirect to another origin changes DELETE to GET (cross-origin-delete-becomes-get).
	if crosses && f.req.Method == "DELETE" && f.rules().CrossOriginDeleteBecomesGet {
		f.req.Method, f.req.Body = "GET", nil
	}
	// WebKit: a redirect to the same origin keeps the Origin header (origin-stays-in-redirects).
	last := f.trace.Exchanges[len(f.trace.Exchanges)-1].Request.Header
	f.keepOriginHeader = !crosses && f.rules().KeepOriginInRedirects && f.req.Mode != fetch.ModeNavigate && last.Contains(fetch.HeaderOrigin)
}

// isRedirect reports whether a response has a redirect status.
// https://fetch.spec.whatwg.org/#redirect-status
func (r *rules) isRedirect(resp *fetch.Response) bool {
	return resp.Status/100 == 3 && (fetch.IsRedirectStatus(resp.Status) || r.isOtherRedirect(resp))
}

// isOtherRedirect reports whether a response has a status that only some
// browsers treat as a redirect status.
func (r *rules) isOtherRedirect(resp *fetch.Response) bool {
	// libsoup: every status from 301 to 399 without another meaning is a redirect status (other-redirects).
	return r.OtherRedirectStatuses && !slices.Contains(nonRedirectStatuses, resp.Status) && firstLocation(resp) != ""
}

// nonRedirectStatuses are the statuses from 300 to 399 that have another
// meaning.
var nonRedirectStatuses = []int{300, 304, 305, 306}

// hasRequiredLocation reports whether a response with a redirect status has
// the Location value that the browser needs to treat it as a redirect.
func (f *fetcher) hasRequiredLocation(resp *fetch.Response) bool {
	// Chromium: without a Location value it is not a redirect, except in redirect mode "manual" (redirect-needs-location).
	return !f.rules().RedirectNeedsLocation || f.req.Redirect == fetch.RedirectManual || firstLocation(resp) != ""
}

// locationURL returns the URL that a redirect leads to.
func (r *rules) locationURL(resp *fetch.Response, req *fetch.Request) fetch.Location {
	if r.LocationAsText {
		return r.textLocation(resp, req)
	}
	if r.RedirectNeedsLocation {
		view := *resp
		view.Header = fetch.HeaderList{{Name: fetch.HeaderLocation, Value: firstLocation(resp)}}
		resp = &view
	}
	// Equal lines count as one; lines that differ were refused before.
	if values := resp.Header.Values(fetch.HeaderLocation); len(values) > 1 && slices.Contains(r.UniqueHeaders, fetch.HeaderLocation) {
		view := *resp
		view.Header = fetch.HeaderList{{Name: fetch.HeaderLocation, Value: values[0]}}
		resp = &view
	}
	return resp.LocationURL(req)
}

// textLocation returns the URL that a redirect leads to, parsed from Location
// as text.
func (r *rules) textLocation(resp *fetch.Response, req *fetch.Request) fetch.Location {
	value, ok := resp.Header.Get(fetch.HeaderLocation)
	if !ok {
		return fetch.Location{}
	}
	// libsoup: without a value it is not a redirect, and WebKit refuses the response (location-as-text).
	if value == "" {
		return fetch.Location{State: fetch.LocationFailure}
	}
	view := *resp
	view.Header = fetch.HeaderList{{Name: fetch.HeaderLocation, Value: utf8OfLatin1(value)}}
	if r.isRedirect(resp) {
		view.Status = 307 // a redirect status of the standard
	}
	return view.LocationURL(req)
}

// firstLocation returns the first value of Location that is not empty; "" if
// there is none.
func firstLocation(resp *fetch.Response) string {
	for _, value := range resp.Header.Values(fetch.HeaderLocation) {
		if value != "" {
			return value
		}
	}
	return ""
}

// rewriteMethod changes the method of a redirected request to GET if the
// status demands it.
// https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
func rewriteMethod(req *fetch.Request, status int) {
	// Step 12: 301 and 302 change POST, 303 changes everything but GET and HEAD.
	legacy := (status == 301 || status == 302) && req.Method == "POST"
	seeOther := status == 303 && req.Method != "GET" && req.Method != "HEAD"
	if !legacy && !seeOther {
		return
	}
	// Step 12.1: the request has no body.
	req.Method, req.Body = "GET", nil
	// Step 12.2: remove the headers that describe a body.
	req.Header.DeleteFunc(fetch.IsRequestBodyHeaderName)
}
