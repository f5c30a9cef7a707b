package php

import "github.com/corsim/corsim/fetch"

// arrayFunctions are the functions of arrays that change none.
func arrayFunctions() map[string]builtin {
	count := raw(func(c *args) value {
		switch a := c.arg(0).(type) {
		case *unknown:
			return &unknown{err: a.err}
		case *array:
			if a.unsure != nil {
				return &unknown{err: a.unsure.err}
			}
		}
		return int64(c.array(0).len())
	})
	return map[string]builtin{
		"count": count, "sizeof": count,
		"in_array":         raw(inArray),
		"array_search":     plain(arraySearch),
		"array_key_exists": raw(keyExists), "key_exists": raw(keyExists),
		"array_keys":    raw(arrayKeys),
		"array_values":  raw(func(c *args) value { return c.keepUnsure(newArray(c.arrayOrStop(0).values()...)) }),
		"array_merge":   raw(arrayMerge),
		"array_replace": plain(arrayReplace),
		"array_map":     raw(arrayMap),
		"array_filter":  raw(arrayFilter),
		"array_reduce":  raw(arrayReduce),
		"array_unique":  plain(arrayUnique),
		"array_flip": plain(func(c *args) value {
			return rebuild(c.array(0), func(e entry) (value, value) { return e.v, e.key.value() })
		}),
		"array_combine":   plain(arrayCombine),
		"array_fill_keys": plain(func(c *args) value { return rebuild(c.array(0), func(e entry) (value, value) { return e.v, c.arg(1) }) }),
		"array_fill":      plain(arrayFill),
		"array_slice":     plain(arraySlice),
		"array_reverse":   plain(arrayReverse),
		"array_column":    plain(arrayColumn),
		"array_diff":      plain(arrayDiff), "array_intersect": plain(arrayDiff),
		"array_diff_key": plain(arrayDiffKey), "array_intersect_key": plain(arrayDiffKey),
		"array_key_first": plain(func(c *args) value { return edgeKey(c.array(0), 0) }),
		"array_key_last":  plain(func(c *args) value { return edgeKey(c.array(0), c.array(0).len()-1) }),
		"array_is_list":   plain(func(c *args) value { return c.array(0).isList() }),
		"array_sum":       plain(arraySum),
		"array_change_key_case": plain(func(c *args) value {
			return rebuild(c.array(0), func(e entry) (value, value) {
				if c.integer(1, 0) == 1 {
					return upper(toString(e.key.value())), e.v
				}
				return fetch.ByteLowercase(toString(e.key.value())), e.v
			})
		}),
		"range":      plain(phpRange),
		"current":    plain(func(c *args) value { return c.cursor(0) }),
		"array_find": raw(arrayFind), "array_any": raw(arrayFind), "array_all": raw(arrayFind),
		"max": plain(extreme), "min": plain(extreme),
	}
}

// arrayOrStop returns an argument that must be a known array; it may have entries
// that are not known.
func (c *args) arrayOrStop(i int) *array {
	if u, ok := c.arg(i).(*unknown); ok {
		return &array{unsure: u}
	}
	return c.array(i)
}

// keepUnsure marks an array when the first argument has entries that are not known.
func (c *args) keepUnsure(out *array) *array {
	for _, v := range c.list {
		switch v := v.(type) {
		case *array:
			if v.unsure != nil {
				out.unsure = v.unsure
			}
		case *unknown:
			out.unsure = v
		}
	}
	return out
}

func rebuild(a *array, f func(e entry) (key, v value)) *array {
	out := new(array)
	for _, e := range a.list() {
		k, v := f(e)
		out.set(keyOf(k), v)
	}
	return out
}

func edgeKey(a *array, i int) value {
	if a.len() == 0 {
		return nil
	}
	return a.list()[i].key.value()
}

func inArray(c *args) value {
	needle := c.arg(0)
	list := c.arrayOrStop(1)
	same := looselyEqual
	if c.flag(2) {
		same = identical
	}
	c.r.charge(c.pos, list.len())
	unsure := list.unsure
	for _, e := range list.list() {
		equal, u := same(needle, e.v)
		switch {
		case u != nil && !differs(needle, e.v) && !differs(e.v, needle):
			unsure = u
		case equal:
			return true
		}
	}
	if unsure != nil {
		return &unknown{err: unsure.err}
	}
	return false
}

func arraySearch(c *args) value {
	same := looselyEqual
	if c.flag(2) {
		same = identical
	}
	for _, e := range c.array(1).list() {
		if equal, _ := same(c.arg(0), e.v); equal {
			return e.key.value()
		}
	}
	return false
}

func keyExists(c *args) value {
	list := c.arg(1)
	if o, ok := list.(*object); ok {
		list = o.props
	}
	if u := unknownIn(c.arg(0), list); u != nil {
		return &unknown{err: u.err}
	}
	a, ok := list.(*array)
	if !ok {
		return false
	}
	if _, found := a.get(keyOf(c.arg(0))); found {
		return true
	}
	if a.unsure != nil {
		return &unknown{err: a.unsure.err}
	}
	return false
}

func arrayKeys(c *args) value {
	out := new(array)
	for _, e := range c.arrayOrStop(0).list() {
		if c.has(1) {
			if equal, _ := looselyEqual(e.v, c.arg(1)); !equal {
				continue
			}
		}
		out.append(e.key.value())
	}
	return c.keepUnsure(out)
}

func arrayMerge(c *args) value {
	out := new(array)
	for i := range c.list {
		for _, e := range c.arrayOrStop(i).list() {
			c.r.step(c.pos)
			if e.key.isText {
				out.set(e.key, e.v)
			} else {
				out.append(e.v)
			}
		}
	}
	return c.keepUnsure(out)
}

func arrayReplace(c *args) value {
	out := new(array)
	for i := range c.list {
		for _, e := range c.array(i).list() {
			out.set(e.key, e.v)
		}
	}
	return out
}

func arrayMap(c *args) value {
	out := new(array)
	list := c.arrayOrStop(1)
	var other []value
	if len(c.list) > 2 {
		other = c.arrayOrStop(2).values()
	}
	for i, e := range list.list() {
		call := []value{e.v}
		if len(c.list) > 2 {
			var v value
			if i < len(other) {
				v = other[i]
			}
			call = append(call, v)
		}
		var v value = newArray(call...)
		if c.arg(0) != nil {
			v = c.r.callValue(c.pos, c.arg(0), call...)
		}
		if len(c.list) > 2 {
			out.append(v)
		} else {
			out.set(e.key, v)
		}
	}
	return c.keepUnsure(out)
}

func arrayFilter(c *args) value {
	out := new(array)
	mode := int64(0)
	if len(c.list) > 2 {
		mode = c.integer(2, 0)
	}
	for _, e := range c.arrayOrStop(0).list() {
		v := e.v
		if c.arg(1) != nil {
			switch mode {
			case 2:
				v = c.r.callValue(c.pos, c.arg(1), e.key.value())
			case 1:
				v = c.r.callValue(c.pos, c.arg(1), e.v, e.key.value())
			default:
				v = c.r.callValue(c.pos, c.arg(1), e.v)
			}
		}
		if c.r.truth(v) {
			out.set(e.key, e.v)
		}
	}
	return c.keepUnsure(out)
}

func arrayReduce(c *args) value {
	out := c.arg(2)
	list := c.arrayOrStop(0)
	for _, e := range list.list() {
		out = c.r.callValue(c.pos, c.arg(1), out, e.v)
	}
	if list.unsure != nil {
		return &unknown{err: list.unsure.err}
	}
	return out
}

func arrayUnique(c *args) value {
	out := new(array)
	seen := make(map[string]bool)
	for _, e := range c.array(0).list() {
		if s := toString(e.v); !seen[s] {
			seen[s] = true
			out.set(e.key, e.v)
		}
	}
	return out
}

func arrayCombine(c *args) value {
	keys, values := c.array(0).values(), c.array(1).values()
	if len(keys) != len(values) {
		c.r.throw(c.pos, "ValueError", "array_combine(): the arrays must have the same number of elements")
	}
	out := new(array)
	for i, k := range keys {
		out.set(keyOf(k), values[i])
	}
	return out
}

func arraySlice(c *args) value {
	list := c.array(0).list()
	from, to := bounds(len(list), c.integer(1, 0), c.integer(2, 0), c.arg(2) == nil)
	out := new(array)
	for _, e := range list[from:to] {
		if e.key.isText || c.flag(3) {
			out.set(e.key, e.v)
		} else {
			out.append(e.v)
		}
	}
	return out
}

func arrayReverse(c *args) value {
	list := c.array(0).list()
	out := new(array)
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].key.isText || c.flag(1) {
			out.set(list[i].key, list[i].v)
		} else {
			out.append(list[i].v)
		}
	}
	return out
}

func arrayColumn(c *args) value {
	out := new(array)
	for _, e := range c.array(0).list() {
		row, ok := e.v.(*array)
		if !ok {
			continue
		}
		v := value(row)
		if c.arg(1) != nil {
			if v, ok = row.get(keyOf(c.arg(1))); !ok {
				continue
			}
		}
		if k, ok := row.get(keyOf(c.arg(2))); ok && c.has(2) {
			out.set(keyOf(k), v)
		} else {
			out.append(v)
		}
	}
	return out
}

// arrayDiff is array_diff and array_intersect of two arrays.
func arrayDiff(c *args) value {
	other := make(map[string]bool)
	for _, v := range c.array(1).values() {
		other[toString(v)] = true
	}
	return c.keep(0, func(e entry) bool { return other[toString(e.v)] == (c.word == "array_intersect") })
}

func arrayDiffKey(c *args) value {
	other := c.array(1)
	return c.keep(0, func(e entry) bool {
		_, ok := other.get(e.key)
		return ok == (c.word == "array_intersect_key")
	})
}

func (c *args) keep(i int, want func(e entry) bool) *array {
	out := new(array)
	for _, e := range c.array(i).list() {
		if want(e) {
			out.set(e.key, e.v)
		}
	}
	return out
}
