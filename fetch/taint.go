package fetch

import "github.com/corsim/corsim/origin"

// RedirectTaint returns how far the request's redirects have tainted its
// origin.
// https://fetch.spec.whatwg.org/#concept-request-tainted-origin
func (r *Request) RedirectTaint() RedirectTaint {
	// Steps 2 and 3: the first URL is only compared with the next one.
	taint := TaintSameOrigin
	if len(r.URLList) < 2 {
		return taint
	}
	last := r.URLList[0].Origin()
	for _, u := range r.URLList[1:] {
		current := u.Origin()
		// Step 4.2: the redirect is cross-site, and so is the request's origin.
		if !origin.SameSite(current, last) && !origin.SameSite(r.Origin, last) {
			return TaintCrossSite
		}
		// Step 4.3: the redirect is cross-origin, and so is the request's
		// origin.
		if current != last && r.Origin != last {
			taint = TaintSameSite
		}
		// Step 4.4: the next URL is compared with this one.
		last = current
	}
	return taint
}

// SerializeOrigin serialises the request's origin for the Origin header and the
// CORS check: "null" after redirects have tainted it.
// https://fetch.spec.whatwg.org/#byte-serializing-a-request-origin
func (r *Request) SerializeOrigin() string {
	// Step 2 of serializing a request origin: a tainted origin is "null". Only
	// redirects taint an origin.
	if len(r.URLList) > 1 && r.RedirectTaint() != TaintSameOrigin {
		return "null"
	}
	// Step 3: serialise the origin.
	return r.Origin.String()
}
