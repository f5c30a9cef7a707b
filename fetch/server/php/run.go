package php

import (
	"context"
	"fmt"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/worlds"
)

// The limits of one request.
const (
	maxSteps  = 400_000 // of one run
	maxTotal  = 1_500_000
	maxPaths  = 400
	maxCalls  = 150
	maxString = 1 << 22
	maxOutput = 1 << 22
)

// run is one run of a program for one request.
type run struct {
	ctx      context.Context
	program  *program
	req      *server.Request
	globals  *frame
	frame    *frame
	funcs    map[string]*function
	classes  map[string]*class
	consts   map[string]value
	statics  map[*class]map[string]*ref
	kept     map[*staticStmt]map[string]*ref
	included map[string]bool
	composer bool // vendor/autoload.php was included
	autoload []value
	supers   map[string]*ref
	env      map[string]string
	settings map[string]string
	steps    int
	depth    int
	levels   int // of break and continue that are left
	result   value
	// jsonError is what json_last_error() returns.
	jsonError int64
	// token is the text that strtok() continues with.
	token string
	// renamed is set when the program names the cookie of its session.
	renamed bool
	// generators are those that may wait when the run ends.
	generators []*generator

	// choices are those at conditions that are not known.
	choices worlds.Choices

	response
}

// frame holds the variables of one call.
type frame struct {
	vars  map[string]*ref
	this  *object
	class *class
	late  *class // static::
	name  string
	src   *source
	args  []value
	// at is where the call stands, in caller.
	at     pos
	caller *frame
	// generator is what the call runs as; nil for other calls.
	generator *generator
}

// The panics of the interpreter.
type (
	// exits ends a run: exit, or a fatal error.
	exits struct{}
	// thrown is an exception.
	thrown struct {
		obj value // an *object or an *unknown
		at  pos
	}
	// stops ends the answer: something is not known or not modelled.
	stops struct{ err error }
)

// step counts one step.
func (r *run) step(at pos) {
	r.steps++
	if r.steps > maxSteps {
		panic(stops{r.unknownError(at, "how the program continues after so many steps", "")})
	}
	if r.steps%1024 == 0 && r.ctx.Err() != nil {
		panic(stops{r.ctx.Err()})
	}
}

// charge counts the steps of a larger operation.
func (r *run) charge(at pos, n int) {
	r.steps += n / 2
	r.step(at)
}

// unknownError returns an error about something that is not known.
func (r *run) unknownError(at pos, what, help string) *server.UnknownError {
	return &server.UnknownError{Position: r.outward(at).position(), What: what, Help: help}
}

// unknown returns a value that is not known.
func (r *run) unknown(at pos, what, help string) *unknown {
	return &unknown{err: r.unknownError(at, what, help)}
}

// truth returns whether a value counts as true. If it is not known, both are tried.
func (r *run) truth(v value) bool {
	u, ok := v.(*unknown)
	if !ok {
		return toBool(v)
	}
	return r.decide(!u.fails, u.err)
}

// decide returns a choice that is not known; the first run takes first.
func (r *run) decide(first bool, err *server.UnknownError) bool {
	return r.choices.Decide(first, err)
}

// mayThrow tries both that something outside of the program works and that it throws
// an exception.
func (r *run) mayThrow(at pos, what string) {
	err := r.unknownError(at, "whether "+what+" throws an exception", "say that it works with --set \""+what+"=ok\"")
	if r.decide(true, err) {
		return
	}
	u := &unknown{err: err}
	panic(thrown{obj: u, at: at})
}

// lookup returns a variable of the current frame; it makes one when there is none.
func (r *run) lookup(name string) *ref {
	if s := r.super(name); s != nil {
		return s
	}
	v := r.frame.vars[name]
	if v == nil {
		v = new(ref)
		r.frame.vars[name] = v
	}
	return v
}

// existing returns a variable of the current frame; nil when there is none.
func (r *run) existing(name string) *ref {
	if s := r.super(name); s != nil {
		return s
	}
	return r.frame.vars[name]
}

// execAll runs statements.
func (r *run) execAll(list []stmt) control {
	for _, s := range list {
		r.step(s.place())
		if c := s.exec(r); c != goesOn {
			return c
		}
	}
	return goesOn
}

// hoist declares the functions and the classes of a file before it runs.
func (r *run) hoist(list []stmt) {
	for _, s := range list {
		switch s := s.(type) {
		case *functionStmt:
			r.declareFunction(s)
		case *block:
			r.hoist(s.body)
		case *classStmt:
			if have := r.declared(fetch.ByteLowercase(s.class.name)); have != nil && have.pos == s.class.pos {
				r.fatal(s.pos, "Cannot declare class "+s.class.name+", because the name is already in use")
			}
			if s.class.parent == "" || r.declared(fetch.ByteLowercase(s.class.parent)) != nil {
				s.exec(r)
			}
		}
	}
}

// declareFunction declares a function; two of one name end the program.
func (r *run) declareFunction(s *functionStmt) {
	name := fetch.ByteLowercase(s.fn.name)
	_, own := r.program.builtins[name]
	if own && s.fn.space == "" || r.funcs[name] != nil && r.funcs[name].space == s.fn.space {
		r.fatal(s.pos, "Cannot redeclare "+s.fn.name+"()")
	}
	r.funcs[name] = s.fn
}

// missing says that a file of the program is not given.
func (r *run) missing(at pos, name string) *unknown {
	help := "give it with --file " + name
	u := &unknown{err: r.unknownError(at, fmt.Sprintf("what %s does", name), help)}
	r.notGiven = u
	if harmless(name) {
		return u
	}
	if r.statusUnknown == nil {
		r.statusUnknown = u.err
	}
	r.outer = u.err
	if namesCORS(name) {
		r.lose(u.err)
	}
	if mayEnd(name) && !r.decide(true, u.err) {
		panic(exits{})
	}
	return u
}
