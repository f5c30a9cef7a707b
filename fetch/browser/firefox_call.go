package browser

import "github.com/corsim/corsim/fetch"

// firefoxCallEntries are about what the APIs do with the arguments of script.
func firefoxCallEntries() []Entry {
	return []Entry{{
		Name:     "streams-as-text",
		Standard: "fetch() can send a ReadableStream. That needs the option duplex, and a preflight if the URL has another origin.",
		Behaviour: `fetch() knows no streams as bodies: it sends the text "[object ReadableStream]" with the type text/plain;charset=UTF-8, which needs no ` +
			"preflight. The option duplex has no effect.",
		Source:   "dom/webidl/Fetch.webidl",
		Versions: "all",
		apply:    func(r *rules) { r.StreamsAsText = true },
	}, {
		Name:     "xhr-type-of-script-needs-preflight",
		Standard: "send() changes the charset of the Content-Type that script set to UTF-8. The changed value decides whether a preflight asks for it.",
		Behaviour: "The value that script set decides. Two values that are joined by a comma need a preflight, although the changed value, which has only the " +
			"first of them, would need none.",
		Source:   "dom/xhr/XMLHttpRequestMainThread.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.PreflightByTypeOfScript = true },
	}, {
		Name:      "empty-html-document",
		Standard:  "An XMLHttpRequest for a document gets null of a response without a body, such as one with status 304 or one to HEAD.",
		Behaviour: "If its type is text/html, it gets an empty document. Of a response to HEAD it gets null.",
		Source:    "dom/xhr/XMLHttpRequestMainThread.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.MakesDocumentOfNothing = func(method string) bool { return method != "HEAD" } },
	}, {
		Name:      "empty-fragments-dropped",
		Standard:  "A URL that ends in # has an empty fragment. It is part of the key of the CORS-preflight cache.",
		Behaviour: "If script gives such a URL, it has no fragment, there and in messages. The Location of a redirect keeps it.",
		Source:    "netwerk/base/nsStandardURL.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.EmptyFragmentsDropped = true },
	}, {
		Name:      "beacons-blocked-at-once",
		Standard:  "sendBeacon() returns true for every beacon that is not too large, whatever happens to it.",
		Behaviour: "It returns false if the browser does not send the beacon: for mixed content, for bad ports, and if a content security policy does not allow it.",
		Source:    "dom/base/Navigator.cpp",
		Versions:  "all",
		apply: func(r *rules) {
			r.BeaconRefusals = []fetch.Reason{fetch.ReasonMixedContent, fetch.ReasonBadPort, fetch.ReasonCSP}
		},
	}, {
		Name:      "keepalive-limit-of-each",
		Standard:  "The bodies of all requests of a document that outlive it and are in flight have at most 64 KiB together.",
		Behaviour: "Each may have 64 KiB.",
		Source:    "dom/fetch/Fetch.cpp; seen in recordings",
		Versions:  "all",
		apply:     func(r *rules) { r.KeepaliveLimitOfEach = true },
	}, {
		Name:      "beacons-of-any-size",
		Standard:  "sendBeacon() returns false, and sends nothing, if the data has more than 64 KiB.",
		Behaviour: "It sends any amount of data. The limit holds for fetch() with keepalive.",
		Source:    "dom/base/Navigator.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.BeaconsOfAnySize = true },
	}, {
		Name:      "media-range",
		Standard:  "The standard does not say how an audio or video element requests its resource.",
		Behaviour: "It requests a range from the first byte.",
		Source:    "dom/media/ChannelMediaResource.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.MediaRange = true },
	}, {
		Name:      "data-url-length",
		Standard:  "The response to a data: URL has one header, Content-Type.",
		Behaviour: "fetch() also sees Content-Length.",
		Source:    "dom/fetch/FetchDriver.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.DataURLContentLength = true },
	}}
}
