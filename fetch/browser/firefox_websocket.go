package browser

import "github.com/corsim/corsim/fetch"

const (
	firefoxSocket        = "dom/websocket/WebSocket.cpp"
	firefoxSocketChannel = "netwerk/protocol/websocket/WebSocketChannel.cpp"
)

// firefoxSocketEntries are about WebSockets.
func firefoxSocketEntries() []Entry {
	return []Entry{
		socketSchemes(firefoxCSPFile),
		socketsThrow(firefoxSocket, "The constructor throws: a SecurityError for mixed content, and an exception of the browser's own if a policy blocks it.",
			fetch.ReasonMixedContent, fetch.ReasonCSP),
		unansweredProtocols(firefoxSocketChannel),
		{
			Name:      "csp-of-websockets",
			Standard:  "A WebSocket is upgraded, checked for mixed content, and then checked against the policies, once.",
			Behaviour: "The constructor first checks the URL that script gave against the policies. Then the channel does, so what is only reported is reported twice.",
			Source:    firefoxSocket,
			Versions:  "153 ESR",
			apply:     func(r *rules) { r.beforeSending = r.beforeSending.Insert(cspOfSockets, fetch.First()) },
		},
		{
			Name:      "websockets-on-local-networks",
			Standard:  "A WebSocket to a server that is less public than the page needs the user's permission.",
			Behaviour: "It needs none: local network access is not checked for WebSockets, and mixed content is.",
			Source:    "netwerk/base/LNAPermissionRequest.cpp; the preference network.lna.websocket.enabled",
			Versions:  "153 ESR",
			apply:     func(r *rules) { r.SocketsIgnoreLocalNetwork = true },
		},
		{
			Name:      "websocket-protocol-unasked",
			Standard:  "An answer with a subprotocol that script has not offered fails.",
			Behaviour: "If script offers none, the subprotocol of the answer is not read, and script sees none.",
			Source:    firefoxSocketChannel,
			Versions:  "all",
			apply:     func(r *rules) { r.handshake.UnaskedIgnored = true },
		},
		{
			Name:      "websocket-empty-url",
			Standard:  "The empty string is a relative URL: that of the page.",
			Behaviour: "The constructor throws a SyntaxError for it.",
			Source:    firefoxSocket,
			Versions:  "all",
			apply:     func(r *rules) { r.SocketNeedsURL = true },
		},
	}
}

// firefoxHandshakeOrder is the order of the headers of a handshake.
var firefoxHandshakeOrder = []string{
	"host", "user-agent", "accept", "accept-language", "accept-encoding", "sec-websocket-version", "origin", "sec-websocket-protocol",
	"sec-websocket-extensions", "sec-websocket-key", "connection", "sec-fetch-storage-access", "cookie", "sec-fetch-dest", "sec-fetch-mode",
	"sec-fetch-site", "pragma", "cache-control", "upgrade",
}
