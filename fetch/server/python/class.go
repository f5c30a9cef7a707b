package python

import (
	"slices"

	"github.com/corsim/corsim/fetch/server/syntax"
)

// execClass defines a class.
func (in *interp) execClass(fr *frame, s *syntax.Class) error {
	c := &class{name: s.Name, dict: make(map[string]value), module: fr.module, scope: fr.scope, text: documentation(s.Body)}
	for _, b := range s.Bases {
		v, err := in.eval(fr, b.Value)
		if err != nil {
			return err
		}
		if b.Name != "" {
			continue
		}
		switch v := v.(type) {
		case *class:
			c.bases = append(c.bases, v)
		case *unknown:
			c.opaque = v
		case *typing:
		default:
			c.opaque = unknownf(fr.at(b.Value), "", "the base of class %s", s.Name)
		}
	}
	inner := &frame{scope: newScope(fr.scope), module: fr.module, class: c}
	for _, st := range s.Body {
		if a, ok := st.(*syntax.Assign); ok && a.Type != "" && len(a.Targets) == 1 {
			if n, ok := a.Targets[0].(*syntax.Name); ok {
				c.types = append(c.types, syntax.Param{At: a.At, Name: n.Text, Type: a.Type, Default: a.Value})
			}
		}
		if _, err := in.execOne(inner, st); err != nil {
			return err
		}
	}
	for _, name := range sortedNames(inner.scope.vars) {
		c.set(name, inner.scope.vars[name])
	}
	fillEnum(c)
	v, err := in.decorate(fr, s.Decorators, c)
	if err != nil {
		return err
	}
	fr.scope.set(s.Name, v)
	if h, ok := in.host.(interface {
		defined(in *interp, c *class) error
	}); ok {
		return h.defined(in, c)
	}
	return nil
}

// instantiate makes an instance of a class.
func (in *interp) instantiate(fr *frame, c *class, a *args) (value, error) {
	if create := c.creator(); create != nil {
		return create(in, c, a)
	}
	i := &instance{class: c, attrs: make(map[string]value)}
	if c.isA("BaseException") {
		i.attrs["args"] = &tuple{slices.Clone(a.pos)}
	}
	m := c.lookup("__init__")
	if m == nil {
		if u := c.unknownBase(); u != nil {
			in.escape(a, u)
			for _, k := range a.kw {
				i.attrs[k.name] = k.v
			}
			return i, nil
		}
		if len(a.pos)+len(a.kw) > 0 && !c.isA("BaseException") {
			return nil, in.raise(a.at, "TypeError", "%s() takes no arguments", c.name)
		}
		return i, nil
	}
	_, err := in.call(fr, m, a.unshift(i))
	return i, err
}

// creator returns how instances of a class are made; nil for the usual way.
func (c *class) creator() func(*interp, *class, *args) (value, error) {
	if c.create != nil {
		return c.create
	}
	for _, b := range c.bases {
		if c.isA("Enum") && !b.isA("Enum") { // str in (str, Enum)
			continue
		}
		if f := b.creator(); f != nil {
			return f
		}
	}
	return nil
}

// unknownBase returns the base of a class that is not known; nil when all are.
func (c *class) unknownBase() *unknown {
	if c.opaque != nil {
		return c.opaque
	}
	for _, b := range c.bases {
		if u := b.unknownBase(); u != nil {
			return u
		}
	}
	return nil
}

// superOf is super().
type superOf struct {
	class *class
	self  value
}

func (s *superOf) typeName() string { return "super" }

func (s *superOf) attr(in *interp, name string) (value, error) {
	if s.class == nil {
		return nil, nil
	}
	for _, b := range s.class.bases {
		if v := b.lookup(name); v != nil {
			return bindTo(v, s.self), nil
		}
		if b.create != nil || b.isA("BaseException") {
			return &builtin{name: name, run: func(in *interp, a *args) (value, error) {
				if i, ok := s.self.(*instance); ok && b.isA("BaseException") {
					i.attrs["args"] = &tuple{a.pos}
				}
				return none{}, nil
			}}, nil
		}
	}
	if u := s.class.unknownBase(); u != nil {
		return u, nil
	}
	return &builtin{name: name, run: func(*interp, *args) (value, error) { return none{}, nil }}, nil
}

// bindTo returns a function of a class as a method of an object.
func bindTo(v value, self value) value {
	switch f := v.(type) {
	case *function, *builtin, *decorated:
		return &bound{self, f}
	case *static:
		return f.fun
	case *classmethod:
		if i, ok := self.(*instance); ok {
			return &bound{i.class, f.fun}
		}
		return &bound{self, f.fun}
	}
	return v
}
