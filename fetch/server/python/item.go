package python

import (
	"slices"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

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
