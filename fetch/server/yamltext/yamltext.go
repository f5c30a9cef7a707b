package yamltext

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/corsim/corsim/fetch/enum"
	"github.com/corsim/corsim/fetch/server"
)

// Node is a value of YAML.
type Node struct {
	At   server.Position
	Form Form
	Text string // of a scalar, without quotes
	// Tag is the tag before the value without its first "!", such as "Ref"; "" when
	// there is none.
	Tag    string
	Items  []*Node // of a list
	Fields []Field // of an object, in order
}

// Field is one entry of an object.
type Field struct {
	Name  string
	At    server.Position
	Value *Node
}

// Form says what a [Node] is.
type Form uint8

// The forms of nodes.
const (
	Nothing Form = iota // null, or nothing
	Scalar
	List
	Object
	Foreign // what is not read: an alias, or what is nested too deeply
)

var forms = enum.New[Form]("form of a value", "nothing", "scalar", "list", "object", "foreign")

// String returns the word, such as "list".
func (f Form) String() string { return forms.Word(f) }

// ParseForm returns the form of a word.
func ParseForm(word string) (Form, error) { return forms.Parse(word) }

// maxDepth is how deeply values may be nested, and maxOpen how many brackets may be
// open at one place: the parser takes long for more.
const (
	maxDepth = 50
	maxOpen  = 100
)

// Get returns the value at a path of names; a node without fields when there is none.
// Of fields with the same name it takes the last.
func (n *Node) Get(path ...string) *Node {
	for _, name := range path {
		found := &Node{}
		for i := range n.Fields {
			if n.Fields[i].Name == name {
				found = n.Fields[i].Value
			}
		}
		n = found
	}
	return n
}

// Texts returns the text of a scalar or the texts of the scalars of a list.
func (n *Node) Texts() []string {
	if n.Form == Scalar {
		return []string{n.Text}
	}
	var out []string
	for _, item := range n.Items {
		if item.Form == Scalar {
			out = append(out, item.Text)
		}
	}
	return out
}

// Parse returns the documents of a text that are not empty; name is the name of the
// file. The error is a [*server.InputError].
func Parse(name, text string) ([]*Node, error) {
	at := server.Position{File: name, Line: 1, Column: 1}
	if tooDeep(text) {
		return nil, &server.InputError{Position: at, Problem: "the values are nested too deeply", Help: "give only the part about CORS"}
	}
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		problem, _, _ := strings.Cut(strings.TrimSpace(err.Error()), "\n")
		return nil, &server.InputError{Position: at, Problem: "this is not YAML: " + problem, Help: "correct the YAML", Err: err}
	}
	var out []*Node
	for _, doc := range file.Docs {
		if doc.Body != nil {
			out = append(out, convert(name, doc.Body, maxDepth))
		}
	}
	return out, nil
}

// tooDeep reports whether more brackets are open at one place than any configuration
// needs.
func tooDeep(text string) bool {
	open := 0
	for i := range len(text) {
		switch text[i] {
		case '[', '{':
			open++
		case ']', '}':
			open = max(open-1, 0)
		}
		if open > maxOpen {
			return true
		}
	}
	return false
}

// convert converts a node of the parser.
func convert(file string, from ast.Node, depth int) *Node {
	n := &Node{}
	if from == nil {
		return n
	}
	if t := from.GetToken(); t != nil && t.Position != nil {
		n.At = server.Position{File: file, Line: t.Position.Line, Column: t.Position.Column}
	}
	if depth == 0 {
		n.Form = Foreign
		return n
	}
	switch from := from.(type) {
	case *ast.MappingNode:
		n.Form = Object
		for _, m := range from.Values {
			n.Fields = append(n.Fields, convertField(file, m, depth))
		}
	case *ast.MappingValueNode:
		n.Form = Object
		n.Fields = append(n.Fields, convertField(file, from, depth))
	case *ast.SequenceNode:
		n.Form = List
		for _, item := range from.Values {
			n.Items = append(n.Items, convert(file, item, depth-1))
		}
	case *ast.AnchorNode:
		return convert(file, from.Value, depth-1)
	case *ast.TagNode:
		inner := convert(file, from.Value, depth-1)
		inner.At = n.At
		inner.Tag = strings.TrimPrefix(from.Start.Value, "!")
		return inner
	default:
		n.Form, n.Text = scalarOf(from)
	}
	return n
}

// scalarOf returns the form and the text of a node without parts.
func scalarOf(from ast.Node) (Form, string) {
	switch from := from.(type) {
	case *ast.NullNode:
		return Nothing, ""
	case *ast.LiteralNode:
		return Scalar, from.Value.Value
	case *ast.StringNode:
		return Scalar, from.Value
	case *ast.AliasNode:
		return Foreign, ""
	case ast.ScalarNode:
		return Scalar, from.GetToken().Value
	}
	return Foreign, ""
}

func convertField(file string, m *ast.MappingValueNode, depth int) Field {
	key := convert(file, m.Key, 1)
	return Field{key.Text, key.At, convert(file, m.Value, depth-1)}
}
