package fetch

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/origin"
)

// The header names of a WebSocket handshake.
const (
	HeaderSocketAccept     = "Sec-WebSocket-Accept"
	HeaderSocketExtensions = "Sec-WebSocket-Extensions"
	HeaderSocketKey        = "Sec-WebSocket-Key"
	HeaderSocketProtocol   = "Sec-WebSocket-Protocol"
	HeaderSocketVersion    = "Sec-WebSocket-Version"
)

const (
	anchorSocket          = "websockets.spec.whatwg.org/#concept-websocket-establish"
	anchorSocketHandshake = "www.rfc-editor.org/rfc/rfc6455#section-4.1"
)

// SocketURL returns an http URL with the scheme ws, and an https URL with wss. Other URLs
// stay as they are.
func SocketURL(u origin.URL) origin.URL {
	switch u.Scheme() {
	case "http":
		return u.WithScheme("ws")
	case "https":
		return u.WithScheme("wss")
	}
	return u
}

// SocketHTTPURL is the inverse of [SocketURL]: with it a handshake is a fetch.
// https://websockets.spec.whatwg.org/#concept-websocket-establish
func SocketHTTPURL(u origin.URL) origin.URL {
	switch u.Scheme() {
	case "ws":
		return u.WithScheme("http")
	case "wss":
		return u.WithScheme("https")
	}
	return u
}

// MalformedSocketProtocol returns the first subprotocol that script may not offer: one
// that is not a token, or that appears twice. ok is false if there is none.
// https://websockets.spec.whatwg.org/#dom-websocket-websocket
func MalformedSocketProtocol(protocols []string) (protocol string, ok bool) {
	for i, p := range protocols {
		if !IsHeaderName(p) || slices.Contains(protocols[:i], p) {
			return p, true
		}
	}
	return "", false
}

// Handshake is what a browser has asked for in a WebSocket handshake.
type Handshake struct {
	// Key is the value of Sec-WebSocket-Key.
	Key string
	// Protocols are the subprotocols that script offers.
	Protocols []string
	// Window reports whether the browser lets the server limit the browser's window of
	// the extension permessage-deflate.
	Window bool
	// UnansweredPasses: a server need not choose one of the subprotocols.
	UnansweredPasses bool
	// UnaskedIgnored: if script offers no subprotocols, the header Sec-WebSocket-Protocol of
	// the answer is not read.
	UnaskedIgnored bool
}

// Check returns why a response does not open the connection; nil if it does.
// https://websockets.spec.whatwg.org/#concept-websocket-establish
func (h *Handshake) Check(resp *Response) *Failure {
	// Step 11.1: the status.
	if resp.Status != 101 {
		return &Failure{
			Reason: ReasonSocketStatus, Step: Step{Anchor: anchorSocket, Number: "11.1"},
			Got: strconv.Itoa(resp.Status), Want: "101",
		}
	}
	// Step 11.2: a server has to choose one of the subprotocols.
	protocol, answered := resp.Header.Get(HeaderSocketProtocol)
	if len(h.Protocols) > 0 && protocol == "" && !h.UnansweredPasses {
		return &Failure{
			Reason: ReasonSocketProtocol, Step: Step{Anchor: anchorSocket, Number: "11.2"},
			Header: HeaderSocketProtocol, Want: h.Protocols[0],
		}
	}
	// Step 11.3: the checks of the protocol.
	for _, check := range handshakeHeaders {
		if got, ok := check.passes(h, resp.Header); !ok {
			return handshakeFailure(ReasonSocketHandshake, check.number, check.header, got, check.want(h))
		}
	}
	// Step 6 of the protocol's list: no other subprotocol.
	if answered && !slices.Contains(h.Protocols, protocol) && !(len(h.Protocols) == 0 && h.UnaskedIgnored) {
		return handshakeFailure(ReasonSocketProtocol, "6", HeaderSocketProtocol, protocol, strings.Join(h.Protocols, ", "))
	}
	return nil
}

func handshakeFailure(reason Reason, number, header, got, want string) *Failure {
	return &Failure{
		Reason: reason, Step: Step{Anchor: anchorSocketHandshake, Number: number}, Header: header, Got: got, Want: want,
	}
}

// handshakeHeader is a check of one header of the response to a handshake.
type handshakeHeader struct {
	header, number string
	passes         func(*Handshake, HeaderList) (got string, ok bool)
	want           func(*Handshake) string
}

// handshakeHeaders are the checks of the response's headers, except for the subprotocol.
// https://www.rfc-editor.org/rfc/rfc6455#section-4.1
var handshakeHeaders = [...]handshakeHeader{
	// Step 2: the protocol is switched to WebSocket.
	{"Upgrade", "2", func(_ *Handshake, l HeaderList) (string, bool) {
		value, _ := l.Get("Upgrade")
		return value, EqualFold(value, "websocket")
	}, func(*Handshake) string { return "websocket" }},
	// Step 3: Connection has the token Upgrade.
	{"Connection", "3", func(_ *Handshake, l HeaderList) (string, bool) {
		value, _ := l.Get("Connection")
		for token := range strings.SplitSeq(value, ",") {
			if EqualFold(strings.Trim(token, " \t"), "upgrade") {
				return value, true
			}
		}
		return value, false
	}, func(*Handshake) string { return "Upgrade" }},
	// Step 4: the server has read the key.
	{HeaderSocketAccept, "4", func(h *Handshake, l HeaderList) (string, bool) {
		value, _ := l.Get(HeaderSocketAccept)
		return value, value == SocketAccept(h.Key)
	}, func(h *Handshake) string { return SocketAccept(h.Key) }},
	// Step 5: only the extension that the browser has offered.
	{HeaderSocketExtensions, "5", func(h *Handshake, l HeaderList) (string, bool) {
		value, ok := l.Get(HeaderSocketExtensions)
		return value, !ok || h.AllowsExtension(value)
	}, func(*Handshake) string { return "permessage-deflate" }},
}

// AllowsExtension reports whether a server may answer with a value of
// Sec-WebSocket-Extensions: permessage-deflate once, with parameters that the extension
// has.
// https://www.rfc-editor.org/rfc/rfc7692#section-7.1
func (h *Handshake) AllowsExtension(value string) bool {
	if strings.Contains(value, ",") {
		return false // an extension of which there are two, or another one
	}
	name, rest, _ := strings.Cut(value, ";")
	if strings.Trim(name, " \t") != "permessage-deflate" {
		return false
	}
	seen := make(map[string]bool)
	for param := range strings.SplitSeq(rest, ";") {
		name, value, hasValue := strings.Cut(strings.Trim(param, " \t"), "=")
		if name == "" && rest == "" {
			break
		}
		if seen[name] || !h.allowsParameter(name, strings.Trim(value, `"`), hasValue) {
			return false
		}
		seen[name] = true
	}
	return true
}

// allowsParameter reports whether a server may answer with a parameter of
// permessage-deflate.
func (h *Handshake) allowsParameter(name, value string, hasValue bool) bool {
	switch name {
	case "server_no_context_takeover", "client_no_context_takeover":
		return !hasValue
	case "server_max_window_bits":
		return isWindow(value)
	case "client_max_window_bits":
		return h.Window && isWindow(value)
	}
	return false
}

// isWindow reports whether a value is the size of a window in bits: 8 to 15.
func isWindow(value string) bool {
	return len(value) == 1 && (value == "8" || value == "9") || len(value) == 2 && value[0] == '1' && '0' <= value[1] && value[1] <= '5'
}
