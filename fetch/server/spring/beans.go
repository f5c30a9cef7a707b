package spring

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// beanOf returns the bean of a class.
func (m *machine) beanOf(c *class) *instance {
	key := "class " + c.name
	if v, ok := m.beans[key].(*instance); ok {
		return v
	}
	in := &instance{class: c, fields: make(map[string]value)}
	m.beans[key] = in
	m.fillFields(in)
	if fn, f := c.constructor(-1); fn != nil {
		var args []value
		for _, p := range fn.Params {
			args = append(args, m.inject(placeIn(f, p.Offset()), p.Type, p.Name, p.Attributes))
		}
		depth := m.depth
		if u := asUnknown(guard(func() { m.callFunc(in, f, fn, args) })); u != nil {
			in.blame(u)
		}
		m.depth = depth
	}
	return in
}

// blame makes what stopped the constructor the reason why its fields are not known.
func (in *instance) blame(u *server.UnknownError) {
	for name, v := range in.fields {
		if have, ok := v.(*unknown); ok && have.err.What == name {
			in.fields[name] = &unknown{u}
		}
	}
}

// fillFields sets the fields of an object: their first values, properties, and beans.
func (m *machine) fillFields(in *instance) {
	s := in.scope(in.class.file)
	above := in.class.above(m)
	if above != nil && len(in.fields) == 0 {
		base := &instance{class: above, fields: in.fields}
		m.fillFields(base)
	}
	for _, st := range in.class.node.Body {
		a, ok := st.(*syntax.Assign)
		if !ok || len(a.Targets) != 1 {
			continue
		}
		n, ok := a.Targets[0].(*syntax.Name)
		if !ok {
			continue
		}
		at := placeIn(in.class.file, a.Offset())
		switch prefix, isSettings := m.prefixOf(in.class); {
		case findAnnotation(a.Decorators, "Value") != nil || a.Value == nil:
			in.fields[n.Text] = m.inject(at, a.Type, n.Text, a.Decorators)
			if isSettings {
				in.fields[n.Text] = m.bound(at, prefix+"."+kebab(n.Text), a.Type, nil)
			}
		default:
			v := value(m.unknown(at, n.Text, ""))
			_ = guard(func() { v = m.eval(s, a.Value) })
			in.fields[n.Text] = v
			if isSettings {
				in.fields[n.Text] = m.bound(at, prefix+"."+kebab(n.Text), a.Type, v)
			}
		}
	}
}

// staticField returns a constant of a class of the text.
func (m *machine) staticField(of, name string) (value, bool) {
	c := m.classes[baseName(of)]
	if c == nil {
		return nil, false
	}
	v, ok := m.beanOf(c).fields[name]
	return v, ok
}

// prefixOf returns the prefix of the properties that a class is bound to.
func (m *machine) prefixOf(c *class) (string, bool) {
	x := c.annotated("ConfigurationProperties")
	if x == nil {
		if c.outer != nil {
			if prefix, ok := m.prefixOf(c.outer); ok {
				return prefix + "." + kebab(uncapital(c.name)), true
			}
		}
		return "", false
	}
	for _, v := range annotationArgs(x, "value", "prefix") {
		if t, ok := v.(*syntax.Text); ok {
			return t.Value, true
		}
	}
	return "", true
}

// kebab returns a name of Java in the form that properties have.
func kebab(name string) string {
	var b strings.Builder
	for i := range len(name) {
		if c := name[i]; 'A' <= c && c <= 'Z' {
			b.WriteByte('-')
		}
		b.WriteString(lower(name[i : i+1]))
	}
	return b.String()
}

// inject returns what the framework gives to a field or a parameter.
func (m *machine) inject(at pos, kind, name string, annotations []syntax.Expr) value {
	if x := findAnnotation(annotations, "Value"); x != nil {
		for _, v := range annotationArgs(x, "value") {
			if t, ok := v.(*syntax.Text); ok {
				return m.converted(at, kind, m.resolve(placeIn(at.File, v.Offset()), t.Value))
			}
		}
	}
	kind = baseName(strings.TrimPrefix(kind, "final "))
	switch kind {
	case "Environment", "ConfigurableEnvironment":
		return &environment{}
	case "HttpSecurity", "ServerHttpSecurity":
		return &chain{at: at, reactive: kind == "ServerHttpSecurity"}
	case "CorsConfigurationSource", "UrlBasedCorsConfigurationSource", "CorsFilter", "CorsWebFilter", "CorsConfiguration":
		if v := m.beanOfType(kind); v != nil {
			return v
		}
	}
	if c := m.classes[kind]; c != nil && c.node.Kind != "interface" {
		return m.beanOf(c)
	}
	return m.unknown(at, name, "give the file that defines it with --file, or its value with --set "+name+"=…")
}

// beanMethods calls visit with each method that makes a bean.
func (m *machine) beanMethods(visit func(c *class, fn *syntax.Func)) {
	for _, c := range m.order {
		for _, fn := range c.funcs() {
			if findAnnotation(fn.Decorators, "Bean") != nil {
				visit(c, fn)
			}
		}
	}
}

// beanOfType returns the bean of the first method whose result has a type.
func (m *machine) beanOfType(kind string) (v value) {
	m.beanMethods(func(c *class, fn *syntax.Func) {
		result := baseName(fn.Type)
		if v == nil && (result == kind || kind == "CorsConfigurationSource" && result == "UrlBasedCorsConfigurationSource") {
			v = m.bean(m.beanOf(c), c.file, fn)
		}
	})
	return v
}

// beanNamed returns the bean with a name; nil when no method makes one.
func (m *machine) beanNamed(name string) (v value) {
	m.beanMethods(func(c *class, fn *syntax.Func) {
		if v == nil && beanName(fn) == name {
			v = m.bean(m.beanOf(c), c.file, fn)
		}
	})
	return v
}

// beanName returns the name of the bean that a method makes.
func beanName(fn *syntax.Func) string {
	x := findAnnotation(fn.Decorators, "Bean")
	for _, v := range annotationArgs(x, "value", "name") {
		if l, ok := v.(*syntax.List); ok && len(l.Items) > 0 {
			v = l.Items[0].Value
		}
		if t, ok := v.(*syntax.Text); ok {
			return t.Value
		}
	}
	return fn.Name
}

// bean returns the bean that a method makes; it runs once.
func (m *machine) bean(self *instance, f *file, fn *syntax.Func) value {
	at := placeIn(f, fn.Offset())
	key := "method " + f.Name + " " + fn.Name
	if v, ok := m.beans[key]; ok {
		return v
	}
	if m.making[key] {
		return m.unknown(at, "the bean "+fn.Name+", which needs itself", "")
	}
	m.making[key] = true
	var args []value
	for _, p := range fn.Params {
		args = append(args, m.inject(placeIn(f, p.Offset()), p.Type, p.Name, p.Attributes))
	}
	var v value
	depth := m.depth
	if err := guard(func() { v = m.callFunc(self, f, fn, args) }); err != nil {
		m.depth = depth
		u := asUnknown(err)
		if u == nil {
			panic(stops{err})
		}
		v = &unknown{u}
	}
	if s, ok := v.(*source); ok && s.declared != "" {
		s.declared = baseName(fn.Type)
	}
	m.beans[key] = v
	return v
}
