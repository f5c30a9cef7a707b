package ruby

import (
	"strings"

	"github.com/corsim/corsim/fetch/server/syntax"
)

// define defines a method.
func (m *machine) define(s *scope, st *syntax.Func) value {
	f := &method{s.file, st}
	c := s.class
	if c == nil && s.self == value(m.builder.object) && strings.HasSuffix(s.file.Name, ".ru") {
		// A config.ru is run as a block of the builder: its methods are the
		// builder's own.
		m.builder.methods[st.Name] = f
		return symbol(st.Name)
	}
	if c == nil {
		c = m.class("Object")
	}
	owner, _ := st.Owner.(*syntax.Name)
	if owner != nil {
		if owner.Text != "self" {
			c = m.class(owner.Text)
		}
		c.kept.touch()
		c.own[st.Name] = f
		return symbol(st.Name)
	}
	c.kept.touch()
	c.methods[st.Name] = f
	return symbol(st.Name)
}

// class returns a class by its name; it makes one when there is none.
func (m *machine) class(name string) *class {
	c := m.classes[name]
	if c == nil {
		c = &class{name: name, methods: make(map[string]*method), own: make(map[string]*method), constants: make(map[string]value), vars: make(map[string]value), data: make(map[string]value)}
		m.classes[name] = c
	}
	return c
}

// openClass runs the body of a class or a module.
func (m *machine) openClass(s *scope, st *syntax.Class) value {
	name := st.Name
	if name == "" { // class << self
		return m.openOwn(s, st)
	}
	if s.class != nil && s.class.name != "Object" {
		name = s.class.name + "::" + name
	}
	c := m.class(name)
	if len(st.Bases) > 0 {
		base := pathOf(st.Bases[0].Value)
		above := m.findClass(s.class, base)
		if above == nil {
			above = m.autoload(pos{File: s.file, Offset: st.Offset()}, base)
		}
		if above != nil {
			c.above = above
		} else {
			c.base = base
		}
	}
	inner := &scope{vars: make(map[string]value), self: c, class: c, file: s.file}
	m.body(inner, st.Body)
	if c.isSinatra() {
		m.lastSinatra = c
	}
	if c.base == "Rails::Application" && m.rails != nil {
		m.rails.application = c
	}
	return nil
}

// openOwn runs class << self: its methods are those of the class itself.
func (m *machine) openOwn(s *scope, st *syntax.Class) value {
	if s.class == nil {
		return nil
	}
	for _, x := range st.Body {
		if f, ok := x.(*syntax.Func); ok {
			s.class.kept.touch()
			s.class.own[f.Name] = &method{s.file, f}
		}
	}
	return nil
}

// findClass returns a class by its name as seen from another one.
func (m *machine) findClass(from *class, name string) *class {
	name = strings.TrimPrefix(name, "::")
	for k := from; k != nil; k = k.above {
		for prefix := k.name; ; {
			if c := m.classes[prefix+"::"+name]; c != nil {
				return c
			}
			i := strings.LastIndex(prefix, "::")
			if i < 0 {
				break
			}
			prefix = prefix[:i]
		}
	}
	return m.classes[name]
}

// pathOf returns a constant as it is written, such as "Rack::Cors"; "" when it is
// none.
func pathOf(x syntax.Expr) string {
	switch x := x.(type) {
	case *syntax.Name:
		return x.Text
	case *syntax.Attr:
		if p := pathOf(x.X); p != "" && x.Static {
			return p + "::" + x.Name
		}
	}
	return ""
}
