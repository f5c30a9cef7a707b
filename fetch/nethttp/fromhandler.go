package nethttp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/corsim/corsim/fetch"
)

// FromHandler returns a transport that passes every request to h, for every host:
// h finds the host in [http.Request.Host]. The transport opens no connection.
//
// The handler runs on the caller's goroutine. If the context has a deadline, the
// handler runs on its own goroutine, and the transport does not wait for it after
// the deadline. The request's context ends when the handler returns, and has the
// values that [http.Server] sets. Deadlines that the handler sets for the
// connection have no effect, and the handler cannot hijack the connection.
//
// If the handler panics, the connection closes, as in [net/http]; the error says
// what the handler panicked with, and where. If it panics with
// [http.ErrAbortHandler], the response is the part that the handler has already
// sent, if there is one.
//
// The response is the one that [http.Server] sends over HTTP/1.1, without the
// Date header. Header names are in canonical form and in alphabetical order. A
// body in gzip or deflate is decoded, as script in a browser gets it. A nil
// handler means [http.DefaultServeMux].
func FromHandler(h http.Handler) fetch.Transport {
	if h == nil {
		h = http.DefaultServeMux
	}
	return handlerTransport{handler: h, server: &http.Server{Handler: h}}
}

// TimeoutTransport returns a transport that answers as t does and limits the real
// time of each answer. If a handler or a live server has sent the header but not
// the whole body when the time ends, the response has the part of the body that
// arrived.
func TimeoutTransport(t fetch.Transport, d time.Duration) fetch.Transport {
	switch t := t.(type) {
	case handlerTransport:
		t.timeout = d
		return t
	case *Transport:
		limited := *t
		limited.Timeout = d
		return &limited
	}
	return fetch.TransportFunc(func(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		ctx, cancel := context.WithTimeout(ctx, d)
		defer cancel()
		return t.RoundTrip(ctx, req)
	})
}

type handlerTransport struct {
	handler http.Handler
	// server is the server that handlers find in their context. It does not run.
	server *http.Server
	// timeout limits the time of a handler; zero means no limit. After the timeout
	// the response is the part that the handler has flushed.
	timeout time.Duration
}

// RoundTrip serves one request.
func (t handlerTransport) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s := &serving{context: requestContext{parent: ctx, server: t.server}, recorder: recorder{head: req.Method == http.MethodHead}}
	if _, ok := ctx.Deadline(); !ok && t.timeout == 0 {
		return t.serve(s, &s.recorder, req)
	}
	return t.serveInTime(ctx, s, req)
}

// serveInTime runs the handler on its own goroutine and waits for it until the
// context or the timeout ends.
func (t handlerTransport) serveInTime(parent context.Context, s *serving, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	ctx := parent
	if t.timeout > 0 {
		limited, cancel := context.WithTimeout(parent, t.timeout)
		defer cancel()
		ctx = limited
		s.context.parent = ctx
	}
	type answer struct {
		resp *fetch.WireResponse
		err  error
	}
	w := &sharedRecorder{recorder: &s.recorder}
	done := make(chan answer, 1)
	go func() {
		// This error remains if the handler ends its goroutine.
		a := answer{err: fetch.ErrNoAnswer}
		defer func() { done <- a }()
		a.resp, a.err = t.serve(s, w, req)
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

// responseWriter is the response writer of a handler. It returns the response when
// the handler has returned.
type responseWriter interface {
	http.ResponseWriter
	// finish returns the response of a handler that has returned. abort returns
	// that of a handler that has aborted: nil if it has sent nothing.
	finish() *fetch.WireResponse
	abort() *fetch.WireResponse
}

// serve calls the handler and returns its response.
func (t handlerTransport) serve(s *serving, w responseWriter, req *fetch.WireRequest) (resp *fetch.WireResponse, err error) {
	if err := s.buildRequest(req); err != nil {
		return badRequest(), nil
	}
	defer func() {
		s.context.end()
		switch v := recover(); {
		case v == nil:
		case isAbort(v):
			if resp = w.abort(); resp == nil {
				err = fetch.ErrNoAnswer
			}
		default:
			err = panicError(v)
		}
	}()
	t.handler.ServeHTTP(w, &s.request)
	return w.finish(), nil
}

// isAbort reports whether a handler panicked in order to close the connection.
func isAbort(v any) bool {
	err, ok := v.(error)
	return ok && errors.Is(err, http.ErrAbortHandler)
}

// serving holds all values for one call of a handler, in one allocation.
type serving struct {
	request  http.Request
	context  requestContext
	url      url.URL
	recorder recorder
	values   [8]string // of the request's headers
}

// badRequest returns the response of [http.Server] to a request line that it
// cannot parse.
func badRequest() *fetch.WireResponse {
	return &fetch.WireResponse{
		Status: http.StatusBadRequest,
		Header: fetch.HeaderList{{Name: "Content-Type", Value: "text/plain; charset=utf-8"}},
		Body:   "400 Bad Request",
	}
}

// panicError returns an error that says where a handler panicked. Call it while
// the goroutine panics.
func panicError(v any) error {
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

// secure is the connection state of requests to https: URLs. Handlers only check
// that it is not nil.
var secure = &tls.ConnectionState{Version: tls.VersionTLS13, HandshakeComplete: true}

// bare is the empty request that each new request is made from.
var bare http.Request

// buildRequest builds the request as a server sees it.
func (s *serving) buildRequest(req *fetch.WireRequest) error {
	uri := requestURI(req)
	if err := s.parseTarget(req, uri); err != nil {
		return err
	}
	r := &s.request
	*r = *bare.WithContext(&s.context)
	r.Method, r.URL, r.RequestURI, r.Host = req.Method, &s.url, uri, hostPort(req)
	r.Proto, r.ProtoMajor, r.ProtoMinor = "HTTP/1.1", 1, 1
	r.Header, r.Body, r.RemoteAddr = httpHeaderInto(s.values[:], req.Header), http.NoBody, "192.0.2.1:1234"
	// net/http has the host in Request.Host, not in the header.
	if req.Header.Contains("Host") {
		delete(r.Header, "Host")
	}
	if req.Body != "" {
		s.recorder.asked = &body{rest: req.Body}
		r.Body, r.ContentLength = s.recorder.asked, int64(len(req.Body))
	}
	if req.URL.Scheme() == "https" {
		r.TLS = secure
	}
	return nil
}

// body is a request's body. One goroutine may close it while another reads it.
type body struct {
	rest   string
	closed atomic.Bool
}

// Read reads from the rest of the body.
func (b *body) Read(p []byte) (int, error) {
	switch {
	case b.closed.Load():
		return 0, http.ErrBodyReadAfterClose
	case b.rest == "":
		return 0, io.EOF
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

// WriteTo writes the rest of the body.
func (b *body) WriteTo(w io.Writer) (int64, error) {
	if b.closed.Load() {
		return 0, http.ErrBodyReadAfterClose
	}
	n, err := io.WriteString(w, b.rest)
	b.rest = b.rest[n:]
	return int64(n), err
}

// Close makes all later reads fail.
func (b *body) Close() error {
	b.closed.Store(true)
	return nil
}

// parseTarget parses path and query. If [net/url] refuses a target that a browser
// sends, a server built on [net/http] refuses it too.
func (s *serving) parseTarget(req *fetch.WireRequest, uri string) error {
	path := req.URL.Path()
	if !isPlainPath(path) {
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

// isPlainPath reports whether a path has no escapes and only characters that
// [net/url] does not escape.
func isPlainPath(path string) bool {
	for i := range len(path) {
		c := path[i]
		if c|0x20 < 'a' || 'z' < c|0x20 {
			if (c < '-' || '9' < c) && c != '_' && c != '~' {
				return false
			}
		}
	}
	return true
}
