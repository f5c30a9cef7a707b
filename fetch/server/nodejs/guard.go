package nodejs

import (
	"github.com/dop251/goja"
)

// wrap replaces a method of a built-in object by a function that may answer itself.
func (m *machine) wrap(owner *goja.Object, name string, f func(c goja.FunctionCall, original goja.Callable) goja.Value) {
	old, ok := goja.AssertFunction(owner.Get(name))
	if !ok {
		return
	}
	_ = owner.DefineDataProperty(name, m.vm.ToValue(func(c goja.FunctionCall) goja.Value { return f(c, old) }), goja.FLAG_TRUE, goja.FLAG_FALSE, goja.FLAG_TRUE)
}

// pass calls the original method.
func (m *machine) pass(c goja.FunctionCall, original goja.Callable) goja.Value {
	v, err := original(c.This, c.Arguments...)
	m.rethrow(err)
	return v
}

// prototypeOf returns the prototype object of a built-in class.
func (m *machine) prototypeOf(class string) *goja.Object {
	return m.vm.Get(class).(*goja.Object).Get("prototype").(*goja.Object)
}

// guardBuiltins limits what one call of a built-in method makes, and gives the
// methods a meaning for unknown values.
func (m *machine) guardBuiltins() {
	m.guardLengths()
	m.guardCode()
	m.guardStrings()
	m.guardLists()
	m.guardConversions()
}

// guardLengths limits the methods that make long values in one call, during which
// the engine does not see an interrupt.
func (m *machine) guardLengths() {
	str, arr := m.prototypeOf("String"), m.prototypeOf("Array")
	m.wrap(str, "repeat", func(c goja.FunctionCall, old goja.Callable) goja.Value {
		if n := c.Argument(0).ToInteger(); n > 0 && int64(len(c.This.String()))*n > maxLength {
			m.tooLong()
		}
		return m.pass(c, old)
	})
	for _, name := range []string{"padStart", "padEnd"} {
		m.wrap(str, name, func(c goja.FunctionCall, old goja.Callable) goja.Value {
			if c.Argument(0).ToInteger() > maxLength {
				m.tooLong()
			}
			return m.pass(c, old)
		})
	}
	for _, name := range []string{"fill", "join", "sort", "reverse", "splice", "concat", "flat", "toSorted", "with"} {
		m.wrap(arr, name, func(c goja.FunctionCall, old goja.Callable) goja.Value {
			if o, ok := c.This.(*goja.Object); ok && o.Get("length").ToInteger() > maxLength {
				m.tooLong()
			}
			return m.pass(c, old)
		})
	}
	m.wrap(m.vm.Get("Array").(*goja.Object), "from", func(c goja.FunctionCall, old goja.Callable) goja.Value {
		if o, ok := c.Argument(0).(*goja.Object); ok && m.unknown.byValue[o] == nil {
			if n := o.Get("length"); n != nil && n.ToInteger() > maxLength {
				m.tooLong()
			}
		}
		return m.pass(c, old)
	})
	for _, class := range []string{"ArrayBuffer", "Uint8Array", "Int8Array", "Uint8ClampedArray", "Uint16Array", "Int16Array", "Uint32Array", "Int32Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array"} {
		m.guardClass(class)
	}
}

// guardClass limits the length that a class of buffers is constructed with.
func (m *machine) guardClass(class string) {
	old, ok := m.vm.Get(class).(*goja.Object)
	if !ok {
		return
	}
	construct, _ := goja.AssertConstructor(old)
	p := m.vm.NewProxy(old, &goja.ProxyTrapConfig{Construct: func(_ *goja.Object, args []goja.Value, target *goja.Object) *goja.Object {
		if _, object := at(args, 0).(*goja.Object); !object && at(args, 0).ToInteger() > maxLength {
			m.tooLong()
		}
		o, err := construct(target, args...)
		m.rethrow(err)
		return o
	}})
	m.hidden(class, p)
}

func (m *machine) tooLong() {
	m.stop(m.tooMuch("it makes a text or a list that is too long"))
	m.checkStopped()
}

// guardCode removes what makes code from text.
func (m *machine) guardCode() {
	refuse := func(c goja.FunctionCall) goja.Value {
		m.refuse("code is made from text here, which is not modelled", "write the code into the file")
		return goja.Undefined()
	}
	m.hidden("eval", refuse)
	function := m.vm.Get("Function").(*goja.Object)
	guarded := m.vm.ToValue(refuse).(*goja.Object)
	_ = guarded.Set("prototype", function.Get("prototype"))
	_ = m.prototypeOf("Function").DefineDataProperty("constructor", guarded, goja.FLAG_TRUE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	m.hidden("Function", guarded)
	for _, text := range []string{"(async function(){})", "(function*(){})"} {
		v, err := m.vm.RunString(text)
		if err == nil {
			_ = v.(*goja.Object).Prototype().DefineDataProperty("constructor", guarded, goja.FLAG_TRUE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		}
	}
}

// guardStrings gives the methods of texts a meaning for texts made from unknown
// values.
func (m *machine) guardStrings() {
	str := m.prototypeOf("String")
	for _, name := range []string{"includes", "startsWith", "endsWith"} {
		m.wrap(str, name, func(c goja.FunctionCall, old goja.Callable) goja.Value {
			if u := m.unknownAmong(c); u != nil {
				return m.vm.ToValue(m.decide(u, name+" "+c.This.String()+shown(c.Argument(0)), false))
			}
			return m.pass(c, old)
		})
	}
	for _, name := range []string{"indexOf", "lastIndexOf", "search", "match", "matchAll", "split", "charCodeAt", "codePointAt", "localeCompare"} {
		m.wrap(str, name, func(c goja.FunctionCall, old goja.Callable) goja.Value {
			if u := m.unknownAmong(c); u != nil {
				return m.derived(u, u.path+"."+name+"()").object
			}
			return m.pass(c, old)
		})
	}
	re := m.prototypeOf("RegExp")
	m.wrap(re, "test", func(c goja.FunctionCall, old goja.Callable) goja.Value {
		if u := m.unknownOf(c.Argument(0)); u != nil {
			return m.vm.ToValue(m.decide(u, "matches "+c.This.String()+c.Argument(0).String(), false))
		}
		return m.pass(c, old)
	})
	m.wrap(re, "exec", func(c goja.FunctionCall, old goja.Callable) goja.Value {
		if u := m.unknownOf(c.Argument(0)); u != nil {
			return m.derived(u, u.path+".match()").object
		}
		return m.pass(c, old)
	})
}

// unknownAmong returns the unknown value that a call is on or gets, or nil.
func (m *machine) unknownAmong(c goja.FunctionCall) *unknown {
	if len(m.unknown.all) == 0 {
		return nil
	}
	if u := m.unknownOf(c.This); u != nil {
		return u
	}
	return m.unknownOf(c.Argument(0))
}

// guardConversions gives conversions a meaning for unknown values.
func (m *machine) guardConversions() {
	g := m.vm.GlobalObject()
	for _, name := range []string{"parseInt", "parseFloat", "isNaN", "isFinite", "encodeURIComponent", "decodeURIComponent", "encodeURI", "decodeURI"} {
		m.unknownThrough(g, name, name)
	}
	m.unknownThrough(m.vm.Get("JSON").(*goja.Object), "parse", "JSON.parse")
	for _, name := range []string{"keys", "values", "entries", "fromEntries", "freeze", "getOwnPropertyNames", "create", "seal"} {
		m.unknownThrough(m.vm.Get("Object").(*goja.Object), name, "Object."+name)
	}
	m.unknownThrough(m.vm.Get("Number").(*goja.Object), "isInteger", "Number.isInteger")
	m.unknownThrough(m.vm.Get("Array").(*goja.Object), "isArray", "Array.isArray")
	m.wrap(m.vm.Get("Object").(*goja.Object), "assign", func(c goja.FunctionCall, old goja.Callable) goja.Value {
		if m.unknownObject(c.Argument(0)) == nil {
			for _, a := range c.Arguments {
				if m.unknownObject(a) != nil {
					return m.opMerge(c)
				}
			}
		}
		return m.pass(c, old)
	})
	for _, class := range []string{"Number", "String", "Boolean", "RegExp"} {
		m.guardConversion(class)
	}
}

// unknownThrough makes a function return an unknown value for an unknown argument.
func (m *machine) unknownThrough(owner *goja.Object, name, path string) {
	m.wrap(owner, name, func(c goja.FunctionCall, old goja.Callable) goja.Value {
		if u := m.unknownOf(c.Argument(0)); u != nil {
			return m.derived(u, path+"("+u.path+")").object
		}
		return m.pass(c, old)
	})
}

// guardConversion makes a class, used as a function, return an unknown value for an
// unknown argument.
func (m *machine) guardConversion(class string) {
	old := m.vm.Get(class).(*goja.Object)
	call, _ := goja.AssertFunction(old)
	construct, _ := goja.AssertConstructor(old)
	p := m.vm.NewProxy(old, &goja.ProxyTrapConfig{
		Apply: func(_ *goja.Object, this goja.Value, args []goja.Value) goja.Value {
			if u := m.unknownOf(at(args, 0)); u != nil {
				return m.derived(u, class+"("+u.path+")").object
			}
			v, err := call(this, args...)
			m.rethrow(err)
			return v
		},
		Construct: func(_ *goja.Object, args []goja.Value, target *goja.Object) *goja.Object {
			if u := m.unknownOf(at(args, 0)); u != nil {
				return m.derived(u, "new "+class+"("+u.path+")").object
			}
			o, err := construct(target, args...)
			m.rethrow(err)
			return o
		},
	})
	m.hidden(class, p)
	_ = old.Get("prototype").(*goja.Object).DefineDataProperty("constructor", m.vm.ToValue(p), goja.FLAG_TRUE, goja.FLAG_FALSE, goja.FLAG_TRUE)
}
