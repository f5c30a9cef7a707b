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
	"github.com/corsim/corsim/origin"
)

// TB is the part of [testing.TB] that this package needs.
type TB interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// DefaultURL is where the handler of [New] is taken to live.
const DefaultURL = "https://api.example.com"

// Server is the server under test, for pages to make requests to. It is safe
// for concurrent use as far as its transport is.
type Server struct {
	tb        TB
	transport fetch.Transport
	base      origin.URL
	profiles  []*browser.Profile
}

// Option changes the server that [New], [NewLive] and [NewOver] return.
type Option func(*Server)

// WithEngines chooses the engines that requests are made with, in place of
// Chromium, Firefox and WebKit.
func WithEngines(profiles ...*browser.Profile) Option {
	return func(s *Server) { s.profiles = slices.Clone(profiles) }
}

// WithURL says which URL the server lives at, in place of [DefaultURL]. The URLs of
// requests are relative to it.
func WithURL(url string) Option {
	return func(s *Server) {
		s.tb.Helper()
		u, err := origin.ParseURL(url)
		if err == nil && !u.IsHTTP() {
			err = fmt.Errorf("%q is no http: or https: URL; a host comes after http:// or https://", url)
		}
		if err != nil {
			s.tb.Fatalf("corstest: server: %v", err)
		}
		s.base = u
	}
}

// WithTimeout bounds how long the server may take for an answer, in real time. An
// answer that streams, such as server-sent events, counts with what has been
// flushed by then. Without this option there is no bound in process, and live
// servers have [nethttp.DefaultTimeout].
func WithTimeout(d time.Duration) Option {
	return func(s *Server) { s.transport = nethttp.TimeoutTransport(s.transport, d) }
}

// New returns a server that runs h in process, as [nethttp.FromHandler] does.
func New(tb TB, h http.Handler, options ...Option) *Server {
	tb.Helper()
	return NewOver(tb, nethttp.FromHandler(h), options...)
}

// NewLive returns a server that is asked at a URL over connections of rt; nil
// is [http.DefaultTransport]. For an httptest.Server pass its URL and its
// Client().Transport. There, as with every page that is not secure itself, mind
// that browsers do not let https: pages load from http: URLs, loopback
// addresses excepted.
func NewLive(tb TB, url string, rt http.RoundTripper, options ...Option) *Server {
	tb.Helper()
	return NewOver(tb, &nethttp.Transport{RoundTripper: rt}, append([]Option{WithURL(url)}, options...)...)
}

// NewOver returns a server that is asked over any transport.
func NewOver(tb TB, t fetch.Transport, options ...Option) *Server {
	tb.Helper()
	s := &Server{tb: tb, transport: t, profiles: Browsers(), base: origin.MustParseURL(DefaultURL)}
	for _, option := range options {
		option(s)
	}
	if len(s.profiles) == 0 {
		tb.Fatalf("corstest: WithEngines names none, so that nothing is asked")
	}
	return s
}

// Browsers returns the profiles that requests are made with unless [WithEngines]
// chooses others: what the users of a page have. The standard itself is not
// among them.
func Browsers() []*browser.Profile {
	return []*browser.Profile{browser.Chromium(), browser.Firefox(), browser.WebKit()}
}

// From opens a page at a URL, of which the origin is what counts, in a fresh
// browser of each engine: with no cookies, an empty CORS-preflight cache and a
// clock that only [Page.Advance] moves. The origin "null" stands for a
// sandboxed page.
func (s *Server) From(url string, options ...browser.PageOption) *Page {
	s.tb.Helper()
	page := &Page{server: s}
	for _, p := range s.profiles {
		b := browser.New(p)
		opened, err := open(b, url, s.base, append(slices.Clone(options), browser.WithTransport(s.transport)))
		if err != nil {
			s.tb.Fatalf("corstest: page: %v", err)
		}
		page.tabs = append(page.tabs, tab{b, opened})
	}
	return page
}

// open opens a page that asks for a target. [browser.NullPage] is a sandboxed
// one.
func open(b *browser.Browser, page string, target origin.URL, options []browser.PageOption) (*browser.Page, error) {
	url, null := browser.PageOf(page, target.String())
	return b.Open(url, append(null, options...)...)
}

// Page is a page that is open in a browser of each engine. Its requests share
// the browsers' preflight caches and cookies. It is not safe for concurrent
// use.
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
// when the user visited it: "session=1; Secure; SameSite=None". Whether it goes
// with a request is for credentials mode and SameSite to say.
func (p *Page) SetCookie(set string) {
	p.server.tb.Helper()
	for _, t := range p.tabs {
		if err := t.browser.SetCookie(p.server.base, set); err != nil {
			p.server.tb.Fatalf("corstest: %v", err)
		}
	}
}

// Call makes any call of a page in each engine in turn, such as
// [browser.Page.XHR] or [browser.Page.EventSource]. URLs are then relative to
// the page.
func (p *Page) Call(call func(context.Context, *browser.Page) (*browser.Result, error)) *Result {
	p.server.tb.Helper()
	out := &Result{}
	for _, t := range p.tabs {
		r, err := call(p.server.tb.Context(), t.page)
		if err != nil {
			p.server.tb.Fatalf("corstest: %s: %v", t.browser.Profile().Name(), err)
		}
		out.Engines = append(out.Engines, r)
	}
	return out
}

// Fetch makes a request with fetch() in each engine in turn, so that the server
// gets it as many times. The URL is relative to the server's.
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

// resolve makes a URL absolute; what is none is left for fetch() to refuse.
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
