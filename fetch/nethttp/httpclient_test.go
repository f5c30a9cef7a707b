package nethttp_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/nethttp"
)

// seen is the part of a response that the tests compare.
type seen struct {
	Status, Proto, Body string
	ContentLength       int64
	Uncompressed, TLS   bool
	Header              http.Header
}

func see(t *testing.T, client *http.Client, method, url string) seen {
	t.Helper()
	req, err := http.NewRequest(method, url, nil)
	assert.NilError(t, err)
	resp, err := client.Do(req)
	assert.NilError(t, err)
	body, err := io.ReadAll(resp.Body)
	assert.NilError(t, err)
	assert.NilError(t, resp.Body.Close())
	resp.Header.Del("Date")
	resp.Header.Del("Set-Cookie")
	return seen{resp.Status, resp.Proto, string(body), resp.ContentLength, resp.Uncompressed, resp.TLS != nil, resp.Header}
}

// TestSameOriginIsAsWithout makes requests to the page's own origin: the client
// sees what it would see without a page.
func TestSameOriginIsAsWithout(t *testing.T) {
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "1"})
		switch r.URL.Path {
		case "/none":
			w.WriteHeader(http.StatusNoContent)
		case "/moved":
			http.Redirect(w, r, "/", http.StatusFound)
		case "/flushed":
			fmt.Fprint(w, "flushed")
			w.(http.Flusher).Flush()
		case "/zipped":
			if r.Header.Get("Accept-Encoding") == "gzip" {
				w.Header().Set("Content-Encoding", "gzip")
				z := gzip.NewWriter(w)
				fmt.Fprint(z, "zipped")
				assert.Check(t, z.Close())
			}
		default:
			fmt.Fprint(w, "hello")
		}
	}))
	srv.EnableHTTP2 = true
	srv.StartTLS()
	defer srv.Close()
	page := newClient(t, srv.URL, &nethttp.Transport{RoundTripper: srv.Client().Transport})
	for _, target := range []string{"/", "/none", "/moved", "/flushed", "/zipped"} {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPut} {
			t.Run(method+target, func(t *testing.T) {
				assert.DeepEqual(t, see(t, page, method, srv.URL+target), see(t, srv.Client(), method, srv.URL+target))
			})
		}
	}
}

// TestHeadInMemory sends a HEAD request to a handler.
func TestHeadInMemory(t *testing.T) {
	client := newClient(t, myapp, nethttp.FromHandler(http.HandlerFunc(users)))
	got := see(t, client, http.MethodHead, api+"/users")
	assert.Equal(t, got.ContentLength, int64(2))
	assert.Equal(t, got.Body, "")
	assert.Equal(t, see(t, client, http.MethodHead, api+"/moved").ContentLength, int64(2))
}

// idler counts the calls of CloseIdleConnections.
type idler struct {
	http.RoundTripper
	closed int
}

func (i *idler) CloseIdleConnections() { i.closed++ }

func TestCloseIdleConnections(t *testing.T) {
	connections := &idler{RoundTripper: http.DefaultTransport}
	newClient(t, myapp, &nethttp.Transport{RoundTripper: connections}).CloseIdleConnections()
	assert.Equal(t, connections.closed, 1)
	newClient(t, myapp, nethttp.FromHandler(http.HandlerFunc(users))).CloseIdleConnections()
}

// closingBody notes when it is closed.
type closingBody struct {
	io.Reader
	closed bool
}

func (b *closingBody) Close() error { b.closed = true; return nil }

// TestRequestIsLeftAlone checks the contract of [http.RoundTripper]: the request
// is not changed, and its body is closed, also when nothing is sent.
func TestRequestIsLeftAlone(t *testing.T) {
	rt, err := nethttp.NewRoundTripper(myapp, nethttp.FromHandler(http.HandlerFunc(users)))
	assert.NilError(t, err)
	for _, method := range []string{"POST", "TRACE", "GET"} {
		body := &closingBody{Reader: strings.NewReader("x")}
		req, err := http.NewRequest(method, api+"/users", body)
		assert.NilError(t, err)
		req.Header.Set("Cookie", "a=1")
		before := req.Clone(t.Context())
		_, err = rt.RoundTrip(req)
		assert.Equal(t, err == nil, method == "POST", "%v", err)
		assert.Check(t, body.closed, method)
		assert.DeepEqual(t, req.Header, before.Header)
		assert.Equal(t, req.URL.String(), before.URL.String())
	}
}
