package kubernetes

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/corsim/corsim/fetch/server"
)

// value is a value of YAML with its position.
type value struct {
	at     server.Position
	text   string // of a scalar
	scalar bool
	items  []*value // of a sequence
	fields []field  // of a mapping, in order
}

// field is one entry of a mapping.
type field struct {
	name  string
	at    server.Position
	value *value
}

// maxDepth is how deeply values may be nested.
const maxDepth = 50

// get returns a field by its path; a value without fields when there is none.
func (v *value) get(path ...string) *value {
	for _, name := range path {
		found := &value{}
		for i := range v.fields {
			if v.fields[i].name == name {
				found = v.fields[i].value
			}
		}
		v = found
	}
	return v
}

// parse reads the documents of a file.
func parse(name, text string) ([]*value, error) {
	if tooDeep(text) {
		return nil, &server.InputError{Position: server.Position{File: name}, Problem: "the values are nested too deeply", Help: "give only the Ingress objects"}
	}
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		problem, _, _ := strings.Cut(strings.TrimSpace(err.Error()), "\n")
		return nil, &server.InputError{Position: server.Position{File: name}, Problem: "this is not YAML: " + problem, Help: "correct the YAML", Err: err}
	}
	var out []*value
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		v := convert(name, doc.Body, maxDepth)
		if kind := v.get("kind").text; kind == "List" || kind == "IngressList" {
			out = append(out, v.get("items").items...)
			continue
		}
		out = append(out, v)
	}
	return out, nil
}

// tooDeep reports whether more brackets are open at one place than any Ingress
// needs; the parser takes long for them.
func tooDeep(text string) bool {
	open := 0
	for i := range len(text) {
		switch text[i] {
		case '[', '{':
			open++
		case ']', '}':
			open = max(open-1, 0)
		}
		if open > 200 {
			return true
		}
	}
	return false
}

// convert converts a node of the parser.
func convert(file string, n ast.Node, depth int) *value {
	v := &value{}
	if n == nil || depth == 0 {
		return v
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		v.at = server.Position{File: file, Line: t.Position.Line, Column: t.Position.Column}
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		for _, m := range n.Values {
			v.fields = append(v.fields, convertField(file, m, depth))
		}
	case *ast.MappingValueNode:
		v.fields = append(v.fields, convertField(file, n, depth))
	case *ast.SequenceNode:
		for _, item := range n.Values {
			v.items = append(v.items, convert(file, item, depth-1))
		}
	case *ast.AnchorNode:
		return convert(file, n.Value, depth-1)
	case *ast.TagNode:
		return convert(file, n.Value, depth-1)
	case *ast.LiteralNode:
		v.text, v.scalar = n.Value.Value, true
	case *ast.StringNode:
		v.text, v.scalar = n.Value, true
	case *ast.NullNode:
	case ast.ScalarNode:
		v.text, v.scalar = n.GetToken().Value, true
	}
	return v
}

func convertField(file string, m *ast.MappingValueNode, depth int) field {
	key := convert(file, m.Key, 1)
	return field{name: key.text, at: key.at, value: convert(file, m.Value, depth-1)}
}
