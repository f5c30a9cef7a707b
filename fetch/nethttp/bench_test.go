package nethttp_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/nethttp"
)

// benchHandler is a small server that allows one origin. Its preflights are not
// cached.
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

// byHand does what a test without corsim does: it makes the request that a browser
// would send, with httptest as most tests do or with net/http, and calls the
// handler with a recorder.
func byHand(b *testing.B, c *benchCase, header fetch.HeaderList, build func(method, url string, body io.Reader) *http.Request) {
	var reader io.Reader
	if c.init.Body != nil {
		reader = strings.NewReader(string(c.init.Body.(browser.Text)))
	}
	r := build(c.init.Method, benchURL, reader)
	for _, h := range header {
		r.Header.Set(h.Name, h.Value)
	}
	w := httptest.NewRecorder()
	benchHandler(w, r)
	if w.Header().Get("Access-Control-Allow-Origin") != "https://myapp.com" {
		b.Fatal("not shared")
	}
}

func newRequest(method, url string, body io.Reader) *http.Request {
	r, err := http.NewRequest(method, url, body)
	if err != nil {
		panic(err)
	}
	return r
}

type benchCase struct {
	name string
	init browser.FetchInit
}

func benchCases() []*benchCase {
	body := `{"name":"x"}`
	return []*benchCase{
		{"simple-GET", browser.FetchInit{Method: http.MethodGet, URL: benchURL}},
		{"preflighted-PUT", browser.FetchInit{
			Method: http.MethodPut, URL: benchURL, Body: browser.Text(body),
			Header: fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}},
		}},
	}
}

// quickest measures functions in turns, in many short rounds, so that other work on
// the machine affects all of them in the same way. It returns the best round of each.
func quickest(functions ...func()) []time.Duration {
	const rounds, calls = 50, 200
	best := make([]time.Duration, len(functions))
	for range rounds {
		for i, f := range functions {
			start := time.Now()
			for range calls {
				f()
			}
			if d := time.Since(start); best[i] == 0 || d < best[i] {
				best[i] = d
			}
		}
	}
	return best
}

// BenchmarkSimulated makes a request from a page. It reports the ratio of its time to
// that of the same request by hand, which has no preflight.
func BenchmarkSimulated(b *testing.B) {
	t := nethttp.FromHandler(benchHandler)
	for _, p := range append(engines, browser.Spec()) {
		for _, c := range benchCases() {
			b.Run(p.Name()+"/"+c.name, func(b *testing.B) {
				page, err := browser.New(p).Open("https://myapp.com/", browser.WithTransport(t))
				if err != nil {
					b.Fatal(err)
				}
				simulated := func() *browser.Result {
					res, err := page.Fetch(context.Background(), c.init)
					if err != nil || res.Outcome != browser.Shared {
						b.Fatal(err, res)
					}
					return res
				}
				exchanges := simulated().Trace.Exchanges
				header := exchanges[len(exchanges)-1].Request.Header
				b.ReportAllocs()
				for b.Loop() {
					simulated()
				}
				best := quickest(func() { simulated() },
					func() { byHand(b, c, header, httptest.NewRequest) }, func() { byHand(b, c, header, newRequest) })
				b.ReportMetric(float64(best[0])/float64(best[1]), "x-of-httptest")
				b.ReportMetric(float64(best[0])/float64(best[2]), "x-of-net/http")
			})
		}
	}
}
