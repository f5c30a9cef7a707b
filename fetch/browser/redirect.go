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

// redirectFetch follows a redirect.
// https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
func (f *fetcher) redirectFetch(resp *fetch.Response) *fetch.Response {
	req := f.req
	// Step 3: where to.
	location := f.location()
	// Step 4: a redirect without Location is a response like any other.
	if location.State == fetch.LocationNull && req.Redirect == fetch.RedirectFollow {
		return resp
	}
	// Steps 5 to 11: what must not be followed.
	if failure := f.blocked(f.rules().onRedirect, resp); failure != nil {
		return f.fail(failure)
	}
	req.RedirectCount, f.classified = req.RedirectCount+1, false
	// Firefox: headers come from the page again (redirect-from-page-headers).
	f.startAnew(resp.Status, location.URL)
	// WebKit: so do those that preflights ask for (preflight-again-after-redirects).
	f.askAgain(resp.Status, location.URL)
	// Step 12: the method and the body.
	rewriteMethod(req, resp.Status)
	f.onOtherOrigin(location.URL)
	// Step 13: Authorization stays behind at the first other origin.
	if !req.CurrentURL().SameOrigin(location.URL) {
		req.Header.DeleteFunc(fetch.IsCORSNonWildcardRequestHeaderName)
	}
	// Chromium: so do client hints, unless it is the page's (hints-for-own-origin).
	if hints := f.rules().HintsOfOwnOrigin; len(hints) > 0 && !location.URL.HasOrigin(req.Origin) {
		req.Header.DeleteFunc(func(name string) bool { return slices.Contains(hints, fetch.ByteLowercase(name)) })
	}
	// Skipped 14 to 17: bodies are bytes here, and there are no timings.
	// Step 18: the redirect taint follows from the list of URLs.
	req.URLList = append(req.URLList[:len(req.URLList):len(req.URLList)], location.URL)
	// Step 19: a redirect may bring a new referrer policy.
	policy.SetReferrerPolicyOnRedirect(req, resp)
	// Steps 20 to 22: once more from main fetch.
	return f.mainFetch()
}

// onOtherOrigin does what a network layer may do on the way to another origin,
// or to the same one.
func (f *fetcher) onOtherOrigin(to origin.URL) {
	crosses := !f.req.CurrentURL().SameOrigin(to)
	// libsoup: nothing is deleted by a redirect (cross-origin-delete-becomes-get).
	if crosses && f.req.Method == "DELETE" && f.rules().CrossOriginDeleteBecomesGet {
		f.req.Method, f.req.Body = "GET", nil
	}
	// WebKit: only another origin takes the Origin header away (origin-stays-in-redirects).
	last := f.trace.Exchanges[len(f.trace.Exchanges)-1].Request.Header
	f.keepOrigin = !crosses && f.rules().OriginStaysInRedirects && last.Contains(fetch.HeaderOrigin)
}

// isRedirect reports whether a response has a redirect status.
// https://fetch.spec.whatwg.org/#redirect-status
func (r *rules) isRedirect(resp *fetch.Response) bool {
	return resp.Status/100 == 3 && (fetch.IsRedirectStatus(resp.Status) || r.isOtherRedirect(resp))
}

// isOtherRedirect reports whether a response has a status that is a redirect
// status to some.
func (r *rules) isOtherRedirect(resp *fetch.Response) bool {
	// libsoup: so are all from 301 to 399 that mean nothing else (other-redirects).
	return r.OtherRedirects && !slices.Contains(noRedirects, resp.Status) && firstLocation(resp) != ""
}

// noRedirects are the statuses of their class that have another meaning.
var noRedirects = []int{300, 304, 305, 306}

// leadsElsewhere reports whether a response with a redirect status is a
// redirect.
func (f *fetcher) leadsElsewhere(resp *fetch.Response) bool {
	// Chromium: without a value of Location it is none, unless it is hidden anyway (redirect-needs-location).
	return !f.rules().RedirectNeedsLocation || f.req.Redirect == fetch.RedirectManual || firstLocation(resp) != ""
}

// locationURL returns where a redirect leads.
func (r *rules) locationURL(resp *fetch.Response, req *fetch.Request) fetch.Location {
	if r.LocationAsText {
		return r.textLocation(resp, req)
	}
	if r.RedirectNeedsLocation {
		view := *resp
		view.Header = fetch.HeaderList{{Name: fetch.HeaderLocation, Value: firstLocation(resp)}}
		resp = &view
	}
	// Equal lines count as one where different ones were refused before.
	if values := resp.Header.Values(fetch.HeaderLocation); len(values) > 1 && slices.Contains(r.UniqueHeaders, fetch.HeaderLocation) {
		view := *resp
		view.Header = fetch.HeaderList{{Name: fetch.HeaderLocation, Value: values[0]}}
		resp = &view
	}
	return resp.LocationURL(req)
}

// textLocation returns where a redirect leads whose Location is taken for text.
func (r *rules) textLocation(resp *fetch.Response, req *fetch.Request) fetch.Location {
	value, ok := resp.Header.Get(fetch.HeaderLocation)
	if !ok {
		return fetch.Location{}
	}
	// libsoup: without a value it is no redirect, and WebKit takes no other (location-as-text).
	if value == "" {
		return fetch.Location{State: fetch.LocationFailure}
	}
	view := *resp
	view.Header = fetch.HeaderList{{Name: fetch.HeaderLocation, Value: utf8OfLatin1(value)}}
	if r.isRedirect(resp) {
		view.Status = 307 // one that the standard knows
	}
	return view.LocationURL(req)
}

// firstLocation returns the first value of Location that is not empty.
func firstLocation(resp *fetch.Response) string {
	for _, value := range resp.Header.Values(fetch.HeaderLocation) {
		if value != "" {
			return value
		}
	}
	return ""
}

// rewriteMethod turns requests into GET where history has it so.
// https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
func rewriteMethod(req *fetch.Request, status int) {
	// Step 12: 301 and 302 for POST, 303 for all but GET and HEAD.
	legacy := (status == 301 || status == 302) && req.Method == "POST"
	seeOther := status == 303 && req.Method != "GET" && req.Method != "HEAD"
	if !legacy && !seeOther {
		return
	}
	// Step 12.1: no body any more.
	req.Method, req.Body = "GET", nil
	// Step 12.2: nor the headers that describe it.
	req.Header.DeleteFunc(fetch.IsRequestBodyHeaderName)
}
