package python

import (
	"strings"
)

// registerBlueprint adds what a blueprint holds.
func (f *flaskApp) registerBlueprint(in *interp, a *args) error {
	v := a.or(0, "blueprint", none{})
	b, ok := v.(*flaskApp)
	if !ok {
		if u := firstUnknown(v); u != nil {
			f.escape(u)
			return nil
		}
		return in.raise(a.at, "AttributeError", "'%s' object has no attribute 'register'", typeName(v))
	}
	prefix := b.prefix
	if p, ok := a.get(-1, "url_prefix").(string); ok {
		prefix = p
	} else if u := firstUnknown(a.or(-1, "url_prefix", none{})); u != nil {
		f.escape(u)
	}
	name := b.name
	if n, ok := a.get(-1, "name").(string); ok {
		name = n
	}
	if f.blueprint {
		f.deferred = append(f.deferred, func(in *interp, app *flaskApp, outer, outerName string) error {
			b.parents = append([]*flaskApp{f}, f.parents...)
			return b.install(in, app, joinPrefix(outer, prefix), outerName+"."+name)
		})
		return nil
	}
	if old, ok := f.children[name]; ok {
		if old == b {
			return in.raise(a.at, "ValueError", "The name '%s' is already registered for this blueprint. Use 'name=' to provide a unique name.", name)
		}
		return in.raise(a.at, "ValueError", "The name '%s' is already registered for a different blueprint. Use 'name=' to provide a unique name.", name)
	}
	f.children[name] = b
	return b.install(in, f, prefix, name)
}

// joinPrefix joins the prefixes of nested blueprints.
func joinPrefix(outer, inner string) string {
	switch {
	case outer == "":
		return inner
	case inner == "":
		return outer
	}
	return strings.TrimRight(outer, "/") + "/" + strings.TrimLeft(inner, "/")
}

// install runs what a blueprint deferred.
func (f *flaskApp) install(in *interp, app *flaskApp, prefix, name string) error {
	if f.escaped != nil {
		app.escape(f.escaped)
	}
	for _, d := range f.deferred {
		if err := d(in, app, prefix, name); err != nil {
			return err
		}
	}
	return nil
}
