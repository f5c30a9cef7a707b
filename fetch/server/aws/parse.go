package aws

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/corsim/corsim/fetch/server"
)

// parse reads JSON or YAML.
func parse(name, text string) (*node, error) {
	at := server.Position{File: name, Line: 1, Column: 1}
	if len(text) > maxSize {
		return nil, refuse(at, "the file is too large", "give only the part about CORS")
	}
	text = strings.TrimPrefix(text, "\ufeff")
	if trimmed := strings.TrimSpace(text); trimmed != "" && (trimmed[0] == '{' || trimmed[0] == '[') {
		return parseJSON(name, text)
	}
	return parseYAML(name, text)
}

// jsonReader reads JSON.
type jsonReader struct {
	text string
	in   *jsontext.Decoder
	at   place
}

// parseJSON reads one value of JSON.
func parseJSON(name, text string) (*node, error) {
	r := &jsonReader{
		text: text,
		in:   jsontext.NewDecoder(strings.NewReader(text), jsontext.AllowDuplicateNames(true)),
		at:   place{text: text, at: server.Position{File: name, Line: 1, Column: 1}},
	}
	n, err := r.value(maxDepth)
	if err != nil {
		return nil, err
	}
	if rest := strings.TrimSpace(text[r.in.InputOffset():]); rest != "" {
		return nil, refuse(r.here(), "there is text after the end of the JSON value", "give one JSON value")
	}
	return n, nil
}

// here returns the position of the token that comes next.
func (r *jsonReader) here() server.Position {
	offset := int(r.in.InputOffset())
	offset += len(r.text[offset:]) - len(strings.TrimLeft(r.text[offset:], " \t\r\n,:"))
	return r.at.move(offset)
}

// value reads a value.
func (r *jsonReader) value(depth int) (*node, error) {
	n := &node{at: r.here()}
	if depth == 0 {
		return nil, refuse(n.at, "the values are nested too deeply", "give only the part about CORS")
	}
	token, err := r.in.ReadToken()
	if err != nil {
		return nil, refuse(n.at, "this is not JSON", "correct the JSON here")
	}
	switch token.Kind() {
	case '[':
		n.form = list
		for r.in.PeekKind() != ']' {
			item, err := r.value(depth - 1)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, item)
		}
		_, err = r.in.ReadToken()
	case '{':
		n.form = object
		for r.in.PeekKind() != '}' {
			key, err := r.value(1)
			if err != nil {
				return nil, err
			}
			value, err := r.value(depth - 1)
			if err != nil {
				return nil, err
			}
			n.fields = append(n.fields, field{key.text, key.at, value})
		}
		_, err = r.in.ReadToken()
	case 'n':
	default:
		n.form, n.text = scalar, token.String()
	}
	if err != nil {
		return nil, refuse(r.here(), "this is not JSON", "correct the JSON here")
	}
	return called(n), nil
}

// parseYAML reads the first document of a YAML file.
func parseYAML(name, text string) (*node, error) {
	at := server.Position{File: name, Line: 1, Column: 1}
	if tooDeep(text) {
		return nil, refuse(at, "the values are nested too deeply", "give only the part about CORS")
	}
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		problem, _, _ := strings.Cut(strings.TrimSpace(err.Error()), "\n")
		return nil, refuse(at, "this is not YAML: "+problem, "correct the YAML")
	}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			return convert(name, doc.Body, maxDepth), nil
		}
	}
	return &node{at: at}, nil
}

// tooDeep reports whether more brackets are open at one place than any template
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
		if open > 100 {
			return true
		}
	}
	return false
}

// convert converts a node of the YAML parser.
func convert(file string, from ast.Node, depth int) *node {
	n := &node{}
	if from == nil {
		return n
	}
	if t := from.GetToken(); t != nil && t.Position != nil {
		n.at = server.Position{File: file, Line: t.Position.Line, Column: t.Position.Column}
	}
	if depth == 0 {
		n.form = foreign
		return n
	}
	switch from := from.(type) {
	case *ast.MappingNode:
		n.form = object
		for _, m := range from.Values {
			n.fields = append(n.fields, convertField(file, m, depth))
		}
	case *ast.MappingValueNode:
		n.form = object
		n.fields = append(n.fields, convertField(file, from, depth))
	case *ast.SequenceNode:
		n.form = list
		for _, item := range from.Values {
			n.items = append(n.items, convert(file, item, depth-1))
		}
	case *ast.AnchorNode:
		return convert(file, from.Value, depth-1)
	case *ast.TagNode:
		inner := convert(file, from.Value, depth-1)
		inner.at = n.at
		inner.call = strings.TrimPrefix(from.Start.Value, "!")
		return inner
	case *ast.NullNode:
	case *ast.LiteralNode:
		n.form, n.text = scalar, from.Value.Value
	case *ast.StringNode:
		n.form, n.text = scalar, from.Value
	case *ast.AliasNode:
		n.form = foreign
	case ast.ScalarNode:
		n.form, n.text = scalar, from.GetToken().Value
	default:
		n.form = foreign
	}
	return called(n)
}

func convertField(file string, m *ast.MappingValueNode, depth int) field {
	key := convert(file, m.Key, 1)
	return field{key.text, key.at, convert(file, m.Value, depth-1)}
}

// called returns an object that calls a function of CloudFormation, such as
// {"Ref": "Name"}, in the form that !Ref Name has.
func called(n *node) *node {
	if n.form != object || len(n.fields) != 1 {
		return n
	}
	name, isFn := strings.CutPrefix(n.fields[0].name, "Fn::")
	if !isFn && name != "Ref" {
		return n
	}
	out := *n.fields[0].value
	out.at, out.call = n.at, name
	return &out
}
