package corstest_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// benchHandler is a small server that allows one origin.
var benchHandler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "https://myapp.com")
	h.Set("Vary", "Origin")
	if r.Method == http.MethodOptions {
		h.Set("Access-Control-Allow-Methods", "PUT")
		h.Set("Access-Control-Allow-Headers", "content-type")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	h.Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"users":[]}`))
})

const benchURL = "https://api.example.com/users"

// BenchmarkByHand is what a test without corsim does: it builds the request
// that a browser would send, calls the handler with a recorder and takes the
// result.
func BenchmarkByHand(b *testing.B) {
	b.Run("GET", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			byHand(b, http.MethodGet, "")
		}
	})
	b.Run("PUT", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			byHand(b, http.MethodPut, `{"name":"x"}`)
		}
	})
}

func byHand(b *testing.B, method, body string) {
	r, err := http.NewRequest(method, benchURL, strings.NewReader(body))
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
	if resp := w.Result(); resp.Header.Get("Access-Control-Allow-Origin") != "https://myapp.com" {
		b.Fatal("not shared")
	}
}

// BenchmarkSimulated makes the same requests from a page.
func BenchmarkSimulated(b *testing.B) {
	t := corstest.HandlerTransport(benchHandler)
	b.Run("GET", func(b *testing.B) {
		page := openPage(b)
		b.ReportAllocs()
		for b.Loop() {
			simulated(b, page, t, browser.Init{URL: benchURL})
		}
	})
	b.Run("PUT", func(b *testing.B) {
		body := `{"name":"x"}`
		init := browser.Init{
			URL: benchURL, Method: http.MethodPut, Body: &body,
			Header: fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}},
		}
		b.ReportAllocs()
		for b.Loop() {
			simulated(b, openPage(b), t, init)
		}
	})
}

func openPage(b *testing.B) *browser.Page {
	page, err := browser.New(browser.Spec()).Open("https://myapp.com/")
	if err != nil {
		b.Fatal(err)
	}
	return page
}

func simulated(b *testing.B, page *browser.Page, t fetch.Transport, init browser.Init) {
	res, err := page.Fetch(context.Background(), t, init)
	if err != nil || res.Outcome != browser.Shared {
		b.Fatal(err, res)
	}
}
