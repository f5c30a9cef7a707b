package php

import (
	"encoding/base64"
	"encoding/hex"
	"math"
	"strconv"
	"strings"
)

// moreFunctions are functions of arrays, numbers and strings that programs rarely use
// near their headers.
func moreFunctions() map[string]builtin {
	return map[string]builtin{
		"array_pad":             plain(arrayPad),
		"array_chunk":           plain(arrayChunk),
		"array_count_values":    plain(arrayCountValues),
		"array_product":         plain(arrayProduct),
		"array_diff_assoc":      plain(arrayDiffAssoc),
		"array_intersect_assoc": plain(arrayDiffAssoc),
		"array_merge_recursive": plain(func(c *args) value { return mergeDeep(c.array(0), c.list[min(1, len(c.list)):], 0) }),
		"http_build_query":      plain(buildQuery),
		"number_format":         plain(numberFormat),
		"round":                 plain(phpRound),
		"floor":                 plain(func(c *args) value { return math.Floor(toFloat(c.arg(0))) }),
		"ceil":                  plain(func(c *args) value { return math.Ceil(toFloat(c.arg(0))) }),
		"base64_encode":         plain(func(c *args) value { return base64.StdEncoding.EncodeToString([]byte(c.text(0))) }),
		"bin2hex":               plain(func(c *args) value { return hex.EncodeToString([]byte(c.text(0))) }),
		"dechex":                plain(func(c *args) value { return strconv.FormatUint(uint64(c.integer(0, 0)), 16) }),
		"get_called_class":      plain(calledClass),
		"get_parent_class":      plain(parentClass),
	}
}

func arrayPad(c *args) value {
	a, n := c.array(0), c.integer(1, 0)
	missing := max(n, -n) - int64(a.len())
	if missing <= 0 {
		return a
	}
	c.r.charge(c.pos, int(min(missing, maxSteps)))
	out := new(array)
	fill := func() {
		for range min(missing, maxSteps) {
			out.append(c.arg(2))
		}
	}
	if n < 0 {
		fill()
	}
	c.r.spreadInto(out, a)
	if n > 0 {
		fill()
	}
	return out
}

func arrayChunk(c *args) value {
	size := c.integer(1, 0)
	if size < 1 {
		c.r.throw(c.pos, "ValueError", "array_chunk(): Argument #2 ($length) must be greater than 0")
	}
	out, part := new(array), new(array)
	for _, e := range c.array(0).list() {
		if c.flag(2) {
			part.set(e.key, e.v)
		} else {
			part.append(e.v)
		}
		if int64(part.len()) == size {
			out.append(part)
			part = new(array)
		}
	}
	if part.len() > 0 {
		out.append(part)
	}
	return out
}

func arrayCountValues(c *args) value {
	out := new(array)
	for _, v := range c.array(0).values() {
		n, _ := out.get(keyOf(v))
		out.set(keyOf(v), toInt(n)+1)
	}
	return out
}

func arrayProduct(c *args) value {
	var out value = int64(1)
	for _, v := range c.array(0).values() {
		out = c.r.operate(c.pos, "*", out, toNumber(v))
	}
	return out
}

// arrayDiffAssoc is array_diff_assoc and array_intersect_assoc.
func arrayDiffAssoc(c *args) value {
	out := new(array)
	for _, e := range c.array(0).list() {
		in := 0
		for i := range c.list[1:] {
			if v, ok := c.array(i + 1).get(e.key); ok && c.r.text(c.pos, v) == c.r.text(c.pos, e.v) {
				in++
			}
		}
		if c.word == "array_diff_assoc" && in == 0 || c.word != "array_diff_assoc" && in == len(c.list)-1 {
			out.set(e.key, e.v)
		}
	}
	return out
}

// mergeDeep is array_merge_recursive.
func mergeDeep(first *array, rest []value, depth int) *array {
	out := first.copy()
	if depth > maxNested {
		return out
	}
	for _, v := range rest {
		a, ok := v.(*array)
		if !ok {
			continue
		}
		for _, e := range a.list() {
			have, found := out.get(e.key)
			switch {
			case !e.key.isText:
				out.append(e.v)
			case !found:
				out.set(e.key, e.v)
			default:
				out.set(e.key, mergeDeep(listOf(have), []value{listOf(e.v)}, depth+1))
			}
		}
	}
	return out
}

// listOf returns an array as it is, and another value in an array.
func listOf(v value) *array {
	if a, ok := v.(*array); ok {
		return a
	}
	return newArray(v)
}

// buildQuery is http_build_query for values and lists of them.
func buildQuery(c *args) value {
	separator := "&"
	if c.has(2) && c.arg(2) != nil {
		separator = c.text(2)
	}
	var parts []string
	var add func(name string, v value, depth int)
	add = func(name string, v value, depth int) {
		switch v := v.(type) {
		case nil:
		case *array:
			for _, e := range v.list() {
				if depth < maxNested {
					add(name+"["+toString(e.key.value())+"]", e.v, depth+1)
				}
			}
		case bool:
			parts = append(parts, queryEscape(name)+"="+strconv.FormatInt(toInt(v), 10))
		default:
			parts = append(parts, queryEscape(name)+"="+queryEscape(toString(v)))
		}
	}
	for _, e := range c.array(0).list() {
		add(c.text(1)+toString(e.key.value()), e.v, 0)
	}
	return strings.Join(parts, separator)
}

func numberFormat(c *args) value {
	places := min(max(c.integer(1, 0), 0), 30)
	s := strconv.FormatFloat(math.Abs(rounded(toFloat(c.arg(0)), places)), 'f', int(places), 64)
	point, thousands := ".", ","
	if c.has(2) {
		point = c.text(2)
	}
	if c.has(3) {
		thousands = c.text(3)
	}
	whole, decimals, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + thousands + whole[i:]
	}
	if decimals != "" {
		whole += point + decimals
	}
	if toFloat(c.arg(0)) < 0 && strings.Trim(s, "0.") != "" {
		whole = "-" + whole
	}
	return whole
}

func phpRound(c *args) value { return rounded(toFloat(c.arg(0)), c.integer(1, 0)) }

func calledClass(c *args) value {
	if c.r.frame.late == nil {
		return false
	}
	return c.r.frame.late.name
}

func parentClass(c *args) value {
	class := c.r.frame.class
	if o, ok := c.arg(0).(*object); ok {
		class = o.class
	} else if c.has(0) {
		class = c.r.class(c.pos, c.text(0))
	}
	if class == nil || class.isUnseen() {
		return c.unknown("")
	}
	if class.above == nil {
		return false
	}
	return class.above.name
}

// filterInt is FILTER_VALIDATE_INT with its range.
func filterInt(c *args, s string) value {
	n, whole := numberIn(s)
	i, ok := n.(int64)
	ok = ok && whole && (toString(i) == s || "+"+toString(i) == s)
	options, _ := c.arg(2).(*array)
	if options == nil && c.has(2) {
		if c.integer(2, 0) == 134217728 && !ok {
			return nil
		}
		options = new(array)
	}
	limits := new(array)
	if options != nil {
		if v, found := options.get(keyOf("options")); found {
			limits = listOf(v)
		}
	}
	if low, found := limits.get(keyOf("min_range")); found && ok && i < toInt(low) {
		ok = false
	}
	if high, found := limits.get(keyOf("max_range")); found && ok && i > toInt(high) {
		ok = false
	}
	if ok {
		return i
	}
	if standard, found := limits.get(keyOf("default")); found {
		return standard
	}
	return false
}
