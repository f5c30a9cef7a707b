package php

import (
	"fmt"
)

// The expressions without variables, calls and members.
type (
	literal struct {
		pos
		v value
	}
	paren    struct{ expr }
	template struct {
		pos
		parts []expr
	}
	// name is a constant, or the name of a function or a class before its use.
	name struct {
		pos
		text string
		full string // the name of the class that it means, with its namespace
	}
	arrayExpr struct {
		pos
		items []item
	}
	item struct {
		key, value    expr
		spread, byRef bool
	}
	binary struct {
		pos
		op   string
		x, y expr
	}
	logical struct {
		pos
		and  bool
		x, y expr
	}
	coalesce struct {
		pos
		x, y expr
	}
	ternary struct {
		pos
		cond, then, other expr
	}
	not struct {
		pos
		x expr
	}
	negate struct {
		pos
		op string
		x  expr
	}
	cast struct {
		pos
		to string
		x  expr
	}
	issetExpr struct {
		pos
		list []expr
	}
	emptyExpr struct {
		pos
		x expr
	}
	exitExpr struct {
		pos
		x expr
	}
	printExpr struct {
		pos
		x expr
	}
	throwExpr struct {
		pos
		x expr
	}
	matchExpr struct {
		pos
		subject expr
		arms    []matchArm
	}
	matchArm struct {
		values []expr // none for default
		result expr
	}
	instanceOf struct {
		pos
		x, class expr
	}
)

func (x *literal) eval(*run) value { return x.v }

func (x *template) eval(r *run) value {
	var out value = ""
	for _, p := range x.parts {
		out = r.concat(x.pos, out, p.eval(r))
	}
	return out
}

// concat joins two values as strings. What follows an unknown part is not known.
func (r *run) concat(at pos, a, b value) value {
	if u, ok := a.(*unknown); ok {
		return u
	}
	s := r.text(at, a)
	if u, ok := b.(*unknown); ok {
		return &unknown{err: u.err, prefix: s + u.prefix}
	}
	t := r.text(at, b)
	if len(s)+len(t) > maxString {
		panic(stops{r.unknownError(at, "a string of this length", "")})
	}
	r.charge(at, len(s)+len(t))
	return s + t
}

// text returns a known value as a string; objects convert themselves.
func (r *run) text(at pos, v value) string {
	o, ok := v.(*object)
	if !ok {
		if _, ok := v.(*array); ok {
			r.warn(at, "Array to string conversion")
		}
		return toString(v)
	}
	if f, c := o.class.method("__tostring"); f != nil {
		s := r.callFunction(at, &call1{fn: f, this: o, class: c}, nil)
		if u := unknownIn(s); u != nil {
			panic(stops{u.err})
		}
		return toString(s)
	}
	r.throw(at, "Error", fmt.Sprintf("Object of class %s could not be converted to string", o.class.name))
	return ""
}

func (x *arrayExpr) eval(r *run) value {
	out := new(array)
	for _, it := range x.items {
		r.step(x.pos)
		if it.value == nil {
			continue
		}
		if t, ok := it.value.(target); ok && it.byRef {
			r.bindItem(out, it.key, t.ref(r))
			continue
		}
		v := it.value.eval(r)
		share(v)
		switch {
		case it.spread:
			r.spreadInto(out, v)
		case it.key == nil:
			out.append(v)
		default:
			k := it.key.eval(r)
			if u := unknownIn(k); u != nil {
				out.unsure = u
				continue
			}
			out.set(keyOf(k), v)
		}
	}
	return out
}

// bindItem adds an item that shares a variable: [&$x].
func (r *run) bindItem(out *array, at expr, shared *ref) {
	k := value(out.next)
	if at != nil {
		k = at.eval(r)
	}
	if u := unknownIn(k); u != nil {
		out.unsure = u
		return
	}
	out.bind(keyOf(k), shared)
}

// spreadInto adds the entries of an array: ...$list.
func (r *run) spreadInto(out *array, v value) {
	switch v := v.(type) {
	case *unknown:
		out.unsure = v
	case *object:
		r.iterateObject(pos{}, v, func(_, x value) bool {
			out.append(x)
			return true
		})
	case *array:
		if v.unsure != nil {
			out.unsure = v.unsure
		}
		for _, e := range v.list() {
			share(e.v)
			if e.key.isText {
				out.set(e.key, e.v)
			} else {
				out.append(e.v)
			}
		}
	}
}

func (x *logical) eval(r *run) value {
	if r.truth(x.x.eval(r)) != x.and {
		return !x.and
	}
	v := x.y.eval(r)
	if u := unknownIn(v); u != nil {
		return &unknown{err: u.err, fails: u.fails}
	}
	return toBool(v)
}

func (x *coalesce) eval(r *run) value {
	v := quiet(r, x.x)
	if u, ok := v.(*unknown); ok && u.prefix == "" {
		if !r.decide(true, u.err) {
			return x.y.eval(r)
		}
		return v
	}
	if v == nil {
		return x.y.eval(r)
	}
	return v
}

// quiet evaluates without a warning when a variable or an entry does not exist.
func quiet(r *run, x expr) value {
	if t, ok := x.(target); ok {
		return t.quiet(r)
	}
	if p, ok := x.(*paren); ok {
		return quiet(r, p.expr)
	}
	return x.eval(r)
}

func (x *ternary) eval(r *run) value {
	if x.then == nil {
		v := x.cond.eval(r)
		if r.truth(v) {
			return v
		}
		return x.other.eval(r)
	}
	if r.truth(x.cond.eval(r)) {
		return x.then.eval(r)
	}
	return x.other.eval(r)
}

func (x *not) eval(r *run) value {
	v := x.x.eval(r)
	if u := unknownIn(v); u != nil {
		return &unknown{err: u.err, fails: !u.fails}
	}
	return !toBool(v)
}

func (x *negate) eval(r *run) value {
	v := x.x.eval(r)
	if u := unknownIn(v); u != nil {
		return &unknown{err: u.err}
	}
	switch n := toNumber(v).(type) {
	case int64:
		switch x.op {
		case "-":
			return -n
		case "~":
			return ^n
		}
		return n
	case float64:
		if x.op == "-" {
			return -n
		}
		return n
	}
	return nil
}

func (x *cast) eval(r *run) value {
	v := x.x.eval(r)
	if u, ok := v.(*unknown); ok {
		if x.to == "string" {
			return u
		}
		return &unknown{err: u.err, fails: u.fails}
	}
	switch x.to {
	case "int":
		return toInt(v)
	case "bool":
		return toBool(v)
	case "float":
		return toFloat(v)
	case "string":
		return r.text(x.pos, v)
	case "object":
		if a, ok := v.(*array); ok {
			return &object{class: r.declared("stdclass"), props: a.copy()}
		}
		return v
	}
	switch v := v.(type) {
	case nil:
		return new(array)
	case *array:
		return v
	case *object:
		return v.props.copy()
	}
	return newArray(v)
}

func (x *issetExpr) eval(r *run) value {
	for _, e := range x.list {
		v := quiet(r, e)
		if u := unknownIn(v); u != nil {
			if !r.decide(true, u.err) {
				return false
			}
		} else if v == nil {
			return false
		}
	}
	return true
}

func (x *emptyExpr) eval(r *run) value {
	v := quiet(r, x.x)
	if u := unknownIn(v); u != nil {
		return &unknown{err: u.err, fails: !u.fails}
	}
	return !toBool(v)
}

func (x *exitExpr) eval(r *run) value {
	if x.x != nil {
		v := x.x.eval(r)
		if _, isInt := v.(int64); !isInt {
			r.write(x.pos, v)
		}
	}
	panic(exits{})
}

func (x *printExpr) eval(r *run) value {
	r.write(x.pos, x.x.eval(r))
	return int64(1)
}

func (x *throwExpr) eval(r *run) value {
	panic(thrown{obj: x.x.eval(r), at: x.pos})
}
