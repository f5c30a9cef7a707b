package python

import (
	"slices"
	"strings"

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
	deferred   []func(in *interp, app *flaskApp, prefix, name string) error
	static     bool
	state      *ruleState
	attrs      map[string]value
	escaped    *unknown // code that is not known has got it
	processors []value
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
	if a.or(-1, "static_folder", "static") != (none{}) {
		path := "/static"
		if s, ok := a.get(1, "static_url_path").(string); ok {
			path = strings.TrimRight(s, "/")
		}
		r := &flaskRule{path: path + "/<path:filename>", endpoint: "static", methods: []string{"GET"}, strict: true, at: a.at}
		f.views["static"] = fn("static", func(in *interp, a *args) (value, error) { return in.staticFile(a) })
		_ = f.finishRule(in, r, r.methods, nil) // the pattern is valid
	}
	h.apps = append(h.apps, f)
	return f
}

// staticFile answers a request for a file of the static folder.
func (in *interp) staticFile(a *args) (value, error) {
	name := str(a.or(-1, "filename", ""))
	if in.exists(a.at, "isfile", "static/"+name) == value(true) {
		return &response{kind: "Response", status: 200, bodyUnknown: true}, nil
	}
	if len(in.src.Set) == 0 && in.src.Files != nil {
		return nil, in.httpError(404, nil)
	}
	return &response{kind: "Response", status: 404, unknown: unknownf(at0, "give the files with the text", "whether static/%s exists", name)}, nil
}

// flaskDebug returns whether FLASK_DEBUG switches debugging on.
func (in *interp) flaskDebug(at server.Position) value {
	v, ok := in.src.Env["FLASK_DEBUG"]
	if !ok {
		return in.src.Env["FLASK_ENV"] == "development"
	}
	switch strings.ToLower(v) {
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

// addURLRule adds a rule with its view function.
func (f *flaskApp) addURLRule(in *interp, a *args) (value, error) {
	path, view := a.or(0, "rule", ""), a.or(2, "view_func", none{})
	if u := firstUnknown(path, a.or(-1, "methods", none{})); u != nil {
		f.escape(u)
		return none{}, nil
	}
	r := &flaskRule{path: str(path), at: a.at, strict: true}
	r.endpoint, _ = a.or(1, "endpoint", none{}).(string)
	if r.endpoint == "" {
		r.endpoint = viewName(view)
	}
	if s := a.get(-1, "strict_slashes"); s != nil {
		r.strict = isTrue(s)
	} else if s, ok := f.attrs["\x00strict"]; ok {
		r.strict = isTrue(s)
	}
	r.defaults, _ = a.get(-1, "defaults").(*dict)
	methods, err := in.viewMethods(a, view)
	if err != nil {
		return nil, err
	}
	if f.blueprint {
		f.rules = append(f.rules, r)
		f.deferred = append(f.deferred, func(in *interp, app *flaskApp, prefix, name string) error {
			copied := *r
			copied.parts, copied.names, copied.kinds = nil, nil, nil
			copied.path = joinRule(prefix, r.path)
			copied.endpoint = name + "." + r.endpoint
			copied.blueprint = append([]*flaskApp{f}, f.parents...)
			return app.addView(in, &copied, methods, view)
		})
		return none{}, nil
	}
	return none{}, f.addView(in, r, methods, view)
}

// joinRule joins the prefix of a blueprint and a rule.
func joinRule(prefix, path string) string {
	if prefix == "" {
		return path
	}
	if path == "" {
		return prefix
	}
	return strings.TrimRight(prefix, "/") + "/" + strings.TrimLeft(path, "/")
}

// viewName returns the name of a view function.
func viewName(v value) string {
	switch v := v.(type) {
	case *function:
		return v.name
	case *builtin:
		return v.name
	case *decorated:
		return viewName(v.fun)
	case *cached:
		return viewName(v.fun)
	case *bound:
		return viewName(v.fun)
	}
	return "view"
}

// viewMethods returns the methods of a view as they are given.
func (in *interp) viewMethods(a *args, view value) ([]string, error) {
	v := a.get(-1, "methods")
	if v == nil || v == (none{}) {
		var err error
		if v, err = in.attrOr(nil, nil, view, "methods"); err != nil {
			return nil, err
		}
	}
	if v == nil || v == (none{}) || firstUnknown(v) != nil {
		return []string{"GET"}, nil
	}
	if _, ok := v.(string); ok {
		return nil, in.raise(a.at, "TypeError", "Allowed methods must be a list of strings, for example: @app.route(..., methods=[\"POST\"])")
	}
	items, _, err := in.iterateAt(nil, a.at, v)
	var out []string
	for _, x := range items {
		out = append(out, strings.ToUpper(str(x)))
	}
	return out, err
}

// addView adds a rule and its view function to an application.
func (f *flaskApp) addView(in *interp, r *flaskRule, methods []string, view value) error {
	if old, ok := f.views[r.endpoint]; ok && view != (none{}) && old != view {
		return in.raise(r.at, "AssertionError", "View function mapping is overwriting an existing endpoint function: %s", r.endpoint)
	}
	if view != (none{}) {
		f.views[r.endpoint] = view
	}
	return f.finishRule(in, r, methods, view)
}

// finishRule gives a rule its methods and adds it to the map.
func (f *flaskApp) finishRule(in *interp, r *flaskRule, methods []string, view value) error {
	r.methods = slices.Clone(methods)
	r.automatic = !slices.Contains(methods, "OPTIONS")
	if view != nil {
		if required, _ := in.attrOr(nil, nil, view, "required_methods"); required != nil {
			if s, ok := required.(*set); ok {
				for _, k := range s.keys {
					r.methods = append(r.methods, str(k))
				}
			}
		}
		if p, _ := in.attrOr(nil, nil, view, "provide_automatic_options"); p == value(false) {
			r.automatic = false
		} else if p == value(true) {
			r.automatic = true
		}
	}
	if r.automatic {
		r.methods = append(r.methods, "OPTIONS")
	}
	if slices.Contains(r.methods, "GET") {
		r.methods = append(r.methods, "HEAD")
	}
	slices.Sort(r.methods)
	r.methods = slices.Compact(r.methods)
	f.rules = append(f.rules, r)
	f.state = nil
	return r.parse(in)
}

// registerBlueprint adds what a blueprint holds.
func (f *flaskApp) registerBlueprint(in *interp, a *args) error {
	v := a.or(0, "blueprint", none{})
	b, ok := v.(*flaskApp)
	if !ok {
		if u := firstUnknown(v); u != nil {
			f.escape(u)
			return nil
		}
		return in.raise(a.at, "AttributeError", "'%s' object has no attribute 'register'", typeName(v))
	}
	prefix := b.prefix
	if p, ok := a.get(-1, "url_prefix").(string); ok {
		prefix = p
	} else if u := firstUnknown(a.or(-1, "url_prefix", none{})); u != nil {
		f.escape(u)
	}
	name := b.name
	if n, ok := a.get(-1, "name").(string); ok {
		name = n
	}
	if f.blueprint {
		f.deferred = append(f.deferred, func(in *interp, app *flaskApp, outer, outerName string) error {
			b.parents = append([]*flaskApp{f}, f.parents...)
			return b.install(in, app, joinPrefix(outer, prefix), outerName+"."+name)
		})
		return nil
	}
	if old, ok := f.children[name]; ok {
		if old == b {
			return in.raise(a.at, "ValueError", "The name '%s' is already registered for this blueprint. Use 'name=' to provide a unique name.", name)
		}
		return in.raise(a.at, "ValueError", "The name '%s' is already registered for a different blueprint. Use 'name=' to provide a unique name.", name)
	}
	f.children[name] = b
	return b.install(in, f, prefix, name)
}

// joinPrefix joins the prefixes of nested blueprints.
func joinPrefix(outer, inner string) string {
	switch {
	case outer == "":
		return inner
	case inner == "":
		return outer
	}
	return strings.TrimRight(outer, "/") + "/" + strings.TrimLeft(inner, "/")
}

// install runs what a blueprint deferred.
func (f *flaskApp) install(in *interp, app *flaskApp, prefix, name string) error {
	if f.escaped != nil {
		app.escape(f.escaped)
	}
	for _, d := range f.deferred {
		if err := d(in, app, prefix, name); err != nil {
			return err
		}
	}
	return nil
}

// urlMap is app.url_map.
type urlMap struct{ app *flaskApp }

func (u *urlMap) typeName() string { return "Map" }

func (u *urlMap) attr(_ *interp, name string) (value, error) {
	return harmlessf("app.url_map.%s", name), nil
}

func (u *urlMap) setAttr(_ *interp, name string, v value) error {
	if name == "strict_slashes" {
		u.app.attrs["\x00strict"] = v
	}
	return nil
}

// wsgiApp is app.wsgi_app, with middleware that changes nothing of CORS.
type wsgiApp struct{ app *flaskApp }

func (w *wsgiApp) typeName() string { return "method" }

func (w *wsgiApp) attr(*interp, string) (value, error) { return harmlessf("wsgi_app"), nil }

// flaskConfig is app.config.
type flaskConfig struct{ *dict }

func (c *flaskConfig) typeName() string { return "Config" }

func (c *flaskConfig) pairs() *dict { return c.dict }

func (c *flaskConfig) attr(in *interp, name string) (value, error) {
	switch name {
	case "from_object":
		return fn(name, func(in *interp, a *args) (value, error) { return none{}, c.fromObject(in, a) }), nil
	case "from_mapping":
		return fn(name, func(in *interp, a *args) (value, error) {
			d, err := typeDict(in, a)
			if m, ok := d.(*dict); ok {
				for i, k := range m.keys {
					if s := str(k); s == strings.ToUpper(s) {
						c.put(k, m.vals[i])
					}
				}
			}
			return true, err
		}), nil
	case "from_pyfile", "from_envvar", "from_file", "from_prefixed_env", "from_json":
		return fn(name, func(in *interp, a *args) (value, error) { return c.fromFile(in, name, a) }), nil
	}
	return method(c.dict, name), nil
}

func (c *flaskConfig) getItem(in *interp, k value) (value, error) {
	if v, ok := c.dict.get(k); ok {
		return v, nil
	}
	return nil, in.keyError(in.here(), k)
}

func (c *flaskConfig) setItem(_ *interp, k, v value) error {
	c.put(k, v)
	return nil
}

func (c *flaskConfig) delItem(_ *interp, k value) error {
	c.dict.remove(k)
	return nil
}

func (c *flaskConfig) contains(_ *interp, k value) (bool, error) {
	_, ok := c.dict.get(k)
	return ok, nil
}

// fromObject copies the names in capital letters of a class or a module.
func (c *flaskConfig) fromObject(in *interp, a *args) error {
	v := a.or(0, "obj", none{})
	if s, ok := v.(string); ok {
		x, err := in.importString(a.at, s)
		if err != nil {
			return err
		}
		v = x
	}
	switch o := v.(type) {
	case *class:
		for _, b := range o.bases {
			if err := c.fromObject(in, &args{pos: []value{b}, at: a.at}); err != nil {
				return err
			}
		}
		for _, k := range o.order {
			c.putUpper(in, k, o.dict[k], o)
		}
	case *instance:
		if err := c.fromObject(in, &args{pos: []value{o.class}, at: a.at}); err != nil {
			return err
		}
		for _, k := range sortedNames(o.attrs) {
			c.putUpper(in, k, o.attrs[k], o)
		}
	case *moduleValue:
		for _, k := range sortedNames(o.m.scope.vars) {
			c.putUpper(in, k, o.m.scope.vars[k], nil)
		}
	case *unknown:
		c.spoil(o)
	}
	return nil
}

// putUpper sets a name in capital letters.
func (c *flaskConfig) putUpper(in *interp, k string, v value, owner value) {
	if k != strings.ToUpper(k) || strings.HasPrefix(k, "_") {
		return
	}
	if p, ok := v.(*property); ok && owner != nil {
		if x, err := in.call(nil, p.get, &args{pos: []value{owner}}); err == nil {
			v = x
		}
	}
	c.put(k, v)
}

// spoil makes the options of Flask-CORS in the configuration unknown.
func (c *flaskConfig) spoil(u *unknown) {
	if u.harmless {
		return
	}
	for _, n := range corsNames {
		c.put("CORS_"+strings.ToUpper(n), u)
	}
	c.put("DEBUG", u)
}

// fromFile runs a file of settings.
func (c *flaskConfig) fromFile(in *interp, how string, a *args) (value, error) {
	name := a.or(0, "filename", "")
	if s, ok := name.(string); ok && how == "from_pyfile" {
		m, err := in.fileModule("config", strings.TrimSuffix(s, ".py"))
		if m != nil && err == nil {
			return true, c.fromObject(in, &args{pos: []value{m}, at: a.at})
		}
		if err != nil {
			return nil, err
		}
		if isTrue(a.or(1, "silent", false)) && in.src.Files != nil {
			return false, nil
		}
	}
	c.spoil(unknownf(a.at, "give the file with the text", "the configuration of app.config.%s(%s)", how, repr(name)))
	return true, nil
}

// importString returns the object that a dotted name names.
func (in *interp) importString(at server.Position, s string) (value, error) {
	s = strings.ReplaceAll(s, ":", ".")
	for i := len(s); i > 0; i = strings.LastIndexByte(s[:i], '.') {
		for _, root := range in.roots {
			m, err := in.fileModule(s[:i], joinPath(root, strings.ReplaceAll(s[:i], ".", "/")))
			if err != nil {
				return nil, err
			}
			if m == nil {
				continue
			}
			var v value = m
			for _, name := range strings.FieldsFunc(s[i:], func(r rune) bool { return r == '.' }) {
				x, err := in.attrOr(nil, nil, v, name)
				if err != nil {
					return nil, err
				}
				if x == nil {
					return nil, in.raise(at, "ImportError", "import_string() failed for %s", quote(s))
				}
				v = x
			}
			return v, nil
		}
		if strings.LastIndexByte(s[:i], '.') < 0 {
			break
		}
	}
	if mainName := strings.TrimSuffix(in.src.Name, ".py"); strings.HasPrefix(s, mainName+".") {
		if v := in.main.scope.vars[strings.TrimPrefix(s, mainName+".")]; v != nil {
			return v, nil
		}
	}
	return in.missing(at, s, strings.ReplaceAll(s, ".", "/")), nil
}

func joinPath(a, b string) string {
	if a == "." {
		return b
	}
	return a + "/" + b
}
