package nodejs

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch/server"
)

// corsPolicy is one call of package cors.
type corsPolicy struct {
	m        *machine
	options  *goja.Object // nil for none
	unknown  *unknown     // the options are not known
	delegate goja.Callable
	at       server.Position
	where    string // the path that it is mounted at
}

// buildCORS makes package cors.
func buildCORS(m *machine) goja.Value {
	return m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		p := &corsPolicy{m: m, at: m.position()}
		if n := m.found.place; p.at.Line == 0 && n > 0 {
			p.at = m.found.places[n-1]
		}
		v := c.Argument(0)
		if p.unknown = m.unknownObject(v); p.unknown == nil {
			p.delegate, _ = goja.AssertFunction(v)
			if p.delegate == nil {
				p.options, _ = v.(*goja.Object)
			}
		}
		m.found.policies = append(m.found.policies, p)
		f := m.middleware("corsMiddleware", p.serve)
		m.found.policyOf[f] = p
		return f
	})
}

// middleware returns a model's middleware as a function of the program.
func (m *machine) middleware(name string, f middleware) *goja.Object {
	o := m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		next, _ := goja.AssertFunction(c.Argument(2))
		if m.current == nil {
			return goja.Undefined()
		}
		f(m.current, func(err goja.Value) {
			if next == nil {
				panic(m.vm.NewTypeError("next is not a function"))
			}
			var args []goja.Value
			if err != nil && !goja.IsUndefined(err) {
				args = append(args, err)
			}
			_, e := next(goja.Undefined(), args...)
			m.rethrow(e)
		})
		return goja.Undefined()
	}).(*goja.Object)
	_ = o.DefineDataProperty("name", m.vm.ToValue(name), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = o.DefineDataProperty("length", m.vm.ToValue(3), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	m.found.natives[o] = f
	return o
}

// corsOptions are the options of one request.
type corsOptions struct {
	p      *corsPolicy
	from   *goja.Object
	origin goja.Value
}

// get returns an option.
func (o *corsOptions) get(name string) goja.Value {
	if o.from == nil {
		return goja.Undefined()
	}
	return orUndefined(o.from.Get(name))
}

// has reports whether an option is in the options, even if undefined.
func (o *corsOptions) has(name string) bool {
	return o.from != nil && o.from.Get(name) != nil
}

// serve is the middleware.
func (p *corsPolicy) serve(x *exchange, next func(err goja.Value)) {
	x.passed = true
	switch {
	case p.unknown != nil:
		x.failed = p.unknown.errAt(p.at)
		x.ended, x.sent = true, true
	case p.delegate != nil:
		p.callDelegate(x, next)
	default:
		p.withOptions(x, p.options, next)
	}
}

// errAt is the error about the value, with its own position if it has one.
func (u *unknown) errAt(at server.Position) error {
	e := u.err()
	if e.Position.Line == 0 {
		e.Position = at
	}
	return e
}

// callDelegate asks the program for the options.
func (p *corsPolicy) callDelegate(x *exchange, next func(err goja.Value)) {
	called := false
	answer := p.m.callback(func(c goja.FunctionCall) goja.Value {
		called = true
		if isError(c.Argument(0)) && p.m.truth(c.Argument(0)) {
			next(c.Argument(0))
			return goja.Undefined()
		}
		if u := p.m.unknownObject(c.Argument(1)); u != nil {
			x.failed = u.errAt(p.at)
			x.ended, x.sent = true, true
			return goja.Undefined()
		}
		o, _ := c.Argument(1).(*goja.Object)
		p.withOptions(x, o, next)
		return goja.Undefined()
	})
	_, err := p.delegate(goja.Undefined(), x.req, answer)
	p.m.rethrow(err)
	x.waitFor(&called, "the function that gives the options of cors", p.at)
}

// waitFor makes an answer unknown if a callback has not come when the request ends.
func (x *exchange) waitFor(called *bool, what string, at server.Position) {
	if *called {
		return
	}
	x.waits = append(x.waits, waiting{called, &server.UnknownError{Position: at, What: "whether " + what + " calls back", Help: "give its result with --set"}})
}

// waiting is a callback that has not come yet.
type waiting struct {
	called *bool
	err    *server.UnknownError
}

// withOptions decides with the options of the request.
func (p *corsPolicy) withOptions(x *exchange, from *goja.Object, next func(err goja.Value)) {
	o := &corsOptions{p: p, from: from, origin: p.m.vm.ToValue("*")}
	if o.has("origin") {
		o.origin = o.get("origin")
	}
	if p.m.unknownObject(o.origin) == nil {
		if f, ok := goja.AssertFunction(o.origin); ok {
			p.callOrigin(x, o, f, next)
			return
		}
	}
	if !p.m.truth(o.origin) {
		x.decide(p.at, "", "cors is switched off, because its origin is "+o.origin.String())
		next(nil)
		return
	}
	o.apply(x, next)
}

// callOrigin asks the program for the origin.
func (p *corsPolicy) callOrigin(x *exchange, o *corsOptions, f goja.Callable, next func(err goja.Value)) {
	called := false
	answer := p.m.callback(func(c goja.FunctionCall) goja.Value {
		called = true
		err, v := c.Argument(0), c.Argument(1)
		failed := p.m.truth(err)
		if failed || p.m.unknownObject(v) == nil && !v.ToBoolean() {
			text := "the origin function does not allow the origin"
			if failed {
				text = "the origin function gives an error"
			}
			x.decide(p.at, "", text)
			if failed || isError(err) {
				next(err)
			} else {
				next(nil)
			}
			return goja.Undefined()
		}
		o.origin = v
		o.apply(x, next)
		return goja.Undefined()
	})
	_, err := f(o.this(), orUndefined(x.requestHeader("origin")), answer)
	p.m.rethrow(err)
	x.waitFor(&called, "the origin function", p.at)
}

func (o *corsOptions) this() goja.Value {
	if o.from == nil {
		return goja.Undefined()
	}
	return o.from
}

// apply sets the headers, and answers a preflight.
func (o *corsOptions) apply(x *exchange, next func(err goja.Value)) {
	method := x.state.method
	options := method != nil && strings.ToUpper(method.String()) == "OPTIONS"
	if options {
		o.checkMethods()
	}
	o.applyOrigin(x)
	if o.isTrue("credentials") {
		o.header(x, "Access-Control-Allow-Credentials", o.p.m.vm.ToValue("true"))
	}
	if !options {
		o.exposed(x)
		next(nil)
		return
	}
	o.methods(x)
	o.allowed(x)
	o.maxAge(x)
	o.exposed(x)
	if v := o.get("preflightContinue"); o.p.m.truth(v) {
		next(nil)
		return
	}
	status := goja.Value(o.p.m.vm.ToValue(204))
	if o.has("optionsSuccessStatus") {
		status = o.get("optionsSuccessStatus")
	}
	_ = x.res.Set("statusCode", status)
	x.set("Content-Length", "0")
	x.finish("")
}

// isTrue reports whether an option is the value true.
func (o *corsOptions) isTrue(name string) bool {
	v := o.get(name)
	if o.p.m.unknownOf(v) != nil {
		return o.p.m.compare("===", v, o.p.m.vm.ToValue(true))
	}
	return v.StrictEquals(o.p.m.vm.ToValue(true))
}

// header sets a header of the answer; a value that counts as false sets none.
func (o *corsOptions) header(x *exchange, name string, v goja.Value) {
	m := o.p.m
	if m.unknownObject(v) == nil && !v.ToBoolean() {
		return
	}
	x.checkUnsent("set")
	x.set(name, m.headerValues(name, v)...)
	x.decide(o.p.at, name, "cors sets it")
}

// applyOrigin sets Access-Control-Allow-Origin and Vary.
func (o *corsOptions) applyOrigin(x *exchange) {
	m := o.p.m
	const name = "Access-Control-Allow-Origin"
	text, isText := o.origin.(goja.String)
	switch {
	case m.unknownObject(o.origin) != nil:
		if m.compare("===", o.origin, m.vm.ToValue("*")) {
			o.header(x, name, m.vm.ToValue("*"))
			return
		}
		o.header(x, name, o.origin)
		x.vary("Origin")
	case isText && text.String() == "*":
		o.header(x, name, text)
	case isText:
		o.header(x, name, text)
		x.vary("Origin")
	default:
		origin := orUndefined(x.requestHeader("origin"))
		if m.originAllowed(origin, o.origin) {
			o.header(x, name, origin)
		} else {
			x.decide(o.p.at, name, "cors does not set it, because the origin is not in its list")
		}
		x.vary("Origin")
	}
}

// originAllowed reports whether an origin is among those that are allowed.
func (m *machine) originAllowed(origin, allowed goja.Value) bool {
	if u := m.unknownOf(allowed); u != nil {
		return !goja.IsUndefined(origin) && m.decide(u, "allows "+shown(origin), false)
	}
	if o, ok := allowed.(*goja.Object); ok {
		switch o.ClassName() {
		case "Array":
			return m.anyAllowed(origin, o)
		case "RegExp":
			test, _ := goja.AssertFunction(o.Get("test"))
			v, err := test(o, origin)
			m.rethrow(err)
			return v.ToBoolean()
		case "String":
			return false
		}
		return true
	}
	if _, ok := allowed.(goja.String); ok {
		return origin.StrictEquals(allowed)
	}
	return allowed.ToBoolean()
}

// anyAllowed reports whether an origin is allowed by a list; what is known counts
// first.
func (m *machine) anyAllowed(origin goja.Value, list *goja.Object) bool {
	n := int(list.Get("length").ToInteger())
	var later []goja.Value
	for i := range n {
		item := orUndefined(list.Get(m.vm.ToValue(i).String()))
		if m.unknownOf(item) != nil {
			later = append(later, item)
		} else if m.originAllowed(origin, item) {
			return true
		}
	}
	for _, item := range later {
		if m.originAllowed(origin, item) {
			return true
		}
	}
	return false
}

// joined returns a list as one text; other values stay.
func (m *machine) joined(v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	if !ok || m.unknown.byValue[o] != nil {
		return v
	}
	if isFunction(orUndefined(o.Get("join"))) {
		return m.callMethod(o, "join", m.vm.ToValue(","))
	}
	return v
}

// methodsValue returns the option methods or its default.
func (o *corsOptions) methodsValue() goja.Value {
	if o.has("methods") {
		return o.get("methods")
	}
	return o.p.m.vm.ToValue("GET,HEAD,PUT,PATCH,POST,DELETE")
}

// checkMethods throws before any header is set, as cors does.
func (o *corsOptions) checkMethods() {
	if v := o.methodsValue(); goja.IsUndefined(v) || goja.IsNull(v) {
		panic(o.p.m.vm.NewTypeError("Cannot read properties of " + v.String() + " (reading 'join')"))
	}
}

func (o *corsOptions) methods(x *exchange) {
	o.header(x, "Access-Control-Allow-Methods", o.p.m.joined(o.methodsValue()))
}

func (o *corsOptions) allowed(x *exchange) {
	m := o.p.m
	v := o.get("allowedHeaders")
	if !m.truth(v) {
		v = o.get("headers")
	}
	if !m.truth(v) {
		x.vary("Access-Control-Request-Headers")
		v = orUndefined(x.requestHeader("access-control-request-headers"))
	} else {
		v = m.joined(v)
	}
	if o.hasLength(v) {
		o.header(x, "Access-Control-Allow-Headers", v)
	}
}

// hasLength reports whether a value has a length that is not zero.
func (o *corsOptions) hasLength(v goja.Value) bool {
	if o.p.m.unknownObject(v) != nil {
		return true
	}
	if !v.ToBoolean() {
		return false
	}
	length := v.ToObject(o.p.m.vm).Get("length")
	return length != nil && length.ToBoolean()
}

func (o *corsOptions) exposed(x *exchange) {
	v := o.get("exposedHeaders")
	if !o.p.m.truth(v) {
		return
	}
	if v = o.p.m.joined(v); o.hasLength(v) {
		o.header(x, "Access-Control-Expose-Headers", v)
	}
}

func (o *corsOptions) maxAge(x *exchange) {
	v := o.get("maxAge")
	if o.p.m.unknownObject(v) != nil {
		o.header(x, "Access-Control-Max-Age", v)
		return
	}
	if goja.IsNumber(v) || v.ToBoolean() {
		o.header(x, "Access-Control-Max-Age", o.p.m.vm.ToValue(v.String()))
	}
}
