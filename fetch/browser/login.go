package browser

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// Login is a user name and a password that the browser remembers for the pages of one site:
// the user has answered the question of a server that asked with the scheme Basic.
// https://fetch.spec.whatwg.org/#authentication-entry
type Login struct {
	// URL is where the server asked. The login is also sent with what is in the same folder
	// or deeper.
	URL            origin.URL
	User, Password string
}

// WithLogins gives the browser logins that it remembers. Requests with credentials carry
// them without a question of the server. Browsers keep logins by the site of the page in
// which the user logged in; these are those of the page that makes the call.
func WithLogins(logins []Login) Option {
	return func(b *Browser) { b.logins = logins }
}

// covers reports whether a login is sent with a request to a URL, without a question.
// https://www.rfc-editor.org/rfc/rfc7617#section-2.2
func (l *Login) covers(u origin.URL) bool {
	folder := l.URL.Path()[:strings.LastIndexByte(l.URL.Path(), '/')+1]
	return l.URL.SameOrigin(u) && strings.HasPrefix(u.Path(), folder)
}

// rememberedLogin returns the login that the browser remembers for a request; nil if it
// remembers none.
func (f *fetcher) rememberedLogin(req *fetch.Request) *Login {
	logins := f.env.browser.logins
	for i := range logins {
		if u := req.CurrentURL(); logins[i].covers(u) && !(req.UseURLCredentials && u.HasCredentials()) {
			return &logins[i]
		}
	}
	return nil
}

// appendLogin appends the Authorization header of a login that the browser remembers,
// unless script has set one.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func (f *fetcher) appendLogin(header *fetch.HeaderList, req *fetch.Request) {
	if len(f.env.browser.logins) == 0 || header.Contains("Authorization") {
		return
	}
	if l := f.rememberedLogin(req); l != nil {
		header.Append("Authorization", basic(l.User, l.Password))
	}
}
