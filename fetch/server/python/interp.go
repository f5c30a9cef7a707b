package python

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// The bounds of a run.
const (
	mostSteps = 1_000_000 // nodes that are evaluated while a text is loaded or a request is answered
	mostDepth = 120       // calls within calls
	mostBytes = 16 << 20  // of one string
	mostItems = 1 << 18   // of one list
	mostUsed  = 256 << 20 // bytes of all long values
)

// interp runs Python. Values that it does not know are unknown values.
type interp struct {
	ctx     context.Context
	src     *server.Source
	modules map[string]*module // by their file, those of the text
	shared  map[string]value   // the modules that are modelled, by name
	classes map[string]*class  // the classes of Python itself
	globals map[string]value   // the functions of Python itself
	steps   int
	depth   int
	used    int // the bytes of long values that were made
	host    host
	// notes are the assumptions, by their text.
	notes []server.Assumption
	// loading reports whether the text is being loaded and no request answered.
	loading bool
	// package0 is the folder at which imports begin.
	roots []string
	// environ is what the text itself put into the environment.
	environ map[string]value
	main    *module
	// place is where the statement stands that runs.
	place place
}

// host is the framework whose application is loaded.
type host interface {
	// module returns a module of the framework; nil when it is not modelled.
	module(in *interp, name string) value
	// escapes is told that an object of the framework was passed to code that is
	// not known.
	escapes(in *interp, v value, u *unknown)
}

// module is a file of Python that is run.
type module struct {
	name   string // as imports name it, such as "api.settings"
	file   *syntax.File
	scope  *scope
	folder string // its package's folder
	lines  []int  // the offsets at which its lines begin
}

// scope holds the variables of a module, a function or a class.
type scope struct {
	vars   map[string]value
	parent *scope
	// outside are the variables that are declared global or nonlocal.
	outside map[string]*scope
}

func newScope(parent *scope) *scope { return &scope{vars: make(map[string]value), parent: parent} }

// lookup returns a variable; nil when there is none.
func (s *scope) lookup(name string) value {
	for ; s != nil; s = s.parent {
		if v, ok := s.vars[name]; ok {
			return v
		}
	}
	return nil
}

// set sets a variable.
func (s *scope) set(name string, v value) {
	if o, ok := s.outside[name]; ok {
		s = o
	}
	s.vars[name] = v
}

// frame is one call.
type frame struct {
	scope  *scope
	module *module
	class  *class // of super()
	self   value
	ret    value
	yields []value
	// stops reports whether the function stops at its first yield.
	stops bool
	// handling is the exception that is being handled.
	handling *raised
}

// raised is an exception of Python on its way.
type raised struct {
	exc *instance
	at  server.Position
}

func (r *raised) Error() string {
	text := r.exc.class.name
	if s := exceptionText(r.exc); s != "" {
		text += ": " + s
	}
	if at := r.at.String(); at != "" {
		text = at + ": " + text
	}
	return text
}

// position returns the position of a node of a module.
func (m *module) position(n syntax.Node) server.Position { return m.positionAt(n.Offset()) }

func (m *module) positionAt(offset int) server.Position {
	if m == nil || m.file == nil {
		return server.Position{}
	}
	if m.lines == nil {
		m.lines = []int{0}
		for i := range len(m.file.Text) {
			if m.file.Text[i] == '\n' {
				m.lines = append(m.lines, i+1)
			}
		}
	}
	offset = min(offset, len(m.file.Text))
	n, found := slices.BinarySearch(m.lines, offset)
	if !found {
		n--
	}
	return server.Position{File: m.file.Name, Line: n + 1, Column: utf8.RuneCountInString(m.file.Text[m.lines[n]:offset]) + 1}
}

// at returns the position of a node in a frame.
func (fr *frame) at(n syntax.Node) server.Position { return fr.module.position(n) }

// raise returns an exception of Python.
func (in *interp) raise(at server.Position, class, format string, a ...any) error {
	c := in.classes[class]
	if c == nil {
		c = in.classes["Exception"]
	}
	e := &instance{class: c, attrs: map[string]value{"args": &tuple{[]value{fmt.Sprintf(format, a...)}}}}
	return &raised{e, at}
}

// unknownf returns an unknown value.
func unknownf(at server.Position, help, format string, a ...any) *unknown {
	return &unknown{err: &server.UnknownError{Position: at, What: fmt.Sprintf(format, a...), Help: help}}
}

// harmless returns an unknown value that has nothing to do with CORS.
func harmlessf(format string, a ...any) *unknown {
	return &unknown{err: &server.UnknownError{What: fmt.Sprintf(format, a...)}, harmless: true}
}

// note adds an assumption once.
func (in *interp) note(at server.Position, format string, a ...any) {
	text := fmt.Sprintf(format, a...)
	for _, n := range in.notes {
		if n.Text == text {
			return
		}
	}
	in.notes = append(in.notes, server.Assumption{Position: at, Text: text})
}

// step counts a step; the error says that the program runs too long.
func (in *interp) step(fr *frame, n syntax.Node) error {
	in.steps++
	if in.steps&1023 == 0 {
		if err := in.ctx.Err(); err != nil {
			return err
		}
	}
	if in.steps > mostSteps {
		return &server.InputError{Position: fr.at(n), Problem: "this program runs too long to be followed", Help: "leave out what has nothing to do with CORS"}
	}
	return nil
}

// charge counts the memory of a long value; the error says that it is too much.
func (in *interp) charge(at server.Position, v value) error {
	switch v := v.(type) {
	case string:
		if len(v) > 1024 {
			in.used += len(v)
		}
	case *list:
		if len(v.items) > 64 {
			in.used += 16 * len(v.items)
		}
	}
	if in.used > mostUsed {
		return &server.InputError{Position: at, Problem: "this program needs too much memory to be followed", Help: "leave out what has nothing to do with CORS"}
	}
	return nil
}

// newInterp returns an interpreter for a source.
func newInterp(ctx context.Context, src *server.Source, h host) *interp {
	in := &interp{
		ctx: ctx, src: src, host: h, modules: make(map[string]*module), shared: make(map[string]value),
		classes: make(map[string]*class), globals: make(map[string]value), loading: true, environ: make(map[string]value),
	}
	in.addClasses()
	in.addBuiltins()
	in.roots = importRoots(src.Name)
	return in
}

// importRoots returns the folders at which the imports of a file may begin: its own
// and those above.
func importRoots(name string) []string {
	var out []string
	for dir := path.Dir(name); ; dir = path.Dir(dir) {
		out = append(out, dir)
		if dir == "." || dir == "/" {
			return out
		}
	}
}

// run reads and runs a text as a module.
func (in *interp) run(name, fileName, text string) (*module, error) {
	f := syntax.Parse(syntax.Python, fileName, text)
	m := &module{name: name, file: f, scope: newScope(nil), folder: path.Dir(fileName)}
	if in.main == nil {
		in.main = m
	}
	in.modules[fileName] = m
	m.scope.vars["__name__"] = name
	m.scope.vars["__file__"] = in.placed(fileName)
	m.scope.vars["__doc__"] = none{}
	if err := in.validText(m); err != nil {
		return m, err
	}
	fr := &frame{scope: m.scope, module: m}
	_, err := in.exec(fr, f.Body)
	return m, err
}

// placed returns the path of a file on the server.
func (in *interp) placed(name string) string {
	if p, ok := in.src.Placed["."]; ok {
		return path.Join(p, name)
	}
	return path.Join("/srv/app", name)
}

// validText reports what Python refuses in a text. A text that lost its
// indentation or has "..." without a comma is a printed example, and is read.
func (in *interp) validText(m *module) error {
	for i, e := range m.file.Faults {
		at := m.positionAt(int(e.At))
		switch e.Kind {
		case syntax.FaultIndent:
			if m.file.Flat {
				in.note(at, "the text has lost its indentation; the body of a function ends at its first return")
				continue
			}
			return &server.StartError{Position: at, Message: "IndentationError: " + e.Text}
		case syntax.FaultComma:
			if strings.Contains(m.file.Text[max(0, int(e.At)-8):e.At], "...") {
				in.note(at, "\"...\" stands for entries that are not known")
				continue
			}
			return &server.StartError{Position: at, Message: "SyntaxError: invalid syntax. Perhaps you forgot a comma?"}
		case syntax.FaultOpen:
			return &server.StartError{Position: at, Message: "SyntaxError: " + e.Text}
		case syntax.FaultDeep:
			return &server.InputError{Position: at, Problem: e.Text, Help: "write it with fewer brackets"}
		default:
			if i > 20 {
				return nil
			}
			return &server.InputError{Position: at, Problem: "this cannot be read as Python: " + strings.TrimSpace(line(m.file.Text, int(e.At))), Help: "correct it, or leave it out"}
		}
	}
	return nil
}

// line returns the line of a text at an offset.
func line(text string, at int) string {
	from := strings.LastIndexByte(text[:at], '\n') + 1
	if n := strings.IndexByte(text[from:], '\n'); n >= 0 {
		return text[from : from+n]
	}
	return text[from:]
}

// place is a place in a module.
type place struct {
	module *module
	offset int
}

// here returns the position of the statement that runs.
func (in *interp) here() server.Position {
	p := in.place.module.positionAt(in.place.offset)
	return p
}
