package corstest_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// benchHandler is a small server that allows one origin and has every
// preflight asked anew.
var benchHandler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "https://myapp.com")
	h.Set("Vary", "Origin")
	if r.Method == http.MethodOptions {
		h.Set("Access-Control-Allow-Methods", "PUT")
		h.Set("Access-Control-Allow-Headers", "content-type")
		h.Set("Access-Control-Max-Age", "0")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	h.Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"users":[]}`))
})

const benchURL = "https://api.example.com/users"

// byHand is what a test without corsim does: it builds the request that a
// browser would send and calls the handler with a recorder.
func byHand(b *testing.B, method, body string) {
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r, err := http.NewRequest(method, benchURL, reader)
	if err != nil {
		b.Fatal(err)
	}
	for _, h := range [...][2]string{
		{"Accept", "*/*"}, {"Origin", "https://myapp.com"}, {"Referer", "https://myapp.com/"},
		{"Sec-Fetch-Dest", "empty"}, {"Sec-Fetch-Mode", "cors"}, {"Sec-Fetch-Site", "cross-site"},
	} {
		r.Header.Set(h[0], h[1])
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	benchHandler(w, r)
	if w.Header().Get("Access-Control-Allow-Origin") != "https://myapp.com" {
		b.Fatal("not shared")
	}
}

// BenchmarkSimulated makes a request from a page, and reports how many times as
// long that takes as the same request by hand, without a preflight: the
// quickest of many short rounds of each, taken in turns.
func BenchmarkSimulated(b *testing.B) {
	t := corstest.HandlerTransport(benchHandler)
	body := `{"name":"x"}`
	for _, c := range []struct {
		name string
		body string
		init browser.Init
	}{
		{name: "simple-GET", init: browser.Init{URL: benchURL}},
		{name: "preflighted-PUT", body: body, init: browser.Init{
			URL: benchURL, Method: http.MethodPut, Body: &body,
			Header: fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}},
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			page, err := browser.New(browser.Spec()).Open("https://myapp.com/")
			if err != nil {
				b.Fatal(err)
			}
			simulated := func() {
				res, err := page.Fetch(context.Background(), t, c.init)
				if err != nil || res.Outcome != browser.Shared {
					b.Fatal(err, res)
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				simulated()
			}
			const rounds, calls = 50, 200
			quickest := [2]time.Duration{time.Hour, time.Hour}
			for range rounds {
				for i, f := range []func(){simulated, func() { byHand(b, c.init.Method, c.body) }} {
					start := time.Now()
					for range calls {
						f()
					}
					quickest[i] = min(quickest[i], time.Since(start))
				}
			}
			b.ReportMetric(float64(quickest[0])/float64(quickest[1]), "x-of-by-hand")
		})
	}
}
