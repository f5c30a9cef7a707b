package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// firefoxWireEntries are about how a request looks on the wire.
func firefoxWireEntries() []Entry {
	return []Entry{{
		Name:      "url-credentials-answer-any-challenge",
		Standard:  "The user name and password of a URL answer a 401 only if the request has credentials and does not use CORS.",
		Behaviour: "They answer every 401 whose challenge has the scheme Basic, from any origin, with and without credentials. The preflight is not repeated.",
		Source:    "netwerk/protocol/http/nsHttpChannelAuthProvider.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.URLCredentialsAnswerAnyChallenge = true },
	}, {
		Name:      "misdirected-not-repeated",
		Standard:  "After a response with status 421 the request is sent once more, on a new connection.",
		Behaviour: "Over HTTP/1.1 it is not: the response is used as it is.",
		Source:    "seen in recordings",
		Versions:  "153 ESR",
		apply:     func(r *rules) { r.MisdirectedNotRepeated = true },
	}, {
		Name:     "request-headers-combined",
		Standard: "Headers with the same name are sent as they are in the request's header list, one line each.",
		Behaviour: "They are sent as one line, with their values joined by commas, starting from the last empty value. For headers that cannot be lists, such " +
			"as Authorization, the last one is sent; for Content-Type with a body, the first one.",
		Source:   firefoxHeaderList,
		Versions: "all",
		apply:    func(r *rules) { r.CombineOnWire = true },
	}, {
		Name:     "default-headers",
		Standard: "The browser chooses which headers it adds by itself.",
		Behaviour: "It adds Host, Connection, Accept-Encoding (with Brotli and Zstandard only for https and loopback hosts) and Accept-Language (here for an " +
			"American user). The headers of a WebSocket's handshake have an order of their own.",
		Source:   "netwerk/protocol/http/nsHttpHandler.cpp",
		Versions: "all",
		apply:    func(r *rules) { r.DefaultHeaders, r.HandshakeOrder = firefoxDefaultHeaders, firefoxHandshakeOrder },
	}, {
		Name:     "priority-header",
		Standard: "The browser chooses whether a request says how urgent it is.",
		Behaviour: "The header Priority says it: u=2 for style sheets; u=4 for images (which may also come in parts), audio, video, fetch(), event sources and " +
			"all preflights; u=6 for beacons. XMLHttpRequest, scripts and fonts have the priority that needs no header.",
		Source:   "netwerk/protocol/http/nsHttpChannel.cpp",
		Versions: "recorded in 153",
		apply:    func(r *rules) { r.Priority = firefoxPriority },
	}}
}

// firefoxPriority returns the value of the Priority header; "" is no header.
func firefoxPriority(api API, kind ExchangeKind, d fetch.Destination) string {
	switch {
	case kind == ExchangePreflight:
		return "u=4"
	case api == APIBeacon:
		return "u=6"
	case api == APIXHR, api == APIWebSocket:
		return ""
	}
	return firefoxPriorities[d]
}

// firefoxPriorities are the values by destination; destinations without a
// value have no header.
var firefoxPriorities = map[fetch.Destination]string{
	fetch.DestinationNone: "u=4", fetch.DestinationImage: "u=4, i", fetch.DestinationAudio: "u=4", fetch.DestinationVideo: "u=4",
	fetch.DestinationStyle: "u=2",
}

// firefoxDefaultHeaders returns the headers that Firefox's network layer adds.
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
