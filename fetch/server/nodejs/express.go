package nodejs

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
)

// expressPackages are Express and what belongs to it.
var expressPackages = map[string]builder{
	"express": buildExpress, "cors": buildCORS, "body-parser": buildBodyParser, "router": buildRouterPackage,
	"cookie-parser": buildCookieParser, "morgan": passMiddleware, "compression": buildCompression, "helmet": buildHelmet,
	"express-rate-limit":    buildRateLimit,
	"express-async-handler": buildAsyncHandler, "express-async-errors": buildAsyncErrors, "http-errors": buildHTTPErrors, "serve-static": func(m *machine) goja.Value { return m.static() },
}

// express holds the prototypes of the objects of one version of Express.
type express struct {
	v5       bool
	module   *goja.Object
	app      *goja.Object // express.application
	router   *goja.Object
	request  *goja.Object
	response *goja.Object
}

// isExpress5 reports whether the version of Express is 5 or later.
func (p *program) isExpress5() bool {
	v := p.version("express").Version
	return !strings.HasPrefix(v, "4.") && v != "4"
}

// buildExpress makes package express.
func buildExpress(m *machine) goja.Value {
	e := m.express()
	return e.module
}

func buildRouterPackage(m *machine) goja.Value { return m.express().module.Get("Router") }

// express returns the program's Express.
func (m *machine) express() *express {
	if m.found.express != nil {
		return m.found.express
	}
	e := &express{v5: m.program.isExpress5()}
	m.found.express = e
	e.request = m.vm.CreateObject(m.protos.request)
	e.response = m.vm.CreateObject(m.protos.response)
	m.installExpressRequest(e)
	m.installExpressResponse(e)
	e.router = m.vm.CreateObject(m.prototypeOf("Function"))
	m.installRouterMethods(e.router)
	e.app = m.vm.CreateObject(m.prototypeOf("Function"))
	for _, name := range m.protos.emitter.Keys() {
		_ = e.app.Set(name, m.protos.emitter.Get(name))
	}
	m.installApp(e)
	e.module = m.vm.ToValue(func(goja.FunctionCall) goja.Value { return m.newApp(e).object }).(*goja.Object)
	set := func(name string, v any) { _ = e.module.Set(name, v) }
	set("application", e.app)
	set("request", e.request)
	set("response", e.response)
	set("Router", m.vm.ToValue(func(c goja.FunctionCall) goja.Value { return m.newRouter(e, c.Argument(0)).object }))
	_ = e.module.Set("json", m.bodyParser("json"))
	_ = e.module.Set("urlencoded", m.bodyParser("urlencoded"))
	_ = e.module.Set("text", m.bodyParser("text"))
	_ = e.module.Set("raw", m.bodyParser("raw"))
	_ = e.module.Set("static", m.static())
	return e
}

// newRouter returns an express.Router.
func (m *machine) newRouter(e *express, options goja.Value) *router {
	r := &router{m: m, v5: e.v5, at: m.position(), params: make(map[string][]goja.Callable)}
	if o, ok := options.(*goja.Object); ok && m.unknown.byValue[o] == nil {
		r.sensitive = truthy(o.Get("caseSensitive"))
		r.strict = truthy(o.Get("strict"))
		r.merge = truthy(o.Get("mergeParams"))
	}
	r.object = m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		if m.current == nil {
			return goja.Undefined()
		}
		next, ok := goja.AssertFunction(c.Argument(2))
		r.handle(m.current, func(err goja.Value) {
			if ok {
				_, e := next(goja.Undefined(), orUndefined(err))
				m.rethrow(e)
			}
		})
		return goja.Undefined()
	}).(*goja.Object)
	_ = r.object.SetPrototype(e.router)
	m.named(r.object, "router", 3)
	m.getter(r.object, "stack", func(goja.FunctionCall) goja.Value { return m.stack(r) })
	m.found.routers[r.object] = r
	return r
}

// named gives a function a name and a number of parameters.
func (m *machine) named(o *goja.Object, name string, length int) {
	_ = o.DefineDataProperty("name", m.vm.ToValue(name), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = o.DefineDataProperty("length", m.vm.ToValue(length), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func truthy(v goja.Value) bool { return v != nil && v.ToBoolean() }

// stack returns the layers of a router as programs that list routes see them.
func (m *machine) stack(r *router) goja.Value {
	var out []any
	for _, l := range r.layers {
		o := m.vm.NewObject()
		_ = o.Set("name", "layer")
		if l.function != nil {
			_ = o.Set("handle", l.function)
			_ = o.Set("name", l.function.Get("name"))
		}
		if l.route != nil {
			_ = o.Set("route", (&dispatch{x: &exchange{m: m}}).routeObject(l.route))
		}
		out = append(out, o)
	}
	return m.vm.NewArray(out...)
}

// installRouterMethods sets the methods of routers.
func (m *machine) installRouterMethods(o *goja.Object) {
	m.onRouter(o, "use", func(r *router, c goja.FunctionCall) goja.Value {
		r.use(c, nil)
		return c.This
	})
	m.onRouter(o, "route", func(r *router, c goja.FunctionCall) goja.Value { return r.routeValue(c.Argument(0)) })
	m.onRouter(o, "param", func(r *router, c goja.FunctionCall) goja.Value {
		r.addParam(c)
		return c.This
	})
	m.onRouter(o, "handle", func(r *router, c goja.FunctionCall) goja.Value {
		f, _ := goja.AssertFunction(r.object)
		return m.native(f, c.Arguments...)
	})
	for _, name := range append(lowerMethods(), "all") {
		m.onRouter(o, name, func(r *router, c goja.FunctionCall) goja.Value {
			r.add(r.newRoute(c.Argument(0)), name, c.Arguments[min(1, len(c.Arguments)):])
			return c.This
		})
	}
}

func lowerMethods() []string {
	out := make([]string, len(methodNames))
	for i, name := range methodNames {
		out[i] = fetch.ByteLowercase(name)
	}
	return out
}

// onRouter sets a method of routers.
func (m *machine) onRouter(o *goja.Object, name string, f func(r *router, c goja.FunctionCall) goja.Value) {
	_ = o.Set(name, func(c goja.FunctionCall) goja.Value {
		this, _ := c.This.(*goja.Object)
		r := m.found.routers[this]
		if r == nil {
			panic(m.vm.NewTypeError("this is not a router"))
		}
		return f(r, c)
	})
}

// addParam is router.param(name, callback).
func (r *router) addParam(c goja.FunctionCall) {
	f, ok := goja.AssertFunction(c.Argument(1))
	if !ok {
		panic(r.m.vm.NewTypeError("argument fn must be a function"))
	}
	for _, name := range r.m.flatten([]goja.Value{c.Argument(0)}) {
		r.params[name.String()] = append(r.params[name.String()], f)
	}
}

// routeValue is router.route(path): an object with a method for each method.
func (r *router) routeValue(path goja.Value) goja.Value {
	m := r.m
	t := r.newRoute(path)
	o := m.vm.NewObject()
	_ = o.Set("path", t.path)
	for _, name := range append(lowerMethods(), "all") {
		m.method(o, name, func(c goja.FunctionCall) goja.Value {
			r.add(t, name, c.Arguments)
			return o
		})
	}
	return o
}

// app is an Express application.
type app struct {
	*router
	e        *express
	settings *goja.Object
	request  *goja.Object
	response *goja.Object
}

// newApp returns an application.
func (m *machine) newApp(e *express) *app {
	a := &app{router: m.newRouter(e, goja.Undefined()), e: e}
	inner := a.object
	a.object = m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		if m.current == nil {
			return goja.Undefined()
		}
		next, ok := goja.AssertFunction(c.Argument(2))
		if ok {
			a.serveMounted(m.current, func(err goja.Value) {
				_, e := next(goja.Undefined(), orUndefined(err))
				m.rethrow(e)
			})
		} else {
			a.serve(m.current)
		}
		return goja.Undefined()
	}).(*goja.Object)
	_ = a.object.SetPrototype(e.app)
	m.named(a.object, "app", 3)
	a.settings = m.vm.NewObject()
	a.request = m.appObject(e.request, a.object)
	a.response = m.appObject(e.response, a.object)
	set := func(name string, v any) { _ = a.object.Set(name, v) }
	set("settings", a.settings)
	set("request", a.request)
	set("response", a.response)
	set("locals", m.vm.CreateObject(nil))
	set("mountpath", "/")
	set("cache", m.vm.NewObject())
	set("engines", m.vm.NewObject())
	if e.v5 {
		set("router", inner)
	} else {
		set("_router", inner)
	}
	a.defaults()
	m.found.apps[a.object] = a
	m.found.appList = append(m.found.appList, a)
	return a
}

func (m *machine) appObject(proto, app *goja.Object) *goja.Object {
	o := m.vm.CreateObject(proto)
	_ = o.Set("app", app)
	return o
}

// defaults sets the default settings.
func (a *app) defaults() {
	m := a.m
	set := func(name string, v any) { _ = a.settings.Set(name, v) }
	env := goja.Value(m.vm.ToValue("development"))
	if v := m.env.Get("NODE_ENV"); v != nil && v.ToBoolean() {
		env = v
	}
	set("x-powered-by", true)
	set("etag", "weak")
	set("env", env)
	set("query parser", map[bool]string{true: "simple", false: "extended"}[a.v5])
	set("subdomain offset", 2)
	set("trust proxy", false)
	set("views", m.program.placed+"/views")
	set("jsonp callback name", "callback")
}

// serve answers a request with the application.
func (a *app) serve(x *exchange) {
	a.begin(x)
	a.router.handle(x, func(err goja.Value) { x.finalHandler(err) })
}

// serveMounted gives a request to the application under another one.
func (a *app) serveMounted(x *exchange, next func(err goja.Value)) {
	request, response := x.req.Prototype(), x.res.Prototype()
	a.begin(x)
	a.router.handle(x, func(err goja.Value) {
		_ = x.req.SetPrototype(request)
		_ = x.res.SetPrototype(response)
		next(err)
	})
}

// begin gives the request and the response the application's methods.
func (a *app) begin(x *exchange) {
	if !a.v5 && len(a.layers) == 0 {
		return
	}
	if truthy(a.settings.Get("x-powered-by")) {
		x.set("X-Powered-By", "Express")
	}
	_ = x.req.SetPrototype(a.request)
	_ = x.res.SetPrototype(a.response)
	if !a.v5 && x.state.query == nil && x.state.queryOf == "" {
		x.state.queryOf = x.url()
		if isFunction(orUndefined(a.settings.Get("query parser"))) {
			x.state.query = a.query(x.state.queryOf)
		}
	}
}

// query returns the parsed query of a target.
func (a *app) query(target string) goja.Value {
	parser := a.settings.Get("query parser")
	if parser == nil || parser.StrictEquals(a.m.vm.ToValue(false)) {
		return a.m.vm.NewObject()
	}
	query := afterQuery(target)
	if f, ok := goja.AssertFunction(parser); ok {
		return a.m.native(f, a.m.vm.ToValue(query))
	}
	return a.m.native(a.m.protos.parseQuery, a.m.vm.ToValue(query))
}
