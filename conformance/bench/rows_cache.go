package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// answers is a transport that gives every request a response with one value of Cache-Control.
func answers(cacheControl string) *scripted {
	return &scripted{actual: fetch.WireResponse{Status: 200, Header: fetch.HeaderList{
		{Name: fetch.HeaderAllowOrigin, Value: "*"}, {Name: "Cache-Control", Value: cacheControl},
	}}}
}

// withResponses returns a call of a page whose browser has stored n responses. If hit is
// true, the call gets the first of them from the HTTP cache; otherwise it gets a response
// of the server, which is not stored.
func withResponses(n int, hit bool) func() {
	b := browser.New(browser.Spec())
	page, err := b.Open(pageURL, browser.WithTransport(answers("max-age=3600")))
	must(err == nil, pageURL)
	at := func(i int) browser.FetchInit { return browser.FetchInit{URL: fmt.Sprintf("%s/%07d", apiURL, i)} }
	for i := range n {
		_, err := page.Fetch(context.Background(), at(i))
		must(err == nil, apiURL)
	}
	init := at(0)
	if !hit {
		init = browser.FetchInit{URL: apiURL}
		page, err = b.Open(pageURL, browser.WithTransport(answers("no-store")))
		must(err == nil, pageURL)
	}
	return func() {
		r, err := page.Fetch(context.Background(), init)
		must(err == nil && r.Outcome == browser.Shared && r.Trace.Exchanges[0].FromCache == hit, "the HTTP cache")
	}
}

// withoutCache returns the same call by a browser without an HTTP cache.
func withoutCache() func() {
	return simulated(answers("no-store"), browser.FetchInit{URL: apiURL}, browser.WithoutHTTPCache())
}

func cacheHitRow() comparison {
	return comparison{
		peer: "a fetch on a scripted server, without the HTTP cache", goal: 1.25, allocs: -1,
		ours: withResponses(1000, true), theirs: withoutCache(),
	}
}

func cacheMissRow() comparison {
	return comparison{
		peer: "a fetch on a scripted server, without the HTTP cache", goal: 1.5, allocs: -1,
		ours: withResponses(1000, false), theirs: withoutCache(),
	}
}

func manyResponsesRow() comparison {
	return comparison{
		peer: "the same with 10 responses", goal: 1.5, allocs: -1,
		ours: withResponses(30_000, true), theirs: withResponses(10, true),
	}
}

func manyMissesRow() comparison {
	return comparison{
		peer: "the same with 10 responses", goal: 1.5, allocs: -1,
		ours: withResponses(30_000, false), theirs: withResponses(10, false),
	}
}

// policies are the headers of a document that has every kind of policy.
var policies = fetch.HeaderList{
	{Name: "Content-Security-Policy", Value: "default-src 'self'; script-src 'self' https://cdn.example; style-src 'self' 'unsafe-inline'; img-src * data:; " +
		"font-src https://fonts.example; connect-src 'self'" + strings.Repeat(" https://*.example.net", 20) + " https://api.example.com; frame-ancestors 'none'; " +
		"upgrade-insecure-requests"},
	{Name: "Content-Security-Policy-Report-Only", Value: "connect-src https://api.example.com"},
	{Name: "Cross-Origin-Embedder-Policy", Value: "require-corp"},
	{Name: "Cross-Origin-Opener-Policy", Value: "same-origin"},
	{Name: "Permissions-Policy", Value: "geolocation=(), local-network=()"},
	{Name: "Referrer-Policy", Value: "strict-origin"},
}

func policiesRow() comparison {
	t := answers("no-store")
	page, err := browser.New(browser.Spec()).Open(pageURL, browser.WithTransport(t), browser.WithHeaders(policies))
	must(err == nil, pageURL)
	return comparison{
		peer: "the same by a document without policies", goal: 2, allocs: -1,
		ours: func() {
			r, err := page.Fetch(context.Background(), browser.FetchInit{URL: apiURL})
			must(err == nil && r.Outcome == browser.Shared, "not shared")
		},
		theirs: simulated(t, browser.FetchInit{URL: apiURL}),
	}
}
