package server

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// Script is a server that follows rules: the first rule that matches a request
// answers it. It is a [fetch.Transport].
type Script []Rule

// Rule is one response of a [Script] with the requests that get it.
type Rule struct {
	When   When
	Status int
	// Header is sent in order, with duplicates; values are bytes.
	Header fetch.HeaderList
	Body   string // bytes
}

// When selects requests by method and URL, byte for byte. An empty field
// matches every request.
type When struct {
	Method string
	// URL is compared with the URL that reaches the server: ASCII host, no
	// default port, no userinfo, no fragment.
	URL string
}

// RoundTrip returns the response of the first rule that matches. If no rule
// matches, the connection closes without a response.
func (s Script) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	// The server sees neither credentials nor fragment of the URL.
	target := req.URL.WithoutCredentials().WithoutFragment().String()
	if i := s.Find(req.Method, target); i >= 0 {
		return s[i].answer(req.Method), nil
	}
	return nil, fetch.ErrNoAnswer
}

// Find returns the index of the first rule that matches a request with a method and
// a URL in the form of [When], and -1 when there is none.
func (s Script) Find(method, url string) int {
	for i := range s {
		if s[i].When.matches(method, url) {
			return i
		}
	}
	return -1
}

func (w *When) matches(method, target string) bool {
	return (w.Method == "" || w.Method == method) && (w.URL == "" || w.URL == target)
}

// answer returns the response over HTTP/1.1 to a method.
func (r *Rule) answer(method string) *fetch.WireResponse {
	out := &fetch.WireResponse{Status: r.Status, Header: received(r.Header), Body: r.Body}
	bodyless := r.Status < 200 || r.Status == 204 || r.Status == 304
	if !bodyless && !r.Header.Contains("Content-Length") && !r.Header.Contains("Transfer-Encoding") {
		out.Header = append(out.Header, fetch.Header{Name: "Content-Length", Value: strconv.Itoa(len(r.Body))})
	}
	if bodyless || method == "HEAD" {
		out.Body = ""
	}
	return out
}

// received returns headers as a client's HTTP parser returns them, without
// white space around values. The list has capacity for one more header.
func received(l fetch.HeaderList) fetch.HeaderList {
	out := slices.Grow(fetch.HeaderList(nil), len(l)+1)
	for _, h := range l {
		h.Value = strings.Trim(h.Value, " \t")
		out = append(out, h)
	}
	return out
}
