package python

import (
	"errors"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// control says how a list of statements ended.
type control int

const (
	goesOn control = iota
	returns
	breaks
	continues
	// undecided means that it is not known how the statements end; the frame's
	// ret says why.
	undecided
)

// exec runs statements.
func (in *interp) exec(fr *frame, list []syntax.Stmt) (control, error) {
	for i, s := range list {
		c, err := in.execOne(fr, s)
		if err != nil {
			return c, err
		}
		if c == undecided {
			if u, ok := fr.ret.(*unknown); ok {
				in.blur(fr, list[i+1:], u)
			}
		}
		if c != goesOn {
			return c, nil
		}
	}
	return goesOn, nil
}

// execOne runs one statement.
func (in *interp) execOne(fr *frame, s syntax.Stmt) (control, error) {
	if err := in.step(fr, s); err != nil {
		return goesOn, err
	}
	in.place = place{fr.module, s.Offset()}
	switch s := s.(type) {
	case *syntax.ExprStmt:
		_, err := in.eval(fr, s.X)
		return goesOn, err
	case *syntax.Assign:
		return goesOn, in.execAssign(fr, s)
	case *syntax.If:
		return in.execIf(fr, s)
	case *syntax.For:
		return in.execFor(fr, s)
	case *syntax.Loop:
		return in.execWhile(fr, s)
	case *syntax.Func:
		return goesOn, in.execFunc(fr, s)
	case *syntax.Class:
		return goesOn, in.execClass(fr, s)
	case *syntax.Return:
		return in.execReturn(fr, s)
	case *syntax.Raise:
		return goesOn, in.execRaise(fr, s)
	case *syntax.Try:
		return in.execTry(fr, s)
	case *syntax.With:
		return in.execWith(fr, s)
	case *syntax.Import:
		return goesOn, in.execImport(fr, s)
	case *syntax.Switch:
		return in.execMatch(fr, s)
	case *syntax.Block:
		return in.exec(fr, s.Body)
	case *syntax.Declare:
		return goesOn, in.execDeclare(fr, s)
	case *syntax.Jump:
		switch s.Word {
		case "break":
			return breaks, nil
		case "continue":
			return continues, nil
		}
	case *syntax.Unknown:
		return goesOn, &server.InputError{Position: fr.at(s), Problem: "this statement cannot be read: " + s.Text, Help: "correct it, or leave it out"}
	}
	return goesOn, nil
}

func (in *interp) execReturn(fr *frame, s *syntax.Return) (control, error) {
	fr.ret = none{}
	if s.X == nil {
		return returns, nil
	}
	v, err := in.eval(fr, s.X)
	fr.ret = v
	return returns, err
}

func (in *interp) execIf(fr *frame, s *syntax.If) (control, error) {
	v, err := in.eval(fr, s.Cond)
	if err != nil {
		return goesOn, err
	}
	b, u, err := in.truth(fr, s.Cond, v)
	switch {
	case err != nil:
		return goesOn, err
	case u != nil:
		return in.eitherWay(fr, s, u)
	case b:
		return in.exec(fr, s.Then)
	}
	return in.exec(fr, s.Else)
}

// eitherWay handles an if statement whose condition is not known: what its branches
// change becomes unknown. While the text is loaded, a branch that stops the program
// is not taken, because then the server would not run.
func (in *interp) eitherWay(fr *frame, s *syntax.If, u *unknown) (control, error) {
	if in.loading {
		switch {
		case stops(s.Then):
			return in.exec(fr, s.Else)
		case len(s.Else) > 0 && stops(s.Else):
			return in.exec(fr, s.Then)
		}
	}
	in.blur(fr, s.Then, u)
	in.blur(fr, s.Else, u)
	if jumps(s.Then) || jumps(s.Else) {
		fr.ret = u
		return undecided, nil
	}
	return goesOn, nil
}

// stops reports whether statements end with an exception or the end of the program.
func stops(list []syntax.Stmt) bool {
	for _, s := range list {
		switch s := s.(type) {
		case *syntax.Raise:
			return true
		case *syntax.ExprStmt:
			if c, ok := s.X.(*syntax.Call); ok {
				switch f := c.Fun.(type) {
				case *syntax.Name:
					if f.Text == "exit" || f.Text == "quit" {
						return true
					}
				case *syntax.Attr:
					if n, ok := f.X.(*syntax.Name); ok && n.Text == "sys" && f.Name == "exit" {
						return true
					}
				}
			}
		}
	}
	return false
}

// jumps reports whether statements may end the function or the loop around them.
func jumps(list []syntax.Stmt) bool {
	found := false
	walk(list, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Return, *syntax.Raise:
			found = true
		case *syntax.Jump:
			found = found || n.Word != "pass"
		case *syntax.Func, *syntax.Class, *syntax.Lambda:
			return false
		}
		return !found
	})
	return found
}

func (in *interp) execFor(fr *frame, s *syntax.For) (control, error) {
	v, err := in.eval(fr, s.In)
	if err != nil {
		return goesOn, err
	}
	items, u, err := in.iterate(fr, s.In, v)
	if err != nil {
		return goesOn, err
	}
	if u != nil {
		in.blurTarget(fr, s.Target, u)
		in.blur(fr, s.Body, u)
		if jumps(s.Body) {
			fr.ret = u
			return undecided, nil
		}
		return goesOn, nil
	}
	for _, item := range items {
		if err := in.assign(fr, s.Target, item); err != nil {
			return goesOn, err
		}
		c, err := in.exec(fr, s.Body)
		if err != nil {
			return c, err
		}
		switch c {
		case breaks:
			return goesOn, nil
		case returns, undecided:
			return c, nil
		}
	}
	return in.exec(fr, s.Else)
}

func (in *interp) execWhile(fr *frame, s *syntax.Loop) (control, error) {
	for {
		v, err := in.eval(fr, s.Cond)
		if err != nil {
			return goesOn, err
		}
		b, u, err := in.truth(fr, s.Cond, v)
		if err != nil {
			return goesOn, err
		}
		if u != nil {
			in.blur(fr, s.Body, u)
			if jumps(s.Body) {
				fr.ret = u
				return undecided, nil
			}
			return goesOn, nil
		}
		if !b {
			return goesOn, nil
		}
		c, err := in.exec(fr, s.Body)
		if err != nil {
			return c, err
		}
		switch c {
		case breaks:
			return goesOn, nil
		case returns, undecided:
			return c, nil
		}
	}
}

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
