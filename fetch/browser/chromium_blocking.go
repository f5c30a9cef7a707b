package browser

import (
	"github.com/corsim/corsim/fetch"
)

// chromiumBlockingEntries are about what is blocked before anything is sent.
func chromiumBlockingEntries() []Entry {
	return []Entry{{
		Name:     "url-credentials-blocked",
		Standard: "A URL with a user name or password is refused by fetch() alone, and in redirects under CORS.",
		Behaviour: "Subresources from such URLs are blocked, in redirects too, unless the page itself came from there with the same user " +
			"name. XMLHttpRequest may; elements that use CORS drop the user name and go on.",
		Source:   blinkFrame,
		Versions: "since 59",
		apply: func(r *rules) {
			r.CORSElementsDropURLCredentials = true
			r.beforeSending = r.beforeSending.Insert(check{name: "url-credentials", run: checkURLCredentials}, fetch.Before("bad-port"))
		},
	}, {
		Name: "mixed-content-https-pages-only",
		Standard: "A page whose origin is potentially trustworthy, http://localhost among them, may not load from insecure URLs; " +
			"a sandboxed page is not trustworthy.",
		Behaviour: "The pages that came over https are restricted, sandboxed ones too, and no others. What fetch() refuses for its modes is refused before, " +
			"which no recording shows.",
		Source:   "third_party/blink/renderer/core/loader/mixed_content_checker.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.mixedContent.HTTPSPagesOnly = true
			r.beforeSending = r.beforeSending.Insert(fetchModes, fetch.First())
		},
	}, {
		Name:     "ports-last",
		Standard: "Bad ports and mixed content are blocked in one step, before a preflight.",
		Behaviour: "The network layer refuses a bad port when a request or its preflight is about to be sent, so that mixed content is what is " +
			"reported where it is both, and a preflight fails where one is needed.",
		Source:   netRequestJob,
		Versions: "all",
		apply:    portsLast,
	}}
}
