package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/conformance/bulk"
	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
	"github.com/corsim/corsim/preflight"
)

const (
	pageURL    = "https://myapp.com/"
	pageOrigin = "https://myapp.com"
	apiURL     = "https://api.example.com/users"
)

// rows returns the table.
func rows() []row {
	bulk := bulkRows() // first, while there is nothing else in memory
	all := append(append(quickRows(), handlerRows()...), manyKeysRow())
	return append(all, bulk...)
}

// quickRows returns the rows that need nothing large.
func quickRows() []row {
	return []row{originRow(), urlsRow(), mimeRow(), checkRow(), classifyRow(), verdictRow(), hitRow(), fetchRow()}
}

// must ends the program: a benchmark that fails measures nothing.
func must(ok bool, what string) {
	if !ok {
		panic("bench: " + what)
	}
}

func originRow() row {
	headers := []string{"https://example.com", "https://www.example.com:8443", "http://localhost:3000"}
	each := func(parse func(string) error) func() {
		return func() {
			for _, header := range headers {
				must(parse(header) == nil, header)
			}
		}
	}
	return row{
		name: "parse an `Origin` header", peer: "`net/url.Parse` of it", goal: 0.15,
		ours:   each(func(h string) error { _, err := origin.ParseOrigin(h); return err }),
		theirs: each(func(h string) error { _, err := url.Parse(h); return err }),
	}
}

func urlsRow() row {
	urls := []string{
		"https://example.com/", "https://www.example.com/index.html", "http://localhost:3000/api/items",
		"https://api.example.com/v1/users/42?fields=name,email&limit=10", "https://cdn.example.net/assets/app.3f2a1c.js",
		"https://en.wikipedia.org/wiki/Same-origin_policy#Rules_for_origin", "http://127.0.0.1:8080/health",
		"https://fonts.example.com/css2?family=Roboto:wght@400;700&display=swap",
		"https://user:secret@git.example.com/team/project.git", "https://shop.example.co.uk/search?q=blue%20shoes&page=2",
	}
	each := func(parse func(string) error) func() {
		return func() {
			for _, u := range urls {
				must(parse(u) == nil, u)
			}
		}
	}
	return row{
		name: "parse ten common URLs (WHATWG)", peer: "`net/url.Parse`", goal: 1.5, allocs: 2,
		ours:   each(func(u string) error { _, err := origin.ParseURL(u); return err }),
		theirs: each(func(u string) error { _, err := url.Parse(u); return err }),
	}
}

func mimeRow() row {
	const value = "application/json; charset=utf-8"
	return row{
		name: "MIME essence", peer: "`mime.ParseMediaType`", goal: 0.2,
		ours:   func() { _, ok := fetch.MIMEEssence(value); must(ok, value) },
		theirs: func() { _, _, err := mime.ParseMediaType(value); must(err == nil, value) },
	}
}

// request returns a cross-origin request of the page.
func request(method string, header fetch.HeaderList) *fetch.Request {
	return &fetch.Request{
		Method: method, URLList: []origin.URL{origin.MustParseURL(apiURL)}, Header: header, UnsafeRequest: true,
		Origin: origin.MustParseURL(pageURL).Origin(), Mode: fetch.ModeCORS,
	}
}

func sharedWith(more ...fetch.Header) fetch.HeaderList {
	return append(fetch.HeaderList{
		{Name: "Content-Type", Value: "application/json"}, {Name: fetch.HeaderAllowOrigin, Value: pageOrigin},
		{Name: fetch.HeaderAllowCredentials, Value: "true"}, {Name: "Vary", Value: "Origin"},
	}, more...)
}

// answer is a response of which somebody has already read the two headers.
type answer struct {
	allowOrigin, allowCredentials       string
	hasAllowOrigin, hasAllowCredentials bool
}

// check is what one writes by hand for a CORS check.
//
//go:noinline
func (a *answer) check(origin string, credentials bool) bool {
	if !a.hasAllowOrigin {
		return false
	}
	if !credentials {
		return a.allowOrigin == "*" || a.allowOrigin == origin
	}
	return a.allowOrigin == origin && a.hasAllowCredentials && a.allowCredentials == "true"
}

func checkRow() row {
	req, header := request("GET", nil), sharedWith()
	req.Credentials = fetch.CredentialsInclude
	naive := answer{allowOrigin: pageOrigin, hasAllowOrigin: true, allowCredentials: "true", hasAllowCredentials: true}
	return row{
		name: "CORS check of a response", peer: "a check by hand on a struct", goal: 5,
		ours:   func() { must(fetch.CORSCheck(req, header) == nil, "blocked") },
		theirs: func() { must(naive.check(pageOrigin, true), "blocked") },
	}
}

func classifyRow() row {
	req := request("POST", fetch.HeaderList{
		{Name: "Accept", Value: "application/json, text/plain, */*"}, {Name: "Accept-Language", Value: "de-CH,de;q=0.9,en;q=0.8"},
		{Name: "Content-Language", Value: "en"}, {Name: "Content-Type", Value: "text/plain;charset=UTF-8"},
		{Name: "Range", Value: "bytes=0-1023"}, {Name: "Accept", Value: "text/html"},
	})
	return row{
		name: "classify a simple request with six headers", peer: "nothing",
		ours: func() { must(fetch.Classify(req, fetch.Safelist{}).Kind == fetch.KindSimple, "not simple") },
	}
}

// asked are what the preflighted request asks for.
var asked = []string{"content-type", "x-requested-with", "x-api-key"}

// naive judges the answer to a preflight as one writes it by hand over
// net/http.
func naive(h http.Header, method string) bool {
	if allowed := h.Get(fetch.HeaderAllowOrigin); allowed != "*" && allowed != pageOrigin {
		return false
	}
	listed := func(header, wanted string) bool {
		for item := range strings.SplitSeq(h.Get(header), ",") {
			if item = strings.TrimSpace(item); item == "*" || strings.EqualFold(item, wanted) {
				return true
			}
		}
		return false
	}
	for _, name := range asked {
		if !listed(fetch.HeaderAllowHeaders, name) {
			return false
		}
	}
	return listed(fetch.HeaderAllowMethods, method)
}

// preflighted returns a request, the answer to its preflight, and the check of
// it by hand.
func preflighted() (*fetch.Request, *fetch.Response, func()) {
	req := request("PUT", fetch.HeaderList{
		{Name: "Content-Type", Value: "application/json"}, {Name: "X-Requested-With", Value: "XMLHttpRequest"}, {Name: "X-Api-Key", Value: "k3y"},
	})
	resp := &fetch.Response{Status: 204, Header: sharedWith(
		fetch.Header{Name: fetch.HeaderAllowMethods, Value: "GET, POST, PUT, DELETE"},
		fetch.Header{Name: fetch.HeaderAllowHeaders, Value: "Content-Type, X-Requested-With, X-Api-Key"},
		fetch.Header{Name: fetch.HeaderMaxAge, Value: "600"},
	)}
	header := http.Header{}
	for _, h := range resp.Header {
		header.Add(h.Name, h.Value)
	}
	return req, resp, func() { must(naive(header, "PUT"), "blocked") }
}

func verdictRow() row {
	req, resp, byHand := preflighted()
	c, now := cache.New(cache.Policy{}), browser.New(browser.Spec()).Now()
	key := cache.Key{Partition: origin.PartitionKeyOf(req.Origin), Origin: pageOrigin, URL: apiURL}
	var causes []fetch.Cause
	var judger preflight.Judger
	return row{
		name: "preflight verdict: classify, judge, store", peer: "a check by hand over `http.Header`", goal: 3, allocs: -1,
		ours: func() {
			causes = fetch.ClassifyInto(causes, req, fetch.Safelist{}).Causes
			grant, f := judger.Judge(req, causes, resp, preflight.Rules{})
			must(f == nil, "blocked")
			grant.Key = key
			c.Store(grant, now)
		},
		theirs: byHand,
	}
}

// filled returns a cache with so many keys and a query that it covers.
func filled(n int) func() {
	c, now := cache.New(cache.Policy{Capacity: n}), browser.New(browser.Spec()).Now()
	req, resp, _ := preflighted()
	grant, _ := preflight.Judge(req, resp, preflight.Rules{})
	key := cache.Key{Partition: origin.PartitionKeyOf(req.Origin), Origin: pageOrigin}
	for i := range n {
		key.URL = fmt.Sprintf("%s/%07d", apiURL, i)
		grant.Key = key
		c.Store(grant, now)
	}
	q := cache.Query{Key: key, Method: "PUT", Causes: fetch.Classify(req, fetch.Safelist{}).Causes}
	return func() { must(c.Uncovered(q, now) == nil, "not covered") }
}

func hitRow() row {
	_, _, byHand := preflighted()
	return row{
		name: "preflight-cache hit", peer: "a check by hand over `http.Header`", goal: 1,
		ours: filled(1000), theirs: byHand,
	}
}

// later returns a function that is made when it is first called.
func later(make func() func()) func() {
	made := sync.OnceValue(make)
	return func() { made()() }
}

func manyKeysRow() row {
	return row{
		name: "preflight-cache hit among 1,000,000 keys", peer: "the same among 10", goal: 1.5,
		ours: later(func() func() { return filled(1_000_000) }), theirs: later(func() func() { return filled(10) }),
	}
}

// scripted is a transport that costs nothing.
type scripted struct{ preflight, actual fetch.WireResponse }

func (s *scripted) RoundTrip(_ context.Context, r *fetch.WireRequest) (*fetch.WireResponse, error) {
	if r.Method == http.MethodOptions {
		return &s.preflight, nil
	}
	return &s.actual, nil
}

// simulated makes a call from a page.
func simulated(t fetch.Transport, init browser.Init) func() {
	page, err := browser.New(browser.Spec()).Open(pageURL)
	must(err == nil, pageURL)
	return func() {
		r, err := page.Fetch(context.Background(), t, init)
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

func fetchRow() row {
	trivial := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(fetch.HeaderAllowOrigin, "*")
		w.WriteHeader(http.StatusOK)
	})
	t := &scripted{actual: fetch.WireResponse{Status: 200, Header: fetch.HeaderList{{Name: fetch.HeaderAllowOrigin, Value: "*"}}}}
	return row{
		name: "whole simple fetch on a scripted server", peer: "`http.NewRequest`, `httptest.NewRecorder` and a trivial handler", goal: 1, allocs: -1,
		ours: simulated(t, browser.Init{URL: apiURL}), theirs: byHand(trivial, "GET", "", "Origin", pageOrigin),
	}
}

func handlerRows() []row {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
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
	header := []string{
		"Accept", "*/*", "Origin", pageOrigin, "Referer", pageURL,
		"Sec-Fetch-Dest", "empty", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Site", "cross-site",
	}
	body, typed := "{}", fetch.Header{Name: "Content-Type", Value: "application/json"}
	t := corstest.HandlerTransport(h)
	return []row{
		{
			name: "simple GET through an `http.Handler`", peer: "the same request by hand", goal: 1.5, allocs: -1,
			ours: simulated(t, browser.Init{URL: apiURL}), theirs: byHand(h, "GET", "", header...),
		},
		{
			name: "preflighted PUT through an `http.Handler`", peer: "the PUT by hand, without a preflight", goal: 3, allocs: -1,
			ours:   simulated(t, browser.Init{URL: apiURL, Method: "PUT", Body: &body, Header: fetch.HeaderList{typed}}),
			theirs: byHand(h, "PUT", body, append(header, typed.Name, typed.Value)...),
		},
	}
}

// recordings returns so many lines of recorded exchanges.
func recordings(n int) string {
	var out []byte
	for i := range n {
		out = appendRecording(out, i)
	}
	return string(out)
}

// appendRecording appends the line of a number, as pages make them: most are
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

// judged judges some lines several times over, on so many goroutines.
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

// onOneCore keeps what f does, the reading of lines and the collecting of
// garbage too, on one core.
func onOneCore(f func()) func() {
	return func() {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
		f()
	}
}

func bulkRows() []row {
	const n = 2000
	lines := recordings(n)
	decode := func() {
		for line := range bytes.Lines([]byte(lines)) {
			var r jsonRecording
			must(json.Unmarshal(line, &r) == nil, "line")
		}
	}
	few, many := peakOf(10_000).heap, peakOf(1_000_000).heap
	return []row{
		{name: bulkName, peer: "decoding it with `encoding/json`", goal: 0.25, allocs: 2, per: n, ours: judged(lines, 1, 1), theirs: decode},
		{name: twoCoresName, peer: "the same on one", goal: 0.588, allocs: -1, ours: judged(lines, 20, 2), theirs: onOneCore(judged(lines, 20, 1))},
		{name: memoryName, peer: fmt.Sprintf("of 10,000 lines: %d MB and %d MB", many>>20, few>>20), goal: 1.5, allocs: -1, ratio: float64(many) / float64(few)},
	}
}

const (
	bulkName     = "bulk: a line of recorded exchanges to a verdict"
	twoCoresName = "bulk on two cores"
	memoryName   = "memory of a bulk run of 1,000,000 lines"
)
