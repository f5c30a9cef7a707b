package fetch

import "github.com/corsim/corsim/origin"

// RedirectTaint computes how far the request's redirects have left the
// origins that they came from.
// https://fetch.spec.whatwg.org/#concept-request-tainted-origin
func (r *Request) RedirectTaint() RedirectTaint {
	// Steps 2 and 3: the first URL is only what the next one is compared with.
	taint := TaintSameOrigin
	if len(r.URLList) < 2 {
		return taint
	}
	last := r.URLList[0].Origin()
	for _, u := range r.URLList[1:] {
		current := u.Origin()
		// Step 4.2: both the redirect and the requester cross sites.
		if !origin.SameSite(current, last) && !origin.SameSite(r.Origin, last) {
			return TaintCrossSite
		}
		// Step 4.3: both the redirect and the requester cross origins.
		if current != last && r.Origin != last {
			taint = TaintSameSite
		}
		// Step 4.4: this URL is the next one's predecessor.
		last = current
	}
	return taint
}

// SerializeOrigin serialises the request's origin as the Origin header and
// the CORS check see it: "null" once redirects have tainted it.
// https://fetch.spec.whatwg.org/#byte-serializing-a-request-origin
func (r *Request) SerializeOrigin() string {
	// Step 2 of serializing a request origin: a tainted origin is hidden. Only
	// redirects taint.
	if len(r.URLList) > 1 && r.RedirectTaint() != TaintSameOrigin {
		return "null"
	}
	// Step 3: the origin itself.
	return r.Origin.String()
}
