package nodejs

import (
	"slices"

	"github.com/dop251/goja"
)

// onApp sets a method of applications.
func (m *machine) onApp(o *goja.Object, name string, f func(a *app, c goja.FunctionCall) goja.Value) {
	_ = o.Set(name, func(c goja.FunctionCall) goja.Value {
		this, _ := c.This.(*goja.Object)
		a := m.found.apps[this]
		if a == nil {
			panic(m.vm.NewTypeError("Cannot read properties of undefined (reading '" + name + "')"))
		}
		return f(a, c)
	})
}

// installApp sets the methods of applications.
func (m *machine) installApp(e *express) {
	o := e.app
	m.onApp(o, "use", func(a *app, c goja.FunctionCall) goja.Value {
		a.router.use(c, a.mount)
		return c.This
	})
	m.onApp(o, "route", func(a *app, c goja.FunctionCall) goja.Value { return a.routeValue(c.Argument(0)) })
	m.onApp(o, "param", func(a *app, c goja.FunctionCall) goja.Value {
		a.addParam(c)
		return c.This
	})
	m.onApp(o, "handle", func(a *app, c goja.FunctionCall) goja.Value {
		f, _ := goja.AssertFunction(a.object)
		return m.native(f, c.Arguments...)
	})
	for _, name := range lowerMethods() {
		m.onApp(o, name, func(a *app, c goja.FunctionCall) goja.Value {
			if name == "get" && len(c.Arguments) == 1 {
				return orUndefined(a.settings.Get(c.Argument(0).String()))
			}
			a.add(a.newRoute(c.Argument(0)), name, c.Arguments[min(1, len(c.Arguments)):])
			return c.This
		})
	}
	m.onApp(o, "all", (*app).all)
	m.onApp(o, "set", (*app).jsSet)
	for name, value := range map[string]bool{"enable": true, "disable": false} {
		m.onApp(o, name, func(a *app, c goja.FunctionCall) goja.Value {
			return a.jsSet(goja.FunctionCall{This: c.This, Arguments: []goja.Value{c.Argument(0), m.vm.ToValue(value)}})
		})
	}
	m.onApp(o, "enabled", func(a *app, c goja.FunctionCall) goja.Value {
		return m.vm.ToValue(truthy(a.settings.Get(c.Argument(0).String())))
	})
	m.onApp(o, "disabled", func(a *app, c goja.FunctionCall) goja.Value {
		return m.vm.ToValue(!truthy(a.settings.Get(c.Argument(0).String())))
	})
	m.onApp(o, "engine", func(a *app, c goja.FunctionCall) goja.Value { return c.This })
	m.onApp(o, "path", func(a *app, c goja.FunctionCall) goja.Value { return a.object.Get("mountpath") })
	m.onApp(o, "render", func(a *app, c goja.FunctionCall) goja.Value { return goja.Undefined() })
	m.onApp(o, "listen", func(a *app, c goja.FunctionCall) goja.Value {
		s := m.createServer(goja.FunctionCall{Arguments: []goja.Value{a.object}}).(*goja.Object)
		return m.serverListen(goja.FunctionCall{This: s, Arguments: c.Arguments})
	})
}

// all is app.all(path, …handlers): a route with each method.
func (a *app) all(c goja.FunctionCall) goja.Value {
	t := a.newRoute(c.Argument(0))
	for _, name := range lowerMethods() {
		a.add(t, name, c.Arguments[min(1, len(c.Arguments)):])
	}
	return c.This
}

// jsSet is app.set(name, [value]).
func (a *app) jsSet(c goja.FunctionCall) goja.Value {
	name := c.Argument(0).String()
	if len(c.Arguments) == 1 {
		return orUndefined(a.settings.Get(name))
	}
	_ = a.settings.Set(name, c.Argument(1))
	switch name {
	case "case sensitive routing":
		a.sensitive = truthy(c.Argument(1))
	case "strict routing":
		a.strict = truthy(c.Argument(1))
	}
	return c.This
}

// mount returns the layer of an application under another one.
func (a *app) mount(path string, v goja.Value) (layer, bool) {
	o, _ := v.(*goja.Object)
	sub := a.m.found.apps[o]
	if p := a.m.found.policyOf[o]; p != nil && p.where == "" && path != "/" {
		p.where = path
	}
	if sub == nil {
		return layer{}, false
	}
	_ = sub.object.Set("mountpath", path)
	_ = sub.object.Set("parent", a.object)
	_ = sub.request.SetPrototype(a.request)
	_ = sub.response.SetPrototype(a.response)
	a.m.found.mounted = append(a.m.found.mounted, sub.object)
	l := layer{function: o, native: sub.serveMounted, arity: 3, at: a.m.position()}
	a.m.emit(sub.object, "mount", a.object)
	return l, true
}

// isMounted reports whether an application is under another one.
func (m *machine) isMounted(a *app) bool { return slices.Contains(m.found.mounted, a.object) }

// finalHandler answers what no layer answered.
func (x *exchange) finalHandler(err goja.Value) {
	m := x.m
	if x.ended && x.failed != nil {
		return
	}
	if !isError(err) && x.sent {
		return
	}
	status := 404
	var headers *goja.Object
	if isError(err) {
		status, headers = x.errorStatus(err)
	}
	if x.sent {
		if !x.ended {
			x.failed, x.ended = errClosed(), true
		}
		return
	}
	write := func() {
		if x.sent {
			return
		}
		_ = x.res.Set("statusCode", status)
		for _, name := range []string{"content-encoding", "content-language", "content-range"} {
			x.remove(name)
		}
		if headers != nil {
			for _, name := range headers.Keys() {
				x.jsSet(name, headers.Get(name))
			}
		}
		x.set("Content-Security-Policy", "default-src 'none'")
		x.set("X-Content-Type-Options", "nosniff")
		x.set("Content-Type", "text/html; charset=utf-8")
		text := statusTexts[status]
		if !isError(err) {
			text = "Cannot " + x.verb() + " " + pathOf(orUndefined(x.state.originalURL).String())
		}
		x.finish("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n<body>\n<pre>" + escapeHTML(text) + "</pre>\n</body>\n</html>\n")
	}
	if x.bodyRead {
		write()
		return
	}
	m.later(task{do: write})
}

// errorStatus returns the status of an error, and the headers that it asks for.
func (x *exchange) errorStatus(err goja.Value) (int, *goja.Object) {
	m := x.m
	if u := m.unknownObject(err); u != nil {
		x.unsure = u
		return 500, nil
	}
	o, ok := err.(*goja.Object)
	if ok {
		for _, name := range []string{"status", "statusCode"} {
			v := o.Get(name)
			if v == nil {
				continue
			}
			if u := m.unknownOf(v); u != nil {
				x.unsure = u
				return 500, nil
			}
			if n := v.ToInteger(); goja.IsNumber(v) && 400 <= n && n < 600 {
				headers, _ := o.Get("headers").(*goja.Object)
				return int(n), headers
			}
		}
	}
	code := x.res.Get("statusCode")
	if u := m.unknownOf(code); u != nil {
		x.unsure = u
		return 500, nil
	}
	if n := code.ToInteger(); goja.IsNumber(code) && 400 <= n && n <= 599 {
		return int(n), nil
	}
	return 500, nil
}
