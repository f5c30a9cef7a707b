package cache_test

import (
	"fmt"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
)

// filled returns a cache that holds one grant under each of n keys of one page,
// and the queries that the cache covers. The queries are not in the order in
// which the grants were stored.
func filled(n int) (*cache.Cache, []cache.Query) {
	c := cache.New(cache.Rules{Capacity: n})
	queries := make([]cache.Query, n)
	causes := []fetch.Cause{method("PUT"), header("content-type"), header("x-requested-with")}
	for i := range n {
		k := home
		k.URL = fmt.Sprintf("https://api.example/users/%07d", i)
		c.Store(cache.Grant{
			Key: k, Methods: []string{"GET", "PUT"}, HeaderNames: []string{"Content-Type", "X-Requested-With"}, MaxAge: time.Hour,
		}, start)
		queries[i*7919%n] = cache.Query{Key: k, Method: "PUT", Causes: causes}
	}
	return c, queries
}

// BenchmarkHit has two goals: 0 allocations, and a time that does not grow with
// the number of keys, except when the memory no longer fits in the caches of
// the processor.
func BenchmarkHit(b *testing.B) {
	for _, size := range []int{10, 100, 1_000, 10_000, 100_000} {
		c, queries := filled(size)
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if missing := c.Uncovered(queries[i], start); missing != nil {
					b.Fatal(missing)
				}
				if i++; i == len(queries) {
					i = 0
				}
			}
		})
		// The query always has the same key: only the number of keys differs.
		b.Run(fmt.Sprintf("%d-same-key", size), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Uncovered(queries[0], start)
			}
		})
	}
}

// BenchmarkStore removes the least recently used key for each new key, because
// the cache is full.
func BenchmarkStore(b *testing.B) {
	for _, size := range []int{10, 1_000, 100_000} {
		c, queries := filled(size)
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				k := queries[i%size].Key
				k.Origin = "https://other.example"
				if i++; i/size%2 == 1 {
					k.Origin = "https://third.example"
				}
				c.Store(cache.Grant{Key: k, Methods: []string{"PUT"}, MaxAge: time.Hour}, start)
			}
		})
	}
}

func TestHitAllocatesNothing(t *testing.T) {
	c, queries := filled(1000)
	assert.Assert(t, c.Uncovered(queries[0], start) == nil)
	allocs := testing.AllocsPerRun(100, func() { c.Uncovered(queries[0], start) })
	assert.Equal(t, allocs, 0.0)
}

func TestMissAllocatesNothing(t *testing.T) {
	c := cache.New(cache.Rules{})
	q := cache.Query{Key: home, Method: "PUT", Causes: []fetch.Cause{method("PUT")}}
	assert.Equal(t, len(c.Uncovered(q, start)), 1)
	allocs := testing.AllocsPerRun(100, func() { c.Uncovered(q, start) })
	assert.Equal(t, allocs, 0.0)
}
