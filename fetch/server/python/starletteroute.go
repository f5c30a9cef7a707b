package python

import (
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// starRoute is a route or a mount.
type starRoute struct {
	at       server.Position
	path     string
	re       *regexp.Regexp
	names    []string
	kinds    []string
	methods  []string // nil for all
	endpoint value
	fast     bool
	mounted  asgi
	status   value
	depends  []value
	// documentation: FastAPI adds the route by itself.
	documentation bool
}

func (r *starRoute) typeName() string { return "Route" }

func (r *starRoute) attr(_ *interp, name string) (value, error) {
	switch name {
	case "path":
		return r.path, nil
	case "methods":
		return stringList(r.methods), nil
	case "name":
		return viewName(r.endpoint), nil
	}
	return nil, nil
}

// starParam finds the parameters of a path.
var starParam = regexp.MustCompile(`{([a-zA-Z_][a-zA-Z0-9_]*)(:[a-zA-Z_][a-zA-Z0-9_]*)?}`)

// starConvertors are the patterns of the convertors.
var starConvertors = map[string]string{
	"": `[^/]+`, ":str": `[^/]+`, ":path": `.*`, ":int": `[0-9]+`, ":float": `[0-9]+(?:\.[0-9]+)?`,
	":uuid": `[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}`,
}

// parseRoute makes a route of a path.
func parseRoute(in *interp, at server.Position, path string) (*starRoute, error) {
	r := &starRoute{at: at, path: path}
	var b strings.Builder
	last := 0
	for _, m := range starParam.FindAllStringSubmatchIndex(path, -1) {
		kind := ""
		if m[4] >= 0 {
			kind = path[m[4]:m[5]]
		}
		p, ok := starConvertors[kind]
		if !ok {
			return nil, in.raise(at, "AssertionError", "Unknown path convertor '%s'", strings.TrimPrefix(kind, ":"))
		}
		b.WriteString(regexp.QuoteMeta(path[last:m[0]]) + "(" + p + ")")
		r.names, r.kinds = append(r.names, path[m[2]:m[3]]), append(r.kinds, kind)
		last = m[1]
	}
	b.WriteString(regexp.QuoteMeta(path[last:]))
	r.re = regexp.MustCompile(`\A` + b.String() + `\z`)
	return r, nil
}

// mustRoute makes a route of a path without parameters.
func mustRoute(path string, methods []string, endpoint value, at server.Position) *starRoute {
	return &starRoute{at: at, path: path, re: regexp.MustCompile(`\A` + regexp.QuoteMeta(path) + `\z`), methods: methods, endpoint: endpoint}
}

// newRoute is Route(path, endpoint, methods=…).
func newRoute(in *interp, a *args, path string, endpoint value) (*starRoute, error) {
	if !strings.HasPrefix(path, "/") {
		return nil, in.raise(a.at, "AssertionError", "Routed paths must start with '/'")
	}
	r, err := parseRoute(in, a.at, path)
	if err != nil {
		return nil, err
	}
	r.endpoint = endpoint
	standard := []string{"GET"}
	if _, isClass := endpoint.(*class); isClass {
		standard = nil
	}
	if r.methods, err = in.methodList(a, standard); err != nil {
		return nil, err
	}
	if slices.Contains(r.methods, "GET") {
		r.methods = append(r.methods, "HEAD")
	}
	return r, nil
}

// newMount is Mount(path, app=…, routes=…).
func newMount(in *interp, a *args) (*starRoute, error) {
	path, _ := a.or(0, "path", "").(string)
	r, err := parseRoute(in, a.at, strings.TrimRight(path, "/")+"/{path:path}")
	if err != nil {
		return nil, err
	}
	r.path = strings.TrimRight(path, "/")
	h, _ := in.host.(*starHost)
	switch app := a.or(1, "app", none{}); app {
	case none{}:
		if r.mounted, err = h.newApp(in, "Router", &args{kw: a.kw, at: a.at}); err != nil {
			return nil, err
		}
	default:
		r.mounted = applicationOf(app)
	}
	if v := a.get(-1, "middleware"); v != nil {
		items, _, err := in.iterateAt(nil, a.at, v)
		if err != nil {
			return nil, err
		}
		for i := len(items) - 1; i >= 0; i-- {
			if l, ok := items[i].(*starLayer); ok {
				if r.mounted, err = in.layer(*l, r.mounted); err != nil {
					return nil, err
				}
			}
		}
	}
	return r, nil
}

// matches returns the parameters of a path; ok is false when it does not match.
func (r *starRoute) matches(path string) (values []string, ok bool) {
	m := r.re.FindStringSubmatch(path)
	if m == nil {
		return nil, false
	}
	return m[1:], true
}

// handle routes a request.
func (f *starApp) route(in *interp, s *starCall) (*response, error) {
	var partial *starRoute
	for _, r := range f.routes {
		values, ok := r.matches(s.path)
		if !ok {
			continue
		}
		if r.mounted == nil && r.methods != nil && !slices.Contains(r.methods, s.parts.req.Method) {
			if partial == nil {
				partial = r
			}
			continue
		}
		return r.run(in, s, values)
	}
	if partial != nil {
		return nil, in.starError(405, "Method Not Allowed", &dict{keys: []value{"Allow"}, vals: []value{strings.Join(partial.methods, ", ")}, index: map[any]int{"Allow": 0}})
	}
	if f.redirect && s.path != "/" {
		path := s.path + "/"
		if strings.HasSuffix(s.path, "/") {
			path = strings.TrimRight(s.path, "/")
		}
		for _, r := range f.routes {
			if _, ok := r.matches(path); ok {
				url := s.parts.scheme + "://" + s.parts.host + s.root + path
				if s.parts.query != "" {
					url += "?" + s.parts.query
				}
				out := &response{kind: "RedirectResponse", status: 307}
				out.add("Location", url, server.Decision{})
				return out, nil
			}
		}
	}
	return nil, in.starError(404, "Not Found", nil)
}

// run runs a route that matches.
func (r *starRoute) run(in *interp, s *starCall, values []string) (*response, error) {
	if r.mounted != nil {
		inner := *s
		inner.path = "/" + values[len(values)-1]
		inner.root = s.root + strings.TrimSuffix(s.path, inner.path)
		return r.mounted.handle(in, &inner)
	}
	s.route = r
	for i, name := range r.names {
		var v value = values[i]
		switch r.kinds[i] {
		case ":int":
			n, err := in.toInt(r.at, v)
			if err != nil {
				return nil, err
			}
			v = n
		case ":float":
			f, err := typeFloat(in, &args{pos: []value{v}, at: r.at})
			if err != nil {
				return nil, err
			}
			v = f
		}
		s.params.put(name, v)
	}
	if r.fast {
		return in.runEndpoint(s, r)
	}
	v, err := in.runPlain(s, r)
	if err != nil {
		return nil, err
	}
	return in.starResponse(r.at, v)
}

// runPlain runs an endpoint of Starlette: a function, or a class with a method for
// each method of requests.
func (in *interp) runPlain(s *starCall, r *starRoute) (value, error) {
	q := &starRequest{s}
	c, ok := r.endpoint.(*class)
	if !ok {
		return in.call(nil, r.endpoint, &args{pos: []value{q}, at: r.at})
	}
	obj := &instance{class: c, attrs: map[string]value{}}
	name := fetch.ByteLowercase(s.parts.req.Method)
	m := c.lookup(name)
	if m == nil && name == "head" {
		m = c.lookup("get")
	}
	if m == nil {
		var allowed []string
		for _, x := range []string{"get", "head", "post", "put", "patch", "delete", "options"} {
			if c.lookup(x) != nil {
				allowed = append(allowed, strings.ToUpper(x))
			}
		}
		h := newDict()
		h.put("Allow", strings.Join(allowed, ", "))
		return nil, in.starError(405, "Method Not Allowed", h)
	}
	return in.call(nil, m, &args{pos: []value{obj, q}, at: r.at})
}

// starResponse returns what an endpoint of Starlette returned.
func (in *interp) starResponse(at server.Position, v value) (*response, error) {
	switch v := v.(type) {
	case *response:
		return v, nil
	case *unknown:
		r := &response{kind: "Response", status: 200, unknown: v}
		if speaksOfCORS(nil, in) {
			r.unknownHeaders = v
		}
		return r, nil
	}
	return nil, in.raise(at, "TypeError", "'%s' object is not callable", typeName(v))
}

// starError returns Starlette's HTTPException as an error.
func (in *interp) starError(status int64, detail string, headers *dict) error {
	i := &instance{class: in.classes["HTTPException"], attrs: map[string]value{"status_code": status, "detail": detail, "headers": none{}, "args": &tuple{}}}
	if headers != nil {
		i.attrs["headers"] = headers
	}
	return &raised{i, in.here()}
}
