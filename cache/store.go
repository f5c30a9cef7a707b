package cache

import (
	"slices"
	"time"

	"github.com/corsim/corsim/fetch"
)

// Store records a grant at the time now: entries that match get the new
// max-age, and the cache creates the others. A grant with a max-age of zero or
// less ends at once.
// https://fetch.spec.whatwg.org/#concept-cache-create-entry
func (c *Cache) Store(g Grant, now time.Time) {
	if !c.isCacheable(g.Key) {
		return
	}
	if c.rules.Renew && g.MaxAge <= 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.storeLocked(&g, instantOf(now))
}

// storeLocked is Store for a caller that holds the lock.
func (c *Cache) storeLocked(g *Grant, now instant) {
	g.Key = c.slotKey(g.Key, g.Credentials)
	s := c.slots[g.Key]
	if s != nil && c.rules.WholeGrants {
		c.remove(s)
		s = nil
	}
	g.Methods = append(slices.Clip(g.Methods), c.rules.ImplicitMethods...)
	if s == nil {
		if g.MaxAge <= 0 || len(g.Methods)+len(g.HeaderNames) == 0 && c.rules.UncheckedMethods == nil {
			return
		}
		s = c.add(g.Key, len(g.Methods)+len(g.HeaderNames))
	}
	s.entries.expire(now)
	// Steps 7.12 and 7.13 of CORS-preflight fetch: the methods.
	for _, method := range g.Methods {
		c.grant(s, g, itemMethod, method, now)
	}
	// Steps 7.14 and 7.15: the header names.
	for _, name := range g.HeaderNames {
		c.grant(s, g, itemHeaderName, name, now)
	}
	if s.entries.expire(now); len(s.entries.list) == 0 && c.rules.UncheckedMethods == nil {
		c.remove(s)
	}
}

// isCacheable reports whether the rules allow entries for a key.
func (c *Cache) isCacheable(k Key) bool {
	if c.rules.SkipOpaqueOrigins && k.Origin == "null" {
		return false
	}
	return c.rules.MaxURL == 0 || len(k.URL) <= c.rules.MaxURL
}

// grant gives the grant's max-age to the entries that match a method or header
// name, or creates an entry when none matches. The time at which an existing
// entry was stored does not change: it ends max-age after that time.
func (c *Cache) grant(s *slot, g *Grant, kind itemKind, name string, now instant) {
	p, matched := c.pattern(kind, name, g.Credentials), false
	for e := range s.entries.matching(&p) {
		e.maxAge, matched = g.MaxAge, true
		if c.rules.Renew {
			e.stored = now
		}
	}
	if matched {
		return
	}
	granted := item{kind: kind, name: name, credentials: g.Credentials == fetch.CredentialsInclude}
	if kind == itemHeaderName {
		granted.name = fetch.ByteLowercase(name)
	}
	s.entries.add(entry{item: granted, stored: now, maxAge: g.MaxAge})
}

// Clear removes all entries of a key. A preflighted request that ends in a
// network error does this.
// https://fetch.spec.whatwg.org/#concept-cache-clear
func (c *Cache) Clear(k Key) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, mode := range [...]fetch.CredentialsMode{fetch.CredentialsOmit, fetch.CredentialsInclude} {
		if s := c.slots[c.slotKey(k, mode)]; s != nil {
			c.remove(s)
		}
	}
}

// add adds an empty slot for a key, and removes the least recently used key
// when the cache is full.
func (c *Cache) add(k Key, size int) *slot {
	if len(c.slots) >= c.rules.Capacity {
		c.remove(c.recent.prev)
	}
	s := &slot{key: k, entries: table{list: make([]entry, 0, size)}}
	c.slots[k] = s
	c.push(s)
	return s
}

func (c *Cache) remove(s *slot) {
	s.unlink()
	delete(c.slots, s.key)
}

func (c *Cache) push(s *slot) {
	s.prev, s.next = &c.recent, c.recent.next
	s.prev.next, s.next.prev = s, s
}

func (s *slot) unlink() {
	s.prev.next, s.next.prev = s.next, s.prev
}
