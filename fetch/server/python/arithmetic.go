package python

import (
	"math"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

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
