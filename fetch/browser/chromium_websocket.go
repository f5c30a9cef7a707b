package browser

import "github.com/corsim/corsim/fetch"

const blinkSocket = "third_party/blink/renderer/modules/websockets/websocket_channel_impl.cc"

// chromiumSocketEntries are about WebSockets.
func chromiumSocketEntries() []Entry {
	return []Entry{
		socketSchemes("services/network/public/cpp/content_security_policy/csp_source.cc"),
		socketsThrow(blinkSocket, "The constructor throws a SecurityError.", fetch.ReasonMixedContent),
		socketsWithoutClose(blinkSocket, "If a content security policy blocks the handshake, only the event error fires.", fetch.ReasonCSP),
		{
			Name:      "csp-of-websockets",
			Standard:  "The constructor looks at the subprotocols. Then a WebSocket is checked for mixed content, and then against the policies.",
			Behaviour: "The policies come first, then the subprotocols. If a policy blocks it, only the event error fires, and the console names the policy.",
			Source:    blinkSocket,
			Versions:  "156",
			apply: func(r *rules) {
				r.PoliciesBeforeProtocols = true
				r.beforeSending = r.beforeSending.Insert(cspOfSockets, fetch.Before("mixed-content")).Insert(protocolsOfSockets, fetch.Before("mixed-content")).
					Change("csp-report", notForSockets).Change("csp", notForSockets)
			},
		},
		failedSocketCookies("net/websockets/websocket_basic_handshake_stream.cc"),
		{
			Name:     "websocket-metadata",
			Standard: "A handshake with a potentially trustworthy URL has the Sec-Fetch-* headers.",
			Behaviour: "It has none. Its headers have an order of their own, and the server may limit the browser's window of the extension " +
				"permessage-deflate.",
			Source:   "services/network/websocket.cc; net/websockets/websocket_basic_handshake_stream.cc",
			Versions: "156",
			apply: func(r *rules) {
				r.SocketsWithoutFetchMetadata, r.handshake.Window = true, true
				r.HandshakeOrder = []string{
					"host", "connection", "pragma", "cache-control", "user-agent", "upgrade", "origin", "sec-websocket-version",
					"accept-encoding", "accept-language", "cookie", "sec-websocket-key", "sec-websocket-extensions", "sec-websocket-protocol",
				}
			},
		},
	}
}

// socketSchemes is the entry of browsers that check policies with the URL of a WebSocket
// itself.
func socketSchemes(source string) Entry {
	return Entry{
		Name:     "csp-websocket-urls",
		Standard: "A handshake is a request for an http or https URL, so connect-src https: allows wss: URLs.",
		Behaviour: "The URL that policies see is that of the WebSocket, with the scheme ws or wss: sources for https do not allow it. 'self' allows " +
			"the WebSockets of the page's own host and port.",
		Source:   source,
		Versions: "all",
		apply:    func(r *rules) { r.csp.SocketURLs = true },
	}
}

// socketsThrow is the entry of browsers whose constructor throws for some reasons for which
// the standard's connection fails.
func socketsThrow(source, behaviour string, reasons ...fetch.Reason) Entry {
	return Entry{
		Name:      "websockets-throw",
		Standard:  "A WebSocket that mixed content or a policy blocks fires error and close.",
		Behaviour: behaviour,
		Source:    source,
		Versions:  "all",
		apply:     func(r *rules) { r.SocketThrows = reasons },
	}
}

// socketsWithoutClose is the entry of browsers in which the event close is missing for some
// reasons.
func socketsWithoutClose(source, behaviour string, reasons ...fetch.Reason) Entry {
	return Entry{
		Name:      "websockets-without-close",
		Standard:  "A WebSocket that fails fires error, and then close.",
		Behaviour: behaviour,
		Source:    source,
		Versions:  "all",
		apply:     func(r *rules) { r.SocketErrorsOnly = reasons },
	}
}

// failedSocketCookies is the entry of browsers in which only an open connection sets
// cookies.
func failedSocketCookies(source string) Entry {
	return Entry{
		Name:      "websocket-cookies-of-failures",
		Standard:  "Every answer to a handshake may set cookies, whatever its status.",
		Behaviour: "Only an answer that opens the connection does.",
		Source:    source,
		Versions:  "all",
		apply:     func(r *rules) { r.FailedSocketsSetNoCookies = true },
	}
}

// unansweredProtocols is the entry of browsers that open a WebSocket although the server
// has chosen no subprotocol.
func unansweredProtocols(source string) Entry {
	return Entry{
		Name:      "websocket-protocol-unanswered",
		Standard:  "If script offers subprotocols, the server has to choose one of them.",
		Behaviour: "It need not: without the header Sec-WebSocket-Protocol the connection opens without a subprotocol.",
		Source:    source,
		Versions:  "all",
		apply:     func(r *rules) { r.handshake.UnansweredPasses = true },
	}
}
