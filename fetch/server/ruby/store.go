package ruby

import (
	"strings"

	"github.com/corsim/corsim/fetch/server/syntax"
)

// store assigns a value.
func (m *machine) store(s *scope, target syntax.Expr, v value) {
	at := pos{File: s.file, Offset: target.Offset()}
	switch t := target.(type) {
	case *syntax.Name:
		m.storeName(s, t.Text, v)
	case *syntax.List:
		items := m.items(at, v)
		if u, ok := v.(*unknown); ok {
			items = nil
			for range t.Items {
				items = append(items, u)
			}
		}
		for i, a := range t.Items {
			var item value
			if i < len(items) {
				item = items[i]
			}
			if a.Star == 1 {
				item = &list{items: append([]value(nil), items[min(i, len(items)):]...)}
			}
			m.store(s, a.Value, item)
		}
	case *syntax.Index:
		args, _ := m.arguments(s, t.Keys)
		m.send(m.eval(s, t.X), &call{at: at, scope: s, name: "[]=", args: append(args, v)})
	case *syntax.Attr:
		m.send(m.eval(s, t.X), &call{at: at, scope: s, name: t.Name + "=", args: []value{v}})
	}
}

func (m *machine) storeName(s *scope, name string, v value) {
	switch {
	case name == "":
	case strings.HasPrefix(name, "@@"):
		if s.class != nil {
			s.class.kept.touch()
			s.class.vars[name] = v
		}
	case name[0] == '@':
		switch self := s.self.(type) {
		case *object:
			self.kept.touch()
			self.vars[name] = v
		case *class:
			self.kept.touch()
			self.vars[name] = v
		default:
			m.globals[name] = v
		}
	case name[0] == '$':
		m.globals[name] = v
	case name[0] >= 'A' && name[0] <= 'Z':
		c := s.class
		if c == nil {
			c = m.class("Object")
		}
		c.kept.touch()
		c.constants[name] = v
	default:
		s.set(name, v)
	}
}

// variable returns a variable of any kind.
func (m *machine) variable(s *scope, name string) (value, bool) {
	switch {
	case name == "":
		return nil, false
	case strings.HasPrefix(name, "@@") && s.class != nil:
		v, ok := s.class.vars[name]
		return v, ok
	case name[0] == '@':
		switch self := s.self.(type) {
		case *object:
			v, ok := self.vars[name]
			return v, ok
		case *class:
			v, ok := self.vars[name]
			return v, ok
		}
		v, ok := m.globals[name]
		return v, ok
	case name[0] == '$':
		v, ok := m.globals[name]
		return v, ok
	case name[0] >= 'A' && name[0] <= 'Z':
		return m.constant(s.class, name)
	}
	return s.lookup(name)
}
