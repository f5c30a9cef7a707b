package browser

import (
	"errors"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// cookieRules is what a browser's cookie store does in its own way. The zero
// value is what the drafts say.
type cookieRules struct {
	// NoThirdParty ignores cookies that hosts of other sites than the page's
	// set. Names under a suffix that the public suffix list does not know are
	// sites of their own.
	NoThirdParty bool
	// SecureNeedsHTTPS makes no exception for http://localhost from what
	// Secure asks.
	SecureNeedsHTTPS bool
	// SameSiteByURLs lets the hosts of the page's URL and of the request's decide
	// on SameSite, whatever redirects lie between them.
	SameSiteByURLs bool
	// NoneWithoutSecure takes cookies with SameSite=None that lack Secure.
	NoneWithoutSecure bool
}

// secure reports whether cookies with Secure may come from and go to a URL.
func (r cookieRules) secure(u origin.URL) bool {
	if r.SecureNeedsHTTPS {
		return u.Scheme() == "https"
	}
	return u.IsPotentiallyTrustworthy()
}

// refuses says why a cookie may not be stored for a page.
func (r cookieRules) refuses(k *cookie, c cookieContext) error {
	switch {
	case r.NoThirdParty && listedSite(k.domain) != listedSite(c.page.Host()):
		return errors.New("a cookie of a third party")
	case k.sameSite == sameSiteNone && !k.secure && !r.NoneWithoutSecure:
		return errors.New("the attribute SameSite=None without Secure")
	}
	return nil
}

// listedSite returns the registrable domain of a host under a suffix that the
// public suffix list knows, and the host itself otherwise.
func listedSite(host string) string {
	o, err := origin.ParseOrigin("https://" + host)
	if err != nil {
		return host
	}
	if domain, ok := o.RegistrableDomain(); ok && o.HasListedSuffix() {
		return strings.ToLower(domain)
	}
	return host
}

// cookieContext is what a request's cookies depend on besides its URL.
func (b *Browser) cookieContext(req *fetch.Request) cookieContext {
	r := &b.profile.rules
	c := cookieContext{
		now: epoch.Add(b.elapsed), sameSite: r.isSameSiteRequest(req), laxByDefault: r.SameSiteLaxByDefault,
		apart: r.PartitionThirdParties, page: req.Client.URL, rules: r.cookies,
	}
	switch {
	case r.PartitionCookies:
		c.partition = siteOf(req.Client.URL)
	// Firefox: other sites have cookies of their own for each page's site (cookies-partitioned).
	case r.PartitionThirdParties && !r.sameSite(req.Client.TopLevelOrigin, req.CurrentURL().Origin()):
		c.partition = siteOf(req.Client.URL)
	}
	return c
}
