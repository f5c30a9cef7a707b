package main

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/corsim/corsim/cache"
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

// rows is the table. Rows that need much memory come last, because they slow down
// the allocations of the rows after them.
var rows = []row{
	{name: "parse an `Origin` header", make: originRow},
	{name: "parse ten common URLs (WHATWG)", make: urlsRow},
	{name: "MIME essence", make: mimeRow},
	{name: "CORS check of a response", make: checkRow},
	{name: "classify a simple request with six headers", make: classifyRow},
	{name: "preflight verdict: classify, judge, store", make: verdictRow},
	{name: "preflight-cache hit", make: hitRow},
	{name: "whole simple fetch on a scripted server", make: fetchRow},
	{name: "the same without the HTTP cache", make: fetchWithoutCacheRow},
	{name: "the same by a document with many policies", make: policiesRow},
	{name: "HTTP-cache hit: a whole fetch without a server", make: cacheHitRow},
	{name: "HTTP-cache miss: a whole fetch whose response is not stored", make: cacheMissRow},
	{name: "simple GET through an `http.Handler`", make: getRow},
	{name: "preflighted PUT through an `http.Handler`", make: putRow},
	{name: "bulk: verdict for one line of recorded exchanges", make: bulkRow},
	{name: "bulk on two cores", make: twoCoresRow, slow: true},
	{name: "memory of a bulk run of 1,000,000 lines", make: memoryRow, slow: true},
	{name: "HTTP-cache hit with 30,000 responses", make: manyResponsesRow, slow: true},
	{name: "HTTP-cache miss with 30,000 responses", make: manyMissesRow, slow: true},
	{name: "preflight-cache hit with 1,000,000 keys", make: manyKeysRow, slow: true},
}

// must panics if a condition does not hold: a benchmark that fails measures nothing.
func must(ok bool, what string) {
	if !ok {
		panic("bench: " + what)
	}
}

func originRow() comparison {
	headers := []string{"https://example.com", "https://www.example.com:8443", "http://localhost:3000"}
	each := func(parse func(string) error) func() {
		return func() {
			for _, header := range headers {
				must(parse(header) == nil, header)
			}
		}
	}
	return comparison{
		peer: "`net/url.Parse` of the same value", goal: 0.15,
		ours:   each(func(h string) error { _, err := origin.ParseOrigin(h); return err }),
		theirs: each(func(h string) error { _, err := url.Parse(h); return err }),
	}
}

func urlsRow() comparison {
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
	return comparison{
		peer: "`net/url.Parse`", goal: 1.5, allocs: 2,
		ours:   each(func(u string) error { _, err := origin.ParseURL(u); return err }),
		theirs: each(func(u string) error { _, err := url.Parse(u); return err }),
	}
}

func mimeRow() comparison {
	const value = "application/json; charset=utf-8"
	return comparison{
		peer: "`mime.ParseMediaType`", goal: 0.2,
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

// answer is a response whose two headers have already been found.
type answer struct {
	allowOrigin, allowCredentials       string
	hasAllowOrigin, hasAllowCredentials bool
}

// check is a CORS check as a developer writes it by hand.
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

func checkRow() comparison {
	req, header := request("GET", nil), sharedWith()
	req.Credentials = fetch.CredentialsInclude
	naive := answer{allowOrigin: pageOrigin, hasAllowOrigin: true, allowCredentials: "true", hasAllowCredentials: true}
	return comparison{
		peer: "a check by hand on a struct", goal: 5,
		ours:   func() { must(fetch.CORSCheck(req, header) == nil, "blocked") },
		theirs: func() { must(naive.check(pageOrigin, true), "blocked") },
	}
}

func classifyRow() comparison {
	req := request("POST", fetch.HeaderList{
		{Name: "Accept", Value: "application/json, text/plain, */*"}, {Name: "Accept-Language", Value: "de-CH,de;q=0.9,en;q=0.8"},
		{Name: "Content-Language", Value: "en"}, {Name: "Content-Type", Value: "text/plain;charset=UTF-8"},
		{Name: "Range", Value: "bytes=0-1023"}, {Name: "Accept", Value: "text/html"},
	})
	return comparison{
		peer: "nothing",
		ours: func() { must(fetch.Classify(req, fetch.Safelist{}).Kind == fetch.KindSimple, "not simple") },
	}
}

// unsafeNames are the unsafe header names of the preflighted request.
var unsafeNames = []string{"content-type", "x-requested-with", "x-api-key"}

// naive judges the response to a preflight as a developer writes it by hand over
// net/http.
func naive(h http.Header, method string) bool {
	if allowed := h.Get(fetch.HeaderAllowOrigin); allowed != "*" && allowed != pageOrigin {
		return false
	}
	listed := func(header, wanted string) bool {
		for item := range strings.SplitSeq(h.Get(header), ",") {
			if item = strings.TrimSpace(item); item == "*" || fetch.EqualFold(item, wanted) {
				return true
			}
		}
		return false
	}
	for _, name := range unsafeNames {
		if !listed(fetch.HeaderAllowHeaders, name) {
			return false
		}
	}
	return listed(fetch.HeaderAllowMethods, method)
}

// preflighted returns a request, the response to its preflight, and the check by
// hand of that response.
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

func verdictRow() comparison {
	req, resp, byHand := preflighted()
	c, now := cache.New(cache.Rules{}), browser.New(browser.Spec()).Now()
	key := cache.Key{Partition: origin.PartitionKeyOf(req.Origin), Origin: pageOrigin, URL: apiURL}
	var causes []fetch.Cause
	var answer preflight.Answer
	var rules preflight.Rules
	return comparison{
		peer: "a check by hand over `http.Header`", goal: 3, allocs: -1,
		ours: func() {
			causes = fetch.AppendClassification(causes[:0], req, fetch.Safelist{}).Causes
			grant, f := answer.Judge(preflight.Actual{Request: req, Causes: causes}, resp, &rules)
			must(f == nil, "blocked")
			grant.Key = key
			c.Store(grant, now)
		},
		theirs: byHand,
	}
}

// filled returns a lookup in a preflight cache with n keys. The cache covers the
// query.
func filled(n int) func() {
	c, now := cache.New(cache.Rules{Capacity: n}), browser.New(browser.Spec()).Now()
	req, resp, _ := preflighted()
	grant, _ := preflight.Judge(preflight.Actual{Request: req, Causes: fetch.Classify(req, fetch.Safelist{}).Causes}, resp, &preflight.Rules{})
	key := cache.Key{Partition: origin.PartitionKeyOf(req.Origin), Origin: pageOrigin}
	for i := range n {
		key.URL = fmt.Sprintf("%s/%07d", apiURL, i)
		grant.Key = key
		c.Store(grant, now)
	}
	q := cache.Query{Key: key, Method: "PUT", Causes: fetch.Classify(req, fetch.Safelist{}).Causes}
	return func() { must(c.Uncovered(q, now) == nil, "not covered") }
}

func hitRow() comparison {
	_, _, byHand := preflighted()
	return comparison{
		peer: "a check by hand over `http.Header`", goal: 1,
		ours: filled(1000), theirs: byHand,
	}
}

func manyKeysRow() comparison {
	return comparison{
		peer: "the same with 10 keys", goal: 1.5,
		ours: filled(1_000_000), theirs: filled(10),
	}
}
