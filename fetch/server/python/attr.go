package python

import (
	"slices"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// getAttr returns an attribute, or raises AttributeError.
func (in *interp) getAttr(fr *frame, n syntax.Node, v value, name string) (value, error) {
	out, err := in.attrOr(fr, n, v, name)
	if err != nil {
		return nil, err
	}
	if out == nil {
		if m, ok := v.(*moduleValue); ok {
			return nil, in.raise(fr.at(n), "AttributeError", "module '%s' has no attribute '%s'", m.m.name, name)
		}
		return nil, in.raise(fr.at(n), "AttributeError", "'%s' object has no attribute '%s'", typeName(v), name)
	}
	return out, nil
}

// attrOr returns an attribute; nil when there is none.
func (in *interp) attrOr(fr *frame, n syntax.Node, v value, name string) (value, error) {
	switch v := v.(type) {
	case *unknown:
		at := v.err.Position
		if n != nil {
			at = fr.at(n)
		}
		return &unknown{&server.UnknownError{Position: at, What: v.err.What + "." + name, Help: v.err.Help}, v.harmless}, nil
	case *instance:
		return in.instanceAttr(fr, n, v, name)
	case *class:
		return in.classAttr(v, name), nil
	case *function:
		return functionAttr(v, name), nil
	case *builtin:
		if a, ok := v.attrs[name]; ok {
			return a, nil
		}
		if name == "__name__" {
			return v.name, nil
		}
		return nil, nil
	case *bound:
		return in.attrOr(fr, n, v.fun, name)
	case object:
		return v.attr(in, name)
	}
	return method(v, name), nil
}

func (in *interp) instanceAttr(fr *frame, n syntax.Node, i *instance, name string) (value, error) {
	if a, ok := i.attrs[name]; ok {
		return a, nil
	}
	switch name {
	case "__class__":
		return i.class, nil
	case "__dict__":
		d := newDict()
		for _, k := range sortedNames(i.attrs) {
			d.put(k, i.attrs[k])
		}
		return d, nil
	}
	if a := i.class.lookup(name); a != nil {
		if p, ok := a.(*property); ok {
			var at server.Position
			if n != nil {
				at = fr.at(n)
			}
			return in.call(fr, p.get, &args{pos: []value{i}, at: at})
		}
		return bindTo(a, i), nil
	}
	if o, ok := i.native.(object); ok {
		if a, err := o.attr(in, name); a != nil || err != nil {
			return a, err
		}
	}
	if m := i.class.lookup("__getattr__"); m != nil {
		return in.call(fr, m, &args{pos: []value{i, name}})
	}
	if u := i.class.unknownBase(); u != nil {
		return &unknown{&server.UnknownError{Position: u.err.Position, What: i.class.name + "." + name, Help: u.err.Help}, u.harmless}, nil
	}
	return nil, nil
}

func (in *interp) classAttr(c *class, name string) value {
	switch name {
	case "__name__":
		return c.name
	case "__dict__":
		d := newDict()
		for _, k := range c.order {
			d.put(k, c.dict[k])
		}
		return d
	}
	v := c.lookup(name)
	switch f := v.(type) {
	case *static:
		return f.fun
	case *classmethod:
		return &bound{c, f.fun}
	case nil:
		if u := c.unknownBase(); u != nil {
			return &unknown{&server.UnknownError{Position: u.err.Position, What: c.name + "." + name, Help: u.err.Help}, u.harmless}
		}
	}
	return v
}

func functionAttr(f *function, name string) value {
	if v, ok := f.attrs[name]; ok {
		return v
	}
	switch name {
	case "__name__", "__qualname__":
		return f.name
	case "__module__":
		return f.module.name
	case "__doc__":
		return none{}
	case "__wrapped__":
		return nil
	case "__call__":
		return f
	}
	return nil
}

// setAttr sets an attribute.
func (in *interp) setAttr(fr *frame, n syntax.Node, v value, name string, x value) error {
	switch v := v.(type) {
	case *unknown:
		in.host.escapes(in, x, v)
		return nil
	case *instance:
		if o, ok := v.native.(attrSetter); ok {
			return o.setAttr(in, name, x)
		}
		v.attrs[name] = x
		return nil
	case *class:
		v.set(name, x)
		return nil
	case *function:
		if v.attrs == nil {
			v.attrs = make(map[string]value)
		}
		v.attrs[name] = x
		return nil
	case *builtin:
		if v.attrs == nil {
			v.attrs = make(map[string]value)
		}
		v.attrs[name] = x
		return nil
	case attrSetter:
		return v.setAttr(in, name, x)
	case object:
		return nil
	}
	return in.raise(fr.at(n), "AttributeError", "'%s' object has no attribute '%s'", typeName(v), name)
}

// assign assigns a value to a target.
func (in *interp) assign(fr *frame, target syntax.Expr, v value) error {
	switch t := target.(type) {
	case *syntax.Name:
		fr.scope.set(t.Text, v)
		if fr.class != nil && fr.ret == nil {
			fr.class.set(t.Text, v)
		}
		return nil
	case *syntax.Attr:
		o, err := in.eval(fr, t.X)
		if err != nil {
			return err
		}
		return in.setAttr(fr, t, o, t.Name, v)
	case *syntax.Index:
		o, err := in.eval(fr, t.X)
		if err != nil {
			return err
		}
		return in.assignItem(fr, t, o, v)
	case *syntax.List:
		return in.unpack(fr, t, v)
	}
	return in.raise(fr.at(target), "SyntaxError", "cannot assign to this expression")
}

// unpack assigns the items of a value to several targets.
func (in *interp) unpack(fr *frame, t *syntax.List, v value) error {
	items, u, err := in.iterate(fr, t, v)
	if err != nil {
		return err
	}
	if u != nil {
		for _, a := range t.Items {
			if err := in.assign(fr, a.Value, u); err != nil {
				return err
			}
		}
		return nil
	}
	star := slices.IndexFunc(t.Items, func(a syntax.Arg) bool { return a.Star > 0 })
	if star < 0 && len(items) != len(t.Items) || len(items) < len(t.Items)-1 {
		return in.raise(fr.at(t), "ValueError", "not enough or too many values to unpack (expected %d, got %d)", len(t.Items), len(items))
	}
	extra := len(items) - len(t.Items)
	for i, a := range t.Items {
		var item value
		switch {
		case star < 0 || i < star:
			item = items[i]
		case i == star:
			item = &list{slices.Clone(items[i : i+extra+1])}
		default:
			item = items[i+extra]
		}
		if err := in.assign(fr, a.Value, item); err != nil {
			return err
		}
	}
	return nil
}

// execAssign runs an assignment.
func (in *interp) execAssign(fr *frame, s *syntax.Assign) error {
	if s.Value == nil {
		return nil
	}
	v, err := in.eval(fr, s.Value)
	if err != nil {
		return err
	}
	if s.Op != "=" {
		if v, err = in.augment(fr, s, v); err != nil {
			return err
		}
	}
	for _, t := range s.Targets {
		if n, ok := t.(*syntax.Name); ok {
			if g, ok := in.given(fr, n.Text, n); ok && unknownIn(v) != nil {
				v = g
			}
		}
		if err := in.assign(fr, t, v); err != nil {
			return err
		}
		if h, ok := in.host.(interface {
			assigned(in *interp, fr *frame, t syntax.Expr, v value)
		}); ok {
			h.assigned(in, fr, t, v)
		}
	}
	return nil
}

// augment returns the value of x op= v. A list is changed itself.
func (in *interp) augment(fr *frame, s *syntax.Assign, v value) (value, error) {
	old, err := in.eval(fr, s.Targets[0])
	if err != nil {
		return nil, err
	}
	op := s.Op[:len(s.Op)-1]
	if l, ok := old.(*list); ok && op == "+" {
		items, u, err := in.iterate(fr, s.Value, v)
		if err != nil || u != nil {
			return orUnknown(v, u), err
		}
		if len(l.items)+len(items) > mostItems {
			return nil, in.raise(fr.at(s), "MemoryError", "")
		}
		l.items = append(l.items, items...)
		return l, nil
	}
	if d, ok := old.(*dict); ok && op == "|" {
		if o, ok := v.(*dict); ok {
			for i, k := range o.keys {
				d.put(k, o.vals[i])
			}
			return d, nil
		}
	}
	return in.binary(fr, s, op, old, v)
}

func orUnknown(v value, u *unknown) value {
	if u != nil {
		return u
	}
	return v
}

// evalIndex returns x[key].
func (in *interp) evalIndex(fr *frame, x *syntax.Index) (value, error) {
	v, err := in.eval(fr, x.X)
	if err != nil {
		return nil, err
	}
	if len(x.Keys) == 1 {
		if s, ok := x.Keys[0].Value.(*syntax.Slice); ok {
			return in.slice(fr, s, v)
		}
	}
	key, err := in.key(fr, x)
	if err != nil {
		return nil, err
	}
	return in.getItem(fr, x, v, key)
}

// key returns the key of an index.
func (in *interp) key(fr *frame, x *syntax.Index) (value, error) {
	if len(x.Keys) == 1 && x.Keys[0].Star == 0 {
		return in.eval(fr, x.Keys[0].Value)
	}
	items, u, err := in.items(fr, x.Keys)
	if u != nil {
		return u, err
	}
	return &tuple{items}, err
}

// getItem returns v[key].
func (in *interp) getItem(fr *frame, n syntax.Node, v, key value) (value, error) {
	if u := firstUnknown(v, key); u != nil {
		if c, ok := v.(*dict); ok && c != nil || v != nil {
			return u, nil
		}
	}
	switch v := v.(type) {
	case *dict:
		if out, ok := v.get(key); ok {
			return out, nil
		}
		return nil, in.keyError(fr.at(n), key)
	case *list:
		return in.sequenceItem(fr, n, v.items, key)
	case *tuple:
		return in.sequenceItem(fr, n, v.items, key)
	case string:
		i, ok := asInt(key)
		if !ok {
			return nil, in.raise(fr.at(n), "TypeError", "string indices must be integers, not '%s'", typeName(key))
		}
		r := []rune(v)
		if i < 0 {
			i += int64(len(r))
		}
		if i < 0 || i >= int64(len(r)) {
			return nil, in.raise(fr.at(n), "IndexError", "string index out of range")
		}
		return string(r[i]), nil
	case container:
		return v.getItem(in, key)
	case *instance:
		if m := v.class.lookup("__getitem__"); m != nil {
			return in.call(fr, m, &args{pos: []value{v, key}, at: fr.at(n)})
		}
		if c, ok := v.native.(container); ok {
			return c.getItem(in, key)
		}
		if u := v.class.unknownBase(); u != nil {
			return u, nil
		}
	case *class, *builtin: // a generic type
		return v, nil
	}
	return nil, in.raise(fr.at(n), "TypeError", "'%s' object is not subscriptable", typeName(v))
}

// keyError returns KeyError with its key.
func (in *interp) keyError(at server.Position, key value) error {
	e := &instance{class: in.classes["KeyError"], attrs: map[string]value{"args": &tuple{[]value{key}}}}
	return &raised{e, at}
}

func (in *interp) sequenceItem(fr *frame, n syntax.Node, items []value, key value) (value, error) {
	i, ok := asInt(key)
	if !ok {
		return nil, in.raise(fr.at(n), "TypeError", "list indices must be integers or slices, not %s", typeName(key))
	}
	if i < 0 {
		i += int64(len(items))
	}
	if i < 0 || i >= int64(len(items)) {
		return nil, in.raise(fr.at(n), "IndexError", "list index out of range")
	}
	return items[i], nil
}

// slice returns v[low:high:step].
func (in *interp) slice(fr *frame, s *syntax.Slice, v value) (value, error) {
	var bounds [3]value
	for i, x := range []syntax.Expr{s.Low, s.High, s.Step} {
		bounds[i] = none{}
		if x == nil {
			continue
		}
		b, err := in.eval(fr, x)
		if err != nil {
			return nil, err
		}
		bounds[i] = b
	}
	if u := firstUnknown(v, bounds[0], bounds[1], bounds[2]); u != nil {
		return u, nil
	}
	switch v := v.(type) {
	case string:
		r := []rune(v)
		var out []rune
		for _, i := range sliceIndices(len(r), bounds) {
			out = append(out, r[i])
		}
		return string(out), nil
	case *list:
		return &list{pick(v.items, sliceIndices(len(v.items), bounds))}, nil
	case *tuple:
		return &tuple{pick(v.items, sliceIndices(len(v.items), bounds))}, nil
	}
	if opaque(v) {
		return unknownf(fr.at(s), "", "a slice"), nil
	}
	return nil, in.raise(fr.at(s), "TypeError", "'%s' object is not subscriptable", typeName(v))
}

func pick(items []value, indices []int) []value {
	out := make([]value, 0, len(indices))
	for _, i := range indices {
		out = append(out, items[i])
	}
	return out
}

// sliceIndices returns the indices that a slice selects.
func sliceIndices(n int, bounds [3]value) []int {
	step := 1
	if s, ok := asInt(bounds[2]); ok && s != 0 {
		step = int(max(min(s, int64(n)+1), -int64(n)-1))
	}
	clamp := func(v value, standard int) int {
		i, ok := asInt(v)
		if !ok {
			return standard
		}
		if i < 0 {
			i += int64(n)
		}
		if step < 0 {
			return int(max(min(i, int64(n)-1), -1))
		}
		return int(max(min(i, int64(n)), 0))
	}
	var out []int
	if step > 0 {
		for i := clamp(bounds[0], 0); i < clamp(bounds[1], n); i += step {
			out = append(out, i)
		}
		return out
	}
	for i := clamp(bounds[0], n-1); i > clamp(bounds[1], -1); i += step {
		out = append(out, i)
	}
	return out
}

// assignItem sets v[key].
func (in *interp) assignItem(fr *frame, t *syntax.Index, o, v value) error {
	key, err := in.key(fr, t)
	if err != nil {
		return err
	}
	switch o := o.(type) {
	case *unknown:
		in.host.escapes(in, v, o)
		return nil
	case *dict:
		if u := firstUnknown(key); u != nil {
			return nil
		}
		if !o.put(key, v) {
			return in.raise(fr.at(t), "TypeError", "unhashable type: '%s'", typeName(key))
		}
		return nil
	case *list:
		i, ok := asInt(key)
		if !ok {
			return nil
		}
		if i < 0 {
			i += int64(len(o.items))
		}
		if i < 0 || i >= int64(len(o.items)) {
			return in.raise(fr.at(t), "IndexError", "list assignment index out of range")
		}
		o.items[i] = v
		return nil
	case container:
		return o.setItem(in, key, v)
	case *instance:
		if m := o.class.lookup("__setitem__"); m != nil {
			_, err := in.call(fr, m, &args{pos: []value{o, key, v}, at: fr.at(t)})
			return err
		}
		if c, ok := o.native.(container); ok {
			return c.setItem(in, key, v)
		}
		if o.class.unknownBase() != nil {
			return nil
		}
	}
	return in.raise(fr.at(t), "TypeError", "'%s' object does not support item assignment", typeName(o))
}

// del deletes a variable, an item or an attribute.
func (in *interp) del(fr *frame, x syntax.Expr) error {
	switch x := x.(type) {
	case *syntax.Name:
		delete(fr.scope.vars, x.Text)
	case *syntax.Attr:
		o, err := in.eval(fr, x.X)
		if err != nil {
			return err
		}
		if i, ok := o.(*instance); ok {
			delete(i.attrs, x.Name)
		}
	case *syntax.Index:
		o, err := in.eval(fr, x.X)
		if err != nil {
			return err
		}
		key, err := in.key(fr, x)
		if err != nil {
			return err
		}
		return in.delItem(fr, x, o, key)
	case *syntax.List:
		for _, a := range x.Items {
			if err := in.del(fr, a.Value); err != nil {
				return err
			}
		}
	}
	return nil
}

func (in *interp) delItem(fr *frame, n syntax.Node, o, key value) error {
	switch o := o.(type) {
	case *dict:
		if firstUnknown(key) == nil && !o.remove(key) {
			return in.keyError(fr.at(n), key)
		}
	case *list:
		if i, ok := asInt(key); ok {
			if i < 0 {
				i += int64(len(o.items))
			}
			if i < 0 || i >= int64(len(o.items)) {
				return in.raise(fr.at(n), "IndexError", "list assignment index out of range")
			}
			o.items = slices.Delete(o.items, int(i), int(i)+1)
		}
	case container:
		return o.delItem(in, key)
	case *instance:
		if c, ok := o.native.(container); ok {
			return c.delItem(in, key)
		}
	}
	return nil
}

// iterate returns the items of a value; u is set when they are not known.
func (in *interp) iterate(fr *frame, n syntax.Node, v value) ([]value, *unknown, error) {
	return in.iterateAt(fr, fr.at(n), v)
}

func (in *interp) iterateAt(fr *frame, at server.Position, v value) ([]value, *unknown, error) {
	switch v := v.(type) {
	case *unknown:
		return nil, v, nil
	case *list:
		in.steps += len(v.items) / 8
		return slices.Clone(v.items), nil, nil
	case *tuple:
		return v.items, nil, nil
	case *dict:
		return slices.Clone(v.keys), nil, nil
	case *set:
		return slices.Clone(v.keys), nil, nil
	case string:
		var out []value
		for _, r := range v {
			out = append(out, string(r))
		}
		return out, nil, nil
	case bytes:
		var out []value
		for _, b := range []byte(v) {
			out = append(out, int64(b))
		}
		return out, nil, nil
	case iterable:
		items, err := v.iterate(in)
		return items, nil, err
	case *instance:
		if m := v.class.lookup("__iter__"); m != nil {
			r, err := in.call(fr, m, &args{pos: []value{v}, at: at})
			if err != nil {
				return nil, nil, err
			}
			if r == value(v) {
				return nil, unknownf(at, "", "the items of a %s", v.class.name), nil
			}
			return in.iterateAt(fr, at, r)
		}
		if u := v.class.unknownBase(); u != nil {
			return nil, u, nil
		}
	case *class:
		if v.isA("Enum") {
			var out []value
			for _, k := range v.order {
				if i, ok := v.dict[k].(*instance); ok {
					out = append(out, i)
				}
			}
			return out, nil, nil
		}
	}
	return nil, nil, in.raise(at, "TypeError", "'%s' object is not iterable", typeName(v))
}
