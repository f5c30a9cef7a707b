package spring

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server/syntax"
	"github.com/corsim/corsim/fetch/server/syntax/run"
)

// body follows statements.
func (m *machine) body(s *scope, list []syntax.Stmt) {
	for _, st := range list {
		m.step(placeIn(s.file, st.Offset()))
		m.stmt(s, st)
	}
}

// stmt follows a statement.
func (m *machine) stmt(s *scope, st syntax.Stmt) {
	switch st := st.(type) {
	case *syntax.ExprStmt:
		m.eval(s, st.X)
	case *syntax.Assign:
		m.assign(s, st)
	case *syntax.If:
		m.branch(s, st)
	case *syntax.Block:
		m.body(s, st.Body)
	case *syntax.Return:
		panic(returns{Value: m.evalOrNil(s, st.X)})
	case *syntax.Try:
		m.body(s, st.Body)
		m.body(s, st.Finally)
	case *syntax.For:
		m.each(s, st)
	case *syntax.Loop:
		m.loop(s, st)
	case *syntax.Jump:
		panic(run.Jump{Word: st.Word})
	case *syntax.Raise, *syntax.Switch, *syntax.Unknown:
		at := placeIn(s.file, st.Offset())
		panic(stops{m.unknownError(at, "what this statement does", "write it in a simpler form")})
	}
}

func (m *machine) evalOrNil(s *scope, x syntax.Expr) value {
	if x == nil {
		return nil
	}
	return m.eval(s, x)
}

// assign sets a variable or a field.
func (m *machine) assign(s *scope, st *syntax.Assign) {
	v := m.evalOrNil(s, st.Value)
	if st.Op != "=" {
		at := placeIn(s.file, st.Offset())
		v = m.operate(at, strings.TrimSuffix(st.Op, "="), m.eval(s, st.Targets[0]), v)
	}
	m.store(s, st.Targets[0], v, st.Type != "")
}

// store sets what an expression names. A declaration makes a new variable.
func (m *machine) store(s *scope, target syntax.Expr, v value, declares bool) {
	switch x := target.(type) {
	case *syntax.Name:
		if _, ok := s.Lookup(x.Text); !declares && !ok && s.self != nil {
			s.self.fields[x.Text] = v
			return
		}
		if declares {
			s.Own[x.Text] = v
			return
		}
		s.Set(x.Text, v)
	case *syntax.Attr:
		if n, ok := x.X.(*syntax.Name); ok && n.Text == "this" && s.self != nil {
			s.self.fields[x.Name] = v
		}
	}
}

// branch follows an if. When the condition is not known and a branch concerns CORS,
// what follows is not known.
func (m *machine) branch(s *scope, st *syntax.If) {
	cond := m.eval(s, st.Cond)
	if u, isUnknown := cond.(*unknown); isUnknown {
		if m.concernsCORS(s, st) {
			panic(stops{u.err})
		}
		return
	}
	if b, _ := cond.(bool); b {
		m.body(s, st.Then)
		return
	}
	m.body(s, st.Else)
}

// concerning are the words of statements that may decide a CORS answer.
var concerning = []string{"ors", "rigin", "return", "csrf", "authorize", "Match", "eader(", "doFilter", "setStatus", "sendError", "throw"}

// concernsCORS reports whether the branches of an if may decide a CORS answer.
func (m *machine) concernsCORS(s *scope, st *syntax.If) bool {
	text := s.file.Text[st.Offset():endOf(s.file, st)]
	return slices.ContainsFunc(concerning, func(word string) bool { return strings.Contains(text, word) })
}

// endOf returns an offset after an if statement: a bound by its last statement.
func endOf(f *file, st *syntax.If) int {
	end := st.Offset()
	for _, list := range [][]syntax.Stmt{st.Then, st.Else} {
		if n := len(list); n > 0 {
			last := list[n-1].Offset()
			end = max(end, last)
			if i := strings.IndexAny(f.Text[last:], ";}"); i >= 0 {
				end = max(end, last+i)
			}
		}
	}
	return min(end, len(f.Text))
}

// each follows a loop over values.
func (m *machine) each(s *scope, st *syntax.For) {
	at := placeIn(s.file, st.Offset())
	name := ""
	if n, ok := st.Target.(*syntax.Name); ok {
		name = n.Text
	}
	switch in := m.eval(s, st.In).(type) {
	case *list:
		for _, v := range in.items {
			m.step(at)
			inner := s.inside()
			inner.Own[name] = v
			if run.EndsLoop(func() { m.body(inner, st.Body) }) {
				return
			}
		}
	case *unknown:
		// The body runs once with a value that is not known.
		inner := s.inside()
		inner.Own[name] = in
		run.EndsLoop(func() { m.body(inner, st.Body) })
	}
}

// loop follows while, do and the loop with three parts.
func (m *machine) loop(s *scope, st *syntax.Loop) {
	at := placeIn(s.file, st.Offset())
	inner := s.inside()
	m.body(inner, st.Init)
	run.Loop(st, func(cond syntax.Expr) bool {
		m.step(at)
		return cond == nil || m.isTrue(m.eval(inner, cond))
	}, func(list []syntax.Stmt) { m.body(inner, list) })
}
