package browser

// chromiumCallEntries are about what the APIs do with what script gives them.
func chromiumCallEntries() []Entry {
	return []Entry{{
		Name:      "user-agent-forbidden",
		Standard:  "Script may set the User-Agent header.",
		Behaviour: "It may not: the header is dropped as the forbidden ones are.",
		Source:    "third_party/blink/renderer/platform/loader/cors/cors.cc; crbug.com/571722",
		Versions:  "all",
		apply:     func(r *rules) { r.ForbiddenHeaders = []string{"user-agent"} },
	}, {
		Name:     "headers-combined",
		Standard: "fetch() keeps several headers of one name apart; each is judged by the safelist for itself and goes over the wire as its own line.",
		Behaviour: "A request holds one value a name: they are joined with comma and space before anything looks at them, so that two " +
			"safelisted values of Content-Type or Range make one that is not.",
		Source:   blinkHeaders,
		Versions: "all",
		apply:    func(r *rules) { r.CombineHeaders = true },
	}, {
		Name:     "header-order-of-a-hash-table",
		Standard: "Header names are compared with Access-Control-Allow-Headers in alphabetical order; the first that is missing is to blame.",
		Behaviour: "They are compared in the order of the hash table that holds a request's headers, which depends on all names in it and on no " +
			"random seed; it shows in which header the message names.",
		Source:   blinkHeaders + "; third_party/blink/renderer/platform/wtf/text/case_folding_hash.h",
		Versions: "since 128, when the hash function became rapidhash",
		apply: func(r *rules) {
			r.OrderHeaders = chromiumHeaderOrder
			r.preflight.HeadersInOrder = true
		},
	}, {
		Name:      "media-range",
		Standard:  "Elements for audio and video may ask for parts of a resource.",
		Behaviour: "The first request asks for the whole with Range: bytes=0-.",
		Source:    "third_party/blink/renderer/platform/media/resource_multi_buffer_data_provider.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.MediaRange = true },
	}, {
		Name:      "upload-listener-needs-body",
		Standard:  "A listener on an XMLHttpRequest's upload forces a preflight.",
		Behaviour: "It does so only where the request has a body.",
		Source:    "third_party/blink/renderer/core/xmlhttprequest/xml_http_request.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.UploadListenerNeedsBody = true },
	}, {
		Name:      "beacon-bad-type-dropped",
		Standard:  "The type of a beacon's Blob is its Content-Type, which needs a preflight when it is not safelisted.",
		Behaviour: "What is no MIME type in all its parts, such as one with a parameter that has no value, is no type: the beacon goes without one, in mode no-cors.",
		Source:    "third_party/blink/renderer/core/loader/beacon_data.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.BeaconType = isWholeMIMEType },
	}}
}
