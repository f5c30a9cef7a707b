package server_test

import (
	"context"
	"fmt"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// A page that uses an API and a content delivery network needs two servers, one
// for each origin.
func ExampleMux() {
	servers := server.Mux{
		origin.MustParseURL("https://api.example.com").Origin(): fetch.TransportFunc(func(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
			if req.IsPreflight() {
				return server.AllowPreflight(req), nil
			}
			answer := &fetch.WireResponse{Status: 200, Body: "[]"}
			server.Allow(answer, req)
			return answer, nil
		}),
		origin.MustParseURL("https://cdn.example.com").Origin(): fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
			return &fetch.WireResponse{Status: 200, Body: "{}"}, nil
		}),
	}
	page, err := browser.New(browser.Chromium()).Open("https://myapp.com/", browser.WithTransport(servers))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, init := range []browser.FetchInit{
		{URL: "https://api.example.com/users", Method: "PUT"},
		{URL: "https://cdn.example.com/data.json"},
		{URL: "https://elsewhere.example/"},
	} {
		res, err := page.Fetch(context.Background(), init)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Print(res.Outcome)
		if res.Failure != nil {
			fmt.Print(" ", res.Failure.Reason)
		}
		fmt.Println()
	}
	// Output:
	// shared
	// blocked allow-origin-missing
	// blocked network-failure
}
