package nginx

import (
	"slices"
	"strings"
	"sync/atomic"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// handlerKind says what makes the content of a response.
type handlerKind int

const (
	noHandler handlerKind = iota // files
	proxyHandler
	fastCGIHandler
	uwsgiHandler
	scgiHandler
	grpcHandler
	memcachedHandler
	statusHandler
	gifHandler
)

// prefixes are the beginnings of the directives of each kind of handler.
var prefixes = []string{proxyHandler: "proxy_", fastCGIHandler: "fastcgi_", uwsgiHandler: "uwsgi_", scgiHandler: "scgi_", grpcHandler: "grpc_", memcachedHandler: "memcached_"}

// kindOf returns the kind of handler that a directive belongs to.
func kindOf(name string) handlerKind {
	return handlerKind(slices.IndexFunc(prefixes, func(p string) bool { return p != "" && strings.HasPrefix(name, p) }))
}

// pass is a proxy_pass or the like.
type pass struct {
	kind     handlerKind
	at       server.Position
	target   *value
	scheme   string // "http" or "https", when the target has no variables
	host     string // host and port as they are in the target
	uri      string // what follows them
	location string // the name of the location, which the URI replaces
	upstream *upstream
	chosen   server.Decision
}

// upstream is a group of servers.
type upstream struct {
	name  string
	peers []*peer
	// failed reports whether a server of several broke a connection off: nginx does
	// not ask it again for some seconds.
	failed atomic.Bool
}

// peer is one server of a group.
type peer struct {
	address string
	backup  bool
	patient bool            // max_fails=0: a failure is not counted
	answers server.Answerer // nil when the connection is refused
	assumed bool
	at      server.Position
}

// withPort adds the standard port to a host.
func withPort(host, port string) string {
	if strings.HasPrefix(host, "unix:") || strings.LastIndexByte(host, ':') > strings.LastIndexByte(host, ']') {
		return host
	}
	if isNumber := strings.Trim(host, "0123456789") == ""; isNumber && host != "" {
		return "localhost:" + host
	}
	return host + ":" + port
}

// behind sets what answers at a peer's address, which is in the configuration
// with or without its port.
func (c *compiler) behind(p *peer, written string) {
	for _, address := range []string{p.address, written, sameMachine(p.address)} {
		for _, b := range c.src.Behind {
			if b.Address != "" && b.Address == address {
				p.answers = b.Server
				return
			}
		}
	}
	p.answers, p.assumed = c.src.BehindAt(p.address)
	if p.assumed {
		c.assume(p.at, "what is behind "+p.address+": "+server.AssumedBackendText)
	}
}

// sameMachine returns the other name of the machine itself in an address.
func sameMachine(address string) string {
	if port, ok := strings.CutPrefix(address, "localhost:"); ok {
		return "127.0.0.1:" + port
	}
	if port, ok := strings.CutPrefix(address, "127.0.0.1:"); ok {
		return "localhost:" + port
	}
	return ""
}

// setPass sets the handler of a level.
func (l *level) setPass(p *pass) {
	l.handler = p.kind
	if l.passes == nil {
		l.passes = make(map[handlerKind]*pass)
	}
	l.passes[p.kind] = p
	l.autoRedirect = l.autoRedirect || strings.HasSuffix(l.name, "/")
}

// pass compiles proxy_pass and the like.
func (c *compiler) pass(d *directive, l *level) error {
	kind := kindOf(d.name)
	if l.passes[kind] != nil {
		return startError(d, `"%s" directive is duplicate`, d.name)
	}
	v, err := c.value(d.args[0], d.at)
	if err != nil {
		return err
	}
	p := &pass{kind: kind, at: d.at, target: v, chosen: server.Decision{Position: d.at, Text: d.name + " " + d.args[0]}}
	l.setPass(p)
	if v.hasVariables() {
		return nil
	}
	message := p.split(d.args[0])
	if message != "" {
		return startError(d, "%s", message)
	}
	if plain := l.named || l.regex != nil || l.kind == ifLevel || l.kind == limitLevel; !plain {
		p.location = l.name
	} else if p.uri != "" && kind == proxyHandler {
		return startError(d, `"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block`)
	}
	return nil
}

// split splits a target without variables; the result is nginx's message, or "".
func (p *pass) split(target string) string {
	p.host = target
	if p.kind != proxyHandler && p.kind != grpcHandler {
		return ""
	}
	lower := fetch.ByteLowercase(target)
	switch {
	case p.kind == proxyHandler && strings.HasPrefix(lower, "http://"), p.kind == grpcHandler && strings.HasPrefix(lower, "grpc://"):
		p.scheme, target = "http", target[7:]
	case p.kind == proxyHandler && strings.HasPrefix(lower, "https://"), p.kind == grpcHandler && strings.HasPrefix(lower, "grpcs://"):
		p.scheme, target = "https", target[8:]
	case p.kind == proxyHandler:
		return "invalid URL prefix"
	}
	p.host, p.uri = splitHost(target)
	if p.host == "" {
		return `no host in upstream "` + target + `"`
	}
	if port := p.host[strings.LastIndexByte(p.host, ':')+1:]; port != p.host && !strings.HasPrefix(p.host, "unix:") && !strings.HasSuffix(p.host, "]") {
		if n, ok := parseNumber(port); !ok || n < 1 || n > 65535 {
			return `invalid port in upstream "` + target + `"`
		}
	}
	return ""
}

// splitHost splits what follows a scheme into host and URI.
func splitHost(target string) (host, uri string) {
	if rest, ok := strings.CutPrefix(target, "unix:"); ok {
		socket, uri, _ := strings.Cut(rest, ":")
		return "unix:" + socket, uri
	}
	if i := strings.IndexAny(target, "/?"); i >= 0 {
		host, uri = target[:i], target[i:]
		if uri[0] == '?' {
			uri = "/" + uri
		}
		return host, uri
	}
	return target, ""
}

// defaultPort is the port of a scheme.
func defaultPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}

// resolvePasses finds the group of servers of each pass, once all are known.
func (c *compiler) resolvePasses(l *level) error {
	for _, kind := range []handlerKind{proxyHandler, fastCGIHandler, uwsgiHandler, scgiHandler, grpcHandler, memcachedHandler} {
		p := l.passes[kind]
		if p == nil || p.target.hasVariables() || p.upstream != nil {
			continue
		}
		if p.upstream = c.upstreams[p.host]; p.upstream != nil {
			continue
		}
		name, port, _ := strings.Cut(p.host, ":")
		if c.upstreams[name] != nil {
			return &server.StartError{Position: p.at, Message: `upstream "` + name + `" may not have port ` + port}
		}
		p.upstream = c.implicit(p.host, defaultPort(p.scheme), p.at)
	}
	for _, child := range l.children {
		if err := c.resolvePasses(child); err != nil {
			return err
		}
	}
	return nil
}

// implicit returns the group that a host without an upstream block makes.
func (c *compiler) implicit(host, port string, at server.Position) *upstream {
	p := &peer{address: withPort(host, port), at: at}
	c.behind(p, host)
	return &upstream{name: host, peers: []*peer{p}}
}

func (c *compiler) setHeader(d *directive, l *level) error {
	kind := kindOf(d.name)
	v, err := c.value(d.args[1], d.at)
	if l.setHeaders == nil {
		l.setHeaders = make(map[handlerKind][]headerValue)
	}
	l.setHeaders[kind] = append(l.setHeaders[kind], headerValue{name: d.args[0], lower: fetch.ByteLowercase(d.args[0]), value: v})
	return err
}

// hideHeader compiles proxy_hide_header, proxy_pass_header and the like.
func (c *compiler) hideHeader(d *directive, l *level) error {
	kind := kindOf(d.name)
	list := &l.hidden
	if strings.HasSuffix(d.name, "_pass_header") {
		list = &l.shown
	}
	if *list == nil {
		*list = make(map[handlerKind][]string)
	}
	(*list)[kind] = append((*list)[kind], fetch.ByteLowercase(d.args[0]))
	return nil
}

// redirectRule is a proxy_redirect.
type redirectRule struct {
	from        *value
	pattern     *pattern
	replacement *value
}

func (c *compiler) proxyRedirect(d *directive, l *level) error {
	if l.noRedirect {
		return startError(d, `"proxy_redirect" directive is duplicate`)
	}
	if len(d.args) == 1 {
		switch d.args[0] {
		case "off":
			if l.redirects != nil {
				return startError(d, `"proxy_redirect" directive is duplicate`)
			}
			l.noRedirect = true
			return nil
		case "default":
			return c.standardRedirect(d, l)
		}
		return startError(d, `invalid parameter "%s"`, d.args[0])
	}
	rule := redirectRule{}
	var err error
	if text, ok := strings.CutPrefix(d.args[0], "~"); ok {
		text, caseless := strings.CutPrefix(text, "*")
		rule.pattern, err = c.pattern(text, caseless, d.at)
	} else {
		rule.from, err = c.value(d.args[0], d.at)
	}
	if err != nil {
		return err
	}
	rule.replacement, err = c.value(d.args[1], d.at)
	l.redirects = append(l.redirects, rule)
	return err
}

// standardRedirect compiles "proxy_redirect default".
func (c *compiler) standardRedirect(d *directive, l *level) error {
	p := l.passes[proxyHandler]
	switch {
	case p == nil:
		return startError(d, `"proxy_redirect default" should be placed after the "proxy_pass" directive`)
	case p.target.hasVariables():
		return startError(d, `"proxy_redirect default" cannot be used with "proxy_pass" directive with variables`)
	}
	l.redirects = append(l.redirects, p.defaultRedirect())
	return nil
}

// defaultRedirect returns the rule that leads a redirect of the backend back
// through the proxy.
func (p *pass) defaultRedirect() redirectRule {
	from, to := p.target.text+"/", "/"
	if p.uri != "" {
		from, to = p.target.text, p.location
	}
	return redirectRule{from: &value{text: from}, replacement: &value{text: to}}
}

func (c *compiler) plainHandler(d *directive, l *level) error {
	l.handler = gifHandler
	if d.name == "stub_status" {
		l.handler = statusHandler
	}
	return nil
}
