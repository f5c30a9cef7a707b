package server

import (
	"context"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// Backend is an [Answerer] that follows rules: the first rule that fits a request
// answers it, and no rule means status 404.
type Backend []BackendRule

// BackendRule is one response of a [Backend] with the requests that get it. Paths,
// Prefix and Methods must all fit where they are not empty.
type BackendRule struct {
	Paths   []string // exact, without the query
	Prefix  string
	Methods []string
	Status  int
	Header  fetch.HeaderList
	Body    string
	// Reset closes the connection without a response.
	Reset bool
}

// AssumedBackend is what is behind a proxy when nothing is said about it:
// OPTIONS gets status 405, every other request status 200; no CORS header.
var AssumedBackend Answerer = Backend{{Methods: []string{"OPTIONS"}, Status: 405}, {Status: 200}}

// AssumedBackendText is [AssumedBackend] in words.
const AssumedBackendText = "status 200 on every path, 405 for OPTIONS, and no CORS headers"

// Answer answers with the first rule that fits.
func (b Backend) Answer(ctx context.Context, req *Request) (*Answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	path, _, _ := strings.Cut(req.Target, "?")
	for i := range b {
		r := &b[i]
		if !r.fits(req.Method, path) {
			continue
		}
		if r.Reset {
			return nil, fetch.ErrNoAnswer
		}
		return &Answer{Status: r.Status, Header: slices.Clone(r.Header), Body: r.Body}, nil
	}
	return &Answer{Status: 404}, nil
}

func (r *BackendRule) fits(method, path string) bool {
	return (len(r.Methods) == 0 || slices.Contains(r.Methods, method)) &&
		(len(r.Paths) == 0 || slices.Contains(r.Paths, path)) &&
		strings.HasPrefix(path, r.Prefix)
}
