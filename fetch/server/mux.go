package server

import (
	"context"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// Mux is a [fetch.Transport] of several servers: the server at a request's
// origin answers it. If there is no such server, the connection closes without
// a response.
type Mux map[origin.Origin]fetch.Transport

// RoundTrip sends a request to the server at its URL's origin.
func (m Mux) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	t, ok := m[req.URL.Origin()]
	if !ok {
		return nil, fetch.ErrNoAnswer
	}
	return t.RoundTrip(ctx, req)
}
