package python

import (
	"slices"
	"strings"
)

// addURLRule adds a rule with its view function.
func (f *flaskApp) addURLRule(in *interp, a *args) (value, error) {
	path, view := a.or(0, "rule", ""), a.or(2, "view_func", none{})
	if u := firstUnknown(path, a.or(-1, "methods", none{})); u != nil {
		f.escape(u)
		return none{}, nil
	}
	r := &flaskRule{path: str(path), at: a.at, strict: true}
	r.endpoint, _ = a.or(1, "endpoint", none{}).(string)
	if r.endpoint == "" {
		r.endpoint = viewName(view)
	}
	if s := a.get(-1, "strict_slashes"); s != nil {
		r.strict = isTrue(s)
	} else if s, ok := f.attrs["\x00strict"]; ok {
		r.strict = isTrue(s)
	}
	r.defaults, _ = a.get(-1, "defaults").(*dict)
	r.provides = a.or(3, "provide_automatic_options", none{})
	methods, err := in.viewMethods(a, view)
	if err != nil {
		return nil, err
	}
	if f.blueprint {
		f.rules = append(f.rules, r)
		f.deferred = append(f.deferred, func(in *interp, app *flaskApp, prefix, name string) error {
			copied := *r
			copied.parts, copied.names, copied.kinds = nil, nil, nil
			copied.path = joinRule(prefix, r.path)
			copied.endpoint = name + "." + r.endpoint
			copied.blueprint = append([]*flaskApp{f}, f.parents...)
			return app.addView(in, &copied, methods, view)
		})
		return none{}, nil
	}
	return none{}, f.addView(in, r, methods, view)
}

// joinRule joins the prefix of a blueprint and a rule.
func joinRule(prefix, path string) string {
	if prefix == "" {
		return path
	}
	if path == "" {
		return prefix
	}
	return strings.TrimRight(prefix, "/") + "/" + strings.TrimLeft(path, "/")
}

// viewName returns the name of a view function.
func viewName(v value) string {
	switch v := v.(type) {
	case *function:
		return v.name
	case *builtin:
		return v.name
	case *decorated:
		return viewName(v.fun)
	case *cached:
		return viewName(v.fun)
	case *bound:
		return viewName(v.fun)
	}
	return "view"
}

// viewMethods returns the methods of a view as they are given.
func (in *interp) viewMethods(a *args, view value) ([]string, error) {
	v := a.get(-1, "methods")
	if v == nil || v == (none{}) {
		var err error
		if v, err = in.attrOr(nil, nil, view, "methods"); err != nil {
			return nil, err
		}
	}
	if v == nil || v == (none{}) || firstUnknown(v) != nil {
		return []string{"GET"}, nil
	}
	if _, ok := v.(string); ok {
		return nil, in.raise(a.at, "TypeError", "Allowed methods must be a list of strings, for example: @app.route(..., methods=[\"POST\"])")
	}
	items, _, err := in.iterateAt(nil, a.at, v)
	var out []string
	for _, x := range items {
		out = append(out, strings.ToUpper(str(x)))
	}
	return out, err
}

// addView adds a rule and its view function to an application.
func (f *flaskApp) addView(in *interp, r *flaskRule, methods []string, view value) error {
	if old, ok := f.views[r.endpoint]; ok && view != (none{}) && old != view {
		return in.raise(r.at, "AssertionError", "View function mapping is overwriting an existing endpoint function: %s", r.endpoint)
	}
	if view != (none{}) {
		f.views[r.endpoint] = view
	}
	return f.finishRule(in, r, methods, view)
}

// finishRule gives a rule its methods and adds it to the map.
func (f *flaskApp) finishRule(in *interp, r *flaskRule, methods []string, view value) error {
	r.methods = slices.Clone(methods)
	r.automatic = !slices.Contains(methods, "OPTIONS")
	if view != nil {
		if required, _ := in.attrOr(nil, nil, view, "required_methods"); required != nil {
			if s, ok := required.(*set); ok {
				for _, k := range s.keys {
					r.methods = append(r.methods, str(k))
				}
			}
		}
		if p, _ := in.attrOr(nil, nil, view, "provide_automatic_options"); r.provides == nil || r.provides == value(none{}) {
			r.provides = p
		}
	}
	// What the rule or its view function says comes before the methods.
	if p, ok := r.provides.(bool); ok {
		r.automatic = p
	}
	if r.automatic {
		r.methods = append(r.methods, "OPTIONS")
	}
	if slices.Contains(r.methods, "GET") {
		r.methods = append(r.methods, "HEAD")
	}
	slices.Sort(r.methods)
	r.methods = slices.Compact(r.methods)
	f.rules = append(f.rules, r)
	f.state = nil
	return r.parse(in)
}
