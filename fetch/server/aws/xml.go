package aws

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// parseXML reads one element of XML as an object whose fields are its elements.
func parseXML(name, text string) (*node, error) {
	first := server.Position{File: name, Line: 1, Column: 1}
	if len(text) > maxSize {
		return nil, refuse(first, "the file is too large", "give only the CORS configuration")
	}
	in := xml.NewDecoder(strings.NewReader(text))
	root := &node{at: first, form: object}
	open := []*node{root}
	where := place{text: text, at: first}
	var chars []byte // since the last tag
	for {
		at := where.move(int(in.InputOffset()))
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			return nil, stop(at, "MalformedXML: the XML is not well-formed")
		}
		top := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			if len(open) == maxDepth {
				return nil, refuse(at, "the elements are nested too deeply", "give only the CORS configuration")
			}
			n := &node{at: at, form: scalar}
			chars = nil
			top.form = object
			top.fields = append(top.fields, field{token.Name.Local, at, n})
			open = append(open, n)
		case xml.EndElement:
			top.text, chars = strings.TrimSpace(string(chars)), nil
			open = open[:len(open)-1]
		case xml.CharData:
			chars = append(chars, token...)
		}
	}
}

// plurals holds the names that JSON has for elements of a rule that may be repeated.
var plurals = map[string]string{
	"AllowedHeader": "AllowedHeaders",
	"AllowedMethod": "AllowedMethods",
	"AllowedOrigin": "AllowedOrigins",
	"ExposeHeader":  "ExposeHeaders",
}

// xmlRules returns the rules of a CORSConfiguration in the form that JSON has.
func xmlRules(root *node) (*node, error) {
	outer := root.get("CORSConfiguration")
	if outer == nil {
		outer = root
	}
	rules := &node{at: outer.at, form: list}
	for _, f := range outer.fields {
		if f.name != "CORSRule" {
			return nil, stop(f.at, "MalformedXML: "+f.name+" is not an element of CORSConfiguration")
		}
		rule := &node{at: f.at, form: object}
		lists := map[string]*node{}
		for _, inner := range f.value.fields {
			name, many := plurals[inner.name]
			if !many {
				rule.fields = append(rule.fields, inner)
				continue
			}
			if lists[name] == nil {
				lists[name] = &node{at: inner.at, form: list}
				rule.fields = append(rule.fields, field{name, inner.at, lists[name]})
			}
			lists[name].items = append(lists[name].items, inner.value)
		}
		rules.items = append(rules.items, rule)
	}
	return rules, nil
}
