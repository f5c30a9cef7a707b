package fetch

import (
	"context"
	"errors"

	"github.com/corsim/corsim/origin"
)

// WireRequest is one request as it goes over the wire.
type WireRequest struct {
	Method string
	URL    origin.URL // without fragment and userinfo where it reaches a server
	Header HeaderList
	Body   string
}

// IsPreflight reports whether the request is a CORS-preflight request. No page
// can set the header that tells.
// https://fetch.spec.whatwg.org/#cors-preflight-request
func (r *WireRequest) IsPreflight() bool {
	return r.Method == "OPTIONS" && r.Header.Contains(HeaderRequestMethod)
}

// WireResponse is one answer as it comes back.
type WireResponse struct {
	Status int
	Header HeaderList
	Body   string
}

// Transport carries requests to servers. It stands where the standard calls
// HTTP-network fetch.
//
// An error means that no answer came, which a page sees as a network error;
// [ErrNoAnswer] is the error of a server that closes the connection. An error
// of ctx ends the whole run instead.
// https://fetch.spec.whatwg.org/#concept-http-network-fetch
type Transport interface {
	RoundTrip(ctx context.Context, req *WireRequest) (*WireResponse, error)
}

// TransportFunc is a function that is a [Transport].
type TransportFunc func(ctx context.Context, req *WireRequest) (*WireResponse, error)

// RoundTrip calls f.
func (f TransportFunc) RoundTrip(ctx context.Context, req *WireRequest) (*WireResponse, error) {
	return f(ctx, req)
}

// ErrNoAnswer is what a [Transport] returns when the connection closed
// without an answer.
var ErrNoAnswer = errors.New("the connection closed without an answer")
