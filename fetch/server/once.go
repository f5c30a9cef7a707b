package server

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch"
)

// Once asks a server on behalf of several browsers: what they ask alike for the
// nth time goes to the server once, so that a request that changes something is
// not made once for each browser. Requests are alike when method, URL and body
// are the same, and all headers but those in which only browsers differ, such as
// User-Agent.
//
// It is safe for concurrent use; the server gets one request at a time.
type Once struct {
	next    fetch.Transport
	mu      sync.Mutex
	answers map[string][]answer
	reused  int
}

// answer is what came back for a request, and why nothing did.
type answer struct {
	response *fetch.WireResponse
	err      error
}

// NewOnce returns a Once that asks next.
func NewOnce(next fetch.Transport) *Once {
	return &Once{next: next, answers: make(map[string][]answer)}
}

// Browser returns the transport for one browser. What that browser asks a
// second time is another request: it gets the second answer.
func (o *Once) Browser() fetch.Transport {
	return &onceBrowser{once: o, asked: make(map[string]int)}
}

// Reused returns how many requests had an answer without going to the server.
func (o *Once) Reused() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.reused
}

// onceBrowser is one browser that asks.
type onceBrowser struct {
	once  *Once
	asked map[string]int // how many times
}

// RoundTrip answers as the server answered an earlier browser, or asks it.
func (b *onceBrowser) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	o := b.once
	o.mu.Lock()
	defer o.mu.Unlock()
	key := alikeKey(req)
	n := b.asked[key]
	b.asked[key]++
	if n < len(o.answers[key]) {
		o.reused++
		a := o.answers[key][n]
		return a.response, a.err
	}
	response, err := o.next.RoundTrip(ctx, req)
	if ctx.Err() == nil {
		o.answers[key] = append(o.answers[key], answer{response, err})
	}
	return response, err
}

// browsersOwn are the headers in which browsers differ and by which a server's
// CORS does not decide, in lower case; all that begin with "sec-" are too.
var browsersOwn = []string{
	"accept", "accept-encoding", "accept-language", "cache-control", "connection", "content-length", "dnt", "host", "pragma",
	"priority", "referer", "te", "upgrade-insecure-requests", "user-agent",
}

// alikeKey returns a text that is the same for requests that are alike.
func alikeKey(req *fetch.WireRequest) string {
	parts := []string{req.Method, req.URL.String(), req.Body}
	var lines []string
	for _, h := range req.Header {
		name := fetch.ByteLowercase(h.Name)
		if slices.Contains(browsersOwn, name) || strings.HasPrefix(name, "sec-") {
			continue
		}
		lines = append(lines, name+": "+h.Value)
	}
	slices.Sort(lines)
	return strings.Join(append(parts, lines...), "\n")
}
