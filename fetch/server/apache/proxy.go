package apache

import (
	"errors"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// proxyTranslate applies ProxyPass.
func (r *request) proxyTranslate() int {
	if r.isProxy {
		return 0
	}
	if r.uri == "" || r.uri[0] != '/' {
		return declined
	}
	if _, ok := r.env.get("no-proxy"); ok {
		return declined
	}
	if p := r.conf.proxy; p != nil && p.pass != nil {
		if status, ok := r.pass(p.pass); ok {
			return status
		}
	}
	for _, p := range r.host.passes {
		if status, ok := r.pass(p); ok {
			return status
		}
	}
	return declined
}

// pass applies one ProxyPass; ok is false when it does not fit.
func (r *request) pass(p *pass) (status int, ok bool) {
	rest := ""
	target := p.target
	if p.re != nil {
		m := p.re.match(r.uri)
		if m == nil {
			return 0, false
		}
		if target == "!" {
			return declined, true
		}
		if target = substitute(p.target, r.uri, m); target == p.target {
			rest = r.uri
		}
	} else {
		n := aliasMatch(r.uri, p.prefix)
		if n <= 0 {
			return 0, false
		}
		if target == "!" {
			return declined, true
		}
		rest = r.uri[n:]
	}
	r.filename = "proxy:" + target + rest
	r.isProxy, r.handler, r.proxyTo = true, "proxy-server", p
	r.decide(server.Decision{Position: p.pos, Text: "ProxyPass " + p.prefix + " applies"})
	return 0, true
}

// proxySections merges the <Proxy> sections of the backend's URL.
func (r *request) proxySections() {
	url := strings.TrimPrefix(r.filename, "proxy:")
	for _, s := range r.host.proxies {
		switch {
		case s.re != nil:
			if !s.captures(r, url) {
				continue
			}
		case s.glob:
			if !wildcard(s.path, url, plainGlob) {
				continue
			}
		case !strings.HasPrefix(url, s.path):
			continue
		}
		r.conf = r.m.merge(r.conf, s)
	}
}

// proxyHandler passes the request to a backend.
func (r *request) proxyHandler() int {
	url := strings.TrimPrefix(r.filename, "proxy:")
	if !r.isProxy {
		url = strings.TrimPrefix(r.handler, "proxy:") + r.filename
	}
	if strings.HasPrefix(url, "unix:") {
		_, rest, ok := strings.Cut(url, "|")
		if !ok {
			return 500
		}
		url = rest
	}
	n := absolute(url)
	if n == 0 {
		return 500
	}
	scheme := lower(strings.TrimSuffix(url[:n], "://"))
	authority, path := url[n:], "/"
	if i := strings.IndexByte(authority, '/'); i >= 0 {
		authority, path = authority[:i], authority[i:]
	}
	if scheme == "balancer" {
		return r.balanced(authority, path)
	}
	switch scheme {
	case "fcgi":
		return r.fastCGI(path)
	case "http", "https", "h2", "h2c":
		return r.forward(scheme, authority, path)
	case "ws", "wss":
		return r.forward(map[string]string{"ws": "http", "wss": "https"}[scheme], authority, path)
	}
	r.unknownBecause(r.conf.pos, "what the backend "+scheme+"://"+authority+" answers", "")
	return 500
}

// balanced passes the request to the first member of a balancer.
func (r *request) balanced(name, path string) int {
	member := r.host.balancer["balancer://"+lower(name)]
	if member == "" {
		member = r.m.main.balancer["balancer://"+lower(name)]
	}
	n := absolute(member)
	if n == 0 {
		return 503
	}
	authority, base := member[n:], ""
	if i := strings.IndexByte(authority, '/'); i >= 0 {
		authority, base = authority[:i], strings.TrimSuffix(authority[i:], "/")
	}
	return r.forward(lower(strings.TrimSuffix(member[:n], "://")), authority, base+path)
}

// backend returns the server at an address; assumed is true when none is given.
func (m *model) backend(authority, scheme string) (server.Answerer, bool) {
	addresses := []string{authority}
	host, port, ok := strings.Cut(authority, ":")
	if !ok {
		port = map[string]string{"https": "443"}[scheme]
		if port == "" {
			port = "80"
		}
		addresses = append(addresses, host+":"+port)
	}
	switch host {
	case "localhost":
		addresses = append(addresses, "127.0.0.1:"+port, "[::1]:"+port)
	case "127.0.0.1":
		addresses = append(addresses, "localhost:"+port)
	}
	for _, a := range addresses {
		for _, b := range m.src.Behind {
			if b.Address == a {
				return b.Server, false
			}
		}
	}
	return m.src.BehindAt(authority)
}

// forward passes the request to an HTTP backend and takes its answer over.
func (r *request) forward(scheme, authority, path string) int {
	if r.method == "TRACE" && r.host.trace == "off" {
		return 405
	}
	backend, _ := r.m.backend(authority, scheme)
	if backend == nil {
		return 503
	}
	if r.x.subs++; r.x.subs > maxSubs {
		return 500
	}
	answer, err := backend.Answer(r.ctx, r.backendRequest(scheme, authority, path))
	if errors.Is(err, fetch.ErrNoAnswer) {
		return 502
	}
	if u, ok := errors.AsType[*server.UnknownError](err); ok {
		r.unknownValue(u)
		return 502
	}
	if err != nil {
		r.x.closed = true
		return done
	}
	return r.take(answer)
}

// hopByHop are the header lines that a proxy does not pass on.
var hopByHop = []string{"connection", "keep-alive", "proxy-authenticate", "te", "trailer", "transfer-encoding", "upgrade", "proxy-connection"}

// backendRequest returns the request that a backend gets.
func (r *request) backendRequest(scheme, authority, path string) *server.Request {
	out := &server.Request{Method: r.method, Target: path, Body: r.req.Body, TLS: scheme == "https"}
	if !r.noCanon {
		out.Target = escapePath(path)
		if r.args != "" && (r.proxyTo == nil || !r.proxyTo.noQuery) {
			out.Target += "?" + r.args
		}
	}
	host, _ := r.in.get("Host")
	shown := authority
	if p := r.conf.proxy; p != nil && p.preserveHost != nil && *p.preserveHost {
		shown = host
	}
	out.Header = append(out.Header, fetch.Header{Name: "Host", Value: shown})
	for _, h := range r.in.rows {
		if l := lower(h.Name); l != "host" && !slices.Contains(hopByHop, l) {
			out.Header = append(out.Header, h)
		}
	}
	out.Header = append(out.Header,
		fetch.Header{Name: "X-Forwarded-Host", Value: host}, fetch.Header{Name: "X-Forwarded-Server", Value: r.host.name},
		fetch.Header{Name: "Connection", Value: "Keep-Alive"})
	return out
}

// take takes a backend's answer over. Its lines replace those of the table
// "onsuccess".
func (r *request) take(a *server.Answer) int {
	r.out = table{}
	for _, h := range a.Header {
		switch l := lower(h.Name); {
		case slices.Contains(hopByHop, l):
		case l == "location" || l == "content-location":
			r.out.add(h.Name, r.mapBack(h.Value))
		default:
			r.out.add(h.Name, h.Value)
		}
	}
	if ct, ok := r.out.get("Content-Type"); ok {
		r.contentType = ct
	}
	if a.StatusUnknown != nil {
		r.x.status = a.StatusUnknown
	}
	if p := r.conf.proxy; p != nil && p.errorOverride != nil && *p.errorOverride && a.Status >= 400 && (len(p.overrideCodes) == 0 || slices.Contains(p.overrideCodes, a.Status)) {
		return a.Status
	}
	r.x.body = a.Body
	if r.method != "HEAD" && a.Body == "" {
		r.x.size = minCompressed
	}
	r.x.decided = append(r.x.decided, a.Decided...)
	r.send(a.Status)
	return done
}

// mapBack applies ProxyPassReverse to a URL.
func (r *request) mapBack(url string) string {
	var list []*reverse
	if p := r.conf.proxy; p != nil {
		list = p.reverse
	}
	for _, m := range appended(r.host.reverse, list) {
		part := url
		if strings.HasPrefix(m.target, "/") {
			if i := strings.Index(url, "://"); i >= 0 {
				if j := strings.IndexByte(url[i+3:], '/'); j >= 0 {
					part = url[i+3+j:]
				}
			}
		}
		target := m.target
		if strings.HasPrefix(target, "balancer://") {
			target = r.host.balancer[strings.TrimSuffix(lower(target), "/")]
		}
		if target == "" || len(part) < len(target) || !same(part[:len(target)], target) {
			continue
		}
		out := m.prefix + part[len(target):]
		if isURL(out) {
			return out
		}
		return r.constructURL(out)
	}
	return url
}

// fastCGI answers as a program behind FastCGI: its lines lie in the table "always".
func (r *request) fastCGI(path string) int {
	if !r.isProxy {
		if r.found == folder {
			return 404
		}
		if r.found == nothing {
			r.contentType = "text/html; charset=UTF-8"
			r.x.body = "File not found.\n"
			r.send(404)
			return done
		}
		return r.script(r.filename, fpm)
	}
	return r.script(path, fpm)
}
