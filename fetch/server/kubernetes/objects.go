package kubernetes

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/yamltext"
)

// parse reads the objects of a file: its documents, and the items of lists.
func parse(name, text string) ([]*yamltext.Node, error) {
	if i := strings.Index(text, "{{"); i >= 0 && strings.Contains(text[i:], "}}") {
		at := server.PositionAt(text, i)
		at.File = name
		return nil, &server.InputError{Position: at, Problem: "this is a template of Helm and no YAML yet", Help: "render it first with helm template, and give what that prints"}
	}
	docs, err := yamltext.Parse(name, text)
	if err != nil {
		return nil, err
	}
	var out []*yamltext.Node
	for _, doc := range docs {
		if strings.HasSuffix(doc.Get("kind").Text, "List") && doc.Get("items").Form == yamltext.List {
			out = append(out, doc.Get("items").Items...)
			continue
		}
		out = append(out, doc)
	}
	return out, nil
}
