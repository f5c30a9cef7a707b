package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// corsExtension is one use of the class CORS: the resources in the order in which
// they are tried.
type corsExtension struct {
	at        server.Position
	resources []*corsOptions
	intercept value
	unknown   *unknown
}

// newExtension evaluates the options of CORS(app, …).
func (in *interp) newExtension(at server.Position, config *dict, kw []kwarg) (*corsExtension, error) {
	base := corsDefaults(config)
	mergeOptions(base, kw)
	if _, err := in.corsOptionsOf(at, base); err != nil {
		return nil, err
	}
	e := &corsExtension{at: at, intercept: base.str("intercept_exceptions")}
	list, u, err := in.parseResources(at, base.str("resources"))
	if err != nil || u != nil {
		e.unknown = u
		return e, err
	}
	for _, r := range list {
		d := base.clone()
		if r.options != nil {
			if u := firstUnknown(r.options); u != nil {
				e.resources = append(e.resources, &corsOptions{at: at, resource: r.pattern, unknown: u})
				continue
			}
			o, ok := r.options.(*dict)
			if !ok {
				return nil, in.raise(at, "TypeError", "'%s' object is not iterable", typeName(r.options))
			}
			for i, k := range o.keys {
				d.put(k, o.vals[i])
			}
		}
		o, err := in.corsOptionsOf(at, d)
		if err != nil {
			return nil, err
		}
		o.resource = r.pattern
		e.resources = append(e.resources, o)
	}
	return e, nil
}

// resource is one entry of the option resources.
type resource struct{ pattern, options value }

// parseResources returns the resources in the order in which they are tried.
func (in *interp) parseResources(at server.Position, v value) ([]resource, *unknown, error) {
	var out []resource
	switch v := v.(type) {
	case *unknown:
		return nil, v, nil
	case *dict:
		for i, k := range v.keys {
			out = append(out, resource{starPattern(k), v.vals[i]})
		}
		in.sortResources(out)
	case string, *pattern:
		out = []resource{{pattern: starPattern(v)}}
	default:
		items, u, err := in.iterateAt(nil, at, v)
		if err != nil || u != nil {
			if err != nil {
				err = in.raise(at, "ValueError", "Unexpected value for resources argument.")
			}
			return nil, u, err
		}
		for _, x := range items {
			out = append(out, resource{pattern: starPattern(x)})
		}
	}
	for _, r := range out {
		if s, ok := r.pattern.(string); ok && probablyRegexp(s) {
			if err := in.checkPattern(at, s); err != nil {
				return nil, nil, err
			}
		}
	}
	return out, nil, nil
}

func starPattern(v value) value {
	if v == value("*") {
		return ".*"
	}
	return v
}

// sortResources sorts resources as the version does: since 6.0, and in Debian's
// 3.0.10, plain paths come first and more slashes before fewer; before, only the
// length counted.
func (in *interp) sortResources(list []resource) {
	version := in.src.Versions["flask-cors"]
	byLength := strings.HasPrefix(version, "4.") || strings.HasPrefix(version, "5.")
	key := func(r resource) [4]int {
		s, isText := r.pattern.(string)
		regexp := 0
		if p, ok := r.pattern.(*pattern); ok {
			s = p.source
		}
		if byLength {
			return [4]int{-len(s)}
		}
		if isText && probablyRegexp(s) {
			regexp = 1
		}
		first := 1
		if isText && regexp == 0 {
			first = 0
		}
		return [4]int{first, regexp, -strings.Count(s, "/"), -len([]rune(s))}
	}
	slices.SortStableFunc(list, func(a, b resource) int {
		ka, kb := key(a), key(b)
		return slices.Compare(ka[:], kb[:])
	})
}

// after adds the headers of an extension to a response.
func (e *corsExtension) after(in *interp, p *requestParts, r *response) error {
	if v := r.get(fetch.HeaderAllowOrigin); v != nil {
		if u := firstUnknown(v); u != nil {
			return u.err
		}
		if v != value("") {
			return nil
		}
	}
	if e.unknown != nil {
		return e.unknown.err
	}
	for _, o := range e.resources {
		ok, err := in.matchPattern(o, unquote(p.path), o.resource, false)
		if err != nil {
			return err
		}
		if ok {
			return o.apply(in, p, r)
		}
	}
	return nil
}
