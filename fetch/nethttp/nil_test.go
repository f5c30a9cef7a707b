package nethttp_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/nethttp"
)

// A nil where a value is needed is an error that says so, and never a panic.
func TestNilIsAnError(t *testing.T) {
	nothing := roundTripFunc(func(*http.Request) (*http.Response, error) { return nil, nil })
	noBody := roundTripFunc(func(*http.Request) (*http.Response, error) { return &http.Response{StatusCode: 200}, nil })
	silent := fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) { return nil, nil })
	get := func() *http.Request {
		req, err := http.NewRequest(http.MethodGet, "https://api.example.com/", nil)
		assert.NilError(t, err)
		return req
	}
	for name, c := range map[string]struct {
		transport fetch.Transport
		req       *http.Request
		want      string
	}{
		"request":               {nil, nil, "the request is nil"},
		"url":                   {nil, &http.Request{Method: http.MethodGet}, "the request has no URL"},
		"url-and-header":        {nil, &http.Request{}, "the request has no URL"},
		"response":              {&nethttp.Transport{RoundTripper: nothing}, get(), "neither a response nor an error"},
		"body":                  {&nethttp.Transport{RoundTripper: noBody}, get(), ""},
		"response-of-transport": {silent, get(), "neither a response nor an error"},
	} {
		t.Run(name, func(t *testing.T) {
			rt, err := nethttp.NewRoundTripper("https://api.example.com", c.transport)
			assert.NilError(t, err)
			resp, err := rt.RoundTrip(c.req)
			if c.want != "" {
				assert.ErrorContains(t, err, c.want)
				return
			}
			assert.NilError(t, err)
			assert.NilError(t, resp.Body.Close())
		})
	}
}

// roundTripFunc is an [http.RoundTripper].
type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// A URL of a WebSocket is refused with what to do instead.
func TestSocketURLsAreRefused(t *testing.T) {
	rt, err := nethttp.NewRoundTripper("https://myapp.com", nil)
	assert.NilError(t, err)
	for _, url := range []string{"ws://api.example/chat", "WSS://user:secret@api.example/chat"} {
		req, err := http.NewRequest("GET", url, nil)
		assert.NilError(t, err)
		_, err = rt.RoundTrip(req)
		assert.ErrorContains(t, err, "is the URL of a WebSocket")
		assert.Check(t, !strings.Contains(err.Error(), "secret"))
	}
}
