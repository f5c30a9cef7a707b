package python

import (
	"cmp"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// equal reports whether two values are equal; u is set when that is not known.
func equal(a, b value) (eq bool, u *unknown) {
	left := mostNodes
	return equalAt(a, b, &left)
}

func equalAt(a, b value, left *int) (eq bool, u *unknown) {
	if u := firstUnknown(a, b); u != nil {
		return false, u
	}
	a, b = plainEnum(a), plainEnum(b)
	if *left--; *left < 0 {
		return false, unknownf(server.Position{}, "", "whether two very large values are equal")
	}
	switch x := a.(type) {
	case *list:
		y, ok := b.(*list)
		if !ok || x == y {
			return ok, nil
		}
		return equalItems(x.items, y.items, left)
	case *tuple:
		y, ok := b.(*tuple)
		if !ok {
			return false, nil
		}
		return equalItems(x.items, y.items, left)
	case *dict:
		y, ok := b.(*dict)
		if !ok {
			return false, nil
		}
		return equalDicts(x, y, left)
	case *set:
		y, ok := b.(*set)
		if !ok {
			return false, nil
		}
		return equalDicts(x.dict, y.dict, left)
	}
	switch b.(type) {
	case *list, *tuple, *dict, *set:
		return false, nil
	}
	ka, _ := hashed(a)
	kb, _ := hashed(b)
	return ka == kb, nil
}

func equalItems(a, b []value, left *int) (bool, *unknown) {
	if len(a) != len(b) {
		return false, nil
	}
	for i := range a {
		if eq, u := equalAt(a[i], b[i], left); !eq {
			return false, u
		}
	}
	return true, nil
}

func equalDicts(a, b *dict, left *int) (bool, *unknown) {
	if len(a.keys) != len(b.keys) {
		return false, nil
	}
	for i, k := range a.keys {
		v, ok := b.get(k)
		if !ok {
			return false, nil
		}
		if eq, u := equalAt(a.vals[i], v, left); !eq {
			return false, u
		}
	}
	return true, nil
}

// membership returns "a in b", or "a not in b" unless want.
func (in *interp) membership(fr *frame, at server.Position, a, b value, want bool) (value, error) {
	switch b := b.(type) {
	case *unknown:
		return b, nil
	case string:
		switch a := a.(type) {
		case string:
			return strings.Contains(b, a) == want, nil
		case *unknown:
			return a, nil
		}
		return nil, in.raise(at, "TypeError", "'in <string>' requires string as left operand, not %s", typeName(a))
	case bytes:
		if a, ok := a.(bytes); ok {
			return strings.Contains(string(b), string(a)) == want, nil
		}
	case *dict:
		if u, ok := a.(*unknown); ok {
			return u, nil
		}
		_, ok := b.get(a)
		return ok == want, nil
	case *set:
		if u, ok := a.(*unknown); ok {
			return u, nil
		}
		_, ok := b.get(a)
		return ok == want, nil
	case container:
		ok, err := b.contains(in, a)
		return ok == want, err
	case *instance:
		if m := b.class.lookup("__contains__"); m != nil {
			return in.call(fr, m, &args{pos: []value{b, a}, at: at})
		}
	}
	items, u, err := in.iterateAt(fr, at, b)
	if err != nil {
		return nil, err
	}
	for _, item := range items {
		eq, eu := equal(a, item)
		if eq {
			return want, nil
		}
		if eu != nil {
			u = eu
		}
	}
	if u != nil {
		return u, nil
	}
	return !want, nil
}

// order compares two values.
func (in *interp) order(at server.Position, op string, a, b value) (value, error) {
	if u := firstUnknown(a, b); u != nil {
		return u, nil
	}
	if x, ok := a.(*set); ok {
		if y, ok := b.(*set); ok {
			return subset(op, x, y), nil
		}
	}
	c, ok := compare(a, b)
	if !ok {
		if opaque(a) || opaque(b) {
			return unknownf(at, "", "the result of %q", op), nil
		}
		return nil, in.raise(at, "TypeError", "'%s' not supported between instances of '%s' and '%s'", op, typeName(a), typeName(b))
	}
	switch op {
	case "<":
		return c < 0, nil
	case ">":
		return c > 0, nil
	case "<=":
		return c <= 0, nil
	}
	return c >= 0, nil
}

func subset(op string, a, b *set) bool {
	if op == ">" || op == ">=" {
		a, b = b, a
	}
	for _, k := range a.keys {
		if _, ok := b.get(k); !ok {
			return false
		}
	}
	return len(op) == 2 || len(a.keys) < len(b.keys)
}

// compare returns the order of two values; ok is false when they have none.
func compare(a, b value) (c int, ok bool) {
	left := mostNodes
	return compareAt(a, b, &left)
}

func compareAt(a, b value, left *int) (c int, ok bool) {
	if *left--; *left < 0 {
		return 0, false
	}
	switch x := a.(type) {
	case string:
		y, ok := b.(string)
		return cmp.Compare(x, y), ok
	case bytes:
		y, ok := b.(bytes)
		return cmp.Compare(x, y), ok
	case *list:
		y, ok := b.(*list)
		if !ok {
			return 0, false
		}
		return compareItems(x.items, y.items, left)
	case *tuple:
		y, ok := b.(*tuple)
		if !ok {
			return 0, false
		}
		return compareItems(x.items, y.items, left)
	}
	x, okx := asFloat(a)
	y, oky := asFloat(b)
	return cmp.Compare(x, y), okx && oky
}

func compareItems(a, b []value, left *int) (int, bool) {
	for i := range min(len(a), len(b)) {
		if c, ok := compareAt(a[i], b[i], left); !ok || c != 0 {
			return c, ok
		}
	}
	return cmp.Compare(len(a), len(b)), true
}
