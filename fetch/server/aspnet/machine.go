package aspnet

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
	"github.com/corsim/corsim/fetch/server/syntax/run"
	"github.com/corsim/corsim/fetch/server/worlds"
)

// The limits of one run.
const (
	maxSteps = 200_000
	maxDepth = 60
	maxText  = 1 << 20
	maxFiles = 200
	maxPaths = 64
)

// file and pos are a file of the program, and a place in it.
type (
	file = syntax.File
	pos  = syntax.Place
)

// scope holds the variables of a block, and the file in which it stands.
type scope struct {
	*run.Vars[value]
	file *file
}

// newScope returns the scope of a function.
func newScope(f *file) *scope { return &scope{run.NewVars[value](), f} }

// inside returns a scope for a block.
func (s *scope) inside() *scope { return &scope{s.Vars.Inside(), s.file} }

// function is a method that the files define.
type function struct {
	file *file
	fn   *syntax.Func
}

// endpoint is one route with what is said about CORS on it.
type endpoint struct {
	at       pos
	methods  []string // empty for all
	path     string
	disabled bool
	enabled  bool
	name     string // the policy's name; "" is the default policy
	policy   *policy
	status   int // 0 when it is not known
}

// machine follows the program.
type machine struct {
	src       *server.Source
	files     []*file
	functions map[string]*function
	called    map[*function]bool
	classes   map[string]*class
	fields    map[string]value
	config    *settings
	steps     int
	depth     int

	policies    map[string]*policy
	order       []*policy
	defaultName string
	pipeline    []*stage
	endpoints   []*endpoint
	controllers bool // MapControllers
	others      bool // endpoints that are not read
	assumptions []server.Assumption
	// lost says why the policies or the pipeline are not known as a whole.
	lost *server.UnknownError
	// serving is set while a request is answered.
	serving bool
	// choices are those of the request at conditions that are not known.
	choices worlds.Choices
}

// The panics of the machine.
type (
	stops   struct{ err error }
	returns = run.Return[value]
	throws  struct {
		at      pos
		message string
	}
)

func (m *machine) step(at pos) {
	if m.steps++; m.steps > maxSteps {
		panic(stops{m.unknownError(at, "how the program continues after so many steps", "")})
	}
}

func (m *machine) unknownError(at pos, what, help string) *server.UnknownError {
	return &server.UnknownError{Position: at.Position(), What: what, Help: help}
}

func (m *machine) unknown(at pos, what, help string) *unknown {
	return &unknown{m.unknownError(at, what, help)}
}

// isTrue returns a condition. If it is not known, a request tries both ways; the program
// itself stops.
func (m *machine) isTrue(v value) bool {
	switch v := v.(type) {
	case bool:
		return v
	case *unknown:
		if m.serving {
			return m.choices.Decide(true, v.err)
		}
		panic(stops{v.err})
	}
	panic(stops{m.unknownError(pos{}, "a condition that is not a truth value", "")})
}

// class is a class that the files define.
type class struct {
	file *file
	node *syntax.Class
}

// collect finds the functions and the constants of a file.
func (m *machine) collect(f *file, list []syntax.Stmt) {
	for _, st := range list {
		switch st := st.(type) {
		case *syntax.Func:
			if m.functions[st.Name] == nil {
				m.functions[st.Name] = &function{f, st}
			}
		case *syntax.Class:
			m.collect(f, st.Body)
			if st.Kind != "namespace" {
				m.classes[st.Name] = &class{f, st}
				m.constants(f, st)
				m.controller(f, st)
			}
		}
	}
}

// constants sets the fields of a class that have a value.
func (m *machine) constants(f *file, c *syntax.Class) {
	for _, st := range c.Body {
		a, ok := st.(*syntax.Assign)
		if !ok || a.Value == nil || len(a.Targets) != 1 {
			continue
		}
		if n, ok := a.Targets[0].(*syntax.Name); ok {
			v := m.eval(newScope(f), a.Value)
			m.fields[n.Text] = v
			m.fields[c.Name+"."+n.Text] = v
		}
	}
}

// run follows the program from its entry.
func (m *machine) run(main *file) (err error) {
	defer func() {
		switch e := recover().(type) {
		case nil, returns:
		case run.Jump:
			err = m.unknownError(pos{File: main}, "where a break or a continue leads", "")
		case stops:
			err = e.err
		case throws:
			err = &server.StartError{Position: e.at.Position(), Message: strings.TrimSuffix("the program throws an exception: "+e.message, ": ")}
		default:
			panic(e)
		}
	}()
	for _, f := range m.files {
		m.collect(f, f.Body)
	}
	top := newScope(main)
	m.body(top, statementsOf(main.Body))
	for _, name := range entries(main) {
		if fn := m.functions[name]; fn != nil && !m.called[fn] {
			m.call(fn, parametersOf(fn.fn))
		}
	}
	return nil
}

// entries returns the methods that the framework calls. A program whose statements make
// the application itself has no class Startup, unless it names one.
func entries(main *file) []string {
	if strings.Contains(main.Text, "WebApplication.Create") && !strings.Contains(main.Text, "Startup") {
		return []string{"Main"}
	}
	return []string{"Main", "ConfigureServices", "Configure"}
}

// statementsOf returns the statements of a file that are not declarations.
func statementsOf(list []syntax.Stmt) []syntax.Stmt {
	var out []syntax.Stmt
	for _, st := range list {
		switch st.(type) {
		case *syntax.Func, *syntax.Class, *syntax.Import:
		default:
			out = append(out, st)
		}
	}
	return out
}

// parametersOf returns the arguments that the framework gives to a method: objects of
// the framework by the types of its parameters.
func parametersOf(fn *syntax.Func) []value {
	var out []value
	for _, p := range fn.Params {
		switch {
		case strings.Contains(p.Type, "IConfiguration"):
			out = append(out, &section{})
		default:
			out = append(out, &marker{p.Type})
		}
	}
	return out
}

// call runs a method of the program.
func (m *machine) call(fn *function, args []value) (v value) {
	if !m.serving {
		m.called[fn] = true
	}
	if m.depth++; m.depth > maxDepth {
		panic(stops{m.unknownError(pos{File: fn.file, Offset: fn.fn.Offset()}, "how "+fn.fn.Name+" ends, which is called too deep", "")})
	}
	s := newScope(fn.file)
	for i, p := range fn.fn.Params {
		switch {
		case i < len(args):
			s.Own[p.Name] = args[i]
		case p.Default != nil:
			s.Own[p.Name] = m.eval(s, p.Default)
		default:
			s.Own[p.Name] = &marker{p.Type}
		}
	}
	v = m.returned(func() { m.body(s, fn.fn.Body) })
	m.depth--
	return v
}

// callOn calls a method on a value, which is the first argument of an extension method.
func (m *machine) callOn(fn *function, in value, args []value) value {
	if len(fn.fn.Params) > 0 && strings.HasPrefix(fn.fn.Params[0].Type, "this ") {
		args = append([]value{in}, args...)
	}
	return m.call(fn, args)
}

// returned runs a body and returns the value that it returns.
func (m *machine) returned(f func()) (v value) {
	depth := m.depth
	v = run.Returned[value](f)
	m.depth = depth
	return v
}

// apply calls a function as a value.
func (m *machine) apply(at pos, f value, args []value) value {
	switch f := f.(type) {
	case *unknown:
		return f
	case *native:
		return f.call(args)
	case *lambda:
		return m.applyLambda(f, args)
	case nil:
		m.throw(at, "NullReferenceException")
	}
	return m.unknown(at, "the value of a function", "")
}

func (m *machine) applyLambda(l *lambda, args []value) value {
	if m.depth++; m.depth > maxDepth {
		panic(stops{m.unknownError(pos{File: l.file, Offset: l.fn.Offset()}, "how functions end that call each other too deep", "")})
	}
	s := &scope{l.env.Inside(), l.file}
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
