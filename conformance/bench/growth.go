package main

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
	"github.com/corsim/corsim/preflight"
)

// series is the measured times of an operation for several input sizes.
type series struct {
	name  string
	sizes []int
	times []time.Duration // of one call, in picoseconds
}

// growing is an operation to measure for several input sizes.
type growing struct {
	name  string
	sizes []int
	make  func(size int) func()
}

// grow measures all series.
func grow() []series {
	var out []series
	for _, g := range growths() {
		s := series{name: g.name, sizes: g.sizes}
		for _, size := range g.sizes {
			s.times = append(s.times, quickest(g.make(size))[0])
		}
		out = append(out, s)
	}
	return out
}

// growths returns all operations to measure for several input sizes.
func growths() []growing {
	return []growing{
		{name: "fetch() by number of headers", sizes: []int{10, 100, 1_000, 10_000, 30_000}, make: manyHeaders},
		{name: "preflight by number of listed names, 10 requested", sizes: []int{10, 100, 1_000, 10_000, 100_000}, make: manyListed(10)},
		{name: "preflight by number of listed names, 1,000 requested", sizes: []int{10, 100, 1_000, 10_000, 100_000}, make: manyListed(1000)},
		{name: "preflight by number of requested names, 1,000 listed", sizes: []int{10, 100, 1_000}, make: manyRequested},
		{name: "URL parser by number of bytes", sizes: []int{100, 1_000, 10_000, 100_000, 1_000_000}, make: longURL},
		{name: "fetch() by number of redirects", sizes: []int{1, 2, 5, 10, 20}, make: redirects},
		{name: "preflight-cache hit by number of keys", sizes: []int{10, 100, 1_000, 10_000, 100_000, 1_000_000}, make: filled},
	}
}

func numbered(prefix string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%s%d", prefix, i)
	}
	return out
}

func headersOf(names []string) fetch.HeaderList {
	out := make(fetch.HeaderList, len(names))
	for i, name := range names {
		out[i] = fetch.Header{Name: name, Value: "1"}
	}
	return out
}

func allowing(names []string) fetch.WireResponse {
	return fetch.WireResponse{Status: 200, Header: fetch.HeaderList{
		{Name: fetch.HeaderAllowOrigin, Value: "*"}, {Name: fetch.HeaderAllowHeaders, Value: strings.Join(names, ", ")},
		{Name: fetch.HeaderMaxAge, Value: "0"},
	}}
}

func manyHeaders(n int) func() {
	names := numbered("x-name-", n)
	return simulated(&scripted{preflight: allowing(names), actual: allowing(nil)}, browser.FetchInit{URL: apiURL, Header: headersOf(names)})
}

func judgedNames(requested, listed []string) func() {
	req, answer := request("GET", headersOf(requested)), allowing(append(listed, requested...))
	resp := &fetch.Response{Status: answer.Status, Header: answer.Header}
	now := browser.New(browser.Spec()).Now()
	return func() {
		grant, f := preflight.Judge(preflight.Actual{Request: req, Causes: fetch.Classify(req, fetch.Safelist{}).Causes}, resp, &preflight.Rules{})
		must(f == nil, "blocked")
		grant.MaxAge = time.Hour
		cache.New(cache.Rules{}).Store(grant, now)
	}
}

func manyListed(requested int) func(n int) func() {
	return func(n int) func() { return judgedNames(numbered("x-name-", requested), numbered("x-other-", n)) }
}

func manyRequested(n int) func() {
	return judgedNames(numbered("x-name-", n), numbered("x-other-", 1000))
}

func longURL(n int) func() {
	text := "https://example.com/" + strings.Repeat("päth/?", n/7)
	return func() { _, err := origin.ParseURL(text); must(err == nil, "URL") }
}

// redirecting is a server that redirects a number of times.
type redirecting struct{ times, asked int }

func (r *redirecting) RoundTrip(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
	header := fetch.HeaderList{{Name: fetch.HeaderAllowOrigin, Value: "*"}}
	if r.asked++; r.asked > r.times {
		r.asked = 0
		return &fetch.WireResponse{Status: 200, Header: header}, nil
	}
	return &fetch.WireResponse{Status: 302, Header: append(header, fetch.Header{Name: fetch.HeaderLocation, Value: "/next"})}, nil
}

func redirects(n int) func() {
	return simulated(&redirecting{times: n}, browser.FetchInit{URL: apiURL})
}

// exponent returns the n for which time is proportional to size to the power of n:
// 1 is linear, 0 is constant.
func (s *series) exponent() float64 {
	last := len(s.sizes) - 1
	first := max(0, last-2)
	return math.Log(float64(s.times[last])/float64(s.times[first])) / math.Log(float64(s.sizes[last])/float64(s.sizes[first]))
}

func growthTable(all []series) string {
	var out strings.Builder
	out.WriteString("| what | sizes | time at the smallest size | time at the largest size | exponent |\n| --- | --- | --- | --- | --- |\n")
	for _, s := range all {
		last := len(s.sizes) - 1
		fmt.Fprintf(&out, "| %s | %d to %d | %v | %v | %.2f |\n", s.name, s.sizes[0], s.sizes[last],
			(s.times[0] / 1000).Round(10), (s.times[last] / 1000).Round(10), s.exponent())
	}
	return out.String()
}
