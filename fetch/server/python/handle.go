package python

import (
	"errors"

	"github.com/corsim/corsim/fetch/server/syntax"
)

func (in *interp) execRaise(fr *frame, s *syntax.Raise) error {
	if s.X == nil {
		if fr.handling != nil {
			return fr.handling
		}
		return in.raise(fr.at(s), "RuntimeError", "No active exception to reraise")
	}
	v, err := in.eval(fr, s.X)
	if err != nil {
		return err
	}
	if c, ok := v.(*class); ok {
		if v, err = in.call(fr, c, &args{at: fr.at(s)}); err != nil {
			return err
		}
	}
	switch v := v.(type) {
	case *instance:
		return &raised{v, fr.at(s)}
	case *unknown:
		e := &instance{class: in.classes["Exception"], attrs: map[string]value{"args": &tuple{}}, native: v}
		return &raised{e, fr.at(s)}
	}
	return in.raise(fr.at(s), "TypeError", "exceptions must derive from BaseException")
}

func (in *interp) execTry(fr *frame, s *syntax.Try) (control, error) {
	c, err := in.exec(fr, s.Body)
	var r *raised
	switch {
	case errors.As(err, &r):
		c, err = in.handle(fr, s, r)
	case err == nil && c == goesOn:
		c, err = in.exec(fr, s.Else)
	}
	if _, python := err.(*raised); err != nil && !python {
		return c, err
	}
	ret := fr.ret
	fc, ferr := in.exec(fr, s.Finally)
	if fc != goesOn || ferr != nil {
		return fc, ferr
	}
	fr.ret = ret
	return c, err
}

// handle runs the handler of an exception.
func (in *interp) handle(fr *frame, s *syntax.Try, r *raised) (control, error) {
	for _, h := range s.Handlers {
		ok, u, err := in.catches(fr, &h, r)
		if err != nil {
			return goesOn, err
		}
		if u != nil {
			in.blur(fr, h.Body, u)
			fr.ret = u
			return undecided, nil
		}
		if !ok {
			continue
		}
		if h.Name != "" {
			fr.scope.set(h.Name, r.exc)
		}
		saved := fr.handling
		fr.handling = r
		c, err := in.exec(fr, h.Body)
		fr.handling = saved
		return c, err
	}
	return goesOn, r
}

// catches reports whether a handler is for an exception.
func (in *interp) catches(fr *frame, h *syntax.Handler, r *raised) (bool, *unknown, error) {
	if len(h.Types) == 0 {
		return true, nil, nil
	}
	v, err := in.eval(fr, h.Types[0])
	if err != nil {
		return false, nil, err
	}
	types := []value{v}
	if t, ok := v.(*tuple); ok {
		types = t.items
	}
	for _, t := range types {
		switch t := t.(type) {
		case *class:
			if r.exc.class.is(t) {
				return true, nil, nil
			}
		case *unknown:
			// An exception of a library that is not there cannot be one of
			// Python's own or of the text's own.
			if r.exc.native != nil {
				if u, ok := r.exc.native.(*unknown); ok {
					return false, u, nil
				}
			}
		}
	}
	return false, nil, nil
}

func (in *interp) execWith(fr *frame, s *syntax.With) (control, error) {
	var managers []value
	for _, item := range s.Items {
		v, err := in.eval(fr, item.X)
		if err != nil {
			return goesOn, err
		}
		entered := v
		if l, ok := v.(*list); ok && len(l.items) > 0 { // a context manager of a generator
			entered = l.items[0]
		}
		for _, name := range []string{"__enter__", "__aenter__"} {
			m, err := in.attrOr(fr, item.X, v, name)
			if err != nil {
				return goesOn, err
			}
			if m != nil && firstUnknown(m) == nil {
				if entered, err = in.call(fr, m, &args{at: fr.at(item.X)}); err != nil {
					return goesOn, err
				}
				break
			}
		}
		managers = append(managers, v)
		if item.As != nil {
			if err := in.assign(fr, item.As, entered); err != nil {
				return goesOn, err
			}
		}
	}
	c, err := in.exec(fr, s.Body)
	for _, v := range managers {
		if i, ok := v.(*instance); ok {
			for _, name := range []string{"__exit__", "__aexit__"} {
				if m := i.class.lookup(name); m != nil {
					if _, xerr := in.call(fr, m, &args{pos: []value{i, none{}, none{}, none{}}, at: fr.at(s)}); xerr != nil {
						return c, xerr
					}
				}
			}
		}
	}
	return c, err
}
