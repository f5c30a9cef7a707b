package browser

import (
	"github.com/corsim/corsim/fetch"
)

// webkitRedirectEntries are about redirects.
func webkitRedirectEntries() []Entry {
	return []Entry{{
		Name:     "headers-again-after-redirects",
		Standard: "Headers that describe a body are gone for good when a redirect drops the body.",
		Behaviour: "Under CORS the next redirect brings them back: each starts from the headers that script gave, but for Authorization. " +
			"Otherwise Content-Type alone comes back with a status of 307 or 308, unless it got lost where a request other than a beacon first left the page's origin.",
		Source:   webkitLoadChecker,
		Versions: "all",
		apply:    func(r *rules) { r.HeadersAgainAfterRedirects = true },
	}, {
		Name:      "redirect-checked-after-preflight",
		Standard:  "Mixed content is blocked before a preflight is sent.",
		Behaviour: "The network process follows a redirect, with its preflight, and only then asks the page's process, which knows about mixed content.",
		Source:    webkitResourceLoader,
		Versions:  "all",
		apply: func(r *rules) {
			r.beforeSending = r.beforeSending.Change("bad-port", lateAfterRedirect).Change("mixed-content", lateAfterRedirect)
			r.onRedirect = r.onRedirect.Change("credentials", lateBeforeCORS)
		},
	}, {
		Name:     "redirect-checked-with-credentials",
		Standard: "In credentials mode \"same-origin\" a redirect from another origin is shared without credentials.",
		Behaviour: "Where the first URL was of the page's origin, the page's process checks every later redirect as if credentials had been sent: an asterisk or " +
			"a missing Access-Control-Allow-Credentials fails, although the last response passes without.",
		Source:   webkitResourceLoader,
		Versions: "all",
		apply:    func(r *rules) { r.onRedirect = r.onRedirect.Insert(sharedWithCredentials, fetch.Last()) },
	}}
}
