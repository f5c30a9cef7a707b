package nodejs

import (
	"strings"

	"github.com/dop251/goja"
)

// chooseExport takes what the main file exports as the server, if it is one.
func (m *machine) chooseExport(exports goja.Value) bool {
	o, ok := exports.(*goja.Object)
	if !ok || m.unknown.byValue[o] != nil {
		return false
	}
	candidates := []goja.Value{o}
	for _, name := range []string{"default", "app", "server", "handler"} {
		candidates = append(candidates, orUndefined(o.Get(name)))
	}
	for _, v := range candidates {
		c, ok := v.(*goja.Object)
		if !ok || m.unknown.byValue[c] != nil {
			continue
		}
		if a := m.found.apps[c]; a != nil {
			m.found.handler = a.serve
			return true
		}
		if h := m.found.servers[c]; h != nil {
			m.found.handler = h
			return true
		}
		if l := m.listenerOf(c); l != nil {
			m.found.handler = m.handlerOf(l)
			return true
		}
	}
	for _, v := range candidates {
		if c, ok := v.(*goja.Object); ok && m.unknown.byValue[c] == nil && isFunction(orUndefined(c.Get("fetch"))) {
			m.chooseFetch(c)
			return true
		}
	}
	if m.chooseRoute(o) {
		return true
	}
	for i, v := range candidates {
		if c, ok := v.(*goja.Object); ok && isFunction(v) && m.unknown.byValue[c] == nil {
			return m.chooseFunction(c, [...]string{"", "default", "app", "server", "handler"}[i])
		}
	}
	return len(m.found.appList) == 0 && m.chooseServed(o)
}

// chooseFunction takes an exported function as the handler of a serverless platform
// or as what makes the application. It was exported with a name.
func (m *machine) chooseFunction(f *goja.Object, exported string) bool {
	if r := m.found.routers[f]; r != nil {
		m.found.handler = func(x *exchange) { r.handle(x, func(err goja.Value) { x.finalHandler(err) }) }
		return true
	}
	if len(m.found.appList) > 0 {
		return false
	}
	if names := parameterNames(f.String()); len(names) > 1 && (names[0] == "fastify" || strings.HasPrefix(names[1], "opt")) {
		m.chooseFastify(f)
		return true
	}
	s := styleOf(f, exported)
	if s == noStyle || f.Get("length").ToInteger() == 0 && s == nodeStyle {
		return m.chooseMade(f)
	}
	m.chooseStyle(f, s)
	return true
}

// chooseMade calls a function without parameters, and takes the application that it
// makes.
func (m *machine) chooseMade(f *goja.Object) bool {
	call, _ := goja.AssertFunction(f)
	m.native(call)
	for _, a := range m.found.appList {
		if !m.isMounted(a) {
			m.found.handler = a.serve
			return true
		}
	}
	return false
}

// serverless gives a request to a handler (req, res) of a serverless platform, whose
// objects have methods like those of Express.
func (x *exchange) serverless(f *goja.Object) {
	m := x.m
	x.dress()
	call, _ := goja.AssertFunction(f)
	v, err := call(goja.Undefined(), x.req, x.res)
	if err == nil {
		if o, ok := v.(*goja.Object); ok {
			if p := promiseOf(o); p != nil {
				m.then(p, o, func(goja.Value) { x.crash() })
			}
		}
		return
	}
	if _, ok := err.(*goja.Exception); !ok || m.stopped != nil {
		panic(err)
	}
	x.crash()
}

// dress gives the request and the response what a platform adds to them.
func (x *exchange) dress() {
	m := x.m
	e := m.express()
	a := m.newPlatformApp(e)
	_ = x.req.SetPrototype(a.request)
	_ = x.res.SetPrototype(a.response)
	_ = x.req.Set("query", a.query(x.url()))
	_ = x.req.Set("cookies", m.vm.NewObject())
	if p := (&bodyReader{m: m, kind: "json", types: []string{"application/json"}, limit: 1 << 20}); x.hasBody() && p.wants(x) {
		if v, bad := p.parseJSON(decodeUTF8(x.from.Body)); bad == nil {
			x.state.body = v
		}
	} else {
		x.state.body = m.vm.ToValue(x.from.Body)
	}
}

// crash is the platform's answer to an error of its handler.
func (x *exchange) crash() {
	if !x.sent {
		_ = x.res.Set("statusCode", 500)
		x.end("")
	}
}

// newPlatformApp returns an application for the methods of a platform's objects.
func (m *machine) newPlatformApp(e *express) *app {
	if m.found.platform == nil {
		m.found.platform = m.newApp(e)
	}
	return m.found.platform
}
