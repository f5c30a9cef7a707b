package nethttp

import (
	"context"
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
// Cross-origin requests carry the page's Origin, are preflighted where they
// have to be, and what CORS blocks is a [*BlockedError]. The response has only
// the headers that script would see. Forbidden request headers, such as Origin
// and Cookie, are dropped without a word.
//
// Redirects are followed here, since only a browser's own rules know where
// they may lead: CheckRedirect of [http.Client] is never asked, and
// Response.Request has the URL at the end of them.
//
// Cookies are the page's browser's: they go with a request as its credentials
// mode and SameSite have it, and are kept from responses likewise. Set-Cookie
// is hidden from script and Cookie is forbidden, so a Jar of [http.Client] has
// no effect; [RoundTripper.SetCookie] sets a cookie.
//
// It is safe for concurrent use. Requests share cookies and the
// CORS-preflight cache; no lock is held while one is on its way.
type RoundTripper struct {
	transport fetch.Transport
	init      []func(*browser.FetchInit)

	// mu is held by whoever runs the browser. A call lets go of it while it
	// waits for a server: nothing that the browser shares between calls is in
	// use then.
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

// WithProfile chooses the browser. Without it the standard itself decides.
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

// WithBrowser makes the browser with options: with [browser.WithClock] and
// [time.Now], cookies and what preflights grant expire as time passes.
func WithBrowser(options ...browser.Option) RoundTripperOption {
	return func(c *roundTripperConfig) { c.browser = append(c.browser, options...) }
}

// NewRoundTripper returns a round tripper for a page at a URL; "null" is a
// sandboxed page. Its requests go over t; nil is the zero [Transport]. Bodies
// that come over a [Transport] are not kept in memory: the caller reads them
// from the connection, MaxBody does not limit them, and Timeout bounds the wait
// for the header only. The error says why the page's URL is no URL.
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

// CloseIdleConnections closes the connections that a [Transport] keeps for
// later, as that of an [http.Client] asks for.
func (rt *RoundTripper) CloseIdleConnections() {
	if net, ok := rt.transport.(*Transport); ok {
		(&http.Client{Transport: net.roundTripper()}).CloseIdleConnections()
	}
}

// RoundTrip makes the request from the page. An error is a [*BlockedError]
// where a page would see one, and the context's where that ended the request.
func (rt *RoundTripper) RoundTrip(req *http.Request) (*http.Response, error) {
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

// initOf takes a request to what script would pass to fetch(). The body is read
// whole, since preflights come before it and redirects may repeat it.
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

// call is one request under way, and the context that it is made in, by which
// [carry] finds it.
type call struct {
	context.Context
	rt *RoundTripper
	// live is the last answer that came over a connection, its body unread.
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

// carry is the transport of the page: it hands an exchange to the call that makes
// it.
func carry(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	return ctx.Value(callKey{}).(*call).carry(ctx, req)
}

func (c *call) fetch(init browser.FetchInit) (*browser.Result, error) {
	c.rt.mu.Lock()
	defer c.rt.mu.Unlock()
	return c.rt.page.Fetch(c, init)
}

// carry carries one exchange while others may use the browser.
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

// withoutEncoding returns the request without Accept-Encoding, so that the body
// comes as script would see it.
func withoutEncoding(req *fetch.WireRequest) *fetch.WireRequest {
	out := *req
	out.Header = req.Header.Clone()
	out.Header.Delete("Accept-Encoding")
	return &out
}

// drop lets go of an answer that nobody will read.
func (c *call) drop() {
	if c.live == nil {
		return
	}
	_ = c.live.Body.Close()
	c.deadline.release()
	c.live = nil
}

// response is what script sees, in net/http's form.
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

// contentLength is the length of a body that is in memory; of one that HEAD did
// not ask for it is what the header says, -1 where that says nothing.
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

// finalRequest is the request at the end of its redirects.
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

// Close lets go of the connection.
func (b *liveBody) Close() error {
	err := b.ReadCloser.Close()
	b.deadline.release()
	return err
}
