package python

import (
	"strings"

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
