package browser

import "github.com/corsim/corsim/fetch"

// chromiumCallEntries are about what the APIs do with the arguments of script.
func chromiumCallEntries() []Entry {
	return []Entry{{
		Name:     "sync-xhr-by-permission",
		Standard: "A document may send synchronous requests, whatever its permissions policy says.",
		Behaviour: "The header Permissions-Policy: sync-xhr=() forbids them to the document, and to documents in its frames; so does allow=\"sync-xhr 'none'\" of an " +
			"iframe element. send() throws a NetworkError. The header Feature-Policy: sync-xhr 'none' is read as that Permissions-Policy.",
		Source:   "third_party/blink/renderer/core/xmlhttprequest/xml_http_request.cc",
		Versions: "all",
		apply:    func(r *rules) { r.SyncXHRByHeader, r.SyncXHRByElement = true, true },
	}, {
		Name:      "spaces-in-hosts",
		Standard:  "A URL must not have a space in its host: fetch() throws, and an element fires error.",
		Behaviour: "The space is percent-encoded, and the request is sent to whatever address such a name has.",
		Source:    "url/url_canon_host.cc (kHostCharLookup)",
		Versions:  "156",
		apply:     func(r *rules) { r.SpacesInHosts = true },
	}, {
		Name:      "streams-need-http2",
		Standard:  "fetch() can send a ReadableStream over any connection.",
		Behaviour: "Only over HTTP/2 or HTTP/3. Otherwise the request fails after its preflight, which needs no such connection.",
		Source:    "services/network/url_loader.cc",
		Versions:  "since 105, which began to send streams",
		apply:     func(r *rules) { r.StreamsNeedHTTP2 = true },
	}, {
		Name:      "user-agent-forbidden",
		Standard:  "Script may set the User-Agent header.",
		Behaviour: "Script may not set it: the browser drops the header like a forbidden header.",
		Source:    "third_party/blink/renderer/platform/loader/cors/cors.cc (IsForbiddenHeaderName); net/http/http_util.cc (IsSafeHeader); crbug.com/571722",
		Versions:  "all",
		apply:     func(r *rules) { r.ForbiddenHeaders = []string{"user-agent"} },
	}, {
		Name:     "headers-combined",
		Standard: "fetch() keeps several headers with the same name separate. The safelist checks each of them, and each is a line of its own on the wire.",
		Behaviour: "A request has one value for each name. The values are joined with a comma and a space before anything reads them, so two safelisted values " +
			"of Content-Type or Range together are not safelisted.",
		Source:   blinkHeaders,
		Versions: "all",
		apply:    func(r *rules) { r.CombineHeaders = true },
	}, {
		Name:     "header-order-of-a-hash-table",
		Standard: "Header names are compared with Access-Control-Allow-Headers in alphabetical order. The first missing one is reported.",
		Behaviour: "They are compared in the order of the hash table that holds the request's headers. This order depends on all names in the table and not on " +
			"a random seed. It decides which header the message names.",
		Source:   blinkHeaders + "; third_party/blink/renderer/platform/wtf/text/case_folding_hash.h",
		Versions: "since 128, when the hash function became rapidhash",
		apply: func(r *rules) {
			r.OrderHeaders = chromiumHeaderOrder
			r.preflight.HeadersInOrder = true
		},
	}, {
		Name:      "media-range",
		Standard:  "Elements for audio and video may request parts of a resource.",
		Behaviour: "The first request asks for the whole resource with Range: bytes=0-.",
		Source:    "third_party/blink/renderer/platform/media/resource_multi_buffer_data_provider.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.MediaRange = true },
	}, {
		Name:      "upload-listener-needs-body",
		Standard:  "A listener on an XMLHttpRequest's upload forces a preflight.",
		Behaviour: "It forces a preflight only if the request has a body.",
		Source:    "third_party/blink/renderer/core/xmlhttprequest/xml_http_request.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.UploadListenerNeedsBody = true },
	}, {
		Name:      "beacon-bad-type-dropped",
		Standard:  "The type of a beacon's Blob becomes its Content-Type, which needs a preflight if it is not safelisted.",
		Behaviour: "A type with an invalid part, such as a parameter without a value, counts as no type: the beacon is sent without a type, in mode no-cors.",
		Source:    "third_party/blink/renderer/core/loader/beacon_data.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.IsBeaconType = isStrictMIMEType },
	}, {
		Name:     "beacons-blocked-at-once",
		Standard: "sendBeacon() returns true for every beacon that is not too large, whatever happens to it.",
		Behaviour: "It returns false if the page's process blocks the beacon: for mixed content, and for a URL with a user name. The network process, which " +
			"refuses bad ports, comes too late for that.",
		Source:   "third_party/blink/renderer/core/loader/ping_loader.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.BeaconRefusals = []fetch.Reason{fetch.ReasonMixedContent, fetch.ReasonURLCredentials}
		},
	}, {
		Name:      "xhr-blob-bad-type-dropped",
		Standard:  "The type of a Blob becomes the Content-Type of an XMLHttpRequest, whatever it is.",
		Behaviour: "A type that is no MIME type is not sent, and causes no preflight. fetch() sends it.",
		Source:    "third_party/blink/renderer/core/xmlhttprequest/xml_http_request.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.IsXHRBlobType = isStrictMIMEType },
	}, {
		Name:      "empty-html-document",
		Standard:  "An XMLHttpRequest for a document gets null of a response without a body, such as one with status 304 or one to HEAD.",
		Behaviour: "If its type is text/html, it gets an empty document.",
		Source:    "third_party/blink/renderer/core/xmlhttprequest/xml_http_request.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.MakesDocumentOfNothing = func(string) bool { return true } },
	}, {
		Name:      "sync-upload-listener",
		Standard:  "A listener on an XMLHttpRequest's upload forces a preflight, also if the request is synchronous.",
		Behaviour: "A synchronous request is not preflighted for it.",
		Source:    "third_party/blink/renderer/core/xmlhttprequest/xml_http_request.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.SyncIgnoresUploadListener = true },
	}, {
		Name: "xhr-charset-replaced",
		Standard: "XMLHttpRequest changes the charset of script's Content-Type only if the type parses and the charset is another one than UTF-8. It then " +
			"serialises the whole type anew.",
		Behaviour: "Every value after charset= is replaced by UTF-8, also within quotation marks and after a comma, and whatever its case. Everything else " +
			"stays as script wrote it. A value reaches to the next space, quotation mark or semicolon.",
		Source:   "third_party/blink/renderer/core/xmlhttprequest/xml_http_request.cc",
		Versions: "all",
		apply:    func(r *rules) { r.RewriteCharset = chromiumCharset },
	}}
}
