package python

import (
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// flaskRule is one rule of a URL map.
// https://github.com/pallets/werkzeug/blob/2.2.x/src/werkzeug/routing/matcher.py
type flaskRule struct {
	path      string
	endpoint  string
	methods   []string
	provides  value // provide_automatic_options; nil or None when the methods decide
	automatic bool
	strict    bool
	defaults  *dict
	parts     []rulePart
	names     []string
	kinds     []string
	at        server.Position
	blueprint []*flaskApp // the blueprints from the inside out
}

// rulePart is the part of a rule between two slashes.
type rulePart struct {
	static bool
	text   string // of a static part; the pattern of another
	final  bool   // it takes the rest of the path
	re     *regexp.Regexp
	weight []int
}

// ruleState is a state of the matcher.
type ruleState struct {
	static  map[string]*ruleState
	dynamic []dynamicState
	rules   []*flaskRule
}

type dynamicState struct {
	part  rulePart
	state *ruleState
}

func newRuleState() *ruleState { return &ruleState{static: make(map[string]*ruleState)} }

// converters are the patterns and the weights of the converters.
var converters = map[string]struct {
	pattern string
	weight  int
	final   bool
}{
	"default": {`[^/]{1,}`, 100, false}, "string": {`[^/]{1,}`, 100, false}, "int": {`\d+`, 50, false}, "float": {`\d+\.\d+`, 50, false},
	"path": {`[^/].*?`, 200, true}, "uuid": {`[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}`, 100, false}, "any": {``, 100, false},
}

// variablePart finds the variables of a rule: <converter(arguments):name>.
var variablePart = regexp.MustCompile(`<(?:([a-zA-Z_][a-zA-Z0-9_]*)(?:\((.*?)\))?:)?([a-zA-Z_][a-zA-Z0-9_]*)>`)

// parse splits a rule into its parts.
func (r *flaskRule) parse(in *interp) error {
	if !strings.HasPrefix(r.path, "/") {
		return in.raise(r.at, "ValueError", "urls must start with a leading slash")
	}
	rest := r.path
	for len(rest) > 0 || len(r.parts) == 0 {
		next, part, err := r.part(in, rest)
		if err != nil {
			return err
		}
		r.parts = append(r.parts, part)
		if next < 0 {
			return nil
		}
		rest = rest[next:]
		if rest == "" { // a trailing slash
			r.parts = append(r.parts, rulePart{static: true})
			return nil
		}
	}
	return nil
}

// part reads the part at the beginning of a rule; next is the offset after its
// slash, or -1 at the end.
func (r *flaskRule) part(in *interp, s string) (next int, p rulePart, err error) {
	var pattern strings.Builder
	p.static = true
	statics, variables := 0, []int{}
	weights := []int{}
	for i := 0; i <= len(s); {
		if i == len(s) || s[i] == '/' && !p.final {
			next = i + 1
			if i == len(s) {
				next = -1
			}
			break
		}
		if m := variablePart.FindStringSubmatchIndex(s[i:]); m != nil && m[0] == 0 {
			name, kind, arguments := s[i+m[6]:i+m[7]], "default", ""
			if m[2] >= 0 {
				kind = s[i+m[2] : i+m[3]]
			}
			if m[4] >= 0 {
				arguments = s[i+m[4] : i+m[5]]
			}
			c, ok := converters[kind]
			if !ok {
				return 0, p, &server.InputError{Position: r.at, Problem: "the URL converter " + kind + " is not modelled", Help: "use string, int, float, path, uuid or any"}
			}
			text := c.pattern
			if kind == "any" {
				text = anyPattern(arguments)
			}
			if p.static {
				q := regexp.QuoteMeta(pattern.String())
				pattern.Reset()
				pattern.WriteString(q)
				p.static = false
			}
			pattern.WriteString("(" + text + ")")
			p.final = p.final || c.final
			variables = append(variables, c.weight)
			r.names, r.kinds = append(r.names, name), append(r.kinds, kind)
			i += m[1]
			continue
		}
		n := strings.IndexAny(s[i+1:], "</")
		end := len(s)
		if n >= 0 {
			end = i + 1 + n
		}
		if p.static {
			pattern.WriteString(s[i:end])
		} else {
			pattern.WriteString(regexp.QuoteMeta(s[i:end]))
		}
		statics++
		weights = append(weights, -(end - i))
		i = end
	}
	p.text = pattern.String()
	if !p.static {
		if p.re, err = regexp.Compile(`\A(?:` + p.text + `)\z`); err != nil {
			return 0, p, in.raise(r.at, "ValueError", "malformed url rule: %s", quote(r.path))
		}
	}
	p.weight = append([]int{-statics}, weights...)
	p.weight = append(append(p.weight, 1000, -len(variables)), variables...)
	return next, p, nil
}

// anyPattern returns the pattern of the converter any.
func anyPattern(arguments string) string {
	var list []string
	for _, a := range strings.Split(arguments, ",") {
		list = append(list, regexp.QuoteMeta(strings.Trim(strings.TrimSpace(a), `"'`)))
	}
	return "(?:" + strings.Join(list, "|") + ")"
}

// insert puts a rule into the states.
func (s *ruleState) insert(r *flaskRule) {
	for _, p := range r.parts {
		var next *ruleState
		if p.static {
			if next = s.static[p.text]; next == nil {
				next = newRuleState()
				s.static[p.text] = next
			}
		} else {
			i := slices.IndexFunc(s.dynamic, func(d dynamicState) bool { return d.part.text == p.text && d.part.final == p.final })
			if i < 0 {
				i = len(s.dynamic)
				s.dynamic = append(s.dynamic, dynamicState{p, newRuleState()})
			}
			next = s.dynamic[i].state
		}
		s = next
	}
	s.rules = append(s.rules, r)
}

// order sorts the dynamic parts of all states.
func (s *ruleState) order() {
	slices.SortStableFunc(s.dynamic, func(a, b dynamicState) int { return slices.Compare(a.part.weight, b.part.weight) })
	for _, n := range s.static {
		n.order()
	}
	for _, d := range s.dynamic {
		d.state.order()
	}
}

// routed is the result of routing.
type routed struct {
	rule   *flaskRule
	values []string
	// slash reports whether the path with a slash at its end matches; merged is
	// the path with single slashes to redirect to.
	slash   bool
	merged  string
	allowed map[string]bool // the methods of rules that match otherwise
}

// route finds the rule for a path and a method.
func (s *ruleState) route(path, method string) *routed {
	out := &routed{allowed: make(map[string]bool)}
	path = "/" + strings.TrimLeft(path, "/")
	s.match(out, strings.Split(path, "/"), method, nil)
	if out.rule != nil || out.slash {
		out.merged = path + "/"
		return out
	}
	if merged := slashes.ReplaceAllString(path, "/"); merged != path {
		s.match(out, strings.Split(merged, "/"), method, nil)
		switch {
		case out.slash:
			out.merged = merged + "/"
		case out.rule != nil:
			out.rule, out.slash, out.merged = nil, true, merged
		}
	}
	return out
}

var slashes = regexp.MustCompile(`/{2,}`)

// match follows the transitions; it reports whether the search ends.
func (s *ruleState) match(out *routed, parts []string, method string, values []string) bool {
	if len(parts) == 0 {
		if s.take(out, s.rules, method, values) {
			return true
		}
		if n := s.static[""]; n != nil {
			for _, r := range n.rules {
				if slices.Contains(r.methods, method) {
					if r.strict {
						out.slash = true
					} else {
						out.rule, out.values = r, values
					}
					return true
				}
			}
		}
		return false
	}
	if n := s.static[parts[0]]; n != nil && n.match(out, parts[1:], method, values) {
		return true
	}
	for _, d := range s.dynamic {
		target, rest := parts[0], parts[1:]
		if d.part.final {
			target, rest = strings.Join(parts, "/"), nil
		}
		if m := d.part.re.FindStringSubmatch(target); m != nil {
			if d.state.match(out, rest, method, append(slices.Clone(values), m[1:]...)) {
				return true
			}
		}
	}
	if len(parts) == 1 && parts[0] == "" {
		var loose []*flaskRule
		for _, r := range s.rules {
			if !r.strict {
				loose = append(loose, r)
			}
		}
		return s.take(out, loose, method, values)
	}
	return false
}

// take takes the first rule that has a method.
func (s *ruleState) take(out *routed, rules []*flaskRule, method string, values []string) bool {
	for _, r := range rules {
		if slices.Contains(r.methods, method) {
			out.rule, out.values = r, values
			return true
		}
		for _, m := range r.methods {
			out.allowed[m] = true
		}
	}
	return false
}

// arguments returns the arguments of the view function of a rule.
func (r *flaskRule) arguments(in *interp, values []string, at server.Position) (*args, error) {
	out := &args{at: at}
	for i, name := range r.names {
		if i >= len(values) {
			break
		}
		var v value = values[i]
		switch r.kinds[i] {
		case "int":
			n, err := in.toInt(at, v)
			if err != nil {
				return nil, err
			}
			v = n
		case "float":
			f, err := typeFloat(in, &args{pos: []value{v}, at: at})
			if err != nil {
				return nil, err
			}
			v = f
		case "uuid":
			v = &uuidValue{values[i]}
		}
		out.kw = append(out.kw, kwarg{name, v})
	}
	if r.defaults != nil {
		for i, k := range r.defaults.keys {
			if out.get(-1, str(k)) == nil {
				out.kw = append(out.kw, kwarg{str(k), r.defaults.vals[i]})
			}
		}
	}
	return out, nil
}

// uuidValue is a UUID.
type uuidValue struct{ text string }

// String returns the UUID.
func (u *uuidValue) String() string { return u.text }

func (u *uuidValue) typeName() string { return "UUID" }

func (u *uuidValue) attr(*interp, string) (value, error) { return harmlessf("UUID"), nil }
