package nodejs

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
)

// This file says what an unknown function may do to an answer.

// quietPackages are packages whose calls neither fail nor change an answer.
var quietPackages = map[string]bool{
	"winston": true, "pino": true, "debug": true, "chalk": true, "colors": true, "uuid": true, "nanoid": true, "moment": true, "dayjs": true,
	"lodash": true, "crypto": true, "os": true, "util": true, "log4js": true, "bunyan": true, "picocolors": true, "kleur": true, "signale": true, "consola": true, "ms": true,
	"swagger-jsdoc": true, "yamljs": true, "prom-client": true,
}

// isOurs reports whether a function was made by a model.
func (m *machine) isOurs(o *goja.Object) bool {
	return m.found.natives[o] != nil || m.found.routers[o] != nil || m.found.apps[o] != nil || m.isNext(o)
}

// touched is what an unknown function does with its arguments: if it gets an
// application, it may add middleware and routes; if it gets the response, it may
// answer.
func (m *machine) touched(u *unknown, args []goja.Value) {
	x := m.current
	if u.from.quiet || quietMiddleware[u.from.module] {
		return
	}
	if x == nil {
		for _, a := range args {
			m.extends(u, a, 0)
		}
		return
	}
	for _, a := range args {
		if a == x.res || slices.Contains(x.stands, a) {
			x.foreign(u)
			x.goesOn(args)
			return
		}
	}
	x.goesOn(args)
}

// goesOn calls the function next that an unknown function got, if that did not
// answer.
func (x *exchange) goesOn(args []goja.Value) {
	if x.ended {
		return
	}
	for _, a := range args {
		if f, ok := goja.AssertFunction(a); ok && x.m.isNext(a) {
			x.m.later(task{call: f, this: goja.Undefined()})
			return
		}
	}
}

// extends adds a layer with an unknown function to an application or a router that
// the function got, alone or in an object.
func (m *machine) extends(u *unknown, v goja.Value, depth int) {
	o, ok := v.(*goja.Object)
	if !ok || m.unknown.byValue[o] != nil {
		return
	}
	r := m.found.routers[o]
	if a := m.found.apps[o]; a != nil {
		r = a.router
	}
	if r == nil {
		if o.ClassName() == "Object" && depth == 0 {
			for _, name := range o.Keys() {
				m.extends(u, o.Get(name), depth+1)
			}
		}
		return
	}
	l := &layer{unknown: u, arity: 3, path: "/", slash: true, at: m.position()}
	if strings.HasSuffix(u.path, ".applyMiddleware") {
		l.paths, l.path = r.patterns(m.vm.ToValue("/graphql"), false)
		l.slash = false
	}
	u.served = true
	r.layers = append(r.layers, l)
}

// foreign is what happens when something unknown gets the response: it answers, or
// it does not. Its headers are taken not to be about CORS if its name does not say
// so and if something before it decided about CORS.
func (x *exchange) foreign(u *unknown) {
	if x.ended {
		return
	}
	if !u.isGuard() && (saysCORS(u) || !x.passed) {
		x.failed = u.errAbout()
		x.ended, x.sent = true, true
		return
	}
	x.unsure = u
	if !x.m.decide(u, "answers", true) {
		return
	}
	if x.answerForeign != nil {
		x.m.native(x.answerForeign)
		return
	}
	x.end("")
}

// errAbout returns the error that says that the headers of something are not known.
func (u *unknown) errAbout() error {
	e := u.err()
	if strings.HasPrefix(e.What, "what ") {
		e.What = "the effect of " + e.What + " on the answer"
	} else {
		e.What = "what " + e.What + " does to the answer"
	}
	return e
}

// saysCORS reports whether the name of something unknown says that it is about CORS.
func saysCORS(u *unknown) bool {
	name := fetch.ByteLowercase(u.path)
	for _, word := range []string{"cors", "cross", "origin", "header", "preflight"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// openHeaders sets headers of which some are not known.
func (m *machine) openHeaders(x *exchange, u *unknown) {
	for name, v := range u.props {
		x.jsSet(name, v)
	}
	x.failed = u.errAbout()
}

// serveUnknown gives a request to an unknown function: a middleware, a router or a
// handler. next continues after it.
func (x *exchange) serveUnknown(u *unknown, next func(err goja.Value)) {
	if quietMiddleware[u.from.module] {
		next(nil)
		return
	}
	if !u.isGuard() && (saysCORS(u) || !x.passed) {
		x.failed = u.errAbout()
		x.ended, x.sent = true, true
		return
	}
	x.unsure = u
	if x.m.decide(u, "answers", true) {
		x.end("")
		return
	}
	next(nil)
}
