package browser

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/cookie"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// Browser is what outlives a page: a profile, a CORS-preflight cache, cookies
// and a clock that only [Browser.Advance] moves. It and its pages are safe for
// concurrent use.
type Browser struct {
	profile    *Profile
	preflights *cache.Cache

	mu      sync.Mutex // for what follows
	cookies cookie.Jar
	elapsed time.Duration // since the epoch
	fetches int           // so far
}

// epoch is when a browser's clock starts: any fixed instant will do.
var epoch = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// New returns a fresh browser with a profile.
func New(p *Profile) *Browser {
	return &Browser{profile: p, preflights: cache.New(p.rules.cache)}
}

// Profile returns the browser's profile.
func (b *Browser) Profile() *Profile { return b.profile }

// Now returns the time on the browser's clock.
func (b *Browser) Now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now()
}

func (b *Browser) now() time.Time { return epoch.Add(b.elapsed) }

// Advance moves the browser's clock forward.
func (b *Browser) Advance(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.elapsed += d
}

// begin counts one more fetch and notes in a call its number, and the cookies
// and the time that there are.
func (b *Browser) begin(c *call) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fetches++
	c.serial, c.cookies, c.elapsed = b.fetches, b.cookies.Snapshot(), b.elapsed
}

// SetCookie stores a cookie as if a first-party response from u had set it.
// The error says why a cookie was refused.
func (b *Browser) SetCookie(u origin.URL, set string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.cookies.Set(u, set, b.profile.rules.cookies.FirstParty(u, b.now())); err != nil {
		return fmt.Errorf("cookie %q for %s: %w", set, u, err)
	}
	return nil
}

// Page is a document that makes requests. It keeps the images and modules that
// it has loaded, and uses them again where it would fetch them a second time.
type Page struct {
	browser   *Browser
	client    fetch.Client
	partition origin.PartitionKey
	keeping   keeping
	// unmodelled holds the names of policies' headers that have no effect.
	unmodelled []string
}

// PageOption changes the page that [Browser.Open] opens.
type PageOption func(*Page)

// Sandboxed gives the page an opaque origin, as a sandbox without
// allow-same-origin does.
func Sandboxed() PageOption {
	return func(p *Page) {
		p.client.Origin = origin.NewOpaque()
		p.client.TopLevelOrigin = p.client.Origin
	}
}

// WithHeaders gives the page the policies of its response headers, as
// [policy.Parse] reads them. [Page.UnmodelledPolicies] says what is ignored.
func WithHeaders(header fetch.HeaderList) PageOption {
	return func(p *Page) {
		p.client.PolicyContainer, p.unmodelled = policy.Parse(p.client.URL, header)
	}
}

// IsPageURL reports whether [Browser.Open] takes a URL.
func IsPageURL(u origin.URL) bool {
	return u.IsLocal() || u.Scheme() == "file" || !u.Origin().IsOpaque()
}

// Open opens a top-level document at a URL. The error says why the URL is none,
// or none of a page whose origin all browsers agree on: to those of extensions
// and applications each gives an origin of its own making.
func (b *Browser) Open(documentURL string, options ...PageOption) (*Page, error) {
	u, err := origin.ParseURL(documentURL)
	if err != nil {
		return nil, err
	}
	switch {
	case IsPageURL(u):
	case u.HasOpaquePath():
		return nil, fmt.Errorf("%q is no page: it has the scheme %q; a host comes after http:// or https://", documentURL, u.Scheme()+":")
	default:
		return nil, fmt.Errorf("%q: the origins of pages with the scheme %q are each browser's own, and not simulated", documentURL, u.Scheme()+":")
	}
	p := &Page{browser: b, client: fetch.Client{URL: u, Origin: u.Origin()}}
	p.client.TopLevelOrigin = p.client.Origin
	for _, option := range options {
		option(p)
	}
	p.partition = origin.PartitionKeyOf(p.client.TopLevelOrigin)
	return p, nil
}

// URL returns the page's URL.
func (p *Page) URL() origin.URL { return p.client.URL }

// Origin returns the page's origin, which is opaque when it is sandboxed.
func (p *Page) Origin() origin.Origin { return p.client.Origin }

// UnmodelledPolicies returns the names of the page's response headers that carry
// policies which are not modelled, such as Content-Security-Policy: they have no
// effect.
func (p *Page) UnmodelledPolicies() []string { return slices.Clone(p.unmodelled) }

// rules returns the rules of the page's browser.
func (p *Page) rules() *rules { return &p.browser.profile.rules }
