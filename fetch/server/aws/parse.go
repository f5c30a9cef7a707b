package aws

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/yamltext"
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
	docs, err := yamltext.Parse(name, text)
	if err != nil {
		return nil, err
	}
	if len(docs) == 0 {
		return &node{at: server.Position{File: name, Line: 1, Column: 1}}, nil
	}
	return convert(docs[0]), nil
}

// yamlForms are the forms of the values of YAML.
var yamlForms = map[yamltext.Form]form{yamltext.Scalar: scalar, yamltext.List: list, yamltext.Object: object, yamltext.Foreign: foreign}

// convert converts a value of YAML.
func convert(from *yamltext.Node) *node {
	n := &node{at: from.At, form: yamlForms[from.Form], text: from.Text}
	for _, item := range from.Items {
		n.items = append(n.items, convert(item))
	}
	for _, f := range from.Fields {
		n.fields = append(n.fields, field{f.Name, f.At, convert(f.Value)})
	}
	if from.Tag != "" {
		n.call = from.Tag
		return n
	}
	return called(n)
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
