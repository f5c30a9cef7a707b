package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/cookie"
)

// appendCookies appends the Cookie header.
// https://fetch.spec.whatwg.org/#append-a-request-cookie-header
func (f *fetcher) appendCookies(header *fetch.HeaderList, req *fetch.Request) {
	if value := f.env.browser.cookieHeader(req); value != "" {
		header.Append("Cookie", value)
	}
}

// storeCookies stores the cookies that a response sets.
// https://fetch.spec.whatwg.org/#parse-and-store-response-set-cookie-headers
func (f *fetcher) storeCookies(req *fetch.Request, x *Exchange) {
	values := x.Response.Header.Values("Set-Cookie")
	switch {
	case len(values) == 0:
	case x.Kind == ExchangePreflight:
		x.IgnoredCookies = ignored(values, "browsers keep no cookies of answers to preflights")
	case f.rules().ignoresSocketCookies(req, x.Response.Status) != "":
		x.IgnoredCookies = ignored(values, f.rules().ignoresSocketCookies(req, x.Response.Status))
	case !f.rules().includesCredentials(req):
		x.IgnoredCookies = ignored(values, withoutCredentials)
	default:
		b := f.env.browser
		b.mu.Lock()
		defer b.mu.Unlock()
		x.IgnoredCookies = b.cookies.SetAll(req.CurrentURL(), values, b.cookieContext(req))
	}
}

// withoutCredentials is why a request has no cookies.
const withoutCredentials = "the request is made without credentials"

// ignored returns cookies that are all ignored for one reason.
func ignored(values []string, why string) []cookie.Refusal {
	out := make([]cookie.Refusal, len(values))
	for i, value := range values {
		out[i] = cookie.Refusal{Name: cookie.NameOf(value), Why: why}
	}
	return out
}

// withheldCookies returns the cookies of a request's URL that it does not carry.
func (b *Browser) withheldCookies(req *fetch.Request) []cookie.Refusal {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.cookies.IsEmpty() {
		return nil
	}
	u, c := req.CurrentURL(), b.cookieContext(req)
	if b.profile.rules.includesCredentials(req) {
		return b.cookies.Withheld(u, c)
	}
	var out []cookie.Refusal
	for _, name := range b.cookies.Names(u, c) {
		out = append(out, cookie.Refusal{Name: name, Why: withoutCredentials})
	}
	return out
}

// cookieHeader returns the value of the Cookie header that a request with
// credentials now has; "" means no header.
func (b *Browser) cookieHeader(req *fetch.Request) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.cookies.IsEmpty() {
		return ""
	}
	return b.cookies.Header(req.CurrentURL(), b.cookieContext(req))
}

// cookieContext returns the facts that decide about a request's cookies
// besides its URL.
func (b *Browser) cookieContext(req *fetch.Request) cookie.Context {
	return b.profile.rules.cookies.ContextOf(req, b.now())
}
