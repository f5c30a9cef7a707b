package origin

// DomainOrigin is an origin with the domain that a page has set through
// document.domain, the fourth component of the standard's tuple.
// https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-domain
//
// Only access between pages uses it; no fetch reads the domain.
type DomainOrigin struct {
	Origin    Origin
	Domain    string // meaningful only when HasDomain is true
	HasDomain bool
}

// SameOriginDomain reports whether two origins are same origin-domain. A page
// that has set document.domain is same origin-domain only with pages that have
// set it to the same value, even if the pages are same origin.
// https://html.spec.whatwg.org/multipage/browsers.html#same-origin-domain
func SameOriginDomain(a, b DomainOrigin) bool {
	// Step 1: the same opaque origin.
	if a.Origin.IsOpaque() || b.Origin.IsOpaque() {
		return a.Origin == b.Origin
	}
	// Step 2.1: both have set the same domain; ports do not count then.
	if a.HasDomain && b.HasDomain {
		return a.Origin.Scheme() == b.Origin.Scheme() && a.Domain == b.Domain
	}
	// Step 2.2: neither has.
	return !a.HasDomain && !b.HasDomain && a.Origin == b.Origin
}
