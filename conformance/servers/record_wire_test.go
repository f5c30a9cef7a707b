//go:build servers && linux

package servers

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// answerTime is how long a server may take for one answer.
const answerTime = 3 * time.Second

// leftOut are the headers that recordings do not have.
var leftOut = []string{
	"date", "etag", "expires", "last-modified", "content-length", "server", "x-powered-by", "keep-alive", "connection", "transfer-encoding",
	"accept-ranges", "set-cookie", "host", "x-request-id", "x-runtime",
}

// send sends a probe over its own connection, and returns the first answer.
func send(address, system string, p *Probe) (*Recorded, error) {
	c, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(answerTime)); err != nil {
		return nil, err
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s HTTP/1.1\r\n", p.Method, p.Target)
	for _, h := range p.Headers {
		fmt.Fprintf(&out, "%s: %s\r\n", h[0], h[1])
	}
	// A server may answer and close before it has read everything: what it sent counts.
	_, _ = io.WriteString(c, out.String()+"\r\n"+p.Body)
	text, _ := io.ReadAll(c)
	head, _, isAnswer := strings.Cut(string(text), "\r\n\r\n")
	if !isAnswer {
		return &Recorded{Error: "connection closed without an answer"}, nil
	}
	return parseHead(head, system)
}

// parseHead reads the status line and the header lines that recordings have. Each
// byte is one character, as in HTTP.
func parseHead(head, system string) (*Recorded, error) {
	lines := strings.Split(head, "\r\n")
	fields := strings.Fields(lines[0])
	if len(fields) < 2 {
		return nil, fmt.Errorf("not a status line: %q", lines[0])
	}
	status, err := strconv.Atoi(fields[1])
	if err != nil {
		return nil, fmt.Errorf("not a status line: %q", lines[0])
	}
	out := &Recorded{Status: status}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		lower := fetch.ByteLowercase(name)
		if slices.Contains(leftOut, lower) || strings.HasPrefix(lower, "x-saw-") && !slices.Contains(sayWhatTheySaw, system) {
			continue
		}
		characters := make([]rune, 0, len(value))
		for _, b := range []byte(strings.TrimSpace(value)) {
			characters = append(characters, rune(b))
		}
		out.Header = append(out.Header, fetch.Header{Name: name, Value: string(characters)})
	}
	return out, nil
}

// startBehind starts the servers behind a proxy, and gives their names to loopback. Each
// name has one address only: nginx takes each address for a server of its own.
func startBehind(behind []server.Behind) error {
	names := []string{"localhost"}
	for _, b := range behind {
		network, address := "tcp", b.Address
		if file, isFile := strings.CutPrefix(b.Address, "unix:"); isFile {
			network, address = "unix", file
		} else if host, port, err := net.SplitHostPort(b.Address); err == nil && net.ParseIP(host) == nil {
			names, address = append(names, host), "127.0.0.1:"+port
		}
		if b.Server == nil {
			continue
		}
		if network == "unix" {
			if err := os.MkdirAll(path.Dir(address), 0o755); err != nil {
				return err
			}
		}
		l, err := net.Listen(network, address)
		if err != nil {
			return fmt.Errorf("server behind at %q: %w", b.Address, err)
		}
		if network == "unix" {
			if err := os.Chmod(address, 0o777); err != nil {
				return err
			}
		}
		go acceptAll(l, b.Server)
	}
	slices.Sort(names)
	hosts := "127.0.0.1 " + strings.Join(slices.Compact(names), "\n127.0.0.1 ") + "\n"
	if err := os.WriteFile("/run/hosts", []byte(hosts), 0o644); err != nil {
		return err
	}
	return syscall.Mount("/run/hosts", "/etc/hosts", "", syscall.MS_BIND, "")
}

func acceptAll(l net.Listener, rules server.Answerer) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go answerBehind(c, rules)
	}
}

// answerBehind answers one request by the rules of a server behind, and closes the
// connection: by a reset when the rules have no answer.
func answerBehind(c net.Conn, rules server.Answerer) {
	defer c.Close()
	r, err := http.ReadRequest(bufio.NewReader(c))
	if err != nil {
		return
	}
	if _, err := io.Copy(io.Discard, r.Body); err != nil {
		return
	}
	req := &server.Request{Method: r.Method, Target: r.RequestURI, Header: fetch.HeaderList{{Name: "Host", Value: r.Host}}}
	for name, values := range r.Header {
		for _, value := range values {
			req.Header = append(req.Header, fetch.Header{Name: name, Value: value})
		}
	}
	a, err := rules.Answer(context.Background(), req)
	if err != nil {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		return
	}
	var out strings.Builder
	fmt.Fprintf(&out, "HTTP/1.1 %d %s\r\n", a.Status, http.StatusText(a.Status))
	for _, h := range a.Header {
		fmt.Fprintf(&out, "%s: %s\r\n", h.Name, h.Value)
	}
	body := `{"ok":true}`
	fmt.Fprintf(&out, "Content-Length: %d\r\nConnection: close\r\n\r\n", len(body))
	if r.Method != http.MethodHead {
		out.WriteString(body)
	}
	_, _ = io.WriteString(c, out.String())
}
