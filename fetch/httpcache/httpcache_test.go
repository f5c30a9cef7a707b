package httpcache_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/httpcache"
)

var (
	start = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)
	key   = httpcache.Key{URL: "https://api.example/"}
)

func headers(lines ...string) (out fetch.HeaderList) {
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		out = append(out, fetch.Header{Name: name, Value: value})
	}
	return out
}

// clock is a clock that only the test moves.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

// empty returns an empty cache with rules, and its clock.
func empty(r *httpcache.Rules) (*httpcache.Cache, *clock) {
	c := &clock{start}
	return httpcache.New(r, c.now), c
}

func response(status int, lines ...string) httpcache.Received {
	return httpcache.Received{WireResponse: &fetch.WireResponse{Status: status, Header: headers(lines...), Body: "x"}}
}

func TestDirectives(t *testing.T) {
	for value, want := range map[string]httpcache.Directives{
		"":                                     {},
		"no-store":                             {NoStore: true},
		"NO-CACHE , Must-Revalidate":           {NoCache: true, MustRevalidate: true},
		"max-age=60":                           {MaxAge: time.Minute, HasMaxAge: true},
		`public, max-age="60", x="a,no-store"`: {MaxAge: time.Minute, HasMaxAge: true},
		"max-age=60, max-age=0":                {MaxAge: time.Minute, HasMaxAge: true},
		"max-age=-1":                           {},
		"max-age=1.5, immutable":               {Immutable: true},
		"max-age=99999999999999999999":         {MaxAge: (1 << 31) * time.Second, HasMaxAge: true},
		`no-cache="Set-Cookie"`:                {},
	} {
		got := httpcache.ParseDirectives(headers("cache-control: " + value))
		assert.Check(t, cmp.Diff(want, got) == "", "%q: %s", value, cmp.Diff(want, got))
	}
}

// What a cache with the standard's rules does with a response after some time.
func TestUse(t *testing.T) {
	for name, tc := range map[string]struct {
		stored httpcache.Received
		after  time.Duration
		mode   fetch.CacheMode
		want   httpcache.Use
	}{
		"fresh":                     {response(200, "Cache-Control: max-age=60"), 59 * time.Second, fetch.CacheDefault, httpcache.UseStored},
		"stale":                     {response(200, "Cache-Control: max-age=60"), time.Minute, fetch.CacheDefault, httpcache.UseNothing},
		"stale-with-a-tag":          {response(200, "Cache-Control: max-age=60", `ETag: "1"`), time.Minute, fetch.CacheDefault, httpcache.UseAfterValidation},
		"older-on-the-way":          {response(200, "Cache-Control: max-age=60", "Age: 50"), 10 * time.Second, fetch.CacheDefault, httpcache.UseNothing},
		"no-store":                  {response(200, "Cache-Control: no-store, max-age=60"), 0, fetch.CacheForceCache, httpcache.UseNothing},
		"no-cache":                  {response(200, "Cache-Control: no-cache, max-age=60", `ETag: "1"`), 0, fetch.CacheDefault, httpcache.UseAfterValidation},
		"no-cache-forced":           {response(200, "Cache-Control: no-cache"), 0, fetch.CacheForceCache, httpcache.UseStored},
		"expires":                   {response(200, "Expires: Fri, 20 Nov 2026 12:01:00 GMT"), 59 * time.Second, fetch.CacheDefault, httpcache.UseStored},
		"expires-after-its-date":    {response(200, "Date: Fri, 20 Nov 2026 12:00:50 GMT", "Expires: Fri, 20 Nov 2026 12:01:00 GMT"), 10 * time.Second, fetch.CacheDefault, httpcache.UseNothing},
		"expires-never-valid":       {response(200, "Expires: 0", "Last-Modified: Sat, 01 Jan 2000 00:00:00 GMT"), 0, fetch.CacheDefault, httpcache.UseAfterValidation},
		"heuristic":                 {response(200, "Last-Modified: Tue, 10 Nov 2026 12:00:00 GMT"), 23 * time.Hour, fetch.CacheDefault, httpcache.UseStored},
		"heuristic-over":            {response(200, "Last-Modified: Tue, 10 Nov 2026 12:00:00 GMT"), 24 * time.Hour, fetch.CacheDefault, httpcache.UseAfterValidation},
		"heuristic-of-no-status":    {response(299, "Last-Modified: Tue, 10 Nov 2026 12:00:00 GMT"), 0, fetch.CacheDefault, httpcache.UseAfterValidation},
		"mode-no-store":             {response(200, "Cache-Control: max-age=60"), 0, fetch.CacheNoStore, httpcache.UseNothing},
		"mode-reload":               {response(200, "Cache-Control: max-age=60"), 0, fetch.CacheReload, httpcache.UseNothing},
		"mode-no-cache":             {response(200, "Cache-Control: max-age=60", `ETag: "1"`), 0, fetch.CacheNoCache, httpcache.UseAfterValidation},
		"mode-no-cache-without-tag": {response(200, "Cache-Control: max-age=60"), 0, fetch.CacheNoCache, httpcache.UseNothing},
		"mode-force-cache-stale":    {response(200), time.Hour, fetch.CacheForceCache, httpcache.UseStored},
		"vary-star":                 {response(200, "Cache-Control: max-age=60", "Vary: *"), 0, fetch.CacheDefault, httpcache.UseNothing},
		"part":                      {response(206, "Cache-Control: max-age=60"), 0, fetch.CacheDefault, httpcache.UseNothing},
	} {
		t.Run(name, func(t *testing.T) {
			rules := httpcache.Standard()
			c, clock := empty(&rules)
			c.Store(key, tc.stored)
			clock.Time = start.Add(tc.after)
			_, got := c.Find(key, nil, tc.mode)
			assert.Equal(t, got, tc.want)
		})
	}
}

func TestVary(t *testing.T) {
	rules := httpcache.Standard()
	for _, ask := range []bool{false, true} {
		rules.AskWhenVaryDiffers = ask
		c, _ := empty(&rules)
		s := response(200, "Cache-Control: max-age=60", "Vary: Accept, origin", `ETag: "1"`)
		s.RequestHeader = headers("Origin: https://a.example", "X: 1")
		c.Store(key, s)
		_, same := c.Find(key, headers("origin: https://a.example", "X: 2"), fetch.CacheDefault)
		assert.Equal(t, same, httpcache.UseStored)
		want := httpcache.UseNothing
		if ask {
			want = httpcache.UseAfterValidation
		}
		for _, other := range []fetch.HeaderList{nil, headers("Origin: https://b.example"), headers("Origin: https://a.example", "Accept: x")} {
			_, got := c.Find(key, other, fetch.CacheForceCache)
			assert.Equal(t, got, want)
		}
	}
}

// A response that is not stored takes the place of one that was.
func TestReplaced(t *testing.T) {
	rules := httpcache.Standard()
	c, _ := empty(&rules)
	c.Store(key, response(200, "Cache-Control: max-age=60"))
	c.Store(key, response(200, "Cache-Control: no-store"))
	_, got := c.Find(key, nil, fetch.CacheDefault)
	assert.Equal(t, got, httpcache.UseNothing)
}

func TestFreshen(t *testing.T) {
	rules := httpcache.Standard()
	c, _ := empty(&rules)
	old := response(200, "Content-Type: text/plain", "ETag: \"1\"", "Access-Control-Allow-Origin: https://a.example", "X: 1")
	fresh := c.Freshen(&httpcache.Stored{Received: old}, &fetch.WireResponse{Status: 304, Header: headers("access-control-allow-origin: https://b.example", "Content-Type: text/html")})
	assert.DeepEqual(t, fresh.Header, headers("Content-Type: text/plain", "ETag: \"1\"", "X: 1", "access-control-allow-origin: https://b.example"))
	assert.Equal(t, old.Header.Contains("Access-Control-Allow-Origin"), true)
}

// The memory is bounded: the responses that were used longest ago go.
func TestCapacity(t *testing.T) {
	rules := httpcache.Standard()
	c, _ := empty(&rules)
	large := response(200, "Cache-Control: max-age=60")
	large.Body = strings.Repeat("x", httpcache.Capacity/4)
	at := func(i int) httpcache.Key { return httpcache.Key{URL: fmt.Sprint("https://api.example/", i)} }
	for i := range 5 {
		c.Store(at(i), large)
		c.Find(at(0), nil, fetch.CacheDefault)
	}
	var kept []int
	for i := range 5 {
		if _, use := c.Find(at(i), nil, fetch.CacheDefault); use == httpcache.UseStored {
			kept = append(kept, i)
		}
	}
	assert.DeepEqual(t, kept, []int{0, 3, 4})
}

// FuzzDirectives checks that no value of Cache-Control gives a negative time, and that
// the value can be cut anywhere.
func FuzzDirectives(f *testing.F) {
	f.Add(`max-age=60, no-cache="a,b", x="\"", immutable`)
	f.Add(`max-age="`)
	f.Fuzz(func(t *testing.T, value string) {
		d := httpcache.ParseDirectives(fetch.HeaderList{{Name: "Cache-Control", Value: value}})
		assert.Check(t, d.MaxAge >= 0 && (d.HasMaxAge || d.MaxAge == 0))
	})
}

// A response is found in a time that does not depend on how many are stored.
func BenchmarkFind(b *testing.B) {
	for _, stored := range []int{1, 1000, 30000} {
		b.Run(fmt.Sprint(stored), func(b *testing.B) {
			rules := httpcache.Standard()
			c, _ := empty(&rules)
			for i := range stored {
				c.Store(httpcache.Key{URL: fmt.Sprint("https://api.example/", i)}, response(200, "Cache-Control: max-age=60"))
			}
			hit, miss := httpcache.Key{URL: "https://api.example/0"}, httpcache.Key{URL: "https://api.example/none"}
			b.Run("hit", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					c.Find(hit, nil, fetch.CacheDefault)
				}
			})
			b.Run("miss", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					c.Find(miss, nil, fetch.CacheDefault)
				}
			})
		})
	}
}
