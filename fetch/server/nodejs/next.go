package nodejs

import (
	"slices"

	"github.com/dop251/goja"
)

// nextModel is the program of the model of Next.js's route handlers.
var nextModel = modelProgram("next")

// routeMethods are the names of the functions of a route handler.
var routeMethods = []string{"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"}

// chooseRoute takes exported functions named after methods as a route of Next.js.
func (m *machine) chooseRoute(o *goja.Object) bool {
	if !slices.ContainsFunc(routeMethods, func(name string) bool { return isFunction(orUndefined(o.Get(name))) }) {
		return false
	}
	route, _ := goja.AssertFunction(m.runModel(nextModel).Get("handler"))
	handler, _ := goja.AssertFunction(m.native(route, o))
	m.found.isRoute = true
	m.found.handler = func(x *exchange) { m.native(handler, x.req, x.res) }
	return true
}

// buildModule makes module module of Node.
func buildModule(m *machine) goja.Value {
	o := m.vm.NewObject()
	_ = o.Set("createRequire", func(goja.FunctionCall) goja.Value {
		return m.requireFunction(m.program.name, m.vm.NewObject())
	})
	return o
}
