package php

import "slices"

// changeFunctions are the functions that change an array.
func changeFunctions() map[string]builtin {
	ref := func(f func(c *args, a *array) value) builtin {
		return builtin{byRef: 1, raw: true, f: func(c *args) value {
			if u := unknownIn(c.arg(0)); u != nil {
				return &unknown{err: u.err}
			}
			a := c.array(0).copy()
			out := f(c, a)
			c.set(a)
			return out
		}}
	}
	return map[string]builtin{
		"array_push": ref(func(c *args, a *array) value {
			for _, v := range c.list[1:] {
				a.append(v)
			}
			return int64(a.len())
		}),
		"array_pop": ref(func(_ *args, a *array) value {
			if a.len() == 0 {
				return nil
			}
			last := a.list()[a.len()-1]
			a.remove(last.key)
			a.next = 0
			for _, e := range a.list() {
				if !e.key.isText {
					a.next = max(a.next, e.key.number+1)
				}
			}
			return last.v
		}),
		"array_shift": ref(func(_ *args, a *array) value {
			list := a.list()
			if len(list) == 0 {
				return nil
			}
			renumber(a, list[1:])
			return list[0].v
		}),
		"array_unshift": ref(func(c *args, a *array) value {
			list := a.list()
			var front []entry
			for _, v := range c.list[1:] {
				front = append(front, entry{v: v})
			}
			renumber(a, append(front, list...))
			return int64(a.len())
		}),
		"array_splice": ref(func(c *args, a *array) value {
			list := a.list()
			from, to := bounds(len(list), c.integer(1, 0), c.integer(2, 0), c.arg(2) == nil)
			removed := slices.Clone(list[from:to])
			rest := slices.Clone(list[:from])
			if with, ok := c.arg(3).(*array); ok {
				for _, v := range with.values() {
					rest = append(rest, entry{v: v})
				}
			}
			renumber(a, append(rest, list[to:]...))
			out := new(array)
			renumber(out, removed)
			return out
		}),
		"array_walk": ref(func(c *args, a *array) value {
			for _, e := range a.list() {
				v := &variable{c.pos, "array_walk value"}
				slot := c.r.lookup(v.name)
				slot.v = e.v
				c.r.callValueWith(c.pos, c.arg(1), []argument{{value: v}, {value: &literal{c.pos, e.key.value()}}})
				a.set(e.key, slot.v)
				v.unset(c.r)
			}
			return true
		}),
		"reset": ref(func(c *args, a *array) value { a.cursor = 0; return valueAt(a, 0) }),
		"end":   ref(func(c *args, a *array) value { a.cursor = max(0, a.len()-1); return valueAt(a, a.cursor) }),
		"next":  ref(func(c *args, a *array) value { a.cursor++; return valueAt(a, a.cursor) }),
		"prev":  ref(func(c *args, a *array) value { a.cursor--; return valueAt(a, a.cursor) }),
		"key": ref(func(c *args, a *array) value {
			if a.cursor >= a.len() {
				return nil
			}
			return a.list()[a.cursor].key.value()
		}),
	}
}

// renumber gives an array new entries; those without a string as key are numbered.
func renumber(a *array, list []entry) {
	*a = array{}
	for _, e := range list {
		if e.key.isText {
			a.set(e.key, e.v)
		} else {
			a.append(e.v)
		}
	}
}

func valueAt(a *array, i int) value {
	if i < 0 || i >= a.len() {
		return false
	}
	return a.list()[i].v
}

// cursor returns the entry at the cursor of an array.
func (c *args) cursor(i int) value {
	a := c.array(i)
	return valueAt(a, a.cursor)
}

// sortFunctions are the functions that sort an array.
func sortFunctions() map[string]builtin {
	out := make(map[string]builtin)
	for _, name := range []string{"sort", "rsort", "asort", "arsort", "ksort", "krsort", "usort", "uasort", "uksort"} {
		out[name] = builtin{f: sortArray, byRef: 1}
	}
	return out
}

func sortArray(c *args) value {
	list := slices.Clone(c.array(0).list())
	c.r.charge(c.pos, len(list)*64)
	slices.SortStableFunc(list, func(a, b entry) int {
		x, y := a.v, b.v
		switch c.word {
		case "ksort", "krsort", "uksort":
			x, y = a.key.value(), b.key.value()
		}
		if c.word[0] == 'u' {
			v := c.r.callValue(c.pos, c.arg(1), x, y)
			if u := unknownIn(v); u != nil {
				panic(stops{u.err})
			}
			return int(toInt(v))
		}
		n, _ := compare(x, y)
		switch c.word {
		case "rsort", "arsort", "krsort":
			return -n
		}
		return n
	})
	out := new(array)
	for _, e := range list {
		switch c.word {
		case "sort", "rsort", "usort":
			out.append(e.v)
		default:
			out.set(e.key, e.v)
		}
	}
	c.set(out)
	return true
}
