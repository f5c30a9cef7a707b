package php

import "github.com/corsim/corsim/fetch/server"

// source is one file of a program.
type source struct {
	name string // the path in the source's Files
	text string
	body []stmt
	// named is set when the text names a CORS header.
	named bool
	// strict is set by declare(strict_types=1).
	strict bool
	// inner is set for the text of a framework that the reader brings itself.
	inner bool
}

// pos is a place in a program.
type pos struct {
	src *source
	at  int
}

// position returns the line and the column of a place.
func (p pos) position() server.Position {
	if p.src == nil {
		return server.Position{}
	}
	out := server.PositionAt(p.src.text, p.at)
	out.File = p.src.name
	return out
}

func (p pos) place() pos { return p }

// expr is an expression.
type expr interface {
	place() pos
	eval(r *run) value
}

// target is an expression that a value can be assigned to.
type target interface {
	expr
	assign(r *run, v value)
	// quiet evaluates without a warning when there is no such variable.
	quiet(r *run) value
	unset(r *run)
	// ref returns the variable itself, for references.
	ref(r *run) *ref
}

// stmt is a statement.
type stmt interface {
	place() pos
	exec(r *run) control
}

// control says where a program continues after a statement.
type control int

const (
	goesOn control = iota
	breaks
	continues
	returns
)

// param is a parameter of a function.
type param struct {
	name     string
	byRef    bool
	variadic bool
	standard expr // nil when there is none
	promoted bool // a property of the constructor
	types    []string
}

// function is the code of a function, a method or a closure.
type function struct {
	pos
	name     string
	space    string // the namespace
	params   []param
	body     []stmt
	uses     []param // of a closure
	arrow    expr    // the expression of an arrow function; nil otherwise
	static   bool
	abstract bool
	yields   bool
	end      int // the offset after it
}

// class is a class, an interface, a trait or an enumeration.
type class struct {
	pos
	name      string
	parent    string
	above     *class // the parent, when it is linked
	bases     []string
	kind      string
	constants map[string]expr
	props     []property
	statics   map[string]expr
	methods   map[string]*function
	traits    []string
	rules     []traitRule
	// unseen is set when the parent is not in the files that are given.
	unseen bool
}

// traitRule is a rule for the methods of the traits that a class uses: a method that
// other traits are used without, or a further name of a method.
type traitRule struct {
	trait, method string // the trait is "" when the rule does not say which
	without       []string
	alias         string
}

// property is a property of the objects of a class.
type property struct {
	name  string
	value expr // nil when there is none
}

// argument is one argument of a call.
type argument struct {
	name   string // of a named argument
	value  expr
	spread bool
}
