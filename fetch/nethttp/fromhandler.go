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

// FromHandler returns a transport that hands every request to h, whatever
// the URL's host: h sees it in [http.Request.Host]. No socket is involved.
//
// The handler runs on the caller's goroutine, unless the context has a
// deadline: then it runs on one of its own, which is left behind when the
// deadline passes first. The request's context ends when the handler returns
// and has the values that [http.Server] gives it. Deadlines that the handler
// sets for the connection have no effect, and it cannot be hijacked.
//
// A handler that panics closes the connection, as in [net/http]; the error says
// with what and where. With [http.ErrAbortHandler] the answer is what had been
// sent by then, if anything was.
//
// What comes back is what [http.Server] would send over HTTP/1.1, but for the
// Date header, with header names in canonical form and in alphabetical order; a
// body in gzip or deflate comes decoded, as browsers hand it on. A nil handler is
// [http.DefaultServeMux].
func FromHandler(h http.Handler) fetch.Transport {
	if h == nil {
		h = http.DefaultServeMux
	}
	return handlerTransport{handler: h, server: &http.Server{Handler: h}}
}

// TimeoutTransport returns a transport that answers as t does and gives each answer a
// limit in real time. Of a handler's or a live server's answer that streams it
// returns what was there when the time was up, as long as the header was.
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
	// server is what handlers find in their context. It does not run.
	server *http.Server
	// timeout, if not zero, is how long a handler may take. What it has flushed
	// by then is the answer.
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

// serveInTime lets the handler run on a goroutine of its own and waits for it
// as long as the context and the timeout allow.
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
		// This stands when the handler ends its goroutine.
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

// responseWriter is what a handler writes its answer to, and where that is
// found when it has returned.
type responseWriter interface {
	http.ResponseWriter
	// finish returns the answer of a handler that has returned, and abort of one
	// that broke off: nil where nothing had been sent.
	finish() *fetch.WireResponse
	abort() *fetch.WireResponse
}

// serve calls the handler and takes what it wrote.
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

// serving is what one call of a handler takes, in one piece.
type serving struct {
	request  http.Request
	context  requestContext
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

// bare is what every request starts from.
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
	// net/http keeps the host elsewhere.
	delete(r.Header, "Host")
	if req.Body != "" {
		s.recorder.asked = &body{rest: req.Body}
		r.Body, r.ContentLength = s.recorder.asked, int64(len(req.Body))
	}
	if req.URL.Scheme() == "https" {
		r.TLS = secure
	}
	return nil
}

// body is a request's body. It may be closed while it is read elsewhere.
type body struct {
	rest   string
	closed atomic.Bool
}

// Read reads what is left.
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

// WriteTo writes what is left.
func (b *body) WriteTo(w io.Writer) (int64, error) {
	if b.closed.Load() {
		return 0, http.ErrBodyReadAfterClose
	}
	n, err := io.WriteString(w, b.rest)
	b.rest = b.rest[n:]
	return int64(n), err
}

// Close ends reading.
func (b *body) Close() error {
	b.closed.Store(true)
	return nil
}

// parseTarget parses path and query. What a browser sends and [net/url]
// refuses, a server built on it refuses as well.
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

// isPlainPath reports whether a path means what it says, and [net/url] would
// write it like this.
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
