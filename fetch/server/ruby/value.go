package ruby

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// value is a value of a program: nil, bool, int64, float64, string, symbol, *list,
// *hash, *pattern, *proc, *object, *class, *native, *span or *unknown.
type value any

// symbol is a Symbol.
type symbol string

// list is an Array.
type list struct {
	items []value
	kept  *kept
}

// pair is one entry of a hash.
type pair struct{ key, value value }

// hash is a Hash in the order of its entries.
type hash struct {
	pairs []pair
	// folds is set for the headers of Rack, whose keys are compared without case.
	folds bool
	kept  *kept
}

// span is a Range.
type span struct {
	from, to value
	open     bool // without its end
}

// proc is a block, a proc or a lambda.
type proc struct {
	file   *file
	params []syntax.Param
	body   []syntax.Stmt
	result syntax.Expr
	env    *scope
	symbol string // of &:name
	lambda bool
	call   func(m *machine, args []value) value // of a native function
}

// class is a class or a module.
type class struct {
	name      string
	above     *class
	methods   map[string]*method
	own       map[string]*method // methods of the class itself
	constants map[string]value
	vars      map[string]value // instance variables of the class itself
	// base is the name of a class above that is not in the files.
	base string
	data map[string]value
	kept *kept
}

// method is a method with the file it is in.
type method struct {
	file *file
	fn   *syntax.Func
}

// object is an instance of a class.
type object struct {
	class *class
	vars  map[string]value
	kept  *kept
}

// native is an object of the library: what its methods do is a function of Go.
type native struct {
	name string
	call func(m *machine, c *call) (v value, ok bool)
}

// unknown is a value that is not known.
type unknown struct{ err *server.UnknownError }

// truth returns whether a known value counts as true.
func truth(v value) bool {
	b, isBool := v.(bool)
	return v != nil && (!isBool || b)
}

func newList(items ...value) *list { return &list{items: items} }

// textList returns an array of strings.
func textList(items []string) *list {
	out := new(list)
	for _, s := range items {
		out.items = append(out.items, s)
	}
	return out
}

// find returns the place of a key, or -1.
func (h *hash) find(k value) int {
	for i, p := range h.pairs {
		if equal(p.key, k) || h.folds && sameName(p.key, k) {
			return i
		}
	}
	return -1
}

func sameName(a, b value) bool {
	s, ok := a.(string)
	t, ok2 := b.(string)
	return ok && ok2 && fetch.ByteLowercase(s) == fetch.ByteLowercase(t)
}

func (h *hash) get(k value) (value, bool) {
	if i := h.find(k); i >= 0 {
		return h.pairs[i].value, true
	}
	return nil, false
}

// option returns the entry of a symbol or a string.
func (h *hash) option(name string) value {
	if v, ok := h.get(symbol(name)); ok {
		return v
	}
	return nil
}

// set sets an entry. A key that differs in case only replaces the other at the end,
// as in Rack.
func (h *hash) set(k, v value) {
	h.kept.touch()
	i := h.find(k)
	switch {
	case i < 0:
		h.pairs = append(h.pairs, pair{k, v})
	case equal(h.pairs[i].key, k):
		h.pairs[i].value = v
	default:
		h.remove(h.pairs[i].key)
		h.pairs = append(h.pairs, pair{k, v})
	}
}

func (h *hash) remove(k value) {
	h.kept.touch()
	if i := h.find(k); i >= 0 {
		h.pairs = append(h.pairs[:i:i], h.pairs[i+1:]...)
	}
}

func (h *hash) copy() *hash {
	return &hash{pairs: append([]pair(nil), h.pairs...), folds: h.folds}
}

// equal is "==" of known values.
func equal(a, b value) bool {
	switch x := a.(type) {
	case *list:
		y, ok := b.(*list)
		if !ok || len(x.items) != len(y.items) {
			return false
		}
		for i := range x.items {
			if !equal(x.items[i], y.items[i]) {
				return false
			}
		}
		return true
	case *hash:
		y, ok := b.(*hash)
		if !ok || len(x.pairs) != len(y.pairs) {
			return false
		}
		for _, p := range x.pairs {
			if v, ok := y.get(p.key); !ok || !equal(p.value, v) {
				return false
			}
		}
		return true
	case int64:
		if f, ok := b.(float64); ok {
			return float64(x) == f
		}
	case float64:
		if n, ok := b.(int64); ok {
			return x == float64(n)
		}
	case *pattern:
		y, ok := b.(*pattern)
		return ok && x.source == y.source && x.flags == y.flags
	}
	return a == b
}

// text is to_s of a known value.
func text(v value) string {
	switch v := v.(type) {
	case string:
		return v
	case symbol:
		return string(v)
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		s := strconv.FormatFloat(v, 'f', -1, 64)
		if !strings.Contains(s, ".") {
			s += ".0"
		}
		return s
	case *class:
		return v.name
	case *pattern:
		return "(?-mix:" + v.source + ")"
	case *list:
		var parts []string
		for _, x := range v.items {
			parts = append(parts, inspect(x))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return ""
}

func inspect(v value) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case string:
		return strconv.Quote(v)
	case symbol:
		return ":" + string(v)
	}
	return text(v)
}

// typeName returns the name of the class of a value.
func typeName(v value) string {
	switch v := v.(type) {
	case nil:
		return "NilClass"
	case bool:
		if v {
			return "TrueClass"
		}
		return "FalseClass"
	case int64:
		return "Integer"
	case float64:
		return "Float"
	case string:
		return "String"
	case symbol:
		return "Symbol"
	case *list:
		return "Array"
	case *hash:
		return "Hash"
	case *pattern:
		return "Regexp"
	case *proc:
		return "Proc"
	case *span:
		return "Range"
	case *class:
		return "Class"
	case *object:
		return v.class.name
	case *native:
		return v.name
	}
	return "Object"
}
