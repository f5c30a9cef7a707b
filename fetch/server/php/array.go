package php

import "strconv"

// key is a key of an array: a string, or an integer when text is "" and isText is
// false.
type key struct {
	text   string
	number int64
	isText bool
}

// value returns the key as a value.
func (k key) value() value {
	if k.isText {
		return k.text
	}
	return k.number
}

// keyOf returns the key for a known value.
func keyOf(v value) key {
	switch v := v.(type) {
	case nil:
		return key{isText: true}
	case string:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil && strconv.FormatInt(n, 10) == v {
			return key{number: n}
		}
		return key{text: v, isText: true}
	}
	return key{number: toInt(v)}
}

// entry is one entry of an array.
type entry struct {
	key  key
	v    value
	gone bool
}

// array is an array: an ordered map.
type array struct {
	entries []entry
	index   map[key]int
	count   int
	next    int64
	// shared is set when more than one variable may hold the array; a change then
	// copies it first.
	shared bool
	cursor int
	// refs is set when an entry may hold a *ref: a variable that it shares.
	refs bool
	// unsure is set when the array may have further entries that are not known.
	unsure *unknown
}

// newArray returns an array of values with the keys 0, 1, 2, ….
func newArray(values ...value) *array {
	a := new(array)
	for _, v := range values {
		a.append(v)
	}
	return a
}

func (a *array) len() int { return a.count }

// find returns the place of an entry, or -1.
func (a *array) find(k key) int {
	if a.index != nil {
		if i, ok := a.index[k]; ok {
			return i
		}
		return -1
	}
	for i := range a.entries {
		if e := &a.entries[i]; !e.gone && e.key == k {
			return i
		}
	}
	return -1
}

func (a *array) get(k key) (value, bool) {
	if i := a.find(k); i >= 0 {
		return held(a.entries[i].v), true
	}
	return nil, false
}

// held returns the value of an entry, which may be a variable that it shares.
func held(v value) value {
	if r, ok := v.(*ref); ok {
		return r.v
	}
	return v
}

// refAt returns the variable of an entry; it makes the entry when there is none.
func (a *array) refAt(k key) *ref {
	v, _ := a.get(k)
	if i := a.find(k); i >= 0 {
		if r, ok := a.entries[i].v.(*ref); ok {
			return r
		}
	}
	r := &ref{v}
	a.bind(k, r)
	return r
}

// bind makes an entry share a variable.
func (a *array) bind(k key, r *ref) {
	a.remove(k)
	a.set(k, r)
	a.refs = true
}

// set sets an entry.
func (a *array) set(k key, v value) {
	if i := a.find(k); i >= 0 {
		if r, ok := a.entries[i].v.(*ref); ok {
			r.v = v
			return
		}
		a.entries[i].v = v
		return
	}
	a.entries = append(a.entries, entry{key: k, v: v})
	a.count++
	if a.index == nil && len(a.entries) > 8 {
		a.index = make(map[key]int)
		for i, e := range a.entries {
			if !e.gone {
				a.index[e.key] = i
			}
		}
	}
	if a.index != nil {
		a.index[k] = len(a.entries) - 1
	}
	if !k.isText && k.number >= a.next {
		a.next = k.number + 1
	}
}

// setText sets an entry with a string as its key.
func (a *array) setText(k string, v value) { a.set(keyOf(k), v) }

func (a *array) append(v value) { a.set(key{number: a.next}, v) }

func (a *array) remove(k key) {
	i := a.find(k)
	if i < 0 {
		return
	}
	a.entries[i] = entry{gone: true}
	a.count--
	if a.index != nil {
		delete(a.index, k)
	}
}

// list returns the entries in order.
func (a *array) list() []entry {
	if len(a.entries) == a.count && !a.refs {
		return a.entries
	}
	out := make([]entry, 0, a.count)
	for _, e := range a.entries {
		if !e.gone {
			e.v = held(e.v)
			out = append(out, e)
		}
	}
	return out
}

// values returns the values in order.
func (a *array) values() []value {
	out := make([]value, 0, a.count)
	for _, e := range a.list() {
		out = append(out, e.v)
	}
	return out
}

// copy returns an array with the same entries; arrays in it become shared, and a
// variable that an entry shares stays shared.
func (a *array) copy() *array {
	out := &array{next: a.next, cursor: a.cursor, unsure: a.unsure, refs: a.refs}
	for _, e := range a.entries {
		if !e.gone {
			share(held(e.v))
			out.set(e.key, e.v)
		}
	}
	out.next = max(out.next, a.next)
	return out
}

// share marks a value as held by more than one variable.
func share(v value) {
	if a, ok := v.(*array); ok {
		a.shared = true
	}
}

// isList reports whether the keys are 0, 1, 2, ….
func (a *array) isList() bool {
	for i, e := range a.list() {
		if e.key != (key{number: int64(i)}) {
			return false
		}
	}
	return true
}
