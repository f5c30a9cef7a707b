package fetch_test

import (
	"mime"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
)

// simpleRequest has six headers, all safelisted.
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

// BenchmarkMIMEEssence reports, besides its time, the ratio to what
// mime.ParseMediaType takes for the same values in the same run.
func BenchmarkMIMEEssence(b *testing.B) {
	for _, value := range []string{"text/plain", "application/json; charset=utf-8", "multipart/form-data; boundary=----x0123456789", "Text/HTML"} {
		b.Run(value, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := fetch.MIMEEssence(value); !ok {
					b.Fatal(value)
				}
			}
			ours := b.Elapsed()
			start := time.Now()
			for range b.N {
				_, _, err := mime.ParseMediaType(value)
				assert.NilError(b, err)
			}
			b.ReportMetric(float64(ours)/float64(time.Since(start)), "ratio-to-mime")
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
