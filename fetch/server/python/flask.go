package python

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// flaskHost is Flask with Flask-CORS.
type flaskHost struct {
	apps    []*flaskApp
	current *flaskCall
	libs    map[string]value
	// fragment is the application that is supplied to a fragment.
	fragment *flaskApp
}

// flaskCall is the request that is being answered.
type flaskCall struct {
	app    *flaskApp
	parts  *requestParts
	rule   *flaskRule
	routed *routed
	view   *args
	g      *instance
	after  []value
	// session is the session of the request.
	session *flaskSession
}

func (h *flaskHost) module(in *interp, name string) value {
	first, _, _ := strings.Cut(name, ".")
	switch name {
	case "flask", "flask_cors", "flask_restful", "werkzeug.exceptions", "werkzeug.middleware.proxy_fix", "flask.views", "flask_restx", "flask.json", "flask_cors.decorator", "flask_cors.extension":
	default:
		if first == "flask" || first == "flask_cors" {
			return harmlessf("%s", name)
		}
		return nil
	}
	if v, ok := h.libs[name]; ok {
		return v
	}
	m := &lib{name: name, attrs: make(map[string]value)}
	if h.libs == nil {
		h.libs = make(map[string]value)
	}
	h.libs[name] = m
	switch first {
	case "flask":
		h.addFlask(in, m)
	case "flask_cors":
		h.addCORS(in, m)
	case "werkzeug":
		if name == "werkzeug.exceptions" {
			in.addHTTPClasses(m)
			m.attrs["abort"] = fn("abort", abort)
		} else {
			m.attrs["ProxyFix"] = fn("ProxyFix", identity)
		}
	case "flask_restful", "flask_restx":
		h.addRestful(in, m)
	}
	return m
}

// free returns what a fragment does not define itself.
func (h *flaskHost) free(in *interp, name string) value {
	if !isFragment(in) {
		return nil
	}
	switch name {
	case "app":
		if h.fragment == nil {
			h.fragment = h.newFlaskApp(in, &args{})
			in.note(at0, "the text is a part of a program: app = Flask(__name__) is supplied")
		}
		return h.fragment
	case "CORS", "cross_origin":
		m, _ := h.module(in, "flask_cors").(*lib)
		return m.attrs[name]
	}
	if m, ok := h.module(in, "flask").(*lib); ok {
		return m.attrs[name]
	}
	return nil
}

// isFragment reports whether the main text is a part of a program: it makes no
// application.
func isFragment(in *interp) bool {
	return in.main != nil && !strings.Contains(in.main.file.Text, "Flask(") && len(in.modules) == 1
}

func (h *flaskHost) escapes(in *interp, v value, u *unknown) {
	switch v := v.(type) {
	case *flaskApp:
		if !u.harmless {
			v.escape(u)
			v.hooked = true
		}
	case *flaskConfig:
		v2 := v
		v2.spoil(u)
	}
}

// addFlask fills the module flask.
func (h *flaskHost) addFlask(in *interp, m *lib) {
	in.addHTTPClasses(&lib{attrs: map[string]value{}})
	app := &class{name: "Flask", dict: map[string]value{}}
	app.create = func(in *interp, c *class, a *args) (value, error) {
		f := h.newFlaskApp(in, a)
		f.name = str(a.or(0, "import_name", ""))
		if c != app && c.lookup("__init__") != nil {
			u := unknownf(a.at, "", "%s, a class derived from Flask", c.name)
			f.escape(u)
		}
		return f, nil
	}
	m.attrs["Flask"] = app
	m.attrs["Blueprint"] = fn("Blueprint", func(in *interp, a *args) (value, error) {
		f := &flaskApp{host: h, blueprint: true, at: a.at, name: str(a.or(0, "name", "")), views: map[string]value{}, handlers: map[errorKey]value{}, attrs: map[string]value{}, children: map[string]*flaskApp{}}
		if p, ok := a.get(-1, "url_prefix").(string); ok {
			f.prefix = p
		} else if u := firstUnknown(a.or(-1, "url_prefix", none{})); u != nil {
			f.escape(u)
		}
		return f, nil
	})
	m.attrs["request"] = &flaskRequest{h}
	m.attrs["g"] = &flaskGlobals{h}
	m.attrs["current_app"] = &currentApp{h}
	m.attrs["session"] = &flaskSessions{h}
	m.attrs["jsonify"] = fn("jsonify", jsonify)
	m.attrs["abort"] = fn("abort", abort)
	m.attrs["redirect"] = fn("redirect", flaskRedirect)
	m.attrs["make_response"] = fn("make_response", func(in *interp, a *args) (value, error) {
		switch len(a.pos) {
		case 0:
			return &response{kind: "Response", status: 200}, nil
		case 1:
			return in.flaskResponse(a.at, a.pos[0])
		}
		return in.flaskResponse(a.at, &tuple{a.pos})
	})
	m.attrs["Response"] = fn("Response", newFlaskResponse)
	m.attrs["url_for"] = fn("url_for", func(in *interp, a *args) (value, error) { return h.urlFor(in, a) })
	m.attrs["after_this_request"] = fn("after_this_request", func(_ *interp, a *args) (value, error) {
		if h.current != nil {
			h.current.after = append(h.current.after, a.or(0, "f", none{}))
		}
		return a.or(0, "f", none{}), nil
	})
	for _, name := range []string{"render_template", "send_file", "send_from_directory"} {
		m.attrs[name] = fn(name, func(in *interp, a *args) (value, error) { return in.fileResponse(name, a), nil })
	}
	m.attrs["render_template_string"] = fn("render_template_string", func(*interp, *args) (value, error) { return "", nil })
	m.attrs["stream_with_context"] = fn("stream_with_context", identity)
	m.attrs["has_request_context"] = fn("has_request_context", func(*interp, *args) (value, error) { return h.current != nil, nil })
	m.attrs["flash"] = fn("flash", func(*interp, *args) (value, error) { return none{}, nil })
	m.attrs["json"] = in.library("json")
	views := &lib{name: "flask.views", attrs: map[string]value{}}
	h.libs["flask.views"] = views
	view := methodView()
	views.attrs["MethodView"] = view
	views.attrs["View"] = view
	m.attrs["views"] = views
}

// methodView returns the class MethodView.
func methodView() *class {
	c := &class{name: "MethodView", dict: map[string]value{}}
	c.dict["as_view"] = &classmethod{fn("as_view", func(in *interp, a *args) (value, error) {
		cl, ok := a.or(0, "", none{}).(*class)
		if !ok {
			return none{}, nil
		}
		rest := a.shift()
		f := fn(str(rest.or(0, "name", cl.name)), func(in *interp, b *args) (value, error) {
			obj, err := in.instantiate(nil, cl, &args{kw: rest.kw, pos: rest.pos[min(1, len(rest.pos)):], at: b.at})
			if err != nil {
				return nil, err
			}
			return in.dispatchMethod(obj, cl, b)
		})
		f.attrs = map[string]value{"methods": classMethods(cl)}
		var out value = f
		if l, ok := cl.lookup("decorators").(*list); ok {
			for _, d := range l.items {
				x, err := in.call(nil, d, &args{pos: []value{out}, at: a.at})
				if err != nil {
					return nil, err
				}
				out = x
			}
		}
		return out, nil
	})}
	return c
}

// classMethods returns the HTTP methods that a class has.
func classMethods(c *class) value {
	if v := c.lookup("methods"); v != nil {
		return v
	}
	out := &list{}
	for _, m := range []string{"get", "post", "head", "options", "delete", "put", "trace", "patch"} {
		if c.lookup(m) != nil {
			out.items = append(out.items, strings.ToUpper(m))
		}
	}
	return out
}

// dispatchMethod calls the method of a view for the request's method.
func (in *interp) dispatchMethod(obj value, c *class, a *args) (value, error) {
	h, _ := in.host.(*flaskHost)
	name := fetch.ByteLowercase(h.current.parts.req.Method)
	m := c.lookup(name)
	if m == nil && name == "head" {
		m = c.lookup("get")
	}
	if m == nil {
		if d := c.lookup("dispatch_request"); d != nil {
			return in.call(nil, d, a.unshift(obj))
		}
		return nil, in.httpError(405, nil)
	}
	return in.call(nil, m, a.unshift(obj))
}

// addCORS fills the module flask_cors.
func (h *flaskHost) addCORS(in *interp, m *lib) {
	m.attrs["CORS"] = &class{name: "CORS", dict: map[string]value{}, create: func(in *interp, c *class, a *args) (value, error) {
		i := &instance{class: c, attrs: map[string]value{}}
		rest := a.shift()
		i.attrs["init_app"] = fn("init_app", func(in *interp, b *args) (value, error) {
			return none{}, in.useCORS(b.at, b.or(0, "app", none{}), append(append([]kwarg(nil), a.kw...), b.kw...), firstMore(a, b))
		})
		app := a.or(0, "app", none{})
		rest.kw = nil
		for _, k := range a.kw {
			if k.name != "app" {
				rest.kw = append(rest.kw, k)
			}
		}
		if app == (none{}) {
			return i, nil
		}
		return i, in.useCORS(a.at, app, rest.kw, a.more)
	}}
	m.attrs["cross_origin"] = fn("cross_origin", crossOrigin)
}

func firstMore(list ...*args) *unknown {
	for _, a := range list {
		if a.more != nil {
			return a.more
		}
	}
	return nil
}

// useCORS applies CORS(app, …).
func (in *interp) useCORS(at server.Position, app value, kw []kwarg, more *unknown) error {
	f, ok := app.(*flaskApp)
	if c, isCurrent := app.(*currentApp); isCurrent {
		f, ok = c.h.app(), true
	}
	if !ok {
		if firstUnknown(app) != nil {
			return nil
		}
		return in.raise(at, "AttributeError", "'%s' object has no attribute 'after_request'", typeName(app))
	}
	e, err := in.newExtension(at, f.config, kw)
	if err != nil {
		return err
	}
	if more != nil {
		e.unknown = more
	}
	f.after = append(f.after, e)
	if !f.blueprint {
		b, u, _ := in.truth(nil, nil, e.intercept)
		if u != nil {
			f.escape(u)
		}
		if b {
			f.wrappers = append(f.wrappers, e)
		}
	}
	return nil
}

// crossOrigin is the decorator cross_origin.
func crossOrigin(in *interp, a *args) (value, error) {
	return fn("cross_origin", func(in *interp, b *args) (value, error) {
		f := b.or(0, "", none{})
		automatic := a.or(-1, "automatic_options", true)
		out := wrapView(f, func(in *interp, c *args) (value, error) { return in.crossOriginCall(f, a, c) })
		if isTrue(automatic) {
			out.attrs["required_methods"] = newSet("OPTIONS")
			out.attrs["provide_automatic_options"] = false
		}
		out.attrs["__wrapped__"] = f
		// The attributes are set on the function itself as well.
		if x, ok := f.(*function); ok && isTrue(automatic) {
			if x.attrs == nil {
				x.attrs = make(map[string]value)
			}
			x.attrs["required_methods"], x.attrs["provide_automatic_options"] = out.attrs["required_methods"], false
		}
		return out, nil
	}), nil
}

// crossOriginCall runs a view function under cross_origin.
func (in *interp) crossOriginCall(f value, options, a *args) (value, error) {
	h, _ := in.host.(*flaskHost)
	c := h.current
	d := corsDefaults(c.app.config)
	mergeOptions(d, options.kw)
	o, err := in.corsOptionsOf(options.at, d)
	if err != nil {
		return nil, err
	}
	if options.more != nil {
		o.unknown = options.more
	}
	automatic, err := known(o.automatic)
	if err != nil {
		return nil, err
	}
	var r *response
	if automatic && c.parts.req.Method == "OPTIONS" {
		r = c.optionsResponse()
	} else {
		v, err := in.call(nil, f, a)
		if err != nil {
			return nil, err
		}
		if r, err = in.flaskResponse(a.at, v); err != nil {
			return nil, err
		}
	}
	if err := o.apply(in, c.parts, r); err != nil {
		return nil, err
	}
	r.evaluated = true
	return r, nil
}
