package browser

import "github.com/corsim/corsim/fetch"

const (
	webkitSocket        = "Source/WebCore/Modules/websockets/WebSocket.cpp"
	webkitSocketChannel = "Source/WebCore/Modules/websockets/ThreadableWebSocketChannel.cpp"
	webkitSocketSoup    = "Source/WebKit/NetworkProcess/soup/NetworkSessionSoup.cpp"
)

// webkitSocketEntries are about WebSockets.
func webkitSocketEntries() []Entry {
	soup := unansweredProtocols("libsoup/websocket/soup-websocket.c")
	soup.Port = portSoup
	return []Entry{
		socketSchemes("Source/WebCore/page/csp/ContentSecurityPolicySource.cpp"),
		socketsThrow(webkitSocket, "If a content security policy blocks the handshake, the constructor throws a SecurityError.", fetch.ReasonCSP),
		socketsWithoutClose(webkitSocketChannel, "For mixed content, also on localhost, and for bad ports only the event error fires.", fetch.ReasonMixedContent, fetch.ReasonBadPort),
		soup,
		{
			Name:      "worker-websockets-close",
			Standard:  "A WebSocket that fails fires error, and then close.",
			Behaviour: "That of a worker does for mixed content, too. The page checks it, and the console names the page, not the worker.",
			Source:    "Source/WebCore/Modules/websockets/WorkerThreadableWebSocketChannel.cpp; seen in recordings",
			Versions:  "all",
			apply:     func(r *rules) { r.WorkerSocketsClose = true },
		},
		{
			Name:      "websocket-redirects",
			Standard:  "A handshake that is answered by a redirect fails.",
			Behaviour: "The redirect is followed, with the Origin header of the page, and with Sec-Fetch-* headers only if the first URL has them. A redirect to an https URL leads to a handshake with the wss URL.",
			Source:    webkitSocketSoup,
			Port:      portSoup,
			Versions:  "2.50",
			apply:     func(r *rules) { r.SocketsFollowRedirects, r.SocketsKeepOrigin = true, true },
		},
		{
			Name:     "websocket-metadata",
			Standard: `Sec-Fetch-Dest of a handshake is "empty".`,
			Behaviour: `It is "websocket". The headers have an order of their own, and the server may limit the browser's window of the extension ` +
				"permessage-deflate.",
			Source:   "Source/WebCore/Modules/websockets/ThreadableWebSocketChannel.cpp",
			Versions: "2.50",
			apply: func(r *rules) {
				r.SocketDest, r.handshake.Window = "websocket", true
				r.HandshakeOrder = []string{
					"host", "origin", "upgrade", "connection", "sec-websocket-key", "sec-websocket-version", "sec-websocket-protocol",
					"sec-websocket-extensions", "user-agent", "cookie", "pragma", "cache-control", "sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site",
					"accept-encoding", "accept-language",
				}
			},
		},
	}
}
