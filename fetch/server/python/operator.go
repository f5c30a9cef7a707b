package python

import (
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
