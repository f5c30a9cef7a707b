package aws

import (
	"regexp"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// value is a text of a configuration, or what is not known about it.
type value struct {
	at      server.Position
	text    string
	unknown *server.UnknownError
}

// template gives the values of the names in a template.
type template struct {
	root        *node
	set         map[string]string
	assumptions []server.Assumption
	unknowns    []*server.UnknownError
}

// placeholder is a name in the text of Fn::Sub.
var placeholder = regexp.MustCompile(`\$\{([^}!]*)\}`)

// value returns the value of a node that is not a list and no object.
func (t *template) value(n *node) (value, error) {
	v := value{at: n.at}
	switch {
	case n.call == "Ref" && n.form == scalar:
		v.text, v.unknown = t.named(n.at, n.text)
	case n.call == "Sub" && n.form == scalar:
		v.text = placeholder.ReplaceAllStringFunc(n.text, func(s string) string {
			text, unknown := t.named(n.at, s[2:len(s)-1])
			if unknown != nil {
				v.unknown = unknown
			}
			return text
		})
	case n.call != "" || n.form == foreign:
		v.unknown = t.missing(n.at, strings.TrimSpace("the value of "+n.call), "write the value in its place")
	case n.form == scalar:
		v.text = n.text
	default:
		return v, refuse(n.at, "a text is needed here", "write the value as a text")
	}
	return v, nil
}

// named returns the value of a parameter.
func (t *template) named(at server.Position, name string) (string, *server.UnknownError) {
	if text, ok := t.set[name]; ok {
		return text, nil
	}
	standard := t.root.get("Parameters").get(name).get("Default")
	if standard != nil && standard.form == scalar && standard.call == "" {
		t.assumptions = append(t.assumptions, server.Assumption{Position: standard.at, Text: "the parameter " + name + " has its default; give another value with --set " + name + "=…"})
		return standard.text, nil
	}
	return "", t.missing(at, name, "give it with --set "+name+"=…")
}

func (t *template) missing(at server.Position, what, help string) *server.UnknownError {
	u := &server.UnknownError{Position: at, What: what, Help: help}
	t.unknowns = append(t.unknowns, u)
	return u
}

// list returns the values of a list; a single value is a list of one.
func (t *template) list(n *node) ([]value, error) {
	if n == nil || n.form == nothing && n.call == "" {
		return nil, nil
	}
	if n.form != list || n.call != "" {
		v, err := t.value(n)
		if n.call == "Ref" && v.unknown == nil {
			return t.split(v), err
		}
		return []value{v}, err
	}
	var out []value
	for _, item := range n.items {
		v, err := t.value(item)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// split returns the values of a parameter of type CommaDelimitedList.
func (t *template) split(v value) []value {
	var out []value
	for text := range strings.SplitSeq(v.text, ",") {
		out = append(out, value{at: v.at, text: strings.TrimSpace(text)})
	}
	return out
}

// join joins the texts of values; unknown is the first that is not known.
func join(values []value, with string) (text string, unknown *server.UnknownError) {
	var texts []string
	for _, v := range values {
		if v.unknown != nil {
			return "", v.unknown
		}
		texts = append(texts, v.text)
	}
	return strings.Join(texts, with), nil
}

// match is the result of looking for a text in a list: at most one of the two is
// set.
type match struct {
	value   *value // the first that fits
	unknown *server.UnknownError
}

// search looks for the first value that fits. A value that is not known decides only
// if no other one fits.
func search(values []value, fits func(pattern string) bool) match {
	var m match
	for i := range values {
		v := &values[i]
		if v.unknown == nil && fits(v.text) {
			return match{value: v}
		}
		if v.unknown != nil && m.unknown == nil {
			m.unknown = v.unknown
		}
	}
	return m
}

// fitsStar reports whether a text fits a pattern in which one "*" stands for any
// text.
func fitsStar(pattern, text string) bool {
	before, after, ok := strings.Cut(pattern, "*")
	if !ok {
		return pattern == text
	}
	return len(text) >= len(before)+len(after) && strings.HasPrefix(text, before) && strings.HasSuffix(text, after)
}

// requested returns the names in Access-Control-Request-Headers, in lower case.
func requested(req *server.Request) []string {
	text, _ := req.Header.Get(fetch.HeaderRequestHeaders)
	var out []string
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.Trim(name, " \t"); name != "" {
			out = append(out, fetch.ByteLowercase(name))
		}
	}
	return out
}

// facts adds the facts that a list of values states.
func facts(out []server.Fact, subject server.Subject, where string, values []value) []server.Fact {
	if len(values) == 0 {
		return out
	}
	var texts []string
	for _, v := range values {
		if v.unknown != nil {
			v.text = "not known: " + v.unknown.What
		}
		texts = append(texts, v.text)
	}
	return append(out, server.Fact{Position: values[0].at, Subject: subject, Where: where, Value: strings.Join(texts, ", ")})
}
