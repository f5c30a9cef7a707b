package wire

import (
	"bufio"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch"
)

// buffered is a connection whose first bytes may already be in a buffer.
type buffered struct {
	net.Conn
	in *bufio.Reader
}

func newBuffered(c net.Conn) *buffered { return &buffered{c, bufio.NewReader(c)} }

// Read reads from the buffer first.
func (b *buffered) Read(p []byte) (int, error) { return b.in.Read(p) }

// firstOfTLS is the first byte of a TLS handshake.
const firstOfTLS = 0x16

var errOnlyHTTP = errors.New("TLS, but the port speaks http only")

var errNoAuthority = errors.New("TLS, but the server has no authority")

// Answer reads one request from a connection and answers it. The caller closes the connection.
func (s *Server) Answer(raw net.Conn) error {
	c := newBuffered(raw)
	first, err := c.in.Peek(1)
	if err != nil {
		return err
	}
	if first[0] != firstOfTLS {
		return s.exchange(c, "http")
	}
	if s.options.Authority == nil {
		return errNoAuthority
	}
	if !s.speaksTLS(raw) {
		// What was sent is read first, because the connection would be reset otherwise.
		_, err := c.in.Discard(c.in.Buffered())
		return errors.Join(errOnlyHTTP, err)
	}
	secure := tls.Server(c, s.options.Authority.config())
	defer secure.Close()
	inner := newBuffered(secure)
	if _, err := inner.in.Peek(1); err != nil {
		return err
	}
	return s.exchange(inner, "https")
}

// exchange reads one request and answers it.
func (s *Server) exchange(c *buffered, scheme string) error {
	s.begin()
	r, err := readRequest(c.in, c, scheme)
	s.end()
	if err != nil {
		return err
	}
	if r.Method == http.MethodConnect {
		if _, err := io.WriteString(c, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
			return err
		}
		return s.Answer(c)
	}
	if s.options.Intercept != nil {
		if response := s.options.Intercept(s.context, r); response != nil {
			return s.respond(c, r.Method, response)
		}
	}
	s.begin()
	rule := s.arrive(r)
	if rule != nil && rule.Delay > 0 {
		// While the server waits, nothing happens on the wire.
		s.end()
		if !s.waits(c, rule.Delay) {
			return nil
		}
		s.begin()
	}
	defer s.end()
	switch {
	case rule == nil:
		return nil
	case rule.Status == http.StatusSwitchingProtocols && r.isHandshake():
		return acceptWebSocket(c, r, rule.Header)
	}
	return s.respond(c, r.Method, &fetch.WireResponse{Status: rule.Status, Header: rule.Header, Body: rule.Body})
}

// waits waits before a response. It returns false when the client does not wait so long, or
// the server closes.
func (s *Server) waits(c *buffered, delay time.Duration) bool {
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		c.in.Peek(1) // the client sends nothing more, so this ends with the connection
	}()
	select {
	case <-time.After(delay):
		return true
	case <-gone:
	case <-s.context.Done():
	}
	return false
}

// respond sends a response and ends the connection with it.
func (s *Server) respond(c net.Conn, method string, r *fetch.WireResponse) error {
	together(c)
	if closing := s.options.Closing; closing.Name != "" && !r.Header.Contains(closing.Name) {
		out := *r
		out.Header = append(slices.Clone(r.Header), closing)
		r = &out
	}
	return writeResponse(c, method, r)
}

// writeResponse sends a response to a request with a method, with Content-Length where the form
// of scenarios wants it.
func writeResponse(w io.Writer, method string, r *fetch.WireResponse) error {
	bodyless := r.Status < 200 || r.Status == http.StatusNoContent || r.Status == http.StatusNotModified
	var out strings.Builder
	writeHead(&out, r.Status, r.Header)
	if !bodyless && !r.Header.Contains("Content-Length") && !r.Header.Contains("Transfer-Encoding") {
		out.WriteString("Content-Length: " + strconv.Itoa(len(r.Body)) + "\r\n")
	}
	out.WriteString("\r\n")
	if !bodyless && method != http.MethodHead {
		out.WriteString(r.Body)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func writeHead(out *strings.Builder, status int, header fetch.HeaderList) {
	out.WriteString("HTTP/1.1 " + strconv.Itoa(status) + " " + http.StatusText(status) + "\r\n")
	for _, h := range header {
		out.WriteString(h.Name + ": " + h.Value + "\r\n")
	}
}
