package cache_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/assert"
	"pgregory.net/rapid"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
)

// plainEntry is a cache entry as in the standard; either method or headerName
// is empty.
type plainEntry struct {
	key                cache.Key
	credentials        bool
	method, headerName string
	stored             time.Time
	maxAge             time.Duration
}

// plainCache is the standard's cache in its simplest form: a list.
type plainCache []*plainEntry

func (c *plainCache) expire(now time.Time) {
	var live plainCache
	for _, e := range *c {
		if now.Before(e.stored.Add(e.maxAge)) {
			live = append(live, e)
		}
	}
	*c = live
}

// match lists the entries that match a method or, in lower case, a header name.
func (c *plainCache) match(k cache.Key, mode fetch.CredentialsMode, method, headerName string) []*plainEntry {
	var found []*plainEntry
	for _, e := range *c {
		if e.key != k || !e.credentials && mode == fetch.CredentialsInclude {
			continue
		}
		if method != "" && (e.method == method || e.method == "*") ||
			headerName != "" && (strings.EqualFold(e.headerName, headerName) || e.headerName == "*" && headerName != "authorization") {
			found = append(found, e)
		}
	}
	return found
}

// store does what CORS-preflight fetch does with methods or with header names:
// it first sets the max-age of the entries that match, then it creates the
// others.
func (c *plainCache) store(g cache.Grant, now time.Time, names []string, entry func(name string) plainEntry) {
	for _, name := range names {
		e := entry(name)
		for _, found := range c.match(g.Key, g.Credentials, e.method, e.headerName) {
			found.maxAge = g.MaxAge
		}
	}
	for _, name := range names {
		e := entry(name)
		if len(c.match(g.Key, g.Credentials, e.method, e.headerName)) > 0 {
			continue
		}
		e.key, e.credentials, e.stored, e.maxAge = g.Key, g.Credentials == fetch.CredentialsInclude, now, g.MaxAge
		*c = append(*c, &e)
	}
}

func (c *plainCache) uncovered(q cache.Query) []fetch.Cause {
	var missing []fetch.Cause
	for _, cause := range q.Causes {
		method, headerName := q.Method, ""
		if cause.Kind == fetch.CauseHeader {
			method, headerName = "", cause.Name
		}
		if len(c.match(q.Key, q.Credentials, method, headerName)) == 0 {
			missing = append(missing, cause)
		}
	}
	return missing
}

func TestCacheAgreesWithThePlainOne(t *testing.T) {
	keys := rapid.SampledFrom([]cache.Key{home, key("https://page.example", "https://api.example/other")})
	modes := rapid.SampledFrom([]fetch.CredentialsMode{fetch.CredentialsSameOrigin, fetch.CredentialsOmit, fetch.CredentialsInclude})
	methods := rapid.SampledFrom([]string{"*", "PUT", "put", "PATCH"})
	// With all of these names a table is long enough for an index.
	headerNames := rapid.SliceOfN(rapid.SampledFrom(strings.Fields(
		"* authorization x-a x-b x-c x-d x-e x-f x-g x-h x-i x-j x-k x-l x-m x-n x-o x-p x-q x-r x-s x-t x-u x-v x-w x-y x-z")), 0, 40)
	causes := rapid.Custom(func(t *rapid.T) fetch.Cause {
		return rapid.SampledFrom([]fetch.Cause{
			method("PUT"), {Kind: fetch.CauseUploadListener}, header("authorization"), header("x-a"), header("x-b"), header("x-z"), header("*"),
		}).Draw(t, "cause")
	})
	rapid.Check(t, func(t *rapid.T) {
		c, plain, now := cache.New(cache.Rules{}), plainCache(nil), start
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "seconds")) * time.Second)
			plain.expire(now)
			k, mode := keys.Draw(t, "key"), modes.Draw(t, "mode")
			switch rapid.SampledFrom([]string{"store", "store", "look", "look", "look", "clear"}).Draw(t, "step") {
			case "store":
				g := cache.Grant{
					Key: k, Credentials: mode, Methods: rapid.SliceOfN(methods, 0, 3).Draw(t, "methods"), HeaderNames: headerNames.Draw(t, "names"),
					MaxAge: time.Duration(rapid.IntRange(0, 6).Draw(t, "max-age")) * time.Second,
				}
				plain.store(g, now, g.Methods, func(name string) plainEntry { return plainEntry{method: name} })
				plain.store(g, now, g.HeaderNames, func(name string) plainEntry { return plainEntry{headerName: name} })
				plain.expire(now)
				for i := range g.HeaderNames {
					g.HeaderNames[i] = strings.ToUpper(g.HeaderNames[i])
				}
				c.Store(g, now)
			case "clear":
				c.Clear(k)
				var rest plainCache
				for _, e := range plain {
					if e.key != k {
						rest = append(rest, e)
					}
				}
				plain = rest
			case "look":
				q := cache.Query{
					Key: k, Credentials: mode, Method: rapid.SampledFrom([]string{"PUT", "put", "GET"}).Draw(t, "method"),
					Causes: rapid.SliceOfN(causes, 1, 4).Draw(t, "causes"),
				}
				assert.DeepEqual(t, c.Uncovered(q, now), plain.uncovered(q), cmpopts.EquateEmpty())
			}
		}
	})
}
