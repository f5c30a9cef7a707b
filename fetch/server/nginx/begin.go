package nginx

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// begin reads the request as nginx's parser does, chooses the server, and runs the
// phases.
func (r *run) begin() {
	hosts := r.request.Header.Values("Host")
	first := ""
	if len(hosts) > 0 {
		first = hosts[0]
	}
	k := r.m.socketFor(r.request.TLS, first)
	r.listen, r.tls = k.listen, k.listen.tls
	r.enter(k.standard)
	host, target, ok := splitTarget(r.request.Target)
	n, normal := normalized{}, false
	if ok {
		n, normal = normalize(target, r.loc.on("merge_slashes", "on"))
	}
	if len(r.request.Method)+len(r.request.Target)+len("  HTTP/1.1\r\n") > r.largestLine() {
		r.finalize(414)
		return
	}
	if ok && isMethod(r.request.Method) {
		r.method = r.request.Method
	}
	if r.method == "" || !normal {
		r.finalize(400)
		return
	}
	r.unparsed, r.uri, r.args, r.quoted = target, n.path, n.query, n.quoted
	if code := r.readHeaders(k, host, hosts); code != 0 {
		r.finalize(code)
		return
	}
	if k.listen.tls && !r.request.TLS {
		r.finalize(497)
		return
	}
	if r.method == "TRACE" || r.method == "CONNECT" {
		r.finalize(405)
		return
	}
	r.process(serverRewrite)
}

// enter makes a server the one that answers.
func (r *run) enter(s *virtualServer) {
	r.server, r.loc = s, s.level
}

// isMethod reports whether nginx takes a word for a method.
func isMethod(m string) bool {
	for i := range len(m) {
		if b := m[i]; (b < 'A' || b > 'Z') && b != '_' && b != '-' {
			return false
		}
	}
	return m != ""
}

// largestLine returns the size of the buffer for the request line and for each line
// of the header.
func (r *run) largestLine() int {
	if args := r.loc.single["large_client_header_buffers"]; len(args) == 2 {
		if n, ok := parseSize(args[1]); ok {
			return n
		}
	}
	return 8 << 10
}

// badHeader returns the status for a header that is too long or says nothing that
// nginx understands, or 0.
func (r *run) badHeader() int {
	largest := r.largestLine()
	for _, h := range r.request.Header {
		if len(h.Name)+len(h.Value)+len(": \r\n") > largest {
			return 494
		}
	}
	length, hasLength := r.request.Header.Get("Content-Length")
	if _, ok := parseNumber(length); hasLength && !ok {
		return 400
	}
	switch coding, ok := r.request.Header.Get("Transfer-Encoding"); {
	case !ok:
	case !fetch.EqualFold(coding, "chunked"):
		return 501
	case hasLength:
		return 400
	}
	return 0
}

// readHeaders keeps the headers that nginx does not ignore, and chooses the server
// by the host. It returns the status for a request that is refused, or 0.
func (r *run) readHeaders(k *socket, host string, hosts []string) int {
	underscores := r.loc.on("underscores_in_headers", "off")
	ignore := r.loc.on("ignore_invalid_headers", "on")
	r.headers = r.request.Header
	for i, h := range r.request.Header {
		if ignore && !validName(h.Name, underscores) {
			r.headers = validHeaders(r.request.Header, i, underscores)
			break
		}
	}
	if host == "" && len(hosts) > 0 {
		host = hosts[0]
	}
	name, ok := validHost(host)
	if host != "" && ok {
		r.host = name
		s, byName := k.choose(r, name)
		r.enter(s)
		switch {
		case byName && s.names[0].text != "":
			r.decided(&s.level.chosen)
		case len(k.servers) > 1:
			r.decided(&s.fallback)
		}
	}
	if len(hosts) != 1 || !ok {
		return 400
	}
	if _, ok = validHost(hosts[0]); !ok {
		return 400
	}
	return r.badHeader()
}

func validHeaders(all fetch.HeaderList, from int, underscores bool) fetch.HeaderList {
	out := append(fetch.HeaderList(nil), all[:from]...)
	for _, h := range all[from:] {
		if validName(h.Name, underscores) {
			out = append(out, h)
		}
	}
	return out
}

// validName reports whether a header's name has letters, digits and "-" only.
func validName(name string, underscores bool) bool {
	for i := range len(name) {
		b := name[i]
		if !isWordByte(b) && b != '-' || b == '_' && !underscores {
			return false
		}
	}
	return true
}

// validHost returns a host in lower case and without its port.
func validHost(host string) (name string, ok bool) {
	end := len(host)
	for i := range len(host) {
		switch b := host[i]; {
		case b == '/' || b <= ' ' || b == 0x7f || b == '.' && i > 0 && host[i-1] == '.':
			return "", false
		case b == ':' && end == len(host) && (host[0] != '[' || i > 0 && host[i-1] == ']'):
			end = i
		}
	}
	name = strings.TrimSuffix(host[:end], ".")
	return fetch.ByteLowercase(name), name != ""
}
