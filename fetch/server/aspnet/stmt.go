package aspnet

import (
	"strings"

	"github.com/corsim/corsim/fetch/server/syntax"
)

// body follows statements.
func (m *machine) body(s *scope, list []syntax.Stmt) {
	for _, st := range list {
		m.step(pos{File: s.file, Offset: st.Offset()})
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
		panic(returns{m.evalOrNil(s, st.X)})
	case *syntax.Try:
		m.body(s, st.Body)
		m.body(s, st.Finally)
	case *syntax.With:
		for _, it := range st.Items {
			m.eval(s, it.X)
		}
		m.body(s, st.Body)
	case *syntax.For:
		m.loop(s, st)
	case *syntax.Func:
		m.functions[st.Name] = &function{s.file, st}
	case *syntax.Unknown:
		if strings.Contains(st.Text, "Cors") {
			m.lose(m.unknownError(pos{File: s.file, Offset: st.Offset()}, "what this statement does, which cannot be read", "write it in a simpler form"))
		}
	}
}

func (m *machine) evalOrNil(s *scope, x syntax.Expr) value {
	if x == nil {
		return nil
	}
	return m.eval(s, x)
}

// branch follows an if. When the condition is not known, both branches are looked at:
// one that concerns CORS makes the pipeline not known.
func (m *machine) branch(s *scope, st *syntax.If) {
	cond := m.eval(s, st.Cond)
	u, isUnknown := cond.(*unknown)
	if !isUnknown {
		if b, _ := cond.(bool); b {
			m.body(s, st.Then)
		} else {
			m.body(s, st.Else)
		}
		return
	}
	from, to := st.Offset(), len(s.file.Text)
	text := s.file.Text[from:min(to, endOf(st))]
	if strings.Contains(text, "Cors") || strings.Contains(text, "Origins") || strings.Contains(text, "return") {
		m.lose(u.err)
		return
	}
	m.body(s, st.Then)
	m.body(s, st.Else)
}

// endOf returns an offset after an if statement: a bound by its last statement.
func endOf(st *syntax.If) int {
	end := st.Offset()
	for _, list := range [][]syntax.Stmt{st.Then, st.Else} {
		if n := len(list); n > 0 {
			end = max(end, list[n-1].Offset()+200)
		}
	}
	return end
}

// loop follows foreach over known items.
func (m *machine) loop(s *scope, st *syntax.For) {
	items, ok := m.eval(s, st.In).([]value)
	if !ok {
		return
	}
	for _, x := range items {
		if n, ok := st.Target.(*syntax.Name); ok {
			s.vars[n.Text] = x
		}
		m.body(s, st.Body)
	}
}

func (m *machine) assign(s *scope, st *syntax.Assign) {
	if st.Value == nil {
		return
	}
	v := m.eval(s, st.Value)
	for _, t := range st.Targets {
		switch t := t.(type) {
		case *syntax.Name:
			if st.Op == "+=" {
				old, _ := s.lookup(t.Text)
				v = m.operate(pos{File: s.file, Offset: st.Offset()}, "+", old, v)
			}
			if _, isField := m.fields[t.Text]; isField && !m.serving {
				m.fields[t.Text] = v
				continue
			}
			s.set(t.Text, v)
		case *syntax.Attr:
			m.assignMember(s, t, v)
		}
	}
}

// assignMember sets a member: this.x, options.DefaultPolicyName, or a property of a
// policy.
func (m *machine) assignMember(s *scope, t *syntax.Attr, v value) {
	if n, ok := t.X.(*syntax.Name); ok && n.Text == "this" {
		m.fields[t.Name] = v
		return
	}
	if t.Name == "DefaultPolicyName" {
		m.defaultName = text(v)
		return
	}
	if p, ok := m.eval(s, t.X).(*policy); ok {
		switch t.Name {
		case "SupportsCredentials":
			p.credentials, _ = v.(bool)
		case "IsOriginAllowed":
			p.isAllowed = v
		case "PreflightMaxAge":
			p.set(pos{File: s.file, Offset: t.Offset()}, "SetPreflightMaxAge", []value{v})
		}
	}
}

// lose says that the policies or the pipeline are not known.
func (m *machine) lose(err error) {
	if e, ok := err.(interface{ Error() string }); ok && m.lost == nil {
		m.lost = asUnknown(e)
	}
}
