package nodejs

import (
	"github.com/dop251/goja"
)

// guardLists gives the methods of lists a meaning for lists with unknown values.
func (m *machine) guardLists() {
	arr := m.prototypeOf("Array")
	m.wrap(arr, "includes", m.includes)
	m.wrap(arr, "indexOf", m.indexOf)
	for _, name := range []string{"some", "every", "find", "findIndex", "filter", "findLast"} {
		m.wrap(arr, name, m.withDecidedCallback)
	}
	m.wrap(m.prototypeOf("Set"), "has", func(c goja.FunctionCall, old goja.Callable) goja.Value {
		return m.has(c, old, "values")
	})
	m.wrap(m.prototypeOf("Map"), "has", func(c goja.FunctionCall, old goja.Callable) goja.Value {
		return m.has(c, old, "keys")
	})
	m.wrap(arr, "concat", func(c goja.FunctionCall, old goja.Callable) goja.Value {
		if len(m.unknown.all) == 0 {
			return m.pass(c, old)
		}
		for i, a := range c.Arguments {
			if u := m.unknownObject(a); u != nil {
				c.Arguments[i] = m.vm.NewArray(m.listed(u)...)
			}
		}
		return m.pass(c, old)
	})
}

// listed returns the values of an unknown list as [machine.iterate] gives them.
func (m *machine) listed(u *unknown) []any {
	var out []any
	for _, v := range u.has {
		out = append(out, v)
	}
	if m.decide(u, "items", true) {
		out = append(out, m.derived(u, "an item of "+u.path).object)
	}
	return out
}

func (m *machine) includes(c goja.FunctionCall, old goja.Callable) goja.Value {
	found := m.pass(c, old)
	if len(m.unknown.all) == 0 || found.ToBoolean() {
		return found
	}
	return m.vm.ToValue(m.amongUnknown(c.This, c.Argument(0)) >= 0)
}

func (m *machine) indexOf(c goja.FunctionCall, old goja.Callable) goja.Value {
	found := m.pass(c, old)
	if len(m.unknown.all) == 0 || found.ToInteger() >= 0 {
		return found
	}
	return m.vm.ToValue(m.amongUnknown(c.This, c.Argument(0)))
}

// amongUnknown decides whether one of the unknown values in a list equals a value,
// and returns its index or -1.
func (m *machine) amongUnknown(list, v goja.Value) int {
	o, ok := list.(*goja.Object)
	if !ok || m.unknown.byValue[o] != nil {
		return -1
	}
	sought := m.unknownOf(v)
	for i := range int(min(o.Get("length").ToInteger(), 1000)) {
		item := o.Get(m.vm.ToValue(i).String())
		if item == nil {
			continue
		}
		if u := m.unknownOf(item); u != nil && m.equalUnknown(u, item, v) {
			return i
		}
		if sought != nil && m.equalUnknown(sought, v, item) {
			return i
		}
	}
	return -1
}

// withDecidedCallback calls a method of a list with a callback whose result is
// decided if it is unknown.
func (m *machine) withDecidedCallback(c goja.FunctionCall, old goja.Callable) goja.Value {
	f, ok := goja.AssertFunction(c.Argument(0))
	if !ok || len(m.unknown.all) == 0 {
		return m.pass(c, old)
	}
	c.Arguments[0] = m.vm.ToValue(func(inner goja.FunctionCall) goja.Value {
		v, err := f(inner.This, inner.Arguments...)
		m.rethrow(err)
		return m.vm.ToValue(m.truth(v))
	})
	return m.pass(c, old)
}

// has is the method has of a set or a map.
func (m *machine) has(c goja.FunctionCall, old goja.Callable, list string) goja.Value {
	found := m.pass(c, old)
	if len(m.unknown.all) == 0 || found.ToBoolean() {
		return found
	}
	o := c.This.(*goja.Object)
	values, _ := goja.AssertFunction(o.Get(list))
	it, err := values(o)
	m.rethrow(err)
	yes := false
	m.vm.ForOf(it, func(item goja.Value) bool {
		if u := m.unknownOf(item); u != nil && m.equalUnknown(u, item, c.Argument(0)) {
			yes = true
		} else if u := m.unknownOf(c.Argument(0)); u != nil && m.equalUnknown(u, c.Argument(0), item) {
			yes = true
		}
		return !yes
	})
	return m.vm.ToValue(yes)
}
