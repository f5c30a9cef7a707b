package browser

import (
	"slices"

	"github.com/corsim/corsim/fetch"
)

// appendOrigin appends the Origin header where a request has one.
// https://fetch.spec.whatwg.org/#append-a-request-origin-header
func (r *rules) appendOrigin(header *fetch.HeaderList, req *fetch.Request) {
	// Step 3: under CORS always.
	if req.Tainting == fetch.TaintingCORS {
		// Step 2: "null" once redirects taint it.
		appendOwn(header, fetch.HeaderOrigin, req.SerializeOrigin())
		return
	}
	// Chromium: elements with CORS name it to their own origin too (origin-to-own-origin).
	if req.Mode == fetch.ModeCORS && slices.Contains(r.OriginDestinations, req.Destination) {
		appendOwn(header, fetch.HeaderOrigin, req.SerializeOrigin())
		return
	}
	// Step 4: otherwise with the methods that may change something.
	if req.Method == "GET" || req.Method == "HEAD" {
		return
	}
	value := req.SerializeOrigin()
	// Step 4.1: the referrer policy may hide it.
	// Chromium: it hides nothing (origin-whatever-referrer-policy).
	if req.Mode != fetch.ModeCORS && !r.OriginWhateverReferrerPolicy && policyHidesOrigin(req) {
		value = "null"
	}
	// Step 4.2: there it goes.
	appendOwn(header, fetch.HeaderOrigin, value)
}

// patchOrigin does to the Origin header what does not follow from the request
// alone.
func (f *fetcher) patchOrigin(header *fetch.HeaderList, req *fetch.Request) {
	r := f.rules()
	switch {
	// WebKit: only another origin takes it away (origin-stays-in-redirects).
	case f.keepOrigin && !header.Contains(fetch.HeaderOrigin):
		appendOwn(header, fetch.HeaderOrigin, req.SerializeOrigin())
	// WebKit: a beacon names the document itself (beacon-origin-of-document).
	case r.BeaconOriginOfDocument && f.namesDocument(req) && header.Contains(fetch.HeaderOrigin):
		header.Set(fetch.HeaderOrigin, req.Client.URL.Origin().String())
	}
}

// namesDocument reports whether a request is a beacon without CORS that no
// redirect has tainted.
func (f *fetcher) namesDocument(req *fetch.Request) bool {
	return f.api == APIBeacon && req.Tainting != fetch.TaintingCORS && req.RedirectTaint() == fetch.TaintSameOrigin
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
