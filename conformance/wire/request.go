package wire

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
)

// Request is a request as it arrived.
type Request struct {
	Method string
	// URL is made of the scheme, the Host header and the target: the host in lower case,
	// no default port, path and query as they were sent. The scheme of a WebSocket handshake is ws
	// or wss.
	URL string
	// Header has the names in the case and in the order in which they were sent, and
	// the values without white space around them. Names and values are bytes.
	Header fetch.HeaderList
	Body   string // bytes, without chunks
	Time   time.Time
}

// maxHead is the largest number of bytes of a line of a message's head.
const maxHead = 1 << 20

// maxBody is the largest number of bytes of a request's body.
const maxBody = 64 << 20

// readRequest reads a request that arrives over a connection with a scheme, http or https.
func readRequest(in *bufio.Reader, out io.Writer, scheme string) (*Request, error) {
	r := new(Request)
	target, err := r.readHead(in)
	if err != nil {
		return nil, err
	}
	r.URL = r.url(scheme, target)
	if expect, ok := r.value("Expect"); ok && fetch.EqualFold(expect, "100-continue") {
		if _, err := io.WriteString(out, "HTTP/1.1 100 Continue\r\n\r\n"); err != nil {
			return nil, err
		}
	}
	if r.Body, err = r.readBody(in); err != nil {
		return nil, err
	}
	r.Time = time.Now()
	return r, nil
}

// readHead reads the request line and the headers, and returns the target.
func (r *Request) readHead(in *bufio.Reader) (target string, err error) {
	line, err := readLine(in)
	if err != nil {
		return "", err
	}
	method, rest, ok := strings.Cut(line, " ")
	target, version, ok2 := cutLast(rest, " ")
	if !ok || !ok2 || !strings.HasPrefix(version, "HTTP/1.") {
		return "", fmt.Errorf("no request line: %s", scenario.Quote(line))
	}
	r.Method = method
	for {
		line, err := readLine(in)
		if err != nil || line == "" {
			return target, err
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return "", fmt.Errorf("no header line: %s", scenario.Quote(line))
		}
		r.Header = append(r.Header, fetch.Header{Name: name, Value: strings.Trim(value, " \t")})
	}
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// readLine returns the next line without its end, CRLF or LF.
func readLine(in *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		if len(line) > maxHead {
			return "", fmt.Errorf("a line has more than %d bytes", maxHead)
		}
		if err == nil {
			return strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r"), nil
		}
		if err != bufio.ErrBufferFull {
			return "", err
		}
	}
}

// value returns the value of the first header with a name.
func (r *Request) value(name string) (string, bool) {
	for _, h := range r.Header {
		if fetch.EqualFold(h.Name, name) {
			return h.Value, true
		}
	}
	return "", false
}

// isHandshake reports whether the request asks for a WebSocket.
func (r *Request) isHandshake() bool {
	upgrade, _ := r.value("Upgrade")
	return fetch.EqualFold(upgrade, "websocket")
}

// url returns the URL of a request with a target. The target of a request to a proxy
// is a URL itself.
func (r *Request) url(scheme, target string) string {
	host, _ := r.value("Host")
	if rest, ok := strings.CutPrefix(target, "http://"); ok {
		scheme, host, target = "http", rest, "/"
		if i := strings.IndexAny(rest, "/?"); i >= 0 {
			host, target = rest[:i], rest[i:]
		}
	}
	host = fetch.ByteLowercase(host)
	if r.isHandshake() {
		scheme = strings.Replace(scheme, "http", "ws", 1)
	}
	port := ":80"
	if scheme == "https" || scheme == "wss" {
		port = ":443"
	}
	return scheme + "://" + strings.TrimSuffix(host, port) + target
}

func (r *Request) readBody(in *bufio.Reader) (string, error) {
	if coding, ok := r.value("Transfer-Encoding"); ok && fetch.EqualFold(coding, "chunked") {
		return readChunks(in)
	}
	length, ok := r.value("Content-Length")
	if !ok {
		return "", nil
	}
	n, err := strconv.Atoi(length)
	if err != nil || n < 0 || n > maxBody {
		return "", fmt.Errorf("Content-Length is %s", scenario.Quote(length))
	}
	body := make([]byte, n)
	_, err = io.ReadFull(in, body)
	return string(body), err
}

// readChunks reads a body in chunks, and the trailer, which is dropped.
func readChunks(in *bufio.Reader) (string, error) {
	var body strings.Builder
	for {
		line, err := readLine(in)
		if err != nil {
			return "", err
		}
		size, _, _ := strings.Cut(line, ";")
		n, err := strconv.ParseUint(strings.TrimSpace(size), 16, 31)
		if err != nil || body.Len()+int(n) > maxBody {
			return "", fmt.Errorf("the size of a chunk is %s", scenario.Quote(size))
		}
		if _, err := io.CopyN(&body, in, int64(n)); err != nil {
			return "", err
		}
		// After the data, and after the last chunk, comes an empty line.
		for {
			end, err := readLine(in)
			if err != nil {
				return "", err
			}
			if end == "" {
				break
			}
		}
		if n == 0 {
			return body.String(), nil
		}
	}
}
