package server

import (
	"context"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// Mux is a [fetch.Transport] of several servers: the one at a request's origin
// answers it. Where there is no server the connection closes without an answer.
type Mux map[origin.Origin]fetch.Transport

// RoundTrip lets the server at the URL's origin answer.
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
