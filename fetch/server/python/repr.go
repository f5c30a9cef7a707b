package python

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// str returns str(v) of a value that is known in all its parts.
func str(v value) string {
	switch v := v.(type) {
	case string:
		return v
	case *instance:
		if v.class.isA("BaseException") {
			return exceptionText(v)
		}
		if s, ok := v.native.(fmt.Stringer); ok {
			return s.String()
		}
	case fmt.Stringer:
		return v.String()
	}
	return repr(v)
}

// repr returns repr(v).
func repr(v value) string {
	var w reprWriter
	w.write(v, 0)
	return w.String()
}

// reprWriter writes values; what is too long or too deep becomes "...".
type reprWriter struct {
	strings.Builder
	nodes int
}

// The bounds of a text that shows a value.
const (
	mostNodes   = 100_000
	deepestRepr = 40
)

func (w *reprWriter) write(v value, depth int) {
	w.nodes++
	if w.nodes > mostNodes || depth > deepestRepr {
		w.WriteString("...")
		return
	}
	switch v := v.(type) {
	case *list:
		w.WriteByte('[')
		w.items(v.items, depth)
		w.WriteByte(']')
	case *tuple:
		w.WriteByte('(')
		w.items(v.items, depth)
		if len(v.items) == 1 {
			w.WriteByte(',')
		}
		w.WriteByte(')')
	case *set:
		if len(v.keys) == 0 {
			w.WriteString("set()")
			return
		}
		w.WriteByte('{')
		w.items(v.keys, depth)
		w.WriteByte('}')
	case *dict:
		w.WriteByte('{')
		for i, k := range v.keys {
			if i > 0 {
				w.WriteString(", ")
			}
			w.write(k, depth+1)
			w.WriteString(": ")
			w.write(v.vals[i], depth+1)
		}
		w.WriteByte('}')
	default:
		w.WriteString(plainRepr(v))
	}
}

func (w *reprWriter) items(items []value, depth int) {
	for i, x := range items {
		if i > 0 {
			w.WriteString(", ")
		}
		w.write(x, depth+1)
		if w.nodes > mostNodes {
			return
		}
	}
}

// plainRepr returns repr of a value without parts.
func plainRepr(v value) string {
	switch v := v.(type) {
	case none:
		return "None"
	case ellipsis:
		return "Ellipsis"
	case bool:
		if v {
			return "True"
		}
		return "False"
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return floatText(v)
	case string:
		return quote(v)
	case bytes:
		return "b" + quote(string(v))
	case *class:
		return "<class '" + v.name + "'>"
	case *instance:
		if v.class.isA("BaseException") {
			return v.class.name + "(" + quote(exceptionText(v)) + ")"
		}
		return "<" + v.class.name + " object>"
	}
	return "<" + typeName(v) + " object>"
}

// quote returns a string in Python's quotes.
func quote(s string) string {
	q := "'"
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		q = `"`
	}
	var b strings.Builder
	b.WriteString(q)
	for _, r := range s {
		switch {
		case string(r) == q || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String() + q
}

// floatText returns repr of a float.
func floatText(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	case math.IsNaN(f):
		return "nan"
	case f == math.Trunc(f) && math.Abs(f) < 1e16:
		return strconv.FormatFloat(f, 'f', 1, 64)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// unknownIn returns what is unknown in a value or its parts; nil when all is known.
func unknownIn(v value) *unknown {
	left := mostNodes
	return unknownAt(v, 0, &left)
}

func unknownAt(v value, depth int, left *int) *unknown {
	if *left--; depth > deepestRepr || *left < 0 {
		return nil
	}
	var items []value
	switch v := v.(type) {
	case *unknown:
		return v
	case *list:
		items = v.items
	case *tuple:
		items = v.items
	case *set:
		items = v.keys
	case *dict:
		items = append(slices.Clone(v.keys), v.vals...)
	}
	for _, x := range items {
		if u := unknownAt(x, depth+1, left); u != nil {
			return u
		}
	}
	return nil
}
