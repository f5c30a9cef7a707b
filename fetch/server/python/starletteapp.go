package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// asgi is an application or a middleware of Starlette.
type asgi interface {
	handle(in *interp, s *starCall) (*response, error)
}

// starCall is one request.
type starCall struct {
	parts  *requestParts
	path   string // what is left of it after mounts
	root   string
	params *dict
	app    *starApp
	state  *instance
	route  *starRoute
	raw    *dict // the scope, when a pure ASGI middleware has made one
	// lost says why the answer of an application behind a pure ASGI middleware is not
	// known.
	lost *unknown
}

// starApp is an application of Starlette or FastAPI, or a router.
type starApp struct {
	host     *starHost
	kind     string // "FastAPI", "Starlette", "APIRouter", "Router"
	at       server.Position
	prefix   string
	routes   []*starRoute
	stack    []starLayer // the first is the outermost
	handlers *dict       // exception handlers
	debug    value
	redirect bool
	state    *instance
	attrs    map[string]value
	depends  []value
	startup  []value
	lifespan value
	escaped  *unknown
	// hooked reports whether code that is not known may have added middleware and
	// not only routes.
	hooked bool
	built  asgi
}

// starLayer is one user middleware.
type starLayer struct {
	class value
	args  *args
}

// isFast reports whether routes are those of FastAPI.
func (f *starApp) isFast() bool { return f.kind == "FastAPI" || f.kind == "APIRouter" }

func (f *starApp) typeName() string { return f.kind }

func (h *starHost) newApp(in *interp, kind string, a *args) (*starApp, error) {
	f := &starApp{host: h, kind: kind, at: a.at, handlers: newDict(), debug: a.or(-1, "debug", false), redirect: true, attrs: map[string]value{}}
	f.state = &instance{class: in.classes["object"], attrs: map[string]value{}}
	if v := a.get(-1, "redirect_slashes"); v != nil {
		f.redirect = isTrue(v)
	}
	if p, ok := a.get(-1, "prefix").(string); ok {
		f.prefix = p
		if p != "" && (!strings.HasPrefix(p, "/") || strings.HasSuffix(p, "/")) {
			return nil, in.raise(a.at, "AssertionError", "A path prefix must start with '/' and must not end with '/', as the routes will start with '/'")
		}
	} else if u := firstUnknown(a.or(-1, "prefix", none{})); u != nil {
		f.escaped = u
	}
	if d := a.get(-1, "dependencies"); d != nil {
		items, u, err := in.iterateAt(nil, a.at, d)
		if err != nil {
			return nil, err
		}
		if u != nil {
			f.escaped = u
		}
		f.depends = items
	}
	if d, ok := a.get(-1, "exception_handlers").(*dict); ok {
		f.handlers = d.clone()
	}
	f.lifespan = a.or(-1, "lifespan", none{})
	if kind == "FastAPI" {
		f.addDocs(a)
	}
	if kind == "FastAPI" || kind == "Starlette" {
		h.apps = append(h.apps, f)
		if err := f.addStack(in, a); err != nil {
			return nil, err
		}
	}
	if v := a.get(-1, "on_startup"); v != nil {
		items, _, err := in.iterateAt(nil, a.at, v)
		if err != nil {
			return nil, err
		}
		f.startup = append(f.startup, items...)
	}
	if kind == "Starlette" || kind == "Router" {
		return f, f.addRoutes(in, a)
	}
	return f, nil
}

// addDocs adds the routes of FastAPI's documentation.
func (f *starApp) addDocs(a *args) {
	open := a.or(-1, "openapi_url", "/openapi.json")
	docs := a.or(-1, "docs_url", "/docs")
	redoc := a.or(-1, "redoc_url", "/redoc")
	add := func(v value) {
		if s, ok := v.(string); ok && s != "" {
			r := mustRoute(s, []string{"GET", "HEAD"}, fn("docs", func(*interp, *args) (value, error) {
				return &response{kind: "HTMLResponse", status: 200, bodyUnknown: true}, nil
			}), a.at)
			r.documentation = true
			f.routes = append(f.routes, r)
		} else if u := firstUnknown(v); u != nil {
			f.escaped = u
		}
	}
	if open == (none{}) {
		return
	}
	add(open)
	if docs != (none{}) {
		add(docs)
		add(a.or(-1, "swagger_ui_oauth2_redirect_url", "/docs/oauth2-redirect"))
	}
	add(redoc)
}

// addStack adds the argument middleware.
func (f *starApp) addStack(in *interp, a *args) error {
	v := a.get(-1, "middleware")
	if v == nil || v == (none{}) {
		return nil
	}
	items, u, err := in.iterateAt(nil, a.at, v)
	if err != nil {
		return err
	}
	if u != nil {
		f.stack = append(f.stack, starLayer{class: u, args: a})
	}
	for _, x := range items {
		switch m := x.(type) {
		case *starLayer:
			f.stack = append(f.stack, *m)
		case *unknown:
			f.stack = append(f.stack, starLayer{class: m, args: a})
		}
	}
	return nil
}

func (l *starLayer) typeName() string { return "Middleware" }

func (l *starLayer) attr(*interp, string) (value, error) { return nil, nil }

// addRoutes adds the argument routes.
func (f *starApp) addRoutes(in *interp, a *args) error {
	v := a.get(0, "routes")
	if f.kind == "Starlette" {
		v = a.get(1, "routes")
	}
	if v == nil || v == (none{}) {
		return nil
	}
	items, u, err := in.iterateAt(nil, a.at, v)
	if u != nil {
		f.escape(u)
	}
	for _, x := range items {
		switch r := x.(type) {
		case *starRoute:
			f.routes = append(f.routes, r)
		case *unknown:
			f.escape(r)
		}
	}
	return err
}

func (f *starApp) escape(u *unknown) {
	if f.escaped == nil && !u.harmless {
		f.escaped = u
	}
}

// starMethods are the decorators of routes.
var starMethods = []string{"get", "post", "put", "delete", "patch", "options", "head", "trace"}

func (f *starApp) attr(in *interp, name string) (value, error) {
	if v, ok := f.attrs[name]; ok {
		return v, nil
	}
	if slices.Contains(starMethods, name) && f.isFast() {
		return fn(name, func(in *interp, a *args) (value, error) { return f.decorator(in, a, []string{strings.ToUpper(name)}) }), nil
	}
	switch name {
	case "api_route":
		return fn(name, func(in *interp, a *args) (value, error) {
			methods, err := in.methodList(a, []string{"GET"})
			if err != nil {
				return nil, err
			}
			return f.decorator(in, a, methods)
		}), nil
	case "route":
		return fn(name, func(in *interp, a *args) (value, error) {
			return fn(name, func(in *interp, b *args) (value, error) {
				return b.or(0, "", none{}), f.addRoute(in, a, b.or(0, "", none{}))
			}), nil
		}), nil
	case "add_route":
		return fn(name, func(in *interp, a *args) (value, error) { return none{}, f.addRoute(in, a, a.or(1, "route", none{})) }), nil
	case "add_api_route":
		return fn(name, func(in *interp, a *args) (value, error) {
			methods, err := in.methodList(a, []string{"GET"})
			if err != nil {
				return nil, err
			}
			return none{}, f.addAPIRoute(in, a, methods, a.or(1, "endpoint", none{}))
		}), nil
	case "include_router":
		return fn(name, func(in *interp, a *args) (value, error) { return none{}, f.include(in, a) }), nil
	case "mount":
		return fn(name, func(in *interp, a *args) (value, error) { return none{}, f.mount(in, a) }), nil
	case "add_middleware":
		return fn(name, func(in *interp, a *args) (value, error) {
			l := starLayer{class: a.or(0, "middleware_class", none{}), args: a.shift()}
			f.stack = append([]starLayer{l}, f.stack...)
			return none{}, nil
		}), nil
	case "middleware":
		return fn(name, func(in *interp, a *args) (value, error) {
			return fn(name, func(in *interp, b *args) (value, error) {
				f.stack = append([]starLayer{{class: &dispatcher{b.or(0, "", none{})}, args: &args{at: b.at}}}, f.stack...)
				return b.or(0, "", none{}), nil
			}), nil
		}), nil
	case "exception_handler":
		return fn(name, func(in *interp, a *args) (value, error) {
			return fn(name, func(in *interp, b *args) (value, error) {
				f.handlers.put(a.or(0, "", none{}), b.or(0, "", none{}))
				return b.or(0, "", none{}), nil
			}), nil
		}), nil
	case "add_exception_handler":
		return fn(name, func(in *interp, a *args) (value, error) {
			f.handlers.put(a.or(0, "", none{}), a.or(1, "handler", none{}))
			return none{}, nil
		}), nil
	case "on_event":
		return fn(name, func(in *interp, a *args) (value, error) {
			return fn(name, func(in *interp, b *args) (value, error) {
				if a.or(0, "", "") == value("startup") {
					f.startup = append(f.startup, b.or(0, "", none{}))
				}
				return b.or(0, "", none{}), nil
			}), nil
		}), nil
	case "websocket", "websocket_route":
		return fn(name, func(*interp, *args) (value, error) { return fn(name, identity), nil }), nil
	case "state":
		return f.state, nil
	case "router":
		return f, nil
	case "routes":
		out := &list{}
		for _, r := range f.routes {
			out.items = append(out.items, r)
		}
		return out, nil
	case "dependency_overrides":
		return newDict(), nil
	case "url_path_for":
		return fn(name, func(*interp, *args) (value, error) { return harmlessf("url_path_for()"), nil }), nil
	}
	return harmlessf("app.%s", name), nil
}

func (f *starApp) setAttr(_ *interp, name string, v value) error {
	f.attrs[name] = v
	return nil
}
