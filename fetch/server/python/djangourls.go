package python

import (
	"regexp"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// djangoResolver is a list of URL patterns.
type djangoResolver struct {
	root     bool
	at       server.Position
	re       *matcher // of its prefix
	text     string
	names    []string
	kinds    []string
	children []*djangoResolver
	view     value // of a pattern
	kwargs   *dict
	unknown  *unknown
	handlers map[string]value
}

func (r *djangoResolver) typeName() string { return "URLPattern" }

func (r *djangoResolver) attr(*interp, string) (value, error) { return none{}, nil }

// djangoConverter finds the converters of a route.
var djangoConverter = regexp.MustCompile(`<(?:([^>:]+):)?([^>]+)>`)

// djangoConverters are the patterns of the converters.
var djangoConverters = map[string]string{
	"": `[^/]+`, "str": `[^/]+`, "int": `[0-9]+`, "slug": `[-a-zA-Z0-9_]+`, "path": `.+`,
	"uuid": `[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`,
}

// newPattern is path(…) or re_path(…).
func newPattern(in *interp, a *args, isRegexp bool) (value, error) {
	r := &djangoResolver{at: a.at}
	text, ok := a.or(0, "route", "").(string)
	if !ok {
		r.unknown = firstUnknown(a.pos[0])
		return r, nil
	}
	r.text = text
	r.kwargs, _ = a.or(2, "kwargs", none{}).(*dict)
	view := a.or(1, "view", none{})
	end := `\z`
	switch v := view.(type) {
	case *included:
		end = ""
		r.unknown = v.unknown
		if v.patterns != nil {
			if err := r.fill(in, v.patterns); err != nil {
				return nil, err
			}
		}
	case *unknown:
		r.view = v
	case *list, *tuple:
		return nil, in.raise(a.at, "TypeError", "view must be a callable or a list/tuple in the case of include().")
	default:
		r.view = v
	}
	var err error
	if isRegexp {
		err = r.parseRegexp(in, a.at, text)
	} else {
		err = r.parseRoute(in, a.at, text, end)
	}
	return r, err
}

// parseRegexp compiles the pattern of re_path.
func (r *djangoResolver) parseRegexp(in *interp, at server.Position, text string) error {
	p, err := in.compile(at, text, false)
	if err != nil {
		return err
	}
	r.re = p.search
	r.names = p.search.SubexpNames()[1:]
	for range r.names {
		r.kinds = append(r.kinds, "")
	}
	return nil
}

// parseRoute compiles the route of path.
func (r *djangoResolver) parseRoute(in *interp, at server.Position, text, end string) error {
	var b strings.Builder
	b.WriteString(`\A`)
	last := 0
	for _, m := range djangoConverter.FindAllStringSubmatchIndex(text, -1) {
		kind := ""
		if m[2] >= 0 {
			kind = text[m[2]:m[3]]
		}
		p, ok := djangoConverters[kind]
		if !ok {
			return &server.InputError{Position: at, Problem: "the path converter " + kind + " is not modelled", Help: "use str, int, slug, uuid or path"}
		}
		b.WriteString(regexp.QuoteMeta(text[last:m[0]]) + "(" + p + ")")
		r.names, r.kinds = append(r.names, text[m[4]:m[5]]), append(r.kinds, kind)
		last = m[1]
	}
	b.WriteString(regexp.QuoteMeta(text[last:]) + end)
	r.re = &matcher{re: regexp.MustCompile(b.String())}
	return nil
}

// included is include(…).
type included struct {
	patterns value
	unknown  *unknown
}

func (i *included) typeName() string { return "tuple" }

func (i *included) attr(*interp, string) (value, error) { return none{}, nil }

// include reads the patterns of a module.
func include(in *interp, a *args) (value, error) {
	v := a.or(0, "arg", none{})
	if t, ok := v.(*tuple); ok && len(t.items) > 0 {
		v = t.items[0]
	}
	if s, ok := v.(string); ok {
		m, err := in.importString(a.at, s)
		if err != nil {
			return nil, err
		}
		v = m
	}
	switch v := v.(type) {
	case *unknown:
		return &included{unknown: v}, nil
	case *moduleValue:
		return &included{patterns: v.m.scope.vars["urlpatterns"]}, nil
	case *list:
		return &included{patterns: v}, nil
	case *tuple:
		return &included{patterns: &list{v.items}}, nil
	}
	return &included{unknown: unknownf(a.at, "", "the URLs of include()")}, nil
}

// fill adds the patterns of a list.
func (r *djangoResolver) fill(in *interp, v value) error {
	if v == nil {
		return nil
	}
	items, u, err := in.iterateAt(nil, r.at, v)
	if err != nil {
		return err
	}
	if u != nil {
		r.children = append(r.children, &djangoResolver{re: &matcher{re: regexp.MustCompile(``)}, unknown: u})
	}
	for _, x := range items {
		switch x := x.(type) {
		case *djangoResolver:
			r.children = append(r.children, x)
		case *unknown:
			if !x.harmless {
				r.children = append(r.children, &djangoResolver{re: &matcher{re: regexp.MustCompile(``)}, unknown: x})
			}
		}
	}
	return nil
}

// resolved is a view with its arguments.
type resolved struct {
	view    value
	pos     []value
	kw      []kwarg
	unknown *unknown
}

// resolve returns the view of a path; nil when there is none.
func (r *djangoResolver) resolve(in *interp, path string) *resolved {
	for _, c := range r.children {
		if c.re == nil {
			if c.unknown != nil {
				return &resolved{unknown: c.unknown}
			}
			continue
		}
		m := c.re.FindStringSubmatchIndex(path)
		if m == nil {
			continue
		}
		pos, kw := c.arguments(in, path, m)
		if c.unknown != nil {
			return &resolved{unknown: c.unknown}
		}
		if c.view != nil {
			return &resolved{view: c.view, pos: pos, kw: kw}
		}
		if out := c.resolve(in, path[m[1]:]); out != nil {
			out.kw = append(kw, out.kw...)
			if len(out.kw) == 0 {
				out.pos = append(pos, out.pos...)
			}
			return out
		}
	}
	return nil
}

// arguments returns the arguments that a match gives.
func (r *djangoResolver) arguments(in *interp, path string, m []int) (pos []value, kw []kwarg) {
	named := false
	for _, n := range r.names {
		named = named || n != ""
	}
	for i, n := range r.names {
		if 2*i+3 >= len(m) || m[2*i+2] < 0 {
			continue
		}
		var v value = path[m[2*i+2]:m[2*i+3]]
		switch r.kinds[i] {
		case "int":
			if n, err := in.toInt(r.at, v); err == nil {
				v = n
			}
		case "uuid":
			v = &uuidValue{str(v)}
		}
		if n != "" {
			kw = append(kw, kwarg{n, v})
		} else if !named {
			pos = append(pos, v)
		}
	}
	if r.kwargs != nil {
		for i, k := range r.kwargs.keys {
			kw = append(kw, kwarg{str(k), r.kwargs.vals[i]})
		}
	}
	return pos, kw
}

// list returns the routes below a prefix.
func (r *djangoResolver) list(prefix string) []server.Route {
	var out []server.Route
	for _, c := range r.children {
		if c.view != nil {
			out = append(out, server.Route{Position: c.at, Path: prefix + c.text})
		} else {
			out = append(out, c.list(prefix+c.text)...)
		}
	}
	return out
}
