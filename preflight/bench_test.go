package preflight_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
	"github.com/corsim/corsim/preflight"
)

// compare measures ours and reports its time as a multiple of baseline's. It
// takes the fastest of many short rounds. The rounds alternate, so other work
// of the machine affects both or neither.
func compare(b *testing.B, ours, baseline func(), of string) {
	b.ReportAllocs()
	for b.Loop() {
		ours()
	}
	const rounds, calls = 50, 100
	quickest := [2]time.Duration{time.Hour, time.Hour}
	for range rounds {
		for i, f := range []func(){ours, baseline} {
			start := time.Now()
			for range calls {
				f()
			}
			quickest[i] = min(quickest[i], time.Since(start))
		}
	}
	b.ReportMetric(float64(quickest[0])/float64(quickest[1]), "x-of-"+of)
}

// byHand is a check written by hand over net/http: it checks the response to a
// preflight and stores what it allows.
type byHand struct {
	until map[string]time.Time
}

func (c *byHand) judge(h http.Header, url, origin, method string, names []string, now time.Time) bool {
	if allowed := h.Get("Access-Control-Allow-Origin"); allowed != "*" && allowed != origin {
		return false
	}
	listed := func(header string) map[string]bool {
		set := make(map[string]bool)
		for _, item := range strings.Split(h.Get(header), ",") {
			set[strings.ToLower(strings.TrimSpace(item))] = true
		}
		return set
	}
	methods, headerNames := listed("Access-Control-Allow-Methods"), listed("Access-Control-Allow-Headers")
	if !methods[strings.ToLower(method)] && !methods["*"] {
		return false
	}
	for _, name := range names {
		if !headerNames[strings.ToLower(name)] && !headerNames["*"] {
			return false
		}
	}
	for name := range methods {
		c.until[url+" "+name] = now.Add(5 * time.Second)
	}
	for name := range headerNames {
		c.until[url+" "+name] = now.Add(5 * time.Second)
	}
	return true
}

// BenchmarkJudgeAndStore compares three requested names with a check by hand.
func BenchmarkJudgeAndStore(b *testing.B) {
	now := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	req := request("PUT", fetch.HeaderList{
		{Name: "Content-Type", Value: "application/json"}, {Name: "X-Requested-With", Value: "XMLHttpRequest"}, {Name: "X-Api-Key", Value: "k3y"},
	}, fetch.CredentialsSameOrigin)
	resp := response(204, acao, page, acam, "GET, POST, PUT, DELETE", acah, "Content-Type, X-Requested-With, X-Api-Key", acma, "600")
	header := http.Header{}
	for _, h := range resp.Header {
		header.Add(h.Name, h.Value)
	}
	names := []string{"content-type", "x-requested-with", "x-api-key"}
	key := cache.Key{Partition: origin.PartitionKeyOf(req.Origin), Origin: page, URL: req.CurrentURL().String()}
	c, hand := cache.New(cache.Rules{}), byHand{until: map[string]time.Time{}}
	compare(b, func() {
		grant, f := judge(req, resp, preflight.Rules{})
		if f != nil {
			b.Fatal(f)
		}
		grant.Key = key
		c.Store(grant, now)
	}, func() {
		if !hand.judge(header, key.URL, page, "PUT", names, now) {
			b.Fatal("blocked")
		}
	}, "by-hand")
}

// growing returns a request with some number of requested names, and a
// response with some number of listed names. The requested names are the last
// ones.
func growing(requested, listed int) (*fetch.Request, *fetch.Response) {
	header := make(fetch.HeaderList, requested)
	names := make([]string, listed, listed+requested)
	for i := range names {
		names[i] = fmt.Sprintf("X-Other-%d", i)
	}
	for i := range header {
		header[i] = fetch.Header{Name: fmt.Sprintf("X-Name-%d", i), Value: "1"}
		names = append(names, strings.ToLower(header[i].Name))
	}
	return request("GET", header, fetch.CredentialsInclude),
		response(204, acao, page, acac, "true", acah, strings.Join(names, ", "))
}

// BenchmarkGrowth measures the time for one name, requested or listed. The
// goal is that it does not depend on the numbers of names.
func BenchmarkGrowth(b *testing.B) {
	now := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	for _, listed := range []int{10, 100, 1_000, 10_000, 100_000} {
		for _, requested := range []int{10, 100, 1_000} {
			req, resp := growing(requested, listed)
			b.Run(fmt.Sprintf("listed-%d-requested-%d", listed, requested), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					grant, f := judge(req, resp, preflight.Rules{})
					if f != nil {
						b.Fatal(f)
					}
					cache.New(cache.Rules{}).Store(grant, now)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*(2*requested+listed)), "ns/name")
			})
		}
	}
}

func TestLongListsAreJudgedByName(t *testing.T) {
	req, resp := growing(1000, 1000)
	grant, f := judge(req, resp, preflight.Rules{})
	assert.Assert(t, f == nil)
	assert.Equal(t, len(grant.HeaderNames), 2000)
	req.Header = append(req.Header, fetch.Header{Name: "X-Name-1000", Value: "1"})
	_, f = judge(req, resp, preflight.Rules{})
	assert.Assert(t, f != nil && f.Got == "x-name-1000")
}
