package php

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// The calls and the members.
type (
	call struct {
		pos
		fun  expr
		args []argument
	}
	methodCall struct {
		pos
		x, name expr
		args    []argument
		safe    bool
	}
	staticCall struct {
		pos
		class expr
		name  string
		args  []argument
	}
	newExpr struct {
		pos
		class expr
		args  []argument
		body  *class // of an anonymous class
	}
	closureExpr struct {
		pos
		fn *function
	}
	cloneExpr struct {
		pos
		x expr
	}
)

// call1 is a function that is to be called, with its object.
type call1 struct {
	fn    *function
	this  *object
	class *class // in which the function stands
	late  *class
	bound map[string]*ref
}

// lastPart returns the last part of a name with backslashes.
func lastPart(name string) string { return name[strings.LastIndexByte(name, '\\')+1:] }

func (x *closureExpr) eval(r *run) value {
	c := &closure{fn: x.fn, this: r.frame.this, class: r.frame.class}
	if x.fn.arrow != nil {
		c.bound = r.frame.vars
		return c
	}
	c.bound = make(map[string]*ref)
	for _, u := range x.fn.uses {
		if u.byRef {
			c.bound[u.name] = r.lookup(u.name)
			continue
		}
		v := (&variable{x.pos, u.name}).quiet(r)
		c.bound[u.name] = &ref{v}
	}
	return c
}

func (x *cloneExpr) eval(r *run) value {
	v := x.x.eval(r)
	if o, ok := v.(*object); ok {
		return &object{class: o.class, props: o.props.copy()}
	}
	return v
}

// arguments evaluates arguments. A parameter by reference gets the variable; an entry
// or a member gets its value back with giveBack.
func (r *run) arguments(args []argument, fn *function) (values []value, named map[string]value, refs []*ref) {
	for i, a := range args {
		if a.value == nil {
			continue
		}
		if fn != nil && i < len(fn.params) && fn.params[i].byRef && !a.spread {
			if t, ok := a.value.(target); ok {
				for len(refs) < i {
					refs = append(refs, nil)
				}
				refs = append(refs, sharedWith(r, t))
				values = append(values, nil)
				continue
			}
		}
		v := a.value.eval(r)
		share(v)
		switch {
		case a.name != "":
			if named == nil {
				named = make(map[string]value)
			}
			named[a.name] = v
		case a.spread:
			list := new(array)
			r.spreadInto(list, v)
			if list.unsure != nil {
				panic(stops{list.unsure.err})
			}
			values = append(values, list.values()...)
		default:
			values = append(values, v)
		}
	}
	return values, named, refs
}

func (x *call) eval(r *run) value {
	r.step(x.pos)
	if n, ok := x.fun.(*name); ok {
		if len(x.args) == 1 && x.args[0].value == nil {
			return r.callable(x.pos, n.text)
		}
		return r.callNamed(x, fetch.ByteLowercase(lastPart(n.text)))
	}
	f := x.fun.eval(r)
	return r.callValueWith(x.pos, f, x.args)
}

// callNamed calls a function by its name.
func (r *run) callNamed(x *call, name string) value {
	if f := r.funcs[name]; f != nil {
		return r.invoke(x.pos, &call1{fn: f}, x.args)
	}
	if b, ok := r.program.builtins[name]; ok {
		return r.builtin(x, name, b)
	}
	values, _, _ := r.arguments(x.args, nil)
	if r.program.framework != nil {
		return r.ofFramework(x.pos, name+"()", values)
	}
	return r.outside(x.pos, name+"()", values)
}

// callValueWith calls a value with arguments that are not evaluated yet.
func (r *run) callValueWith(at pos, f value, args []argument) value {
	c := r.callable(at, f)
	switch c := c.(type) {
	case *unknown:
		values, _, _ := r.arguments(args, nil)
		return r.useUnknown(at, c, "a function that is not known", values)
	case *closure:
		if c.builtin != "" {
			return r.callNamed(&call{at, &name{pos: at, text: c.builtin}, args}, c.builtin)
		}
		if c.magic != "" {
			values, _, _ := r.arguments(args, nil)
			return r.callFunction(at, &call1{fn: c.fn, this: c.this, class: c.class}, []value{c.magic, newArray(values...)})
		}
		return r.invoke(at, &call1{fn: c.fn, this: c.this, class: c.class, bound: c.bound}, args)
	}
	r.throw(at, "Error", "Value not callable")
	return nil
}

// callValue calls a value with known arguments.
func (r *run) callValue(at pos, f value, args ...value) value {
	list := make([]argument, len(args))
	for i, a := range args {
		list[i].value = &literal{at, a}
	}
	return r.callValueWith(at, f, list)
}

// callable returns the closure that a value names; an *unknown when it is not known,
// nil when there is none.
func (r *run) callable(at pos, f value) value {
	switch f := f.(type) {
	case *closure, *unknown:
		return f
	case string:
		if class, method, ok := strings.Cut(f, "::"); ok {
			return r.callable(at, newArray(class, method))
		}
		name := fetch.ByteLowercase(lastPart(f))
		if fn := r.funcs[name]; fn != nil {
			return &closure{fn: fn}
		}
		return &closure{builtin: name}
	case *object:
		if m, c := f.class.method("__invoke"); m != nil {
			return &closure{fn: m, this: f, class: c}
		}
	case *array:
		if f.len() == 2 {
			return r.callablePair(at, f)
		}
	}
	return nil
}

func (r *run) callablePair(at pos, f *array) value {
	first, _ := f.get(key{number: 0})
	second, _ := f.get(key{number: 1})
	if u := unknownIn(first, second); u != nil {
		return u
	}
	method := fetch.ByteLowercase(toString(second))
	if o, ok := first.(*object); ok {
		if m, c := o.class.method(method); m != nil {
			return &closure{fn: m, this: o, class: c}
		}
		if m, c := o.class.method("__call"); m != nil {
			return &closure{fn: m, this: o, class: c, magic: toString(second)}
		}
		return nil
	}
	c := r.class(at, toString(first))
	if c == nil {
		return r.unknown(at, toString(first)+"::"+method, "")
	}
	if m, in := c.method(method); m != nil {
		return &closure{fn: m, class: in}
	}
	if m, in := c.method("__callstatic"); m != nil {
		return &closure{fn: m, class: in, magic: toString(second)}
	}
	return nil
}

// invoke calls a function of the program.
func (r *run) invoke(at pos, c *call1, args []argument) value {
	values, named, refs := r.arguments(args, c.fn)
	out := r.enterFunction(at, c, values, named, refs)
	r.giveBack(args, refs)
	return out
}

// sharedWith returns the variable for a parameter by reference: the variable itself, or
// a new one with the value of an entry or a member.
func sharedWith(r *run, t target) *ref {
	switch t.(type) {
	case *index, *prop:
		v := t.quiet(r)
		share(v)
		return &ref{v}
	}
	return t.ref(r)
}

// giveBack assigns what a call made of the entries and members that it got by
// reference.
func (r *run) giveBack(args []argument, refs []*ref) {
	for i, shared := range refs {
		if shared == nil {
			continue
		}
		switch t := args[i].value.(type) {
		case *index:
			t.assign(r, shared.v)
		case *prop:
			t.assign(r, shared.v)
		}
	}
}

// callFunction calls a function of the program with values.
func (r *run) callFunction(at pos, c *call1, values []value) value {
	return r.enterFunction(at, c, values, nil, nil)
}

func (r *run) enterFunction(at pos, c *call1, values []value, named map[string]value, refs []*ref) value {
	fn := c.fn
	if fn.abstract {
		return r.unknown(at, "the value of "+fn.name+"() (it is not run)", "")
	}
	if r.depth++; r.depth > maxCalls {
		panic(stops{r.unknownError(at, "how "+fn.name+"() ends, which is called more than 150 deep", "")})
	}
	f := &frame{vars: make(map[string]*ref), this: c.this, class: c.class, late: c.late, name: fn.name, src: fn.src, args: values, at: at, caller: r.frame}
	if f.late == nil {
		f.late = c.class
		if c.this != nil {
			f.late = c.this.class
		}
	}
	for name, v := range c.bound {
		f.vars[name] = &ref{v.v}
	}
	for _, u := range fn.uses {
		if u.byRef {
			f.vars[u.name] = c.bound[u.name]
		}
	}
	caller := r.frame
	r.frame = f
	r.bind(at, fn, f, values, named, refs)
	var out value
	if fn.yields {
		out = r.newGenerator(fn, f)
	} else {
		out = r.body(fn)
	}
	r.frame = caller
	r.depth--
	return out
}

// body runs the body of a function and returns its value.
func (r *run) body(fn *function) value {
	if fn.arrow != nil {
		return fn.arrow.eval(r)
	}
	if r.execAll(fn.body) != returns {
		return nil
	}
	out := r.result
	r.result = nil
	return out
}

// bind sets the parameters of a function.
func (r *run) bind(at pos, fn *function, f *frame, values []value, named map[string]value, refs []*ref) {
	for i, p := range fn.params {
		v := new(ref)
		given, isNamed := named[p.name]
		switch {
		case p.variadic:
			rest := new(array)
			for _, x := range values[min(i, len(values)):] {
				rest.append(r.checked(at, fn, &p, x))
			}
			for name, x := range named {
				rest.setText(name, x)
			}
			v.v = rest
		case i < len(refs) && refs[i] != nil:
			v = refs[i]
		case i < len(values):
			v.v = r.checked(at, fn, &p, values[i])
		case isNamed:
			v.v = r.checked(at, fn, &p, given)
		case p.standard != nil:
			v.v = p.standard.eval(r)
		default:
			r.throw(at, "ArgumentCountError", "Too few arguments to function "+fn.name+"()")
		}
		f.vars[p.name] = v
		if p.promoted && f.this != nil {
			f.this.props.setText(p.name, v.v)
		}
	}
}
