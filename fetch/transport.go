package fetch

import (
	"context"
	"errors"
	"time"

	"github.com/corsim/corsim/origin"
)

// WireRequest is one request as a browser sends it.
type WireRequest struct {
	Method string
	URL    origin.URL // without fragment and userinfo when it reaches a server
	Header HeaderList
	Body   string
}

// IsPreflight reports whether the request is a CORS-preflight request. It has a
// header that no page can set.
// https://fetch.spec.whatwg.org/#cors-preflight-request
func (r *WireRequest) IsPreflight() bool {
	return r.Method == "OPTIONS" && r.Header.Contains(HeaderRequestMethod)
}

// WireResponse is one response as a browser receives it.
type WireResponse struct {
	Status int
	Header HeaderList
	Body   string
	// Encoded reports whether Body is as it was on the wire, with the chunks and
	// the content codings that the headers name, and as long as it was. Transports
	// that have removed them already leave it false.
	Encoded bool
	// Delay is how long the server took before it answered. The browser's clock moves on by
	// it.
	Delay Milliseconds
}

// Milliseconds is a time that is kept in few bytes.
type Milliseconds int32

// Duration returns the time as a duration.
func (m Milliseconds) Duration() time.Duration { return time.Duration(m) * time.Millisecond }

// Transport sends requests to servers. It is the standard's HTTP-network fetch.
//
// An error means that no response arrived; the page sees a network error.
// [ErrNoAnswer] is the error of a server that closes the connection. An error
// of ctx ends the whole run.
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

// ErrNoAnswer is the error of a [Transport] when the connection closed without
// a response.
var ErrNoAnswer = errors.New("the connection closed without an answer")
