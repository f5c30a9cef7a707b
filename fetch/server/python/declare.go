package python

import (
	"github.com/corsim/corsim/fetch/server/syntax"
)

func (in *interp) execDeclare(fr *frame, s *syntax.Declare) error {
	for i, x := range s.Items {
		switch s.Word {
		case "global", "nonlocal":
			if n, ok := x.(*syntax.Name); ok {
				in.declareOutside(fr, s.Word, n.Text)
			}
		case "del":
			if err := in.del(fr, x); err != nil {
				return err
			}
		case "assert":
			if i > 0 {
				return nil
			}
			v, err := in.eval(fr, x)
			if err != nil {
				return err
			}
			if b, u, err := in.truth(fr, x, v); err != nil || !b && u == nil {
				if err == nil {
					err = in.raise(fr.at(s), "AssertionError", "")
				}
				return err
			}
		}
	}
	return nil
}

// declareOutside makes a name refer to a variable outside of the function.
func (in *interp) declareOutside(fr *frame, word, name string) {
	if fr.scope.outside == nil {
		fr.scope.outside = make(map[string]*scope)
	}
	o := fr.module.scope
	if word == "nonlocal" {
		for p := fr.scope.parent; p != nil; p = p.parent {
			if _, ok := p.vars[name]; ok {
				o = p
				break
			}
		}
	}
	fr.scope.outside[name] = o
}

// execMatch runs a match statement with literal patterns.
func (in *interp) execMatch(fr *frame, s *syntax.Switch) (control, error) {
	subject, err := in.eval(fr, s.Subject)
	if err != nil {
		return goesOn, err
	}
	for _, c := range s.Cases {
		ok, u, err := in.matches(fr, &c, subject)
		if err != nil {
			return goesOn, err
		}
		if u != nil {
			for _, c := range s.Cases {
				in.blur(fr, c.Body, u)
			}
			fr.ret = u
			return undecided, nil
		}
		if ok {
			return in.exec(fr, c.Body)
		}
	}
	return goesOn, nil
}

// matches reports whether a case fits.
func (in *interp) matches(fr *frame, c *syntax.Case, subject value) (bool, *unknown, error) {
	ok := len(c.Values) == 0
	for _, x := range c.Values {
		if n, isName := x.(*syntax.Name); isName { // a capture
			fr.scope.set(n.Text, subject)
			ok = true
			break
		}
		if !isLiteral(x) {
			if _, attr := x.(*syntax.Attr); !attr {
				return false, unknownf(fr.at(x), "", "whether this pattern matches"), nil
			}
		}
		v, err := in.eval(fr, x)
		if err != nil {
			return false, nil, err
		}
		eq, u := equal(subject, v)
		if u != nil {
			return false, u, nil
		}
		ok = ok || eq
	}
	if !ok || c.Guard == nil {
		return ok, nil, nil
	}
	v, err := in.eval(fr, c.Guard)
	if err != nil {
		return false, nil, err
	}
	return in.truth(fr, c.Guard, v)
}
