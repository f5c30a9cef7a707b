package server_test

import (
	"context"
	"fmt"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

const (
	page  = "https://myapp.com"
	users = "https://api.example.com/users"
)

// request returns a GET request with headers of the form "Name: value", given as
// name, value, name, value.
func request(url string, header ...string) *fetch.WireRequest {
	req := &fetch.WireRequest{Method: "GET", URL: origin.MustParseURL(url)}
	for i := 0; i < len(header); i += 2 {
		req.Header.Append(header[i], header[i+1])
	}
	return req
}

// preflight returns a CORS-preflight request for a PUT.
func preflight(header ...string) *fetch.WireRequest {
	req := request(users, append([]string{"Origin", page, "Access-Control-Request-Method", "PUT"}, header...)...)
	req.Method = "OPTIONS"
	return req
}

// serverWith returns a server that sends the same text for every request.
func serverWith(text string) fetch.Transport {
	return fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
		return &fetch.WireResponse{Status: 200, Body: text}, nil
	})
}

// closingServer sends no response.
var closingServer = fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
	return nil, fetch.ErrNoAnswer
})

func TestAllow(t *testing.T) {
	answer := &fetch.WireResponse{Status: 200, Header: fetch.HeaderList{{Name: "access-control-allow-origin", Value: "https://other.example"}}}
	server.Allow(answer, request(users, "Origin", page))
	assert.DeepEqual(t, answer.Header, fetch.HeaderList{
		{Name: "access-control-allow-origin", Value: page}, {Name: "Access-Control-Allow-Credentials", Value: "true"},
	})
	assert.DeepEqual(t, server.AllowPreflight(preflight("Access-Control-Request-Headers", "a,b")), &fetch.WireResponse{
		Status: 204, Header: fetch.HeaderList{
			{Name: "Access-Control-Allow-Origin", Value: page}, {Name: "Access-Control-Allow-Methods", Value: "PUT"},
			{Name: "Access-Control-Allow-Headers", Value: "a,b"}, {Name: "Access-Control-Allow-Credentials", Value: "true"},
		},
	})
}

func TestMux(t *testing.T) {
	m := server.Mux{
		origin.MustParseURL(users).Origin():                      serverWith("api"),
		origin.MustParseURL("https://cdn.example.com/").Origin(): serverWith("cdn"),
	}
	for url, want := range map[string]string{
		users: "api", "https://API.example.com:443/x#f": "api", "https://cdn.example.com/lib.js": "cdn",
		"http://cdn.example.com/": "", "https://cdn.example.com:8443/": "", "data:,x": "",
	} {
		got, err := m.RoundTrip(t.Context(), request(url))
		if want == "" {
			assert.ErrorIs(t, err, fetch.ErrNoAnswer)
			continue
		}
		assert.NilError(t, err)
		assert.Equal(t, got.Body, want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := m.RoundTrip(ctx, request(users))
	assert.ErrorIs(t, err, context.Canceled)
}

func TestApply(t *testing.T) {
	get := server.TargetOf(request("https://user:pw@api.example.com/users#f"))
	assert.Equal(t, get, server.Target{Method: "GET", URL: users})
	options := server.TargetOf(preflight())
	assert.Equal(t, options, server.Target{Preflight: true, Method: "OPTIONS", URL: users})
	answer := &fetch.WireResponse{Status: 500, Header: fetch.HeaderList{{Name: "a", Value: "1"}, {Name: "A", Value: "2"}, {Name: "content-length", Value: "4"}}, Body: "text"}
	failing := fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) { return answer, nil })
	status := func(target server.Target, code string) server.Change {
		return server.Change{Target: target, Op: server.OpStatus, Value: code}
	}
	for name, c := range map[string]struct {
		server  fetch.Transport
		request *fetch.WireRequest
		changes []server.Change
		want    *fetch.WireResponse
		text    string // of the first change
	}{
		"set": {failing, request(users), []server.Change{{Target: get, Op: server.OpSet, Header: "A", Value: "3"}}, &fetch.WireResponse{
			Status: 500, Header: fetch.HeaderList{{Name: "a", Value: "3"}, {Name: "content-length", Value: "4"}}, Body: "text",
		}, "set A: 3"},
		"remove": {failing, request(users), []server.Change{{Target: get, Op: server.OpRemove, Header: "A"}}, &fetch.WireResponse{
			Status: 500, Header: fetch.HeaderList{{Name: "content-length", Value: "4"}}, Body: "text",
		}, "remove A"},
		"status-without-body": {failing, request(users), []server.Change{status(get, "204")}, &fetch.WireResponse{
			Status: 204, Header: answer.Header[:2],
		}, "respond with status 204"},
		"other-target":           {failing, preflight(), []server.Change{status(get, "204")}, answer, "respond with status 204"},
		"no-answer-gets-status":  {closingServer, preflight(), []server.Change{status(options, "204")}, &fetch.WireResponse{Status: 204}, "respond with status 204"},
		"no-answer-stays-closed": {closingServer, request(users), []server.Change{status(options, "204")}, nil, "respond with status 204"},
		"no-answer-has-no-header": {closingServer, request(users), []server.Change{{Target: get, Op: server.OpSet, Header: "A", Value: "1"}}, nil,
			"set A: 1"},
	} {
		t.Run(name, func(t *testing.T) {
			before := fmt.Sprint(*answer)
			got, err := server.Apply(c.server, c.changes...).RoundTrip(t.Context(), c.request)
			assert.Equal(t, err == nil, c.want != nil)
			assert.DeepEqual(t, got, c.want)
			assert.Equal(t, c.changes[0].String(), c.text)
			assert.Equal(t, fmt.Sprint(*answer), before, "the answer itself is changed")
		})
	}
}

func TestTargetString(t *testing.T) {
	for want, target := range map[string]server.Target{
		"the response to the preflight (OPTIONS " + users + ")": server.TargetOf(preflight()),
		"the response to GET " + users:                          server.TargetOf(request(users)),
		"the response from " + users:                            {URL: users},
	} {
		assert.Equal(t, target.String(), want)
	}
}
