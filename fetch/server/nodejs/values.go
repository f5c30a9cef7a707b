package nodejs

import (
	"github.com/dop251/goja"
)

func (m *machine) opCompute(c goja.FunctionCall) goja.Value {
	a, b := c.Argument(1), c.Argument(2)
	for _, v := range []goja.Value{a, b} {
		if u := m.unknownOf(v); u != nil {
			return m.derived(u, "a number from "+u.path).object
		}
	}
	return m.native(m.ops.compute[c.Argument(0).String()], a, b)
}

func (m *machine) opUnary(c goja.FunctionCall) goja.Value {
	a := c.Argument(1)
	if u := m.unknownOf(a); u != nil {
		return m.derived(u, "a number from "+u.path).object
	}
	return m.native(m.ops.unary[c.Argument(0).String()], a)
}

// opType is typeof: it gets the value, or for a name the result and a function that
// returns the value.
func (m *machine) opType(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	if len(c.Arguments) == 2 {
		if v.String() != "function" || len(m.unknown.all) == 0 {
			return v
		}
		value, err := must(goja.AssertFunction(c.Argument(1)))(goja.Undefined())
		m.rethrow(err)
		if u := m.unknownObject(value); u != nil {
			return m.derived(u, "typeof "+u.path).object
		}
		return v
	}
	if u := m.unknownObject(v); u != nil {
		return m.derived(u, "typeof "+u.path).object
	}
	return m.vm.ToValue(typeOf(v))
}

func must(f goja.Callable, _ bool) goja.Callable { return f }

// typeOf is the operator typeof.
func typeOf(v goja.Value) string {
	switch v := v.(type) {
	case *goja.Object:
		if _, ok := goja.AssertFunction(v); ok {
			return "function"
		}
		return "object"
	case goja.String:
		return "string"
	case *goja.Symbol:
		return "symbol"
	}
	switch {
	case goja.IsUndefined(v):
		return "undefined"
	case goja.IsNull(v):
		return "object"
	case goja.IsBigInt(v):
		return "bigint"
	case goja.IsNumber(v):
		return "number"
	}
	return "boolean"
}

// opGet is object[key]. A key that is not known is decided among the object's.
func (m *machine) opGet(c goja.FunctionCall) goja.Value {
	v, key := c.Argument(0), c.Argument(1)
	if goja.IsUndefined(v) || goja.IsNull(v) {
		panic(m.vm.NewTypeError("Cannot read properties of " + v.String() + " (reading '" + key.String() + "')"))
	}
	o := v.ToObject(m.vm)
	if u := m.unknownOf(key); u != nil && m.unknown.byValue[o] == nil {
		for _, name := range o.Keys() {
			if m.equalUnknown(u, key, m.vm.ToValue(name)) {
				return o.Get(name)
			}
		}
		return goja.Undefined()
	}
	if s, ok := key.(*goja.Symbol); ok {
		return orUndefined(o.GetSymbol(s))
	}
	return orUndefined(o.Get(key.String()))
}

func orUndefined(v goja.Value) goja.Value {
	if v == nil {
		return goja.Undefined()
	}
	return v
}

func (m *machine) opSwitch(c goja.FunctionCall) goja.Value {
	m.ops.discriminant = m.unknownOf(c.Argument(0))
	return c.Argument(0)
}

func (m *machine) opCase(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	u := m.ops.discriminant
	if u != nil && m.equalUnknown(u, u.object, v) {
		return u.object
	}
	return v
}

// opMerge is an object literal with spreads. If a spread is unknown, so is each
// property that no later part sets.
func (m *machine) opMerge(c goja.FunctionCall) goja.Value {
	out := m.vm.NewObject()
	var open *unknown
	for _, part := range c.Arguments {
		if u := m.unknownObject(part); u != nil {
			open = m.derived(u, "..."+u.path)
			continue
		}
		o, ok := part.(*goja.Object)
		if !ok {
			continue
		}
		for _, name := range o.Keys() {
			v := o.Get(name)
			_ = out.Set(name, v)
			if open != nil {
				open.set(name, v)
			}
		}
		for _, s := range o.Symbols() {
			_ = out.SetSymbol(s, o.GetSymbol(s))
		}
	}
	if open != nil {
		return open.object
	}
	return out
}

// opItems returns what an array pattern of a number of names takes apart.
func (m *machine) opItems(c goja.FunctionCall) goja.Value {
	u := m.unknownObject(c.Argument(0))
	if u == nil {
		return c.Argument(0)
	}
	var list []any
	for i := range c.Argument(1).ToInteger() {
		list = append(list, m.unknownProperty(u, m.vm.ToValue(i).String()))
	}
	return m.vm.NewArray(list...)
}

// opModule returns the namespace of a module that was required for an import.
func (m *machine) opModule(c goja.FunctionCall) goja.Value {
	o, ok := c.Argument(0).(*goja.Object)
	if !ok {
		ns := m.vm.NewObject()
		_ = ns.Set("default", c.Argument(0))
		return ns
	}
	if m.unknown.byValue[o] != nil {
		return o
	}
	if v := o.Get("__esModule"); v != nil && v.ToBoolean() {
		return o
	}
	ns := m.vm.CreateObject(o)
	if f, ok := goja.AssertFunction(o); ok {
		ns = m.vm.ToValue(func(c goja.FunctionCall) goja.Value { return m.pass(c, f) }).(*goja.Object)
		_ = ns.SetPrototype(o)
	}
	_ = ns.DefineDataProperty("default", o, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	return ns
}
