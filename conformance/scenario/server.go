package scenario

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// Server is a scripted server: the first rule that matches a request answers
// it. It is a [fetch.Transport].
type Server []Rule

// RoundTrip answers a request. Without a rule that matches, the connection
// closes without an answer.
func (s Server) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
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
	return (!w.Method.OK || w.Method.Value == method) && (!w.URL.OK || w.URL.Value == target)
}

// answer returns what comes back over HTTP/1.1 for a method.
func (r *Rule) answer(method string) *fetch.WireResponse {
	out := &fetch.WireResponse{Status: r.Status, Header: received(r.Header), Body: r.Body}
	bodyless := r.Status < 200 || r.Status == 204 || r.Status == 304
	if !bodyless && !hasName(r.Header, "Content-Length") && !hasName(r.Header, "Transfer-Encoding") {
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
