package wire

import (
	"context"
	"errors"
	"maps"
	"net"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// Options are the parts of a [Server] that do not change.
type Options struct {
	// Authority signs the certificates; nil for a server without TLS.
	Authority *Authority
	// Intercept, if it is not nil, sees each request before the rules. A response that it returns is sent,
	// and the request does not appear in the log. It is called from several goroutines, and may wait; the context ends
	// with the server.
	Intercept func(context.Context, *Request) *fetch.WireResponse
	// Closing is added to each response that has no Connection header, if it has a name. "Connection: close" is for
	// clients that try to use a connection again although it has ended; scripts may see it.
	Closing fetch.Header
}

// Server plays the rules of a scenario over sockets and logs the requests. Its
// methods may be called from several goroutines.
type Server struct {
	options Options
	context context.Context
	cancel  context.CancelFunc

	mu          sync.Mutex
	rules       *server.Started
	onlyHTTP    map[string]bool // ports at which TLS gets no answer
	log         []Request
	listeners   []net.Listener
	connections map[net.Conn]bool
	closed      bool
	busy        int       // requests that have begun to arrive and are not answered
	last        time.Time // when a request arrived or was answered
}

// NewServer returns a server without rules: it closes each connection without an
// answer until [Server.Play] is called.
func NewServer(o Options) *Server {
	ctx, cancel := context.WithCancel(context.Background())
	return &Server{options: o, rules: server.Script(nil).Start(), context: ctx, cancel: cancel, connections: make(map[net.Conn]bool), last: time.Now()}
}

// Serve accepts connections until the listener or the server is closed. The error
// is nil then.
func (s *Server) Serve(l net.Listener) error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return l.Close()
	}
	s.listeners = append(s.listeners, l)
	s.mu.Unlock()
	for {
		c, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		if !s.keep(c) {
			return c.Close()
		}
		go func() {
			defer s.drop(c)
			s.Answer(c)
		}()
	}
}

func (s *Server) keep(c net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.connections[c] = true
	}
	return !s.closed
}

func (s *Server) drop(c net.Conn) {
	c.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.connections, c)
}

// Play sets the rules from now on, and empties the log. Every port speaks http and https.
func (s *Server) Play(rules server.Script) { s.play(rules, nil) }

// PlayByPort is like [Server.Play], but a port for which the rules and the URLs of documents have http and no https
// speaks no TLS.
func (s *Server) PlayByPort(rules server.Script, documents []string) {
	urls := slices.Clone(documents)
	for i := range rules {
		urls = append(urls, rules[i].When.URL)
	}
	s.play(rules, onlyHTTP(urls))
}

func (s *Server) play(rules server.Script, onlyHTTP map[string]bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules, s.log, s.onlyHTTP = rules.Start(), nil, onlyHTTP
}

// onlyHTTP returns the ports of http URLs that no https URL has.
func onlyHTTP(urls []string) map[string]bool {
	insecure, secure := make(map[string]bool), make(map[string]bool)
	for _, text := range urls {
		u, err := url.Parse(text)
		switch {
		case err != nil || u.Port() == "":
		case u.Scheme == "https" || u.Scheme == "wss":
			secure[u.Port()] = true
		default:
			insecure[u.Port()] = true
		}
	}
	maps.DeleteFunc(insecure, func(port string, _ bool) bool { return secure[port] })
	return insecure
}

// speaksTLS reports whether the port of a connection speaks TLS.
func (s *Server) speaksTLS(c net.Conn) bool {
	_, port, _ := net.SplitHostPort(c.LocalAddr().String()) // no port is not a port of a rule
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.onlyHTTP[port]
}

// Take returns the log in the order in which the requests arrived, and empties it.
func (s *Server) Take() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	log := s.log
	s.log = nil
	return log
}

// WaitQuiet waits until no request has arrived and none has been answered for a while.
// The error is that of ctx, when it ends first.
func (s *Server) WaitQuiet(ctx context.Context, quiet time.Duration) error {
	for {
		wait := s.untilQuiet(quiet)
		if wait <= 0 {
			return nil
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (s *Server) untilQuiet(quiet time.Duration) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.busy > 0 {
		return quiet
	}
	return quiet - time.Since(s.last)
}

// Close closes the listeners and all connections.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.cancel()
	var errs []error
	for _, l := range s.listeners {
		errs = append(errs, l.Close())
	}
	for c := range s.connections {
		c.Close()
	}
	return errors.Join(errs...)
}

// begin counts a request that has begun to arrive.
func (s *Server) begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy++
	s.last = time.Now()
}

// end counts a request as answered, or as not to be answered.
func (s *Server) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy--
	s.last = time.Now()
}

// arrive logs a request and returns the rule that answers it; nil when none does.
func (s *Server) arrive(r *Request) *server.Rule {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = append(s.log, *r)
	return s.rules.Next(r.Method, r.URL, r.Header)
}
