package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"

	"github.com/corsim/corsim/conformance/bulk"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/nethttp"
)

// scripted is a transport that takes almost no time.
type scripted struct{ preflight, actual fetch.WireResponse }

func (s *scripted) RoundTrip(_ context.Context, r *fetch.WireRequest) (*fetch.WireResponse, error) {
	if r.Method == http.MethodOptions {
		return &s.preflight, nil
	}
	return &s.actual, nil
}

// simulated makes a call from a page.
func simulated(t fetch.Transport, init browser.FetchInit, options ...browser.Option) func() {
	page, err := browser.New(browser.Spec(), options...).Open(pageURL, browser.WithTransport(t))
	must(err == nil, pageURL)
	return func() {
		r, err := page.Fetch(context.Background(), init)
		must(err == nil && r.Outcome == browser.Shared, "not shared")
	}
}

// byHand sends a request to a handler as a test without corsim does.
func byHand(h http.Handler, method, body string, header ...string) func() {
	return func() {
		var reader io.Reader
		if body != "" {
			reader = strings.NewReader(body)
		}
		r, err := http.NewRequest(method, apiURL, reader)
		must(err == nil, apiURL)
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		must(w.Header().Get(fetch.HeaderAllowOrigin) != "", "not shared")
	}
}

func fetchRow() comparison { return simpleFetch() }

func fetchWithoutCacheRow() comparison { return simpleFetch(browser.WithoutHTTPCache()) }

// simpleFetch compares a fetch without a preflight and with a scripted server.
func simpleFetch(options ...browser.Option) comparison {
	trivial := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(fetch.HeaderAllowOrigin, "*")
		w.WriteHeader(http.StatusOK)
	})
	t := &scripted{actual: fetch.WireResponse{Status: 200, Header: fetch.HeaderList{{Name: fetch.HeaderAllowOrigin, Value: "*"}}}}
	return comparison{
		peer: "`http.NewRequest`, `httptest.NewRecorder` and a trivial handler", goal: 1, allocs: -1,
		ours: simulated(t, browser.FetchInit{URL: apiURL}, options...), theirs: byHand(trivial, "GET", "", "Origin", pageOrigin),
	}
}

// server is a typical handler: it allows one origin and answers preflights.
var server = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set(fetch.HeaderAllowOrigin, pageOrigin)
	h.Set("Vary", "Origin")
	if r.Method == http.MethodOptions {
		h.Set(fetch.HeaderAllowMethods, "PUT")
		h.Set(fetch.HeaderAllowHeaders, "content-type")
		h.Set(fetch.HeaderMaxAge, "0")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	h.Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"users":[]}`))
})

// serverHeader holds the headers of a page's request.
var serverHeader = []string{
	"Accept", "*/*", "Origin", pageOrigin, "Referer", pageURL,
	"Sec-Fetch-Dest", "empty", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Site", "cross-site",
}

func getRow() comparison {
	return comparison{
		peer: "the same request by hand", goal: 1.5, allocs: -1,
		ours: simulated(nethttp.FromHandler(server), browser.FetchInit{URL: apiURL}), theirs: byHand(server, "GET", "", serverHeader...),
	}
}

func putRow() comparison {
	body, typed := "{}", fetch.Header{Name: "Content-Type", Value: "application/json"}
	init := browser.FetchInit{URL: apiURL, Method: "PUT", Body: browser.Text(body), Header: fetch.HeaderList{typed}}
	return comparison{
		peer: "the PUT by hand, without a preflight", goal: 3, allocs: -1,
		ours:   simulated(nethttp.FromHandler(server), init),
		theirs: byHand(server, "PUT", body, append(serverHeader, typed.Name, typed.Value)...),
	}
}

// recordings returns n lines of recorded exchanges.
func recordings(n int) string {
	var out []byte
	for i := range n {
		out = appendRecording(out, i)
	}
	return string(out)
}

// appendRecording appends line number i. As with real pages, most responses are
// shared.
func appendRecording(out []byte, i int) []byte {
	const shared = `{"page":"https://myapp.com/","url":"https://api.example.com/v1/users/%d?fields=name,email","response":{"status":200,"headers":[["content-type","application/json; charset=utf-8"],["content-length","1024"],["date","Mon, 05 Jan 2026 10:00:00 GMT"],["access-control-allow-origin","https://myapp.com"],["vary","Origin"],["cache-control","no-store"]]}}` + "\n"
	const asked = `{"page":"https://myapp.com/","url":"https://api.example.com/v1/users/%d","method":"PUT","headers":[["content-type","application/json"],["x-requested-with","XMLHttpRequest"]],"credentials":"include","preflight":{"status":204,"headers":[["access-control-allow-origin","https://myapp.com"],["access-control-allow-credentials","true"],["access-control-allow-methods","GET, POST, PUT, DELETE"],["access-control-allow-headers","content-type, x-requested-with"],["access-control-max-age","600"]]},"response":{"status":200,"headers":[["content-type","application/json; charset=utf-8"],["content-length","17"],["access-control-allow-origin","https://myapp.com"],["access-control-allow-credentials","true"],["vary","Origin"]]}}` + "\n"
	const blocked = `{"page":"https://myapp.com/","url":"https://other.example.org/data/%d","response":{"status":200,"headers":[["content-type","text/html; charset=utf-8"],["content-length","5120"],["server","nginx"],["x-powered-by","Express"]]}}` + "\n"
	return fmt.Appendf(out, [...]string{shared, asked, shared, blocked}[i%4], i)
}

// jsonRecording is what encoding/json decodes a recording into.
type jsonRecording struct {
	ID, Page, URL, Method, Credentials, Mode, Redirect string
	Headers                                            [][2]string
	Preflight, Response                                *struct {
		Status  int
		Headers [][2]string
	}
}

// judged judges lines several times, on a number of goroutines.
func judged(lines string, times, workers int) func() {
	return func() {
		readers := make([]io.Reader, times)
		for i := range readers {
			readers[i] = strings.NewReader(lines)
		}
		b := bulk.Runner{Profile: browser.Spec(), Workers: workers}
		_, err := b.Run(context.Background(), io.MultiReader(readers...), "lines", io.Discard)
		must(err == nil, "bulk")
	}
}

// onOneCore runs f on one core, together with the reading of lines and the garbage
// collector.
func onOneCore(f func()) func() {
	return func() {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
		f()
	}
}

// manyLines is the number of lines that the rows about bulk runs read.
const manyLines = 2000

func bulkRow() comparison {
	lines := recordings(manyLines)
	decode := func() {
		for line := range bytes.Lines([]byte(lines)) {
			var r jsonRecording
			must(json.Unmarshal(line, &r) == nil, "line")
		}
	}
	return comparison{
		peer: "decoding the line with `encoding/json`", goal: 0.25, allocs: 2, per: manyLines,
		ours: judged(lines, 1, 1), theirs: decode,
	}
}

func twoCoresRow() comparison {
	lines := recordings(manyLines)
	return comparison{
		peer: "the same on one core", goal: 0.588, allocs: -1,
		ours: judged(lines, 20, 2), theirs: onOneCore(judged(lines, 20, 1)),
	}
}

func memoryRow() comparison {
	few, many := peakOf(10_000).heap, peakOf(1_000_000).heap
	return comparison{
		peer: fmt.Sprintf("10,000 lines (%d MB against %d MB)", many>>20, few>>20), goal: 1.5, allocs: -1,
		ratio: float64(many) / float64(few),
	}
}
