package browser

import "github.com/corsim/corsim/fetch"

// webkitCallEntries are about what the APIs do with the arguments of script.
func webkitCallEntries() []Entry {
	return []Entry{{
		Name:      "streams-refused",
		Standard:  "fetch() can send a ReadableStream. Without the option duplex the call throws.",
		Behaviour: "fetch() with a stream is rejected with NotSupportedError, before it sends anything. The option duplex has no effect.",
		Source:    "Source/WebCore/Modules/fetch/FetchBody.cpp",
		Versions:  "all",
		apply: func(r *rules) {
			r.StreamsRefused = true
			r.beforeSending = r.beforeSending.Insert(refuseStreams, fetch.First())
		},
	}, {
		Name:     "headers-combined",
		Standard: "fetch() keeps several headers with the same name separate. The safelist checks each of them, and each is a line of its own on the wire.",
		Behaviour: "A request has one value for each name. The values are joined with a comma and a space before anything reads them, so two safelisted values " +
			"of Content-Type or Range together are not safelisted.",
		Source:   webkitHeaderMap,
		Versions: "all",
		apply:    func(r *rules) { r.CombineHeaders = true },
	}, {
		Name:      "keepalive-limit-of-page",
		Standard:  "The bodies of all requests of a fetch group that outlive it and are in flight have at most 64 KiB together. A worker has a fetch group of its own.",
		Behaviour: "The requests of a worker and those of its page share the limit.",
		Source:    "Source/WebCore/loader/cache/KeepaliveRequestTracker.cpp; seen in recordings",
		Versions:  "2.50",
		apply:     func(r *rules) { r.KeepaliveLimitOfPage = true },
	}, {
		Name:      "fonts-without-cors",
		Standard:  "Fonts are loaded in mode \"cors\".",
		Behaviour: `Fonts are loaded in mode "no-cors", and are used whatever CORS headers the response has.`,
		Source:    "Source/WebCore/css/CSSFontFaceSrcValue.cpp; webkit.org/b/86817",
		Versions:  "all",
		apply:     func(r *rules) { r.FontsWithoutCORS = true },
	}, {
		Name:      "tracks-without-cors",
		Standard:  "A text track is loaded in mode \"same-origin\", unless its video has the attribute crossorigin.",
		Behaviour: `It is loaded in mode "no-cors", and is used from every server.`,
		Source:    "Source/WebCore/loader/TextTrackLoader.cpp; Source/WebCore/loader/CrossOriginAccessControl.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.TracksWithoutCORS = true },
	}, {
		Name:      "beacon-origin-of-document",
		Standard:  "The Origin header of a beacon from a page with an opaque origin is \"null\".",
		Behaviour: "Without CORS it is the origin of the document's URL, until a redirect taints it. A referrer policy that hides the origin makes it null, too.",
		Source:    "Source/WebCore/loader/cache/CachedResourceRequest.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.BeaconsSendDocumentOrigin = true },
	}, {
		Name:      "beacons-blocked-at-once",
		Standard:  "sendBeacon() returns true for a beacon that will be blocked as mixed content.",
		Behaviour: "It returns false, also for a bad port.",
		Source:    "Source/WebCore/Modules/beacon/NavigatorBeacon.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.BeaconRefusals = []fetch.Reason{fetch.ReasonMixedContent, fetch.ReasonBadPort} },
	}, keepaliveLimitFirst("It is measured after all other checks, and before the preflight.",
		"Source/WebCore/loader/cache/CachedResourceLoader.cpp", fetch.Last()), {
		Name:     "sync-xhr-by-permission",
		Standard: "A document may send synchronous requests, whatever its permissions policy says.",
		Behaviour: "allow=\"sync-xhr 'none'\" of an iframe element forbids them to the document in the frame: send() throws a NetworkError. The header " +
			"Permissions-Policy is not known.",
		Source:   "Source/WebCore/html/PermissionsPolicy.cpp",
		Versions: "2.50",
		apply:    func(r *rules) { r.SyncXHRByElement = true },
	}, {
		Name:     "sync-mixed-content",
		Standard: "send() of a synchronous XMLHttpRequest throws a NetworkError if the URL, or one that a redirect leads to, is mixed content.",
		Behaviour: "It does not throw, and fires no event: the status is 0, as if nothing had been sent. Redirects are followed by the network process, which does not check " +
			"mixed content, so what they lead to is loaded, with the first referrer. The console says nothing of a bad port.",
		Source:   webkitLoader + "; " + webkitResourceLoader,
		Versions: "2.50",
		apply:    func(r *rules) { r.SyncMixedContentIgnored = true },
	}, {
		Name:      "sync-types-without-server",
		Standard:  "A document cannot set the response type of a synchronous XMLHttpRequest: that throws an InvalidAccessError.",
		Behaviour: "It can if the URL is not an HTTP(S) URL, such as a data: URL.",
		Source:    "Source/WebCore/xml/XMLHttpRequest.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.SyncTypesWithoutServer = true },
	}, {
		Name:      "xhr-blob-bad-type-dropped",
		Standard:  "The type of a Blob becomes the Content-Type of an XMLHttpRequest, whatever it is.",
		Behaviour: "A type that is no MIME type is not sent, and causes no preflight. fetch() sends it.",
		Source:    "Source/WebCore/xml/XMLHttpRequest.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.IsXHRBlobType = isMIMEType },
	}, {
		Name:      "empty-html-document",
		Standard:  "An XMLHttpRequest for a document gets null of a response without a body, such as one with status 304 or one to HEAD.",
		Behaviour: "If its type is text/html, it gets an empty document.",
		Source:    "Source/WebCore/xml/XMLHttpRequest.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.MakesDocumentOfNothing = func(string) bool { return true } },
	}, {
		Name:      "sync-upload-listener",
		Standard:  "A listener on an XMLHttpRequest's upload forces a preflight, also if the request is synchronous.",
		Behaviour: "A synchronous request is not preflighted for it.",
		Source:    "Source/WebCore/xml/XMLHttpRequest.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.SyncIgnoresUploadListener = true },
	}, {
		Name:      "xhr-params-always-typed",
		Standard:  "An XMLHttpRequest with the method GET or HEAD has no body, and so no Content-Type of one.",
		Behaviour: "With URLSearchParams it has their type. Elsewhere nothing is sent of a body.",
		Source:    "Source/WebCore/xml/XMLHttpRequest.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.XHRParamsAlwaysTyped = true },
	}}
}

// isMIMEType reports whether a text is a MIME type.
func isMIMEType(text string) bool {
	_, ok := fetch.ParseMIMEType(text)
	return ok
}
