package corstest

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/nethttp"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// TB is the part of [testing.TB] that this package needs.
type TB interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// DefaultURL is the URL of the server, unless [At] sets another one.
const DefaultURL = "https://api.example.com"

// Server is the server under test. Pages make requests to it. It is safe for
// concurrent use if its transport is.
type Server struct {
	tb        TB
	transport fetch.Transport
	base      origin.URL
	profiles  []*browser.Profile
	browser   []browser.Option // of each engine
	// modelled is the transport of [Config]; nil for other servers.
	modelled      *modelTransport
	sourceChanges []func(*server.Source)
}

// Option changes the server that [New], [NewLive], [NewOver] and [Config] return.
type Option func(*Server)

// WithEngines chooses the engines that make the requests, instead of Chromium, Firefox
// and WebKit.
func WithEngines(profiles ...*browser.Profile) Option {
	return func(s *Server) { s.profiles = slices.Clone(profiles) }
}

// WithAddressSpaces says where hosts are, by name in lower case, also that of the page.
// Then the browsers check local network access: without [WithPermissions] a public page's
// request to a server that is not public is blocked, because the user has not answered.
// Without this option nothing is checked.
func WithAddressSpaces(spaces map[string]fetch.AddressSpace) Option {
	return WithBrowser(browser.WithAddresses(policy.AddressesIn(spaces)))
}

// WithPermissions says what the user has answered the browsers about pages that want to
// reach servers that are not public.
func WithPermissions(p policy.Permissions) Option {
	return WithBrowser(browser.WithPermissions(p))
}

// WithBrowser makes the browsers with options.
func WithBrowser(options ...browser.Option) Option {
	return func(s *Server) { s.browser = append(s.browser, options...) }
}

// WithURL sets the URL of the server, instead of [DefaultURL]. The URLs of requests are
// relative to it.
func WithURL(url string) Option {
	return func(s *Server) {
		s.tb.Helper()
		u, err := origin.ParseURL(url)
		if err == nil && !u.IsHTTP() {
			err = fmt.Errorf("%q is not an http: or https: URL; a host comes after http:// or https://", url)
		}
		if err != nil {
			s.tb.Fatalf("corstest: server: %v", err)
		}
		s.base = u
	}
}

// WithTimeout limits how long the server may take for a response, in real time. Of a
// response that streams, such as server-sent events, the page gets what was flushed
// until then. Without this option, a handler has no limit, and the limit of a live
// server is [nethttp.DefaultTimeout].
func WithTimeout(d time.Duration) Option {
	return func(s *Server) { s.transport = nethttp.TimeoutTransport(s.transport, d) }
}

// New returns a server that runs h in process, as [nethttp.FromHandler] does.
func New(tb TB, h http.Handler, options ...Option) *Server {
	tb.Helper()
	return NewOver(tb, nethttp.FromHandler(h), options...)
}

// NewLive returns a server that runs at a URL. Requests use connections of rt; nil
// is [http.DefaultTransport]. For an httptest.Server pass its URL and its
// Client().Transport. Browsers do not let https: pages load from http: URLs, except
// from loopback addresses.
func NewLive(tb TB, url string, rt http.RoundTripper, options ...Option) *Server {
	tb.Helper()
	return NewOver(tb, &nethttp.Transport{RoundTripper: rt}, append([]Option{WithURL(url)}, options...)...)
}

// NewOver returns a server that gets its requests over a transport.
func NewOver(tb TB, t fetch.Transport, options ...Option) *Server {
	tb.Helper()
	s := &Server{tb: tb, transport: t, profiles: Browsers(), base: origin.MustParseURL(DefaultURL)}
	for _, option := range options {
		option(s)
	}
	if _, isModelled := t.(*modelTransport); len(s.sourceChanges) > 0 && !isModelled {
		tb.Fatalf("corstest: WithSource, WithEnv and WithBackend are options of Config")
	}
	if len(s.profiles) == 0 {
		tb.Fatalf("corstest: WithEngines lists no engine, so no request is made")
	}
	return s
}

// Browsers returns the profiles of the browsers that users have: Chromium, Firefox
// and WebKit. They make the requests unless [WithEngines] chooses others.
func Browsers() []*browser.Profile {
	return []*browser.Profile{browser.Chromium(), browser.Firefox(), browser.WebKit()}
}

// From opens a page at a URL or an origin in a new browser of each engine. The
// browsers have no cookies, an empty CORS-preflight cache and a clock that only
// [Page.Advance] moves. The origin "null" stands for a sandboxed page.
func (s *Server) From(url string, options ...browser.PageOption) *Page {
	s.tb.Helper()
	page := &Page{server: s}
	for _, p := range s.profiles {
		b := browser.New(p, s.browser...)
		opened, err := open(b, url, s.base, append(slices.Clone(options), browser.WithTransport(s.transport)))
		if err != nil {
			s.tb.Fatalf("corstest: page: %v", err)
		}
		page.tabs = append(page.tabs, tab{b, opened})
	}
	return page
}

// open opens a page that makes requests to a target. [browser.NullPage] stands for
// a sandboxed page.
func open(b *browser.Browser, page string, target origin.URL, options []browser.PageOption) (*browser.Page, error) {
	url, null := browser.PageOf(page, target.String())
	return b.Open(url, append(null, options...)...)
}

// Page is a page that is open in a browser of each engine. Its requests share the
// preflight cache and the cookies of the browser. It is not safe for concurrent use.
type Page struct {
	server *Server
	tabs   []tab
}

// tab is the page in one engine.
type tab struct {
	browser *browser.Browser
	page    *browser.Page
}

// Advance moves the clocks of the page's browsers forward.
func (p *Page) Advance(d time.Duration) {
	for _, t := range p.tabs {
		t.browser.Advance(d)
	}
}

// SetCookie stores a cookie in the page's browsers, as if the server had set it
// when the user visited it: "session=1; Secure; SameSite=None". The credentials mode
// and SameSite decide which requests it is sent with.
func (p *Page) SetCookie(set string) {
	p.server.tb.Helper()
	for _, t := range p.tabs {
		if err := t.browser.SetCookie(p.server.base, set); err != nil {
			p.server.tb.Fatalf("corstest: %v", err)
		}
	}
}

// Call makes any call of a page, such as [browser.Page.XHR] or
// [browser.Page.EventSource], in each engine, one after the other. The URLs of the
// call are relative to the page.
func (p *Page) Call(call func(context.Context, *browser.Page) (*browser.Result, error)) *Result {
	tb := p.server.tb
	tb.Helper()
	out := &Result{}
	ctx := tb.Context()
	var said *record
	if m := p.server.modelled; m != nil {
		ctx, said = m.newRecord(ctx)
	}
	for _, t := range p.tabs {
		r, err := call(ctx, t.page)
		if err != nil {
			tb.Fatalf("corstest: %s: %v", t.browser.Profile().Name(), err)
		}
		out.Engines = append(out.Engines, r)
	}
	if said != nil {
		if unknown := said.unknownIn(out.Engines); unknown != nil {
			tb.Fatalf("corstest: %s: %v", p.server.modelled.path, unknown)
		}
		out.configuration = &said.configuration
	}
	return out
}

// Fetch makes a request with fetch() in each engine, one after the other, so the
// server gets it once for each engine. The URL is relative to the server's URL.
func (p *Page) Fetch(method, url string, options ...RequestOption) *Result {
	p.server.tb.Helper()
	init := browser.FetchInit{Method: method, URL: p.server.resolve(url)}
	for _, option := range options {
		option(&init)
	}
	return p.Call(func(ctx context.Context, page *browser.Page) (*browser.Result, error) {
		return page.Fetch(ctx, init)
	})
}

// resolve makes a URL absolute. It returns a text that is not a URL unchanged, and
// fetch() refuses it.
func (s *Server) resolve(url string) string {
	u, err := s.base.Parse(url)
	if err != nil {
		return url
	}
	return u.String()
}

// GET makes a GET request, as [Page.Fetch] does.
func (p *Page) GET(url string, options ...RequestOption) *Result {
	p.server.tb.Helper()
	return p.Fetch(http.MethodGet, url, options...)
}

// POST makes a POST request, as [Page.Fetch] does.
func (p *Page) POST(url string, options ...RequestOption) *Result {
	p.server.tb.Helper()
	return p.Fetch(http.MethodPost, url, options...)
}

// PUT makes a PUT request, as [Page.Fetch] does.
func (p *Page) PUT(url string, options ...RequestOption) *Result {
	p.server.tb.Helper()
	return p.Fetch(http.MethodPut, url, options...)
}

// PATCH makes a PATCH request, as [Page.Fetch] does.
func (p *Page) PATCH(url string, options ...RequestOption) *Result {
	p.server.tb.Helper()
	return p.Fetch(http.MethodPatch, url, options...)
}

// DELETE makes a DELETE request, as [Page.Fetch] does.
func (p *Page) DELETE(url string, options ...RequestOption) *Result {
	p.server.tb.Helper()
	return p.Fetch(http.MethodDelete, url, options...)
}
