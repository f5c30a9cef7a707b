package server_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// TestOnce sends equal requests from several browsers, and counts the requests
// that reach the server.
func TestOnce(t *testing.T) {
	asked := 0
	broken := errors.New("broken")
	once := server.NewOnce(fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
		if asked++; asked == 2 {
			return nil, broken
		}
		return &fetch.WireResponse{Status: 200, Body: fmt.Sprint(asked)}, nil
	}))
	ask := func(browser fetch.Transport, req *fetch.WireRequest) string {
		got, err := browser.RoundTrip(t.Context(), req)
		if err != nil {
			return err.Error()
		}
		return got.Body
	}
	first, second := once.Browser(), once.Browser()
	assert.Equal(t, ask(first, request(users, "Origin", page, "User-Agent", "a", "Sec-Fetch-Mode", "cors")), "1")
	assert.Equal(t, ask(first, request(users, "Origin", page)), "broken", "a browser asks twice because it wants two answers")
	assert.Equal(t, ask(second, request(users, "user-agent", "b", "origin", page)), "1")
	assert.Equal(t, ask(second, request(users, "Origin", page)), "broken")
	assert.Equal(t, ask(second, request(users, "Origin", page)), "3")
	assert.Equal(t, once.Reused(), 2)
	for i, other := range []*fetch.WireRequest{request(users), request(users, "Origin", page, "Cookie", "a=1"), request(users+"/1", "Origin", page), preflight()} {
		assert.Equal(t, ask(once.Browser(), other), fmt.Sprint(4+i))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := once.Browser().RoundTrip(ctx, request(users+"/cancelled"))
	assert.NilError(t, err)
	assert.Equal(t, ask(once.Browser(), request(users+"/cancelled")), "9", "an answer under a context that has ended is not kept")
}
