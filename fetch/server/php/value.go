package php

import (
	"math"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// value is a value of a program: nil, bool, int64, float64, string, *array, *object,
// *closure or *unknown.
type value any

// unknown is a value that is not known.
type unknown struct {
	err *server.UnknownError
	// prefix is the known beginning of a string; the rest is not known.
	prefix string
	// fails reports whether the value is usually false: an error that is asked for.
	fails bool
}

// unknownIn returns the first value that is not known; nil when all are known.
func unknownIn(values ...value) *unknown {
	for _, v := range values {
		if u, ok := v.(*unknown); ok {
			return u
		}
	}
	return nil
}

// ref is a variable.
type ref struct{ v value }

// object is an object of a class.
type object struct {
	class     *class
	props     *array
	generator *generator // of an object that is one
}

// closure is a function as a value.
type closure struct {
	fn      *function
	this    *object
	class   *class
	bound   map[string]*ref
	builtin string // the name of a function of PHP
	magic   string // the method that __call or __callStatic stands for
}

// typeOf returns the type of a value as gettype does.
func typeOf(v value) string {
	switch v.(type) {
	case nil:
		return "NULL"
	case bool:
		return "boolean"
	case int64:
		return "integer"
	case float64:
		return "double"
	case string:
		return "string"
	case *array:
		return "array"
	}
	return "object"
}

// toBool converts a known value.
func toBool(v value) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case int64:
		return v != 0
	case float64:
		return v != 0
	case string:
		return v != "" && v != "0"
	case *array:
		return v.len() > 0
	}
	return true
}

// toInt converts a known value.
func toInt(v value) int64 {
	switch v := v.(type) {
	case bool:
		if v {
			return 1
		}
	case int64:
		return v
	case float64:
		if v >= math.MinInt64 && v < math.MaxInt64 {
			return int64(v)
		}
	case string:
		n, _ := numberIn(v)
		if n == nil {
			return 0
		}
		return toInt(n)
	case *array:
		if v.len() > 0 {
			return 1
		}
	case *object, *closure:
		return 1
	}
	return 0
}

// toNumber converts a known value to an int64 or a float64.
func toNumber(v value) value {
	switch v := v.(type) {
	case float64:
		return v
	case string:
		n, _ := numberIn(v)
		if n == nil {
			return int64(0)
		}
		return n
	}
	return toInt(v)
}

func toFloat(v value) float64 {
	switch n := toNumber(v).(type) {
	case float64:
		return n
	case int64:
		return float64(n)
	}
	return 0
}

// numberIn returns the number at the beginning of a string; whole reports whether the
// string is nothing else, spaces aside.
func numberIn(s string) (n value, whole bool) {
	t := strings.TrimLeft(s, " \t\n\r\v\f")
	i, float := 0, false
	if i < len(t) && (t[i] == '-' || t[i] == '+') {
		i++
	}
	digits := 0
	for i < len(t) && (isDigit(t[i]) || t[i] == '.' && !float) {
		if t[i] == '.' {
			float = true
		} else {
			digits++
		}
		i++
	}
	if digits == 0 {
		return nil, false
	}
	if i < len(t) && (t[i] == 'e' || t[i] == 'E') {
		j := i + 1
		if j < len(t) && (t[j] == '-' || t[j] == '+') {
			j++
		}
		if j < len(t) && isDigit(t[j]) {
			for j < len(t) && isDigit(t[j]) {
				j++
			}
			i, float = j, true
		}
	}
	whole = strings.TrimRight(t[i:], " \t\n\r\v\f") == ""
	if !float {
		if v, err := strconv.ParseInt(t[:i], 10, 64); err == nil {
			return v, whole
		}
	}
	f, _ := strconv.ParseFloat(t[:i], 64)
	return f, whole
}

// toString converts a known value.
func toString(v value) string {
	switch v := v.(type) {
	case bool:
		if v {
			return "1"
		}
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return floatText(v)
	case string:
		return v
	case *array:
		return "Array"
	}
	return ""
}

func floatText(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NAN"
	case math.IsInf(f, 1):
		return "INF"
	case math.IsInf(f, -1):
		return "-INF"
	case f == math.Trunc(f) && math.Abs(f) < 1e15:
		return strconv.FormatFloat(f, 'f', 0, 64)
	}
	s := strconv.FormatFloat(f, 'G', 14, 64)
	if mantissa, exponent, ok := strings.Cut(s, "E"); ok && !strings.Contains(mantissa, ".") {
		s = mantissa + ".0E" + exponent
	}
	return s
}

// identical is "===" of known values; the second result says that it is not known.
func identical(a, b value) (bool, *unknown) { return identicalAt(a, b, 0) }

func identicalAt(a, b value, depth int) (bool, *unknown) {
	if u := unknownIn(a, b); u != nil {
		return false, u
	}
	x, ok := a.(*array)
	y, ok2 := b.(*array)
	if !ok || !ok2 {
		return a == b, nil
	}
	return sameArrays(x, y, identicalAt, depth)
}

// maxNested is how deep arrays in arrays are followed: an array can contain itself by
// a reference.
const maxNested = 64

// sameArrays compares arrays with the same keys by their values.
func sameArrays(x, y *array, same func(a, b value, depth int) (bool, *unknown), depth int) (bool, *unknown) {
	if x == y || depth > maxNested {
		return true, nil
	}
	if x.len() != y.len() {
		return false, nil
	}
	var unsure *unknown
	for _, e := range x.list() {
		other, ok := y.get(e.key)
		if !ok {
			return false, nil
		}
		equal, u := same(e.v, other, depth+1)
		if u != nil {
			unsure = u
		} else if !equal {
			return false, nil
		}
	}
	return true, unsure
}

// looselyEqual is "==".
func looselyEqual(a, b value) (bool, *unknown) { return looselyEqualAt(a, b, 0) }

func looselyEqualAt(a, b value, depth int) (bool, *unknown) {
	if u := unknownIn(a, b); u != nil {
		return false, u
	}
	x, ok := a.(*array)
	y, ok2 := b.(*array)
	if ok && ok2 {
		return sameArrays(x, y, looselyEqualAt, depth)
	}
	n, comparable := compare(a, b)
	return comparable && n == 0, nil
}

// compare is "<=>" of known values; comparable is false for values of which neither
// is less.
func compare(a, b value) (n int, comparable bool) {
	if s, ok := a.(string); ok {
		switch t := b.(type) {
		case string:
			return compareStrings(s, t), true
		case nil:
			return compareBytes(s, ""), true
		case int64, float64:
			if num, whole := numberIn(s); whole {
				return compareFloats(toFloat(num), toFloat(b)), true
			}
			return compareBytes(s, toString(b)), true
		}
	}
	switch a.(type) {
	case nil, bool:
		if _, ok := b.(string); ok && a == nil {
			return compareBytes("", b.(string)), true
		}
		return compareFloats(float64(toInt(toBool(a))), float64(toInt(toBool(b)))), true
	}
	switch b.(type) {
	case nil, bool:
		return compareFloats(float64(toInt(toBool(a))), float64(toInt(toBool(b)))), true
	case string:
		n, ok := compare(b, a)
		return -n, ok
	}
	if isObject(a) || isObject(b) || typeOf(a) == "array" || typeOf(b) == "array" {
		if a == b {
			return 0, true
		}
		return 1, false
	}
	return compareFloats(toFloat(a), toFloat(b)), true
}

func isObject(v value) bool { return typeOf(v) == "object" }

// compareStrings compares strings as PHP does: as numbers when both are.
func compareStrings(a, b string) int {
	x, ok := numberIn(a)
	y, ok2 := numberIn(b)
	if ok && ok2 {
		return compareFloats(toFloat(x), toFloat(y))
	}
	return compareBytes(a, b)
}

func compareBytes(a, b string) int { return strings.Compare(a, b) }

func compareFloats(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
