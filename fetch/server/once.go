package server

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/order"
)

// Once sends equal requests of several browsers to a server only once, so that
// a request that changes something is not repeated for each browser. The nth
// equal requests of all browsers get the same response. Requests are equal when
// they have the same method, URL, body and headers, without the headers in
// which browsers differ, such as User-Agent.
//
// It is safe for concurrent use; the server gets one request at a time.
type Once struct {
	next    fetch.Transport
	mu      sync.Mutex
	answers map[string][]answer
	reused  int
}

// answer is the response to a request, or the error.
type answer struct {
	response *fetch.WireResponse
	err      error
}

// NewOnce returns a Once that sends requests to next.
func NewOnce(next fetch.Transport) *Once {
	return &Once{next: next, answers: make(map[string][]answer)}
}

// Browser returns the transport for one browser. If the browser sends an equal
// request a second time, it gets the server's second response.
func (o *Once) Browser() fetch.Transport {
	return &onceBrowser{once: o, asked: make(map[string]int)}
}

// Reused returns the number of requests that got a response without going to
// the server.
func (o *Once) Reused() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.reused
}

// onceBrowser is the transport of one browser.
type onceBrowser struct {
	once  *Once
	asked map[string]int // the number of equal requests so far
}

// RoundTrip returns the response that an earlier browser got, or sends the
// request.
func (b *onceBrowser) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	o := b.once
	o.mu.Lock()
	defer o.mu.Unlock()
	key := requestKey(req)
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

// browserHeaders holds the headers in which browsers differ and which do not
// matter to a server's CORS, in lower case. All headers that begin with "sec-"
// belong to them too.
var browserHeaders = []string{
	"accept", "accept-encoding", "accept-language", "cache-control", "connection", "content-length", "dnt", "host", "pragma",
	"priority", "referer", "te", "upgrade-insecure-requests", "user-agent",
}

// requestKey returns a text that is the same for equal requests.
func requestKey(req *fetch.WireRequest) string {
	parts := []string{req.Method, req.URL.String(), req.Body}
	var lines []string
	for _, h := range req.Header {
		name := fetch.ByteLowercase(h.Name)
		if slices.Contains(browserHeaders, name) || strings.HasPrefix(name, "sec-") {
			continue
		}
		lines = append(lines, name+": "+h.Value)
	}
	order.Stable(lines, strings.Compare)
	return strings.Join(append(parts, lines...), "\n")
}
