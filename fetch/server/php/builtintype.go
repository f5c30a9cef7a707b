package php

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// typeFunctions are the functions that ask for or convert the type of a value.
func typeFunctions() map[string]builtin {
	is := func(names ...string) builtin {
		return plain(func(c *args) value {
			t := typeOf(c.arg(0))
			for _, n := range names {
				if n == t {
					return true
				}
			}
			return false
		})
	}
	return map[string]builtin{
		"is_null": is("NULL"), "is_string": is("string"), "is_array": raw(isArray), "is_bool": is("boolean"), "is_int": is("integer"),
		"is_integer": is("integer"), "is_float": is("double"), "is_object": is("object"), "is_iterable": is("array"), "is_countable": is("array"),
		"is_scalar": is("string", "integer", "double", "boolean"),
		"is_numeric": plain(func(c *args) value {
			if s, ok := c.arg(0).(string); ok {
				_, whole := numberIn(s)
				return whole
			}
			return typeOf(c.arg(0)) == "integer" || typeOf(c.arg(0)) == "double"
		}),
		"is_callable": plain(func(c *args) value {
			if s, ok := c.arg(0).(string); ok && !strings.Contains(s, "::") {
				return c.r.hasFunction(fetch.ByteLowercase(s))
			}
			return c.r.callable(c.pos, c.arg(0)) != nil
		}),
		"intval": plain(func(c *args) value { return toInt(c.arg(0)) }), "floatval": plain(func(c *args) value { return toFloat(c.arg(0)) }),
		"boolval": plain(func(c *args) value { return toBool(c.arg(0)) }),
		"strval":  raw(func(c *args) value { return c.r.concat(c.pos, "", c.arg(0)) }),
		"gettype": plain(func(c *args) value { return typeOf(c.arg(0)) }),
		"var_export": plain(func(c *args) value {
			if c.flag(1) {
				return exported(c)
			}
			c.r.write(c.pos, "…")
			return nil
		}),
		"abs": plain(func(c *args) value {
			if f := toFloat(c.arg(0)); f < 0 {
				return c.r.operate(c.pos, "*", toNumber(c.arg(0)), int64(-1))
			}
			return toNumber(c.arg(0))
		}),
		"function_exists": plain(func(c *args) value { return c.r.functionExists(c) }),
		"class_exists":    plain(func(c *args) value { return c.r.classExists(c) }), "interface_exists": plain(func(c *args) value { return c.r.classExists(c) }),
		"method_exists": plain(methodExists),
		"property_exists": plain(func(c *args) value {
			o, ok := c.arg(0).(*object)
			if !ok {
				return c.unknown("")
			}
			_, found := o.props.get(keyOf(c.text(1)))
			return found
		}),
		"extension_loaded": plain(func(c *args) value { return c.unknown("") }),
		"defined": plain(func(c *args) value {
			_, ok := c.r.consts[c.text(0)]
			_, ok2 := constants[c.text(0)]
			if !ok && !ok2 && c.r.notGiven != nil {
				return c.unknown("")
			}
			return ok || ok2
		}),
		"constant":  plain(func(c *args) value { return (&name{pos: c.pos, text: c.text(0)}).eval(c.r) }),
		"define":    raw(defineConstant),
		"get_class": plain(getClass), "get_debug_type": plain(getClass),
		"get_object_vars": plain(func(c *args) value {
			if o, ok := c.arg(0).(*object); ok {
				return o.props.copy()
			}
			return new(array)
		}),
		"is_a":           plain(func(c *args) value { o, ok := c.arg(0).(*object); return ok && c.r.isA(o.class, c.text(1)) }),
		"is_subclass_of": plain(func(c *args) value { o, ok := c.arg(0).(*object); return ok && c.r.isA(o.class, c.text(1)) }),
	}
}

func isArray(c *args) value {
	switch v := c.arg(0).(type) {
	case *unknown:
		return &unknown{err: v.err}
	case *array:
		return true
	}
	return false
}

func (r *run) hasFunction(name string) bool {
	_, ok := r.program.builtins[name]
	return ok || r.funcs[name] != nil
}

func (r *run) functionExists(c *args) value {
	name := fetch.ByteLowercase(strings.TrimPrefix(c.text(0), `\`))
	switch {
	case r.hasFunction(name):
		return true
	case r.notGiven != nil:
		return c.unknown("")
	}
	return false
}

func (r *run) classExists(c *args) value {
	if r.class(c.pos, c.text(0)) != nil {
		return true
	}
	return c.unknown("")
}

func methodExists(c *args) value {
	o, ok := c.arg(0).(*object)
	class := (*class)(nil)
	if ok {
		class = o.class
	} else {
		class = c.r.class(c.pos, c.text(0))
	}
	if class == nil || class.isUnseen() {
		return c.unknown("")
	}
	f, _ := class.method(fetch.ByteLowercase(c.text(1)))
	return f != nil
}

func getClass(c *args) value {
	switch v := c.arg(0).(type) {
	case *object:
		return v.class.name
	case *closure:
		return "Closure"
	}
	return typeOf(c.arg(0))
}

func defineConstant(c *args) value {
	name := c.arg(0)
	if u := unknownIn(name); u != nil {
		return u
	}
	c.r.consts[toString(name)] = c.arg(1)
	return true
}

// exported is what var_export returns for values without parts.
func exported(c *args) value {
	switch v := c.arg(0).(type) {
	case nil:
		return "NULL"
	case bool:
		if v {
			return "true"
		}
		return "false"
	case int64:
		return toString(v)
	case string:
		return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(v) + "'"
	}
	return c.unknown("")
}
