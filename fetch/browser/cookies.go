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
func (f *fetcher) storeCookies(req *fetch.Request, header fetch.HeaderList) {
	values := header.Values("Set-Cookie")
	if len(values) == 0 {
		return
	}
	b := f.env.browser
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cookies.SetAll(req.CurrentURL(), values, b.cookieContext(req))
}

// cookieHeader returns the value of the Cookie header that a request with
// credentials now has; "" is no header.
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
