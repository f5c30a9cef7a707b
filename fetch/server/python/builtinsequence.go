package python

import (
	"math"
	"slices"
)

func builtinSorted(in *interp, a *args) (value, error) {
	items, u, err := in.sequence(a, 0)
	if err != nil || u != nil {
		return orUnknown(none{}, u), err
	}
	return in.sorted(a, items)
}

// sorted returns items in order, with the arguments key and reverse.
func (in *interp) sorted(a *args, items []value) (value, error) {
	key := a.get(-1, "key")
	keys := items
	if key != nil && key != (none{}) {
		keys = nil
		for _, v := range items {
			k, err := in.call(nil, key, &args{pos: []value{v}, at: a.at})
			if err != nil {
				return nil, err
			}
			keys = append(keys, k)
		}
	}
	order := make([]int, len(items))
	for i := range order {
		order[i] = i
	}
	var bad error
	var missing *unknown
	slices.SortStableFunc(order, func(i, j int) int {
		if u := firstUnknown(keys[i], keys[j]); u != nil {
			missing = u
			return 0
		}
		c, ok := compare(keys[i], keys[j])
		if !ok && bad == nil {
			bad = in.raise(a.at, "TypeError", "'<' not supported between instances of '%s' and '%s'", typeName(keys[i]), typeName(keys[j]))
		}
		return c
	})
	if missing != nil {
		return missing, nil
	}
	out := pick(items, order)
	if r, _ := a.get(-1, "reverse").(bool); r {
		slices.Reverse(out)
	}
	return &list{out}, bad
}

func builtinEnumerate(in *interp, a *args) (value, error) {
	items, u, err := in.sequence(a, 0)
	if err != nil || u != nil {
		return orUnknown(none{}, u), err
	}
	start, _ := asInt(a.or(1, "start", int64(0)))
	out := &list{}
	for i, v := range items {
		out.items = append(out.items, &tuple{[]value{start + int64(i), v}})
	}
	return out, nil
}

func builtinZip(in *interp, a *args) (value, error) {
	out := &list{}
	for i := 0; ; i++ {
		var row []value
		for j := range a.pos {
			items, u, err := in.sequence(a, j)
			if err != nil || u != nil {
				return orUnknown(none{}, u), err
			}
			if i >= len(items) {
				return out, nil
			}
			row = append(row, items[i])
		}
		if len(row) == 0 {
			return out, nil
		}
		out.items = append(out.items, &tuple{row})
	}
}

func builtinMap(in *interp, a *args) (value, error) {
	items, u, err := in.sequence(a, 1)
	if err != nil || u != nil {
		return orUnknown(none{}, u), err
	}
	out := &list{}
	for _, v := range items {
		r, err := in.call(nil, a.pos[0], &args{pos: []value{v}, at: a.at})
		if err != nil {
			return nil, err
		}
		out.items = append(out.items, r)
	}
	return out, nil
}

func builtinFilter(in *interp, a *args) (value, error) {
	items, u, err := in.sequence(a, 1)
	if err != nil || u != nil {
		return orUnknown(none{}, u), err
	}
	out := &list{}
	for _, v := range items {
		r := v
		if f := a.pos[0]; f != (none{}) {
			if r, err = in.call(nil, f, &args{pos: []value{v}, at: a.at}); err != nil {
				return nil, err
			}
		}
		b, u, err := in.truth(&frame{module: in.main}, positionNode(0), r)
		if err != nil || u != nil {
			return orUnknown(none{}, u), err
		}
		if b {
			out.items = append(out.items, v)
		}
	}
	return out, nil
}

func builtinAny(in *interp, a *args) (value, error) { return quantify(in, a, true) }

func builtinAll(in *interp, a *args) (value, error) { return quantify(in, a, false) }

// quantify returns want as soon as one item counts as it.
func quantify(in *interp, a *args, want bool) (value, error) {
	items, u, err := in.sequence(a, 0)
	if err != nil {
		return nil, err
	}
	missing := u
	for _, v := range items {
		b, u, err := in.truth(&frame{module: in.main}, positionNode(0), v)
		if err != nil {
			return nil, err
		}
		if u != nil {
			missing = u
		} else if b == want {
			return want, nil
		}
	}
	if missing != nil {
		return missing, nil
	}
	return !want, nil
}

func builtinMax(in *interp, a *args) (value, error) { return extreme(in, a, 1) }

func builtinMin(in *interp, a *args) (value, error) { return extreme(in, a, -1) }

func extreme(in *interp, a *args, sign int) (value, error) {
	items := a.pos
	if len(a.pos) == 1 {
		var u *unknown
		var err error
		if items, u, err = in.sequence(a, 0); err != nil || u != nil {
			return orUnknown(none{}, u), err
		}
	}
	if len(items) == 0 {
		if d := a.get(-1, "default"); d != nil {
			return d, nil
		}
		return nil, in.raise(a.at, "ValueError", "max() arg is an empty sequence")
	}
	sorted, err := in.sorted(&args{kw: a.kw, at: a.at}, items)
	l, ok := sorted.(*list)
	if err != nil || !ok {
		return sorted, err
	}
	if sign < 0 {
		return l.items[0], nil
	}
	return l.items[len(l.items)-1], nil
}

func builtinNext(in *interp, a *args) (value, error) {
	l, ok := a.or(0, "", none{}).(*list)
	if !ok {
		if u := firstUnknown(a.or(0, "", none{})); u != nil {
			return u, nil
		}
		if c, ok := a.pos[0].(*counter); ok {
			return c.next(), nil
		}
		return unknownf(a.at, "", "next()"), nil
	}
	if len(l.items) == 0 {
		if d := a.get(1, "default"); d != nil {
			return d, nil
		}
		return nil, in.raise(a.at, "StopIteration", "")
	}
	v := l.items[0]
	l.items = l.items[1:]
	return v, nil
}

func builtinFirst(in *interp, a *args) (value, error) {
	items, u, err := in.sequence(a, 0)
	if err != nil || u != nil {
		return orUnknown(none{}, u), err
	}
	return &list{items}, nil
}

func builtinReversed(in *interp, a *args) (value, error) {
	items, u, err := in.sequence(a, 0)
	if err != nil || u != nil {
		return orUnknown(none{}, u), err
	}
	out := slices.Clone(items)
	slices.Reverse(out)
	return &list{out}, nil
}

func builtinSum(in *interp, a *args) (value, error) {
	items, u, err := in.sequence(a, 0)
	if err != nil || u != nil {
		return orUnknown(none{}, u), err
	}
	total := a.or(1, "start", int64(0))
	for _, v := range items {
		if u := firstUnknown(v); u != nil {
			return u, nil
		}
		next, ok := in.arithmetic("+", total, v)
		if !ok {
			return nil, in.raise(a.at, "TypeError", "unsupported operand type(s) for +")
		}
		total = next
	}
	return total, nil
}

func builtinCallable(_ *interp, a *args) (value, error) {
	switch a.or(0, "", none{}).(type) {
	case *function, *builtin, *bound, *class, caller:
		return true, nil
	}
	return false, nil
}

func builtinRound(_ *interp, a *args, v value) (value, error) {
	f, _ := asFloat(v)
	if n, ok := asInt(a.or(1, "ndigits", none{})); ok {
		p := math.Pow(10, float64(n))
		return math.RoundToEven(f*p) / p, nil
	}
	return int64(math.RoundToEven(f)), nil
}
