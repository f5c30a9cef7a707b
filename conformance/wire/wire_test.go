package wire_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/conformance/wire"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

var rules = server.Script{
	{
		When: server.When{Method: "OPTIONS", URL: "http://api.test/a?b"}, Status: 204,
		Header: fetch.HeaderList{{Name: "X-One", Value: " \xe9 "}, {Name: "x-one", Value: "2"}}, Body: "no",
	},
	{When: server.When{URL: "http://api.test/a?b"}, Status: 200, Body: "body"},
	{When: server.When{URL: "http://api.test/own"}, Status: 200, Header: fetch.HeaderList{{Name: "content-length", Value: "2"}}, Body: "body"},
	{When: server.When{URL: "https://api.test:8443/s"}, Status: 418, Body: "tea"},
	{When: server.When{URL: "ws://api.test/w"}, Status: 101, Header: fetch.HeaderList{{Name: "Sec-WebSocket-Protocol", Value: "chat"}}},
}

func start(t *testing.T, o wire.Options) (*wire.Server, string) {
	t.Helper()
	s := wire.NewServer(o)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	assert.NilError(t, err)
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	t.Cleanup(func() {
		assert.Check(t, s.Close())
		assert.Check(t, <-served)
	})
	s.Play(rules)
	return s, l.Addr().String()
}

// ask sends bytes over a connection and returns everything that comes back.
func ask(t *testing.T, address, sent string) string {
	t.Helper()
	c, err := net.Dial("tcp", address)
	assert.NilError(t, err)
	defer c.Close()
	_, err = io.WriteString(c, sent)
	assert.NilError(t, err)
	got, err := io.ReadAll(c)
	assert.NilError(t, err)
	return string(got)
}

func TestResponses(t *testing.T) {
	_, address := start(t, wire.Options{})
	for _, tc := range []struct{ name, sent, want string }{
		{"headers-byte-for-byte", "OPTIONS /a?b HTTP/1.1\r\nHost: api.test\r\n\r\n", "HTTP/1.1 204 No Content\r\nX-One:  \xe9 \r\nx-one: 2\r\n\r\n"},
		{"length-is-added", "GET /a?b HTTP/1.1\r\nHost: API.test:80\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"},
		{"head-has-no-body", "HEAD /a?b HTTP/1.1\r\nHost: api.test\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"},
		{"length-of-the-rule", "GET /own HTTP/1.1\r\nHost: api.test\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nbody"},
		{"no-rule", "GET /b HTTP/1.1\r\nHost: api.test\r\n\r\n", ""},
		{"no-request", "what\r\n\r\n", ""},
		{"through-a-proxy", "GET http://api.test/a?b HTTP/1.1\r\nHost: proxy.test\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"},
		{"expects-100", "PUT /a?b HTTP/1.1\r\nHost: api.test\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"},
	} {
		t.Run(tc.name, func(t *testing.T) { assert.Equal(t, ask(t, address, tc.sent), tc.want) })
	}
}

func TestLog(t *testing.T) {
	s, address := start(t, wire.Options{Intercept: func(_ context.Context, r *wire.Request) *fetch.WireResponse {
		if r.URL == "http://api.test/page" {
			return &fetch.WireResponse{Status: 200, Body: "page"}
		}
		return nil
	}})
	ask(t, address, "POST /\xe9 HTTP/1.1\r\nHost: api.test:8080\r\nX-B:1\r\nAccept: x\r\nDNT: 1\r\nx-a: \t2 \r\nTransfer-Encoding: chunked\r\n\r\n3;e=1\r\nabc\r\n1\r\n\xe9\r\n0\r\n\r\n")
	assert.Equal(t, ask(t, address, "GET /page HTTP/1.1\r\nHost: api.test\r\n\r\n"), "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage")
	assert.NilError(t, s.WaitQuiet(context.Background(), time.Millisecond))
	log := s.Take()
	assert.Equal(t, len(log), 1)
	assert.DeepEqual(t, log[0].Observation(&scenario.FetchStep{Header: fetch.HeaderList{{Name: "accept", Value: "x"}}}), scenario.WireObservation{
		Method: "POST", URL: "http://api.test:8080/é", Body: "abcé",
		Header: []scenario.HeaderText{{Name: "x-b", Value: "1"}, {Name: "accept", Value: "x"}, {Name: "x-a", Value: "2"}},
	})
	assert.Equal(t, len(s.Take()), 0)
}

func TestTLS(t *testing.T) {
	authority, err := wire.NewAuthority()
	assert.NilError(t, err)
	s, address := start(t, wire.Options{Authority: authority})
	roots := x509.NewCertPool()
	assert.Assert(t, roots.AppendCertsFromPEM(authority.PEM()))
	raw, err := net.Dial("tcp", address)
	assert.NilError(t, err)
	// The tunnel of a proxy, so that the name of the host need not resolve.
	_, err = io.WriteString(raw, "CONNECT api.test:8443 HTTP/1.1\r\nHost: api.test:8443\r\n\r\n")
	assert.NilError(t, err)
	in := bufio.NewReader(raw)
	for _, want := range []string{"HTTP/1.1 200 Connection established\r\n", "\r\n"} {
		line, err := in.ReadString('\n')
		assert.NilError(t, err)
		assert.Equal(t, line, want)
	}
	c := tls.Client(raw, &tls.Config{RootCAs: roots, ServerName: "api.test"})
	defer c.Close()
	_, err = io.WriteString(c, "GET /s HTTP/1.1\r\nHost: api.test:8443\r\n\r\n")
	assert.NilError(t, err)
	got, err := io.ReadAll(c)
	assert.NilError(t, err)
	assert.Equal(t, string(got), "HTTP/1.1 418 I'm a teapot\r\nContent-Length: 3\r\n\r\ntea")
	log := s.Take()
	assert.Equal(t, len(log), 1)
	assert.Equal(t, log[0].URL, "https://api.test:8443/s")
	hash, err := authority.KeyHash()
	assert.NilError(t, err)
	assert.Equal(t, len(hash), 44)
}

// A port with http URLs alone gives no answer to TLS, and one of a document over https does.
func TestPlayByPort(t *testing.T) {
	authority, err := wire.NewAuthority()
	assert.NilError(t, err)
	s, address := start(t, wire.Options{Authority: authority})
	_, port, err := net.SplitHostPort(address)
	assert.NilError(t, err)
	rules := server.Script{{When: server.When{URL: "http://api.test:" + port + "/a"}, Status: 200, Body: "body"}}
	for secure, documents := range map[bool][]string{false: {"https://api.test/"}, true: {"https://api.test/", "https://other.test:" + port + "/"}} {
		s.PlayByPort(rules, documents)
		c, err := tls.Dial("tcp", address, &tls.Config{InsecureSkipVerify: true})
		assert.Equal(t, err == nil, secure, err)
		if secure {
			assert.NilError(t, c.Close())
		}
		assert.Equal(t, ask(t, address, "GET /a HTTP/1.1\r\nHost: api.test:"+port+"\r\n\r\n"), "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody")
	}
}

func TestWebSocket(t *testing.T) {
	s, address := start(t, wire.Options{})
	got := ask(t, address, "GET /w HTTP/1.1\r\nHost: api.test\r\nUpgrade: WebSocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"+
		"\x81\xfe\x00\x7emask"+strings.Repeat("x", 126))
	// The accepted key is that of the example of RFC 6455, section 1.3.
	assert.Equal(t, got, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n\x88\x02\x03\xe8")
	log := s.Take()
	assert.Equal(t, len(log), 1)
	assert.Equal(t, log[0].URL, "ws://api.test/w")
}

func FuzzRequest(f *testing.F) {
	for _, seed := range []string{
		"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
		"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab",
		"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
		"GET http://a?b HTTP/1.1\n\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, sent []byte) {
		c := &conn{in: bytes.NewReader(sent)}
		s := wire.NewServer(wire.Options{})
		_ = s.Answer(c)
		for _, r := range s.Take() {
			assert.Assert(t, strings.Contains(r.URL, "://"), "%q", r.URL)
		}
	})
}

// conn is a connection over which bytes arrive and then end.
type conn struct {
	net.Conn
	in  io.Reader
	out bytes.Buffer
}

func (c *conn) Read(p []byte) (int, error)  { return c.in.Read(p) }
func (c *conn) Write(p []byte) (int, error) { return c.out.Write(p) }
func (c *conn) Close() error                { return nil }

// What a browser chooses at random is {…}; the headers of a cache mode are there where a step has one.
func TestObservationHides(t *testing.T) {
	r := wire.Request{Method: "POST", URL: "https://a.test/", Header: fetch.HeaderList{
		{Name: "Content-Type", Value: "multipart/form-data; boundary=----WebKitFormBoundaryaB3"}, {Name: "Sec-WebSocket-Key", Value: "x=="},
		{Name: "Cache-Control", Value: "no-cache"}, {Name: "Pragma", Value: "no-cache"},
	}, Body: "------geckoformboundary0f\r\n"}
	got := r.Observation(&scenario.FetchStep{})
	assert.DeepEqual(t, got.Header, []scenario.HeaderText{
		{Name: "content-type", Value: "multipart/form-data; boundary=----WebKitFormBoundary{…}"}, {Name: "sec-websocket-key", Value: "{…}"},
	})
	assert.Equal(t, got.Body, "------geckoformboundary{…}\r\n")
	got = r.Observation(&scenario.FetchStep{Cache: scenario.Some("no-store")})
	assert.Equal(t, len(got.Header), 4)
}
