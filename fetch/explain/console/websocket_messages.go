package console

import "github.com/corsim/corsim/fetch"

// socketMessage names a message of Chromium about WebSockets, socketFirefox one of Firefox
// and socketWebKit one of WebKit.
type (
	socketMessage uint8
	socketFirefox uint8
	socketWebKit  uint8
)

const (
	socketStatus socketMessage = iota
	socketHeader
	socketUpgrade
	socketMissing
	socketTwice
	socketKey
	socketOtherProtocol
	socketNoProtocol
	socketUnwanted
	socketExtension
	socketParameter
	socketLogin
	socketClosed
	socketConnection
	socketSpace
	socketMixed
	socketMixedShown
	socketMixedDeprecated
	socketMixedThrown
	socketURL
	socketScheme
	socketFragment
	socketProtocol
	socketProtocolTwice
)

const (
	socketFirefoxPolicy socketFirefox = iota
)

const (
	socketWebKitStatus socketWebKit = iota
	socketWebKitClosed
	socketWebKitIgnored
	socketWebKitProtocol
	socketWebKitExtension
	socketWebKitParameter
	socketWebKitKey
	socketWebKitPort
	socketWebKitInsecure
	socketWebKitURL
	socketWebKitScheme
	socketWebKitFragment
	socketWebKitWrong
	socketWebKitTwice
)

// What may be behind a message about a WebSocket.
var (
	socketHandshakeReasons = []fetch.Reason{fetch.ReasonSocketHandshake}
	socketProtocolReasons  = []fetch.Reason{fetch.ReasonSocketProtocol}
	socketStatusReasons    = []fetch.Reason{fetch.ReasonSocketStatus}
	socketMixedReasons     = []fetch.Reason{fetch.ReasonMixedContent}
	socketURLReasons       = []fetch.Reason{fetch.ReasonURLMalformed}
	socketSchemeReasons    = []fetch.Reason{fetch.ReasonURLNotSocket}
	socketFragmentReasons  = []fetch.Reason{fetch.ReasonURLFragment}
	socketOfferReasons     = []fetch.Reason{fetch.ReasonSocketProtocolMalformed}
	// socketReasons is what may be behind a message that is the same for all failures of a
	// WebSocket.
	socketReasons = []fetch.Reason{
		fetch.ReasonSocketStatus, fetch.ReasonNetworkFailure, fetch.ReasonSocketHandshake, fetch.ReasonSocketProtocol, fetch.ReasonSocketRedirect,
		fetch.ReasonResponseMalformed, fetch.ReasonBadPort, fetch.ReasonLocalNetworkDenied, fetch.ReasonLocalNetworkUnanswered,
	}
)

// redirectsSocket is what a status between 300 and 399 says of a handshake.
var redirectsSocket = []ValueRule{{Field: "status", Holds: isRedirectStatus, Reasons: []fetch.Reason{fetch.ReasonSocketRedirect}}}

const (
	socketFailed      = "WebSocket connection to '{url}' failed: "
	socketHandshook   = socketFailed + "Error during WebSocket handshake: "
	socketConstructor = "SyntaxError: Failed to construct 'WebSocket': "
	socketMixedPage   = "Mixed Content: The page at '{page}' was loaded over HTTPS, but attempted to connect to the insecure WebSocket endpoint '{url}'. "
)

// chromiumSocketMessages are what Chromium says of WebSockets.
var chromiumSocketMessages = []Message{
	socketStatus: {Code: "websocket-status", Topic: TopicSocket, Reasons: socketStatusReasons, Values: redirectsSocket,
		Text: socketHandshook + "Unexpected response code: {status}"},
	socketHeader: {Code: "websocket-header", Topic: TopicSocket, Reasons: socketHandshakeReasons,
		Text: socketHandshook + "'Connection' header value must contain 'Upgrade'"},
	socketUpgrade: {Code: "websocket-header", Topic: TopicSocket, Reasons: socketHandshakeReasons,
		Text: socketHandshook + "'Upgrade' header value is not 'websocket': {line}"},
	socketMissing: {Code: "websocket-header", Topic: TopicSocket, Reasons: socketHandshakeReasons,
		Text: socketHandshook + "'{word}' header is missing"},
	socketTwice: {Code: "websocket-header", Topic: TopicSocket, Reasons: socketHandshakeReasons,
		Text: socketHandshook + "'{word}' header must not appear more than once in a response"},
	socketKey: {Code: "websocket-accept", Topic: TopicSocket, Reasons: socketHandshakeReasons,
		Text: socketHandshook + "Incorrect 'Sec-WebSocket-Accept' header value"},
	socketOtherProtocol: {Code: "websocket-protocol", Topic: TopicSocket, Reasons: socketProtocolReasons,
		Text: socketHandshook + "'Sec-WebSocket-Protocol' header value '{value}' in response does not match any of sent values"},
	socketNoProtocol: {Code: "websocket-protocol", Topic: TopicSocket, Reasons: socketProtocolReasons,
		Text: socketHandshook + "Sent non-empty 'Sec-WebSocket-Protocol' header but no response was received"},
	socketUnwanted: {Code: "websocket-protocol", Topic: TopicSocket, Reasons: socketProtocolReasons,
		Text: socketHandshook + "Response must not include 'Sec-WebSocket-Protocol' header if not present in request: {line}"},
	socketExtension: {Code: "websocket-extension", Topic: TopicSocket, Reasons: socketHandshakeReasons,
		Text: socketHandshook + "Found an unsupported extension '{value}' in 'Sec-WebSocket-Extensions' header"},
	socketParameter: {Code: "websocket-extension", Topic: TopicSocket, Reasons: socketHandshakeReasons,
		Text: socketHandshook + "Error in permessage-deflate: {line}"},
	socketLogin: {Code: "websocket-login", Topic: TopicSocket, Reasons: socketStatusReasons,
		Text: socketFailed + "HTTP Authentication failed; no valid credentials available"},
	socketClosed: {Code: "websocket-closed", Topic: TopicSocket, Reasons: []fetch.Reason{fetch.ReasonNetworkFailure},
		Text: socketFailed + "Connection closed before receiving a handshake response"},
	socketConnection: {Text: socketFailed + "Error in connection establishment: {rest}"},
	socketSpace: {Code: "net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS", Topic: TopicLocalNetwork,
		Reasons: []fetch.Reason{fetch.ReasonLocalNetworkDenied, fetch.ReasonLocalNetworkUnanswered, fetch.ReasonLocalNetworkInsecure},
		Text:    "net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS"},
	socketMixed:      {Code: "websocket-mixed-content", Reasons: socketMixedReasons, Text: socketMixedPage + "This request has been blocked; this endpoint must be available over WSS."},
	socketMixedShown: {Code: "websocket-mixed-content-shown", Warning: true, Text: socketMixedPage + "This endpoint should be available via WSS. Insecure access is deprecated."},
	socketMixedDeprecated: {Code: "websocket-mixed-content-shown", Warning: true,
		Text: "Connecting to a non-secure WebSocket server from a secure origin is deprecated."},
	socketMixedThrown: {Reasons: socketMixedReasons,
		Text: "SecurityError: Failed to construct 'WebSocket': An insecure WebSocket connection may not be initiated from a page loaded over HTTPS."},
	socketURL: {Reasons: socketURLReasons, Text: socketConstructor + "The URL '{value}' is invalid."},
	socketScheme: {Reasons: socketSchemeReasons,
		Text: socketConstructor + "The URL's scheme must be either 'http', 'https', 'ws', or 'wss'. '{word}' is not allowed."},
	socketFragment: {Reasons: socketFragmentReasons,
		Text: socketConstructor + "The URL contains a fragment identifier ('{value}'). Fragment identifiers are not allowed in WebSocket URLs."},
	socketProtocol:      {Reasons: socketOfferReasons, Text: socketConstructor + "The subprotocol '{value}' is invalid."},
	socketProtocolTwice: {Reasons: socketOfferReasons, Text: socketConstructor + "The subprotocol '{value}' is duplicated."},
}

const blinkSocketSource = "Chromium, third_party/blink/renderer/modules/websockets; WebKit, Source/WebCore/Modules/websockets"

// otherSocketMessages are what Chromium and WebKit say of other failures. They come after
// all messages that say more.
var otherSocketMessages = []Message{{Topic: TopicSocket, Text: socketFailed[:len(socketFailed)-1] + "{line}"}}

// firefoxSocketCode is the code of the message that a WebSocket has failed, whose text is
// that of an event source.
const firefoxSocketCode = "Web Socket"

// firefoxSocketMessages are what Firefox says of WebSockets.
var firefoxSocketMessages = []Message{
	socketFirefoxPolicy: {Reasons: cspReasons,
		Text:         `[Exception... "The load for this content was blocked."  nsresult: "0x805e0006 (NS_ERROR_CONTENT_BLOCKED)"  location: "{value}"  data: no]`,
		Unrecognized: "the console has a line about the policy, which says more"},
}

// webkitSocketMessages are what WebKit says of WebSockets.
var webkitSocketMessages = []Message{
	socketWebKitStatus: {Code: "websocket-status", Topic: TopicSocket, Reasons: []fetch.Reason{fetch.ReasonSocketStatus, fetch.ReasonSocketRedirect},
		Text: socketFailed + "The server did not accept the WebSocket handshake."},
	socketWebKitClosed: {Code: "websocket-closed", Topic: TopicSocket, Reasons: []fetch.Reason{fetch.ReasonNetworkFailure},
		Text: socketFailed + "Connection terminated unexpectedly"},
	socketWebKitIgnored: {Code: "websocket-header", Topic: TopicSocket, Reasons: socketHandshakeReasons,
		Text: socketFailed + "The server ignored the WebSocket handshake."},
	socketWebKitProtocol: {Code: "websocket-protocol", Topic: TopicSocket, Reasons: socketProtocolReasons,
		Text: socketFailed + "Server requested unsupported protocol"},
	socketWebKitExtension: {Code: "websocket-extension", Topic: TopicSocket, Reasons: socketHandshakeReasons,
		Text: socketFailed + "Server requested unsupported extension"},
	socketWebKitParameter: {Code: "websocket-extension", Topic: TopicSocket, Reasons: socketHandshakeReasons,
		Text: socketFailed + "Invalid value of parameter '{word}' in permessage-deflate extension header"},
	socketWebKitKey: {Code: "websocket-accept", Topic: TopicSocket, Reasons: socketHandshakeReasons,
		Text: socketFailed + "Server returned incorrect “Sec-WebSocket-Accept” key"},
	socketWebKitPort: {Code: "websocket-port", Topic: TopicSocket, Reasons: []fetch.Reason{fetch.ReasonBadPort}, Text: "WebSocket port {word} blocked"},
	socketWebKitInsecure: {Code: "websocket-mixed-content", Reasons: socketMixedReasons, Text: "WebSocket connection failed: The page at {page} was blocked from connecting " +
		"insecurely to {url} either because the protocol is insecure or the page is embedded from an insecure page."},
	socketWebKitURL:      {Code: "websocket-url", Reasons: socketURLReasons, Text: "Invalid url for WebSocket {value}"},
	socketWebKitScheme:   {Code: "websocket-scheme", Reasons: socketSchemeReasons, Text: "Wrong url scheme for WebSocket {value}"},
	socketWebKitFragment: {Code: "websocket-fragment", Reasons: socketFragmentReasons, Text: "URL has fragment component {value}"},
	socketWebKitWrong:    {Code: "websocket-offer", Reasons: socketOfferReasons, Text: "Wrong protocol for WebSocket '{value}'"},
	socketWebKitTwice:    {Code: "websocket-offer", Reasons: socketOfferReasons, Text: "WebSocket protocols contain duplicates: '{value}'"},
}

func (m socketMessage) line(values fields) Line { return lineOf(&chromiumSocketMessages[m], values) }

func (m socketFirefox) line(values fields) Line { return lineOf(&firefoxSocketMessages[m], values) }

func (m socketWebKit) line(values fields) Line { return lineOf(&webkitSocketMessages[m], values) }
