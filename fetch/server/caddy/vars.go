package caddy

import (
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// vars reads the directive vars.
func (b *builder) vars(s *segment, args []token) (handler, error) {
	pairs := [][2]string{}
	if len(args) > 0 {
		if len(args) != 2 {
			return nil, start(s.name.pos, "Wrong argument count or unexpected line ending after 'vars'")
		}
		pairs = append(pairs, [2]string{args[0].text, args[1].text})
	}
	for _, o := range s.block {
		if len(o.args) != 1 {
			return nil, start(o.name.pos, "Wrong argument count or unexpected line ending after '%s'", o.name.text)
		}
		pairs = append(pairs, [2]string{o.name.text, o.args[0].text})
	}
	return func(x *exchange, w *writer, after next) error {
		for _, p := range pairs {
			x.values["http.vars."+x.expandAll(p[0])] = x.expandAll(p[1])
		}
		return after(x, w)
	}, nil
}

// variable returns the value of a variable, or of a placeholder in braces.
func (x *exchange) variable(name string) string {
	if inner, ok := strings.CutPrefix(name, "{"); ok && strings.HasSuffix(inner, "}") {
		v, _ := x.value(long(strings.TrimSuffix(inner, "}")))
		return v
	}
	return x.values["http.vars."+name]
}

// varsCondition reads "vars name value …": one of the values must be the variable's.
func varsCondition(pos server.Position, list []*segment) (condition, error) {
	for _, s := range list {
		if len(s.args) < 2 {
			return nil, start(pos, "malformed vars matcher: expected both field and value")
		}
	}
	return func(x *exchange) bool {
		return slices.ContainsFunc(list, func(s *segment) bool {
			actual := x.variable(s.args[0].text)
			return slices.ContainsFunc(s.args[1:], func(t token) bool { return x.expandAll(t.text) == actual })
		})
	}, nil
}

// varsRegexp reads "vars_regexp [name] variable pattern".
func varsRegexp(pos server.Position, list []*segment) (condition, error) {
	args, name := words(list), ""
	if len(args) == 3 {
		name, args = args[0], args[1:]
	}
	if len(args) != 2 {
		return nil, start(pos, "malformed vars_regexp matcher: expected both field and value")
	}
	re, err := regexp.Compile(args[1])
	if err != nil {
		return nil, start(pos, "compiling matcher regexp %s: %v", args[1], err)
	}
	return func(x *exchange) bool { return x.capture(name, re, x.variable(args[0])) }, nil
}

// valueMap is a directive map in force: placeholders that follow from another text.
type valueMap struct {
	source       string
	destinations []string
	rows         []mapRow
	standard     []string
}

// mapRow is one line of a map.
type mapRow struct {
	input   string
	re      *regexp.Regexp // nil for an input that is compared as it is
	outputs []string
}

// valueMap reads the directive map.
func (b *builder) valueMap(s *segment, args []token) (handler, error) {
	if len(args) < 2 {
		return nil, start(s.name.pos, "Wrong argument count or unexpected line ending after 'map'")
	}
	m := &valueMap{source: args[0].text}
	for _, d := range args[1:] {
		if !strings.HasPrefix(d.text, "{") || !strings.HasSuffix(d.text, "}") {
			return nil, start(d.pos, "destination must be a placeholder: %s", d.text)
		}
		m.destinations = append(m.destinations, long(strings.Trim(d.text, "{}")))
	}
	for _, o := range s.block {
		outputs := texts(o.args)
		if len(outputs) > len(m.destinations) {
			return nil, start(o.name.pos, "too many outputs")
		}
		if o.name.text == "default" {
			m.standard = outputs
			continue
		}
		row := mapRow{input: o.name.text, outputs: outputs}
		if pattern, ok := strings.CutPrefix(o.name.text, "~"); ok {
			re, err := regexp.Compile(pattern)
			if err != nil {
				return nil, start(o.name.pos, "compiling regexp for mapping: %v", err)
			}
			row.re = re
		}
		m.rows = append(m.rows, row)
	}
	return func(x *exchange, w *writer, after next) error {
		x.maps = append(x.maps, m)
		return after(x, w)
	}, nil
}

// value returns the value of a placeholder that the map defines.
func (m *valueMap) value(x *exchange, name string) (string, bool) {
	i := slices.Index(m.destinations, name)
	if i < 0 {
		return "", false
	}
	input := x.expandAll(m.source)
	for _, row := range m.rows {
		if i >= len(row.outputs) || row.outputs[i] == "-" {
			continue
		}
		if row.re == nil {
			if row.input == input {
				return row.outputs[i], true
			}
			continue
		}
		if found := row.re.FindStringSubmatchIndex(input); found != nil {
			return string(row.re.ExpandString(nil, row.outputs[i], input, found)), true
		}
	}
	if i < len(m.standard) {
		return m.standard[i], true
	}
	return "", true
}
