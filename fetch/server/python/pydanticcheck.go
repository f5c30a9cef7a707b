package python

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// checker checks values against types.
type checker struct {
	in    *interp
	f     *function
	doubt *unknown
}

// check returns a value as a type; ok is false when it is none.
func (c *checker) check(x syntax.Expr, v value, depth int) (value, bool) {
	if depth > 20 || x == nil || firstUnknown(v) != nil {
		return v, true
	}
	switch t := x.(type) {
	case *syntax.Null:
		return v, v == (none{})
	case *syntax.Binary:
		if t.Op == "|" {
			return c.either([]syntax.Expr{t.X, t.Y}, v, depth)
		}
	case *syntax.Index:
		return c.generic(t, v, depth)
	case *syntax.Text:
		return c.check(parseType(t.Value), v, depth+1)
	case *syntax.Name, *syntax.Attr:
		return c.simple(x, typeWord(x), v, depth)
	}
	return v, true
}

func (c *checker) either(list []syntax.Expr, v value, depth int) (value, bool) {
	if v == (none{}) {
		for _, x := range list {
			if _, isNone := x.(*syntax.Null); isNone {
				return v, true
			}
		}
	}
	for _, x := range list {
		if _, isNone := x.(*syntax.Null); isNone {
			continue
		}
		if out, ok := c.check(x, v, depth+1); ok {
			return out, true
		}
	}
	return v, false
}

func (c *checker) generic(t *syntax.Index, v value, depth int) (value, bool) {
	var inner []syntax.Expr
	for _, k := range t.Keys {
		inner = append(inner, k.Value)
	}
	switch typeWord(t.X) {
	case "Optional":
		if v == (none{}) {
			return v, true
		}
		return c.check(inner[0], v, depth+1)
	case "Union":
		return c.either(inner, v, depth)
	case "Annotated":
		return c.check(inner[0], v, depth+1)
	case "Literal":
		for _, x := range inner {
			if y, err := c.in.eval(&frame{scope: newScope(nil), module: c.in.main, ret: none{}}, x); err == nil {
				if eq, _ := equal(y, v); eq {
					return v, true
				}
			}
		}
		return v, false
	case "List", "list", "Sequence", "Set", "set", "Iterable":
		l, ok := v.(*list)
		if !ok {
			return v, false
		}
		out := &list{}
		for _, i := range l.items {
			y, ok := c.check(inner[0], i, depth+1)
			if !ok {
				return v, false
			}
			out.items = append(out.items, y)
		}
		return out, true
	case "Dict", "dict", "Mapping":
		_, ok := v.(*dict)
		return v, ok
	}
	c.doubtful(typeWord(t.X))
	return v, true
}

func (c *checker) doubtful(what string) {
	if c.doubt == nil {
		c.doubt = unknownf(at0, "", "whether the request is a valid %s", what)
	}
}

// simple checks a type that is one name.
func (c *checker) simple(x syntax.Expr, name string, v value, depth int) (value, bool) {
	h, _ := c.in.host.(*starHost)
	strict := h != nil && h.v2
	switch name {
	case "str":
		switch s := v.(type) {
		case string:
			return s, true
		case int64, float64, bool:
			return str(v), !strict
		}
		return v, false
	case "int":
		return toInteger(v)
	case "float":
		return toFloat(v)
	case "bool":
		return toBool(v)
	case "Any", "object":
		return v, true
	case "dict", "Dict":
		_, ok := v.(*dict)
		return v, ok
	case "list", "List":
		_, ok := v.(*list)
		return v, ok
	case "EmailStr":
		s, ok := v.(string)
		return v, ok && strings.Contains(s, "@") && !strings.ContainsAny(s, " ")
	}
	k, ok := c.in.evalType(c.f, x).(*class)
	if !ok {
		c.doubtful(name)
		return v, true
	}
	switch {
	case k.isA("Enum"):
		for _, n := range k.order {
			if i, ok := k.dict[n].(*instance); ok {
				if eq, _ := equal(i.attrs["value"], v); eq {
					return i, true
				}
			}
		}
		return v, false
	case k.isA("BaseModel") || len(k.types) > 0:
		return c.model(k, v, depth+1)
	}
	c.doubtful(name)
	return v, true
}

func toInteger(v value) (value, bool) {
	switch n := v.(type) {
	case int64:
		return n, true
	case bool:
		i, _ := asInt(n)
		return i, true
	case float64:
		return int64(n), n == float64(int64(n))
	case string:
		i, err := strconv.ParseInt(strings.TrimSpace(n), 10, 64)
		return i, err == nil
	}
	return v, false
}

func toFloat(v value) (value, bool) {
	if f, ok := asFloat(v); ok {
		return f, true
	}
	if s, ok := v.(string); ok {
		f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
		return f, err == nil
	}
	return v, false
}

func toBool(v value) (value, bool) {
	if b, ok := v.(bool); ok {
		return b, true
	}
	switch fetch.ByteLowercase(str(v)) {
	case "1", "true", "on", "t", "y", "yes":
		return true, true
	case "0", "false", "off", "f", "n", "no":
		return false, true
	}
	return v, false
}
