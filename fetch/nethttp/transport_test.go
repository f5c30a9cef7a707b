package nethttp_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/nethttp"
	"github.com/corsim/corsim/origin"
)

// get makes a page's simple request for a URL in Chromium.
func get(t *testing.T, transport fetch.Transport, url string) *browser.Result {
	t.Helper()
	page, err := browser.New(browser.Chromium()).Open(myapp, browser.WithTransport(transport))
	assert.NilError(t, err)
	res, err := page.Fetch(t.Context(), browser.FetchInit{URL: url})
	assert.NilError(t, err)
	return res
}

func wireRequest(method, url, body string) *fetch.WireRequest {
	req := &fetch.WireRequest{
		Method: method, URL: origin.MustParseURL(url), Body: body,
		Header: fetch.HeaderList{{Name: "Origin", Value: myapp}, {Name: "accept", Value: "*/*"}, {Name: "X-A", Value: "1"}, {Name: "x-a", Value: "2"}},
	}
	if body != "" || method == "POST" {
		req.Header.Append("Content-Length", fmt.Sprint(len(body)))
	}
	return req
}

// TestHandlerIsAServer runs handlers in process and over a connection. The responses
// must be the same.
func TestHandlerIsAServer(t *testing.T) {
	for name, c := range map[string]struct {
		method, target, body string
		handler              http.HandlerFunc
	}{
		"echo": {method: "PUT", target: "/a%20b/c?x=1&y", body: "text", handler: func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			fmt.Fprintf(w, "%s %s %s %q %v %q %q %v %d", r.Method, r.URL.Path, r.URL.RawQuery, r.RequestURI,
				r.Header["X-A"], r.Header.Get("Origin"), body, r.Header["Content-Length"], r.ContentLength)
		}},
		"nothing":            {method: "GET", handler: func(http.ResponseWriter, *http.Request) {}},
		"status-only":        {method: "GET", handler: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }},
		"no-content":         {method: "GET", handler: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204); fmt.Fprint(w, "x") }},
		"not-modified":       {method: "GET", handler: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }},
		"informational":      {method: "GET", handler: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(103); w.WriteHeader(202) }},
		"first-status-wins":  {method: "GET", handler: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500); w.WriteHeader(200) }},
		"headers-come-late":  {method: "GET", handler: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "x"); w.Header().Set("X-Late", "1") }},
		"write-before-write": {method: "GET", handler: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>"); fmt.Fprint(w, "x") }},
		"head":               {method: "HEAD", handler: func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello") }},
		"head-of-nothing":    {method: "HEAD", handler: func(http.ResponseWriter, *http.Request) {}},
		"own-type": {method: "GET", handler: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "a/b")
			fmt.Fprint(w, "{}")
		}},
		"no-type": {method: "GET", handler: func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			fmt.Fprint(w, "{}")
		}},
		"several-lines": {method: "GET", handler: func(w http.ResponseWriter, _ *http.Request) { w.Header()["Vary"] = []string{"A", " B\n"} }},
		"odd-names": {method: "GET", handler: func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["a b"] = []string{"1"}
			w.Header()["x-y"] = []string{"1"}
		}},
		"flushed": {method: "GET", handler: func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "x")
			w.(http.Flusher).Flush()
		}},
		"long":             {method: "GET", handler: func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, strings.Repeat("x", 5000)) }},
		"aborts":           {method: "GET", handler: func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
		"not-for-net-url":  {method: "GET", target: "/%zz", handler: func(http.ResponseWriter, *http.Request) {}},
		"an-empty-query":   {method: "GET", target: "/x?", handler: func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.RequestURI, r.URL) }},
		"two-slashes":      {method: "GET", target: "//x", handler: func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.RequestURI, r.URL.Path) }},
		"a-body-that-lies": {method: "GET", handler: func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Trailer:X", "1"); fmt.Fprint(w, "x") }},
	} {
		t.Run(name, func(t *testing.T) { assertIsAServer(t, c.method, c.target, c.body, c.handler) })
	}
}

// assertIsAServer runs a handler in process and over a connection and compares the
// responses, without the headers of the connection.
func assertIsAServer(t *testing.T, method, target, body string, h http.Handler) {
	t.Helper()
	srv := httptest.NewUnstartedServer(h)
	srv.Config.ErrorLog = discardLog
	srv.Start()
	defer srv.Close()
	if target == "" {
		target = "/"
	}
	want, err := (&nethttp.Transport{RoundTripper: uncompressed}).RoundTrip(t.Context(), wireRequest(method, srv.URL+target, body))
	got, gotErr := nethttp.FromHandler(h).RoundTrip(t.Context(), wireRequest(method, srv.URL+target, body))
	if err != nil {
		assert.ErrorIs(t, gotErr, fetch.ErrNoAnswer)
		return
	}
	assert.NilError(t, gotErr)
	for _, answer := range []*fetch.WireResponse{got, want} {
		answer.Header.DeleteFunc(func(name string) bool { return name == "Date" || name == "Connection" || name == "Trailer" })
	}
	assert.DeepEqual(t, got, want)
}

// TestTransportIsAServer sends requests to a transport in process and over a
// connection. The responses must be the same.
func TestTransportIsAServer(t *testing.T) {
	echo := fetch.TransportFunc(func(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		from, _ := req.Header.Get("Origin")
		return &fetch.WireResponse{Status: 203, Header: fetch.HeaderList{
			{Name: "Content-Length", Value: "5"}, {Name: "Vary", Value: "A"}, {Name: "Vary", Value: "B"},
			{Name: "X-Seen", Value: fmt.Sprintf("%s %s %s %q", req.Method, req.URL, from, req.Body)},
		}, Body: "12345"}, nil
	})
	gone := fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) { return nil, fetch.ErrNoAnswer })
	for name, c := range map[string]struct {
		transport            fetch.Transport
		method, target, body string
	}{
		"get":       {transport: echo, method: "GET", target: "/"},
		"body":      {transport: echo, method: "PUT", target: "/a%20b?x", body: "text"},
		"head":      {transport: echo, method: "HEAD", target: "/"},
		"no-answer": {transport: gone, method: "GET", target: "/"},
	} {
		t.Run(name, func(t *testing.T) {
			srv := httptest.NewUnstartedServer(nethttp.Handler(c.transport))
			srv.Config.ErrorLog = discardLog
			srv.Start()
			defer srv.Close()
			req := wireRequest(c.method, srv.URL+c.target, c.body)
			want, wantErr := c.transport.RoundTrip(t.Context(), req)
			for _, over := range []fetch.Transport{
				&nethttp.Transport{RoundTripper: uncompressed}, nethttp.FromHandler(nethttp.Handler(c.transport)),
			} {
				got, err := over.RoundTrip(t.Context(), req)
				if wantErr != nil {
					assert.Check(t, err != nil)
					continue
				}
				assert.NilError(t, err)
				if c.method == "HEAD" {
					want.Body = ""
				}
				assert.DeepEqual(t, got, want)
			}
		})
	}
}

// uncompressed is a transport that does not change the headers about the encoding
// of a body.
var uncompressed = &http.Transport{DisableCompression: true}

func TestHandlerSeesTheURL(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, r.Host, " ", r.TLS != nil, " ", r.RemoteAddr != "")
	})
	for url, want := range map[string]string{
		"https://api.example.com/":     "api.example.com true true",
		"http://api.example.com:8080/": "api.example.com:8080 false true",
		"http://[::1]:8080/":           "[::1]:8080 false true",
	} {
		resp, err := nethttp.FromHandler(h).RoundTrip(t.Context(), wireRequest("GET", url, ""))
		assert.NilError(t, err)
		assert.Equal(t, resp.Body, want)
	}
}

func TestHandlerPanics(t *testing.T) {
	h := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("no luck") })
	_, err := nethttp.FromHandler(h).RoundTrip(t.Context(), wireRequest("GET", "https://a.example/", ""))
	assert.ErrorContains(t, err, "the handler panicked at transport_test.go:")
	assert.ErrorContains(t, err, "no luck")

	res := get(t, nethttp.FromHandler(h), "https://a.example/")
	assert.Equal(t, res.Failure.Reason, fetch.ReasonNetworkFailure)
}

// TestHandlerHangs waits for a handler that never returns, and for one that returns
// at the end of its context.
func TestHandlerHangs(t *testing.T) {
	forever := make(chan struct{})
	defer close(forever)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	h := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-forever })
	_, err := nethttp.FromHandler(h).RoundTrip(ctx, wireRequest("GET", "https://a.example/", ""))
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	_, err = nethttp.FromHandler(h).RoundTrip(ctx, wireRequest("GET", "https://a.example/", ""))
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}

// hostile starts a server that calls serve for each connection.
func hostile(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	assert.NilError(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				_, _ = http.ReadRequest(bufio.NewReader(conn))
				serve(conn)
			}()
		}
	}()
	return "http://" + l.Addr().String() + "/"
}

// TestNothingHangs sends requests to hostile servers.
func TestNothingHangs(t *testing.T) {
	done := make(chan struct{})
	t.Cleanup(func() { close(done) })
	for name, c := range map[string]struct {
		serve func(net.Conn)
		err   string // contained in the error
		body  int    // if there is no error, the number of bytes of the body
		cut   string // contained in the cause that OnCut gets
	}{
		"never-answers":      {serve: func(net.Conn) { <-done }, err: "no complete answer within"},
		"closes-early":       {serve: func(net.Conn) {}, err: "EOF"},
		"resets":             {serve: func(c net.Conn) { assert.Check(t, c.(*net.TCPConn).SetLinger(0)) }, err: "reset"},
		"garbage":            {serve: func(c net.Conn) { fmt.Fprint(c, "\x00\xffnonsense\r\n\r\n") }, err: "malformed HTTP"},
		"endless-header":     {serve: func(c net.Conn) { endless(c, "HTTP/1.1 200 OK\r\n", "X: y\r\n") }, err: "header"},
		"slow-header":        {serve: func(c net.Conn) { drip(c, "HTTP/1.1 200 OK\r\n", "X: y\r\n") }, err: "no complete answer within"},
		"endless-early-hint": {serve: func(c net.Conn) { endless(c, "", "HTTP/1.1 103 Early Hints\r\n\r\n") }, err: "header"},
		"another-protocol":   {serve: func(c net.Conn) { fmt.Fprint(c, "HTTP/1.1 101 Switching Protocols\r\n\r\n"); <-done }},
		"two-lengths":        {serve: func(c net.Conn) { fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab") }, err: "Content-Length"},
		"invalid-chunk":      {serve: func(c net.Conn) { fmt.Fprint(c, hostileChunks+"2\r\nab\r\n-1\r\nc") }, body: 2, cut: "invalid byte in chunk length"},
		"endless-chunk":      {serve: func(c net.Conn) { fmt.Fprint(c, hostileChunks+"ffffffff\r\nabc") }, body: 3, cut: "unexpected EOF"},
		"endless-body":       {serve: func(c net.Conn) { endless(c, "HTTP/1.1 200 OK\r\n\r\n", "xxxxxxxx") }, body: 1000, cut: nethttp.ErrBodyTooLong.Error()},
		"body-stops-coming":  {serve: func(c net.Conn) { fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"); <-done }, body: 3, cut: "no complete answer within"},
		"body-breaks-off":    {serve: func(c net.Conn) { fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc") }, body: 3, cut: "unexpected EOF"},
		"body-fits-exactly":  {serve: func(c net.Conn) { fmt.Fprint(c, "HTTP/1.1 200 OK\r\n\r\n"+strings.Repeat("x", 1000)) }, body: 1000},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var cuts []error
			tr := &nethttp.Transport{
				RoundTripper: &http.Transport{DisableKeepAlives: true, MaxResponseHeaderBytes: 1 << 16}, Timeout: patience(c.err, c.cut), MaxBody: 1000,
				OnCut: func(_ *fetch.WireRequest, cause error) { cuts = append(cuts, cause) },
			}
			resp, err := tr.RoundTrip(t.Context(), wireRequest("GET", hostile(t, c.serve), ""))
			if c.err != "" {
				assert.ErrorContains(t, err, c.err)
				return
			}
			assert.NilError(t, err)
			assert.Equal(t, len(resp.Body), c.body)
			assert.Equal(t, len(cuts) > 0, c.cut != "")
			for _, cut := range cuts {
				assert.ErrorContains(t, cut, c.cut)
			}
		})
	}
}

// TestBodyOfHEAD sends two requests to a server that sends a body in the response to
// HEAD. It sends the body only when the next request on the connection has arrived,
// which breaks every exchange on a connection that is used again.
func TestBodyOfHEAD(t *testing.T) {
	at := hostile(t, func(c net.Conn) {
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
		_, _ = http.ReadRequest(bufio.NewReader(c))
		fmt.Fprint(c, "hi")
	})
	tr := &nethttp.Transport{RoundTripper: &http.Transport{}, Timeout: time.Minute}
	for range 2 {
		_, err := tr.RoundTrip(t.Context(), wireRequest("HEAD", at, ""))
		assert.NilError(t, err)
	}
}

// patience is the time to wait for a server. If a response is expected, it is longer
// than a busy machine needs.
func patience(err, cut string) time.Duration {
	switch {
	case strings.Contains(err, "within"):
		return 100 * time.Millisecond
	case strings.Contains(cut, "within"):
		return 2 * time.Second
	}
	return time.Minute
}

const hostileChunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

// drip writes one byte at a time until the connection is closed.
func drip(c net.Conn, first, again string) {
	_, err := io.WriteString(c, first)
	for i := 0; err == nil; i++ {
		time.Sleep(time.Millisecond)
		_, err = c.Write([]byte{again[i%len(again)]})
	}
}

// endless writes until the connection is closed.
func endless(c net.Conn, first, again string) {
	_, err := io.WriteString(c, first)
	again = strings.Repeat(again, 1000)
	for err == nil {
		_, err = io.WriteString(c, again)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	done := make(chan struct{})
	defer close(done)
	url := hostile(t, func(net.Conn) { <-done })
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	_, err := (&nethttp.Transport{}).RoundTrip(ctx, wireRequest("GET", url, ""))
	assert.Assert(t, errors.Is(err, context.Canceled), "%v", err)
}
