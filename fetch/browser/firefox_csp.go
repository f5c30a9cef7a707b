package browser

import "github.com/corsim/corsim/fetch"

// firefoxCSPFile is the file of Firefox's source about content security policies.
const firefoxCSPFile = "dom/security/nsCSPUtils.cpp"

// firefoxCSPEntries are about content security policies.
func firefoxCSPEntries() []Entry {
	return []Entry{cspSocketSchemes(firefoxCSPFile), cspPathsDecodedWhole(firefoxCSPFile + "; seen in recordings"), {
		Name:      "csp-paths-strict",
		Standard:  "The path of a source is compared, whatever it looks like.",
		Behaviour: "A source whose path begins with two slashes, or has a percent sign that encodes nothing, is malformed, and matches nothing.",
		Source:    "dom/security/nsCSPParser.cpp; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.csp.StrictPaths = true },
	}, {
		Name: "csp-in-order", Standard: cspOrderStandard,
		Behaviour: "All are checked in the order of the headers, so what is only reported comes last.",
		Source:    "dom/security/nsCSPContext.cpp", Versions: "all",
		apply: cspInOrder,
	}, {
		Name:      "csp-upgrades-match-secure-sources",
		Standard:  "A source for https does not match an http URL. upgrade-insecure-requests does not upgrade http://localhost, so connect-src https: blocks it.",
		Behaviour: "In a policy with upgrade-insecure-requests sources for https match http URLs as well, because the URL is upgraded after the check.",
		Source:    firefoxCSPFile,
		Versions:  "all",
		apply:     func(r *rules) { r.csp.UpgradesMatchSecure = true },
	}, {
		Name:     "csp-before-mixed-content",
		Standard: "A request is checked for mixed content, and then against the policies.",
		Behaviour: "The policies come first, but for WebSockets. If both block a request, the console names the policy. After a redirect they come before an " +
			"image, audio or video is upgraded to https.",
		Source:   "dom/security/nsContentSecurityManager.cpp",
		Versions: "all",
		apply: func(r *rules) {
			r.beforeSending = r.beforeSending.Insert(mixedContentOfSockets, fetch.Before("mixed-content")).Move("csp", fetch.Before("mixed-content")).
				Insert(cspOfRedirects, fetch.Before("upgrade")).Change("csp", notForRedirects)
		},
	}, {
		Name:      "form-action-throws",
		Standard:  "A form that form-action does not allow is not sent, and nothing else happens.",
		Behaviour: "form.submit() throws an exception.",
		Source:    "dom/html/HTMLFormElement.cpp",
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.FormActionThrows = true },
	}, {
		Name:      "ancestors-without-paths",
		Standard:  "A source of frame-ancestors with a path matches no document, because only the origins of documents are compared.",
		Behaviour: "The path does not count.",
		Source:    "dom/security/nsCSPParser.cpp",
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.csp.AncestorsHaveNoPath = true },
	}, {
		Name:      "every-ancestor-reported",
		Standard:  "The first document around a frame that frame-ancestors does not allow is a violation.",
		Behaviour: "Each of them is one, so the console names the policy several times.",
		Source:    "dom/security/nsCSPContext.cpp",
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.csp.EveryAncestor = true },
	}, {
		Name:      "csp-upgrades-spare-workers",
		Standard:  "upgrade-insecure-requests in the policy of a worker upgrades its requests.",
		Behaviour: "It does not: the requests are blocked as mixed content. It upgrades the worker's script: in an http page, no worker starts.",
		Source:    "netwerk/base/LoadInfo.cpp",
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.UpgradesSpareWorkers = true },
	}, {
		Name:     "csp-upgrades-are-redirects",
		Standard: "A request that upgrade-insecure-requests upgraded is not redirected.",
		Behaviour: "The upgrade is a redirect within the browser: the response says that it was redirected. What policies only report is also checked with the http URL, " +
			"a POST request without CORS has the origin that the referrer policy lets the http URL see, and a request that comes back to the page's own origin " +
			"needs no preflight. A redirect from one foreign origin to another makes Origin null, also if the upgrade makes the two equal.",
		Source:   "netwerk/protocol/http/nsHttpChannel.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.UpgradesAreRedirects = true },
	}}
}
