package browser

import (
	"sync"
	"time"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch/cookie"
	"github.com/corsim/corsim/fetch/httpcache"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/fetch/textfmt"
	"github.com/corsim/corsim/origin"
)

// Browser holds the state that several pages share: a profile, a
// CORS-preflight cache, cookies and a clock. A browser and its pages are safe
// for concurrent use.
type Browser struct {
	profile     *Profile
	preflights  *cache.Cache
	responses   *httpcache.Cache // nil: there is none
	clock       func() time.Time // nil: the time stands still
	parser      Parser           // nil: there is none
	addresses   policy.Resolver  // nil: local network access is not checked
	permissions policy.Permissions
	documents   DocumentRunner // nil: the documents in frames make no requests
	hsts        policy.HSTS    // hosts that want https; nil: none is known
	logins      []Login        // that the browser remembers
	// certificateErrors: servers have certificates that the browser accepts only because
	// the user said so.
	certificateErrors bool

	mu      sync.Mutex // protects the fields below
	cookies cookie.Jar
	ahead   time.Duration // of the clock
	fetches int           // number of fetches
}

// Option is an option of [New].
type Option func(*Browser)

// WithClock gives the browser a clock, such as [time.Now], so that cookies and
// entries of the CORS-preflight cache expire as time passes. The goroutines
// that use the browser call the function; it must not use the browser itself.
// Without this option only [Browser.Advance] changes the time.
func WithClock(now func() time.Time) Option {
	return func(b *Browser) { b.clock = now }
}

// WithCertificateErrors says that the certificates of the servers have errors which the
// user has accepted, as for certificates that one has made oneself. Chromium then keeps no
// response over https in its HTTP cache.
func WithCertificateErrors() Option {
	return func(b *Browser) { b.certificateErrors = true }
}

// WithoutHTTPCache gives the browser no HTTP cache: each request goes to its server. The
// requests are those of a browser that has stored nothing; a browser whose tools for
// developers turn the cache off adds headers to them.
func WithoutHTTPCache() Option {
	return func(b *Browser) { b.responses = nil }
}

// epoch is the time of a browser without a clock: when the recordings were made, so that
// dates in them are as far away as they were.
var epoch = time.Date(2026, time.November, 15, 0, 0, 0, 0, time.UTC)

// New returns a fresh browser with a profile.
func New(p *Profile, options ...Option) *Browser {
	return NewWithParser(p, ownParser{}, options...)
}

// NewWithParser returns a fresh browser that reads scripts and style sheets with a
// parser instead of its own. A program that calls only this function, and not
// [New], does not contain the own parser, a twelfth of the engine. The profile of
// Firefox asks the parser about some opaque responses; if it is nil or returns an
// error, the calls whose outcome depends on it end with an error: [ErrNoParser], or
// that of the parser. What a module or a style sheet imports is then not loaded, as
// [Result.NotFollowed] says.
func NewWithParser(p *Profile, parser Parser, options ...Option) *Browser {
	b := &Browser{profile: p, preflights: cache.New(p.rules.cache), parser: parser}
	b.responses = httpcache.New(&p.rules.httpCache, b.Now)
	for _, option := range options {
		option(b)
	}
	return b
}

// Profile returns the browser's profile.
func (b *Browser) Profile() *Profile { return b.profile }

// Now returns the time in the browser: the time of its clock, and what
// [Browser.Advance] has added.
func (b *Browser) Now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now()
}

func (b *Browser) now() time.Time { return epoch.Add(b.elapsed()) }

// elapsed returns the time since the epoch.
func (b *Browser) elapsed() time.Duration {
	if b.clock == nil {
		return b.ahead
	}
	return b.clock().Sub(epoch) + b.ahead
}

// Advance adds to the time in the browser, with or without a clock.
func (b *Browser) Advance(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ahead += d
}

// begin counts a fetch. It stores the fetch's number, the cookies and the time
// in the call.
func (b *Browser) begin(c *call) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fetches++
	c.serial, c.cookies, c.elapsed = b.fetches, b.cookies.Snapshot(), b.elapsed()
}

// SetCookie stores a cookie as a first-party response from u would. The error
// says why the cookie was refused.
func (b *Browser) SetCookie(u origin.URL, set string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.cookies.Set(u, set, b.profile.rules.cookies.FirstParty(u, b.now())); err != nil {
		return textfmt.Errorf("cookie %q for %s: %w", set, u, err)
	}
	return nil
}
