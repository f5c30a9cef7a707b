package fetch_test

import (
	"fmt"
	"mime"
	"testing"
	"time"

	"github.com/corsim/corsim/fetch"
)

// simpleRequest returns a request with six headers, all safelisted.
func simpleRequest() *fetch.Request {
	return request("POST", "https://api.example.com/users?page=2", "Accept: application/json, text/plain, */*",
		"Accept-Language: de-CH,de;q=0.9,en;q=0.8", "Content-Language: en", "Content-Type: text/plain;charset=UTF-8",
		"Range: bytes=0-1023", "Accept: text/html")
}

func preflightedRequest() *fetch.Request {
	return request("PUT", "https://api.example.com/users/42", "Accept: application/json, text/plain, */*",
		"Accept-Language: de-CH,de;q=0.9,en;q=0.8", "Content-Type: application/json", "Authorization: Bearer abcdefghijklmnop",
		"X-Requested-With: XMLHttpRequest", "X-Api-Key: 0123456789abcdef")
}

// compare measures ours, and reports its time as a multiple of the baseline's
// time. Both are measured in many short rounds, in turns, and the quickest
// rounds count, so that other work of the machine affects both or neither.
func compare(b *testing.B, ours, baseline func(), of string) {
	b.ReportAllocs()
	for b.Loop() {
		ours()
	}
	const rounds, calls = 50, 500
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

// BenchmarkClassify has the goal of 0 allocations when no preflight is needed.
func BenchmarkClassify(b *testing.B) {
	for _, bench := range []struct {
		name string
		req  *fetch.Request
	}{
		{name: "same-origin", req: request("PUT", "https://myapp.com/")},
		{name: "simple", req: simpleRequest()},
		{name: "preflighted", req: preflightedRequest()},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				fetch.Classify(bench.req, fetch.Safelist{})
			}
		})
	}
}

// BenchmarkMIMEEssence has two goals: 0.2 of the time of mime.ParseMediaType,
// and 0 allocations without upper-case letters.
func BenchmarkMIMEEssence(b *testing.B) {
	for _, value := range []string{"text/plain", "application/json; charset=utf-8", "multipart/form-data; boundary=----x0123456789", "Text/HTML"} {
		b.Run(value, func(b *testing.B) {
			compare(b, func() {
				if _, ok := fetch.MIMEEssence(value); !ok {
					b.Fatal(value)
				}
			}, func() {
				if _, _, err := mime.ParseMediaType(value); err != nil {
					b.Fatal(err)
				}
			}, "mime.ParseMediaType")
		})
	}
}

// naiveAnswer is a response whose two headers were read already.
type naiveAnswer struct {
	allowOrigin, allowCredentials       string
	hasAllowOrigin, hasAllowCredentials bool
}

// check is a CORS check as one writes it by hand.
//
//go:noinline
func (a *naiveAnswer) check(origin string, credentials bool) bool {
	if !a.hasAllowOrigin {
		return false
	}
	if !credentials {
		return a.allowOrigin == "*" || a.allowOrigin == origin
	}
	return a.allowOrigin == origin && a.hasAllowCredentials && a.allowCredentials == "true"
}

// BenchmarkCORSCheck has two goals: 5 times the time of a check by hand that
// does not search a header list, and 0 allocations.
func BenchmarkCORSCheck(b *testing.B) {
	wildcard := list("Access-Control-Allow-Origin: *")
	for _, bench := range []struct {
		name   string
		req    *fetch.Request
		header fetch.HeaderList
		naive  naiveAnswer
	}{
		{name: "credentials", req: credentialed("https://api.example.com/users/42"), header: corsAnswer(),
			naive: naiveAnswer{allowOrigin: "https://myapp.com", hasAllowOrigin: true, allowCredentials: "true", hasAllowCredentials: true}},
		{name: "origin", req: request("GET", "https://api.example.com/users/42"), header: corsAnswer(),
			naive: naiveAnswer{allowOrigin: "https://myapp.com", hasAllowOrigin: true}},
		{name: "wildcard", req: request("GET", "https://api.example.com/users/42"), header: wildcard,
			naive: naiveAnswer{allowOrigin: "*", hasAllowOrigin: true}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			origin, include := bench.req.Origin.String(), bench.req.Credentials == fetch.CredentialsInclude
			compare(b, func() {
				if f := fetch.CORSCheck(bench.req, bench.header); f != nil {
					b.Fatal(f)
				}
			}, func() {
				if !bench.naive.check(origin, include) {
					b.Fatal("blocked")
				}
			}, "by-hand")
		})
	}
}

// BenchmarkFilterCORS exposes all headers with "*". The result grows with the
// number of headers, but the time per header should not.
func BenchmarkFilterCORS(b *testing.B) {
	req := simpleRequest()
	for _, size := range []int{10, 100, 1_000, 10_000, 100_000} {
		resp := &fetch.Response{Header: append(many(size), list("Access-Control-Expose-Headers: *")...)}
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for b.Loop() {
				resp.CORSExposedHeaderNames = fetch.ExposeHeaders(req, resp)
				fetch.FilterCORS(resp)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/header")
		})
	}
}

func BenchmarkParseMIMEType(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		fetch.ParseMIMEType(`text/html;charset="utf-8";a=b`)
	}
}

func BenchmarkGet(b *testing.B) {
	l := preflightedRequest().Header
	b.ReportAllocs()
	for b.Loop() {
		l.Get("x-api-key")
	}
}

func BenchmarkExtractHeaderListValues(b *testing.B) {
	l := list("Access-Control-Allow-Headers: Content-Type, Authorization, X-Requested-With, X-Api-Key")
	b.ReportAllocs()
	for b.Loop() {
		fetch.ExtractHeaderListValues(fetch.HeaderAllowHeaders, l)
	}
}
