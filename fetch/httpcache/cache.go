package httpcache

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/enum"
	"github.com/corsim/corsim/origin"
)

// Capacity is how many bytes of responses a cache keeps. When it is full, the responses
// that were used longest ago go.
const Capacity = 32 << 20

// Key says which response is meant. A browser chooses the parts.
type Key struct {
	// Partition is that of the pages that share the response; the zero value if all do.
	Partition origin.PartitionKey
	// Variant keeps responses apart that have the same URL, such as those to requests
	// without credentials.
	Variant string
	URL     string // without the fragment
}

// Received is a response with what is known of its request.
type Received struct {
	*fetch.WireResponse
	// RequestHeader are the headers of the request as they were sent. Only those are kept
	// that Vary names.
	RequestHeader fetch.HeaderList
	// Credentials reports whether the request had credentials.
	Credentials bool
	// InMemory says for which requests the browser also keeps the resource in the memory of
	// the page's process. The browser chooses the numbers; 0 is for none.
	InMemory uint8
	// freshened reports whether it is a stored response that a 304 has freshened.
	freshened bool
}

// Stored is a response in a cache. It does not change.
type Stored struct {
	Received
	// time is when the response came, or when the server said last that it is still good.
	time       time.Time
	directives Directives
	found      found
}

// Cache stores responses to GET requests. It is safe for concurrent use. Its methods take
// time that does not depend on how many responses are stored.
type Cache struct {
	rules *Rules
	now   func() time.Time
	// content is what the cache has. It changes while mu is held; without it, it says what
	// need not be looked for.
	content atomic.Uint32

	mu      sync.Mutex
	entries map[Key]*entry
	recent  entry // the ring of entries: the most recently used is next
	size    int   // in bytes
	waiting waiting
}

// entry is a stored response in the ring.
type entry struct {
	*Stored
	key        Key
	size       int
	prev, next *entry
}

// New returns an empty cache with a clock.
func New(r *Rules, now func() time.Time) *Cache {
	c := &Cache{rules: r, now: now}
	c.recent.prev, c.recent.next = &c.recent, &c.recent
	return c
}

// What a cache has, in ascending order.
const (
	hasNothing uint32 = iota
	// hasSilent: there are only responses that the modes "force-cache" and "only-if-cached" get.
	hasSilent
	hasAny
)

// IsEmpty reports whether the cache has no response.
func (c *Cache) IsEmpty() bool { return c.content.Load() == hasNothing }

// MayHave reports whether there may be a response for a request in a cache mode. It is
// faster than [Cache.Find], and needs no key.
func (c *Cache) MayHave(mode fetch.CacheMode) bool {
	switch mode {
	case fetch.CacheNoStore, fetch.CacheReload:
		return false
	case fetch.CacheForceCache, fetch.CacheOnlyIfCached:
		return !c.IsEmpty()
	}
	return c.content.Load() == hasAny
}

// noteContent stores what the cache has.
func (c *Cache) noteContent() {
	content := hasNothing
	switch {
	case len(c.entries) > 0:
		content = hasAny
	case !c.waiting.isEmpty():
		content = hasSilent
	}
	if c.content.Load() != content {
		c.content.Store(content)
	}
}

// Use says what a cache has for a request.
type Use uint8

// What a cache has for a request.
const (
	// UseNothing: there is no response.
	UseNothing Use = iota
	// UseStored: the response can be used.
	UseStored
	// UseAfterValidation: the response can be used if the server says that it is still good.
	UseAfterValidation
	// UseStale: the response can be used, and then the server is asked in the background.
	UseStale
)

var useWords = enum.New[Use]("use", "nothing", "stored", "after-validation", "stale")

// String returns a stable word, such as "after-validation".
func (u Use) String() string { return useWords.Word(u) }

// ParseUse returns the use of a word. The error for an unknown word lists the known ones.
func ParseUse(word string) (Use, error) { return useWords.Parse(word) }

// Find returns the response that is stored for a request in a cache mode, and what it can be
// used for. The header is what would be sent. The modes "no-store" and "reload" find nothing.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func (c *Cache) Find(k Key, header fetch.HeaderList, mode fetch.CacheMode) (*Stored, Use) {
	if !c.MayHave(mode) {
		return nil, UseNothing
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.settle()
	e := c.entries[k]
	if e == nil {
		return nil, UseNothing
	}
	c.use(e)
	varies := c.rules.varies(e.Stored, header)
	switch {
	case varies && !c.rules.AskWhenVaryDiffers:
		return nil, UseNothing
	case !varies && c.needsNoServer(e.Stored, mode):
		return e.Stored, UseStored
	case !varies && mode == fetch.CacheDefault && c.rules.isStaleWhileRevalidate(e.Stored, c.now()):
		return e.Stored, UseStale
	case c.rules.asks(e.Stored):
		return e.Stored, UseAfterValidation
	}
	return nil, UseNothing
}

// needsNoServer reports whether a response can be used in a cache mode as it is.
func (c *Cache) needsNoServer(s *Stored, mode fetch.CacheMode) bool {
	switch {
	case takesStale(mode):
		return true
	case mode == fetch.CacheNoCache:
		return c.rules.ImmutableNotAsked && s.directives.Immutable && c.rules.isFresh(s, c.now())
	}
	return c.rules.isFresh(s, c.now())
}

// takesStale reports whether a cache mode takes a response however old it is.
func takesStale(mode fetch.CacheMode) bool {
	return mode == fetch.CacheForceCache || mode == fetch.CacheOnlyIfCached
}

// IsImmutable reports whether a response says that it never changes.
// https://www.rfc-editor.org/rfc/rfc8246
func (s *Stored) IsImmutable() bool { return s.directives.Immutable }

// Validators returns the request headers that ask the server whether a response is still good.
// https://www.rfc-editor.org/rfc/rfc9111#section-4.3.1
func (s *Stored) Validators() fetch.HeaderList {
	var out fetch.HeaderList
	if tag, ok := s.Header.Get("ETag"); ok {
		out.Append("If-None-Match", tag)
	}
	if date, ok := s.Header.Get("Last-Modified"); ok {
		out.Append("If-Modified-Since", date)
	}
	return out
}

// Store stores the response to a GET request, if the rules allow it. Otherwise what was
// stored for the key goes.
// https://www.rfc-editor.org/rfc/rfc9111#section-3
func (c *Cache) Store(k Key, r Received) {
	f := look(r.Header)
	if c.rules.isSilent(r.Status, f) {
		c.storeSilent(&k, &r, f)
		return
	}
	var d Directives
	if f.cacheControl {
		c.rules.Syntax.parse(&d, r.Header)
	}
	if f.pragma && c.rules.Pragma && listHas(r.Header, "Pragma", "no-cache") {
		d.NoCache = true
	}
	always := r.freshened && c.rules.StoredAfter304
	if d.NoStore && !always {
		c.Remove(k)
		return
	}
	s := &Stored{Received: r, directives: d, found: f}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !always && !c.rules.stores(s) {
		c.forget(k)
		return
	}
	c.settle()
	v := varyingOf(&r, f)
	s.RequestHeader, s.time = v.list(), c.now()
	c.put(k, s)
	c.noteContent()
}

// storeSilent stores a silent response: it waits.
func (c *Cache) storeSilent(k *Key, r *Received, f found) {
	size := fixedSize + len(k.URL) + len(r.Body) + f.size
	stored := size <= Capacity && c.rules.storesSilent(r)
	c.mu.Lock()
	if stored {
		w := c.wait(size)
		w.key, w.response, w.credentials, w.found, w.varying = *k, r.WireResponse, r.Credentials, f, varyingOf(r, f)
	} else {
		c.forget(*k)
	}
	c.mu.Unlock()
}

// put stores a response.
func (c *Cache) put(k Key, s *Stored) {
	e := c.entries[k]
	if e == nil {
		if c.entries == nil {
			c.entries = make(map[Key]*entry)
		}
		e = &entry{key: k}
		c.entries[k] = e
		c.push(e)
	} else {
		c.size -= e.size
		c.use(e)
	}
	e.Stored, e.size = s, sizeOf(k, s)
	c.size += e.size
	for c.size > Capacity {
		c.remove(c.recent.prev)
	}
}

// Freshen returns a stored response with the headers of a 304 that says that it is still good.
// https://www.rfc-editor.org/rfc/rfc9111#section-3.2
func (c *Cache) Freshen(s *Stored, notModified *fetch.WireResponse) Received {
	out := s.Received
	response := *s.WireResponse
	response.Header = nil
	changes := func(name string) bool {
		return !isOfBody(name) && !c.rules.keeps(fetch.ByteLowercase(name))
	}
	for _, h := range s.Header {
		if !changes(h.Name) || !notModified.Header.Contains(h.Name) {
			response.Header = append(response.Header, h)
		}
	}
	for _, h := range notModified.Header {
		if changes(h.Name) {
			response.Header = append(response.Header, h)
		}
	}
	out.WireResponse, out.freshened = &response, true
	return out
}

// keeps reports whether a 304 does not change a header, whose name is in lower case.
func (r *Rules) keeps(name string) bool {
	return slices.ContainsFunc(r.KeptBy304, func(kept string) bool {
		return name == kept || strings.HasSuffix(kept, "-") && strings.HasPrefix(name, kept)
	})
}

// listHas reports whether a header that is a list of words has a word, in any case.
func listHas(h fetch.HeaderList, name, word string) bool {
	list, _ := h.Get(name)
	for list != "" {
		var member string
		if member, list = cutName(list); fetch.EqualFold(member, word) {
			return true
		}
	}
	return false
}

// isOfBody reports whether a header is about the body that is stored, which a 304 has not.
func isOfBody(name string) bool {
	name = fetch.ByteLowercase(name)
	return strings.HasPrefix(name, "content-") && name != "content-security-policy" && name != "content-location" && name != "content-language" ||
		name == "transfer-encoding" || name == "connection"
}

// Remove removes what is stored for a key.
func (c *Cache) Remove(k Key) {
	if c.IsEmpty() {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forget(k)
}

// fixedSize is how many bytes a response takes at least.
const fixedSize = 512

// sizeOf returns how many bytes a response takes.
func sizeOf(k Key, s *Stored) int {
	size := fixedSize + len(k.URL) + len(s.Body)
	for _, list := range [...]fetch.HeaderList{s.Header, s.RequestHeader} {
		for i := range list {
			size += sizeOfHeader(&list[i])
		}
	}
	return size
}

// sizeOfHeader returns how many bytes a header takes.
func sizeOfHeader(h *fetch.Header) int { return len(h.Name) + len(h.Value) + 32 }

func (c *Cache) use(e *entry) {
	e.unlink()
	c.push(e)
}

func (c *Cache) push(e *entry) {
	e.prev, e.next = &c.recent, c.recent.next
	e.prev.next, e.next.prev = e, e
}

func (c *Cache) remove(e *entry) {
	e.unlink()
	delete(c.entries, e.key)
	c.size -= e.size
}

func (e *entry) unlink() {
	e.prev.next, e.next.prev = e.next, e.prev
}
