package php

import "strings"

// The variables and the assignments.
type (
	variable struct {
		pos
		name string
	}
	// variableNamed is $$name.
	variableNamed struct {
		pos
		x expr
	}
	index struct {
		pos
		x, key expr // the key is nil in $a[]
	}
	assign struct {
		pos
		to    target
		value expr
	}
	assignOp struct {
		pos
		to    target
		op    string
		value expr
	}
	// assignMissing is "??=".
	assignMissing struct {
		pos
		to    target
		value expr
	}
	assignRef struct {
		pos
		to   target
		from expr
	}
	destructure struct {
		pos
		list  *arrayExpr
		value expr
	}
	step struct {
		pos
		x      target
		op     string
		before bool
	}
)

func (x *variable) eval(r *run) value {
	if x.name == "this" && r.frame.this != nil {
		return r.frame.this
	}
	v := r.existing(x.name)
	if v == nil {
		if given, ok := r.program.set["$"+x.name]; ok {
			return given
		}
		if r.notGiven != nil && r.frame == r.globals {
			return r.absent(x)
		}
		r.warn(x.pos, "Undefined variable $"+x.name)
		return nil
	}
	share(v.v)
	return v.v
}

func (x *variable) quiet(r *run) value {
	if x.name == "this" && r.frame.this != nil {
		return r.frame.this
	}
	v := r.existing(x.name)
	if v == nil {
		if given, ok := r.program.set["$"+x.name]; ok {
			return given
		}
		if r.notGiven != nil && r.frame == r.globals {
			return r.absent(x)
		}
		return nil
	}
	share(v.v)
	return v.v
}

// absent returns the value of a variable that a file that is not given may set.
func (r *run) absent(x *variable) value {
	file := strings.TrimPrefix(r.notGiven.err.What, "what ")
	return r.unknown(x.pos, "$"+x.name+" (perhaps set in "+strings.TrimSuffix(file, " does")+")", "give the file with --file, or the value with --set $"+x.name+"=…")
}

func (x *variable) assign(r *run, v value) { r.lookup(x.name).v = v }
func (x *variable) unset(r *run)           { delete(r.frame.vars, x.name) }
func (x *variable) ref(r *run) *ref {
	if x.name == "this" && r.frame.this != nil {
		return &ref{r.frame.this}
	}
	return r.lookup(x.name)
}

// named returns the variable that is named; nil when its name is not known.
func (x *variableNamed) named(r *run) *variable {
	v := x.x.eval(r)
	if u := unknownIn(v); u != nil {
		panic(stops{u.err})
	}
	return &variable{x.pos, toString(v)}
}

func (x *variableNamed) eval(r *run) value      { return x.named(r).eval(r) }
func (x *variableNamed) quiet(r *run) value     { return x.named(r).quiet(r) }
func (x *variableNamed) assign(r *run, v value) { x.named(r).assign(r, v) }
func (x *variableNamed) unset(r *run)           { x.named(r).unset(r) }
func (x *variableNamed) ref(r *run) *ref        { return x.named(r).ref(r) }

func (x *index) eval(r *run) value {
	v, found := x.get(r, x.x.eval(r))
	if !found {
		r.warn(x.pos, "Undefined array key")
	}
	return v
}

func (x *index) quiet(r *run) value {
	v, _ := x.get(r, quiet(r, x.x))
	return v
}

// get returns the entry of a container; found is false when there is none.
func (x *index) get(r *run, in value) (v value, found bool) {
	if x.key == nil {
		r.throw(x.pos, "Error", "Cannot use [] for reading")
	}
	k := x.key.eval(r)
	if u := unknownIn(in, k); u != nil {
		return &unknown{err: u.err, fails: u.fails}, true
	}
	switch in := in.(type) {
	case *array:
		v, found = in.get(keyOf(k))
		if !found && in.unsure != nil {
			return &unknown{err: in.unsure.err}, true
		}
		share(v)
		return v, found
	case string:
		n := toInt(k)
		if n < 0 {
			n += int64(len(in))
		}
		if n < 0 || n >= int64(len(in)) {
			return nil, false
		}
		return in[n : n+1], true
	case *object:
		if f, c := in.class.method("offsetget"); f != nil {
			return r.callFunction(x.pos, &call1{fn: f, this: in, class: c}, []value{k}), true
		}
	}
	return nil, in == nil
}

// container returns the array in which an entry is to be set.
func (x *index) container(r *run) *array {
	in, ok := x.x.(target)
	if !ok {
		r.throw(x.pos, "Error", "Cannot use a temporary expression as an array")
	}
	var current value
	var slot *ref
	if v, isVar := in.(*variable); isVar {
		slot = r.lookup(v.name)
		current = slot.v
	} else {
		current = in.quiet(r)
	}
	switch a := current.(type) {
	case *array:
		if !a.shared && slot != nil {
			return a
		}
		r.charge(x.pos, a.len())
		out := a.copy()
		in.assign(r, out)
		return out
	case *unknown:
		return &array{unsure: a}
	case nil:
		out := new(array)
		in.assign(r, out)
		if slot == nil {
			// The array that was assigned is the one to change.
			out.shared = false
		}
		return out
	}
	r.throw(x.pos, "Error", "Cannot use a scalar value as an array")
	return nil
}

func (x *index) assign(r *run, v value) {
	if o, ok := quietObject(r, x.x); ok {
		if f, c := o.class.method("offsetset"); f != nil {
			var k value
			if x.key != nil {
				k = x.key.eval(r)
			}
			r.callFunction(x.pos, &call1{fn: f, this: o, class: c}, []value{k, v})
			return
		}
	}
	if x.key == nil {
		x.container(r).append(v)
		return
	}
	k := x.key.eval(r)
	a := x.container(r)
	if u := unknownIn(k); u != nil {
		a.unsure = u
		return
	}
	a.set(keyOf(k), v)
}

// quietObject returns the value of an expression when it is an object.
func quietObject(r *run, x expr) (*object, bool) {
	if t, ok := x.(target); ok {
		o, ok := t.quiet(r).(*object)
		return o, ok
	}
	return nil, false
}

func (x *index) unset(r *run) {
	t, ok := x.x.(target)
	if !ok || x.key == nil {
		return
	}
	if _, ok := t.quiet(r).(*array); !ok {
		return
	}
	k := x.key.eval(r)
	if u := unknownIn(k); u != nil {
		x.container(r).unsure = u
		return
	}
	x.container(r).remove(keyOf(k))
}

// ref returns the variable of an entry.
func (x *index) ref(r *run) *ref {
	a := x.container(r)
	if x.key == nil {
		return a.refAt(key{number: a.next})
	}
	k := x.key.eval(r)
	if u := unknownIn(k); u != nil {
		return &ref{u}
	}
	return a.refAt(keyOf(k))
}

func (x *assign) eval(r *run) value {
	v := x.value.eval(r)
	share(v)
	x.to.assign(r, v)
	return v
}

func (x *assignOp) eval(r *run) value {
	old := x.to.eval(r)
	v := r.operate(x.pos, x.op, old, x.value.eval(r))
	x.to.assign(r, v)
	return v
}

func (x *assignMissing) eval(r *run) value {
	v := (&coalesce{x.pos, x.to, x.value}).eval(r)
	x.to.assign(r, v)
	return v
}

func (x *assignRef) eval(r *run) value {
	from, ok := x.from.(target)
	if !ok {
		v := x.from.eval(r)
		share(v)
		x.to.assign(r, v)
		return v
	}
	shared := from.ref(r)
	switch to := x.to.(type) {
	case *variable:
		r.frame.vars[to.name] = shared
	case *index:
		to.bind(r, shared)
	case *prop:
		if o, ok := to.x.eval(r).(*object); ok {
			o.props.bind(keyOf(r.memberName(to.name)), shared)
		}
	default:
		x.to.assign(r, shared.v)
	}
	return shared.v
}

// bind makes an entry share a variable.
func (x *index) bind(r *run, shared *ref) {
	a := x.container(r)
	k := value(a.next)
	if x.key != nil {
		k = x.key.eval(r)
	}
	if u := unknownIn(k); u != nil {
		a.unsure = u
		return
	}
	a.bind(keyOf(k), shared)
}

func (x *destructure) eval(r *run) value {
	v := x.value.eval(r)
	share(v)
	r.spread(x.list, v)
	return v
}

// spread assigns the entries of a value to the variables in a list.
func (r *run) spread(list *arrayExpr, v value) {
	for i, it := range list.items {
		if it.value == nil {
			continue
		}
		k := value(int64(i))
		if it.key != nil {
			k = it.key.eval(r)
		}
		part, _ := (&index{list.pos, nil, &literal{list.pos, k}}).get(r, v)
		assignTo(r, it.value, part)
	}
}

func (x *step) eval(r *run) value {
	old := x.x.eval(r)
	op := "+"
	if x.op == "--" {
		op = "-"
	}
	var v value
	switch {
	case unknownIn(old) != nil:
		v = old
	case old == nil && op == "-":
	default:
		v = r.operate(x.pos, op, toNumber(old), int64(1))
	}
	x.x.assign(r, v)
	if x.before {
		return v
	}
	return old
}
