package python

import (
	"slices"

	"github.com/corsim/corsim/fetch/server/syntax"
)

// assign assigns a value to a target.
func (in *interp) assign(fr *frame, target syntax.Expr, v value) error {
	switch t := target.(type) {
	case *syntax.Name:
		fr.scope.set(t.Text, v)
		if fr.class != nil && fr.ret == nil {
			fr.class.set(t.Text, v)
		}
		return nil
	case *syntax.Attr:
		o, err := in.eval(fr, t.X)
		if err != nil {
			return err
		}
		return in.setAttr(fr, t, o, t.Name, v)
	case *syntax.Index:
		o, err := in.eval(fr, t.X)
		if err != nil {
			return err
		}
		return in.assignItem(fr, t, o, v)
	case *syntax.List:
		return in.unpack(fr, t, v)
	}
	return in.raise(fr.at(target), "SyntaxError", "cannot assign to this expression")
}

// unpack assigns the items of a value to several targets.
func (in *interp) unpack(fr *frame, t *syntax.List, v value) error {
	items, u, err := in.iterate(fr, t, v)
	if err != nil {
		return err
	}
	if u != nil {
		for _, a := range t.Items {
			if err := in.assign(fr, a.Value, u); err != nil {
				return err
			}
		}
		return nil
	}
	star := slices.IndexFunc(t.Items, func(a syntax.Arg) bool { return a.Star > 0 })
	if star < 0 && len(items) != len(t.Items) || len(items) < len(t.Items)-1 {
		return in.raise(fr.at(t), "ValueError", "not enough or too many values to unpack (expected %d, got %d)", len(t.Items), len(items))
	}
	extra := len(items) - len(t.Items)
	for i, a := range t.Items {
		var item value
		switch {
		case star < 0 || i < star:
			item = items[i]
		case i == star:
			item = &list{slices.Clone(items[i : i+extra+1])}
		default:
			item = items[i+extra]
		}
		if err := in.assign(fr, a.Value, item); err != nil {
			return err
		}
	}
	return nil
}

// execAssign runs an assignment.
func (in *interp) execAssign(fr *frame, s *syntax.Assign) error {
	if s.Value == nil {
		return nil
	}
	v, err := in.eval(fr, s.Value)
	if err != nil {
		return err
	}
	if s.Op != "=" {
		if v, err = in.augment(fr, s, v); err != nil {
			return err
		}
	}
	for _, t := range s.Targets {
		if n, ok := t.(*syntax.Name); ok {
			if g, ok := in.given(fr, n.Text, n); ok && unknownIn(v) != nil {
				v = g
			}
		}
		if err := in.assign(fr, t, v); err != nil {
			return err
		}
		if h, ok := in.host.(interface {
			assigned(in *interp, fr *frame, t syntax.Expr, v value)
		}); ok {
			h.assigned(in, fr, t, v)
		}
	}
	return nil
}

// augment returns the value of x op= v. A list is changed itself.
func (in *interp) augment(fr *frame, s *syntax.Assign, v value) (value, error) {
	old, err := in.eval(fr, s.Targets[0])
	if err != nil {
		return nil, err
	}
	op := s.Op[:len(s.Op)-1]
	if l, ok := old.(*list); ok && op == "+" {
		items, u, err := in.iterate(fr, s.Value, v)
		if err != nil || u != nil {
			return orUnknown(v, u), err
		}
		if len(l.items)+len(items) > mostItems {
			return nil, in.raise(fr.at(s), "MemoryError", "")
		}
		l.items = append(l.items, items...)
		return l, nil
	}
	if d, ok := old.(*dict); ok && op == "|" {
		if o, ok := v.(*dict); ok {
			for i, k := range o.keys {
				d.put(k, o.vals[i])
			}
			return d, nil
		}
	}
	return in.binary(fr, s, op, old, v)
}

func orUnknown(v value, u *unknown) value {
	if u != nil {
		return u
	}
	return v
}
