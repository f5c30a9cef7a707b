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

// Rule is one answer of a [Script] and the requests that it is for.
type Rule struct {
	When   When
	Status int
	// Header is sent in order, duplicates kept; values are bytes.
	Header fetch.HeaderList
	Body   string // bytes
}

// When says which requests a rule answers: those whose method and URL are the
// given ones, byte for byte. An empty one matches all.
type When struct {
	Method string
	// URL is compared with the URL as it reaches the server: ASCII host, no
	// default port, no userinfo, no fragment.
	URL string
}

// RoundTrip answers a request. Without a rule that matches, the connection
// closes without an answer.
func (s Script) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	// Only the server's view counts, whatever the caller left in the URL.
	target := req.URL.WithoutCredentials().WithoutFragment()
	for i := range s {
		if s[i].When.matches(req.Method, target) {
			return s[i].answer(req.Method), nil
		}
	}
	return nil, fetch.ErrNoAnswer
}

func (w *When) matches(method, target string) bool {
	return (w.Method == "" || w.Method == method) && (w.URL == "" || w.URL == target)
}

// answer returns what comes back over HTTP/1.1 for a method.
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

// received returns headers as a client's HTTP parser yields them: the white
// space around a value is not part of it. There is room for one header more.
func received(l fetch.HeaderList) fetch.HeaderList {
	out := slices.Grow(fetch.HeaderList(nil), len(l)+1)
	for _, h := range l {
		h.Value = strings.Trim(h.Value, " \t")
		out = append(out, h)
	}
	return out
}
