package python

import (
	"maps"
	"math"
	"slices"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// value is a value of Python: bool, int64, float64, string, bytes, none and the
// types in this file. It is never nil.
type value any

// none is the type of None.
type none struct{}

// ellipsis is the type of "...".
type ellipsis struct{}

// bytes is a bytes object.
type bytes string

// unknown is a value that is not known.
type unknown struct {
	err *server.UnknownError
	// harmless reports whether it came from a library that has nothing to do with
	// CORS.
	harmless bool
}

// list is a list, tuple a tuple, set a set (and a frozenset).
type (
	list  struct{ items []value }
	tuple struct{ items []value }
	set   struct{ *dict }
)

// dict is a dictionary, in the order of insertion.
type dict struct {
	keys  []value
	vals  []value
	index map[any]int
}

// function is a function that the text defines.
type function struct {
	name     string
	params   []syntax.Param
	defaults map[string]value
	body     []syntax.Stmt
	result   syntax.Expr // of a lambda
	scope    *scope
	module   *module
	at       int
	yields   bool
	async    bool
	attrs    map[string]value
	class    *class // in which it is defined
}

// builtin is a function that is modelled.
type builtin struct {
	name  string
	run   func(in *interp, a *args) (value, error)
	attrs map[string]value
}

// bound is a method with its object.
type bound struct {
	self value
	fun  value
}

// class is a class.
type class struct {
	name   string
	bases  []*class
	dict   map[string]value
	order  []string // the names of dict
	module *module
	// types are the annotated types of fields, in order.
	types  []syntax.Param
	scope  *scope
	text   string   // its documentation
	opaque *unknown // a base is not known
	// create makes an instance of a class that is modelled; nil for the usual way.
	create func(in *interp, c *class, a *args) (value, error)
}

// instance is an object of a class.
type instance struct {
	class *class
	attrs map[string]value
	// native is what a class that is modelled keeps.
	native any
}

// property, static and classmethod wrap functions of classes.
type (
	property    struct{ get value }
	static      struct{ fun value }
	classmethod struct{ fun value }
)

// object is an object that is modelled.
type object interface {
	// attr returns an attribute; nil when there is none.
	attr(in *interp, name string) (value, error)
	typeName() string
}

// The further abilities of an object.
type (
	attrSetter interface {
		setAttr(in *interp, name string, v value) error
	}
	caller interface {
		call(in *interp, a *args) (value, error)
	}
	container interface {
		getItem(in *interp, key value) (value, error)
		setItem(in *interp, key, v value) error
		delItem(in *interp, key value) error
		contains(in *interp, key value) (bool, error)
	}
	iterable interface {
		iterate(in *interp) ([]value, error)
	}
)

// args are the arguments of a call.
type args struct {
	pos []value
	kw  []kwarg
	at  server.Position
	// more is set when further arguments are not known (*x or **x).
	more *unknown
}

// kwarg is a keyword argument.
type kwarg struct {
	name string
	v    value
}

// get returns the argument of a name or at a place; nil when there is none.
func (a *args) get(i int, name string) value {
	if i >= 0 && i < len(a.pos) {
		return a.pos[i]
	}
	for _, k := range a.kw {
		if k.name == name {
			return k.v
		}
	}
	if a.more != nil {
		return a.more
	}
	return nil
}

// or returns an argument, or a default.
func (a *args) or(i int, name string, standard value) value {
	if v := a.get(i, name); v != nil {
		return v
	}
	return standard
}

// shift returns the arguments after the first.
func (a *args) shift() *args {
	out := *a
	out.pos = a.pos[min(1, len(a.pos)):]
	return &out
}

// unshift returns the arguments with another first one.
func (a *args) unshift(v value) *args {
	out := *a
	out.pos = append([]value{v}, a.pos...)
	return &out
}

func newDict() *dict { return &dict{index: make(map[any]int)} }

func newSet(items ...value) *set {
	s := &set{newDict()}
	for _, v := range items {
		s.put(v, none{})
	}
	return s
}

// hashed returns a value as the key of a Go map; ok is false when it cannot be a
// key.
func hashed(v value) (key any, ok bool) {
	switch v := plainEnum(v).(type) {
	case bool:
		if v {
			return int64(1), true
		}
		return int64(0), true
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return int64(v), true
		}
		return v, true
	case int64, string, bytes, none, ellipsis:
		return v, true
	case *tuple:
		return "tuple:" + repr(v), true
	case *list, *dict, *set:
		return nil, false
	}
	return v, true
}

func (d *dict) get(key value) (value, bool) {
	k, ok := hashed(key)
	if !ok {
		return nil, false
	}
	i, ok := d.index[k]
	if !ok {
		return nil, false
	}
	return d.vals[i], true
}

// str returns the value of a key that is a string; nil when there is none.
func (d *dict) str(key string) value {
	v, ok := d.get(key)
	if !ok {
		return nil
	}
	return v
}

func (d *dict) put(key, v value) bool {
	k, ok := hashed(key)
	if !ok {
		return false
	}
	if i, ok := d.index[k]; ok {
		d.vals[i] = v
		return true
	}
	d.index[k] = len(d.keys)
	d.keys = append(d.keys, key)
	d.vals = append(d.vals, v)
	return true
}

func (d *dict) remove(key value) bool {
	k, _ := hashed(key)
	i, ok := d.index[k]
	if !ok {
		return false
	}
	d.keys = slices.Delete(d.keys, i, i+1)
	d.vals = slices.Delete(d.vals, i, i+1)
	delete(d.index, k)
	for k, j := range d.index {
		if j > i {
			d.index[k] = j - 1
		}
	}
	return true
}

func (d *dict) clone() *dict {
	return &dict{slices.Clone(d.keys), slices.Clone(d.vals), maps.Clone(d.index)}
}

func (d *dict) clear() { *d = *newDict() }

// typeName returns the name of a value's type.
func typeName(v value) string {
	switch v := v.(type) {
	case none:
		return "NoneType"
	case bool:
		return "bool"
	case int64:
		return "int"
	case float64:
		return "float"
	case string:
		return "str"
	case bytes:
		return "bytes"
	case *list:
		return "list"
	case *tuple:
		return "tuple"
	case *dict:
		return "dict"
	case *set:
		return "set"
	case *function, *builtin, *bound:
		return "function"
	case *class:
		return "type"
	case *instance:
		return v.class.name
	case object:
		return v.typeName()
	}
	return "object"
}
