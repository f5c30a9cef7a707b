package python

import (
	"maps"
	"reflect"
	"slices"

	"github.com/corsim/corsim/fetch/server/syntax"
)

// blur makes unknown what statements may change that may or may not run.
func (in *interp) blur(fr *frame, list []syntax.Stmt, u *unknown) {
	walk(list, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Assign:
			for _, t := range n.Targets {
				in.blurTarget(fr, t, u)
			}
		case *syntax.For:
			in.blurTarget(fr, n.Target, u)
		case *syntax.Func:
			in.blurDefinition(fr, n.Name, n.Decorators, u)
			return false
		case *syntax.Class:
			fr.scope.set(n.Name, u)
			return false
		case *syntax.Import:
			for _, name := range n.Names {
				if name.As != "*" {
					fr.scope.set(name.As, u)
				}
			}
		case *syntax.Call:
			in.blurCall(fr, n, u)
		case *syntax.Lambda:
			return false
		}
		return true
	})
}

// blurDefinition makes the name of a function unknown, and tells the host about
// its decorators.
func (in *interp) blurDefinition(fr *frame, name string, decorators []syntax.Expr, u *unknown) {
	for _, d := range decorators {
		if c, ok := d.(*syntax.Call); ok {
			in.blurCall(fr, c, u)
		}
	}
	fr.scope.set(name, u)
}

// blurTarget makes the target of an assignment unknown.
func (in *interp) blurTarget(fr *frame, t syntax.Expr, u *unknown) {
	switch t := t.(type) {
	case *syntax.Name:
		fr.scope.set(t.Text, u)
		if h, ok := in.host.(interface {
			assigned(in *interp, fr *frame, t syntax.Expr, v value)
		}); ok {
			h.assigned(in, fr, t, u)
		}
	case *syntax.List:
		for _, a := range t.Items {
			in.blurTarget(fr, a.Value, u)
		}
	case *syntax.Attr:
		if o := in.peek(fr, t.X); o != nil {
			_ = in.setAttr(fr, t, o, t.Name, u) // an attribute that cannot be set stays
		}
	case *syntax.Index:
		o := in.peek(fr, t.X)
		if o == nil || len(t.Keys) != 1 {
			return
		}
		if s, ok := t.Keys[0].Value.(*syntax.Text); ok {
			switch o := o.(type) {
			case *dict:
				o.put(s.Value, u)
				return
			case container:
				_ = o.setItem(in, s.Value, u) // an item that cannot be set stays
				return
			}
		}
		in.host.escapes(in, o, u)
	}
}

// blurCall makes unknown what a call may change: the object of a method, and the
// arguments.
func (in *interp) blurCall(fr *frame, c *syntax.Call, u *unknown) {
	if a, ok := c.Fun.(*syntax.Attr); ok {
		if n, ok := a.X.(*syntax.Name); ok {
			switch v := fr.scope.lookup(n.Text).(type) {
			case *list, *dict, *set:
				if mutates[a.Name] {
					in.blurTarget(fr, n, u)
				}
			case nil:
			default:
				in.host.escapes(in, v, u)
			}
		} else if o := in.peek(fr, a.X); o != nil {
			in.host.escapes(in, o, u)
		}
	}
	for _, arg := range c.Args {
		if o := in.peek(fr, arg.Value); o != nil {
			in.host.escapes(in, o, u)
		}
	}
}

// mutates are the methods that change their object.
var mutates = map[string]bool{
	"append": true, "extend": true, "insert": true, "remove": true, "pop": true, "clear": true, "update": true, "add": true,
	"discard": true, "setdefault": true, "sort": true, "reverse": true, "popitem": true,
}

// peek returns the value of names and attributes without running anything; nil when
// it is something else.
func (in *interp) peek(fr *frame, x syntax.Expr) value {
	switch x := x.(type) {
	case *syntax.Name:
		return fr.scope.lookup(x.Text)
	case *syntax.Attr:
		o := in.peek(fr, x.X)
		switch o := o.(type) {
		case nil, *unknown:
			return nil
		case *instance:
			return o.attrs[x.Name]
		case object:
			v, err := o.attr(in, x.Name)
			if err == nil {
				return v
			}
		}
	}
	return nil
}

// walk calls f for the nodes in statements, from the outside in, while f returns
// true.
func walk(list []syntax.Stmt, f func(syntax.Node) bool) {
	for _, s := range list {
		walkValue(reflect.ValueOf(s), f)
	}
}

func walkValue(v reflect.Value, f func(syntax.Node) bool) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return
		}
		if n, ok := v.Interface().(syntax.Node); ok && v.Kind() == reflect.Pointer {
			if !f(n) {
				return
			}
		}
		walkValue(v.Elem(), f)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				walkValue(v.Field(i), f)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkValue(v.Index(i), f)
		}
	}
}

// sortedNames returns the names of variables in order.
func sortedNames(m map[string]value) []string { return slices.Sorted(maps.Keys(m)) }
