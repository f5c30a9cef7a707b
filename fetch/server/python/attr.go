package python

import (
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// getAttr returns an attribute, or raises AttributeError.
func (in *interp) getAttr(fr *frame, n syntax.Node, v value, name string) (value, error) {
	out, err := in.attrOr(fr, n, v, name)
	if err != nil {
		return nil, err
	}
	if out == nil {
		if m, ok := v.(*moduleValue); ok {
			return nil, in.raise(fr.at(n), "AttributeError", "module '%s' has no attribute '%s'", m.m.name, name)
		}
		return nil, in.raise(fr.at(n), "AttributeError", "'%s' object has no attribute '%s'", typeName(v), name)
	}
	return out, nil
}

// attrOr returns an attribute; nil when there is none.
func (in *interp) attrOr(fr *frame, n syntax.Node, v value, name string) (value, error) {
	switch v := v.(type) {
	case *unknown:
		at := v.err.Position
		if n != nil {
			at = fr.at(n)
		}
		return &unknown{&server.UnknownError{Position: at, What: v.err.What + "." + name, Help: v.err.Help}, v.harmless}, nil
	case *instance:
		return in.instanceAttr(fr, n, v, name)
	case *class:
		return in.classAttr(v, name), nil
	case *function:
		return functionAttr(v, name), nil
	case *builtin:
		if a, ok := v.attrs[name]; ok {
			return a, nil
		}
		if name == "__name__" {
			return v.name, nil
		}
		return nil, nil
	case *bound:
		return in.attrOr(fr, n, v.fun, name)
	case object:
		return v.attr(in, name)
	}
	return method(v, name), nil
}

func (in *interp) instanceAttr(fr *frame, n syntax.Node, i *instance, name string) (value, error) {
	if a, ok := i.attrs[name]; ok {
		return a, nil
	}
	switch name {
	case "__class__":
		return i.class, nil
	case "__dict__":
		d := newDict()
		for _, k := range sortedNames(i.attrs) {
			d.put(k, i.attrs[k])
		}
		return d, nil
	}
	if a := i.class.lookup(name); a != nil {
		if p, ok := a.(*property); ok {
			var at server.Position
			if n != nil {
				at = fr.at(n)
			}
			return in.call(fr, p.get, &args{pos: []value{i}, at: at})
		}
		return bindTo(a, i), nil
	}
	if o, ok := i.native.(object); ok {
		if a, err := o.attr(in, name); a != nil || err != nil {
			return a, err
		}
	}
	if m := i.class.lookup("__getattr__"); m != nil {
		return in.call(fr, m, &args{pos: []value{i, name}})
	}
	if p := plainEnum(i); p != value(i) {
		return method(p, name), nil
	}
	if u := i.class.unknownBase(); u != nil {
		return &unknown{&server.UnknownError{Position: u.err.Position, What: i.class.name + "." + name, Help: u.err.Help}, u.harmless}, nil
	}
	return nil, nil
}

func (in *interp) classAttr(c *class, name string) value {
	switch name {
	case "__name__":
		return c.name
	case "__dict__":
		d := newDict()
		for _, k := range c.order {
			d.put(k, c.dict[k])
		}
		return d
	}
	v := c.lookup(name)
	switch f := v.(type) {
	case *static:
		return f.fun
	case *classmethod:
		return &bound{c, f.fun}
	case nil:
		if u := c.unknownBase(); u != nil {
			return &unknown{&server.UnknownError{Position: u.err.Position, What: c.name + "." + name, Help: u.err.Help}, u.harmless}
		}
	}
	return v
}

func functionAttr(f *function, name string) value {
	if v, ok := f.attrs[name]; ok {
		return v
	}
	switch name {
	case "__name__", "__qualname__":
		return f.name
	case "__module__":
		return f.module.name
	case "__doc__":
		return none{}
	case "__wrapped__":
		return nil
	case "__call__":
		return f
	}
	return nil
}

// setAttr sets an attribute.
func (in *interp) setAttr(fr *frame, n syntax.Node, v value, name string, x value) error {
	switch v := v.(type) {
	case *unknown:
		in.host.escapes(in, x, v)
		return nil
	case *instance:
		if o, ok := v.native.(attrSetter); ok {
			return o.setAttr(in, name, x)
		}
		v.attrs[name] = x
		return nil
	case *class:
		v.set(name, x)
		return nil
	case *function:
		if v.attrs == nil {
			v.attrs = make(map[string]value)
		}
		v.attrs[name] = x
		return nil
	case *builtin:
		if v.attrs == nil {
			v.attrs = make(map[string]value)
		}
		v.attrs[name] = x
		return nil
	case attrSetter:
		return v.setAttr(in, name, x)
	case object:
		return nil
	}
	return in.raise(fr.at(n), "AttributeError", "'%s' object has no attribute '%s'", typeName(v), name)
}
