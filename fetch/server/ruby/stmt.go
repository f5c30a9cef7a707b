package ruby

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// body runs statements and returns the value of the last.
func (m *machine) body(s *scope, list []syntax.Stmt) value {
	var v value
	for _, st := range list {
		m.step(pos{File: s.file, Offset: st.Offset()})
		v = m.stmt(s, st)
	}
	return v
}

// stmt runs a statement.
func (m *machine) stmt(s *scope, st syntax.Stmt) value {
	at := pos{File: s.file, Offset: st.Offset()}
	switch st := st.(type) {
	case *syntax.ExprStmt:
		return m.eval(s, st.X)
	case *syntax.Assign:
		return m.assign(s, st)
	case *syntax.If:
		if m.isTrue(m.eval(s, st.Cond)) {
			return m.body(s, st.Then)
		}
		return m.body(s, st.Else)
	case *syntax.Switch:
		return m.choose(s, st)
	case *syntax.Func:
		return m.define(s, st)
	case *syntax.Class:
		return m.openClass(s, st)
	case *syntax.Return:
		panic(leaves{"return", m.evalOrNil(s, st.X), s.outer()})
	case *syntax.Jump:
		panic(leaves{st.Word, m.evalOrNil(s, st.X), s})
	case *syntax.Raise:
		m.raiseValue(s, at, st.X)
	case *syntax.Try:
		return m.try(s, st)
	case *syntax.Block:
		return m.body(s, st.Body)
	case *syntax.For, *syntax.Loop:
		return m.loop(s, st)
	case *syntax.Unknown:
		return m.unread(at, st)
	}
	return m.unknown(at, "what this statement does", "")
}

// unread is a statement that could not be read. What it does is not known.
func (m *machine) unread(at pos, st *syntax.Unknown) value {
	u := m.unknown(at, fmt.Sprintf("what %q does, which cannot be read", st.Text), "write it in a simpler form")
	if m.loading && strings.Contains(fetch.ByteLowercase(st.Text), "cors") {
		panic(stops{u.err})
	}
	return u
}

func (m *machine) evalOrNil(s *scope, x syntax.Expr) value {
	if x == nil {
		return nil
	}
	return m.eval(s, x)
}

// loop runs a loop, bounded by the number of steps.
func (m *machine) loop(s *scope, st syntax.Stmt) (v value) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case leaves:
			if e.how != "break" {
				panic(e)
			}
			v = e.v
		default:
			panic(e)
		}
	}()
	switch st := st.(type) {
	case *syntax.For:
		for _, item := range m.items(pos{File: s.file, Offset: st.Offset()}, m.eval(s, st.In)) {
			m.store(s, st.Target, item)
			m.round(s, st.Body)
		}
	case *syntax.Loop:
		for {
			m.step(pos{File: s.file, Offset: st.Offset()})
			if m.isTrue(m.eval(s, st.Cond)) == st.Until {
				return nil
			}
			m.round(s, st.Body)
		}
	}
	return nil
}

// round runs the body of a loop once.
func (m *machine) round(s *scope, body []syntax.Stmt) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case leaves:
			if e.how != "next" {
				panic(e)
			}
		default:
			panic(e)
		}
	}()
	m.body(s, body)
}

// choose runs case/when.
func (m *machine) choose(s *scope, st *syntax.Switch) value {
	var subject value
	if st.Subject != nil {
		subject = m.eval(s, st.Subject)
	}
	for _, c := range st.Cases {
		if len(c.Values) == 0 {
			return m.body(s, c.Body)
		}
		for _, x := range c.Values {
			v := m.eval(s, x)
			at := pos{File: s.file, Offset: x.Offset()}
			if st.Subject == nil && m.isTrue(v) || st.Subject != nil && m.isTrue(m.matches(at, v, subject)) {
				return m.body(s, c.Body)
			}
		}
	}
	return nil
}

// matches is "===".
func (m *machine) matches(at pos, test, v value) value {
	if u, ok := v.(*unknown); ok {
		return u
	}
	switch t := test.(type) {
	case *unknown:
		return t
	case *pattern:
		if s, ok := v.(string); ok {
			data, _ := m.matchData(at, t, s)
			return data != nil
		}
		return false
	case *class:
		return m.isA(v, t.name)
	case *proc:
		return m.callProc(at, t, []value{v})
	case *span:
		return m.within(t, v)
	case *list:
		if l, ok := v.(*list); ok {
			return m.matchesAll(at, t, l)
		}
		for _, item := range t.items { // when *LIST
			if truth(m.matches(at, item, v)) {
				return true
			}
		}
		return false
	}
	if n, ok := test.(*native); ok && n.name == wildcard {
		return true
	}
	return equal(test, v)
}

// wildcard is the name that matches each value in a pattern.
const wildcard = "_"

// matchesAll reports whether each item of an array matches that of a pattern.
func (m *machine) matchesAll(at pos, test, v *list) value {
	if len(test.items) != len(v.items) {
		return false
	}
	for i, t := range test.items {
		switch got := m.matches(at, t, v.items[i]).(type) {
		case *unknown:
			return got
		case bool:
			if !got {
				return false
			}
		}
	}
	return true
}

func (m *machine) within(t *span, v value) value {
	if s, ok := v.(string); ok {
		from, ok := t.from.(string)
		to, ok2 := t.to.(string)
		return ok && ok2 && s >= from && (s < to || s == to && !t.open)
	}
	n, ok := v.(int64)
	from, ok2 := t.from.(int64)
	to, ok3 := t.to.(int64)
	if !ok || !ok2 || t.to != nil && !ok3 {
		return false
	}
	return n >= from && (t.to == nil || n < to || n == to && !t.open)
}

// isA reports whether a value is of a class.
func (m *machine) isA(v value, name string) bool {
	if o, ok := v.(*object); ok {
		for c := o.class; c != nil; c = c.above {
			if c.name == name || c.base == name {
				return true
			}
		}
		return name == "Object"
	}
	have := typeName(v)
	return have == name || name == "Object" || name == "Numeric" && (have == "Integer" || have == "Float")
}

// raiseValue is raise.
func (m *machine) raiseValue(s *scope, at pos, x syntax.Expr) {
	e := raised{class: "RuntimeError", at: at}
	args := []value{m.evalOrNil(s, x)}
	if l, ok := x.(*syntax.List); ok && len(l.Items) > 0 {
		args = []value{m.eval(s, l.Items[0].Value)}
		if len(l.Items) > 1 {
			args = append(args, m.eval(s, l.Items[1].Value))
		}
	}
	m.raiseWith(e, args)
}

func (m *machine) raiseWith(e raised, args []value) {
	if len(args) > 1 {
		e.message = text(args[1])
	}
	switch v := args[0].(type) {
	case string:
		e.message = v
	case *class:
		e.class = v.name
		if e.message == "" {
			e.message = v.name
		}
	case *object:
		e.class = v.class.name
		if v.class.name == "StandardError" && v.vars["class"] != nil {
			e.class = text(v.vars["class"])
		}
		e.message = text(v.vars["message"])
	}
	panic(e)
}

// try runs begin … rescue … ensure … end.
func (m *machine) try(s *scope, st *syntax.Try) (v value) {
	if len(st.Finally) > 0 {
		defer func() { m.body(s, st.Finally) }()
	}
	handler, e, v := m.attempt(s, st)
	if handler == nil {
		return v
	}
	if handler.Name != "" {
		s.set(handler.Name, m.exception(e))
	}
	return m.body(s, handler.Body)
}

// exception returns the object of an exception.
func (m *machine) exception(e raised) value {
	if e.unknown != nil {
		return &unknown{e.unknown}
	}
	c := m.findClass(nil, e.class)
	if c == nil {
		c = m.class("StandardError")
	}
	return &object{class: c, vars: map[string]value{"message": e.message, "class": e.class}}
}

func (m *machine) attempt(s *scope, st *syntax.Try) (handler *syntax.Handler, caught raised, v value) {
	depth := m.depth
	defer func() {
		e := recover()
		r, ok := e.(raised)
		if e == nil {
			return
		}
		if ok {
			for i := range st.Handlers {
				if m.handles(s, &st.Handlers[i], r) {
					m.depth = depth
					handler, caught = &st.Handlers[i], r
					return
				}
			}
		}
		panic(e)
	}()
	v = m.body(s, st.Body)
	if len(st.Else) > 0 {
		v = m.body(s, st.Else)
	}
	return nil, raised{}, v
}

// handles reports whether a rescue takes an exception.
func (m *machine) handles(s *scope, h *syntax.Handler, e raised) bool {
	if len(h.Types) == 0 || e.unknown != nil {
		return true
	}
	for _, t := range h.Types {
		name := pathOf(t)
		if name == "StandardError" || name == "Exception" || name == e.class || strings.HasSuffix(e.class, "::"+name) {
			return true
		}
		for c := m.findClass(s.class, e.class); c != nil; c = c.above {
			if c.name == name || c.base == name || strings.HasSuffix(c.name, "::"+name) {
				return true
			}
		}
	}
	return false
}
