package peers

import (
	"bufio"
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/nethttp"
)

// localServer is the server for all hosts. It answers as a transport does, in
// process and on one port of the loopback interface, over http and https.
type localServer struct {
	listener   net.Listener
	plain, tls *httptest.Server
	mu         sync.Mutex
	answers    fetch.Transport
	page       string
}

// newServer starts a server.
func newServer() (*localServer, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &localServer{listener: listener}
	done := make(chan struct{})
	plain, secure := &branch{listener, make(chan net.Conn), done}, &branch{listener, make(chan net.Conn), done}
	s.plain, s.tls = s.on(plain), s.on(secure)
	s.plain.Start()
	s.tls.StartTLS()
	go func() {
		split(listener, plain, secure)
		close(done)
	}()
	return s, nil
}

func (s *localServer) on(l net.Listener) *httptest.Server {
	return &httptest.Server{Listener: l, Config: &http.Server{Handler: s, ErrorLog: log.New(io.Discard, "", 0)}}
}

func (s *localServer) close() {
	for _, side := range []*httptest.Server{s.plain, s.tls} {
		side.CloseClientConnections()
		side.Close()
	}
}

// port returns the port.
func (s *localServer) port() int { return s.listener.Addr().(*net.TCPAddr).Port }

// answerWith makes the server answer as a transport does. A browser that opens the
// page gets an empty page.
func (s *localServer) answerWith(t fetch.Transport, page string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers, s.page = t, page
}

// RoundTrip answers one request in process.
func (s *localServer) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	s.mu.Lock()
	t := s.answers
	s.mu.Unlock()
	return t.RoundTrip(ctx, req)
}

// ServeHTTP answers one request over a connection.
func (s *localServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.isNavigation(r) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, `<!doctype html><title>page</title><link rel="icon" href="data:,">`)
		return
	}
	nethttp.Handler(s).ServeHTTP(w, r)
}

// isNavigation reports whether a browser opens the page: a navigation without a
// referrer.
func (s *localServer) isNavigation(r *http.Request) bool {
	if r.Method != http.MethodGet || !strings.HasPrefix(r.Header.Get("Accept"), "text/html") || r.Referer() != "" {
		return false
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.page == scheme+"://"+r.Host+r.RequestURI
}

// request is a request that reached a server.
type request struct{ method, url, origin string }

// ledger is a transport that records its requests.
type ledger struct {
	fetch.Transport
	mu       sync.Mutex
	requests []request
}

// RoundTrip records a request and passes it on.
func (l *ledger) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	from, _ := req.Header.Get(fetch.HeaderOrigin)
	l.mu.Lock()
	l.requests = append(l.requests, request{req.Method, req.URL.WithoutCredentials().WithoutFragment().String(), from})
	l.mu.Unlock()
	return l.Transport.RoundTrip(ctx, req)
}

// taken returns the requests since the last call of taken.
func (l *ledger) taken() []request {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := l.requests
	l.requests = nil
	return out
}

// branch is a listener that gets some of the connections of another listener.
type branch struct {
	net.Listener
	conns chan net.Conn
	done  chan struct{} // closed when the other listener is closed
}

// Accept waits for the next connection.
func (b *branch) Accept() (net.Conn, error) {
	select {
	case c := <-b.conns:
		return c, nil
	case <-b.done:
		return nil, net.ErrClosed
	}
}

// give passes a connection to the caller of Accept.
func (b *branch) give(c net.Conn) {
	select {
	case b.conns <- c:
	case <-b.done:
		c.Close()
	}
}

// split passes each connection to one of the branches, by its first byte, until
// the listener is closed.
func split(l net.Listener, plain, secure *branch) {
	const handshake = 0x16 // the type of a TLS record
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			in := bufio.NewReader(c)
			first, err := in.Peek(1)
			switch {
			case err != nil:
				c.Close()
			case first[0] == handshake:
				secure.give(&peeked{c, in})
			default:
				plain.give(&peeked{c, in})
			}
		}()
	}
}

// peeked is a connection whose first bytes have been peeked at.
type peeked struct {
	net.Conn
	in *bufio.Reader
}

// Read reads from the start, with the peeked bytes.
func (p *peeked) Read(b []byte) (int, error) { return p.in.Read(b) }
