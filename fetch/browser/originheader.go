package browser

import (
	"slices"

	"github.com/corsim/corsim/fetch"
)

// appendOrigin appends the Origin header if a request has one.
// https://fetch.spec.whatwg.org/#append-a-request-origin-header
func (r *rules) appendOrigin(header *fetch.HeaderList, req *fetch.Request) {
	// Step 3: with response tainting "cors", always.
	if req.Tainting == fetch.TaintingCORS {
		// Step 2: the value is "null" if redirects taint the origin.
		appendOwn(header, fetch.HeaderOrigin, req.SerializeOrigin())
		return
	}
	// Step 3: in mode "websocket", always.
	if isSocket(req) {
		value := req.SerializeOrigin()
		// WebKit: redirects do not change it (websocket-redirects).
		if r.SocketsKeepOrigin {
			value = req.Origin.String()
		}
		appendOwn(header, fetch.HeaderOrigin, value)
		return
	}
	// Chromium: elements with CORS send it to their own origin too (origin-to-own-origin).
	if req.Mode == fetch.ModeCORS && slices.Contains(r.OriginDestinations, req.Destination) {
		appendOwn(header, fetch.HeaderOrigin, req.SerializeOrigin())
		return
	}
	// Step 4: otherwise, for every method except GET and HEAD.
	if req.Method == "GET" || req.Method == "HEAD" {
		return
	}
	value := req.SerializeOrigin()
	// Step 4.1: the referrer policy may change the value to "null".
	// Chromium: only that of a navigation (origin-whatever-referrer-policy).
	if req.Mode != fetch.ModeCORS && (!r.OriginIgnoresReferrerPolicy || req.Mode == fetch.ModeNavigate) && policyHidesOrigin(req) {
		value = "null"
	}
	// Chromium: the network layer hides the origin when a redirect crosses origins (origin-null-after-crossing).
	if r.NullOriginAfterCrossing && req.Mode == fetch.ModeNoCORS && crossesOrigins(req) {
		value = "null"
	}
	// Step 4.2: append the header.
	appendOwn(header, fetch.HeaderOrigin, value)
}

// crossesOrigins reports whether a redirect has led a request from one origin to
// another.
func crossesOrigins(req *fetch.Request) bool {
	for i := 1; i < len(req.URLList); i++ {
		if !req.URLList[i].SameOrigin(req.URLList[i-1]) {
			return true
		}
	}
	return false
}

// adjustOriginHeader changes the Origin header where it depends on more than
// the request.
func (f *fetcher) adjustOriginHeader(header *fetch.HeaderList, req *fetch.Request) {
	// Chromium, WebKit: preloads send it to their own origin too (preloads-by-destination, preloads-stay).
	if f.rules().PreloadsSendOrigin && f.api == APIElement && f.tag == TagPreload && req.Mode == fetch.ModeCORS && !header.Contains(fetch.HeaderOrigin) {
		appendOwn(header, fetch.HeaderOrigin, req.SerializeOrigin())
		return
	}
	r := f.rules()
	switch {
	// Chromium: so does what a service worker passes on for such elements (service-worker-passes-origin).
	case req.Client.Worker && f.passesForElement(req) && !header.Contains(fetch.HeaderOrigin):
		appendOwn(header, fetch.HeaderOrigin, req.SerializeOrigin())
	// WebKit: a redirect to the same origin keeps it (origin-stays-in-redirects).
	case f.keepOriginHeader && !header.Contains(fetch.HeaderOrigin):
		appendOwn(header, fetch.HeaderOrigin, req.SerializeOrigin())
	// Firefox: the http URL decides whether a request without CORS has an origin (csp-upgrades-are-redirects).
	case f.originHidden && len(req.URLList) == 1 && header.Contains(fetch.HeaderOrigin):
		header.Set(fetch.HeaderOrigin, "null")
	// WebKit: a beacon sends the document's origin (beacon-origin-of-document).
	case r.BeaconsSendDocumentOrigin && f.usesDocumentOrigin(req) && header.Contains(fetch.HeaderOrigin):
		header.Set(fetch.HeaderOrigin, req.Client.URL.Origin().String())
	}
}

// usesDocumentOrigin reports whether a request is a beacon without CORS that
// no redirect has tainted, and whose origin the referrer policy shows.
func (f *fetcher) usesDocumentOrigin(req *fetch.Request) bool {
	return f.api == APIBeacon && req.Tainting != fetch.TaintingCORS && req.RedirectTaint() == fetch.TaintSameOrigin && !policyHidesOrigin(req)
}

// policyHidesOrigin is the switch of step 4.1.
// https://fetch.spec.whatwg.org/#append-a-request-origin-header
func policyHidesOrigin(req *fetch.Request) bool {
	u := req.CurrentURL()
	switch req.ReferrerPolicy {
	case fetch.ReferrerPolicyNoReferrer:
		return true
	case fetch.ReferrerPolicyNoReferrerWhenDowngrade, fetch.ReferrerPolicyStrictOrigin,
		fetch.ReferrerPolicyStrictOriginWhenCrossOrigin:
		return !req.Origin.IsOpaque() && req.Origin.Scheme() == "https" && u.Scheme() != "https"
	case fetch.ReferrerPolicySameOrigin:
		return !u.HasOrigin(req.Origin)
	}
	return false
}
