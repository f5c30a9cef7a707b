package python

import (
	"errors"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// dispatcher is a function with @app.middleware("http").
type dispatcher struct{ fun value }

func (d *dispatcher) typeName() string { return "function" }

func (d *dispatcher) attr(*interp, string) (value, error) { return nil, nil }

// layerFunc is a middleware as a function.
type layerFunc func(in *interp, s *starCall) (*response, error)

func (f layerFunc) handle(in *interp, s *starCall) (*response, error) { return f(in, s) }

// layer puts a middleware around an application.
func (in *interp) layer(l starLayer, inner asgi) (asgi, error) {
	switch c := l.class.(type) {
	case *dispatcher:
		return dispatchLayer(c.fun, nil, inner), nil
	case *unknown:
		u := c
		if u.harmless {
			in.note(l.args.at, "the middleware %s is not modelled; it is taken to let every request through and to set no CORS headers", u.err.What)
			return inner, nil
		}
		return layerFunc(func(in *interp, s *starCall) (*response, error) {
			return &response{kind: "Response", status: 200, unknown: u, unknownHeaders: u}, nil
		}), nil
	case *class:
		return in.classLayer(c, l, inner)
	}
	return in.userLayer(l, inner)
}

// classLayer puts a middleware that is a class around an application.
func (in *interp) classLayer(c *class, l starLayer, inner asgi) (asgi, error) {
	switch {
	case c.name == "CORSMiddleware":
		return newCORSMiddleware(in, inner, l.args)
	case c.name == "GZipMiddleware" || c.name == "SessionMiddleware" || c.name == "AuthenticationMiddleware":
		if c.name == "GZipMiddleware" {
			return gzipLayer(l, inner), nil
		}
		return inner, nil
	case c.name == "TrustedHostMiddleware":
		return trustedHost(in, l, inner)
	case c.name == "HTTPSRedirectMiddleware":
		return httpsRedirect(inner), nil
	case c.isA("BaseHTTPMiddleware"):
		if f := l.args.get(-1, "dispatch"); f != nil {
			return dispatchLayer(f, nil, inner), nil
		}
		i := &instance{class: c, attrs: map[string]value{}}
		if m := c.lookup("__init__"); m != nil {
			a := l.args.unshift(&asgiValue{inner})
			if _, err := in.call(nil, m, a.unshift(i)); err != nil {
				return nil, err
			}
		}
		m := c.lookup("dispatch")
		if m == nil {
			return inner, nil
		}
		return dispatchLayer(m, i, inner), nil
	}
	return in.userLayer(l, inner)
}

// userLayer puts a middleware of pure ASGI around an application.
func (in *interp) userLayer(l starLayer, inner asgi) (asgi, error) {
	a := *l.args
	a.kw = append([]kwarg{{"app", &asgiValue{inner}}}, a.kw...)
	v, err := in.call(nil, l.class, &a)
	if err != nil {
		return nil, err
	}
	return &userApp{v}, nil
}

// dispatchLayer runs dispatch(request, call_next).
func dispatchLayer(f value, self value, inner asgi) asgi {
	return layerFunc(func(in *interp, s *starCall) (*response, error) {
		next := fn("call_next", func(in *interp, a *args) (value, error) {
			r, err := inner.handle(in, s)
			if r == nil {
				return nil, err
			}
			return r, err
		})
		a := &args{pos: []value{&starRequest{s}, next}}
		if self != nil {
			a = a.unshift(self)
		}
		v, err := in.call(nil, f, a)
		if err != nil {
			return nil, err
		}
		switch v := v.(type) {
		case *response:
			return v, nil
		case *unknown:
			return &response{kind: "Response", status: 200, unknown: v, unknownHeaders: v}, nil
		}
		return nil, in.raise(in.here(), "TypeError", "'%s' object is not callable", typeName(v))
	})
}

// gzipLayer adds Vary to long answers when the client takes gzip.
func gzipLayer(l starLayer, inner asgi) asgi {
	return layerFunc(func(in *interp, s *starCall) (*response, error) {
		r, err := inner.handle(in, s)
		if err != nil {
			return nil, err
		}
		accept, _ := s.parts.header("Accept-Encoding")
		least, _ := asInt(l.args.or(0, "minimum_size", int64(500)))
		if !strings.Contains(accept, "gzip") || r.get("Content-Encoding") != nil {
			return r, nil
		}
		if r.bodyUnknown && r.kind != "StreamingResponse" || r.unknown != nil {
			r.add("Vary", unknownf(l.args.at, "", "the length of the answer, on which Vary: Accept-Encoding depends"), server.Decision{})
			return r, nil
		}
		if int64(len(r.body)) >= least || r.kind == "StreamingResponse" {
			addVary(r, "Accept-Encoding", server.Decision{Position: l.args.at, Text: "GZipMiddleware compresses"})
		}
		return r, nil
	})
}

// trustedHost refuses hosts that are not listed.
func trustedHost(in *interp, l starLayer, inner asgi) (asgi, error) {
	items, u, err := in.iterateAt(nil, l.args.at, l.args.or(0, "allowed_hosts", &list{[]value{"*"}}))
	if err != nil {
		return nil, err
	}
	if u == nil {
		u = firstUnknown(items...)
	}
	return layerFunc(func(in *interp, s *starCall) (*response, error) {
		host, _, _ := strings.Cut(s.parts.host, ":")
		www := false
		for _, x := range items {
			p := str(x)
			if p == "*" || p == host || strings.HasPrefix(p, "*") && strings.HasSuffix(host, p[1:]) {
				return inner.handle(in, s)
			}
			www = www || p == "www."+host
		}
		if u != nil {
			return nil, u.err
		}
		if www {
			r := &response{kind: "RedirectResponse", status: 307}
			r.add("Location", s.parts.scheme+"://www."+s.parts.host+s.parts.req.Target, server.Decision{})
			return r, nil
		}
		return &response{kind: "PlainTextResponse", status: 400, body: "Invalid host header"}, nil
	}), nil
}

func httpsRedirect(inner asgi) asgi {
	return layerFunc(func(in *interp, s *starCall) (*response, error) {
		if s.parts.req.TLS {
			return inner.handle(in, s)
		}
		r := &response{kind: "RedirectResponse", status: 307}
		r.add("Location", "https://"+s.parts.host+s.parts.req.Target, server.Decision{})
		return r, nil
	})
}

// userApp is an application of pure ASGI that the text defines.
type userApp struct{ v value }

// handle runs app(scope, receive, send) and collects what it sends.
func (u *userApp) handle(in *interp, s *starCall) (*response, error) {
	out := &response{kind: "Response"}
	started := false
	send := fn("send", func(in *interp, a *args) (value, error) {
		m, ok := a.or(0, "", none{}).(*dict)
		if !ok {
			return none{}, nil
		}
		if m.str("type") == value("http.response.start") {
			started = true
			return none{}, in.startResponse(out, m)
		}
		if b, ok := m.str("body").(bytes); ok {
			out.body += string(b)
		}
		return none{}, nil
	})
	v, err := in.call(nil, u.v, &args{pos: []value{scopeOf(s), receiveOf(s), send}})
	if err != nil {
		return nil, err
	}
	if x := firstUnknown(v); x != nil && !started {
		return &response{kind: "Response", status: 200, unknown: x, unknownHeaders: x}, nil
	}
	if !started {
		return nil, in.raise(in.here(), "RuntimeError", "No response returned.")
	}
	return out, nil
}

// startResponse reads the message that begins a response.
func (in *interp) startResponse(out *response, m *dict) error {
	if err := in.setStatus(in.here(), out, m.str("status")); err != nil {
		return err
	}
	h := m.str("headers")
	if o, ok := h.(*headersOf); ok {
		out.headers = o.r.headers
		return nil
	}
	if h == nil {
		return nil
	}
	items, x, err := in.iterateAt(nil, in.here(), h)
	if err != nil {
		return err
	}
	out.headers = nil
	if x != nil {
		out.unknownHeaders = x
	}
	for _, item := range items {
		pair, _, err := in.iterateAt(nil, in.here(), item)
		if err != nil || len(pair) != 2 {
			return err
		}
		out.add(latin(pair[0]), latinValue(pair[1]), server.Decision{Position: in.here(), Text: "send"})
	}
	return nil
}

func latin(v value) string {
	if b, ok := v.(bytes); ok {
		return string(b)
	}
	return str(v)
}

func latinValue(v value) value {
	if u := firstUnknown(v); u != nil {
		return u
	}
	return latin(v)
}

// scopeOf returns the scope of a request.
func scopeOf(s *starCall) *dict {
	if s.raw != nil {
		return s.raw
	}
	d := newDict()
	d.put("type", "http")
	d.put("method", s.parts.req.Method)
	d.put("path", s.path)
	d.put("raw_path", bytes(s.path))
	d.put("root_path", s.root)
	d.put("scheme", s.parts.scheme)
	d.put("query_string", bytes(s.parts.query))
	h := &list{}
	for _, x := range s.parts.req.Header {
		h.items = append(h.items, &tuple{[]value{bytes(fetch.ByteLowercase(x.Name)), bytes(x.Value)}})
	}
	d.put("headers", h)
	d.put("client", &tuple{[]value{"127.0.0.1", int64(50000)}})
	d.put("\x00call", &starRequest{s})
	s.raw = d
	return d
}

// receiveOf returns the function that receives the body.
func receiveOf(s *starCall) value {
	return fn("receive", func(*interp, *args) (value, error) {
		d := newDict()
		d.put("type", "http.request")
		d.put("body", bytes(s.parts.req.Body))
		d.put("more_body", false)
		return d, nil
	})
}

// call runs an application of Starlette as an ASGI application.
func (v *asgiValue) call(in *interp, a *args) (value, error) {
	d, ok := a.or(0, "scope", none{}).(*dict)
	if !ok {
		return none{}, nil
	}
	q, ok := d.str("\x00call").(*starRequest)
	if !ok {
		return unknownf(a.at, "", "an ASGI call with a scope of its own"), nil
	}
	inner := *q.s
	if p, ok := d.str("path").(string); ok {
		inner.path = p
	}
	r, err := v.asgi.handle(in, &inner)
	if err != nil {
		return nil, err
	}
	if r.unknown != nil && r.unknownHeaders != nil {
		return r.unknown, nil
	}
	return none{}, in.sendResponse(a, r)
}

// sendResponse sends a response through the function send.
func (in *interp) sendResponse(a *args, r *response) error {
	m := newDict()
	m.put("type", "http.response.start")
	m.put("status", int64(r.status))
	if r.unknown != nil {
		m.put("status", r.unknown)
	}
	h := &list{}
	for _, x := range r.headers {
		var v value = x.v
		if s, ok := v.(string); ok {
			v = bytes(s)
		}
		h.items = append(h.items, &tuple{[]value{bytes(fetch.ByteLowercase(x.name)), v}})
	}
	m.put("headers", h)
	send := a.or(2, "send", none{})
	if _, err := in.call(nil, send, &args{pos: []value{m}, at: a.at}); err != nil {
		return err
	}
	b := newDict()
	b.put("type", "http.response.body")
	b.put("body", bytes(r.body))
	_, err := in.call(nil, send, &args{pos: []value{b}, at: a.at})
	return err
}

// call runs a response as an ASGI application.
func (r *response) call(in *interp, a *args) (value, error) {
	if len(a.pos) < 3 {
		return nil, in.raise(a.at, "TypeError", "'%s' object is not callable", r.kind)
	}
	return none{}, in.sendResponse(a, r)
}

// call runs an application as an ASGI application.
func (f *starApp) call(in *interp, a *args) (value, error) { return (&asgiValue{f}).call(in, a) }

// build makes the middleware stack of an application.
func (f *starApp) build(in *interp) error {
	if f.kind == "Router" || f.kind == "APIRouter" {
		f.built = layerFunc(f.route)
		return nil
	}
	var app asgi = layerFunc(func(in *interp, s *starCall) (*response, error) {
		r, err := f.route(in, s)
		return f.except(in, s, r, err)
	})
	for i := len(f.stack) - 1; i >= 0; i-- {
		var err error
		if app, err = in.layer(f.stack[i], app); err != nil {
			return err
		}
	}
	f.built = layerFunc(func(in *interp, s *starCall) (*response, error) {
		r, err := app.handle(in, s)
		return f.serverError(in, s, r, err)
	})
	return nil
}

// handle answers a request.
func (f *starApp) handle(in *interp, s *starCall) (*response, error) {
	if f.built == nil {
		if err := f.build(in); err != nil {
			f.built = layerFunc(func(*interp, *starCall) (*response, error) { return nil, err })
			return nil, err
		}
	}
	if f.kind == "FastAPI" || f.kind == "Starlette" {
		inner := *s
		inner.app = f
		s = &inner
	}
	return f.built.handle(in, s)
}

// except makes responses of exceptions that have a handler.
func (f *starApp) except(in *interp, s *starCall, r *response, err error) (*response, error) {
	var exc *raised
	if !errors.As(err, &exc) {
		return r, err
	}
	var h value
	if exc.exc.class.isA("HTTPException") {
		h, _ = f.handlers.get(attrOf(exc.exc, "status_code"))
		if n, ok := asInt(attrOf(exc.exc, "status_code")); ok && n == 500 {
			h = nil // the handler of 500 belongs to the outermost layer
		}
	}
	if h == nil {
		h = f.handlerFor(exc.exc.class)
	}
	if h != nil {
		v, err := in.call(nil, h, &args{pos: []value{&starRequest{s}, exc.exc}, at: exc.at})
		if err != nil {
			return nil, err
		}
		return in.starResponse(exc.at, v)
	}
	switch {
	case exc.exc.class.isA("HTTPException"):
		return f.httpResponse(in, exc.exc)
	case exc.exc.class.isA("RequestValidationError") && f.kind == "FastAPI":
		return &response{kind: "JSONResponse", status: 422, bodyUnknown: true, headers: []headerLine{{name: "Content-Type", v: "application/json"}}}, nil
	}
	return nil, err
}

// handlerFor returns the handler for a class or its nearest base.
func (f *starApp) handlerFor(c *class) value {
	level := []*class{c}
	for len(level) > 0 {
		var next []*class
		for _, k := range level {
			if h, ok := f.handlers.get(k); ok && k.name != "Exception" {
				return h
			}
			next = append(next, k.bases...)
		}
		level = next
	}
	return nil
}

// httpResponse is the response of an HTTPException.
func (f *starApp) httpResponse(in *interp, e *instance) (*response, error) {
	r := &response{kind: "PlainTextResponse", status: 500, bodyUnknown: true}
	if err := in.setStatus(at0, r, attrOf(e, "status_code")); err != nil {
		return nil, err
	}
	if h := attrOf(e, "headers"); h != nil && h != (none{}) {
		if err := in.addHeaders(at0, r, "add", h); err != nil {
			return nil, err
		}
	}
	kind := "text/plain; charset=utf-8"
	if f.kind == "FastAPI" {
		kind = "application/json"
	}
	r.add("Content-Type", kind, server.Decision{})
	return r, nil
}

// serverError answers exceptions that nothing handled.
func (f *starApp) serverError(in *interp, s *starCall, r *response, err error) (*response, error) {
	var exc *raised
	if !errors.As(err, &exc) {
		return r, err
	}
	if u, ok := exc.exc.native.(*unknown); ok {
		return nil, u.err
	}
	debug, derr := known(f.debug)
	if derr != nil {
		return nil, derr
	}
	h, _ := f.handlers.get(int64(500))
	if h == nil {
		h, _ = f.handlers.get(in.classes["Exception"])
	}
	if debug || h == nil {
		out := &response{kind: "PlainTextResponse", status: 500, bodyUnknown: true}
		out.add("Content-Type", "text/plain; charset=utf-8", server.Decision{})
		return out, nil
	}
	v, err := in.call(nil, h, &args{pos: []value{&starRequest{s}, exc.exc}, at: exc.at})
	if err != nil {
		if errors.As(err, &exc) {
			return &response{kind: "PlainTextResponse", status: 500}, nil
		}
		return nil, err
	}
	return in.starResponse(exc.at, v)
}
