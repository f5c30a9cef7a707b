package python

import (
	"slices"
	"strings"
)

// methodList returns the argument methods.
func (in *interp) methodList(a *args, standard []string) ([]string, error) {
	v := a.get(-1, "methods")
	if v == nil || v == (none{}) {
		return standard, nil
	}
	items, _, err := in.iterateAt(nil, a.at, v)
	var out []string
	for _, x := range items {
		out = append(out, strings.ToUpper(str(x)))
	}
	return out, err
}

// decorator returns the decorator of a route of FastAPI.
func (f *starApp) decorator(in *interp, a *args, methods []string) (value, error) {
	return fn("route", func(in *interp, b *args) (value, error) {
		return b.or(0, "", none{}), f.addAPIRoute(in, a, methods, b.or(0, "", none{}))
	}), nil
}

// addRoute adds a route of Starlette.
func (f *starApp) addRoute(in *interp, a *args, endpoint value) error {
	path, ok := a.or(0, "path", "").(string)
	if !ok {
		f.escape(unknownf(a.at, "", "the path of a route"))
		return nil
	}
	r, err := newRoute(in, a, f.prefix+path, endpoint)
	if err == nil {
		f.routes = append(f.routes, r)
	}
	return err
}

// addAPIRoute adds a route of FastAPI.
func (f *starApp) addAPIRoute(in *interp, a *args, methods []string, endpoint value) error {
	path, ok := a.or(0, "path", "").(string)
	if !ok {
		f.escape(unknownf(a.at, "", "the path of a route"))
		return nil
	}
	if u := firstUnknown(endpoint); u != nil {
		f.escape(u)
		return nil
	}
	r, err := parseRoute(in, a.at, f.prefix+path)
	if err != nil {
		return err
	}
	r.methods, r.endpoint, r.fast = methods, endpoint, true
	r.status = a.or(-1, "status_code", none{})
	if d := a.get(-1, "dependencies"); d != nil {
		items, u, err := in.iterateAt(nil, a.at, d)
		if err != nil {
			return err
		}
		if u != nil {
			items = append(items, u)
		}
		r.depends = items
	}
	r.depends = append(slices.Clone(f.depends), r.depends...)
	f.routes = append(f.routes, r)
	return in.checkEndpoint(r)
}

// include copies the routes of a router.
func (f *starApp) include(in *interp, a *args) error {
	v := a.or(0, "router", none{})
	g, ok := v.(*starApp)
	if !ok {
		if u := firstUnknown(v); u != nil {
			f.escape(u)
			return nil
		}
		return in.raise(a.at, "AttributeError", "'%s' object has no attribute 'routes'", typeName(v))
	}
	if g.escaped != nil {
		f.escape(g.escaped)
	}
	prefix, ok := a.or(-1, "prefix", "").(string)
	if !ok {
		f.escape(unknownf(a.at, "", "the prefix of a router"))
	}
	if prefix != "" && (!strings.HasPrefix(prefix, "/") || strings.HasSuffix(prefix, "/")) {
		return in.raise(a.at, "AssertionError", "A path prefix must start with '/' and must not end with '/'")
	}
	var depends []value
	if d := a.get(-1, "dependencies"); d != nil {
		items, _, err := in.iterateAt(nil, a.at, d)
		if err != nil {
			return err
		}
		depends = items
	}
	for _, r := range g.routes {
		c, err := parseRoute(in, a.at, f.prefix+prefix+r.path)
		if err != nil {
			return err
		}
		if prefix == "" && f.prefix == "" && r.path == "" {
			return in.raise(a.at, "Exception", "FastAPIError: Prefix and path cannot be both empty (path operation: %s)", viewName(r.endpoint))
		}
		pattern, names, kinds := c.re, c.names, c.kinds
		*c = *r
		c.path, c.re, c.names, c.kinds = f.prefix+prefix+r.path, pattern, names, kinds
		c.depends = slices.Concat(f.depends, depends, r.depends)
		f.routes = append(f.routes, c)
	}
	f.startup = append(f.startup, g.startup...)
	return nil
}

// mount mounts an application.
func (f *starApp) mount(in *interp, a *args) error {
	r, err := newMount(in, a)
	if err != nil {
		return err
	}
	f.routes = append(f.routes, r)
	return nil
}
