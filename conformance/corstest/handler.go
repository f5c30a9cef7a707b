package corstest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch"
)

// HandlerTransport returns a transport that hands every request to h, whatever
// the URL's host: h sees it in [http.Request.Host]. No socket is involved.
//
// The handler runs on the caller's goroutine, unless the context has a
// deadline: then it runs on one of its own, which is left behind when the
// deadline passes first. A handler that panics closes the connection, as in
// [net/http]; the error says with what and where.
//
// What comes back is what [http.Server] would send over HTTP/1.1, but for the
// Date header, with header names in canonical form and in alphabetical order.
func HandlerTransport(h http.Handler) fetch.Transport { return handlerTransport{handler: h} }

type handlerTransport struct {
	handler http.Handler
	// timeout, if not zero, is how long a handler may take. What it has flushed
	// by then is the answer.
	timeout time.Duration
}

// RoundTrip serves one request.
func (t handlerTransport) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s := &serving{recorder: recorder{method: req.Method}}
	if _, ok := ctx.Deadline(); !ok && t.timeout == 0 {
		return t.serve(ctx, s, &s.recorder, req)
	}
	return t.serveInTime(ctx, s, req)
}

// serveInTime lets the handler run on a goroutine of its own and waits for it
// as long as the context and the timeout allow.
func (t handlerTransport) serveInTime(parent context.Context, s *serving, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	ctx := parent
	if t.timeout > 0 {
		limited, cancel := context.WithTimeout(parent, t.timeout)
		defer cancel()
		ctx = limited
	}
	type answer struct {
		resp *fetch.WireResponse
		err  error
	}
	w := &sharedRecorder{recorder: &s.recorder}
	done := make(chan answer, 1)
	go func() {
		// This stands when the handler ends its goroutine.
		a := answer{err: fetch.ErrNoAnswer}
		defer func() { done <- a }()
		a.resp, a.err = t.serve(ctx, s, w, req)
	}()
	select {
	case a := <-done:
		return a.resp, a.err
	case <-ctx.Done():
	}
	if err := parent.Err(); err != nil {
		return nil, err
	}
	if resp := w.cut(); resp != nil {
		return resp, nil
	}
	return nil, fmt.Errorf("no complete answer within %s", t.timeout)
}

// responseWriter is what a handler writes its answer to, and where that is
// found when it has returned.
type responseWriter interface {
	http.ResponseWriter
	finish() *fetch.WireResponse
}

// serve calls the handler and takes what it wrote.
func (t handlerTransport) serve(ctx context.Context, s *serving, w responseWriter, req *fetch.WireRequest) (resp *fetch.WireResponse, err error) {
	r, err := s.serverRequest(ctx, req)
	if err != nil {
		return badRequest(), nil
	}
	defer func() {
		if v := recover(); v != nil {
			resp, err = nil, panicError(v)
		}
	}()
	t.handler.ServeHTTP(w, r)
	return w.finish(), nil
}

// serving is what one call of a handler takes, in one piece.
type serving struct {
	request  http.Request
	url      url.URL
	recorder recorder
	values   [8]string // of the request's headers
}

// badRequest is how [http.Server] answers a request line that it cannot parse.
func badRequest() *fetch.WireResponse {
	return &fetch.WireResponse{
		Status: http.StatusBadRequest,
		Header: fetch.HeaderList{{Name: "Content-Type", Value: "text/plain; charset=utf-8"}},
		Body:   "400 Bad Request",
	}
}

// panicError says where a handler panicked; it runs while panicking.
func panicError(v any) error {
	if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		return fetch.ErrNoAnswer
	}
	where := ""
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		frame, more := frames.Next()
		if frame.Function != "" && !strings.HasPrefix(frame.Function, "runtime.") {
			where = fmt.Sprintf(" at %s:%d", filepath.Base(frame.File), frame.Line)
			break
		}
		if !more {
			break
		}
	}
	return fmt.Errorf("the handler panicked%s: %v", where, v)
}

// secure is the connection state of requests to https: URLs; handlers only
// look at whether there is one.
var secure = &tls.ConnectionState{Version: tls.VersionTLS13, HandshakeComplete: true}

// serverRequest builds the request as a server sees it.
func (s *serving) serverRequest(ctx context.Context, req *fetch.WireRequest) (*http.Request, error) {
	uri := requestURI(req)
	if err := s.parseTarget(req, uri); err != nil {
		return nil, err
	}
	r := &s.request
	// Only a copy can get a context, and none stands for the background.
	if ctx != context.Background() {
		r = r.WithContext(ctx)
	}
	r.Method, r.URL, r.RequestURI, r.Host = req.Method, &s.url, uri, hostPort(req)
	r.Proto, r.ProtoMajor, r.ProtoMinor = "HTTP/1.1", 1, 1
	r.Header, r.Body, r.RemoteAddr = httpHeaderInto(s.values[:], req.Header), http.NoBody, "192.0.2.1:1234"
	// net/http keeps the host elsewhere.
	delete(r.Header, "Host")
	if req.Body != "" {
		r.Body, r.ContentLength = newBody(req.Body), int64(len(req.Body))
	} else {
		delete(r.Header, "Content-Length")
	}
	if req.URL.Scheme() == "https" {
		r.TLS = secure
	}
	return r, nil
}

// body is a request's body.
type body struct{ strings.Reader }

func newBody(s string) *body {
	b := new(body)
	b.Reset(s)
	return b
}

func (*body) Close() error { return nil }

// parseTarget parses path and query. What a browser sends and [net/url]
// refuses, a server built on it refuses as well.
func (s *serving) parseTarget(req *fetch.WireRequest, uri string) error {
	path := req.URL.Path()
	if strings.Contains(path, "%") {
		target, err := url.ParseRequestURI(uri)
		if err == nil {
			s.url = *target
		}
		return err
	}
	query, ok := req.URL.Query()
	s.url.Path, s.url.RawQuery, s.url.ForceQuery = path, query, ok && query == ""
	return nil
}

// requestURI is the request's target as it stands on the request line.
func requestURI(req *fetch.WireRequest) string {
	path := req.URL.Path()
	if query, ok := req.URL.Query(); ok {
		return path + "?" + query
	}
	return path
}

// hostPort is the value of the Host header.
func hostPort(req *fetch.WireRequest) string {
	if port, ok := req.URL.Port(); ok {
		return req.URL.Host() + ":" + strconv.Itoa(int(port))
	}
	return req.URL.Host()
}

// httpHeader turns a header list into net/http's form.
func httpHeader(l fetch.HeaderList) http.Header { return httpHeaderInto(nil, l) }

// httpHeaderInto is httpHeader with room for values.
func httpHeaderInto(values []string, l fetch.HeaderList) http.Header {
	header := make(http.Header, len(l))
	if len(values) < len(l) {
		values = make([]string, len(l))
	}
	for i := range l {
		values[i] = l[i].Value
		header[canonicalKey(l[i].Name)] = values[i : i+1 : i+1]
	}
	if len(header) < len(l) {
		joinLines(header, l)
	}
	return header
}

// joinLines gives each key all the values that a list has for it.
func joinLines(header http.Header, l fetch.HeaderList) {
	clear(header)
	for _, h := range l {
		header.Add(h.Name, h.Value)
	}
}

// shortList is up to how many headers are gone through one by one.
const shortList = 16

// canonicalKey is [http.CanonicalHeaderKey].
func canonicalKey(name string) string {
	if isCommonKey(name) {
		return name
	}
	return http.CanonicalHeaderKey(name)
}

// isCommonKey reports whether a name is one that almost every request or answer
// has, in canonical form, so that it need not be read.
func isCommonKey(name string) bool {
	switch name {
	case "Accept", "Content-Length", "Content-Type", "Cookie", "Referer", "Vary",
		fetch.HeaderOrigin, fetch.HeaderRequestHeaders, fetch.HeaderRequestMethod,
		fetch.HeaderAllowOrigin, fetch.HeaderAllowCredentials, fetch.HeaderAllowHeaders, fetch.HeaderAllowMethods,
		fetch.HeaderExposeHeaders, fetch.HeaderMaxAge,
		"Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site":
		return true
	}
	return false
}
