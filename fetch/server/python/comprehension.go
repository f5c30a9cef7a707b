package python

import (
	"github.com/corsim/corsim/fetch/server/syntax"
)

// evalComprehension returns the list, set, dictionary or generator (as a list).
func (in *interp) evalComprehension(fr *frame, x *syntax.Comprehension) (value, error) {
	inner := *fr
	inner.scope = newScope(fr.scope)
	d, out := newDict(), []value{}
	var missing *unknown
	err := in.comprehend(&inner, x, 0, &missing, func() error {
		v, err := in.eval(&inner, x.Item)
		if err != nil {
			return err
		}
		if x.Key == nil {
			out = append(out, v)
			return nil
		}
		k, err := in.eval(&inner, x.Key)
		if err != nil {
			return err
		}
		if u, ok := k.(*unknown); ok {
			missing = u
			return nil
		}
		d.put(k, v)
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case missing != nil:
		return missing, nil
	case x.Key != nil:
		return d, nil
	case x.Form == syntax.FormSet:
		return newSet(out...), nil
	}
	return &list{out}, nil
}

// comprehend runs the clauses of a comprehension from one on.
func (in *interp) comprehend(fr *frame, x *syntax.Comprehension, i int, missing **unknown, each func() error) error {
	if i == len(x.For) {
		return each()
	}
	c := x.For[i]
	v, err := in.eval(fr, c.In)
	if err != nil {
		return err
	}
	items, u, err := in.iterate(fr, c.In, v)
	if err != nil {
		return err
	}
	if u != nil {
		*missing = u
	}
next:
	for _, item := range items {
		if err := in.assign(fr, c.Target, item); err != nil {
			return err
		}
		for _, cond := range c.If {
			v, err := in.eval(fr, cond)
			if err != nil {
				return err
			}
			b, u, err := in.truth(fr, cond, v)
			if err != nil {
				return err
			}
			if u != nil {
				*missing = u
			}
			if !b {
				continue next
			}
		}
		if err := in.comprehend(fr, x, i+1, missing, each); err != nil {
			return err
		}
	}
	return nil
}
