package nethttp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch"
)

// The limits of a [Transport] whose fields are zero.
const (
	DefaultTimeout = 30 * time.Second
	DefaultMaxBody = 10 << 20 // bytes
)

// Transport is a [fetch.Transport] over live connections. The zero value is
// ready for use, and it is safe for concurrent use.
//
// As in a browser, the decision whether a page may read a response needs only the
// header. So a body that is too long, too slow or incomplete is not a failure: the
// response has the part that arrived, and OnCut is called.
//
// Header names are in canonical form and in alphabetical order. The round tripper
// decides which encodings to accept: a body that [http.Transport] decompresses has
// neither a Content-Encoding nor a Content-Length header, and the request does not
// accept brotli and zstd. The transport never follows redirects: the browser does.
type Transport struct {
	// RoundTripper sends the requests; nil means [http.DefaultTransport]. It must
	// not follow redirects and must not add cookies.
	RoundTripper http.RoundTripper
	// Timeout limits one exchange with its body; zero means [DefaultTimeout].
	Timeout time.Duration
	// MaxBody is the largest number of bytes to read of a body; zero means
	// [DefaultMaxBody].
	MaxBody int64
	// OnCut, if not nil, is called with the cause when a body is not read to its
	// end. Several goroutines may call it at the same time.
	OnCut func(req *fetch.WireRequest, cause error)
}

// ErrBodyTooLong is the cause that [Transport.OnCut] gets for a body of more
// than MaxBody bytes.
var ErrBodyTooLong = errors.New("the body is longer than the limit")

// RoundTrip sends one request and reads the answer.
func (t *Transport) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	resp, deadline, err := t.send(ctx, req)
	if err != nil {
		return nil, err
	}
	defer deadline.release()
	defer resp.Body.Close()
	if req.Method == http.MethodHead {
		t.closeIdle()
	}
	body, err := t.readBody(resp.Body)
	if cause := ctx.Err(); cause != nil {
		return nil, cause
	}
	if err != nil && t.OnCut != nil {
		t.OnCut(req, deadline.explain(err))
	}
	return &fetch.WireResponse{Status: resp.StatusCode, Header: headerList(resp.Header), Body: body}, nil
}

// readBody reads up to the limit. With an error it returns the part before it.
func (t *Transport) readBody(r io.Reader) (string, error) {
	limit := t.MaxBody
	if limit <= 0 {
		limit = DefaultMaxBody
	}
	body, err := io.ReadAll(io.LimitReader(r, limit))
	if err == nil && int64(len(body)) == limit {
		if extra, _ := io.CopyN(io.Discard, r, 1); extra > 0 {
			err = ErrBodyTooLong
		}
	}
	return string(body), err
}

// send sends one request and waits for the header of the response. The deadline
// also holds for the body; the caller must release it.
func (t *Transport) send(ctx context.Context, req *fetch.WireRequest) (*http.Response, *deadline, error) {
	timeout := t.Timeout
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	d := newDeadline(ctx, timeout)
	r, err := clientRequest(d.ctx, req)
	if err != nil {
		d.release()
		return nil, nil, err
	}
	resp, err := t.roundTripper().RoundTrip(r)
	if err == nil && resp == nil {
		err = errors.New("the http.RoundTripper returned neither a response nor an error")
	}
	if err != nil {
		d.release()
		if cause := ctx.Err(); cause != nil {
			return nil, nil, cause
		}
		return nil, nil, connectionError(d.explain(err))
	}
	if resp.Body == nil {
		resp.Body = http.NoBody
	}
	if resp.StatusCode == http.StatusSwitchingProtocols {
		// The rest belongs to another protocol, and no context can end a read of it.
		resp.Body.Close()
		resp.Body = http.NoBody
	}
	return resp, d, nil
}

// closeIdle closes the idle connections. After HEAD the connection is idle as soon as
// the header arrived, and a server that sends a body in spite of HEAD would break
// the next exchange on it.
func (t *Transport) closeIdle() {
	if pool, ok := t.roundTripper().(interface{ CloseIdleConnections() }); ok {
		pool.CloseIdleConnections()
	}
}

// roundTripper returns the round tripper that sends the requests.
func (t *Transport) roundTripper() http.RoundTripper {
	if t.RoundTripper == nil {
		return http.DefaultTransport
	}
	return t.RoundTripper
}

// clientRequest builds the request as a client sends it.
func clientRequest(ctx context.Context, req *fetch.WireRequest) (*http.Request, error) {
	var body io.Reader
	if req.Body != "" {
		body = strings.NewReader(req.Body)
	}
	scheme, host, target := req.URL.Scheme(), hostPort(req), requestURI(req)
	r, err := http.NewRequestWithContext(ctx, req.Method, scheme+"://"+host+"/", body)
	if err != nil {
		return nil, err
	}
	// The server must see the bytes that a browser sends, even if net/url writes
	// other bytes or refuses them.
	if r.URL, err = r.URL.Parse(req.URL.WithoutFragment().String()); err != nil || r.URL.RequestURI() != target {
		r.URL = &url.URL{Scheme: scheme, Host: host, Opaque: target}
	}
	r.Header = httpHeader(req.Header)
	// net/http sends the headers of the connection itself.
	for _, name := range []string{"Host", "Connection", "Content-Length"} {
		delete(r.Header, name)
	}
	if r.Header.Get("Accept-Encoding") != "identity" {
		delete(r.Header, "Accept-Encoding")
	}
	return r, nil
}

// deadline cancels a context when its time ends, and remembers that it did.
type deadline struct {
	ctx     context.Context
	cancel  context.CancelFunc
	timer   *time.Timer
	timeout time.Duration
}

// errTimeout is the cause of a context that a deadline cancelled.
var errTimeout = errors.New("timeout")

func newDeadline(parent context.Context, timeout time.Duration) *deadline {
	ctx, cancel := context.WithCancelCause(parent)
	return &deadline{
		ctx: ctx, cancel: func() { cancel(nil) }, timeout: timeout,
		timer: time.AfterFunc(timeout, func() { cancel(errTimeout) }),
	}
}

func (d *deadline) release() {
	d.timer.Stop()
	d.cancel()
}

// timeoutError is the error of an exchange that took too long. It is [errTimeout].
type timeoutError struct{ timeout time.Duration }

func (e *timeoutError) Error() string { return fmt.Sprintf("no complete answer within %s", e.timeout) }

func (e *timeoutError) Is(target error) bool { return target == errTimeout }

// explain returns an error about the timeout if the timeout caused err.
func (d *deadline) explain(err error) error {
	if context.Cause(d.ctx) == errTimeout {
		return &timeoutError{d.timeout}
	}
	return err
}
