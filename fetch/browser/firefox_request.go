package browser

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// firefoxRequestEntries are about what a page may send and how it looks.
func firefoxRequestEntries() []Entry {
	return []Entry{{
		Name:      "mixed-content-https-pages-only",
		Standard:  "A page whose origin is potentially trustworthy, http://localhost among them, may not load from insecure URLs.",
		Behaviour: "Only pages that came over https are restricted, and only from http URLs; what a mode does not allow at all is refused before, bad ports after.",
		Source:    firefoxMixed + "; dom/security/nsContentSecurityManager.cpp",
		Versions:  "all",
		apply: func(r *rules) {
			r.mixedContent.HTTPSPagesOnly = true
			r.mixedContent.HTTPOnly = true
			r.beforeSending = r.beforeSending.Insert(fetchModes, fetch.First())
			portsLast(r)
		},
	}, {
		Name:      "mixed-content-upgrades-stay-foreign",
		Standard:  "An image that is asked for over https in place of http may belong to the page's own origin, and is then no matter of CORS.",
		Behaviour: "The http URL decides: it belongs to another origin than an https page, so that the request uses CORS where the element asks for that, and its response is opaque where not.",
		Source:    firefoxMixed + "; dom/security/nsContentSecurityManager.cpp",
		Versions:  "since 127, when images came to be upgraded",
		apply:     func(r *rules) { r.UpgradesStayForeign = true },
	}, {
		Name:      "beacons-blocked-at-once",
		Standard:  "sendBeacon() returns true for every beacon that is not too large, whatever becomes of it.",
		Behaviour: "It returns false where the beacon is not even sent: for mixed content and bad ports.",
		Source:    "dom/base/Navigator.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.BeaconsBlockedAtOnce = true },
	}, {
		Name: "safelist-ascii-values",
		Standard: "A byte above 0x7F is no CORS-unsafe request-header byte, a range may begin at any number, " +
			"and the safelisted values have at most 1024 bytes together.",
		Behaviour: "Bytes above 0x7F make Accept and Content-Type unsafe, since bytes are compared as signed numbers; " +
			"so does a number that does not fit into 64 bits in Range. The values' sum is not looked at.",
		Source:   firefoxContentUtils,
		Versions: "all",
		apply: func(r *rules) {
			r.preflight.Safelist.Refuses = firefoxRefuses
			r.preflight.Safelist.UnlimitedSum = true
		},
	}, {
		Name: "safelist-content-type-parser",
		Standard: "Content-Type is safelisted by the essence that parsing it as a MIME type gives, " +
			"which skips what is wrong with parameters.",
		Behaviour: "An older parser reads it, which refuses unquoted commas and most superfluous semicolons, " +
			"and takes no notice of what stands between the type and the first semicolon.",
		Source:   "netwerk/base/nsURLHelper.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.preflight.Safelist.ParseType = firefoxRequestType },
	}, {
		Name: "preflight-lists-in-turn",
		Standard: "Access-Control-Request-Headers names each header once. Both lists of the answer are parsed before either is used, and " +
			"Authorization is looked for before all other header names.",
		Behaviour: "A name that fetch() is given several times stands there as often. Of the answer one list is gone through after the " +
			"other: the method is judged before the header names are parsed, and these are looked for in alphabetical order.",
		Source:   firefoxHeaders + "; " + firefoxCORS,
		Versions: "all",
		apply: func(r *rules) {
			r.preflight.Safelist.KeepRepeats = true
			r.preflight.Checks = r.preflight.Checks.Move("allow-headers", fetch.After("method")).Remove("authorization")
		},
	}, {
		Name:     "request-headers-combined",
		Standard: "Headers of one name go over the wire as they stand in the request's header list, one line each.",
		Behaviour: "They go as one line, their values joined by commas, from the last empty one on. Of headers that cannot be lists, Authorization among them, " +
			"the last one goes, but of Content-Type with a body the first.",
		Source:   firefoxHeaderList,
		Versions: "all",
		apply:    func(r *rules) { r.CombineOnWire = true },
	}, {
		Name:      "default-headers",
		Standard:  "Which headers a browser adds on its own is its choice.",
		Behaviour: "Host, Connection, Accept-Encoding, with Brotli and Zstandard only over https and to loopback hosts, and Accept-Language, here for an American user.",
		Source:    "netwerk/protocol/http/nsHttpHandler.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.DefaultHeaders = firefoxDefaultHeaders },
	}, {
		Name:     "priority-header",
		Standard: "Whether a request tells how urgent it is, is the browser's choice.",
		Behaviour: "The header Priority says so: u=2 for style sheets, u=4 for images, which may also come in parts, audio and video, fetch(), event sources and all preflights, " +
			"u=6 for beacons. XMLHttpRequest, scripts and fonts have the priority that needs no header.",
		Source:   "netwerk/protocol/http/nsHttpChannel.cpp",
		Versions: "seen in 153",
		apply:    func(r *rules) { r.Priority = firefoxPriority },
	}, {
		Name:     "redirect-from-page-headers",
		Standard: "What a redirect takes from a request's headers is gone for all redirects that follow.",
		Behaviour: "Each redirect starts from the page's headers and takes away what it alone would take. " +
			"So Content-Type comes back when a redirect that made the request a GET is followed by one with status 307. " +
			"A request that needed a preflight for its headers gets one at each further hop, even where none of them is left. " +
			"A beacon's type does not come back, but once it needed a preflight, those of all further hops ask for it.",
		Source:   "dom/fetch/FetchDriver.cpp; " + firefoxCORS,
		Versions: "all",
		apply:    func(r *rules) { r.RedirectsStartAnew = true },
	}, {
		Name:     "cache-mode-of-preflights",
		Standard: "A preflight has the cache mode \"default\", and the preflight cache is asked whatever the cache mode.",
		Behaviour: "A preflight inherits the cache mode of its request, which a header such as If-None-Match makes \"no-store\": " +
			"it carries Pragma and Cache-Control and does not ask the preflight cache.",
		Source:   firefoxCORS,
		Versions: "all",
		apply:    func(r *rules) { r.BypassPreflightCache = []fetch.CacheMode{fetch.CacheNoStore, fetch.CacheReload} },
	}, {
		Name:      "media-range",
		Standard:  "How an audio or video element asks for its resource is left open.",
		Behaviour: "It asks for a range from the first byte.",
		Source:    "dom/media/ChannelMediaResource.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.MediaRange = true },
	}}
}

// firefoxPriority is the value of the Priority header.
func firefoxPriority(api API, kind ExchangeKind, d fetch.Destination) string {
	switch {
	case kind == ExchangePreflight:
		return "u=4"
	case api == APIBeacon:
		return "u=6"
	case api == APIXHR:
		return ""
	}
	return firefoxPriorities[d]
}

// firefoxPriorities are the priorities other than that of most requests.
var firefoxPriorities = map[fetch.Destination]string{
	fetch.DestinationNone: "u=4", fetch.DestinationImage: "u=4, i", fetch.DestinationAudio: "u=4", fetch.DestinationVideo: "u=4",
	fetch.DestinationStyle: "u=2",
}

// firefoxDefaultHeaders is what the network layer adds.
func firefoxDefaultHeaders(u origin.URL) fetch.HeaderList {
	encodings := "gzip, deflate"
	if u.IsPotentiallyTrustworthy() {
		encodings += ", br, zstd"
	}
	return fetch.HeaderList{
		{Name: "Host", Value: hostHeader(u)}, {Name: "Connection", Value: "keep-alive"},
		{Name: "Accept-Encoding", Value: encodings}, {Name: "Accept-Language", Value: "en-US,en;q=0.9"},
	}
}

// firefoxRefuses reports whether a value that the standard safelists is not
// safelisted.
func firefoxRefuses(name, value string) bool {
	if fetch.EqualFold(name, "Range") {
		r, _ := fetch.ParseSingleRange(value)
		start, _ := r.Start()
		end, _ := r.End()
		return exceeds64Bits(start) || exceeds64Bits(end)
	}
	for i := range len(value) {
		if value[i] > 0x7f {
			return true
		}
	}
	return false
}

func exceeds64Bits(digits string) bool {
	_, err := strconv.ParseUint(digits, 10, 64)
	return digits != "" && err != nil
}

// firefoxRequestType reads the essence out of a Content-Type that script set.
// The value has no quotation marks, which would not be safelisted.
func firefoxRequestType(value string) (essence string, ok bool) {
	if strings.Contains(value, ",") {
		return "", false
	}
	end := strings.IndexAny(value, " \t;")
	if end < 0 {
		end = len(value)
	}
	essence, rest := fetch.ByteLowercase(value[:end]), value[end:]
	if !strings.Contains(essence, "/") {
		return "", false
	}
	// After the first semicolon each parameter takes what follows it up to the
	// next, but a semicolon at the end is left over.
	if _, parameters, found := strings.Cut(rest, ";"); found {
		rest = ""
		if strings.HasSuffix(parameters, ";") {
			rest = ";"
		}
	}
	return essence, strings.Trim(rest, " \t") == ""
}
