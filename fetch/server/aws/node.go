package aws

import (
	"strings"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// node is a value of JSON, YAML or XML with its position.
type node struct {
	at     server.Position
	form   form
	text   string  // of a scalar
	call   string  // the name of a function of CloudFormation, such as "Ref"
	items  []*node // of a list
	fields []field // of an object, in order
}

// field is one entry of an object.
type field struct {
	name  string
	at    server.Position
	value *node
}

// form says what a node is.
type form uint8

const (
	nothing form = iota // null, or nothing
	scalar
	list
	object
	foreign // what is not understood, such as an alias
)

// maxDepth is how deeply values may be nested, and maxSize how long a text may be.
const (
	maxDepth = 50
	maxSize  = 1 << 20
)

// get returns the first field with a name; nil when there is none.
func (n *node) get(name string) *node {
	if n == nil {
		return nil
	}
	for _, f := range n.fields {
		if f.name == name {
			return f.value
		}
	}
	return nil
}

// find returns the values of the fields with a name, at any depth.
func (n *node) find(name string) []*node {
	var out []*node
	n.walk(func(_ *node, f field) {
		if f.name == name {
			out = append(out, f.value)
		}
	})
	return out
}

// walk calls a function with each field of each object, at any depth.
func (n *node) walk(visit func(of *node, f field)) {
	for _, f := range n.fields {
		visit(n, f)
		f.value.walk(visit)
	}
	for _, item := range n.items {
		item.walk(visit)
	}
}

// place follows the position in a text that is read from its beginning to its end.
type place struct {
	text   string
	offset int
	at     server.Position
}

// move returns the position of an offset that does not lie before the last one.
func (p *place) move(offset int) server.Position {
	passed := p.text[p.offset:max(p.offset, offset)]
	if line := strings.LastIndexByte(passed, '\n'); line >= 0 {
		p.at.Line += strings.Count(passed, "\n")
		p.at.Column, passed = 1, passed[line+1:]
	}
	p.at.Column += utf8.RuneCountInString(passed)
	p.offset = max(p.offset, offset)
	return p.at
}

// refuse returns the error about a text that is not modelled or cannot be read.
func refuse(at server.Position, problem, help string) error {
	return &server.InputError{Position: at, Problem: problem, Help: help}
}

// stop returns the error about a text that the service refuses.
func stop(at server.Position, message string) error {
	return &server.StartError{Position: at, Message: message}
}

// derived returns the assumption that every model of this package has.
func derived(at server.Position, service string) server.Assumption {
	return server.Assumption{Position: at, Text: "the answers are derived from the documents of " + service + "; no answer of the service was recorded"}
}

// sourceCode reports whether a name is that of a file with a program.
func sourceCode(name string) bool {
	_, ext, _ := strings.Cut(name[strings.LastIndexByte(name, '/')+1:], ".")
	switch fetch.ByteLowercase(ext[strings.LastIndexByte(ext, '.')+1:]) {
	case "js", "mjs", "cjs", "ts", "tsx", "py", "go", "cs", "rb", "ru", "php", "java", "kt", "tf", "md", "html":
		return true
	}
	return false
}
