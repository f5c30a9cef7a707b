package nodejs

import (
	"regexp"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// middleware is a model's own middleware. It ends the answer, or calls next with
// nil or an error.
type middleware func(x *exchange, next func(err goja.Value))

// router is an Express router: a list of layers.
type router struct {
	m         *machine
	object    *goja.Object
	v5        bool
	sensitive bool
	strict    bool
	merge     bool
	layers    []*layer
	params    map[string][]goja.Callable
	at        server.Position
}

// layer is a middleware at a path, or a route.
type layer struct {
	paths    []pattern
	path     string
	slash    bool // matches every path
	route    *route
	function *goja.Object
	call     goja.Callable
	native   middleware
	router   *router
	unknown  *unknown
	arity    int
	at       server.Position
}

// route is a path with handlers by method.
type route struct {
	path    string
	methods []string // in the order of registration; "_all" for all
	layers  []*routeLayer
	object  *goja.Object
	at      server.Position
}

type routeLayer struct {
	layer
	method string // "" for all
}

// handles reports whether the route has a handler for a method.
func (r *route) handles(method string) bool {
	name := fetch.ByteLowercase(method)
	if name == "head" && !slices.Contains(r.methods, "head") {
		name = "get"
	}
	return slices.Contains(r.methods, "_all") || slices.Contains(r.methods, name)
}

// options returns the methods for the header Allow.
func (r *route) options() []string {
	var out []string
	for _, m := range r.methods {
		out = append(out, strings.ToUpper(m))
	}
	if slices.Contains(r.methods, "get") && !slices.Contains(r.methods, "head") {
		out = append(out, "HEAD")
	}
	return out
}

// newLayer returns the layer of a handler.
func (m *machine) newLayer(v goja.Value) layer {
	o, _ := v.(*goja.Object)
	l := layer{function: o, at: m.position()}
	l.unknown = m.unknownObject(v)
	if l.unknown != nil {
		l.arity = unknownArity(l.unknown)
		l.unknown.served = true
		return l
	}
	l.native = m.found.natives[o]
	l.router = m.found.routers[o]
	l.call, _ = goja.AssertFunction(v)
	l.arity = int(o.Get("length").ToInteger())
	return l
}

// unknownArity returns how many parameters an unknown handler has by its name.
func unknownArity(u *unknown) int {
	if errorWords.MatchString(u.lastName()) {
		return 4
	}
	return 3
}

var errorWords = regexp.MustCompile(`(?i)error|exception|^err|[a-z]Err`)

// lastName returns the last name on the way to the value: of a property, or of a
// file.
func (u *unknown) lastName() string {
	path := strings.TrimRight(strings.ReplaceAll(u.path, "()", ""), "')")
	if i := strings.LastIndexAny(path, "./ '"); i >= 0 {
		path = path[i+1:]
	}
	return path
}

// isFunction reports whether a value can be called.
func isFunction(v goja.Value) bool {
	_, ok := goja.AssertFunction(v)
	return ok
}

// flatten returns values with the lists among them taken apart.
func (m *machine) flatten(args []goja.Value) []goja.Value {
	return m.flattenTo(nil, args, 0)
}

func (m *machine) flattenTo(out, args []goja.Value, depth int) []goja.Value {
	if depth > 100 || len(out) > 10000 {
		m.tooLong()
	}
	for _, a := range args {
		if o, ok := a.(*goja.Object); ok && o.ClassName() == "Array" && m.unknown.byValue[o] == nil {
			var inner []goja.Value
			for i := range int(o.Get("length").ToInteger()) {
				inner = append(inner, orUndefined(o.Get(m.vm.ToValue(i).String())))
			}
			out = m.flattenTo(out, inner, depth+1)
			continue
		}
		out = append(out, a)
	}
	return out
}

// isPath reports whether the first argument of use is a path.
func (m *machine) isPath(v goja.Value) bool {
	if m.unknownObject(v) != nil {
		return false
	}
	flat := m.flatten([]goja.Value{v})
	return len(flat) > 0 && !isFunction(flat[0])
}

// use is router.use([path], …handlers).
func (r *router) use(c goja.FunctionCall, wrap func(path string, v goja.Value) (layer, bool)) {
	m := r.m
	path, rest := goja.Value(m.vm.ToValue("/")), c.Arguments
	if len(rest) > 0 && m.isPath(rest[0]) {
		path, rest = rest[0], rest[1:]
	}
	handlers := m.flatten(rest)
	if len(handlers) == 0 {
		panic(m.vm.NewTypeError(map[bool]string{true: "app.use() requires a middleware function", false: "Router.use() requires a middleware function"}[r.v5]))
	}
	paths, shown := r.patterns(path, false)
	for _, h := range handlers {
		if !isFunction(h) {
			if r.v5 {
				panic(m.vm.NewTypeError("argument handler must be a function"))
			}
			panic(m.vm.NewTypeError("Router.use() requires a middleware function but got a " + kindOf(h)))
		}
		l, own := layer{}, false
		if wrap != nil {
			l, own = wrap(shown, h)
		}
		if !own {
			l = m.newLayer(h)
		}
		l.paths, l.path, l.slash = paths, shown, shown == "/"
		r.layers = append(r.layers, &l)
	}
}

// kindOf is the type of a value in Express's messages.
func kindOf(v goja.Value) string {
	if o, ok := v.(*goja.Object); ok {
		return o.ClassName()
	}
	return typeOf(v)
}

// newRoute is router.route(path).
func (r *router) newRoute(path goja.Value) *route {
	paths, shown := r.patterns(path, true)
	t := &route{path: shown, at: r.m.position()}
	r.layers = append(r.layers, &layer{paths: paths, path: shown, route: t, at: t.at})
	return t
}

// add adds handlers for a method to a route; "all" is each.
func (r *router) add(t *route, method string, args []goja.Value) {
	handlers := r.m.flatten(args)
	if len(handlers) == 0 && r.v5 {
		panic(r.m.vm.NewTypeError("argument handler is required"))
	}
	for _, h := range handlers {
		if !isFunction(h) {
			if r.v5 {
				panic(r.m.vm.NewTypeError("argument handler must be a function"))
			}
			e, _ := r.m.vm.New(r.m.vm.Get("Error"), r.m.vm.ToValue("Route."+method+"() requires a callback function but got a [object "+kindOf(h)+"]"))
			panic(e)
		}
		l := &routeLayer{layer: r.m.newLayer(h), method: method}
		name := method
		if method == "all" {
			l.method, name = "", "_all"
		}
		if !slices.Contains(t.methods, name) {
			t.methods = append(t.methods, name)
		}
		t.layers = append(t.layers, l)
	}
}

// isError reports whether the argument of next is an error.
func isError(v goja.Value) bool {
	return v != nil && v.ToBoolean()
}

func isText(v goja.Value, s string) bool {
	t, ok := v.(goja.String)
	return ok && t.String() == s
}
