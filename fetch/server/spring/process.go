package spring

import (
	"context"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// exchange is one request with the answer to it so far.
type exchange struct {
	ctx       context.Context // of the request
	req       *server.Request
	out       *server.Answer
	path      string // within the application
	origin    string
	hasOrigin bool
	asked     string // the method that a preflight asks for
	preflight bool
	// failed is set when an exception is thrown, or an error is sent: the container
	// then asks for the error page.
	failed bool
}

// newExchange returns the exchange of a request.
func newExchange(ctx context.Context, req *server.Request) *exchange {
	x := &exchange{ctx: ctx, req: req, out: &server.Answer{Status: 200}}
	x.path, _, _ = strings.Cut(req.Target, "?")
	x.origin, x.hasOrigin = req.Header.Get("Origin")
	asked, asks := req.Header.Get("Access-Control-Request-Method")
	x.asked, x.preflight = asked, req.Method == "OPTIONS" && x.hasOrigin && asks
	return x
}

// varyNames are the headers that each answer varies by.
var varyNames = []string{"Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"}

// process is DefaultCorsProcessor: it adds the headers of a configuration, nil for none.
// It reports whether the request goes on; a preflight does not in either case.
func (a *app) process(x *exchange, c *corsConfig) bool {
	if c == nil && a.version.atLeast(7, 0) {
		a.vary(x)
		return true
	}
	a.vary(x)
	if !x.isCORS() || x.out.Header.Contains("Access-Control-Allow-Origin") {
		return true
	}
	if c == nil {
		if x.preflight {
			x.decide(pos{}, "no CORS configuration applies: a preflight is rejected")
			x.reject()
		}
		return !x.preflight
	}
	return a.handle(x, c)
}

// vary adds the lines of Vary that are not there.
func (a *app) vary(x *exchange) {
	var have []string
	for _, h := range x.out.Header {
		if h.Name == "Vary" {
			have = append(have, h.Value)
		}
	}
	for _, name := range varyNames {
		if !slices.Contains(have, name) {
			x.out.Header = append(x.out.Header, fetch.Header{Name: "Vary", Value: name})
		}
	}
}

// isCORS reports whether the request comes from another origin.
func (x *exchange) isCORS() bool {
	if !x.hasOrigin {
		return false
	}
	scheme := "http"
	if x.req.TLS {
		scheme = "https"
	}
	host, _ := x.req.Header.Get("Host")
	return hostOf(scheme, scheme+"://"+host) != hostOf(scheme, x.origin)
}

// hostOf returns an origin with its port.
func hostOf(scheme, origin string) string {
	s, rest, ok := strings.Cut(origin, "://")
	if !ok {
		return origin
	}
	rest, _, _ = strings.Cut(rest, "/")
	if i := strings.LastIndexByte(rest, ':'); i < 0 || strings.HasSuffix(rest, "]") {
		rest += map[string]string{"http": ":80", "https": ":443"}[s]
	}
	return s + "://" + rest
}

// reject answers that the request is not allowed.
func (x *exchange) reject() {
	x.out.Status, x.out.Body = 403, invalidRequest
}

func (x *exchange) decide(at pos, text string) {
	x.out.Decided = append(x.out.Decided, server.Decision{Position: at.position(), Header: "Access-Control-Allow-Origin", Text: text})
}

// throw answers that an exception was thrown.
func (x *exchange) throw(at pos, message string) {
	x.decide(at, "the request throws IllegalArgumentException: "+message)
	x.out.Status, x.failed = 500, true
}

// handle checks a request against a configuration.
func (a *app) handle(x *exchange, c *corsConfig) bool {
	allow, thrown := c.allowsOrigin(x.origin)
	if thrown != "" {
		x.throw(c.at, thrown)
		return false
	}
	method := x.req.Method
	if x.preflight {
		method = x.asked
	}
	var methods, headers []string
	ok := true
	switch {
	case allow == "":
		x.decide(c.at, "the origin "+x.origin+" is not allowed")
		x.reject()
		return false
	case x.preflight && x.asked == "":
	default:
		methods = c.allowsMethod(method)
	}
	if methods == nil {
		x.decide(c.at, "the method "+method+" is not allowed")
		x.reject()
		return false
	}
	if x.preflight {
		if headers, ok = c.allowsHeaders(askedHeaders(x.req)); !ok {
			x.decide(c.at, "none of the headers that the preflight asks for is allowed")
			x.reject()
			return false
		}
	}
	x.decide(c.at, "the origin "+x.origin+" is allowed")
	c.write(x, allow, methods, headers)
	return true
}

// write adds the headers of an allowed request.
func (c *corsConfig) write(x *exchange, allow string, methods, headers []string) {
	add := func(name, v string) { x.out.Header = append(x.out.Header, fetch.Header{Name: name, Value: v}) }
	add("Access-Control-Allow-Origin", allow)
	if x.preflight {
		add("Access-Control-Allow-Methods", strings.Join(methods, ","))
	}
	if len(headers) > 0 {
		add("Access-Control-Allow-Headers", strings.Join(headers, ", "))
	}
	if list := c.exposed.known(); len(list) > 0 {
		add("Access-Control-Expose-Headers", strings.Join(list, ", "))
	}
	if c.credentials.isTrue() {
		add("Access-Control-Allow-Credentials", "true")
	}
	asked, _ := x.req.Header.Get("Access-Control-Request-Private-Network")
	if c.privateNetwork.isTrue() && lower(asked) == "true" {
		add("Access-Control-Allow-Private-Network", "true")
	}
	if c.maxAge.unknown != nil && x.preflight {
		panic(stops{c.maxAge.unknown.err})
	}
	if x.preflight && c.maxAge.set {
		add("Access-Control-Max-Age", seconds(c.maxAge.value))
	}
}
