package python

import (
	"path"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// flaskApp is a Flask application or a blueprint.
type flaskApp struct {
	host      *flaskHost
	name      string
	at        server.Position
	blueprint bool
	prefix    string
	config    *dict // nil for a blueprint
	rules     []*flaskRule
	views     map[string]value
	before    []value
	after     []any // values and *corsExtension, in the order of registration
	wrappers  []*corsExtension
	handlers  map[errorKey]value
	// appWide are what a blueprint registers for the application.
	deferred []func(in *interp, app *flaskApp, prefix, name string) error
	state    *ruleState
	attrs    map[string]value
	escaped  *unknown // code that is not known has got it
	// hooked reports whether that code may have added hooks and not only routes.
	hooked bool
	// parents are the blueprints around a blueprint, from the inside out.
	parents  []*flaskApp
	runDebug value // of run(debug=…)
	ran      bool
	children map[string]*flaskApp
}

// errorKey is what an error handler is registered for: a class, and the status when
// there is one.
type errorKey struct {
	code  int
	class *class
}

func (f *flaskApp) typeName() string {
	if f.blueprint {
		return "Blueprint"
	}
	return "Flask"
}

// newFlaskApp makes an application.
func (h *flaskHost) newFlaskApp(in *interp, a *args) *flaskApp {
	f := &flaskApp{host: h, at: a.at, views: make(map[string]value), handlers: make(map[errorKey]value), attrs: make(map[string]value), children: make(map[string]*flaskApp)}
	in.addHTTPClasses(&lib{attrs: map[string]value{}})
	f.config = newDict()
	f.config.put("DEBUG", in.flaskDebug(a.at))
	f.config.put("TESTING", false)
	f.config.put("PROPAGATE_EXCEPTIONS", none{})
	f.config.put("APPLICATION_ROOT", "/")
	f.config.put("SECRET_KEY", none{})
	f.config.put("MAX_CONTENT_LENGTH", none{})
	f.config.put("PREFERRED_URL_SCHEME", "http")
	if folder := a.or(2, "static_folder", "static"); folder != (none{}) {
		url := "/" + path.Base(str(folder))
		if s, ok := a.get(1, "static_url_path").(string); ok {
			url = strings.TrimRight(s, "/")
		}
		r := &flaskRule{path: url + "/<path:filename>", endpoint: "static", methods: []string{"GET"}, strict: true, at: a.at}
		f.views["static"] = fn("static", func(in *interp, a *args) (value, error) { return in.staticFile(folder, a) })
		_ = f.finishRule(in, r, r.methods, nil) // the pattern is valid
	}
	h.apps = append(h.apps, f)
	return f
}

// staticFile answers a request for a file of the static folder.
func (in *interp) staticFile(folder value, a *args) (value, error) {
	name := str(folder) + "/" + str(a.or(-1, "filename", ""))
	u := firstUnknown(folder)
	if u == nil && in.exists(a.at, "isfile", name) == value(true) {
		return &response{kind: "Response", status: 200, bodyUnknown: true}, nil
	}
	if u == nil && len(in.src.Set) == 0 && in.src.Files != nil {
		return nil, in.httpError(404, nil)
	}
	return &response{kind: "Response", status: 404, unknown: unknownf(at0, "give the files with the text", "whether %s exists", name)}, nil
}

// flaskDebug returns whether FLASK_DEBUG switches debugging on.
func (in *interp) flaskDebug(at server.Position) value {
	v, ok := in.src.Env["FLASK_DEBUG"]
	if !ok {
		return in.src.Env["FLASK_ENV"] == "development"
	}
	switch fetch.ByteLowercase(v) {
	case "0", "false", "no", "":
		return false
	}
	return true
}

func (f *flaskApp) attr(in *interp, name string) (value, error) {
	if v, ok := f.attrs[name]; ok {
		return v, nil
	}
	switch name {
	case "config":
		if f.config != nil {
			return &flaskConfig{f.config}, nil
		}
		return nil, nil
	case "debug":
		if f.config != nil {
			return f.config.str("DEBUG"), nil
		}
	case "name", "import_name":
		return f.name, nil
	case "route", "get", "post", "put", "delete", "patch":
		return fn(name, func(in *interp, a *args) (value, error) { return f.route(in, name, a) }), nil
	case "add_url_rule":
		return fn(name, func(in *interp, a *args) (value, error) { return f.addURLRule(in, a) }), nil
	case "before_request", "before_app_request":
		return f.hook(name, func(app *flaskApp, v value) { app.before = append(app.before, v) }), nil
	case "after_request", "after_app_request":
		return f.hook(name, func(app *flaskApp, v value) { app.after = append(app.after, v) }), nil
	case "errorhandler", "app_errorhandler":
		return fn(name, func(_ *interp, a *args) (value, error) {
			what := a.or(0, "code_or_exception", none{})
			return fn(name, func(in *interp, b *args) (value, error) {
				return b.or(0, "", none{}), f.register(in, a.at, name, what, b.or(0, "", none{}))
			}), nil
		}), nil
	case "register_error_handler":
		return fn(name, func(in *interp, a *args) (value, error) {
			return none{}, f.register(in, a.at, name, a.or(0, "", none{}), a.or(1, "", none{}))
		}), nil
	case "register_blueprint":
		return fn(name, func(in *interp, a *args) (value, error) { return none{}, f.registerBlueprint(in, a) }), nil
	case "run":
		return fn(name, func(_ *interp, a *args) (value, error) {
			f.ran = true
			f.runDebug = a.or(2, "debug", none{})
			return none{}, nil
		}), nil
	case "teardown_request", "teardown_appcontext", "context_processor", "shell_context_processor", "before_first_request", "template_filter", "template_global", "url_defaults", "record", "record_once", "before_app_first_request":
		return fn(name, func(_ *interp, a *args) (value, error) {
			if name == "template_filter" || name == "template_global" {
				return fn(name, identity), nil
			}
			return a.or(0, "", none{}), nil
		}), nil
	case "make_response":
		return fn(name, func(in *interp, a *args) (value, error) { return in.flaskResponse(a.at, a.or(0, "", none{})) }), nil
	case "make_default_options_response":
		return fn(name, func(in *interp, _ *args) (value, error) {
			if h, ok := in.host.(*flaskHost); ok && h.current != nil {
				return h.current.optionsResponse(), nil
			}
			return harmlessf("app.%s()", name), nil
		}), nil
	case "response_class":
		return fn("Response", newFlaskResponse), nil
	case "url_map":
		return &urlMap{f}, nil
	case "wsgi_app":
		return &wsgiApp{f}, nil
	case "view_functions":
		d := newDict()
		for _, k := range sortedNames(f.views) {
			d.put(k, f.views[k])
		}
		return d, nil
	case "app_context", "test_request_context", "request_context":
		return fn(name, func(*interp, *args) (value, error) { return harmlessf("app.%s()", name), nil }), nil
	case "url_value_preprocessor":
		return fn(name, func(_ *interp, a *args) (value, error) {
			u := unknownf(a.at, "", "url_value_preprocessor()")
			f.escape(u)
			return a.or(0, "", none{}), nil
		}), nil
	}
	return harmlessf("app.%s", name), nil
}

func (f *flaskApp) setAttr(_ *interp, name string, v value) error {
	switch name {
	case "debug":
		if f.config != nil {
			f.config.put("DEBUG", v)
		}
	case "secret_key":
		if f.config != nil {
			f.config.put("SECRET_KEY", v)
		}
	case "config":
		return nil
	case "wsgi_app":
		if w, ok := v.(*wsgiApp); !ok || w.app != f {
			u := firstUnknown(v)
			if u == nil {
				u = unknownf(f.at, "", "the WSGI middleware around the application")
			}
			if !u.harmless {
				f.escape(u)
			}
		}
	case "response_class":
		if c, ok := v.(*class); !ok || c.has("__init__") || c.has("__call__") {
			f.escape(unknownf(f.at, "", "app.response_class, which is replaced"))
		}
	case "handle_exception", "handle_user_exception", "process_response", "make_response", "full_dispatch_request":
		f.escape(unknownf(f.at, "", "app.%s, which is replaced", name))
	}
	f.attrs[name] = v
	return nil
}

// escape notes that code that is not known has got the application.
func (f *flaskApp) escape(u *unknown) {
	if f.escaped == nil {
		f.escaped = u
	}
}

// hook returns a decorator that registers a function.
func (f *flaskApp) hook(name string, add func(app *flaskApp, v value)) value {
	return fn(name, func(_ *interp, a *args) (value, error) {
		v := a.or(0, "f", none{})
		if strings.Contains(name, "_app_") && f.blueprint {
			f.deferred = append(f.deferred, func(_ *interp, app *flaskApp, _, _ string) error {
				add(app, v)
				return nil
			})
			return v, nil
		}
		add(f, v)
		return v, nil
	})
}

// register registers an error handler.
func (f *flaskApp) register(in *interp, at server.Position, name string, what, handler value) error {
	key := errorKey{}
	switch w := what.(type) {
	case *unknown:
		if !w.harmless {
			f.escape(w)
		}
		return nil
	case int64:
		key.code = int(w)
		if key.class = in.httpClass(int(w)); key.class == nil {
			return in.raise(at, "ValueError", "'%d' is not a recognized HTTP error code. Use a subclass of HTTPException with that code instead.", w)
		}
	case *class:
		key.class = w
		if c, ok := w.lookup("code").(int64); ok {
			key.code = int(c)
		}
	default:
		return in.raise(at, "TypeError", "%s is not a subclass of Exception", repr(what))
	}
	if f.blueprint && name == "app_errorhandler" {
		f.deferred = append(f.deferred, func(_ *interp, app *flaskApp, _, _ string) error {
			app.handlers[key] = handler
			return nil
		})
		return nil
	}
	f.handlers[key] = handler
	return nil
}

// route returns the decorator of a route.
func (f *flaskApp) route(in *interp, name string, a *args) (value, error) {
	return fn("route", func(in *interp, b *args) (value, error) {
		v := b.or(0, "", none{})
		c := &args{pos: []value{a.or(0, "rule", ""), none{}, v}, at: a.at, more: a.more}
		for _, k := range a.kw {
			switch k.name {
			case "endpoint":
				c.pos[1] = k.v
			case "rule":
			default:
				c.kw = append(c.kw, k)
			}
		}
		if name != "route" {
			c.kw = append(c.kw, kwarg{"methods", &list{[]value{strings.ToUpper(name)}}})
		}
		_, err := f.addURLRule(in, c)
		return v, err
	}), nil
}
