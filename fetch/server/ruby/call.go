package ruby

import (
	"strings"

	"github.com/corsim/corsim/fetch/server/syntax"
)

// call is a call of a method.
type call struct {
	at    pos
	scope *scope
	name  string
	args  []value
	named *hash // the keyword arguments; nil when there are none
	block *proc
	// bare reports whether the call has no receiver.
	bare bool
}

// arg returns an argument, or nil.
func (c *call) arg(i int) value {
	if i >= 0 && i < len(c.args) {
		return c.args[i]
	}
	return nil
}

// all returns the arguments with the keyword arguments as a hash at the end.
func (c *call) all() []value {
	if c.named == nil {
		return c.args
	}
	return append(append([]value(nil), c.args...), c.named)
}

// option returns a keyword argument.
func (c *call) option(name string) value {
	if c.named == nil {
		if h, ok := c.arg(len(c.args) - 1).(*hash); ok && len(c.args) > 0 {
			return h.option(name)
		}
		return nil
	}
	return c.named.option(name)
}

// arguments evaluates arguments.
func (m *machine) arguments(s *scope, args []syntax.Arg) (values []value, named *hash) {
	for _, a := range args {
		v := m.eval(s, a.Value)
		switch {
		case a.Name != "" || a.Key != nil || a.Star == 2:
			if named == nil {
				named = new(hash)
			}
			m.addNamed(s, named, a, v)
		case a.Star == 1:
			values = append(values, m.items(pos{File: s.file, Offset: a.Offset()}, v)...)
		default:
			values = append(values, v)
		}
	}
	return values, named
}

func (m *machine) addNamed(s *scope, named *hash, a syntax.Arg, v value) {
	switch {
	case a.Name != "":
		named.set(symbol(a.Name), v)
	case a.Key != nil:
		named.set(m.eval(s, a.Key), v)
	default:
		if h, ok := v.(*hash); ok {
			for _, p := range h.pairs {
				named.set(p.key, p.value)
			}
		}
	}
}

// name evaluates a name: a variable, a constant or a call without arguments.
func (m *machine) name(s *scope, x *syntax.Name) value {
	at := pos{File: s.file, Offset: x.Offset()}
	if strings.TrimPrefix(x.Text, "::") == "" {
		return m.unknown(at, "the value of this expression", "")
	}
	switch x.Text {
	case "self":
		return s.self
	case "__FILE__":
		return m.place(s.file.Name)
	case "__dir__":
		return m.dir(s.file.Name)
	case wildcard:
		if v, ok := m.variable(s, x.Text); ok {
			return v
		}
		return &native{name: wildcard, call: nothing}
	case "__method__":
		return symbol(s.outer().method)
	}
	if v, ok := m.variable(s, x.Text); ok {
		return v
	}
	if c := x.Text[0]; c == '@' || c == '$' {
		return nil
	}
	if name := strings.TrimPrefix(x.Text, "::"); name[0] >= 'A' && name[0] <= 'Z' {
		return m.constantNamed(s, at, name)
	}
	return m.send(s.self, &call{at: at, scope: s, name: x.Text, bare: true})
}

// constantNamed returns the class, module or library object of a name.
func (m *machine) constantNamed(s *scope, at pos, name string) value {
	if c := m.findClass(s.class, name); c != nil {
		return c
	}
	if v := m.library(name); v != nil {
		return v
	}
	if c := m.autoload(at, name); c != nil {
		return c
	}
	if v, ok := m.src.Set[name]; ok {
		return v
	}
	return m.unknown(at, name, "give the file that defines it with --file, or its value with --set "+name+"=…")
}

// attr evaluates x.name and X::Name.
func (m *machine) attr(s *scope, x *syntax.Attr) value {
	at := pos{File: s.file, Offset: x.Offset()}
	if x.Static && x.Name != "" && x.Name[0] >= 'A' && x.Name[0] <= 'Z' {
		if p := pathOf(x); p != "" {
			if c := m.findClass(s.class, p); c != nil {
				return c
			}
			if v := m.library(p); v != nil {
				return v
			}
			if owner := m.findClass(s.class, pathOf(x.X)); owner != nil {
				if v, ok := owner.constants[x.Name]; ok {
					return v
				}
			}
			if c := m.autoload(at, p); c != nil {
				return c
			}
			return m.unknown(at, p, "give the file that defines it with --file, or its value with --set "+p+"=…")
		}
	}
	in := m.eval(s, x.X)
	if in == nil && x.Safe {
		return nil
	}
	return m.send(in, &call{at: at, scope: s, name: x.Name})
}

// call evaluates a call.
func (m *machine) call(s *scope, x *syntax.Call) value {
	at := pos{File: s.file, Offset: x.Offset()}
	c := &call{at: at, scope: s}
	var in value
	switch f := x.Fun.(type) {
	case *syntax.Name:
		c.name, c.bare, in = f.Text, true, s.self
		if c.name == "super" {
			return m.super(s, x)
		}
	case *syntax.Attr:
		in, c.name = m.eval(s, f.X), f.Name
		if in == nil && f.Safe {
			return nil
		}
	default:
		in, c.name = m.eval(s, x.Fun), "call"
	}
	m.prepare(s, x, c)
	return m.send(in, c)
}

// prepare evaluates the arguments and the block of a call.
func (m *machine) prepare(s *scope, x *syntax.Call, c *call) {
	args := x.Args
	if n := len(args); n > 0 && x.Block == nil {
		if u, ok := args[n-1].Value.(*syntax.Unary); ok && u.Op == "&" && args[n-1].Name == "" {
			c.block = m.blockOf(m.eval(s, u.X))
			args = args[:n-1]
		}
	}
	if n := len(args); n > 0 && x.Block == nil && c.block == nil {
		if t, ok := args[n-1].Value.(*syntax.Text); ok && t.Symbol && isBlockArgument(s.file.Text, t.Offset()) {
			c.block = &proc{symbol: t.Value}
			args = args[:n-1]
		}
	}
	c.args, c.named = m.arguments(s, args)
	if x.Block != nil {
		c.block = &proc{file: s.file, params: x.Block.Params, body: x.Block.Body, result: x.Block.Result, env: s}
	}
}

// super calls the method of the class above.
func (m *machine) super(s *scope, x *syntax.Call) value {
	o, ok := s.self.(*object)
	if !ok || s.class == nil || s.class.above == nil {
		return nil
	}
	f := s.class.above.find(s.outer().method)
	if f == nil {
		return nil
	}
	args, named := m.arguments(s, x.Args)
	return m.invoke(pos{File: s.file, Offset: x.Offset()}, f, o, s.class.above, args, named, nil)
}

// find returns a method of the objects of a class.
func (c *class) find(name string) *method {
	for n := 0; c != nil && n < maxDepth; n++ {
		if f := c.methods[name]; f != nil {
			return f
		}
		c = c.above
	}
	return nil
}

// findOwn returns a method of the class itself.
func (c *class) findOwn(name string) *method {
	for n := 0; c != nil && n < maxDepth; n++ {
		if f := c.own[name]; f != nil {
			return f
		}
		c = c.above
	}
	return nil
}

// invoke calls a method of the program.
func (m *machine) invoke(at pos, f *method, self value, in *class, args []value, named *hash, block *proc) value {
	if m.depth++; m.depth > maxDepth {
		panic(stops{m.unknownError(at, "how "+f.fn.Name+" ends, which is called more than 150 deep", "")})
	}
	s := &scope{vars: make(map[string]value), self: self, class: in, block: block, method: f.fn.Name, file: f.file}
	m.bind(s, f.fn.Params, args, named, bindMethod)
	v := m.guarded(s, "return", func() value { return m.body(s, f.fn.Body) })
	m.depth--
	return v
}

// guarded runs a body that can be left with a value.
func (m *machine) guarded(s *scope, how string, f func() value) (v value) {
	depth := m.depth
	defer func() {
		switch e := recover().(type) {
		case nil:
		case leaves:
			if e.how != how || how == "return" && e.scope != s {
				panic(e)
			}
			m.depth = depth
			v = e.v
		default:
			panic(e)
		}
	}()
	return f()
}

// binding says how arguments become parameters.
type binding int

const (
	bindMethod binding = iota
	bindBlock          // one array is spread over several parameters
)

// bind sets the parameters.
func (m *machine) bind(s *scope, params []syntax.Param, args []value, named *hash, how binding) {
	plain := 0
	for _, p := range params {
		if p.Star == 0 && !keyword(s.file.Text, p) {
			plain++
		}
	}
	if named != nil && !hasKeywords(s.file.Text, params) {
		args = append(append([]value(nil), args...), named)
		named = nil
	}
	if how == bindBlock && len(args) == 1 && plain > 1 {
		if l, ok := args[0].(*list); ok {
			args = l.items
		}
	}
	i := 0
	for _, p := range params {
		var v value
		switch {
		case p.Star == 1:
			v = &list{items: append([]value(nil), args[min(i, len(args)):]...)}
			i = len(args)
		case p.Star == 2:
			v = &hash{}
			if named != nil {
				v = named.copy()
			}
		case keyword(s.file.Text, p):
			given, found := value(nil), false
			if named != nil {
				given, found = named.get(symbol(p.Name))
			}
			v = given
			if !found && p.Default != nil {
				v = m.eval(s, p.Default)
			}
		case i < len(args):
			v = args[i]
			i++
		case p.Default != nil:
			v = m.eval(s, p.Default)
		case s.block != nil && how == bindMethod:
			v = s.block // &block
		}
		s.vars[p.Name] = v
	}
}

// keyword reports whether a parameter is written "name:".
func keyword(text string, p syntax.Param) bool {
	at := p.Offset() + len(p.Name)
	return p.Star == 0 && at < len(text) && text[at] == ':' && !strings.HasPrefix(text[at:], "::")
}

func hasKeywords(text string, params []syntax.Param) bool {
	for _, p := range params {
		if p.Star == 2 || keyword(text, p) {
			return true
		}
	}
	return false
}
