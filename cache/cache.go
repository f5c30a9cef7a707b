package cache

import (
	"slices"
	"sync"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// Key is what entries are kept under.
// https://fetch.spec.whatwg.org/#concept-cache-match
type Key struct {
	Partition origin.PartitionKey
	// Origin is the request's origin, serialised: "null" once redirects taint it.
	Origin string
	// URL is the request's current URL.
	URL string
	// credentials keeps grants with credentials apart where a policy says so.
	credentials bool
}

// Query asks whether the cache covers a request.
type Query struct {
	Key Key
	// Credentials is the request's credentials mode.
	Credentials fetch.CredentialsMode
	Method      string
	// Causes is why the request needs a preflight.
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

// DefaultCapacity is how many keys a cache holds when its policy says nothing.
const DefaultCapacity = 1024

// Policy is what browsers choose for themselves. The zero value is the
// standard's cache with [DefaultCapacity].
type Policy struct {
	// Capacity bounds the number of keys; the least recently used key goes
	// first. 0 is [DefaultCapacity].
	Capacity int
	// MaxURL is how many bytes the URL of a key may have; longer ones are never
	// kept. 0 is no limit.
	MaxURL int
	// WholeGrants keeps one grant under a key, the last one, instead of merging
	// entries: it covers a request in full or is dropped.
	WholeGrants bool
	// ImplicitMethods lists methods that every grant covers unasked.
	ImplicitMethods []string
	// SkipOpaqueOrigins keeps nothing for requests whose origin is "null".
	SkipOpaqueOrigins bool
	// LiteralWildcard takes the asterisk of a grant with credentials for the
	// method or header of that name.
	LiteralWildcard bool
	// NoWildcard takes every asterisk for the method or header of that name.
	NoWildcard bool
	// SeparateCredentials keeps grants with and without credentials apart: each
	// serves only requests of its own kind.
	SeparateCredentials bool
	// UncheckedMethods lists the only methods that need no entry. They are
	// covered once the key has been granted anything, and be it long ago: keys
	// then go only when room is needed.
	UncheckedMethods []string
	// Renew lets a new grant last from now on, whatever an entry's age, and one
	// that lasts no time change nothing.
	Renew bool
	// AnonymousWildcard lets asterisks cover requests without credentials only,
	// but also those of a grant with credentials.
	AnonymousWildcard bool
	// WildcardCoversAuthorization lets an asterisk cover Authorization.
	WildcardCoversAuthorization bool
}

// Cache is a CORS-preflight cache. It is safe for concurrent use.
// https://fetch.spec.whatwg.org/#concept-cache
type Cache struct {
	policy Policy

	mu    sync.Mutex // for what follows
	slots map[Key]*slot
	// recent is a ring in order of use, without a first element: recent.next
	// was used last, recent.prev longest ago.
	recent slot
}

// slot holds all entries of one key.
type slot struct {
	key        Key
	entries    table
	prev, next *slot
}

// New returns an empty cache.
func New(p Policy) *Cache {
	c := &Cache{policy: p, slots: make(map[Key]*slot)}
	if c.policy.Capacity <= 0 {
		c.policy.Capacity = DefaultCapacity
	}
	c.recent.prev, c.recent.next = &c.recent, &c.recent
	return c
}

// Len returns the number of keys that the cache holds entries for, expired
// ones included until they are looked up.
func (c *Cache) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.slots)
}

// Uncovered returns the causes that no entry covers at the time now; nil when
// the cache covers the request and no preflight is needed.
// https://fetch.spec.whatwg.org/#concept-cache-match
func (c *Cache) Uncovered(q Query, now time.Time) []fetch.Cause {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.missing(q, instantOf(now))
}

// missing is Uncovered while the cache is locked.
func (c *Cache) missing(q Query, now instant) []fetch.Cause {
	s := c.lookup(c.slotKey(q.Key, q.Credentials), now)
	if s == nil {
		return q.Causes
	}
	if c.policy.UncheckedMethods != nil {
		q.Causes = c.withMethod(q)
	}
	for i := range q.Causes {
		if c.covers(s, q, q.Causes[i], now) {
			continue
		}
		missing := c.uncovered(s, q, now)
		if c.policy.WholeGrants {
			c.remove(s)
		}
		return missing
	}
	return nil
}

// lookup finds the live slot of a key and marks it as used.
func (c *Cache) lookup(k Key, now instant) *slot {
	s := c.slots[k]
	if s == nil {
		return nil
	}
	if c.policy.UncheckedMethods == nil && s.entries.ended(now) {
		c.remove(s)
		return nil
	}
	s.unlink()
	c.push(s)
	return s
}

// slotKey is the key under which a grant is kept.
func (c *Cache) slotKey(k Key, mode fetch.CredentialsMode) Key {
	k.credentials = c.policy.SeparateCredentials && mode == fetch.CredentialsInclude
	return k
}

// withMethod returns what must be covered where all methods but the unchecked
// ones must be: the headers, and the method if it is none of these.
func (c *Cache) withMethod(q Query) []fetch.Cause {
	causes := make([]fetch.Cause, 0, len(q.Causes)+1)
	if !slices.Contains(c.policy.UncheckedMethods, q.Method) {
		causes = append(causes, fetch.Cause{Kind: fetch.CauseMethod, Name: q.Method})
	}
	for _, cause := range q.Causes {
		if cause.Kind == fetch.CauseHeader {
			causes = append(causes, cause)
		}
	}
	return causes
}

func (c *Cache) uncovered(s *slot, q Query, now instant) []fetch.Cause {
	var missing []fetch.Cause
	for _, cause := range q.Causes {
		if !c.covers(s, q, cause, now) {
			missing = append(missing, cause)
		}
	}
	return missing
}

// covers reports whether an entry covers a cause. Upload listeners and stream
// bodies are covered by the request's method.
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

// pattern is what the entries that cover a method or header name match: its
// own and the wildcard's, both as granted with credentials and, where the
// request has none, without.
// https://fetch.spec.whatwg.org/#concept-cache-match-method
// https://fetch.spec.whatwg.org/#concept-cache-match-header
func (c *Cache) pattern(kind itemKind, name string, mode fetch.CredentialsMode) pattern {
	anonymous := mode != fetch.CredentialsInclude
	p := pattern{kind: kind, name: name, named: [2]bool{anonymous, true}}
	if c.policy.NoWildcard || kind == itemHeaderName && fetch.IsCORSNonWildcardRequestHeaderName(name) &&
		!c.policy.WildcardCoversAuthorization {
		return p
	}
	p.asterisks = [2]bool{anonymous, !c.policy.LiteralWildcard && (anonymous || !c.policy.AnonymousWildcard)}
	return p
}
