package python

import (
	"slices"
	"strconv"
	"strings"
)

// addTypes adds the types of Python itself. Each is a function that makes a value.
func (in *interp) addTypes() {
	for name, run := range map[string]func(in *interp, a *args) (value, error){
		"str": typeStr, "int": typeInt, "float": typeFloat, "bool": typeBool, "list": typeList, "tuple": typeTuple,
		"dict": typeDict, "set": typeSet, "frozenset": typeSet, "bytes": typeBytes, "type": typeType, "range": typeRange,
	} {
		in.globals[name] = in.addType(name, run)
	}
	in.classes["dict"].dict["fromkeys"] = &static{fn("fromkeys", func(in *interp, a *args) (value, error) {
		items, u, err := in.sequence(a, 0)
		if err != nil || u != nil {
			return orUnknown(none{}, u), err
		}
		d := newDict()
		for _, k := range items {
			d.put(k, a.or(1, "", none{}))
		}
		return d, nil
	})}
	for _, name := range []string{"split", "strip", "lower", "upper", "startswith", "endswith", "join", "replace"} {
		in.classes["str"].dict[name] = &static{fn(name, func(in *interp, a *args) (value, error) {
			m := method(a.or(0, "", ""), name)
			if m == nil {
				return unknownf(a.at, "", "str.%s()", name), nil
			}
			return in.call(nil, m, a.shift())
		})}
	}
}

// addType adds a type. A class that is derived from it is an ordinary class.
func (in *interp) addType(name string, run func(in *interp, a *args) (value, error)) *class {
	c := in.addClass(name, "object")
	c.create = func(in *interp, made *class, a *args) (value, error) {
		if made == c {
			return run(in, a)
		}
		i := &instance{class: made, attrs: make(map[string]value)}
		if m := made.lookup("__init__"); m != nil {
			_, err := in.call(nil, m, a.unshift(i))
			return i, err
		}
		i.attrs["value"] = a.or(0, "", none{})
		return i, nil
	}
	return c
}

func typeStr(in *interp, a *args) (value, error) {
	v := a.or(0, "object", "")
	if u := unknownIn(v); u != nil {
		return u, nil
	}
	if b, ok := v.(bytes); ok && len(a.pos) > 1 {
		return string(b), nil
	}
	return in.strOf(nil, v)
}

func typeInt(in *interp, a *args) (value, error) {
	if base, ok := asInt(a.get(1, "base")); ok {
		if i, err := strconv.ParseInt(str(a.pos[0]), int(base), 64); err == nil {
			return i, nil
		}
		return nil, in.raise(a.at, "ValueError", "invalid literal for int() with base %d: %s", base, repr(a.pos[0]))
	}
	return in.toInt(a.at, a.or(0, "", int64(0)))
}

func typeFloat(in *interp, a *args) (value, error) {
	switch v := a.or(0, "", 0.0).(type) {
	case *unknown:
		return v, nil
	case string:
		if f, err := strconv.ParseFloat(strings.TrimSpace(v), 64); err == nil {
			return f, nil
		}
		return nil, in.raise(a.at, "ValueError", "could not convert string to float: %s", quote(v))
	default:
		if f, ok := asFloat(v); ok {
			return f, nil
		}
		return nil, in.raise(a.at, "TypeError", "float() argument must be a string or a real number, not '%s'", typeName(v))
	}
}

func typeBool(in *interp, a *args) (value, error) {
	b, u, err := in.truth(&frame{module: in.main}, positionNode(0), a.or(0, "", false))
	if u != nil {
		return u, err
	}
	return b, err
}

func typeList(in *interp, a *args) (value, error) {
	items, u, err := in.sequence(a, 0)
	if err != nil || u != nil {
		return orUnknown(none{}, u), err
	}
	return &list{slices.Clone(items)}, nil
}

func typeTuple(in *interp, a *args) (value, error) {
	items, u, err := in.sequence(a, 0)
	if err != nil || u != nil {
		return orUnknown(none{}, u), err
	}
	return &tuple{items}, nil
}

func typeSet(in *interp, a *args) (value, error) {
	items, u, err := in.sequence(a, 0)
	if err != nil || u != nil {
		return orUnknown(none{}, u), err
	}
	if u := firstUnknown(items...); u != nil {
		return u, nil
	}
	return newSet(items...), nil
}

func typeDict(in *interp, a *args) (value, error) {
	d := newDict()
	if len(a.pos) > 0 {
		if u, err := in.merge(a, d, a.pos[0]); err != nil || u != nil {
			return orUnknown(none{}, u), err
		}
	}
	for _, k := range a.kw {
		d.put(k.name, k.v)
	}
	if a.more != nil {
		return a.more, nil
	}
	return d, nil
}

// merge puts the entries of a mapping or of pairs into a dictionary.
func (in *interp) merge(a *args, d *dict, v value) (*unknown, error) {
	if m, ok := v.(*dict); ok {
		for i, k := range m.keys {
			d.put(k, m.vals[i])
		}
		return nil, nil
	}
	if i, ok := v.(*instance); ok {
		if m, ok := i.native.(*dict); ok {
			return in.merge(a, d, m)
		}
	}
	if h, ok := v.(interface{ pairs() *dict }); ok {
		return in.merge(a, d, h.pairs())
	}
	items, u, err := in.iterateAt(nil, a.at, v)
	if err != nil || u != nil {
		return u, err
	}
	for _, item := range items {
		pair, u, err := in.iterateAt(nil, a.at, item)
		if err != nil || u != nil {
			return u, err
		}
		if len(pair) != 2 {
			return nil, in.raise(a.at, "ValueError", "dictionary update sequence element has the wrong length")
		}
		d.put(pair[0], pair[1])
	}
	return nil, nil
}

func typeBytes(in *interp, a *args) (value, error) {
	v := a.or(0, "", "")
	if u := unknownIn(v); u != nil {
		return u, nil
	}
	if s, ok := v.(string); ok {
		return bytes(s), nil
	}
	if b, ok := v.(bytes); ok {
		return b, nil
	}
	return unknownf(a.at, "", "bytes()"), nil
}

func typeType(in *interp, a *args) (value, error) {
	switch v := a.or(0, "", none{}).(type) {
	case *unknown:
		return v, nil
	case *instance:
		return v.class, nil
	default:
		if c, ok := in.classes[typeName(v)]; ok {
			return c, nil
		}
		return &class{name: typeName(v), dict: map[string]value{}}, nil
	}
}

func typeRange(in *interp, a *args) (value, error) {
	if u := firstUnknown(a.pos...); u != nil {
		return u, nil
	}
	from, to, step := int64(0), int64(0), int64(1)
	switch len(a.pos) {
	case 1:
		to, _ = asInt(a.pos[0])
	case 2, 3:
		from, _ = asInt(a.pos[0])
		to, _ = asInt(a.pos[1])
		if len(a.pos) == 3 {
			step, _ = asInt(a.pos[2])
		}
	}
	if step == 0 {
		return nil, in.raise(a.at, "ValueError", "range() arg 3 must not be zero")
	}
	out := &list{}
	for i := from; step > 0 && i < to || step < 0 && i > to; i += step {
		if len(out.items) >= mostItems {
			return unknownf(a.at, "", "a very long range"), nil
		}
		out.items = append(out.items, i)
	}
	return out, nil
}
