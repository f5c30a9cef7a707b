package browser

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

const (
	blinkHeaders    = "third_party/blink/renderer/platform/network/http_header_map.h"
	blinkFrame      = "third_party/blink/renderer/core/loader/frame_fetch_context.cc"
	blinkParameters = "third_party/blink/renderer/platform/loader/fetch/fetch_parameters.cc"
	netHTTPJob      = "net/url_request/url_request_http_job.cc"
)

// chromiumRequestEntries are about what a page may send and how it goes over
// the wire.
func chromiumRequestEntries() []Entry {
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
		Name:      "default-headers",
		Standard:  "Which headers a browser adds on its own is its choice.",
		Behaviour: "Host, Connection, Accept-Encoding, with Brotli and Zstandard only over https and to localhost, and Accept-Language, here for an American user.",
		Source:    netHTTPJob,
		Versions:  "all",
		apply:     func(r *rules) { r.DefaultHeaders = chromiumDefaultHeaders },
	}, {
		Name:     "hints-for-own-origin",
		Standard: "A redirect to another origin takes Authorization away and nothing else.",
		Behaviour: "A redirect that does not lead to the page's own origin takes client hints away, also those that script has set: by default " +
			"the permissions policy grants them to no other.",
		Source:   "third_party/blink/renderer/core/loader/base_fetch_context.cc",
		Versions: "all",
		apply: func(r *rules) {
			r.HintsOfOwnOrigin = []string{"device-memory", "dpr", "width", "viewport-width", "rtt", "downlink", "ect"}
		},
	}, {
		Name:      "range-rewritten",
		Standard:  "A Range header goes over the wire as script gave it.",
		Behaviour: "The HTTP cache takes a GET request's single range apart and writes it anew, without white space and leading zeros.",
		Source:    "net/http/partial_data.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.RewriteRange = chromiumRange },
	}, {
		Name:      "range-of-63-bits",
		Standard:  "The positions of a safelisted Range may have any number of digits.",
		Behaviour: "They must be less than the largest signed 64-bit integer.",
		Source:    "net/http/http_util.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.preflight.Safelist.RangeLimit = "9223372036854775807" },
	}, {
		Name:      "media-range",
		Standard:  "Elements for audio and video may ask for parts of a resource.",
		Behaviour: "The first request asks for the whole with Range: bytes=0-.",
		Source:    "third_party/blink/renderer/platform/media/resource_multi_buffer_data_provider.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.MediaRange = true },
	}, {
		Name:      "origin-to-own-origin",
		Standard:  "A GET request to the page's own origin has no Origin header.",
		Behaviour: "Images, scripts, style sheets and fonts that use CORS name it to every server.",
		Source:    blinkParameters,
		Versions:  "all",
		apply: func(r *rules) {
			r.OriginDestinations = []fetch.Destination{
				fetch.DestinationImage, fetch.DestinationScript, fetch.DestinationStyle, fetch.DestinationFont,
			}
		},
	}, {
		Name:      "origin-whatever-referrer-policy",
		Standard:  "Outside CORS, the Origin header of a POST request is \"null\" where the referrer policy would hide the origin.",
		Behaviour: "The referrer policy has no say in it.",
		Source:    chromiumCORSLoader,
		Versions:  "all",
		apply:     func(r *rules) { r.OriginWhateverReferrerPolicy = true },
	}, {
		Name:      "upload-listener-needs-body",
		Standard:  "A listener on an XMLHttpRequest's upload forces a preflight.",
		Behaviour: "It does so only where the request has a body.",
		Source:    "third_party/blink/renderer/core/xmlhttprequest/xml_http_request.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.UploadListenerNeedsBody = true },
	}, {
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
		Name:      "beacon-bad-type-dropped",
		Standard:  "The type of a beacon's Blob is its Content-Type, which needs a preflight when it is not safelisted.",
		Behaviour: "What is no MIME type in all its parts, such as one with a parameter that has no value, is no type: the beacon goes without one, in mode no-cors.",
		Source:    "third_party/blink/renderer/core/loader/beacon_data.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.BeaconType = isWholeMIMEType },
	}}
}

// chromiumDefaultHeaders is what the network layer adds.
func chromiumDefaultHeaders(u origin.URL) fetch.HeaderList {
	encodings := "gzip, deflate"
	if u.IsPotentiallyTrustworthy() {
		encodings += ", br, zstd"
	}
	return fetch.HeaderList{
		{Name: "Host", Value: hostHeader(u)}, {Name: "Connection", Value: "keep-alive"},
		{Name: "Accept-Encoding", Value: encodings}, {Name: "Accept-Language", Value: "en-US,en;q=0.9"},
	}
}

// chromiumRange writes one range anew; what is none, or more, stays as it is.
func chromiumRange(method, value string) string {
	if method != "GET" {
		return value
	}
	unit, rest, _ := strings.Cut(value, "=")
	first, last, ok := strings.Cut(strings.Trim(rest, ", \t"), "-")
	if !ok || !fetch.EqualFold(strings.Trim(unit, " \t"), "bytes") {
		return value
	}
	start, end, ok := chromiumPositions(strings.Trim(first, " \t"), strings.Trim(last, " \t"))
	if !ok {
		return value
	}
	return "bytes=" + start + "-" + end
}

// chromiumPositions reads the two numbers of a range, of which either may be
// missing, as signed ones. An end at -1 is none.
func chromiumPositions(first, last string) (start, end string, ok bool) {
	from, err := strconv.ParseInt(first, 10, 64)
	if err != nil && first != "" {
		return "", "", false
	}
	to, err := strconv.ParseInt(last, 10, 64)
	if err != nil && last != "" {
		return "", "", false
	}
	isOpen := last == "" || first != "" && to == -1
	switch {
	case first == "":
		return "", strconv.FormatInt(to, 10), to > 0
	case isOpen:
		return strconv.FormatInt(from, 10), "", from >= 0
	}
	return strconv.FormatInt(from, 10), strconv.FormatInt(to, 10), 0 <= from && from <= to
}
