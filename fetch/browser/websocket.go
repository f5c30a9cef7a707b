package browser

import (
	"context"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/order"
	"github.com/corsim/corsim/origin"
)

const anchorSocketConstructor = "websockets.spec.whatwg.org/#dom-websocket-websocket"

// SocketKey is the value of Sec-WebSocket-Key in every handshake of a simulated browser.
// Real browsers make a random one for each.
const SocketKey = "AQIDBAUGBwgJCgsMDQ4PEA=="

// SocketInit is what script passes to new WebSocket().
// https://websockets.spec.whatwg.org/#the-websocket-interface
type SocketInit struct {
	URL string // resolved against the page's URL; http stands for ws, and https for wss
	// Protocols are the subprotocols that script offers.
	Protocols []string
}

// Socket is what script learns of a WebSocket that it has constructed.
type Socket struct {
	// URL is the URL of the WebSocket, with the scheme ws or wss.
	URL origin.URL
	// Event is the last event that the handshake fires.
	Event SocketEvent
	// Protocol is the subprotocol that the server has chosen; "" if it has chosen none.
	Protocol string
}

// SocketEvent is what a handshake ends with.
type SocketEvent uint8

// The ends of a handshake.
const (
	// SocketOpens: the connection is open.
	SocketOpens SocketEvent = iota
	// SocketCloses: the events error and close fire, with the code 1006 and no reason.
	SocketCloses
	// SocketErrors: only the event error fires.
	SocketErrors
)

// Socket returns what script learns of a WebSocket; nil if the call was for none, or its
// constructor threw because of its arguments.
func (r *Result) Socket() *Socket { return r.socket }

// WebSocket does what new WebSocket() does until the connection is open or has failed. The
// outcome is [Shared] if the connection is open: script may then read all that the server
// sends, whatever its origin.
// https://websockets.spec.whatwg.org/#dom-websocket-websocket
func (e *environment) WebSocket(ctx context.Context, init SocketInit) (*Result, error) {
	if e.transport == nil {
		return nil, ErrNoTransport
	}
	f := new(fetcher)
	r := f.begin(e, APIWebSocket, &init)
	// Steps 1 to 7: the URL.
	u, failure := e.socketURL(init.URL)
	if failure != nil {
		return r.threw(failure), nil
	}
	// Steps 8 and 9: the subprotocols.
	if failure := protocolFailure(init.Protocols); failure != nil && !e.rules().PoliciesBeforeProtocols {
		return r.threw(failure), nil
	}
	// Step 12: establish the connection.
	r.socket = &Socket{URL: u, Event: SocketCloses}
	r, err := f.run(ctx, e.handshakeRequest(fetch.SocketHTTPURL(u), init.Protocols))
	if err != nil {
		return nil, err
	}
	if r.Outcome != Blocked {
		handshake := e.rules().handshake
		handshake.Key, handshake.Protocols = SocketKey, init.Protocols
		failure := handshake.Check(r.Response.Unfiltered())
		if failure == nil {
			r.socket.Event = SocketOpens
			if len(init.Protocols) > 0 {
				r.socket.Protocol, _ = r.Response.Unfiltered().Header.Get(fetch.HeaderSocketProtocol)
			}
			return r, nil
		}
		f.noteFailure(failure)
		return r.consume(failure), nil
	}
	e.rules().endSocket(r)
	return r, nil
}

// protocolFailure returns why the constructor throws because of the subprotocols that script
// offers; nil if it does not.
func protocolFailure(offered []string) *fetch.Failure {
	if p, ok := fetch.MalformedSocketProtocol(offered); ok {
		return thrown(anchorSocketConstructor, "9", fetch.ReasonSocketProtocolMalformed, p)
	}
	return nil
}

// protocolsOfSockets is a check of browsers in which the constructor of a WebSocket looks at the
// subprotocols after the policies.
var protocolsOfSockets = check{name: "protocols-of-sockets", run: func(f *fetcher, _ *fetch.Response) *fetch.Failure {
	if init, ok := f.memory.result.call.init.(*SocketInit); ok && isSocket(f.req) && len(f.req.URLList) == 1 {
		return protocolFailure(init.Protocols)
	}
	return nil
}}

// socketURL returns the URL of a WebSocket, or why the constructor throws.
// https://websockets.spec.whatwg.org/#dom-websocket-websocket
func (e *environment) socketURL(given string) (origin.URL, *fetch.Failure) {
	// Steps 2 and 3: parse it.
	u, err := e.parseURL(given)
	// Firefox: the empty string is not a URL (websocket-empty-url).
	if err != nil || given == "" && e.rules().SocketNeedsURL {
		return u, thrown(anchorSocketConstructor, "3", fetch.ReasonURLMalformed, given)
	}
	// Steps 4 and 5: the scheme.
	u = fetch.SocketURL(u)
	// Step 6: no other scheme.
	if scheme := u.Scheme(); scheme != "ws" && scheme != "wss" {
		return u, thrown(anchorSocketConstructor, "6", fetch.ReasonURLNotSocket, u.String())
	}
	// Step 7: no fragment.
	if _, ok := u.Fragment(); ok {
		return u, thrown(anchorSocketConstructor, "7", fetch.ReasonURLFragment, u.String())
	}
	return u, nil
}

// handshakeRequest returns the request of a handshake.
// https://websockets.spec.whatwg.org/#concept-websocket-establish
func (e *environment) handshakeRequest(u origin.URL, protocols []string) *fetch.Request {
	// Step 2: the request.
	req := &fetch.Request{
		Method: "GET", URLList: []origin.URL{u}, Client: &e.client, Origin: e.client.Origin, NoReferrer: true,
		Mode: fetch.ModeWebSocket, Credentials: fetch.CredentialsInclude, Cache: fetch.CacheNoStore, Redirect: fetch.RedirectError,
	}
	// WebKitGTK: redirects are followed (websocket-redirects).
	if e.rules().SocketsFollowRedirects {
		req.Redirect = fetch.RedirectFollow
	}
	// Steps 3 to 7: the headers of the protocol.
	req.Header = fetch.HeaderList{
		{Name: "Upgrade", Value: "websocket"}, {Name: "Connection", Value: "Upgrade"},
		{Name: fetch.HeaderSocketKey, Value: SocketKey}, {Name: fetch.HeaderSocketVersion, Value: "13"},
	}
	// Step 8: the subprotocols.
	if len(protocols) > 0 {
		req.Header.Append(fetch.HeaderSocketProtocol, strings.Join(protocols, ", "))
	}
	// Steps 9 and 10: the extension.
	extension := "permessage-deflate"
	if e.rules().handshake.Window {
		extension += "; client_max_window_bits"
	}
	req.Header.Append(fetch.HeaderSocketExtensions, extension)
	return req
}

// endSocket says what script learns of a handshake that was blocked.
func (r *rules) endSocket(result *Result) {
	if len(result.Trace.Exchanges) > 0 {
		return
	}
	switch reason := result.Failure.Reason; {
	// Chromium, WebKit: the constructor throws after the policies have been checked (csp-of-websockets, csp-in-order).
	case reason == fetch.ReasonSocketProtocolMalformed:
		result.Outcome, result.socket = Threw, nil
	// Chromium, Firefox, WebKit: the constructor throws (websockets-throw).
	case slices.Contains(r.SocketThrows, reason):
		result.Outcome = Threw
	// WebKit: the mixed content of a worker is found on the page's side (worker-websockets-close).
	case reason == fetch.ReasonMixedContent && r.WorkerSocketsClose && result.Request.Client.Worker:
	// Chromium, WebKit: there is no event close (websockets-without-close).
	case slices.Contains(r.SocketErrorsOnly, reason):
		result.socket.Event = SocketErrors
	}
}

// isSocket reports whether a request is a WebSocket handshake.
func isSocket(req *fetch.Request) bool { return req.Mode == fetch.ModeWebSocket }

// sentURL returns a request's URL as the transport gets it: that of a WebSocket has its own
// schemes.
func sentURL(req *fetch.Request, u origin.URL) origin.URL {
	if isSocket(req) {
		return fetch.SocketURL(u)
	}
	return u
}

// opensSocket reports whether an answer switches to the protocol of WebSockets, which no
// other request does.
func opensSocket(req *fetch.Request, answer *fetch.WireResponse) bool {
	return isSocket(req) && answer.Status == 101
}

// ignoresSocketCookies returns why a browser does not store the cookies of an answer to a
// handshake; "" if it does.
func (r *rules) ignoresSocketCookies(req *fetch.Request, status int) string {
	switch {
	case !isSocket(req):
		return ""
	// Chromium: only a handshake that opens sets cookies (websocket-cookies-of-failures).
	case r.FailedSocketsSetNoCookies && status != 101:
		return "the WebSocket did not open"
	}
	return ""
}

// orderHandshake sorts the headers of a handshake as the browser sends them. Names that are
// not in its list come last.
func (r *rules) orderHandshake(header fetch.HeaderList) {
	if len(r.HandshakeOrder) == 0 {
		return
	}
	place := func(h fetch.Header) int {
		if i := slices.Index(r.HandshakeOrder, fetch.ByteLowercase(h.Name)); i >= 0 {
			return i
		}
		return len(r.HandshakeOrder)
	}
	order.Stable(header, func(a, b fetch.Header) int { return place(a) - place(b) })
}
