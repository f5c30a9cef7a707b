package cookie

import (
	"errors"
	"slices"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// Policy holds what a browser's cookie store does in its own way. The zero
// value follows the drafts.
type Policy struct {
	// LaxByDefault treats cookies without SameSite as Lax ones.
	LaxByDefault bool
	// NoneWithoutSecure stores cookies with SameSite=None that lack Secure.
	NoneWithoutSecure bool
	// SecureNeedsHTTPS allows Secure cookies only over https: http://localhost
	// is not an exception.
	SecureNeedsHTTPS bool
	// Partitioned separates cookies with the attribute Partitioned by the
	// page's site.
	Partitioned bool
	// PartitionThirdParties separates all cookies of cross-site requests by the
	// page's site.
	PartitionThirdParties bool
	// NoThirdParty stores no cookies of cross-site requests. A host without a
	// suffix in the public suffix list is a site of its own, but a cookie with a
	// Domain that contains the page's host belongs to the page's site.
	NoThirdParty bool
	// NoPrefixes stores cookies whose names begin with __Secure- or __Host- like all
	// others.
	NoPrefixes bool
	// SchemelessSites compares sites without their schemes.
	SchemelessSites bool
	// RedirectsKeepSite sends Lax and Strict cookies to the page's own site, also after
	// redirects through other sites.
	RedirectsKeepSite bool
	// SameSiteByURLs compares the page's URL with the request's current URL and
	// ignores schemes. Earlier redirects make no difference.
	SameSiteByURLs bool
}

// Context is what the rules for cookies need from a request besides its URL.
// [Policy.ContextOf] and [Policy.FirstParty] return one.
type Context struct {
	policy   *Policy
	now      time.Time
	sameSite bool // the request may carry Lax and Strict cookies
	// partition is the site of the page; "" when cookies are not partitioned.
	// If partitioned is set, all cookies belong to the partition, not only
	// those with the attribute.
	partition   string
	partitioned bool
	page        origin.URL // the URL of the page
}

// ContextOf returns the context of a request at a time. The request must have a
// client.
func (p *Policy) ContextOf(req *fetch.Request, now time.Time) Context {
	c := Context{policy: p, now: now, sameSite: p.isSameSiteRequest(req), partitioned: p.PartitionThirdParties, page: req.Client.URL}
	// Firefox: a cross-site request uses cookies that belong to the page's site
	// (cookies-partitioned).
	if p.Partitioned || p.PartitionThirdParties && !p.SameSite(req.Client.TopLevelOrigin, req.CurrentURL().Origin()) {
		c.partition = siteOf(req.Client.URL)
		// Chromium: the partition of a sandboxed page is its own (cookies-partitioned).
		if p.Partitioned && req.Client.TopLevelOrigin.IsOpaque() {
			c.partition = "null"
		}
	}
	return c
}

// FirstParty returns the context of a navigation to a URL at a time.
func (p *Policy) FirstParty(u origin.URL, now time.Time) Context {
	c := Context{policy: p, now: now, sameSite: true, page: u}
	if p.Partitioned {
		c.partition = siteOf(u)
	}
	return c
}

// siteOf returns the site that a page's partitioned cookies belong to.
func siteOf(u origin.URL) string { return u.Origin().Site().String() }

// isSameSiteRequest reports whether a request's same-site mode is
// "strict-or-less": the request goes to its page's own site, and no redirect
// was cross-site.
// https://fetch.spec.whatwg.org/#determine-the-same-site-mode
func (p *Policy) isSameSiteRequest(req *fetch.Request) bool {
	// WebKit: the page's URL and the request's last URL decide
	// (same-site-by-urls).
	if p.SameSiteByURLs {
		from, to := req.Client.URL.Origin(), req.CurrentURL().Origin()
		if req.Client.Origin.IsOpaque() {
			return from.Host() == to.Host()
		}
		return origin.SchemelesslySameSite(from, to)
	}
	if !p.SameSite(req.Client.TopLevelOrigin, req.Origin) || !p.SameSite(req.Origin, req.CurrentURL().Origin()) {
		return false
	}
	// Chromium: redirects in between do not count (cookies-after-redirects).
	if p.RedirectsKeepSite {
		return true
	}
	if p.SchemelessSites {
		return !slices.ContainsFunc(req.URLList, func(u origin.URL) bool { return !p.SameSite(req.Origin, u.Origin()) })
	}
	return req.RedirectTaint() != fetch.TaintCrossSite
}

// SameSite reports whether two origins are same site for cookies.
// https://html.spec.whatwg.org/#same-site
func (p *Policy) SameSite(a, b origin.Origin) bool {
	// Firefox: http and https are the same site (cookies-partitioned).
	if p.SchemelessSites {
		return origin.SchemelesslySameSite(a, b)
	}
	return origin.SameSite(a, b)
}

// isSecure reports whether a URL may set and receive cookies with Secure.
func (p *Policy) isSecure(u origin.URL) bool {
	if p.SecureNeedsHTTPS {
		return u.Scheme() == "https"
	}
	return u.IsPotentiallyTrustworthy()
}

// refuses returns why a browser with this policy does not store a cookie of a
// page.
func (p *Policy) refuses(k *Cookie, page origin.URL) error {
	switch {
	case p.NoThirdParty && k.isThirdParty(page):
		return errors.New("a cookie of a third party")
	case k.SameSite == SameSiteNone && !k.Secure && !p.NoneWithoutSecure:
		return errors.New("the attribute SameSite=None without Secure")
	}
	return nil
}

// isThirdParty reports whether a cookie belongs to another site than a page.
func (k *Cookie) isThirdParty(page origin.URL) bool {
	if listedSite(k.Domain) == listedSite(page.Host()) {
		return false
	}
	return k.HostOnly || !domainMatch(page, k.Domain)
}

// listedSite returns the registrable domain of a host whose suffix is in the
// public suffix list, and the host itself otherwise.
func listedSite(host string) string {
	o, err := origin.ParseOrigin("https://" + host)
	if err != nil {
		return host
	}
	if domain, ok := o.RegistrableDomain(); ok && o.HasListedSuffix() {
		return fetch.ByteLowercase(domain)
	}
	return host
}
