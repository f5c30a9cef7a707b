package ruby

import (
	"context"
	"io/fs"
	"path"
	"regexp"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
	"github.com/corsim/corsim/fetch/server/worlds"
)

// The limits of one run.
const (
	maxSteps = 300_000
	maxPaths = 200
	maxDepth = 150
	maxText  = 1 << 20
	maxValue = 1 << 20 // bytes of a string, entries of a list
)

// file and pos are a file of the program, and a place in it.
type (
	file = syntax.File
	pos  = syntax.Place
)

// machine runs Ruby: the configuration once, and applications for each request.
type machine struct {
	ctx     context.Context
	src     *server.Source
	globals map[string]value
	classes map[string]*class
	loaded  map[string]bool
	steps   int
	depth   int
	// loading is set while the configuration is loaded.
	loading bool
	// choices are those at conditions that are not known.
	choices worlds.Choices
	// missing is set when a file that is required is not given.
	missing *server.UnknownError
	// statusUnknown says why the status is not known.
	statusUnknown *server.UnknownError
	assumptions   []server.Assumption
	decided       []server.Decision
	program       *program
	unnamed       int // counts classes without a name
	builder       *builder
	rails         *rails
	// sinatra is the class of an application whose routes are at the top of a file.
	sinatra *class
	// serving is the request that an application of Sinatra answers.
	serving *sinatraRun
	// lastSinatra is the last class of Sinatra that a file defines.
	lastSinatra *class
	// policied reports whether there is a Rack::Cors.
	policied bool
	// begin is the machine after loading; kept marks its values, loadChoices are the
	// choices that were made, and files counts what was loaded.
	begin       *machine
	kept        *kept
	loadChoices []worlds.Choice
	files       int
	// patterns are the compiled regular expressions.
	patterns map[string]*regexp.Regexp
}

// scope holds the variables of a method or a block.
type scope struct {
	vars   map[string]value
	above  *scope // of the block around
	self   value
	class  *class // in which definitions stand
	block  *proc
	method string
	file   *file
	kept   *kept
}

// The panics of the interpreter.
type (
	// raised is an exception.
	raised struct {
		class, message string
		at             pos
		unknown        *server.UnknownError
	}
	// stops ends all: something is not known or not modelled.
	stops struct{ err error }
	// leaves leaves a method or a block with a value.
	leaves struct {
		how   string // "return", "next", "break", "throw"
		v     value
		scope *scope
	}
)

func (m *machine) step(at pos) {
	m.steps++
	if m.steps > maxSteps {
		panic(stops{m.unknownError(at, "how the program continues after so many steps", "")})
	}
	if m.steps%1024 == 0 && m.ctx.Err() != nil {
		panic(stops{m.ctx.Err()})
	}
}

func (m *machine) unknownError(at pos, what, help string) *server.UnknownError {
	return &server.UnknownError{Position: at.Position(), What: what, Help: help}
}

func (m *machine) unknown(at pos, what, help string) *unknown {
	return &unknown{m.unknownError(at, what, help)}
}

// raise raises an exception.
func (m *machine) raise(at pos, class, message string) {
	panic(raised{class: class, message: message, at: at})
}

// isTrue returns whether a value counts as true. If it is not known, both are tried.
func (m *machine) isTrue(v value) bool {
	u, ok := v.(*unknown)
	if !ok {
		return truth(v)
	}
	return m.decide(u.err)
}

func (m *machine) decide(err *server.UnknownError) bool {
	return m.choices.Decide(true, err)
}

// assume records an assumption once.
func (m *machine) assume(at pos, text string) {
	a := server.Assumption{Position: at.Position(), Text: text}
	for _, have := range m.assumptions {
		if have == a {
			return
		}
	}
	m.assumptions = append(m.assumptions, a)
}

// require runs a file when it is given; ok is false when it is not.
func (m *machine) require(at pos, name string) (ok bool) {
	if path.Ext(name) != ".rb" && path.Ext(name) != ".ru" {
		name += ".rb"
	}
	if m.loaded[name] {
		return true
	}
	if m.src.Files == nil || !fs.ValidPath(name) {
		return false
	}
	text, err := fs.ReadFile(m.src.Files, name)
	if err != nil {
		return false
	}
	m.loaded[name] = true
	if m.depth++; m.depth > maxDepth {
		panic(stops{m.unknownError(at, "how files end that require each other", "")})
	}
	f := m.program.file(name, string(text))
	m.run(f, m.topScope(f))
	m.depth--
	return true
}

// readFile parses a file.
func readFile(name, text string) *file {
	return syntax.Parse(syntax.Ruby, name, text)
}

// file returns a file that is parsed once.
func (p *program) file(name, text string) *file {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f := p.files[name]; f != nil {
		return f
	}
	f := readFile(name, text)
	if p.files == nil {
		p.files = make(map[string]*file)
	}
	p.files[name] = f
	return f
}

func (m *machine) topScope(f *file) *scope {
	return &scope{vars: make(map[string]value), self: m.builder.object, file: f}
}

// run runs the statements of a file.
func (m *machine) run(f *file, s *scope) value {
	defer func() {
		if e := recover(); e != nil {
			if l, ok := e.(leaves); !ok || l.how != "return" {
				panic(e)
			}
		}
	}()
	return m.body(s, f.Body)
}

// lookup returns a variable.
func (s *scope) lookup(name string) (value, bool) {
	for ; s != nil; s = s.above {
		if v, ok := s.vars[name]; ok {
			return v, true
		}
	}
	return nil, false
}

// set sets a variable where it is, or here.
func (s *scope) set(name string, v value) {
	for t := s; t != nil; t = t.above {
		if _, ok := t.vars[name]; ok {
			t.kept.touch()
			t.vars[name] = v
			return
		}
	}
	s.kept.touch()
	s.vars[name] = v
}

// method returns the scope of the method around a block.
func (s *scope) outer() *scope {
	for s.above != nil {
		s = s.above
	}
	return s
}
