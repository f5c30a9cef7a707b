package server_test

import (
	"context"
	"errors"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

func TestScript(t *testing.T) {
	script := server.Script{
		{When: server.When{Method: "OPTIONS", URL: "https://api.test/x?q=1"}, Status: 204, Header: fetch.HeaderList{{Name: "A", Value: " \t1\t"}}, Body: "no"},
		{When: server.When{URL: "https://api.test/x?q=1"}, Status: 200, Header: fetch.HeaderList{{Name: "a", Value: "1"}, {Name: "a", Value: "1"}}, Body: "é"},
		{When: server.When{Method: "patch"}, Status: 200, Header: fetch.HeaderList{{Name: "content-LENGTH", Value: "9"}}},
		{When: server.When{Method: "DELETE"}, Status: 200, Header: fetch.HeaderList{{Name: "Transfer-Encoding", Value: "chunked"}}, Body: "x"},
		{When: server.When{Method: "POST"}, Status: 304, Body: "x"},
	}
	length := func(n string) fetch.Header { return fetch.Header{Name: "Content-Length", Value: n} }
	for _, tc := range []struct {
		name, method, url string
		want              *fetch.WireResponse
	}{
		{"first-rule", "OPTIONS", "https://api.test/x?q=1", &fetch.WireResponse{Status: 204, Header: fetch.HeaderList{{Name: "A", Value: "1"}}}},
		{"second-rule", "GET", "https://user:pw@API.test:443/x?q=1#f", &fetch.WireResponse{
			Status: 200, Header: fetch.HeaderList{{Name: "a", Value: "1"}, {Name: "a", Value: "1"}, length("2")}, Body: "é",
		}},
		{"head-has-length-without-body", "HEAD", "https://api.test/x?q=1", &fetch.WireResponse{
			Status: 200, Header: fetch.HeaderList{{Name: "a", Value: "1"}, {Name: "a", Value: "1"}, length("2")},
		}},
		{"method-is-compared-byte-for-byte", "PATCH", "https://api.test/", nil},
		{"own-length", "patch", "https://api.test/", &fetch.WireResponse{Status: 200, Header: fetch.HeaderList{{Name: "content-LENGTH", Value: "9"}}}},
		{"own-encoding", "DELETE", "https://api.test/", &fetch.WireResponse{
			Status: 200, Header: fetch.HeaderList{{Name: "Transfer-Encoding", Value: "chunked"}}, Body: "x",
		}},
		{"no-body-with-304", "POST", "https://api.test/", &fetch.WireResponse{Status: 304}},
		{"no-rule", "GET", "https://api.test/x", nil},
	} {
		req := &fetch.WireRequest{Method: tc.method, URL: origin.MustParseURL(tc.url)}
		got, err := script.RoundTrip(context.Background(), req)
		assert.Check(t, errors.Is(err, fetch.ErrNoAnswer) == (tc.want == nil), tc.name)
		if got != nil && len(got.Header) == 0 {
			got.Header = nil
		}
		t.Run(tc.name, func(t *testing.T) { assert.DeepEqual(t, got, tc.want) })
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := script.RoundTrip(ctx, &fetch.WireRequest{URL: origin.MustParseURL("https://a.test/")})
	assert.ErrorIs(t, err, context.Canceled)
}

// A rule with a limit answers as many requests, and leaves later ones to the next rule.
func TestScriptTimesAndHeaders(t *testing.T) {
	script := server.Script{
		{When: server.When{Header: []server.HeaderWhen{{Name: "origin", Value: "https://a.example"}, {Name: "If-None-Match", Absent: true}}}, Status: 201, Times: 2},
		{When: server.When{Header: []server.HeaderWhen{{Name: "If-None-Match", Value: "1, 2"}}}, Status: 304},
		{Status: 202},
	}
	started := script.Start()
	for i, want := range []struct {
		header fetch.HeaderList
		status int
	}{
		{fetch.HeaderList{{Name: "Origin", Value: "https://a.example"}}, 201},
		{fetch.HeaderList{{Name: "Origin", Value: "https://b.example"}}, 202},
		{fetch.HeaderList{{Name: "Origin", Value: "https://a.example"}, {Name: "if-none-match", Value: "1"}, {Name: "if-none-match", Value: "2"}}, 304},
		{fetch.HeaderList{{Name: "ORIGIN", Value: "https://a.example"}}, 201},
		{fetch.HeaderList{{Name: "Origin", Value: "https://a.example"}}, 202},
	} {
		answer, err := started.RoundTrip(t.Context(), &fetch.WireRequest{Method: "GET", Header: want.header})
		assert.NilError(t, err)
		assert.Equal(t, answer.Status, want.status, "request %d", i+1)
	}
	_, err := script.RoundTrip(t.Context(), &fetch.WireRequest{Method: "GET"})
	assert.ErrorContains(t, err, "Script.Start")
}
