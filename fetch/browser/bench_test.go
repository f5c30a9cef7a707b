package browser_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// answering is a transport that always returns the same two responses: one to
// preflights, one to other requests.
type answering struct{ preflight, actual fetch.WireResponse }

func (a *answering) RoundTrip(_ context.Context, r *fetch.WireRequest) (*fetch.WireResponse, error) {
	if r.Method == http.MethodOptions {
		return &a.preflight, nil
	}
	return &a.actual, nil
}

// handler is the same server for net/http.
var handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.WriteHeader(http.StatusOK)
})

// roundTrip is what a unit test of a handler does: one request and its
// response.
func roundTrip(method string) {
	req, err := http.NewRequest(method, apiURL, nil)
	if err != nil {
		panic(err)
	}
	req.Header.Set("Origin", pageOrigin)
	handler.ServeHTTP(httptest.NewRecorder(), req)
}

// compare measures subject and reports its cost as a multiple of baseline's.
func compare(b *testing.B, subject, baseline func()) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		subject()
	}
	elapsed := b.Elapsed()
	start := time.Now()
	for range b.N {
		baseline()
	}
	b.ReportMetric(float64(elapsed)/float64(time.Since(start)), "ratio")
}

// BenchmarkSimpleFetch compares a simple fetch with one request to a handler.
func BenchmarkSimpleFetch(b *testing.B) {
	t := &answering{actual: answer(200, acaoAny)}
	benchmarkFetch(b, t, browser.FetchInit{URL: apiURL}, func() { roundTrip(http.MethodGet) })
}

// BenchmarkPreflightedPUT compares a PUT of JSON, with its preflight, with two
// requests to a handler. The max-age is 0, so the cache does not help.
func BenchmarkPreflightedPUT(b *testing.B) {
	t := &answering{
		preflight: answer(204, acaoAny, allowPUT, "Access-Control-Allow-Headers: content-type", "Access-Control-Max-Age: 0"),
		actual:    answer(200, acaoAny),
	}
	init := browser.FetchInit{URL: apiURL, Method: "PUT", Header: headers("Content-Type: application/json"), Body: browser.Text("{}")}
	benchmarkFetch(b, t, init, func() {
		roundTrip(http.MethodOptions)
		roundTrip(http.MethodPut)
	})
}

// BenchmarkPUTUnderCache is the same with a max-age that lasts.
func BenchmarkPUTUnderCache(b *testing.B) {
	t := &answering{
		preflight: answer(204, acaoAny, allowPUT, "Access-Control-Allow-Headers: content-type"),
		actual:    answer(200, acaoAny),
	}
	init := browser.FetchInit{URL: apiURL, Method: "PUT", Header: headers("Content-Type: application/json"), Body: browser.Text("{}")}
	benchmarkFetch(b, t, init, func() { roundTrip(http.MethodPut) })
}

func benchmarkFetch(b *testing.B, t fetch.Transport, init browser.FetchInit, baseline func()) {
	b.Helper()
	page, err := browser.New(browser.Spec()).Open(pageURL, browser.WithTransport(t))
	if err != nil {
		b.Fatal(err)
	}
	ctx := b.Context()
	compare(b, func() {
		r, err := page.Fetch(ctx, init)
		if err != nil || r.Outcome != browser.Shared {
			b.Fatal(err, r)
		}
	}, baseline)
}
