package browser

import (
	"fmt"
	"sync"
	"time"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch/cookie"
	"github.com/corsim/corsim/origin"
)

// Browser is what outlives a page: a profile, a CORS-preflight cache, cookies
// and a clock. It and its pages are safe for
// concurrent use.
type Browser struct {
	profile    *Profile
	preflights *cache.Cache
	clock      func() time.Time

	mu      sync.Mutex // for what follows
	cookies cookie.Jar
	ahead   time.Duration // of the clock
	fetches int           // so far
}

// Option changes the browser that [New] returns.
type Option func(*Browser)

// WithClock gives the browser a clock, such as [time.Now], so that cookies and
// what preflights grant expire as time passes. The function is called from the
// goroutines that use the browser, and must not use the browser itself. Without
// this option only [Browser.Advance] moves the time.
func WithClock(now func() time.Time) Option {
	return func(b *Browser) { b.clock = now }
}

// epoch is the time of a browser without a clock: any fixed instant will do.
var epoch = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

func stopped() time.Time { return epoch }

// New returns a fresh browser with a profile.
func New(p *Profile, options ...Option) *Browser {
	b := &Browser{profile: p, preflights: cache.New(p.rules.cache), clock: stopped}
	for _, option := range options {
		option(b)
	}
	return b
}

// Profile returns the browser's profile.
func (b *Browser) Profile() *Profile { return b.profile }

// Now returns the time in the browser: that of its clock, and what
// [Browser.Advance] has added.
func (b *Browser) Now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now()
}

func (b *Browser) now() time.Time { return b.clock().Add(b.ahead) }

// Advance lets so much time pass in the browser, whatever its clock.
func (b *Browser) Advance(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ahead += d
}

// begin counts one more fetch and notes in a call its number, and the cookies
// and the time that there are.
func (b *Browser) begin(c *call) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fetches++
	c.serial, c.cookies, c.elapsed = b.fetches, b.cookies.Snapshot(), b.now().Sub(epoch)
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
