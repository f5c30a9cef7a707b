package python

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// truth returns whether a value counts as true; u is set when that is not known.
func (in *interp) truth(fr *frame, n syntax.Node, v value) (b bool, u *unknown, err error) {
	switch v := v.(type) {
	case none:
		return false, nil, nil
	case bool:
		return v, nil, nil
	case int64:
		return v != 0, nil, nil
	case float64:
		return v != 0, nil, nil
	case string:
		return v != "", nil, nil
	case bytes:
		return v != "", nil, nil
	case *list:
		return len(v.items) > 0, nil, nil
	case *tuple:
		return len(v.items) > 0, nil, nil
	case *dict:
		return len(v.keys) > 0, nil, nil
	case *set:
		return len(v.keys) > 0, nil, nil
	case *unknown:
		return false, v, nil
	case *instance:
		for _, name := range []string{"__bool__", "__len__"} {
			if m := v.class.lookup(name); m != nil {
				r, err := in.call(fr, m, &args{pos: []value{v}, at: fr.at(n)})
				if err != nil {
					return false, nil, err
				}
				return in.truth(fr, n, r)
			}
		}
	case iterable:
		items, err := v.iterate(in)
		return len(items) > 0, nil, err
	}
	return true, nil, nil
}

func (in *interp) evalBinary(fr *frame, x *syntax.Binary) (value, error) {
	a, err := in.eval(fr, x.X)
	if err != nil {
		return nil, err
	}
	if x.Op == "and" || x.Op == "or" {
		b, u, err := in.truth(fr, x.X, a)
		switch {
		case err != nil:
			return nil, err
		case u != nil:
			// "unknown and False" is false, "unknown or True" is true.
			r, err := in.eval(fr, x.Y)
			if err != nil {
				return nil, err
			}
			c, cu, err := in.truth(fr, x.Y, r)
			if err == nil && cu == nil && c == (x.Op == "or") {
				if _, isBool := r.(bool); isBool {
					return r, nil
				}
			}
			return u, err
		case b == (x.Op == "or"):
			return a, nil
		}
		return in.eval(fr, x.Y)
	}
	b, err := in.eval(fr, x.Y)
	if err != nil {
		return nil, err
	}
	return in.binary(fr, x, x.Op, a, b)
}

// binary applies an operator.
func (in *interp) binary(fr *frame, n syntax.Node, op string, a, b value) (value, error) {
	at := fr.at(n)
	switch op {
	case "is", "is not":
		return in.identical(a, b, op == "is")
	case "==", "!=":
		return in.equality(fr, at, a, b, op == "==")
	case "in", "not in":
		return in.membership(fr, at, a, b, op == "in")
	case "<", ">", "<=", ">=":
		return in.order(at, op, a, b)
	}
	if u := firstUnknown(a, b); u != nil {
		return u, nil
	}
	if v, ok := in.arithmetic(op, a, b); ok {
		return v, in.charge(at, v)
	}
	if i, ok := a.(*instance); ok {
		if m := i.class.lookup(operatorMethods[op]); m != nil {
			return in.call(fr, m, &args{pos: []value{a, b}, at: at})
		}
	}
	if opaque(a) || opaque(b) {
		return unknownf(at, "", "the result of %q", op), nil
	}
	if op == "/" || op == "//" || op == "%" {
		if f, ok := asFloat(b); ok && f == 0 {
			if _, ok := asFloat(a); ok {
				return nil, in.raise(at, "ZeroDivisionError", "division by zero")
			}
		}
	}
	return nil, in.raise(at, "TypeError", "unsupported operand type(s) for %s: '%s' and '%s'", op, typeName(a), typeName(b))
}

// operatorMethods are the methods that operators call.
var operatorMethods = map[string]string{"+": "__add__", "-": "__sub__", "*": "__mul__", "/": "__truediv__", "|": "__or__", "&": "__and__", "%": "__mod__"}

// opaque reports whether a value is an object whose operators are not modelled.
func opaque(v value) bool {
	switch v.(type) {
	case *instance, object:
		return true
	}
	return false
}

// firstUnknown returns the first value of some that is not known.
func firstUnknown(list ...value) *unknown {
	for _, v := range list {
		if u, ok := v.(*unknown); ok {
			return u
		}
	}
	return nil
}

func (in *interp) identical(a, b value, want bool) (value, error) {
	if u := firstUnknown(a, b); u != nil {
		return u, nil
	}
	same := false
	switch x := a.(type) {
	case *set:
		y, ok := b.(*set)
		same = ok && x == y
	default:
		ka, oka := hashed(a)
		kb, okb := hashed(b)
		if oka && okb {
			same = typeName(a) == typeName(b) && ka == kb
		} else {
			same = a == b
		}
	}
	return same == want, nil
}

// equality returns a == b, or a != b unless want.
func (in *interp) equality(fr *frame, at server.Position, a, b value, want bool) (value, error) {
	if i, ok := a.(*instance); ok {
		if m := i.class.lookup("__eq__"); m != nil {
			v, err := in.call(fr, m, &args{pos: []value{a, b}, at: at})
			if r, ok := v.(bool); ok {
				return r == want, err
			}
			return v, err
		}
	}
	eq, u := equal(a, b)
	if u != nil {
		return u, nil
	}
	return eq == want, nil
}

// equal reports whether two values are equal; u is set when that is not known.
func equal(a, b value) (eq bool, u *unknown) {
	left := mostNodes
	return equalAt(a, b, &left)
}

func equalAt(a, b value, left *int) (eq bool, u *unknown) {
	if u := firstUnknown(a, b); u != nil {
		return false, u
	}
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

// asFloat returns a number as a float.
func asFloat(v value) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	}
	return 0, false
}

// asInt returns an integer.
func asInt(v value) (int64, bool) {
	switch v := v.(type) {
	case int64:
		return v, true
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	}
	return 0, false
}

// arithmetic applies an operator to values of Python's own types; ok is false when
// they have none.
func (in *interp) arithmetic(op string, a, b value) (value, bool) {
	if x, ok := asInt(a); ok {
		if y, ok := asInt(b); ok {
			return intArithmetic(op, x, y)
		}
		if _, float := b.(float64); !float {
			if op == "*" {
				return repeat(b, x)
			}
			return nil, false
		}
	}
	if x, ok := asFloat(a); ok {
		if y, ok := asFloat(b); ok {
			return floatArithmetic(op, x, y)
		}
		return nil, false
	}
	if n, ok := asInt(b); ok && op == "*" {
		return repeat(a, n)
	}
	switch x := a.(type) {
	case string:
		if op == "%" {
			return percent(x, b)
		}
		y, ok := b.(string)
		if ok && op == "+" && len(x)+len(y) < mostBytes {
			return x + y, true
		}
	case bytes:
		if y, ok := b.(bytes); ok && op == "+" {
			return x + y, true
		}
	case *list:
		if y, ok := b.(*list); ok && op == "+" && len(x.items)+len(y.items) < mostItems {
			return &list{slices.Concat(x.items, y.items)}, true
		}
	case *tuple:
		if y, ok := b.(*tuple); ok && op == "+" {
			return &tuple{slices.Concat(x.items, y.items)}, true
		}
	case *dict:
		if y, ok := b.(*dict); ok && op == "|" {
			out := x.clone()
			for i, k := range y.keys {
				out.put(k, y.vals[i])
			}
			return out, true
		}
	case *set:
		if y, ok := b.(*set); ok {
			return setArithmetic(op, x, y)
		}
	}
	return nil, false
}

func setArithmetic(op string, a, b *set) (value, bool) {
	out := newSet()
	for _, k := range a.keys {
		_, both := b.get(k)
		if op == "|" || op == "&" && both || (op == "-" || op == "^") && !both {
			out.put(k, none{})
		}
	}
	for _, k := range b.keys {
		if _, both := a.get(k); op == "|" || op == "^" && !both {
			out.put(k, none{})
		}
	}
	return out, strings.Contains("|&-^", op)
}

// repeat returns a sequence n times.
func repeat(v value, n int64) (value, bool) {
	n = max(n, 0)
	switch v := v.(type) {
	case string:
		if int64(len(v))*n > mostBytes || n > mostBytes {
			return unknownf(server.Position{}, "", "a very long string"), true
		}
		return strings.Repeat(v, int(n)), true
	case *list:
		if int64(len(v.items))*n > mostItems || n > mostItems {
			return unknownf(server.Position{}, "", "a very long list"), true
		}
		return &list{slices.Repeat(v.items, int(n))}, true
	case *tuple:
		if int64(len(v.items))*n > mostItems || n > mostItems {
			return unknownf(server.Position{}, "", "a very long list"), true
		}
		return &tuple{slices.Repeat(v.items, int(n))}, true
	}
	return nil, false
}

func intArithmetic(op string, x, y int64) (value, bool) {
	switch op {
	case "+":
		return x + y, true
	case "-":
		return x - y, true
	case "*":
		if x != 0 && (x*y)/x != y {
			return float64(x) * float64(y), true
		}
		return x * y, true
	case "**":
		if f := math.Pow(float64(x), float64(y)); math.Abs(f) < 1<<53 && y >= 0 {
			return int64(f), true
		}
		return math.Pow(float64(x), float64(y)), true
	case "|":
		return x | y, true
	case "&":
		return x & y, true
	case "^":
		return x ^ y, true
	case "<<":
		if y >= 0 && y < 60 {
			return x << y, true
		}
	case ">>":
		if y >= 0 {
			return x >> min(y, 63), true
		}
	}
	if y == 0 {
		return nil, false
	}
	switch op {
	case "/":
		return float64(x) / float64(y), true
	case "//":
		return int64(math.Floor(float64(x) / float64(y))), true
	case "%":
		return ((x % y) + y) % y, true
	}
	return nil, false
}

func floatArithmetic(op string, x, y float64) (value, bool) {
	switch op {
	case "+":
		return x + y, true
	case "-":
		return x - y, true
	case "*":
		return x * y, true
	case "**":
		return math.Pow(x, y), true
	}
	if y == 0 {
		return nil, false
	}
	switch op {
	case "/":
		return x / y, true
	case "//":
		return math.Floor(x / y), true
	case "%":
		return math.Mod(math.Mod(x, y)+y, y), true
	}
	return nil, false
}
