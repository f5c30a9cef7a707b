package browser

import "github.com/corsim/corsim/fetch"

// webkitCSPFile is the file of WebKit's source about content security policies.
const webkitCSPFile = "Source/WebCore/page/csp/ContentSecurityPolicy.cpp"

// webkitCSPEntries are about content security policies.
func webkitCSPEntries() []Entry {
	return []Entry{cspPathsDecodedWhole("Source/WebCore/page/csp/ContentSecurityPolicySource.cpp; seen in recordings"), {
		Name: "csp-in-order", Standard: cspOrderStandard,
		Behaviour: "All are checked in the order of the headers. fetch(), XMLHttpRequest, EventSource, sendBeacon(), audio, video and text tracks check their URL themselves, and " +
			"then the loader does, so what is only reported is reported twice. sendBeacon() and text tracks check before upgrade-insecure-requests changes the URL; a WebSocket is " +
			"checked before mixed content is and before the subprotocols are.",
		Source: webkitCSPFile + "; Source/WebCore/Modules/beacon/NavigatorBeacon.cpp; Source/WebCore/html/HTMLTrackElement.cpp", Versions: "all",
		apply: func(r *rules) {
			cspInOrder(r)
			r.PoliciesBeforeProtocols = true
			calls, beacons := cspOfCalls("csp-of-calls", callsAndMedia(APIFetch, APIXHR, APIEventSource)), cspOfCalls("csp-of-beacons", isBeaconOrTrack)
			r.beforeSending = r.beforeSending.Move("csp-upgrade", fetch.First()).Insert(calls, fetch.After("csp-upgrade")).
				Insert(protocolsOfSockets, fetch.After("csp-upgrade")).Insert(cspOfSockets, fetch.After("csp-upgrade")).Change("csp", notForSockets).Insert(beacons, fetch.First())
		},
	}, {
		Name:      "csp-before-mixed-content",
		Standard:  "A request is checked for mixed content, and then against the policies.",
		Behaviour: "For elements, and after redirects of fetch(), XMLHttpRequest, EventSource and beacons, the policies come first. If both block a request, the console names the policy.",
		Source:    "Source/WebCore/loader/cache/CachedResourceLoader.cpp; Source/WebKit/NetworkProcess/NetworkLoadChecker.cpp",
		Versions:  "2.50",
		apply: func(r *rules) {
			r.beforeSending = r.beforeSending.Insert(cspBeforeMixedContent, fetch.After("upgrade")).Change("csp", notIfChecked)
		},
	}, {
		Name:      "csp-upgraded-event-sources-use-cors",
		Standard:  "After upgrade-insecure-requests has changed http to https, the URL decides whether a request goes to another origin.",
		Behaviour: "For an event source the http URL decides: to an https page it has another origin, so the request has an Origin header and a CORS check.",
		Source:    "Source/WebCore/loader/DocumentThreadableLoader.cpp",
		Versions:  "2.50",
		apply:     func(r *rules) { r.UpgradedEventSourcesCrossOrigin = true },
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
		Name:      "csp-strict-dynamic-alone",
		Standard:  "'strict-dynamic' in default-src is about scripts. For other requests the sources beside it count.",
		Behaviour: "Of them only the asterisk does, whatever the request is. 'self', hosts and schemes match nothing.",
		Source:    "Source/WebCore/page/csp/ContentSecurityPolicySourceList.cpp",
		Versions:  "2.50",
		apply:     func(r *rules) { r.csp.StrictDynamicAlone = true },
	}, {
		Name:      "csp-self-of-opaque-documents",
		Standard:  "In a document with an opaque origin, 'self' stands for the origin that the document would have without its sandbox.",
		Behaviour: "It matches every URL.",
		Source:    "Source/WebCore/page/csp/ContentSecurityPolicySourceList.cpp",
		Versions:  "2.50",
		apply:     func(r *rules) { r.csp.OpaquePagesMatchSelf = true },
	}, {
		Name:      "csp-upgrades-spare-redirected-frames",
		Standard:  "upgrade-insecure-requests upgrades the targets of redirects too.",
		Behaviour: "Not those of frames and forms, which are then blocked as mixed content.",
		Source:    webkitCSPFile,
		Versions:  "2.50",
		apply:     func(r *rules) { r.UpgradesSpareRedirectedFrames = true },
	}, {
		Name:      "reported-ancestors-ignored",
		Standard:  "The directive frame-ancestors of a policy that is only reported is checked, and what it does not allow is reported.",
		Behaviour: "It is ignored, with a line on the console.",
		Source:    "Source/WebCore/page/csp/ContentSecurityPolicyDirectiveList.cpp",
		Versions:  "2.50",
		apply:     func(r *rules) { r.csp.ReportNoAncestors = true },
	}, {
		Name:      "csp-upgrades-localhost",
		Standard:  "upgrade-insecure-requests does not upgrade http://localhost and loopback addresses, which are potentially trustworthy.",
		Behaviour: "It upgrades them like any other host.",
		Source:    webkitCSPFile,
		Versions:  "all",
		apply:     func(r *rules) { r.csp.UpgradeLocalhost = true },
	}}
}
