package browser

import (
	"github.com/corsim/corsim/fetch"
)

// webkitRedirectEntries are about redirects.
func webkitRedirectEntries() []Entry {
	return []Entry{{
		Name:     "headers-again-after-redirects",
		Standard: "When a redirect drops the body, the headers that describe the body stay removed.",
		Behaviour: "With CORS the next redirect restores them: each redirect starts from the headers that script set, except Authorization. Without CORS only " +
			"Content-Type is restored, by a redirect with status 307 or 308, unless it was removed when a request other than a beacon first left the " +
			"page's origin.",
		Source:   webkitLoadChecker,
		Versions: "all",
		apply:    func(r *rules) { r.RestoreHeadersWithCORS = true },
	}, {
		Name:      "redirect-checked-after-preflight",
		Standard:  "Mixed content is blocked before a preflight is sent.",
		Behaviour: "The network process follows a redirect, with its preflight. Only then does it ask the page's process, which checks mixed content.",
		Source:    webkitResourceLoader,
		Versions:  "all",
		apply: func(r *rules) {
			r.beforeSending = r.beforeSending.Change("bad-port", deferAfterRedirect).Change("mixed-content", deferAfterRedirect)
			r.onRedirect = r.onRedirect.Change("credentials", deferWithoutCORS)
		},
	}, {
		Name:     "redirect-checked-with-credentials",
		Standard: `In credentials mode "same-origin", the response after a redirect from another origin is checked without credentials.`,
		Behaviour: "If the first URL had the page's origin, the page's process checks every later redirect as if credentials had been sent. An asterisk, or a " +
			"missing Access-Control-Allow-Credentials, then fails, although the last response needs neither.",
		Source:   webkitResourceLoader,
		Versions: "all",
		apply:    func(r *rules) { r.onRedirect = r.onRedirect.Insert(corsWithCredentials, fetch.Last()) },
	}}
}
