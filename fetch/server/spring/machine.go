package spring

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
	"github.com/corsim/corsim/fetch/server/syntax/run"
)

// The limits of one run.
const (
	maxSteps = 200_000
	maxDepth = 60
	maxText  = 1 << 20
	maxFiles = 300
	maxSize  = 1 << 16 // of a string or a list
)

// file is one file of the program.
type file = syntax.File

// pos is a place in a file of the program, or in a file that is not a program.
type pos struct {
	syntax.Place
	fixed server.Position // in a file that is not a program
}

// placeIn returns a place in a file of the program.
func placeIn(f *file, offset int) pos { return pos{Place: syntax.Place{File: f, Offset: offset}} }

func (p pos) position() server.Position {
	if p.File == nil {
		return p.fixed
	}
	return p.Position()
}

// scope holds the variables of a block, the file in which it stands, and the object whose
// method it belongs to; nil in a static one.
type scope struct {
	*run.Vars[value]
	file *file
	self *instance
}

// newScope returns the scope of a function.
func newScope(f *file, self *instance) *scope { return &scope{run.NewVars[value](), f, self} }

// inside returns a scope for a block.
func (s *scope) inside() *scope { return &scope{s.Vars.Inside(), s.file, s.self} }

// scope returns the scope of a method of an object, which may be nil. An object of an
// anonymous class sees the variables around it.
func (in *instance) scope(f *file) *scope {
	if in == nil || in.env == nil {
		return newScope(f, in)
	}
	return &scope{in.env.Inside(), f, in}
}

// machine follows the program.
type machine struct {
	src     *server.Source
	files   []*file
	classes map[string]*class
	order   []*class
	props   *properties
	version version
	steps   int
	depth   int
	beans   map[string]value // by the name of the bean
	making  map[string]bool
	app     *app
	// autoCORS reports whether a bean is declared as UrlBasedCorsConfigurationSource,
	// which newer versions of Spring Security use without being told.
	autoCORS bool
}

// The panics of the machine.
type (
	stops   struct{ err error }
	returns = run.Return[value]
)

func (m *machine) step(at pos) {
	if m.steps++; m.steps > maxSteps {
		panic(stops{m.unknownError(at, "how the program continues after so many steps", "")})
	}
}

// bounded returns a value of a size; it stops when that is too large.
func (m *machine) bounded(at pos, size int, make func() value) value {
	if size > maxSize {
		panic(stops{m.unknownError(at, "a value that is so long", "")})
	}
	return make()
}

func (m *machine) unknownError(at pos, what, help string) *server.UnknownError {
	return &server.UnknownError{Position: at.position(), What: what, Help: help}
}

func (m *machine) unknown(at pos, what, help string) *unknown {
	return &unknown{m.unknownError(at, what, help)}
}

// guard runs a function; a stop becomes its error.
func guard(f func()) (err error) {
	defer func() {
		switch e := recover().(type) {
		case nil, returns, run.Jump:
		case stops:
			err = e.err
		default:
			panic(e)
		}
	}()
	f()
	return nil
}

// callFunc runs a method of the text.
func (m *machine) callFunc(self *instance, f *file, fn *syntax.Func, args []value) (v value) {
	m.enter(placeIn(f, fn.Offset()), fn.Name)
	s := self.scope(f)
	for i, p := range fn.Params {
		switch {
		case p.Star > 0:
			s.Own[p.Name] = m.flat(placeIn(f, p.Offset()), args[min(i, len(args)):])
		case i < len(args):
			s.Own[p.Name] = args[i]
		}
	}
	v = m.returned(func() { m.body(s, fn.Body) })
	m.depth--
	return v
}

// enter counts a call.
func (m *machine) enter(at pos, name string) {
	if m.depth++; m.depth > maxDepth {
		panic(stops{m.unknownError(at, "how "+name+" ends, which is called too deep", "")})
	}
}

// returned runs a body and returns the value that it returns.
func (m *machine) returned(f func()) (v value) {
	depth := m.depth
	v = run.Returned[value](f)
	m.depth = depth
	return v
}

// apply calls a function as a value.
func (m *machine) apply(at pos, f value, args ...value) value {
	switch f := f.(type) {
	case *unknown:
		return f
	case *lambda:
		return m.applyLambda(at, f, args)
	case *instance: // an object of an interface with one method
		for _, st := range f.class.node.Body {
			if fn, ok := st.(*syntax.Func); ok {
				return m.callFunc(f, f.class.file, fn, args)
			}
		}
	case nil:
		return nil
	}
	return m.unknown(at, "the value of a function", "")
}

func (m *machine) applyLambda(at pos, l *lambda, args []value) value {
	if l.fn == nil { // target::name
		if l.target == nil && len(args) > 0 {
			return m.method(at, args[0], l.name, args[1:])
		}
		return m.method(at, l.target, l.name, args)
	}
	m.enter(placeIn(l.file, l.fn.Offset()), "a function")
	s := &scope{l.env.Inside(), l.file, l.env.self}
	for i, p := range l.fn.Params {
		if i < len(args) {
			s.Own[p.Name] = args[i]
		}
	}
	var v value
	if l.fn.Result != nil {
		v = m.eval(s, l.fn.Result)
	} else {
		v = m.returned(func() { m.body(s, l.fn.Body) })
	}
	m.depth--
	return v
}

// isTrue returns a condition; it stops when that is not known.
func (m *machine) isTrue(v value) bool {
	if u, ok := v.(*unknown); ok {
		panic(stops{u.err})
	}
	b, _ := v.(bool)
	return b
}

// baseName returns the name of a type without its package and its arguments.
func baseName(t string) string {
	t, _, _ = strings.Cut(t, "<")
	t = strings.TrimSpace(strings.TrimSuffix(t, "[]"))
	if i := strings.LastIndexAny(t, ". "); i >= 0 {
		t = t[i+1:]
	}
	return t
}
