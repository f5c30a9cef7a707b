package browser

import (
	"slices"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// sameSite is a cookie's SameSite attribute.
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html
type sameSite uint8

const (
	sameSiteUnset sameSite = iota
	sameSiteNone
	sameSiteLax
	sameSiteStrict
)

// cookie is one cookie of a store.
type cookie struct {
	name, value  string
	domain       string // lower-case, without a leading dot
	hostOnly     bool
	path         string
	secure       bool
	httpOnly     bool
	sameSite     sameSite
	partition    string // the site of the page that a partitioned cookie belongs to
	partitioned  bool   // the attribute Partitioned was given
	creationRank int
	gone         bool // while a response is read: another has taken it away
	expiry
}

// expiry is when a cookie ends; the zero value is with the session.
type expiry struct {
	persistent bool
	expires    time.Time // with persistent
}

// cookieContext is what the rules for a cookie depend on besides its URL.
type cookieContext struct {
	now time.Time
	// sameSite reports whether the request that the cookie comes or goes with
	// stays on the page's site, so that Lax and Strict cookies take part.
	sameSite bool
	// laxByDefault takes cookies without SameSite for Lax ones.
	laxByDefault bool
	// partition is the site of the page; "" where cookies are not partitioned.
	// apart says that the partition holds all cookies and not only those that
	// ask for it.
	partition string
	apart     bool
	// page is the URL of the page.
	page  origin.URL
	rules cookieRules
}

// cookieStore holds cookies. The zero value is empty.
type cookieStore struct {
	cookies []cookie
	rank    int
}

// appendCookies appends the Cookie header.
// https://fetch.spec.whatwg.org/#append-a-request-cookie-header
func (f *fetcher) appendCookies(header *fetch.HeaderList, req *fetch.Request) {
	b := f.page.browser
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.cookies.cookies) == 0 {
		return
	}
	value := b.cookies.header(req.CurrentURL(), b.cookieContext(req))
	if value != "" {
		header.Append("Cookie", value)
	}
}

// storeCookies stores the cookies that a response sets. What a browser would
// refuse is dropped, as a browser does.
// https://fetch.spec.whatwg.org/#parse-and-store-response-set-cookie-headers
func (f *fetcher) storeCookies(req *fetch.Request, header fetch.HeaderList) {
	lines := header.Values("Set-Cookie")
	if len(lines) == 0 {
		return
	}
	b := f.page.browser
	b.mu.Lock()
	defer b.mu.Unlock()
	w, c := b.cookies.write(len(lines)), b.cookieContext(req)
	for _, line := range lines {
		_ = w.store(req.CurrentURL(), line, c)
	}
	b.cookies = w.done()
}

// siteOf is the site that partitioned cookies of a page belong to.
func siteOf(u origin.URL) string { return u.Origin().Site() }

// isSameSiteRequest reports whether a request's same-site mode is
// "strict-or-less": it goes to its page's own site and redirects have not led
// it across sites.
// https://fetch.spec.whatwg.org/#determine-the-same-site-mode
func (r *rules) isSameSiteRequest(req *fetch.Request) bool {
	// WebKit: the page's URL and the last one of the request decide (same-site-by-urls).
	if r.cookies.SameSiteByURLs {
		from, to := req.Client.URL.Origin(), req.CurrentURL().Origin()
		if req.Client.Origin.IsOpaque() {
			return from.Host() == to.Host()
		}
		return origin.SchemelesslySameSite(from, to)
	}
	if !r.sameSite(req.Client.TopLevelOrigin, req.Origin) || !r.sameSite(req.Origin, req.CurrentURL().Origin()) {
		return false
	}
	if r.SchemelessSites {
		return !slices.ContainsFunc(req.URLList, func(u origin.URL) bool { return !r.sameSite(req.Origin, u.Origin()) })
	}
	return req.RedirectTaint() != fetch.TaintCrossSite
}

// sameSite reports whether two origins are of one site for cookies.
func (r *rules) sameSite(a, b origin.Origin) bool {
	// Firefox: http and https are one site (cookies-schemeless).
	if r.SchemelessSites {
		return origin.SchemelesslySameSite(a, b)
	}
	return origin.SameSite(a, b)
}

// header returns the value of the Cookie header for a URL; "" is no header.
func (s *cookieStore) header(u origin.URL, c cookieContext) string {
	var matching []*cookie
	for i := range s.cookies {
		if k := &s.cookies[i]; k.matches(u, c) {
			matching = append(matching, k)
		}
	}
	slices.SortStableFunc(matching, func(a, b *cookie) int {
		if d := len(b.path) - len(a.path); d != 0 {
			return d
		}
		return a.creationRank - b.creationRank
	})
	var value strings.Builder
	for i, k := range matching {
		if i > 0 {
			value.WriteString("; ")
		}
		if k.name != "" {
			value.WriteString(k.name + "=")
		}
		value.WriteString(k.value)
	}
	return value.String()
}

// matches reports whether a cookie goes with a request.
func (k *cookie) matches(u origin.URL, c cookieContext) bool {
	if k.persistent && !c.now.Before(k.expires) {
		return false
	}
	if k.hostOnly && u.Host() != k.domain || !k.hostOnly && !domainMatch(u, k.domain) {
		return false
	}
	if !pathMatch(u.Path(), k.path) || k.secure && !c.rules.secure(u) {
		return false
	}
	// Chromium: cookies with Partitioned stay with the site of their page (cookies-partitioned).
	if (k.partition != "" || c.apart) && k.partition != c.partition {
		return false
	}
	// Chromium: without SameSite they are Lax (cookies-lax-by-default).
	return c.sameSite || k.sameSite == sameSiteNone || k.sameSite == sameSiteUnset && !c.laxByDefault
}

// domainMatch reports whether a URL's host is a domain or below it.
func domainMatch(u origin.URL, domain string) bool {
	host := u.Host()
	if host == domain {
		return true
	}
	return strings.HasSuffix(host, "."+domain) && !u.HasIPAddress()
}

// pathMatch reports whether a path is a cookie's path or below it.
func pathMatch(path, cookiePath string) bool {
	if !strings.HasPrefix(path, cookiePath) {
		return false
	}
	return len(path) == len(cookiePath) || strings.HasSuffix(cookiePath, "/") || path[len(cookiePath)] == '/'
}
