package php

import "math"

func (x *binary) eval(r *run) value {
	a := x.x.eval(r)
	return r.operate(x.pos, x.op, a, x.y.eval(r))
}

// operate is an operator between two values.
func (r *run) operate(at pos, op string, a, b value) value {
	switch op {
	case ".":
		return r.concat(at, a, b)
	case "===", "!==":
		return r.equality(identical, op == "!==", a, b)
	case "==", "!=", "<>":
		return r.equality(looselyEqual, op != "==", a, b)
	}
	if u := unknownIn(a, b); u != nil {
		return &unknown{err: u.err, fails: u.fails}
	}
	switch op {
	case "<", "<=", ">", ">=", "<=>":
		return order(op, a, b)
	case "xor":
		return toBool(a) != toBool(b)
	}
	x, isArray := a.(*array)
	y, isArray2 := b.(*array)
	if isArray && isArray2 && op == "+" {
		out := x.copy()
		for _, e := range y.list() {
			if _, ok := out.get(e.key); !ok {
				out.set(e.key, e.v)
			}
		}
		return out
	}
	if isArray || isArray2 {
		r.throw(at, "TypeError", "Unsupported operand types")
	}
	return r.arithmetic(at, op, a, b)
}

// equality is a comparison for equality; an unknown string with another beginning is
// not equal to a known one.
func (r *run) equality(same func(a, b value) (bool, *unknown), not bool, a, b value) value {
	equal, u := same(a, b)
	if u != nil {
		if differs(a, b) || differs(b, a) {
			return not
		}
		return &unknown{err: u.err, fails: not != (isEmpty(a) || isEmpty(b))}
	}
	return equal != not
}

// differs reports whether a string whose beginning is known cannot be a known one.
func differs(a, b value) bool {
	u, ok := a.(*unknown)
	s, isString := b.(string)
	return ok && isString && u.prefix != "" && (len(s) < len(u.prefix) || s[:len(u.prefix)] != u.prefix)
}

func order(op string, a, b value) value {
	n, ok := compare(a, b)
	switch op {
	case "<":
		return ok && n < 0
	case "<=":
		return ok && n <= 0
	case ">":
		return ok && n > 0
	case ">=":
		return ok && n >= 0
	}
	return int64(n)
}

func (r *run) arithmetic(at pos, op string, a, b value) value {
	if isWord(a) || isWord(b) {
		r.throw(at, "TypeError", "Unsupported operand types: string "+op+" int")
	}
	x, y := toNumber(a), toNumber(b)
	i, isInt := x.(int64)
	j, isInt2 := y.(int64)
	switch op {
	case "%", "/":
		if toFloat(y) == 0 {
			r.throw(at, "DivisionByZeroError", "Division by zero")
		}
	case "&", "|", "^", "<<", ">>":
		return bits(op, toInt(a), toInt(b))
	}
	if op == "%" {
		if toInt(b) == 0 {
			r.throw(at, "DivisionByZeroError", "Modulo by zero")
		}
		return toInt(a) % toInt(b)
	}
	if isInt && isInt2 {
		if v, ok := integers(op, i, j); ok {
			return v
		}
	}
	f, g := toFloat(x), toFloat(y)
	switch op {
	case "+":
		return f + g
	case "-":
		return f - g
	case "*":
		return f * g
	case "/":
		return f / g
	}
	return math.Pow(f, g)
}

// isWord reports whether a value is a string that does not begin with a number.
func isWord(v value) bool {
	s, ok := v.(string)
	if !ok {
		return false
	}
	n, _ := numberIn(s)
	return n == nil
}

// integers is an operator between integers; ok is false when the result is none.
func integers(op string, i, j int64) (v value, ok bool) {
	switch op {
	case "+":
		n := i + j
		return n, (n > i) == (j > 0)
	case "-":
		n := i - j
		return n, (n < i) == (j > 0)
	case "*":
		n := i * j
		return n, i == 0 || n/i == j && (i != -1 || j != math.MinInt64)
	case "/":
		if i%j == 0 {
			return i / j, true
		}
	case "**":
		if f := math.Pow(float64(i), float64(j)); j >= 0 && math.Abs(f) < 1<<53 {
			return int64(f), true
		}
	}
	return nil, false
}

func bits(op string, i, j int64) value {
	switch op {
	case "&":
		return i & j
	case "|":
		return i | j
	case "^":
		return i ^ j
	case "<<":
		return i << uint64(j&63)
	}
	return i >> uint64(j&63)
}

// isEmpty reports whether a value is known and counts as false: what a value that is
// not known is usually not equal to.
func isEmpty(v value) bool {
	_, isUnknown := v.(*unknown)
	return !isUnknown && !toBool(v)
}
