package httpcache_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	"pgregory.net/rapid"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/httpcache"
)

// TestWaitingChangesNothing does random things with a cache, and compares what it finds
// with the last response of each URL: that a change waits can not be seen.
func TestWaitingChangesNothing(t *testing.T) {
	kinds := map[string]struct {
		stored          httpcache.Received
		byDefault, anew httpcache.Use // in the modes "default" and "force-cache"
	}{
		"silent":   {response(200, "Vary: Origin"), httpcache.UseNothing, httpcache.UseStored},
		"redirect": {response(302, "Location: /"), httpcache.UseNothing, httpcache.UseStored},
		"fresh":    {response(200, "cache-control: max-age=60"), httpcache.UseStored, httpcache.UseStored},
		"expires":  {response(200, "Expires: Fri, 20 Nov 2026 12:01:00 GMT"), httpcache.UseStored, httpcache.UseStored},
		"modified": {response(200, "last-modified: Tue, 10 Nov 2026 12:00:00 GMT"), httpcache.UseStored, httpcache.UseStored},
		"tagged":   {response(200, `etag: "1"`), httpcache.UseAfterValidation, httpcache.UseStored},
		"moved":    {response(301, "Location: /"), httpcache.UseStored, httpcache.UseStored},
		"no-store": {response(200, "Cache-Control: no-store"), httpcache.UseNothing, httpcache.UseNothing},
		"part":     {response(206), httpcache.UseNothing, httpcache.UseNothing},
		"removed":  {},
	}
	names := []string{"silent", "redirect", "fresh", "expires", "modified", "tagged", "moved", "no-store", "part", "removed"}
	rules := httpcache.Standard()
	rules.Permanent = []int{301}
	rapid.Check(t, func(t *rapid.T) {
		c, _ := empty(&rules)
		last := map[httpcache.Key]string{}
		for range rapid.IntRange(0, 60).Draw(t, "steps") {
			k := httpcache.Key{URL: fmt.Sprint("https://api.example/", rapid.IntRange(0, 5).Draw(t, "url"))}
			switch rapid.SampledFrom([]string{"change", "change", "default", "force-cache"}).Draw(t, "step") {
			case "change":
				name := rapid.SampledFrom(names).Draw(t, "response")
				if last[k] = name; name == "removed" {
					c.Remove(k)
				} else {
					c.Store(k, kinds[name].stored)
				}
			case "default":
				_, use := c.Find(k, nil, fetch.CacheDefault)
				assert.Equal(t, use, kinds[last[k]].byDefault, "%s", last[k])
			case "force-cache":
				s, use := c.Find(k, nil, fetch.CacheForceCache)
				assert.Equal(t, use, kinds[last[k]].anew, "%s", last[k])
				assert.Check(t, use == httpcache.UseNothing || s.WireResponse == kinds[last[k]].stored.WireResponse)
			}
		}
	})
}

// TestWaitingIsBounded stores many responses: the last ones are kept. Nothing asks for the
// silent ones while they are stored, so that they wait.
func TestWaitingIsBounded(t *testing.T) {
	at := func(i int) httpcache.Key { return httpcache.Key{URL: fmt.Sprint("https://api.example/", i)} }
	for name, tc := range map[string]struct {
		body         string
		many, fewer  int // how many are stored, and the first that is surely kept
		cacheControl string
	}{
		"many":  {"x", 20_000, 19_600, ""},
		"large": {strings.Repeat("x", httpcache.Capacity/8), 100, 97, ""},
		"huge":  {strings.Repeat("x", httpcache.Capacity), 3, 3, ""},
		// A response takes at least 512 bytes, so that small ones are bounded too.
		"small-fresh": {"x", 2 * httpcache.Capacity / 512, 2*httpcache.Capacity/512 - 30_000, "max-age=60"},
	} {
		t.Run(name, func(t *testing.T) {
			rules := httpcache.Standard()
			c, _ := empty(&rules)
			silent := response(200)
			silent.Body = tc.body
			if tc.cacheControl != "" {
				silent.Header = headers("Cache-Control: " + tc.cacheControl)
			}
			for i := range tc.many {
				c.Store(at(i), silent)
			}
			kept := func(i int) bool {
				_, use := c.Find(at(i), nil, fetch.CacheForceCache)
				return use == httpcache.UseStored
			}
			assert.Check(t, !kept(0))
			for i := tc.fewer; i < tc.many; i++ {
				assert.Check(t, kept(i), i)
			}
		})
	}
}

// TestValidatedIsFreshAgain finds a response after its end, and again after the server has
// said that it is still good.
func TestValidatedIsFreshAgain(t *testing.T) {
	rules := httpcache.Standard()
	c, clock := empty(&rules)
	c.Store(key, response(200, "Cache-Control: max-age=60", `ETag: "1"`))
	clock.Time = start.Add(time.Hour)
	s, use := c.Find(key, nil, fetch.CacheDefault)
	assert.Equal(t, use, httpcache.UseAfterValidation)
	c.Store(key, c.Freshen(s, &fetch.WireResponse{Status: 304}))
	_, use = c.Find(key, nil, fetch.CacheDefault)
	assert.Equal(t, use, httpcache.UseStored)
}

// BenchmarkStore stores responses that only some cache modes take, and fresh ones.
func BenchmarkStore(b *testing.B) {
	for name, s := range map[string]httpcache.Received{"silent": response(200), "fresh": response(200, "Cache-Control: max-age=60")} {
		b.Run(name, func(b *testing.B) {
			rules := httpcache.Standard()
			c, _ := empty(&rules)
			b.ReportAllocs()
			for b.Loop() {
				c.Find(key, nil, fetch.CacheDefault)
				c.Store(key, s)
			}
		})
	}
}
