package nodejs

import (
	"github.com/dop251/goja"
)

// calledParam is a parameter whose callbacks ran already for the request.
type calledParam struct {
	match, value, err goja.Value
}

// setParams sets req.params to what a layer matched.
func (d *dispatch) setParams(match matched) {
	x := d.x
	if len(match.params) == 0 && !d.r.merge {
		x.state.params = nil
		return
	}
	o := x.m.vm.NewObject()
	if d.r.merge {
		if parent, ok := d.params.(*goja.Object); ok {
			for _, name := range parent.Keys() {
				_ = o.Set(name, parent.Get(name))
			}
		}
	}
	for _, p := range match.params {
		_ = o.Set(p.name, p.value)
	}
	x.state.params = o
}

// processParams calls the callbacks of router.param for the parameters of a match.
func (d *dispatch) processParams(match matched, done func(err goja.Value)) {
	if len(match.params) == 0 || len(d.r.params) == 0 {
		done(nil)
		return
	}
	if d.called == nil {
		d.called = make(map[string]*calledParam)
	}
	d.param(match, 0, done)
}

func (d *dispatch) param(match matched, i int, done func(err goja.Value)) {
	if i >= len(match.params) {
		done(nil)
		return
	}
	name := match.params[i].name
	params := d.x.params()
	value := orUndefined(params.Get(name))
	callbacks := d.r.params[name]
	if goja.IsUndefined(value) || len(callbacks) == 0 {
		d.param(match, i+1, done)
		return
	}
	if c := d.called[name]; c != nil && (c.match.StrictEquals(value) || isError(c.err) && !isText(c.err, "route")) {
		_ = params.Set(name, c.value)
		if isError(c.err) {
			done(c.err)
			return
		}
		d.param(match, i+1, done)
		return
	}
	c := &calledParam{match: value, value: value}
	d.called[name] = c
	d.callbacks(params, name, value, callbacks, func(err goja.Value) {
		c.value, c.err = orUndefined(params.Get(name)), err
		if isError(err) {
			done(err)
			return
		}
		d.param(match, i+1, done)
	})
}

// callbacks calls the callbacks for one parameter.
func (d *dispatch) callbacks(params *goja.Object, name string, value goja.Value, list []goja.Callable, done func(err goja.Value)) {
	if len(list) == 0 {
		done(nil)
		return
	}
	step := func(err goja.Value) {
		if isError(err) {
			done(err)
			return
		}
		d.callbacks(params, name, value, list[1:], done)
	}
	next := d.x.m.vm.ToValue(func(c goja.FunctionCall) goja.Value { step(c.Argument(0)); return goja.Undefined() })
	v, err := list[0](goja.Undefined(), d.x.req, d.x.res, next, value, d.x.m.vm.ToValue(name))
	d.finish(v, err, step)
}
