package nethttp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// RoundTripper is an [http.RoundTripper] that makes requests as fetch() in a
// page does, so that any client built on [net/http] behaves like that page:
//
//	rt, err := nethttp.NewRoundTripper("https://myapp.com", nil)
//	client := &http.Client{Transport: rt}
//
// A cross-origin request has the page's Origin header. The round tripper sends a
// preflight if the request needs one, and returns a [*BlockedError] if CORS blocks
// the response. The response has only the headers that script can see. Forbidden
// request headers, such as Origin and Cookie, are removed without an error. All other
// headers of a request count as set by script: a client that sets its own User-Agent
// needs a preflight for each GET, because User-Agent is not safelisted.
//
// The round tripper follows redirects itself, because a browser has its own rules
// about them. [http.Client] does not call its CheckRedirect, and Response.Request
// has the last URL.
//
// The cookies are those of the page's browser. The credentials mode and SameSite
// decide which cookies a request has, and which cookies of a response are stored.
// Script cannot see Set-Cookie and cannot set Cookie, so a Jar of [http.Client]
// has no effect; [RoundTripper.SetCookie] sets a cookie.
//
// It is safe for concurrent use. Requests share the cookies and the CORS-preflight
// cache. No lock is held while a request waits for its response.
type RoundTripper struct {
	transport fetch.Transport
	init      []func(*browser.FetchInit)

	// mu is locked while a call runs the browser. The call unlocks it while it
	// waits for a server: at that time it uses no state that calls share.
	mu      sync.Mutex
	browser *browser.Browser
	page    *browser.Page
}

// RoundTripperOption changes the round tripper that [NewRoundTripper] returns.
type RoundTripperOption func(*roundTripperConfig)

type roundTripperConfig struct {
	profile *browser.Profile
	page    []browser.PageOption
	init    []func(*browser.FetchInit)
	browser []browser.Option
}

// WithProfile chooses the browser. Without it the profile is that of the standard.
func WithProfile(p *browser.Profile) RoundTripperOption {
	return func(c *roundTripperConfig) { c.profile = p }
}

// WithPage opens the page with options, such as [browser.WithSandbox].
func WithPage(options ...browser.PageOption) RoundTripperOption {
	return func(c *roundTripperConfig) { c.page = append(c.page, options...) }
}

// WithInit changes what each request passes to fetch(), such as its credentials
// mode. The request options of package corstest have this form.
func WithInit(changes ...func(*browser.FetchInit)) RoundTripperOption {
	return func(c *roundTripperConfig) { c.init = append(c.init, changes...) }
}

// WithBrowser makes the browser with options. With [browser.WithClock] and
// [time.Now], cookies and entries of the CORS-preflight cache expire in real time. With
// [browser.WithAddresses] and [browser.WithPermissions] it checks local network access.
func WithBrowser(options ...browser.Option) RoundTripperOption {
	return func(c *roundTripperConfig) { c.browser = append(c.browser, options...) }
}

// NewRoundTripper returns a round tripper for a page at a URL; "null" means a
// sandboxed page. Its requests go over t; nil means the zero [Transport]. The
// bodies of responses over a [Transport] are not kept in memory: the caller reads
// them from the connection, MaxBody does not limit them, and Timeout limits only
// the wait for the header. It returns an error if the page's URL is not valid.
func NewRoundTripper(page string, t fetch.Transport, options ...RoundTripperOption) (*RoundTripper, error) {
	c := roundTripperConfig{profile: browser.Spec()}
	for _, option := range options {
		option(&c)
	}
	if t == nil {
		t = &Transport{}
	}
	b := browser.New(c.profile, c.browser...)
	url, null := browser.PageOf(page, "")
	opened, err := b.Open(url, slices.Concat(null, c.page, []browser.PageOption{browser.WithTransport(fetch.TransportFunc(carry))})...)
	if err != nil {
		return nil, err
	}
	return &RoundTripper{transport: t, init: c.init, browser: b, page: opened}, nil
}

// SetCookie stores a cookie as if a response from the URL had set it when the
// user visited it. The error says why it was refused.
func (rt *RoundTripper) SetCookie(url, set string) error {
	u, err := origin.ParseURL(url)
	if err != nil {
		return err
	}
	rt.mu.Lock()
	defer rt.mu.Unlock()
	return rt.browser.SetCookie(u, set)
}

// CloseIdleConnections closes the idle connections of a [Transport]. The method of
// [http.Client] with the same name calls it.
func (rt *RoundTripper) CloseIdleConnections() {
	if net, ok := rt.transport.(*Transport); ok {
		(&http.Client{Transport: net.roundTripper()}).CloseIdleConnections()
	}
}

// RoundTrip makes the request from the page. The error is a [*BlockedError] if the
// call fails in the page, and the context's error if the context ended.
func (rt *RoundTripper) RoundTrip(req *http.Request) (*http.Response, error) {
	switch {
	case req == nil:
		return nil, errors.New("the request is nil")
	case req.URL == nil:
		return nil, errors.New("the request has no URL")
	case isSocketScheme(req.URL.Scheme):
		return nil, fmt.Errorf("%s is the URL of a WebSocket, which this client does not open: ask its server with the http URL, "+
			"or use browser.Page.WebSocket", req.URL.Redacted())
	}
	init, err := rt.initOf(req)
	if err != nil {
		return nil, err
	}
	c := &call{Context: req.Context(), rt: rt}
	res, err := c.fetch(init)
	if err != nil {
		c.drop()
		return nil, err
	}
	if res.Outcome != browser.Shared && res.Outcome != browser.Opaque {
		c.drop()
		return nil, &BlockedError{Failure: res.Failure, Result: res, cause: c.err}
	}
	return c.response(req, res), nil
}

// isSocketScheme reports whether a scheme is that of WebSockets. An http.Request cannot carry
// their messages.
func isSocketScheme(scheme string) bool {
	scheme = fetch.ByteLowercase(scheme)
	return scheme == "ws" || scheme == "wss"
}

// initOf returns a request as the arguments of fetch(). It reads the whole body,
// because a preflight goes first and a redirect may send the body again.
func (rt *RoundTripper) initOf(req *http.Request) (browser.FetchInit, error) {
	init := browser.FetchInit{URL: req.URL.String(), Method: req.Method, Header: headerList(req.Header)}
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		if closeErr := req.Body.Close(); err == nil {
			err = closeErr
		}
		if err != nil {
			return init, err
		}
		if text := string(body); text != "" {
			init.Body = browser.Text(text)
		}
	}
	for _, change := range rt.init {
		change(&init)
	}
	return init, nil
}

// call is one request that is being made. It is also the request's context, so
// that [carry] finds it there.
type call struct {
	context.Context
	rt *RoundTripper
	// live is the last response over a connection; its body is not read yet.
	live     *http.Response
	deadline *deadline
	// err is the last error of the transport.
	err error
}

// callKey is the key of the call in its context.
type callKey struct{}

// Value returns the call itself for its key.
func (c *call) Value(key any) any {
	if key == (callKey{}) {
		return c
	}
	return c.Context.Value(key)
}

// carry is the transport of the page. It passes a request to the call that makes
// it.
func carry(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	return ctx.Value(callKey{}).(*call).carry(ctx, req)
}

func (c *call) fetch(init browser.FetchInit) (*browser.Result, error) {
	c.rt.mu.Lock()
	defer c.rt.mu.Unlock()
	return c.rt.page.Fetch(c, init)
}

// carry makes one exchange. Other calls may use the browser in the meantime.
func (c *call) carry(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	c.rt.mu.Unlock()
	defer c.rt.mu.Lock()
	c.drop()
	req = withoutEncoding(req)
	net, ok := c.rt.transport.(*Transport)
	if !ok {
		answer, err := c.rt.transport.RoundTrip(ctx, req)
		c.err = err
		return answer, err
	}
	c.live, c.deadline, c.err = net.send(ctx, req)
	if c.err != nil {
		return nil, c.err
	}
	c.deadline.timer.Stop()
	return &fetch.WireResponse{Status: c.live.StatusCode, Header: headerList(c.live.Header)}, nil
}

// withoutEncoding returns the request without Accept-Encoding, so that the
// response's body is what script sees.
func withoutEncoding(req *fetch.WireRequest) *fetch.WireRequest {
	out := *req
	out.Header = req.Header.Clone()
	out.Header.Delete("Accept-Encoding")
	return &out
}

// drop closes the response that nobody reads.
func (c *call) drop() {
	if c.live == nil {
		return
	}
	_ = c.live.Body.Close()
	c.deadline.release()
	c.live = nil
}

// response returns the response that script sees, in net/http's form.
func (c *call) response(req *http.Request, res *browser.Result) *http.Response {
	seen := res.Response
	out := &http.Response{
		Status: statusLine(seen.Status), StatusCode: seen.Status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: httpHeader(seen.Header), Request: c.finalRequest(req, res),
		Body: io.NopCloser(strings.NewReader(seen.Body)), ContentLength: contentLength(res),
	}
	switch {
	case c.live == nil:
	case res.Outcome == browser.Opaque:
		c.drop()
	default:
		out.Proto, out.ProtoMajor, out.ProtoMinor, out.TLS = c.live.Proto, c.live.ProtoMajor, c.live.ProtoMinor, c.live.TLS
		out.ContentLength, out.Uncompressed = c.live.ContentLength, c.live.Uncompressed
		out.Body = &liveBody{c.live.Body, c.deadline}
	}
	return out
}

// contentLength returns the length of a body in memory. For HEAD it returns the
// value of the Content-Length header, and -1 if there is no valid one.
func contentLength(res *browser.Result) int64 {
	if res.Request.Method != http.MethodHead {
		return int64(len(res.Response.Body))
	}
	value, _ := res.Response.Header.Get("Content-Length")
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return -1
	}
	return n
}

func statusLine(status int) string {
	if status == 0 {
		return "0 opaque"
	}
	return strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
}

// finalRequest returns the request after the last redirect.
func (c *call) finalRequest(req *http.Request, res *browser.Result) *http.Request {
	final, err := clientRequest(req.Context(), &fetch.WireRequest{
		Method: res.Request.Method, URL: res.Request.CurrentURL(), Header: res.Request.Header,
	})
	if err != nil || len(res.Request.URLList) == 1 {
		return req
	}
	return final
}

// liveBody is a body that is read from a connection.
type liveBody struct {
	io.ReadCloser
	deadline *deadline
}

// Close closes the body and releases the connection.
func (b *liveBody) Close() error {
	err := b.ReadCloser.Close()
	b.deadline.release()
	return err
}
