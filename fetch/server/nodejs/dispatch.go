package nodejs

import (
	"reflect"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// dispatch is what a router does with one request.
type dispatch struct {
	r       *router
	x       *exchange
	i       int
	done    func(err goja.Value)
	options []string
	baseURL goja.Value
	params  goja.Value
	parent  goja.Value
	next    goja.Value
	removed string
	slash   bool
	protos  string
	called  map[string]*calledParam
}

// handle gives a request to the router; done continues after it.
func (r *router) handle(x *exchange, done func(err goja.Value)) {
	d := &dispatch{r: r, x: x}
	d.baseURL, d.params, d.parent = x.state.baseURL, x.state.params, x.state.next
	restored := func(err goja.Value) {
		x.state.baseURL, x.state.next, x.state.params = d.baseURL, d.parent, d.params
		if !isError(err) && len(d.options) > 0 {
			d.sendOptions()
			return
		}
		done(err)
	}
	d.done = restored
	d.protos = protocolAndHost(x.url())
	if d.baseURL == nil {
		x.state.baseURL = noText
	}
	if !truthy(x.state.originalURL) {
		x.state.originalURL = x.state.url
	}
	d.step(nil)
}

// sendOptions answers an OPTIONS request with the methods of the routes.
func (d *dispatch) sendOptions() {
	x := d.x
	var list []string
	for _, m := range d.options {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	separator := ","
	if d.r.v5 {
		slices.Sort(list)
		separator = ", "
	}
	allow := strings.Join(list, separator)
	x.set("Allow", allow)
	x.decide(server.Position{}, "Allow", "Express answers OPTIONS with the methods of the routes of this path")
	if d.r.v5 {
		x.set("Content-Length", x.m.vm.ToValue(len(allow)).String())
		x.set("Content-Type", "text/plain")
		x.set("X-Content-Type-Options", "nosniff")
		x.finish(allow)
		return
	}
	x.m.callMethod(x.res, "send", x.m.vm.ToValue(allow))
}

// callMethod calls a method of an object as the program would.
func (m *machine) callMethod(o *goja.Object, name string, args ...goja.Value) goja.Value {
	f, ok := goja.AssertFunction(o.Get(name))
	if !ok {
		panic(m.vm.NewTypeError(name + " is not a function"))
	}
	v, err := f(o, args...)
	m.rethrow(err)
	return v
}

// nextValue returns the function next that the handlers get.
func (d *dispatch) nextValue() goja.Value {
	if d.next == nil {
		d.next = d.x.m.nextCallback(d.step)
	}
	return d.next
}

// step continues with the next layer that fits.
func (d *dispatch) step(err goja.Value) {
	x := d.x
	if isText(err, "route") {
		err = nil
	}
	d.restoreURL()
	if isText(err, "router") {
		x.m.later(task{do: func() { d.done(nil) }})
		return
	}
	if d.i >= len(d.r.layers) {
		x.m.later(task{do: func() { d.done(err) }})
		return
	}
	path := pathOf(x.url())
	l, match, err := d.find(path, err)
	if l == nil {
		d.done(err)
		return
	}
	d.setParams(match)
	d.processParams(match, func(e goja.Value) {
		switch {
		case isError(e):
			if isError(err) {
				e = err
			}
			d.step(e)
		case l.route != nil:
			d.serveRoute(l)
		default:
			d.trim(l, match.path, path, err)
		}
	})
}

// restoreURL puts back what was cut off the URL for the last layer.
func (d *dispatch) restoreURL() {
	x := d.x
	if d.slash {
		url := x.url()
		if !d.r.v5 || url == "/" || strings.HasPrefix(url, "/?") || strings.HasSuffix(d.removed, "/") && strings.HasPrefix(url, "/") {
			x.setURL(url[1:])
		}
		d.slash = false
	}
	if d.removed != "" {
		x.state.baseURL = orEmpty(d.baseURL)
		url := x.url()
		x.setURL(d.protos + d.removed + url[min(len(d.protos), len(url)):])
		d.removed = ""
	}
}

// noText is the empty text.
var noText goja.Value = goja.StringFromUTF16(nil)

func orEmpty(v goja.Value) goja.Value {
	if !truthy(v) {
		return noText
	}
	return v
}

// find returns the next layer that fits a path.
func (d *dispatch) find(path string, err goja.Value) (*layer, matched, goja.Value) {
	for d.i < len(d.r.layers) {
		l := d.r.layers[d.i]
		d.i++
		match, ok, bad := l.match(path, d.x.m)
		if bad != nil && !isError(err) {
			err = bad
		}
		if !ok {
			continue
		}
		if l.route == nil {
			return l, match, err
		}
		if isError(err) {
			continue
		}
		if !l.route.handles(d.x.verb()) {
			if d.x.verb() == "OPTIONS" {
				d.options = append(d.options, l.route.options()...)
			}
			if d.x.verb() != "HEAD" {
				continue
			}
		}
		return l, match, err
	}
	return nil, matched{}, err
}

// trim cuts the layer's path off the URL, and gives the request to the layer.
func (d *dispatch) trim(l *layer, layerPath, path string, err goja.Value) {
	x := d.x
	if layerPath != "" {
		if !strings.HasPrefix(path, layerPath) {
			d.step(err)
			return
		}
		if rest := path[len(layerPath):]; rest != "" && rest[0] != '/' && (d.r.v5 || rest[0] != '.') {
			d.step(err)
			return
		}
		d.removed = layerPath
		url := x.url()
		url = d.protos + url[min(len(url), len(d.protos)+len(layerPath)):]
		if d.protos == "" && !strings.HasPrefix(url, "/") {
			url, d.slash = "/"+url, true
		}
		x.setURL(url)
		x.state.baseURL = x.m.vm.ToValue(orEmpty(d.baseURL).String() + strings.TrimSuffix(layerPath, "/"))
	}
	if isError(err) {
		d.serveError(l, err, d.step, d.nextValue)
		return
	}
	d.serve(l, d.step, d.nextValue)
}

// serve gives the request to a layer's handler.
func (d *dispatch) serve(l *layer, step func(goja.Value), next func() goja.Value) {
	x := d.x
	switch {
	case x.ended && x.failed != nil:
		return
	case l.arity > 3:
		step(nil)
	case l.unknown != nil:
		x.serveUnknown(l.unknown, step)
	case l.native != nil:
		d.guarded(step, func() { l.native(x, step) })
	case l.router != nil:
		d.guarded(step, func() { l.router.handle(x, step) })
	default:
		x.state.next = d.nextValue()
		v, err := l.call(goja.Undefined(), x.req, x.res, next())
		d.finish(v, err, step)
	}
}

// guarded calls a model's own middleware; what it throws goes to the next layer.
func (d *dispatch) guarded(step func(goja.Value), f func()) {
	if e := d.x.m.vm.Try(f); e != nil {
		d.finish(nil, e, step)
	}
}

// serveError gives an error to a layer's handler.
func (d *dispatch) serveError(l *layer, e goja.Value, step func(goja.Value), next func() goja.Value) {
	x := d.x
	switch {
	case x.ended && x.failed != nil:
		return
	case l.arity != 4:
		step(e)
	case l.unknown != nil:
		x.serveErrorUnknown(l.unknown, e, step)
	default:
		v, err := l.call(goja.Undefined(), e, x.req, x.res, next())
		d.finish(v, err, step)
	}
}

// serveErrorUnknown gives an error to an unknown handler of errors: it answers.
func (x *exchange) serveErrorUnknown(u *unknown, e goja.Value, step func(goja.Value)) {
	if saysCORS(u) {
		x.failed = u.errAbout()
		x.ended, x.sent = true, true
		return
	}
	x.unsure = u
	x.end("")
}

// finish is what follows the call of a handler: an error goes to the next layer, in
// Express 5 that of a promise too.
func (d *dispatch) finish(v goja.Value, err error, step func(goja.Value)) {
	m := d.x.m
	if err != nil {
		e, ok := err.(*goja.Exception)
		if !ok || m.stopped != nil {
			panic(err)
		}
		step(e.Value())
		return
	}
	if !d.r.v5 {
		return
	}
	o, ok := v.(*goja.Object)
	if !ok || m.unknown.byValue[o] != nil {
		return
	}
	p := promiseOf(o)
	if p == nil {
		return
	}
	m.then(p, o, func(reason goja.Value) {
		if !isError(reason) {
			reason, _ = m.vm.New(m.vm.Get("Error"), m.vm.ToValue("Rejected promise"))
		}
		step(reason)
	})
}

var promiseType = reflect.TypeFor[*goja.Promise]()

// promiseOf returns the promise that an object is, or nil.
func promiseOf(o *goja.Object) *goja.Promise {
	if o.ExportType() != promiseType {
		return nil
	}
	p, _ := o.Export().(*goja.Promise)
	return p
}

// bytesOfObject returns the bytes of an array of bytes.
func bytesOfObject(o *goja.Object) ([]byte, bool) {
	t := o.ExportType()
	if t == nil || t.Kind() != reflect.Slice || t.Elem().Kind() != reflect.Uint8 {
		return nil, false
	}
	b, ok := o.Export().([]byte)
	return b, ok
}

// then calls f when a promise is rejected.
func (m *machine) then(p *goja.Promise, o *goja.Object, f func(reason goja.Value)) {
	if p.State() == goja.PromiseStateFulfilled {
		return
	}
	m.callMethod(o, "then", goja.Undefined(), m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		reason := c.Argument(0)
		m.later(task{do: func() { f(reason) }})
		return goja.Undefined()
	}))
}

// serveRoute gives the request to the handlers of a route, one after the other.
func (d *dispatch) serveRoute(l *layer) {
	t := l.route
	method := fetch.ByteLowercase(d.x.verb())
	if method == "head" && !slices.Contains(t.methods, "head") {
		method = "get"
	}
	d.x.state.route = d.routeObject(t)
	i := 0
	var nextValue goja.Value
	var step func(err goja.Value)
	next := func() goja.Value {
		if nextValue == nil {
			nextValue = d.x.m.nextCallback(func(err goja.Value) { step(err) })
		}
		return nextValue
	}
	step = func(err goja.Value) {
		if isText(err, "route") {
			d.step(nil)
			return
		}
		if isText(err, "router") {
			d.step(err)
			return
		}
		for i < len(t.layers) {
			rl := t.layers[i]
			i++
			if rl.method != "" && rl.method != method {
				continue
			}
			if isError(err) {
				d.serveError(&rl.layer, err, step, next)
			} else {
				d.serve(&rl.layer, step, next)
			}
			return
		}
		d.step(err)
	}
	step(nil)
}

func (d *dispatch) routeObject(t *route) goja.Value {
	if t.object == nil {
		t.object = d.x.m.vm.NewObject()
		_ = t.object.Set("path", t.path)
		methods := d.x.m.vm.NewObject()
		for _, name := range t.methods {
			_ = methods.Set(name, true)
		}
		_ = t.object.Set("methods", methods)
	}
	return t.object
}

// pathOf returns the path of a request target.
func pathOf(url string) string {
	if !strings.HasPrefix(url, "/") {
		if _, rest, ok := strings.Cut(url, "://"); ok {
			i := strings.IndexByte(rest, '/')
			if i < 0 {
				return "/"
			}
			url = rest[i:]
		}
	}
	url, _, _ = strings.Cut(url, "#")
	path, _, _ := strings.Cut(url, "?")
	return path
}

// protocolAndHost returns the part of an absolute request target before its path.
func protocolAndHost(url string) string {
	if url == "" || url[0] == '/' {
		return ""
	}
	before, _, _ := strings.Cut(url, "?")
	i := strings.Index(before, "://")
	if i < 0 {
		return ""
	}
	j := strings.IndexByte(url[i+3:], '/')
	if j < 0 {
		return ""
	}
	return url[:i+3+j]
}

// lowerEqual reports whether two texts are equal but for the case of ASCII letters.
func lowerEqual(a, b string) bool {
	return len(a) == len(b) && (a == b || fetch.ByteLowercase(a) == fetch.ByteLowercase(b))
}
