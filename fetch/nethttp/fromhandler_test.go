package nethttp_test

import (
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/nethttp"
	"github.com/corsim/corsim/origin"
)

// setting returns a handler that sets headers and a status, and writes a text.
func setting(status int, text string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Add(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}
}

// readingAfter returns a handler that calls a function and then echoes the body.
func readingAfter(first func(http.ResponseWriter, *http.Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		first(w, r)
		body, err := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%q %v", body, err)
	}
}

func flush(w http.ResponseWriter, _ *http.Request) { w.(http.Flusher).Flush() }

// TestHandlersKeepToTheConnection runs handlers that depend on the connection to the
// client, in process and over a connection.
func TestHandlersKeepToTheConnection(t *testing.T) {
	for name, c := range map[string]struct {
		method, target, body string // GET
		handler              http.HandlerFunc
	}{
		// Headers about the body that net/http changes.
		"length-too-short": {handler: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "3")
			_, err := io.WriteString(w, "abcd")
			_, again := io.WriteString(w, "abc")
			w.Header().Set("X", "late")
			if !errors.Is(err, http.ErrContentLength) || !errors.Is(again, http.ErrContentLength) {
				panic(http.ErrAbortHandler)
			}
		}},
		"length-is-none":        {handler: setting(200, "abc", "Content-Length", "three")},
		"length-of-no-content":  {handler: setting(204, "", "Content-Length", "0", "Content-Type", "a/b")},
		"length-of-not-changed": {handler: setting(304, "", "Content-Length", "9", "Content-Type", "a/b", "Etag", `"1"`)},
		"chunked":               {handler: setting(200, "abc", "Transfer-Encoding", "chunked")},
		"chunked-and-length":    {handler: setting(200, "abc", "Transfer-Encoding", "chunked", "Content-Length", "3")},
		"chunked-head":          {method: "HEAD", handler: setting(200, "abc", "Transfer-Encoding", "chunked")},
		"identity":              {handler: setting(200, "abc", "Transfer-Encoding", "identity")},
		"trailer-is-declared":   {handler: setting(200, "abc", "Trailer", "X-T")},
		"no-encoding":           {handler: setting(200, "<html>", "Content-Encoding", "")},
		"empty-write": {handler: func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(204)
			if _, err := w.Write(nil); err != nil {
				panic(err)
			}
		}},
		"type-of-what-is-flushed": {handler: func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "<")
			flush(w, r)
			fmt.Fprint(w, "html>")
		}},
		"type-of-nothing": {handler: func(w http.ResponseWriter, r *http.Request) {
			flush(w, r)
			fmt.Fprint(w, "<html>")
		}},
		// The request.
		"post-nothing": {method: "POST", handler: func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, r.Header["Content-Length"], r.ContentLength, r.Body == http.NoBody)
		}},
		"path-not-escaped": {target: "/it's|[x](y)*!;,=@", handler: func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, "%q %q %s", r.URL.Path, r.URL.RawPath, r.URL)
		}},
		"path-is-cleaned":   {target: "/it's//x", handler: http.NewServeMux().ServeHTTP},
		"read-after-flush":  {method: "POST", body: "abc", handler: readingAfter(flush)},
		"read-after-much":   {method: "POST", body: "abc", handler: readingAfter(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("x", 5000)) })},
		"read-after-little": {method: "POST", body: "abc", handler: readingAfter(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "x") })},
		"read-after-close":  {method: "POST", body: "abc", handler: readingAfter(func(_ http.ResponseWriter, r *http.Request) { r.Body.Close() })},
		"copy-after-close": {method: "POST", body: "abc", handler: func(w http.ResponseWriter, r *http.Request) {
			n, _ := io.Copy(w, r.Body)
			r.Body.Close()
			_, err := io.Copy(w, r.Body)
			fmt.Fprint(w, n, err)
		}},
		"read-too-much": {method: "POST", body: "abcd", handler: http.MaxBytesHandler(readingAfter(func(http.ResponseWriter, *http.Request) {}), 3).ServeHTTP},
		// The connection.
		"controller": {method: "POST", body: "abc", handler: readingAfter(func(w http.ResponseWriter, _ *http.Request) {
			c, later := http.NewResponseController(w), time.Now().Add(time.Hour)
			fmt.Fprint(w, c.SetReadDeadline(later), c.SetWriteDeadline(later), c.EnableFullDuplex(), c.Flush())
		})},
		"close-notifier": {handler: func(w http.ResponseWriter, _ *http.Request) {
			w.(interface{ CloseNotify() <-chan bool }).CloseNotify()
		}},
		"context": {handler: func(w http.ResponseWriter, r *http.Request) {
			server, ok := r.Context().Value(http.ServerContextKey).(*http.Server)
			_, hasAddress := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
			_, hasDeadline := r.Context().Deadline()
			fmt.Fprint(w, ok && server.Handler != nil, hasAddress, hasDeadline, r.Context().Done() != nil, r.Context().Err(), r.Context().Value("x"))
		}},
		"aborts-late": {handler: func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "<html>")
			flush(w, r)
			panic(http.ErrAbortHandler)
		}},
		"aborts-after-much": {handler: func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(make([]byte, 5000))
			panic(http.ErrAbortHandler)
		}},
		"aborts-too-early": {handler: func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<html>")
			panic(http.ErrAbortHandler)
		}},
		// Handlers that come with net/http.
		"content":      {handler: func(w http.ResponseWriter, r *http.Request) { serveHello(w, r, "") }},
		"content-head": {method: "HEAD", handler: func(w http.ResponseWriter, r *http.Request) { serveHello(w, r, "") }},
		"part":         {handler: func(w http.ResponseWriter, r *http.Request) { serveHello(w, r, "bytes=1-3") }},
		"no-such-part": {handler: func(w http.ResponseWriter, r *http.Request) { serveHello(w, r, "bytes=100-") }},
		"in-time":      {handler: http.TimeoutHandler(setting(201, "abc", "X-A", "1"), time.Hour, "late").ServeHTTP},
		"too-late":     {handler: http.TimeoutHandler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), time.Millisecond, "late").ServeHTTP},
		"stripped":     {target: "/api/users", handler: http.StripPrefix("/api", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.URL, r.RequestURI) })).ServeHTTP},
	} {
		t.Run(name, func(t *testing.T) {
			if c.method == "" {
				c.method = "GET"
			}
			assertIsAServer(t, c.method, c.target, c.body, c.handler)
		})
	}
}

// serveHello serves a file, or the part of it that a range names.
func serveHello(w http.ResponseWriter, r *http.Request, part string) {
	if part != "" {
		r.Header.Set("Range", part)
	}
	http.ServeContent(w, r, "hello.txt", time.Unix(1e9, 0), strings.NewReader("hello world"))
}

// TestProxyIsAServer runs a reverse proxy in front of servers that send the body in
// parts.
func TestProxyIsAServer(t *testing.T) {
	behind := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/breaks-off":
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "abc")
		case "/events":
			w.Header().Set("Content-Type", "text/event-stream")
			fmt.Fprint(w, "data: 1\n\n")
			flush(w, r)
		case "/hints":
			w.WriteHeader(http.StatusEarlyHints)
		}
	}))
	defer behind.Close()
	to, err := url.Parse(behind.URL)
	assert.NilError(t, err)
	for _, interval := range []time.Duration{0, -1} {
		proxy := httputil.NewSingleHostReverseProxy(to)
		proxy.FlushInterval, proxy.ErrorLog = interval, discardLog
		for _, path := range []string{"/", "/breaks-off", "/events", "/hints"} {
			t.Run(fmt.Sprint(path, interval), func(t *testing.T) { assertIsAServer(t, "GET", path, "", proxy) })
		}
	}
}

// TestRequestEndsWithItsHandler runs a handler that starts goroutines which wait for
// the end of the request.
func TestRequestEndsWithItsHandler(t *testing.T) {
	for name, timeout := range map[string]time.Duration{"caller's-goroutine": 0, "its-own": time.Hour} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			if timeout > 0 {
				limited, cancel := context.WithTimeout(ctx, timeout)
				defer cancel()
				ctx = limited
			}
			type key struct{}
			ctx = context.WithValue(ctx, key{}, "caller's")
			ended := make(chan error, 3)
			var kept context.Context
			h := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				ctx := r.Context()
				kept = ctx
				if r.URL.Path == "/unasked" {
					return
				}
				derived, cancel := context.WithCancel(ctx)
				t.Cleanup(cancel)
				context.AfterFunc(ctx, func() { ended <- ctx.Err() })
				go func() {
					<-ctx.Done()
					<-derived.Done() // which ends a moment after its parent
					ended <- derived.Err()
				}()
				assert.Check(t, ctx.Err() == nil && derived.Err() == nil)
				assert.Check(t, derived.Value(key{}) == "caller's")
			})
			for _, path := range []string{"asked", "unasked"} {
				_, err := nethttp.FromHandler(h).RoundTrip(ctx, wireRequest("GET", "https://a.example/"+path, ""))
				assert.NilError(t, err)
				<-kept.Done()
				assert.ErrorIs(t, kept.Err(), context.Canceled)
				assert.Equal(t, kept.Value(key{}), "caller's")
			}
			for range 2 {
				assert.ErrorIs(t, <-ended, context.Canceled)
			}
		})
	}
}

// TestAbortIsSeen calls a handler that aborts: the page can read the part that has
// been sent. Other panics are errors.
func TestAbortIsSeen(t *testing.T) {
	breaking := func(v any) *browser.Result {
		return get(t, nethttp.FromHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			fmt.Fprint(w, "half")
			flush(w, r)
			panic(v)
		})), "https://a.example/")
	}
	res := breaking(http.ErrAbortHandler)
	assert.Equal(t, res.Outcome, browser.Shared)
	assert.Equal(t, res.Response.Body, "half")
	assert.Assert(t, strings.Contains(breaking("no luck").Failure.Got, "the handler panicked at fromhandler_test.go:"))
}

// TestNilHandler sends a request to http.DefaultServeMux.
func TestNilHandler(t *testing.T) {
	resp, err := nethttp.FromHandler(nil).RoundTrip(t.Context(), &fetch.WireRequest{Method: "GET", URL: origin.MustParseURL("https://a.example/nethttp")})
	assert.NilError(t, err)
	assert.Equal(t, resp.Status, http.StatusNotFound)
}

// TestBodiesAreDecoded runs handlers that compress. The decoded body decides what
// happens in an element.
func TestBodiesAreDecoded(t *testing.T) {
	codings := map[string]func(io.Writer) io.WriteCloser{
		"gzip": func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }, "deflate": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
	}
	const image = `<svg xmlns="http://www.w3.org/2000/svg"></svg>`
	for coding, encoder := range codings {
		h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			assert.Check(t, strings.Contains(r.Header.Get("Accept-Encoding"), coding))
			w.Header().Set("Content-Type", "image/svg+xml")
			w.Header().Set("Content-Encoding", coding)
			out := encoder(w)
			defer out.Close()
			_, _ = io.WriteString(out, image)
		})
		for _, p := range engines {
			page, err := browser.New(p).Open(myapp, browser.WithTransport(nethttp.FromHandler(h)))
			assert.NilError(t, err)
			res, err := page.Element(t.Context(), browser.ElementInit{Tag: browser.TagImg, URL: api})
			assert.NilError(t, err)
			assert.Check(t, res.Outcome == browser.Opaque, "%s in %s", coding, p.Name())
			assert.Equal(t, res.Trace.Exchanges[0].Response.Body, image)
		}
	}
	for _, body := range []string{"", "abc", "\x1f\x8b"} {
		h := setting(200, body, "Content-Encoding", "gzip", "Content-Type", "text/plain")
		resp, err := nethttp.FromHandler(h).RoundTrip(t.Context(), wireRequest("GET", "https://a.example/", ""))
		assert.NilError(t, err)
		assert.Equal(t, resp.Body, body, "it is not what it says")
		assert.Equal(t, resp.Encoded, body != "", "the browser decides")
	}
}

// TestDecodedBodiesHaveALimit runs a handler whose small body stands for a large one.
func TestDecodedBodiesHaveALimit(t *testing.T) {
	var zipped strings.Builder
	w := gzip.NewWriter(&zipped)
	_, err := w.Write(make([]byte, nethttp.DefaultMaxBody+1))
	assert.NilError(t, err)
	assert.NilError(t, w.Close())
	h := setting(200, zipped.String(), "Content-Encoding", "gzip")
	resp, err := nethttp.FromHandler(h).RoundTrip(t.Context(), wireRequest("GET", "https://a.example/", ""))
	assert.NilError(t, err)
	assert.Check(t, resp.Encoded && resp.Body == zipped.String())
}
