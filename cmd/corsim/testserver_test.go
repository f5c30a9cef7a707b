package main

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/nethttp"
	"github.com/corsim/corsim/fetch/server"
)

// ruleServer serves the rules of a scenario on the loopback interface, with http and
// with https, and records the requests.
type ruleServer struct {
	rules      server.Script
	plain, tls *httptest.Server
	mu         sync.Mutex
	requests   []*http.Request
}

// newRuleServer starts a server. With https it also speaks HTTP/2.
func newRuleServer(rules server.Script) *ruleServer {
	s := &ruleServer{rules: rules}
	s.plain, s.tls = httptest.NewUnstartedServer(s), httptest.NewUnstartedServer(s)
	for _, side := range []*httptest.Server{s.plain, s.tls} {
		side.Config.ErrorLog = log.New(io.Discard, "", 0)
	}
	s.tls.EnableHTTP2 = true
	s.plain.Start()
	s.tls.StartTLS()
	return s
}

func (s *ruleServer) close() {
	for _, side := range []*httptest.Server{s.plain, s.tls} {
		side.CloseClientConnections()
		side.Close()
	}
}

// address returns the address for a scheme.
func (s *ruleServer) address(scheme string) string {
	if scheme == "https" {
		return s.tls.Listener.Addr().String()
	}
	return s.plain.Listener.Addr().String()
}

// ServeHTTP responds by the rules. It closes the connection when no rule matches.
func (s *ruleServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests = append(s.requests, r)
	s.mu.Unlock()
	nethttp.Handler(s.rules).ServeHTTP(w, r)
}

// taken returns the requests since the last call.
func (s *ruleServer) taken() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.requests
	s.requests = nil
	return out
}

// wireNames are the headers that belong to the connection.
var wireNames = []string{"accept-encoding", "connection", "content-length", "date", "host", "user-agent"}

// lines returns headers in a form that does not depend on the connection.
func lines(l fetch.HeaderList) []string {
	var out []string
	for _, h := range l {
		name := strings.ToLower(h.Name)
		if !strings.Contains(" "+strings.Join(wireNames, " ")+" ", " "+name+" ") {
			out = append(out, name+": "+h.Value)
		}
	}
	return out
}
