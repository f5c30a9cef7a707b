package php

import (
	"math"
	"slices"

	"github.com/corsim/corsim/fetch"
)

// checked returns a value as a parameter of some types takes it. A value that none of
// the types takes is a TypeError.
func (r *run) checked(at pos, fn *function, p *param, v value) value {
	if len(p.types) == 0 || v == nil && isNull(p.standard) {
		return v
	}
	if _, ok := v.(*unknown); ok || !slices.ContainsFunc(p.types, isScalar) && v != nil {
		return v
	}
	for _, t := range p.types {
		if takes(t, v) {
			return v
		}
	}
	if o, ok := v.(*object); ok && slices.Contains(p.types, "string") && !(fn.src.strict && at.src.strict) {
		if f, _ := o.class.method("__tostring"); f != nil {
			return r.text(at, o)
		}
	}
	if out, ok := converted(p.types, v); ok && !(fn.src.strict && at.src.strict) {
		return out
	}
	r.throw(at, "TypeError", fn.name+"(): Argument ($"+p.name+") must be of type "+p.types[len(p.types)-1]+", "+typeOf(v)+" given")
	return nil
}

// isNull reports whether an expression is the constant null.
func isNull(x expr) bool {
	n, ok := x.(*name)
	return ok && fetch.ByteLowercase(n.text) == "null"
}

// isScalar reports whether a type is one of those that values are converted to.
func isScalar(t string) bool {
	return t == "int" || t == "float" || t == "string" || t == "bool" || t == "array"
}

// takes reports whether a value has a type as it is.
func takes(t string, v value) bool {
	switch v := v.(type) {
	case nil:
		return t == "null" || t == "mixed"
	case bool:
		return t == "bool" || t == "mixed" || t == "false" && !v || t == "true" && v
	case int64:
		return t == "int" || t == "float" || t == "mixed"
	case float64:
		return t == "float" || t == "mixed"
	case string:
		return t == "string" || t == "mixed" || t == "callable"
	case *array:
		return t == "array" || t == "iterable" || t == "mixed" || t == "callable"
	}
	return !isScalar(t) && t != "null"
}

// converted converts a value to the first scalar type that it fits.
func converted(types []string, v value) (out value, ok bool) {
	switch v.(type) {
	case nil, *array, *object, *closure:
		return v, false
	}
	number, whole := v, true
	if s, isString := v.(string); isString {
		number, whole = numberIn(s)
	}
	f, isFloat := number.(float64)
	switch {
	case slices.Contains(types, "int") && whole && (!isFloat || f == math.Trunc(f) || typeOf(v) == "double"):
		return toInt(number), true
	case slices.Contains(types, "float") && whole:
		return toFloat(number), true
	case slices.Contains(types, "string"):
		return toString(v), true
	case slices.Contains(types, "bool"):
		return toBool(v), true
	}
	return v, false
}
