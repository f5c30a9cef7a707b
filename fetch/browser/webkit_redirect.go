package browser

import "github.com/corsim/corsim/fetch"

const (
	webkitResourceLoader = "Source/WebCore/loader/SubresourceLoader.cpp"
	webkitHeaderMap      = "Source/WebCore/platform/network/HTTPHeaderMap.cpp"
)

// webkitRedirectEntries are about redirects.
func webkitRedirectEntries() []Entry {
	return []Entry{{
		Name:     "preflight-again-after-redirects",
		Standard: "After a redirect a request is looked at anew: its method and the headers that are left decide on a preflight and are asked for.",
		Behaviour: "Once a request was preflighted it is again after each redirect, and every preflight after a redirect asks for the headers that " +
			"script gave, also for those that the redirect has removed.",
		Source:   webkitLoadChecker,
		Versions: "all",
		apply:    func(r *rules) { r.PreflightAgainAfterRedirects = true },
	}, {
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
	}, {
		Name:      "origin-stays-in-redirects",
		Standard:  "A request that a redirect turns into GET has no Origin header any more, unless CORS is in play.",
		Behaviour: "A redirect to the same origin leaves the header as it was.",
		Source:    "Source/WebCore/platform/network/ResourceRequestBase.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.OriginStaysInRedirects = true },
	}, {
		Name:      "redirects-strip-metadata",
		Standard:  "Every request to a trustworthy URL has Sec-Fetch-* headers.",
		Behaviour: "Under CORS a redirect to another origin takes them away, together with what the network layer has added.",
		Source:    webkitAccessControl,
		Versions:  "all",
		apply:     func(r *rules) { r.RedirectsStripMetadata = true },
	}, {
		Name:     "preflight-metadata",
		Standard: "A preflight has the Referer and the Sec-Fetch-* headers of the request that it asks for.",
		Behaviour: "It is made by the network process: Referer is that of the request before any redirect, Sec-Fetch-* are sent if that request had them, and " +
			"Sec-Fetch-Site compares the preflight's own URL with an origin that a tainting redirect has made a new one.",
		Source:   webkitAccessControl,
		Versions: "all",
		apply: func(r *rules) {
			r.PreflightsOfFirstHop = true
			r.PreflightForgetsRedirects = true
		},
	}}
}
