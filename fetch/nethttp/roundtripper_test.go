package nethttp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/nethttp"
)

func newClient(t *testing.T, page string, tr fetch.Transport, options ...nethttp.RoundTripperOption) *http.Client {
	t.Helper()
	rt, err := nethttp.NewRoundTripper(page, tr, options...)
	assert.NilError(t, err)
	return &http.Client{Transport: rt}
}

// blocked returns the failure of an error, and fails without one.
func blocked(t *testing.T, err error) *fetch.Failure {
	t.Helper()
	e, ok := errors.AsType[*nethttp.BlockedError](err)
	assert.Assert(t, ok, "%v", err)
	return e.Failure
}

func TestRoundTripper(t *testing.T) {
	tr := nethttp.FromHandler(http.HandlerFunc(users))
	client := newClient(t, myapp, tr)
	resp, err := client.Get(api + "/moved")
	assert.NilError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	assert.NilError(t, err)
	assert.Equal(t, string(body), "[]")
	assert.Equal(t, resp.Status, "200 OK")
	assert.Equal(t, resp.Request.URL.String(), api+"/users")
	assert.DeepEqual(t, resp.Header, http.Header{
		"Content-Length": {"2"}, "Content-Type": {"text/plain; charset=utf-8"}, "X-Total": {"3"},
	})

	_, err = newClient(t, evil, tr).Get(api + "/users")
	assert.Equal(t, blocked(t, err).Reason, fetch.ReasonAllowOriginMissing)
	assert.ErrorContains(t, err, "blocked allow-origin-missing: no Access-Control-Allow-Origin header")
	assert.ErrorContains(t, err, "page https://evil.com; https://fetch.spec.whatwg.org/#concept-cors-check")

	_, err = client.Post(api+"/users", "application/xml", strings.NewReader("<a/>"))
	assert.NilError(t, err)

	req, err := http.NewRequest("PATCH", api+"/users", strings.NewReader("{}"))
	assert.NilError(t, err)
	_, err = client.Do(req)
	f := blocked(t, err)
	assert.Equal(t, f.Reason, fetch.ReasonMethodNotAllowed)
	assert.Check(t, f.Preflight)

	req, err = http.NewRequest("GET", api+"/users", strings.NewReader("{}"))
	assert.NilError(t, err)
	_, err = client.Do(req)
	assert.Equal(t, blocked(t, err).Reason, fetch.ReasonBodyWithGetOrHead)

	_, err = nethttp.NewRoundTripper("not a URL", nil)
	assert.ErrorContains(t, err, "not a URL")
}

// TestRoundTripperOptions shows what each option does.
// TestRoundTripperUserAgent has a client that sets its own User-Agent: a plain GET is
// preflighted, and the error says why.
func TestRoundTripperUserAgent(t *testing.T) {
	sent := ""
	tr := fetch.TransportFunc(func(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		sent += req.Method
		return &fetch.WireResponse{Status: 200}, nil
	})
	client := newClient(t, myapp, tr)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, api+"/users", nil)
	assert.NilError(t, err)
	req.Header.Set("User-Agent", "sdk/1.0")
	_, err = client.Do(req)
	assert.Equal(t, sent, "OPTIONS")
	assert.ErrorContains(t, err, "; preflighted for header user-agent, which the client sets itself; ")

	req.Header.Set("X-Token", "1")
	_, err = client.Do(req)
	assert.ErrorContains(t, err, "; preflighted for header user-agent, header x-token; ")
}

func TestRoundTripperOptions(t *testing.T) {
	tr := nethttp.FromHandler(http.HandlerFunc(users))
	url := api + "/users"

	_, err := newClient(t, myapp, tr, nethttp.WithPage(browser.WithSandbox())).Get(url)
	assert.Equal(t, blocked(t, err).Reason, fetch.ReasonAllowOriginMissing)
	_, err = newClient(t, "null", tr).Get(url)
	assert.ErrorContains(t, err, "(page null; ")

	resp, err := newClient(t, evil, tr, nethttp.WithInit(func(init *browser.FetchInit) { init.Mode = browser.InitModeNoCORS })).Get(url)
	assert.NilError(t, err)
	assert.Equal(t, resp.Status, "0 opaque")
	assert.Equal(t, len(resp.Header), 0)

	agent := func(p *browser.Profile) string {
		echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.UserAgent()) })
		req, err := http.NewRequest("GET", myapp, nil)
		assert.NilError(t, err)
		req.Header.Set("User-Agent", "mine")
		resp, err := newClient(t, myapp, nethttp.FromHandler(echo), nethttp.WithProfile(p)).Do(req)
		assert.NilError(t, err)
		body, err := io.ReadAll(resp.Body)
		assert.NilError(t, err)
		return string(body)
	}
	assert.Equal(t, agent(browser.Spec()), "mine")
	assert.Equal(t, agent(browser.Chromium()), "", "Chromium does not let script set it")
}

// logOf returns a handler that logs its requests.
func logOf(h http.HandlerFunc) (http.HandlerFunc, func() []string) {
	var mu sync.Mutex
	var lines []string
	logged := func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		lines = append(lines, strings.TrimSpace(fmt.Sprint(r.Method, " ", r.Host, r.URL, " ", r.Header.Get("Origin"), " ", r.Header.Get("Cookie"))))
		mu.Unlock()
		h(w, r)
	}
	return logged, func() []string {
		mu.Lock()
		defer mu.Unlock()
		out := lines
		lines = nil
		return out
	}
}

// TestRoundTripperRemembers moves the clock past a preflight's max-age, and checks
// that cookies are stored and sent.
func TestRoundTripperRemembers(t *testing.T) {
	now := time.Date(2030, time.March, 1, 0, 0, 0, 0, time.UTC)
	h, wire := logOf(users)
	rt, err := nethttp.NewRoundTripper(myapp, nethttp.FromHandler(h),
		nethttp.WithInit(withCredentials), nethttp.WithBrowser(browser.WithClock(func() time.Time { return now })))
	assert.NilError(t, err)
	client := &http.Client{Transport: rt}
	do := func(method string) []string {
		t.Helper()
		req, err := http.NewRequest(method, api+"/users", nil)
		assert.NilError(t, err)
		req.AddCookie(&http.Cookie{Name: "forbidden", Value: "1"})
		_, err = client.Do(req)
		assert.NilError(t, err)
		return wire()
	}
	const at = " api.example.com/users https://myapp.com"
	assert.DeepEqual(t, do("PUT"), []string{"OPTIONS" + at, "PUT" + at})
	assert.DeepEqual(t, do("PUT"), []string{"PUT" + at + " seen=1"})
	now = now.Add(61 * time.Second)
	assert.NilError(t, rt.SetCookie(api, "session=1; Secure; SameSite=None; Max-Age=60"))
	assert.DeepEqual(t, do("PUT"), []string{"OPTIONS" + at, "PUT" + at + " seen=1; session=1"})
	now = now.Add(61 * time.Second)
	assert.DeepEqual(t, do("GET"), []string{"GET" + at + " seen=1"})
	assert.ErrorContains(t, rt.SetCookie("nowhere", "a=1"), "nowhere")
}

// TestRedirectsTaintTheOrigin follows a redirect to a third host.
func TestRedirectsTaintTheOrigin(t *testing.T) {
	h, wire := logOf(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		if r.Host == "api.example.com" {
			http.Redirect(w, r, "https://third.example/end", http.StatusTemporaryRedirect)
		}
	})
	client := newClient(t, myapp, nethttp.FromHandler(h))
	client.CheckRedirect = func(*http.Request, []*http.Request) error { panic("never asked") }
	resp, err := client.Post(api, "text/plain", strings.NewReader("x"))
	assert.NilError(t, err)
	assert.DeepEqual(t, wire(), []string{"POST api.example.com/ https://myapp.com", "POST third.example/end null"})
	assert.Equal(t, resp.Request.URL.String(), "https://third.example/end")

	client = newClient(t, myapp, nethttp.FromHandler(h), nethttp.WithInit(func(init *browser.FetchInit) { init.Redirect = fetch.RedirectError }))
	_, err = client.Get(api)
	assert.Equal(t, blocked(t, err).Reason, fetch.ReasonRedirectError)
}

// TestRoundTripperIsConcurrent makes a hundred requests that wait for each other. If
// they were sent one after another, the first would wait for ever.
func TestRoundTripperIsConcurrent(t *testing.T) {
	const requests = 100
	var arrived sync.WaitGroup
	h := func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			arrived.Done()
			arrived.Wait()
		}
		users(w, r)
	}
	srv := httptest.NewServer(http.HandlerFunc(h))
	defer srv.Close()
	handler := nethttp.FromHandler(http.HandlerFunc(h))
	for name, c := range map[string]struct {
		transport fetch.Transport
		url       string
		profile   *browser.Profile
	}{
		"handler-spec":     {handler, api, browser.Spec()},
		"handler-chromium": {handler, api, browser.Chromium()},
		"handler-firefox":  {handler, api, browser.Firefox()},
		"handler-webkit":   {handler, api, browser.WebKit()},
		"live":             {&nethttp.Transport{RoundTripper: srv.Client().Transport}, srv.URL, browser.Spec()},
	} {
		t.Run(name, func(t *testing.T) {
			client := newClient(t, myapp, c.transport, nethttp.WithInit(withCredentials), nethttp.WithProfile(c.profile))
			arrived.Add(requests)
			var wg sync.WaitGroup
			for i := range requests {
				wg.Go(func() {
					req, err := http.NewRequest(http.MethodPut, fmt.Sprintf("%s/users?%d", c.url, i), strings.NewReader("{}"))
					assert.Check(t, err)
					resp, err := client.Do(req)
					if assert.Check(t, err) {
						_, err = io.Copy(io.Discard, resp.Body)
						assert.Check(t, err)
						assert.Check(t, resp.Body.Close())
					}
				})
			}
			wg.Wait()
		})
	}
}

// TestBodiesAreStreamed reads an event before the next one is sent.
func TestBodiesAreStreamed(t *testing.T) {
	next := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		fmt.Fprint(w, "one")
		w.(http.Flusher).Flush()
		<-next
		fmt.Fprint(w, "two")
	}))
	defer srv.Close()
	client := newClient(t, "http://a.localhost", &nethttp.Transport{Timeout: time.Minute, MaxBody: 1})
	resp, err := client.Get(srv.URL)
	assert.NilError(t, err)
	first := make([]byte, 3)
	_, err = io.ReadFull(resp.Body, first)
	assert.NilError(t, err)
	close(next)
	rest, err := io.ReadAll(resp.Body)
	assert.NilError(t, err)
	assert.Equal(t, string(first)+string(rest), "onetwo")
	assert.NilError(t, resp.Body.Close())
}

// TestRoundTripperDoesNotHang sends requests to servers that hang.
func TestRoundTripperDoesNotHang(t *testing.T) {
	done := make(chan struct{})
	defer close(done)
	url := hostile(t, func(net.Conn) { <-done })
	client := newClient(t, "http://a.localhost", &nethttp.Transport{Timeout: 20 * time.Millisecond})
	_, err := client.Get(url)
	assert.Equal(t, blocked(t, err).Reason, fetch.ReasonNetworkFailure)
	assert.ErrorContains(t, err, "no complete answer within 20ms")

	client = newClient(t, "http://a.localhost", nil)
	client.Timeout = 20 * time.Millisecond
	_, err = client.Get(url)
	assert.Assert(t, errors.Is(err, context.DeadlineExceeded), "%v", err)

	// The round tripper does not wait for the end of a redirect's body.
	url = hostile(t, func(c net.Conn) {
		fmt.Fprint(c, "HTTP/1.1 302 Found\r\nLocation: data:,x\r\nAccess-Control-Allow-Origin: *\r\n\r\n")
		<-done
	})
	_, err = newClient(t, "http://a.localhost", nil).Get(url)
	assert.Equal(t, blocked(t, err).Reason, fetch.ReasonRedirectNotHTTP)

	// The error of the connection is in the error chain.
	l, err := net.Listen("tcp", "127.0.0.1:0")
	assert.NilError(t, err)
	l.Close()
	_, err = newClient(t, "http://a.localhost", nil).Get("http://" + l.Addr().String())
	var opErr *net.OpError
	assert.Assert(t, errors.As(err, &opErr), "%v", err)
}

// failingBody is a body that cannot be read.
type failingBody struct{}

var errBody = errors.New("no body")

func (failingBody) Read([]byte) (int, error) { return 0, errBody }

func TestRequestBodyFails(t *testing.T) {
	h, wire := logOf(users)
	_, err := newClient(t, myapp, nethttp.FromHandler(h)).Post(api, "text/plain", failingBody{})
	assert.ErrorIs(t, err, errBody)
	assert.Equal(t, len(slices.Compact(wire())), 0)
}
