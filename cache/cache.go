package cache

import (
	"slices"
	"sync"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// Key identifies the entries that one request can use.
// https://fetch.spec.whatwg.org/#concept-cache-match
type Key struct {
	Partition origin.PartitionKey
	// Origin is the request's origin, serialised: "null" after redirects taint
	// it.
	Origin string
	// URL is the request's current URL.
	URL string
	// credentials separates grants with credentials from those without, if the
	// rules say so.
	credentials bool
}

// Query asks whether the cache covers a request.
type Query struct {
	Key Key
	// Credentials is the request's credentials mode.
	Credentials fetch.CredentialsMode
	Method      string
	// Causes holds what makes the request need a preflight.
	Causes []fetch.Cause
}

// Grant is what one successful preflight allows.
type Grant struct {
	Key Key
	// Credentials is the request's credentials mode.
	Credentials fetch.CredentialsMode
	Methods     []string
	HeaderNames []string // in any case
	MaxAge      time.Duration
}

// DefaultCapacity is the number of keys that a cache holds when its rules do
// not set one.
const DefaultCapacity = 1024

// Rules says where a browser's cache departs from the standard. The zero value is the
// standard's cache with [DefaultCapacity].
type Rules struct {
	// Capacity limits the number of keys; a full cache removes the least
	// recently used key. 0 is [DefaultCapacity].
	Capacity int
	// MaxURL is the maximum length in bytes of a key's URL; the cache ignores
	// grants with longer ones. 0 means no limit.
	MaxURL int
	// WholeGrants stores only the last grant of a key, instead of merging
	// entries. A grant that does not cover the whole request is removed.
	WholeGrants bool
	// ImplicitMethods lists methods that every grant covers without naming
	// them.
	ImplicitMethods []string
	// SkipOpaqueOrigins ignores grants for requests whose origin is "null".
	SkipOpaqueOrigins bool
	// LiteralWildcard reads the asterisk of a grant with credentials as a
	// method or header with the name "*".
	LiteralWildcard bool
	// NoWildcard reads every asterisk as a method or header with the name "*".
	NoWildcard bool
	// SeparateCredentials stores grants with and without credentials
	// separately: each covers only requests of its own kind.
	SeparateCredentials bool
	// UncheckedMethods lists the only methods that need no entry. They are
	// covered after any grant for the key, even an expired one: the cache then
	// removes keys only when it is full.
	UncheckedMethods []string
	// Renew counts a new grant's max-age from now, even for entries that exist
	// already, and ignores a grant with a max-age of zero or less.
	Renew bool
	// AnonymousWildcard lets asterisks cover only requests without credentials,
	// but also the asterisks of grants with credentials.
	AnonymousWildcard bool
	// WildcardCoversAuthorization lets an asterisk cover Authorization.
	WildcardCoversAuthorization bool
}

// Cache is a CORS-preflight cache. It is safe for concurrent use.
// https://fetch.spec.whatwg.org/#concept-cache
type Cache struct {
	rules Rules

	mu    sync.Mutex // protects the fields below
	slots map[Key]*slot
	// recent is a ring in the order of use; it is not an entry itself.
	// recent.next was used last, recent.prev the longest time ago.
	recent slot
}

// slot holds all entries of one key.
type slot struct {
	key        Key
	entries    table
	prev, next *slot
}

// New returns an empty cache.
func New(r Rules) *Cache {
	c := &Cache{rules: r, slots: make(map[Key]*slot)}
	if c.rules.Capacity <= 0 {
		c.rules.Capacity = DefaultCapacity
	}
	c.recent.prev, c.recent.next = &c.recent, &c.recent
	return c
}

// Len returns the number of keys for which the cache holds entries. It counts a
// key whose entries have expired until the next query for that key.
func (c *Cache) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.slots)
}

// Uncovered returns the causes that no entry covers at the time now; nil when
// the cache covers the request and it needs no preflight.
// https://fetch.spec.whatwg.org/#concept-cache-match
func (c *Cache) Uncovered(q Query, now time.Time) []fetch.Cause {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.uncoveredLocked(q, instantOf(now))
}

// uncoveredLocked is Uncovered for a caller that holds the lock.
func (c *Cache) uncoveredLocked(q Query, now instant) []fetch.Cause {
	s := c.lookup(c.slotKey(q.Key, q.Credentials), now)
	if s == nil {
		return q.Causes
	}
	if c.rules.UncheckedMethods != nil {
		q.Causes = c.causesToCheck(q)
	}
	for i := range q.Causes {
		if c.covers(s, q, q.Causes[i], now) {
			continue
		}
		missing := c.collectUncovered(s, q, now)
		if c.rules.WholeGrants {
			c.remove(s)
		}
		return missing
	}
	return nil
}

// lookup returns the slot of a key if one of its entries has not expired, and
// marks it as used.
func (c *Cache) lookup(k Key, now instant) *slot {
	s := c.slots[k]
	if s == nil {
		return nil
	}
	if c.rules.UncheckedMethods == nil && s.entries.allEnded(now) {
		c.remove(s)
		return nil
	}
	s.unlink()
	c.push(s)
	return s
}

// slotKey returns the key under which the cache stores a grant.
func (c *Cache) slotKey(k Key, mode fetch.CredentialsMode) Key {
	k.credentials = c.rules.SeparateCredentials && mode == fetch.CredentialsInclude
	return k
}

// causesToCheck returns the causes under rules with UncheckedMethods: the
// headers, and the method if it is not one of those.
func (c *Cache) causesToCheck(q Query) []fetch.Cause {
	causes := make([]fetch.Cause, 0, len(q.Causes)+1)
	if !slices.Contains(c.rules.UncheckedMethods, q.Method) {
		causes = append(causes, fetch.Cause{Kind: fetch.CauseMethod, Name: q.Method})
	}
	for _, cause := range q.Causes {
		if cause.Kind == fetch.CauseHeader {
			causes = append(causes, cause)
		}
	}
	return causes
}

func (c *Cache) collectUncovered(s *slot, q Query, now instant) []fetch.Cause {
	var missing []fetch.Cause
	for _, cause := range q.Causes {
		if !c.covers(s, q, cause, now) {
			missing = append(missing, cause)
		}
	}
	return missing
}

// covers reports whether an entry covers a cause. The entry of the request's
// method covers upload listeners and stream bodies.
func (c *Cache) covers(s *slot, q Query, cause fetch.Cause, now instant) bool {
	wanted := c.pattern(itemMethod, q.Method, q.Credentials)
	if cause.Kind == fetch.CauseHeader {
		wanted = c.pattern(itemHeaderName, cause.Name, q.Credentials)
	}
	for e := range s.entries.matching(&wanted) {
		if !e.ended(now) {
			return true
		}
	}
	return false
}

// pattern describes the entries that cover a method or header name: entries
// with that name or with the asterisk, granted with credentials and, for a
// request without credentials, also those granted without.
// https://fetch.spec.whatwg.org/#concept-cache-match-method
// https://fetch.spec.whatwg.org/#concept-cache-match-header
func (c *Cache) pattern(kind itemKind, name string, mode fetch.CredentialsMode) pattern {
	anonymous := mode != fetch.CredentialsInclude
	p := pattern{kind: kind, name: name, named: [2]bool{anonymous, true}}
	if c.rules.NoWildcard || kind == itemHeaderName && fetch.IsCORSNonWildcardRequestHeaderName(name) &&
		!c.rules.WildcardCoversAuthorization {
		return p
	}
	p.asterisks = [2]bool{anonymous, !c.rules.LiteralWildcard && (anonymous || !c.rules.AnonymousWildcard)}
	return p
}
