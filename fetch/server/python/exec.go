package python

import (
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
