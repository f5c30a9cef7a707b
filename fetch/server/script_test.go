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

// A changed script answers as its server behind Apply does.
func TestScriptChanged(t *testing.T) {
	header := func(name, value string) fetch.HeaderList { return fetch.HeaderList{{Name: name, Value: value}} }
	script := server.Script{
		{When: server.When{Method: "GET", URL: "https://api.test/a"}, Status: 500, Header: header("A", "1"), Body: "x"},
		{When: server.When{URL: "https://api.test/b", Header: []server.HeaderWhen{{Name: "X", Value: "1"}}}, Status: 201},
		{When: server.When{URL: "https://api.test/b"}, Status: 200, Header: header("B", "1")},
	}
	set := func(method, url, name, value string) server.Change {
		return server.Change{Target: server.Target{Method: method, URL: url}, Op: server.OpSet, Header: name, Value: value}
	}
	status := func(method, url, value string) server.Change {
		return server.Change{Target: server.Target{Method: method, URL: url}, Op: server.OpStatus, Value: value}
	}
	for _, tc := range []struct {
		name    string
		changes []server.Change
	}{
		{"exact-rule", []server.Change{set("GET", "https://api.test/a", "a", "2"), status("GET", "https://api.test/a", "204")}},
		{"rule-for-more-requests", []server.Change{set("POST", "https://api.test/b", "C", "3")}},
		{"no-rule", []server.Change{set("PUT", "https://api.test/c", "C", "3")}},
		{"no-rule-and-a-status", []server.Change{set("PUT", "https://api.test/c", "C", "3"), status("PUT", "https://api.test/c", "200")}},
		{"removed", []server.Change{{Target: server.Target{Method: "GET", URL: "https://api.test/a"}, Op: server.OpRemove, Header: "a"}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			changed, applied := script.Changed(tc.changes...), server.Apply(script, tc.changes...)
			for _, method := range []string{"GET", "POST", "PUT"} {
				for _, url := range []string{"https://api.test/a", "https://api.test/b", "https://api.test/c"} {
					req := &fetch.WireRequest{Method: method, URL: origin.MustParseURL(url)}
					if method == "POST" {
						req.Header = header("X", "1")
					}
					got, gotErr := changed.RoundTrip(context.Background(), req)
					want, wantErr := applied.RoundTrip(context.Background(), req)
					assert.Equal(t, errors.Is(gotErr, fetch.ErrNoAnswer), errors.Is(wantErr, fetch.ErrNoAnswer))
					if want != nil {
						want.Header.Delete("Content-Length")
						got.Header.Delete("Content-Length")
						assert.DeepEqual(t, got, want)
					}
				}
			}
		})
	}
	assert.Equal(t, script[0].Status, 500) // the script itself stays
	assert.Equal(t, script[0].Header[0].Value, "1")
}
