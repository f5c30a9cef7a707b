package spring

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// ownFilter is a filter of the text that sets CORS headers itself.
type ownFilter struct {
	at   pos
	self *instance
	file *file
	fn   *syntax.Func
}

// webRequest, webResponse and filterChain are what a filter gets.
type (
	webRequest  struct{ x *exchange }
	webResponse struct {
		x *exchange
		// sent reports whether the request went on: what is set later may come late.
		sent bool
	}
	filterChain struct {
		out  *webResponse
		next func()
	}
)

// filterMethods are the methods in which a filter does its work.
var filterMethods = []string{"doFilterInternal", "doFilter"}

// ownFilterOf returns an object as a filter that sets CORS headers; nil when it is none.
func (m *machine) ownFilterOf(in *instance) *ownFilter {
	for _, name := range filterMethods {
		fn, f := in.class.method(m, name, 3)
		if fn == nil {
			continue
		}
		if setsHeaders(f, fn) < 0 {
			return nil
		}
		return &ownFilter{at: placeIn(f, fn.Offset()), self: in, file: f, fn: fn}
	}
	return nil
}

// run runs the filter for a request; next is the rest of the chain.
func (f *ownFilter) run(m *machine, x *exchange, next func()) {
	res := &webResponse{x: x}
	x.decide(f.at, "the filter "+f.self.class.name+" runs")
	m.callFunc(f.self, f.file, f.fn, []value{&webRequest{x}, res, &filterChain{res, next}})
}

// servlet calls a method of what a filter gets.
func (m *machine) servlet(at pos, in value, name string, args []value) value {
	switch in := in.(type) {
	case *webRequest:
		return m.requestMethod(at, in, name, args)
	case *webResponse:
		return m.responseMethod(at, in, name, args)
	case *filterChain:
		if name == "doFilter" || name == "filter" {
			in.next()
			in.out.sent = true
			return nil
		}
	}
	return m.unknown(at, "the value of "+name+"()", "")
}

func (m *machine) requestMethod(at pos, in *webRequest, name string, args []value) value {
	switch name {
	case "getMethod":
		return in.x.req.Method
	case "getRequestURI", "getServletPath", "getPathInfo":
		return in.x.path
	case "getHeader":
		if v, ok := in.x.req.Header.Get(text(first(args))); ok {
			return v
		}
		return nil
	case "getScheme":
		if in.x.req.TLS {
			return "https"
		}
		return "http"
	}
	return m.unknown(at, "the value of request."+name+"()", "")
}

func (m *machine) responseMethod(at pos, in *webResponse, name string, args []value) value {
	header := text(first(args))
	switch name {
	case "setHeader", "addHeader", "setIntHeader", "addIntHeader", "setDateHeader":
		if u := unknownIn(args...); u != nil {
			if !concernsHeader(header) {
				return nil
			}
			panic(stops{u.err})
		}
		m.setHeader(at, in, name, header, last(args))
	case "setStatus":
		if n, ok := first(args).(float64); ok {
			in.x.out.Status = int(n)
		} else if in.x.out.StatusUnknown == nil {
			in.x.status(200, at, "the status that the filter sets")
		}
	case "sendError":
		if n, ok := first(args).(float64); ok {
			in.x.out.Status = int(n)
			m.app.errorDispatch(in.x)
		}
	case "getHeader":
		if v, ok := in.x.out.Header.Get(header); ok {
			return v
		}
		return nil
	}
	return nil
}

// concernsHeader reports whether a header decides about CORS.
func concernsHeader(name string) bool {
	return name == "" || strings.HasPrefix(lower(name), "access-control-") || lower(name) == "vary"
}

// setHeader sets or adds a header. One without a value is removed, or not added.
func (m *machine) setHeader(at pos, in *webResponse, method, name string, v value) {
	if !concernsHeader(name) {
		return
	}
	if in.sent {
		panic(stops{m.unknownError(at, "whether the answer is on its way already when the filter sets "+name, "set it before chain.doFilter")})
	}
	in.x.decide(at, method+" "+name)
	h := &in.x.out.Header
	switch {
	case v == nil && strings.HasPrefix(method, "set"):
		h.Delete(name)
	case v == nil:
	case strings.HasPrefix(method, "set"):
		h.Set(name, text(v))
	default:
		*h = append(*h, fetch.Header{Name: name, Value: text(v)})
	}
}
