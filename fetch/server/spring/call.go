package spring

import (
	"strings"

	"github.com/corsim/corsim/fetch/server/syntax"
)

// evalCall evaluates a call or a "new".
func (m *machine) evalCall(s *scope, at pos, x *syntax.Call) value {
	if x.New {
		return m.construct(s, at, x)
	}
	switch fun := x.Fun.(type) {
	case *syntax.Name:
		return m.callName(s, at, fun.Text, m.arguments(s, x.Args))
	case *syntax.Attr:
		in := m.eval(s, fun.X)
		if st, ok := in.(*static); ok {
			return m.callStatic(at, st.name, fun.Name, m.arguments(s, x.Args))
		}
		return m.method(m.nameOf(s, fun, at), in, fun.Name, m.arguments(s, x.Args))
	}
	return m.unknown(at, "the value of a call", "")
}

// nameOf returns the place of the name of a method, which a chain of calls has on a
// line of its own.
func (m *machine) nameOf(s *scope, fun *syntax.Attr, at pos) pos {
	from := max(fun.X.Offset(), 0)
	depth := 0
	text := s.file.Text
	for i := from; i < len(text); i++ {
		switch c := text[i]; {
		case c == '(' || c == '{' || c == '[':
			depth++
		case c == ')' || c == '}' || c == ']':
			depth--
		case c == '.' && depth == 0 && strings.HasPrefix(strings.TrimLeft(text[i+1:], " \t\r\n"), fun.Name+"("):
			return placeIn(s.file, i+1+len(text[i+1:])-len(strings.TrimLeft(text[i+1:], " \t\r\n")))
		}
	}
	return at
}

func (m *machine) arguments(s *scope, args []syntax.Arg) []value {
	var out []value
	for _, a := range args {
		out = append(out, m.eval(s, a.Value))
	}
	return out
}

// callName calls a method of the object, or of a class around it.
func (m *machine) callName(s *scope, at pos, name string, args []value) value {
	for self := s.self; self != nil; {
		if fn, f := self.class.method(m, name, len(args)); fn != nil {
			return m.callOwn(self, f, fn, args)
		}
		if self.env == nil {
			break
		}
		self = self.env.self
	}
	switch name {
	case "withDefaults":
		return &static{"withDefaults"}
	case "asList", "of":
		return m.flat(at, args)
	case "antMatcher", "regexMatcher":
		if len(args) > 0 {
			return args[0]
		}
	}
	if top := m.classes[""]; top != nil && (s.self == nil || s.self.class != top) {
		if fn, f := top.method(m, name, len(args)); fn != nil {
			return m.callOwn(m.beanOf(top), f, fn, args)
		}
	}
	return m.unknown(at, "the value of "+name+"(), which is not in the text", "give the file that defines it with --file")
}

// callOwn calls a method of the text; a method of a bean runs once.
func (m *machine) callOwn(self *instance, f *file, fn *syntax.Func, args []value) value {
	if findAnnotation(fn.Decorators, "Bean") != nil && m.app == nil {
		return m.bean(self, f, fn)
	}
	return m.callFunc(self, f, fn, args)
}

// method calls a method of a value.
func (m *machine) method(at pos, in value, name string, args []value) value {
	switch in := in.(type) {
	case *unknown:
		return in
	case string:
		return m.stringMethod(at, in, name, args)
	case *list:
		return m.listMethod(at, in, name, args)
	case *instance:
		return m.instanceMethod(at, in, name, args)
	case *environment:
		return m.property(at, name, args)
	case *lambda:
		return m.apply(at, in, args...)
	case float64:
		switch name {
		case "getSeconds", "toSeconds", "longValue", "intValue":
			return in
		}
	case bool:
		return in
	case *static:
		return m.callStatic(at, in.name, name, args)
	case nil:
		return m.unknown(at, "the value of "+name+"() of null", "")
	}
	return m.framework(at, in, name, args)
}

func (m *machine) instanceMethod(at pos, in *instance, name string, args []value) value {
	if in == nil {
		return m.unknown(at, "the value of "+name+"()", "")
	}
	if fn, f := in.class.method(m, name, len(args)); fn != nil {
		return m.callOwn(in, f, fn, args)
	}
	if field, ok := getter(name); ok && len(args) == 0 {
		for _, key := range []string{field, name} {
			if v, ok := in.fields[key]; ok {
				return v
			}
		}
	}
	if field, ok := strings.CutPrefix(name, "set"); ok && len(args) == 1 && field != "" {
		in.fields[uncapital(field)] = args[0]
		return nil
	}
	return m.unknown(at, "the value of "+name+"(), which is not in the text", "give the file that defines it with --file")
}

// getter returns the property that a getter reads.
func getter(name string) (string, bool) {
	for _, prefix := range []string{"get", "is"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" {
			return uncapital(rest), true
		}
	}
	return uncapital(name), true
}

func uncapital(s string) string {
	if s == "" {
		return s
	}
	return lower(s[:1]) + s[1:]
}

// construct is new X(…).
func (m *machine) construct(s *scope, at pos, x *syntax.Call) value {
	name := ""
	if n, ok := x.Fun.(*syntax.Name); ok {
		name = baseName(n.Text)
	}
	args := m.arguments(s, x.Args)
	if x.Body != nil {
		node := &syntax.Class{At: syntax.At(x.Offset()), Kind: "class", Body: x.Body, Bases: []syntax.Arg{{Value: &syntax.Name{Text: name}}}}
		c := &class{name: name, file: s.file, node: node}
		in := &instance{class: c, fields: make(map[string]value), env: s}
		m.fillFields(in)
		return in
	}
	if v, ok := m.newFramework(at, name, args); ok {
		return v
	}
	if c := m.classes[name]; c != nil {
		in := &instance{class: c, fields: make(map[string]value)}
		m.fillFields(in)
		if fn, f := c.constructor(len(args)); fn != nil {
			m.callFunc(in, f, fn, args)
		}
		return in
	}
	return m.unknown(at, "a new "+name, "give the file that defines it with --file")
}

// newFramework is the constructor of a class of the framework or of Java.
func (m *machine) newFramework(at pos, name string, args []value) (value, bool) {
	switch name {
	case "CorsConfiguration":
		c := &corsConfig{at: at}
		if len(args) == 1 {
			if other, ok := args[0].(*corsConfig); ok {
				copied := *other
				c = &copied
			}
		}
		return c, true
	case "UrlBasedCorsConfigurationSource":
		return &source{at: at, declared: name}, true
	case "CorsFilter", "CorsWebFilter":
		f := &corsFilter{at: at}
		if len(args) > 0 {
			f.src = m.sourceOf(at, args[0])
		}
		return f, true
	case "FilterRegistrationBean":
		b := &filterBean{at: at, order: lowest}
		if len(args) > 0 {
			b.filter = args[0]
		}
		return b, true
	case "ArrayList", "LinkedList", "HashSet", "LinkedHashSet", "TreeSet", "Vector":
		return newCollection(args), true
	case "AntPathRequestMatcher":
		if len(args) > 1 {
			return &requestMatcher{method: args[1], pattern: args[0]}, true
		}
		return &requestMatcher{pattern: args[0]}, len(args) == 1
	case "HttpStatusEntryPoint":
		return &static{"HttpStatusEntryPoint"}, true
	}
	return nil, false
}

// newCollection is the constructor of a collection, which may copy another one.
func newCollection(args []value) value {
	out := &list{}
	if len(args) == 1 {
		switch from := args[0].(type) {
		case *list:
			out.items = append(out.items, from.items...)
		case *unknown:
			return from
		}
	}
	return out
}
