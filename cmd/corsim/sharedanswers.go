package main

import (
	"context"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// sharedAnswers asks a server on behalf of several engines. What they ask
// alike for the nth time is asked once, so that a request that changes
// something is not made once for each engine. Alike are requests of the same
// method, URL, body and headers, leaving aside those by which only browsers
// differ.
type sharedAnswers struct {
	next    fetch.Transport
	answers map[string][]remembered
	reused  int
}

type remembered struct {
	resp *fetch.WireResponse
	err  error
}

func newSharedAnswers(next fetch.Transport) *sharedAnswers {
	return &sharedAnswers{next: next, answers: make(map[string][]remembered)}
}

// engine returns the transport for the next engine.
func (s *sharedAnswers) engine() fetch.Transport {
	asked := make(map[string]int)
	return fetch.TransportFunc(func(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		key := alike(req)
		n := asked[key]
		asked[key]++
		if n < len(s.answers[key]) {
			s.reused++
			a := s.answers[key][n]
			return a.resp, a.err
		}
		resp, err := s.next.RoundTrip(ctx, req)
		if ctx.Err() == nil {
			s.answers[key] = append(s.answers[key], remembered{resp, err})
		}
		return resp, err
	})
}

// ofBrowsers are the headers by which browsers differ and servers of CORS do
// not decide.
var ofBrowsers = []string{
	"accept", "accept-encoding", "accept-language", "cache-control", "connection", "content-length", "dnt", "host", "pragma",
	"priority", "referer", "te", "upgrade-insecure-requests", "user-agent",
}

// alike returns a text that is the same for requests that are alike.
func alike(req *fetch.WireRequest) string {
	parts := []string{req.Method, req.URL.String(), req.Body}
	var lines []string
	for _, h := range req.Header {
		name := strings.ToLower(h.Name)
		if slices.Contains(ofBrowsers, name) || strings.HasPrefix(name, "sec-") {
			continue
		}
		lines = append(lines, name+": "+h.Value)
	}
	slices.Sort(lines)
	return strings.Join(append(parts, lines...), "\n")
}
