package php

import (
	"maps"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server/worlds"
)

func (x *methodCall) eval(r *run) value {
	r.step(x.pos)
	in := x.x.eval(r)
	if u, ok := in.(*unknown); ok {
		values, _, _ := r.arguments(x.args, nil)
		out := r.useUnknown(x.pos, u, x.title(), values)
		if l, ok := x.name.(*literal); ok {
			return r.methodOfUnknown(x, u, fetch.ByteLowercase(toString(l.v)), values, out)
		}
		return out
	}
	if in == nil && x.safe {
		return nil
	}
	if l, ok := x.name.(*literal); !ok {
		if f, ok := x.name.eval(r).(*closure); ok {
			return r.callValueWith(x.pos, f, x.args)
		}
	} else if c, ok := in.(*closure); ok {
		return r.closureMethod(x, c, fetch.ByteLowercase(toString(l.v)))
	}
	o, ok := in.(*object)
	name := r.memberName(x.name)
	if !ok {
		r.throw(x.pos, "Error", "Call to a member function "+name+"() on "+typeOf(in))
	}
	at := x.pos
	if f, _ := o.class.method(fetch.ByteLowercase(name)); f != nil && f.src != nil && f.src.inner {
		at = x.name.place() // of a chain over several lines, the line of this call
	}
	return r.callMethod(at, o, name, x.args)
}

// title names the call, such as "$db->query()".
func (x *methodCall) title() string {
	owner, method := "…", "…"
	if v, ok := x.x.(*variable); ok {
		owner = "$" + v.name
	}
	if l, ok := x.name.(*literal); ok {
		method = toString(l.v)
	}
	return owner + "->" + method + "()"
}

func (r *run) callMethod(at pos, o *object, name string, args []argument) value {
	if g := o.generator; g != nil {
		values, _, _ := r.arguments(args, nil)
		return r.generatorMethod(at, g, fetch.ByteLowercase(name), values)
	}
	if f, c := o.class.method(fetch.ByteLowercase(name)); f != nil {
		return r.invoke(at, &call1{fn: f, this: o, class: c}, args)
	}
	if p, ok := o.props.get(keyOf(name)); ok {
		if c, ok := p.(*closure); ok && o.class.isUnseen() {
			return r.callValueWith(at, c, args)
		}
	}
	if f, c := o.class.method("__call"); f != nil {
		values, _, _ := r.arguments(args, nil)
		return r.callFunction(at, &call1{fn: f, this: o, class: c}, []value{name, newArray(values...)})
	}
	if o.class.isUnseen() {
		values, _, _ := r.arguments(args, nil)
		return r.outside(at, o.class.name+"::"+name+"()", values)
	}
	r.throw(at, "Error", "Call to undefined method "+o.class.name+"::"+name+"()")
	return nil
}

// methodOfUnknown is a call of a method of an object that is not known.
func (r *run) methodOfUnknown(x *methodCall, _ *unknown, name string, values []value, out *unknown) value {
	if name == "withheader" || name == "header" || name == "headers" || name == "set" || name == "withaddedheader" {
		if len(values) > 0 {
			if s, ok := values[0].(string); ok && worlds.Compared(s) {
				r.lose(r.unknownError(x.pos, "what "+s+" is set on, which is an object of another library", "give the files of the library, or write the header with header()"))
			}
		}
	}
	out.fails = meansError(name)
	return out
}

// meansError reports whether a name asks for an error.
func meansError(name string) bool {
	name = fetch.ByteLowercase(name)
	return strings.Contains(name, "err") || strings.Contains(name, "fail")
}

func (r *run) closureMethod(x *methodCall, c *closure, name string) value {
	switch name {
	case "__invoke":
		return r.callValueWith(x.pos, c, x.args)
	case "call", "bindto":
		values, _, _ := r.arguments(x.args, nil)
		if len(values) == 0 {
			return nil
		}
		bound := *c
		if o, ok := values[0].(*object); ok {
			bound.this, bound.class = o, o.class
		}
		if name == "bindto" {
			return &bound
		}
		return r.callValue(x.pos, &bound, values[1:]...)
	}
	r.throw(x.pos, "Error", "Call to undefined method Closure::"+name+"()")
	return nil
}

func (x *staticCall) eval(r *run) value {
	r.step(x.pos)
	n, isName := x.class.(*name)
	className := r.classNameOf(x.class)
	c := r.class(x.pos, className)
	if c == nil {
		values, _, _ := r.arguments(x.args, nil)
		if isName && fetch.ByteLowercase(n.text) == "parent" {
			return nil
		}
		r.needClass(x.pos, className)
		return r.outside(x.pos, lastPart(className)+"::"+x.name+"()", values)
	}
	f, in := c.method(fetch.ByteLowercase(x.name))
	if f == nil {
		return r.missingStatic(x, c)
	}
	target := &call1{fn: f, class: in, late: c}
	if word := fetch.ByteLowercase(className); word == "self" || word == "static" || word == "parent" || !f.static {
		target.this = r.frame.this
		if word == "self" || word == "parent" {
			target.late = r.frame.late
		}
	}
	if f.static {
		target.this = nil
	}
	if len(x.args) == 1 && x.args[0].value == nil {
		return &closure{fn: f, class: in}
	}
	return r.invoke(x.pos, target, x.args)
}

// missingStatic is a call of a static method that a class does not have.
func (r *run) missingStatic(x *staticCall, c *class) value {
	values, _, _ := r.arguments(x.args, nil)
	name := fetch.ByteLowercase(x.name)
	switch {
	case c.kind == "enum" && (name == "from" || name == "tryfrom") && len(values) == 1:
		return r.enumFrom(x.pos, c, name, values[0])
	case c.isUnseen():
		return r.outside(x.pos, c.name+"::"+x.name+"()", values)
	}
	if f, in := c.method("__callstatic"); f != nil {
		return r.callFunction(x.pos, &call1{fn: f, class: in, late: c}, []value{x.name, newArray(values...)})
	}
	r.throw(x.pos, "Error", "Call to undefined method "+c.name+"::"+x.name+"()")
	return nil
}

func (r *run) enumFrom(at pos, c *class, name string, v value) value {
	for _, k := range slices.Sorted(maps.Keys(c.constants)) {
		o, ok := (&classConst{at, &literal{at, c.name}, k}).eval(r).(*object)
		if !ok {
			continue
		}
		held, _ := o.props.get(keyOf("value"))
		if r.holds(looselyEqual(held, v)) {
			return o
		}
	}
	if name == "from" {
		r.throw(at, "ValueError", "not a valid backing value")
	}
	return nil
}

// outside is a call of what is not in the files: a class or function of an extension,
// a library or a file that is not given. Its value is not known, and it may throw.
func (r *run) outside(at pos, what string, args []value) value {
	if v, ok := r.program.set[what]; ok {
		return &unknown{err: r.unknownError(at, "the value of "+what+", which is "+toString(v), "")}
	}
	help := "give the file that defines it with --file"
	u := r.unknown(at, "the value of "+what+" (it is not run)", help)
	u.fails = meansError(what)
	r.outer = u.err
	if r.statusUnknown == nil {
		r.statusUnknown = u.err
	}
	r.lookInto(args, u)
	r.mayThrow(at, what)
	return u
}

// useUnknown is a call of a method or function that is not known.
func (r *run) useUnknown(at pos, u *unknown, what string, args []value) *unknown {
	if r.statusUnknown == nil {
		r.statusUnknown = u.err
	}
	r.lookInto(args, u)
	r.mayThrow(at, what)
	return &unknown{err: u.err}
}

// lookInto loses the CORS headers when a function of the program that sets some is
// given away: it is not known whether it is called.
func (r *run) lookInto(args []value, u *unknown) { r.lookDeep(args, u, 0) }

func (r *run) lookDeep(args []value, u *unknown, depth int) {
	if depth > maxNested {
		return
	}
	for _, a := range args {
		switch a := a.(type) {
		case *closure:
			if a.fn != nil && mentionsCORS(a.fn) {
				r.lose(u.err)
			}
		case string:
			if strings.Contains(fetch.ByteLowercase(a), "access-control-") {
				r.lose(u.err)
			}
		case *array:
			for _, v := range a.list() {
				r.lookDeep([]value{v.v}, u, depth+1)
			}
		}
	}
}

// mentionsCORS reports whether the text of a function names CORS headers.
func mentionsCORS(f *function) bool {
	return f.src != nil && f.at < f.end && strings.Contains(fetch.ByteLowercase(f.src.text[f.at:f.end]), "access-control-")
}
