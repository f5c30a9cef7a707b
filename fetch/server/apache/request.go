package apache

import (
	"context"
	"path"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// A request is a request while it is answered. An internal redirect makes another
// one from it.
type request struct {
	m    *model
	ctx  context.Context
	host *host
	req  *server.Request
	prev *request // before an internal redirect
	main *request // of which it is a subrequest

	method   string
	uri      string // decoded
	raw      string // the target as it was sent
	args     string
	filename string
	pathInfo string
	found    kind // what lies at filename
	handler  string
	// forcedType and forcedHandler are set by rules.
	forcedType, forcedHandler string
	contentType               string
	hostname                  string
	proxyTo                   *pass
	isProxy                   bool
	reduced, ended            bool
	noCanon                   bool
	scriptAliased             bool
	contextPrefix             *alias
	user                      string
	status                    int
	allowed                   []string // for Allow

	in, out, err, env table
	keepVary          bool
	common            bool // a program was started, so that the environment has its variables
	conf              *section
	at                server.Position

	// shared by all requests of one exchange
	x *exchange
}

// An exchange is what the internal requests for one answer share.
type exchange struct {
	decided   []server.Decision
	unknown   *server.UnknownError
	status    *server.UnknownError
	redirects int
	subs      int
	body      string
	size      int // of a body that is not known
	answered  *server.Answer
	closed    bool
	invalid   bool // a header line could not be sent
}

// decide notes a statement that took part.
func (r *request) decide(d server.Decision) {
	if r.main == nil && len(r.x.decided) < 100 {
		r.x.decided = append(r.x.decided, d)
	}
}

// unknownBecause notes that the answer depends on something that is not known.
func (r *request) unknownBecause(pos server.Position, what, help string) {
	r.unknownValue(&server.UnknownError{Position: pos, What: what, Help: help})
}

func (r *request) unknownValue(u *server.UnknownError) {
	if r.x.unknown == nil {
		r.x.unknown = u
	}
}

// answer answers a request.
func (m *model) answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	r := m.newRequest(ctx, req)
	r.process()
	x := r.x
	if x.unknown != nil {
		return nil, x.unknown
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if x.closed || x.answered == nil {
		return nil, fetch.ErrNoAnswer
	}
	x.answered.Decided = x.decided
	x.answered.StatusUnknown = x.status
	return x.answered, nil
}

// newRequest reads a request line and its header lines.
func (m *model) newRequest(ctx context.Context, req *server.Request) *request {
	r := &request{m: m, ctx: ctx, req: req, method: req.Method, raw: req.Target, status: 200, x: new(exchange)}
	r.in.rows = make([]fetch.Header, 0, len(req.Header)+2)
	for _, h := range req.Header {
		if old, ok := r.in.get(h.Name); ok {
			r.in.set(h.Name, old+", "+h.Value)
			continue
		}
		r.in.add(h.Name, h.Value)
	}
	target := req.Target
	hostPort, hasHost := r.in.get("Host")
	if i := strings.Index(target, "://"); i > 0 && !strings.HasPrefix(target, "/") {
		rest := target[i+3:]
		end := strings.IndexAny(rest, "/?")
		if end < 0 {
			end, target = len(rest), "/"
		} else {
			target = rest[end:]
		}
		hostPort = rest[:end]
		if !strings.HasPrefix(target, "/") {
			target = "/" + target
		}
	}
	r.uri, r.args, _ = strings.Cut(target, "?")
	r.hostname = lower(hostPort)
	if i := strings.LastIndexByte(r.hostname, ':'); i > 0 && !strings.HasSuffix(r.hostname, "]") {
		r.hostname = r.hostname[:i]
	}
	r.host = m.choose(r)
	r.conf = r.host.base
	if !hasHost {
		r.status = 400
	}
	return r
}

// choose returns the virtual host of a request.
func (m *model) choose(r *request) *host {
	var fits []*host
	for _, h := range m.hosts {
		if (h.tls || h.port == 443) == r.req.TLS {
			fits = append(fits, h)
		}
	}
	if fits == nil {
		fits = m.hosts
	}
	if len(fits) > 1 {
		port := m.requestPort(r)
		var same []*host
		for _, h := range fits {
			if h.port == 0 || h.port == port {
				same = append(same, h)
			}
		}
		if same != nil {
			fits = same
		} else {
			first := fits[0].port
			for _, h := range fits {
				if h.port == first {
					same = append(same, h)
				}
			}
			fits = same
		}
	}
	for _, h := range fits {
		if m.matchesHost(h, r.hostname) {
			return h
		}
	}
	if len(fits) > 0 {
		return fits[0]
	}
	return m.main
}

// requestPort returns the port that the Host header names, or the standard one.
func (m *model) requestPort(r *request) int {
	host, _ := r.in.get("Host")
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		if n, err := strconv.Atoi(host[i+1:]); err == nil {
			for _, h := range m.hosts {
				if h.port == n {
					return n
				}
			}
		}
	}
	return r.defaultPort()
}

// matchesHost reports whether a server has a name.
func (m *model) matchesHost(h *host, name string) bool {
	if h.name == name && name != "" {
		return true
	}
	for _, a := range h.aliases {
		if a == name || isGlob(a) && wildcard(a, name, plainGlob) {
			return true
		}
	}
	return false
}

// scheme returns "http" or "https".
func (r *request) scheme() string {
	if r.host.tls || r.host.port == 443 {
		return "https"
	}
	return "http"
}

func (r *request) defaultPort() int {
	if r.req.TLS {
		return 443
	}
	return 80
}

// port returns the port of URLs that the server makes for itself.
func (r *request) port() int {
	host, _ := r.req.Header.Get("Host")
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		if n, err := strconv.Atoi(host[i+1:]); err == nil {
			return n
		}
	}
	if r.host.port != 0 {
		return r.host.port
	}
	return r.defaultPort()
}

// serverName returns the name in URLs that the server makes for itself.
func (r *request) serverName() string {
	if r.hostname != "" {
		return r.hostname
	}
	return r.host.name
}

// constructURL returns a path of this server as a URL.
func (r *request) constructURL(p string) string {
	out := r.scheme() + "://" + r.serverName()
	if n := r.port(); n != r.defaultPort() {
		out += ":" + strconv.Itoa(n)
	}
	return out + p
}

// variable returns the value of a variable that expressions and rules share.
func (r *request) variable(name string, pos server.Position) string {
	switch name {
	case "REQUEST_METHOD":
		return r.method
	case "REQUEST_SCHEME":
		return r.scheme()
	case "REQUEST_URI", "DOCUMENT_URI":
		return r.uri
	case "REQUEST_FILENAME", "SCRIPT_FILENAME":
		return r.filename
	case "REMOTE_USER":
		return r.user
	case "SERVER_NAME":
		return r.serverName()
	case "SERVER_PORT":
		return strconv.Itoa(r.port())
	case "SERVER_PROTOCOL":
		return "HTTP/1.1"
	case "PATH_INFO":
		return r.pathInfo
	case "QUERY_STRING":
		return r.args
	case "IS_SUBREQ":
		return strconv.FormatBool(r.main != nil)
	case "DOCUMENT_ROOT":
		return r.host.root
	case "AUTH_TYPE":
		if r.user != "" {
			return "Basic"
		}
	case "THE_REQUEST":
		return r.req.Method + " " + r.raw + " HTTP/1.1"
	case "CONTENT_TYPE":
		return r.contentType
	case "HANDLER":
		return r.handler
	case "REQUEST_STATUS":
		if r.status != 0 {
			return strconv.Itoa(r.status)
		}
	case "HTTPS":
		if r.host.tls {
			return "on"
		}
		return "off"
	case "IPV6", "HTTP2":
		return "off"
	case "REMOTE_ADDR", "CONN_REMOTE_ADDR":
		addr, ok := r.m.src.Set["REMOTE_ADDR"]
		if !ok {
			r.unknownBecause(pos, "the client's address", "give it with --set REMOTE_ADDR=…")
		}
		return addr
	}
	return ""
}

// stat returns what lies at a path of the server.
func (r *request) stat(name string) kind {
	if name == "" || !path.IsAbs(name) {
		return nothing
	}
	clean := path.Clean(name)
	k := r.m.look(r.host, clean)
	if k == file && strings.HasSuffix(name, "/") {
		return nothing
	}
	return k
}
