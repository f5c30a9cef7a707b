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
