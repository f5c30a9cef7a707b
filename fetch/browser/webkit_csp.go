package browser

import "github.com/corsim/corsim/fetch"

// webkitCSPFile is the file of WebKit's source about content security policies.
const webkitCSPFile = "Source/WebCore/page/csp/ContentSecurityPolicy.cpp"

// webkitCSPEntries are about content security policies.
func webkitCSPEntries() []Entry {
	return []Entry{{
		Name: "csp-in-order", Standard: cspOrderStandard,
		Behaviour: "All are checked in the order of the headers. fetch(), XMLHttpRequest, EventSource, sendBeacon(), audio and video check their URL themselves, and " +
			"then the loader does, so what is only reported is reported twice.",
		Source: webkitCSPFile, Versions: "all",
		apply: func(r *rules) {
			cspInOrder(r)
			calls := cspOfCalls(APIFetch, APIXHR, APIEventSource, APIBeacon)
			r.beforeSending = r.beforeSending.Move("csp-upgrade", fetch.First()).Insert(calls, fetch.After("csp-upgrade"))
		},
	}, {
		Name:      "csp-event-sources-throw",
		Standard:  "An event source that a policy blocks fires an error event.",
		Behaviour: "new EventSource() throws a SecurityError.",
		Source:    "Source/WebCore/page/EventSource.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.EventSourceThrowsOnCSP = true },
	}, {
		Name:      "csp-star-without-port",
		Standard:  "The source *:* matches every host and port with the scheme of the page.",
		Behaviour: "It matches nothing.",
		Source:    "Source/WebCore/page/csp/ContentSecurityPolicySourceList.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.csp.StarNeedsNoPort = true },
	}, {
		Name:      "csp-upgrades-localhost",
		Standard:  "upgrade-insecure-requests does not upgrade http://localhost and loopback addresses, which are potentially trustworthy.",
		Behaviour: "It upgrades them like any other host.",
		Source:    webkitCSPFile,
		Versions:  "all",
		apply:     func(r *rules) { r.csp.UpgradeLocalhost = true },
	}}
}
