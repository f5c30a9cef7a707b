package nodejs

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch"
)

// traps returns what an unknown value does when the program uses it.
func (m *machine) traps(u *unknown) *goja.ProxyTrapConfig {
	return &goja.ProxyTrapConfig{
		Get: func(_ *goja.Object, name string, _ goja.Value) goja.Value { return m.unknownProperty(u, name) },
		GetIdx: func(_ *goja.Object, i int, _ goja.Value) goja.Value {
			return m.unknownProperty(u, m.vm.ToValue(i).String())
		},
		GetSym: func(_ *goja.Object, s *goja.Symbol, _ goja.Value) goja.Value { return m.unknownSymbol(u, s) },
		Set: func(_ *goja.Object, name string, v, _ goja.Value) bool {
			u.set(name, v)
			return true
		},
		SetIdx: func(*goja.Object, int, goja.Value, goja.Value) bool { return true },
		SetSym: func(*goja.Object, *goja.Symbol, goja.Value, goja.Value) bool { return true },
		Has: func(_ *goja.Object, name string) bool {
			return u.props[name] != nil || m.decide(u, "in "+name, false)
		},
		DeleteProperty: func(_ *goja.Object, name string) bool {
			delete(u.props, name)
			return true
		},
		DefineProperty: func(_ *goja.Object, name string, d goja.PropertyDescriptor) bool {
			if d.Value != nil {
				u.set(name, d.Value)
			}
			return true
		},
		OwnKeys: func(*goja.Object) *goja.Object { return m.vm.NewArray("prototype") },
		Apply: func(_ *goja.Object, this goja.Value, args []goja.Value) goja.Value {
			return m.callUnknown(u, args)
		},
		Construct: func(_ *goja.Object, args []goja.Value, target *goja.Object) *goja.Object {
			return m.constructUnknown(u, args, target)
		},
	}
}

func (u *unknown) set(name string, v goja.Value) {
	if u.props == nil {
		u.props = make(map[string]goja.Value)
	}
	u.props[name] = v
}

// maxProperties is how many properties of one unknown value are remembered.
const maxProperties = 1000

// unknownProperty returns a property of an unknown value.
func (m *machine) unknownProperty(u *unknown, name string) goja.Value {
	if v := u.props[name]; v != nil {
		return v
	}
	switch name {
	case "__esModule", "$$typeof", "toJSON", "inspect":
		return goja.Undefined()
	case "then", "catch", "finally":
		if u.settled {
			return goja.Undefined()
		}
		return m.vm.ToValue(func(call goja.FunctionCall) goja.Value { return m.settle(u, name, call.Arguments) })
	case "default":
		if u.from.module != "" && strings.HasPrefix(u.path, "require(") && strings.HasSuffix(u.path, ")") {
			return u.object
		}
	case "call", "bind", "apply":
		return m.unknownCaller(u, name)
	case "toString", "valueOf", "toLocaleString":
		return m.vm.ToValue(func(goja.FunctionCall) goja.Value { return m.textOf(u) })
	}
	if v, ok := m.program.set[name]; ok {
		return m.given(v)
	}
	d := m.derived(u, u.path+"."+name)
	if len(u.props) < maxProperties && (m.loading || d.id <= m.unknown.kept) {
		u.set(name, d.object)
	}
	return d.object
}

// unknownCaller returns the method call, apply or bind of an unknown function.
func (m *machine) unknownCaller(u *unknown, name string) goja.Value {
	return m.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		if name == "bind" {
			return u.object
		}
		return m.callUnknown(u, call.Arguments[min(1, len(call.Arguments)):])
	})
}

func (m *machine) unknownSymbol(u *unknown, s *goja.Symbol) goja.Value {
	switch s {
	case goja.SymToPrimitive:
		return m.vm.ToValue(func(call goja.FunctionCall) goja.Value { return m.textOf(u) })
	case goja.SymIterator, m.protos.asyncIterator:
		return m.vm.ToValue(func(goja.FunctionCall) goja.Value { return m.iterate(u) })
	}
	return goja.Undefined()
}

// iterate returns an iterator over an unknown list: the values that it is known to
// have, then one that is not known or none.
func (m *machine) iterate(u *unknown) goja.Value {
	items := append([]goja.Value(nil), u.has...)
	if m.decide(u, "items", true) {
		items = append(items, m.derived(u, "an item of "+u.path).object)
	}
	i := 0
	it := m.vm.NewObject()
	_ = it.Set("next", func(goja.FunctionCall) goja.Value {
		r := m.vm.NewObject()
		_ = r.Set("done", i >= len(items))
		if i < len(items) {
			_ = r.Set("value", items[i])
		}
		i++
		return r
	})
	return it
}

// settle is the method then, catch or finally of an unknown promise: it is
// fulfilled while the program is loaded, and either way later.
func (m *machine) settle(u *unknown, name string, args []goja.Value) goja.Value {
	done := m.derived(u, u.path)
	done.settled = true
	rejected := !m.loading && !u.from.quiet && m.decide(u, "is rejected", false)
	var which goja.Value
	switch {
	case name == "finally" || name == "then" && !rejected:
		which = at(args, 0)
	case name == "catch" && rejected:
		which = at(args, 0)
	case name == "then" && rejected:
		which = at(args, 1)
	}
	if f, ok := goja.AssertFunction(which); ok {
		var given []goja.Value
		if name != "finally" {
			given = []goja.Value{done.object}
		}
		m.later(task{call: f, this: goja.Undefined(), args: given})
		u = m.derived(u, u.path)
	}
	return u.object
}

// at returns an argument or undefined.
func at(args []goja.Value, i int) goja.Value {
	if i < len(args) {
		return args[i]
	}
	return goja.Undefined()
}

// callUnknown is a call of an unknown function.
func (m *machine) callUnknown(u *unknown, args []goja.Value) goja.Value {
	where, _ := m.callSite()
	used := !m.program.unused(where)
	r := m.derived(u, u.path+"()")
	r.at = m.position()
	if u.at.File != "" && r.at.Line == 0 {
		r.at = u.at
	}
	m.touched(u, args)
	if used && !m.loading && !u.from.quiet && !isThen(u.path) && m.decide(r, "throws", false) {
		e := m.derived(r, "the error of "+r.path)
		e.settled = true
		panic(e.object)
	}
	m.callBack(u, args)
	return r.object
}

func isThen(path string) bool { return strings.HasSuffix(path, ".prototype") }

// callBack calls, later and once, the functions that were given to an unknown
// function; those for errors and ends are not called.
func (m *machine) callBack(u *unknown, args []goja.Value) {
	if u.from.quiet {
		return
	}
	for i, a := range args {
		o, ok := a.(*goja.Object)
		if !ok || m.unknown.byValue[o] != nil || m.isOurs(o) {
			continue
		}
		f, ok := goja.AssertFunction(a)
		if !ok || i > 0 && neverCalled(args[0]) {
			continue
		}
		m.later(task{do: func() { m.callWithUnknown(u, o, f) }})
	}
}

// neverCalled reports whether an event is one that a healthy server does not have.
func neverCalled(event goja.Value) bool {
	s, ok := event.(goja.String)
	if !ok {
		return false
	}
	switch s.String() {
	case "error", "close", "end", "exit", "disconnect", "disconnected", "reconnectFailed", "SIGINT", "SIGTERM":
		return true
	}
	return false
}

// callWithUnknown calls a function of the program as an unknown function would. If
// it fails while the program is loaded, that counts as not called.
func (m *machine) callWithUnknown(u *unknown, o *goja.Object, f goja.Callable) {
	n := int(o.Get("length").ToInteger())
	args := make([]goja.Value, 0, n)
	names := parameterNames(o.String())
	for i := range min(n, 8) {
		if i == 0 && m.loading && len(names) > 0 && strings.HasPrefix(fetch.ByteLowercase(names[0]), "err") {
			args = append(args, goja.Null())
			continue
		}
		a := m.derived(u, "what "+u.path+" calls back with")
		a.settled = true
		args = append(args, a.object)
	}
	this := m.derived(u, "this in a function that "+u.path+" calls")
	v, err := f(this.object, args...)
	if err != nil {
		m.callbackFailed(err)
		return
	}
	if m.loading {
		m.ignoreRejection(v)
	}
}

// ignoreRejection takes the rejection of a promise as handled. It does nothing to
// other values.
func (m *machine) ignoreRejection(v goja.Value) {
	o, ok := v.(*goja.Object)
	if !ok {
		return
	}
	if _, ok := o.Export().(*goja.Promise); !ok {
		return
	}
	if catch, ok := goja.AssertFunction(o.Get("catch")); ok {
		_, err := catch(o, m.vm.ToValue(func(goja.FunctionCall) goja.Value { return goja.Undefined() }))
		m.rethrow(err)
	}
}

// callbackFailed is the end of a callback that an unknown function called.
func (m *machine) callbackFailed(err error) {
	if m.loading {
		if _, ok := err.(*goja.Exception); ok && m.stopped == nil {
			return
		}
	}
	m.uncaught(err)
}

// parameterNames returns the names of the parameters of a function's text.
func parameterNames(text string) []string {
	_, rest, ok := strings.Cut(text, "(")
	if head, _, arrow := strings.Cut(text, "=>"); arrow && !strings.Contains(head, "(") {
		return []string{strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(head), "async "))}
	}
	list, _, closed := strings.Cut(rest, ")")
	if !ok || !closed {
		return nil
	}
	names := strings.Split(list, ",")
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return names
}

// constructUnknown is "new" with an unknown class, or super(…) in a class that
// extends one.
func (m *machine) constructUnknown(u *unknown, args []goja.Value, target *goja.Object) *goja.Object {
	if target != nil && target != u.object {
		proto, ok := target.Get("prototype").(*goja.Object)
		if ok {
			return m.vm.CreateObject(proto)
		}
	}
	r := m.derived(u, "new "+u.path)
	r.at = m.position()
	m.touched(u, args)
	m.callBack(u, args)
	return r.object
}
