package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// djangoView is the class View.
func djangoView() *class {
	c := &class{name: "View", dict: map[string]value{}}
	c.dict["as_view"] = &classmethod{fn("as_view", func(in *interp, a *args) (value, error) {
		cl, ok := a.or(0, "", none{}).(*class)
		if !ok {
			return none{}, nil
		}
		view := fn(cl.name, func(in *interp, b *args) (value, error) {
			i := &instance{class: cl, attrs: map[string]value{}}
			for _, k := range a.kw {
				i.attrs[k.name] = k.v
			}
			i.attrs["request"], i.attrs["args"] = b.or(0, "request", none{}), &tuple{b.shift().pos}
			d := newDict()
			for _, k := range b.kw {
				d.put(k.name, k.v)
			}
			i.attrs["kwargs"] = d
			if m := cl.lookup("dispatch"); m != nil {
				return in.call(nil, bindTo(m, i), b)
			}
			return in.dispatchView(i, b)
		})
		view.attrs = map[string]value{}
		if x := classExempt(cl); x != nil {
			view.attrs["csrf_exempt"] = x
		}
		return view, nil
	})}
	c.dict["dispatch"] = fn("dispatch", func(in *interp, a *args) (value, error) {
		i, _ := a.or(0, "", none{}).(*instance)
		return in.dispatchView(i, a.shift())
	})
	return c
}

// redirectView is the class RedirectView.
func redirectView() *class {
	c := &class{name: "RedirectView", bases: []*class{djangoView()}, dict: map[string]value{"url": none{}, "permanent": false, "query_string": false, "pattern_name": none{}}}
	get := fn("get", func(in *interp, a *args) (value, error) {
		i, ok := a.or(0, "", none{}).(*instance)
		if !ok {
			return none{}, nil
		}
		option := func(name string) value {
			if v, ok := i.attrs[name]; ok {
				return v
			}
			return i.class.lookup(name)
		}
		r := redirectTo(302, "")
		if isTrue(option("permanent")) {
			r.status = 301
		}
		url, ok := option("url").(string)
		if !ok || strings.Contains(url, "%") || isTrue(option("query_string")) || i.class.has("get_redirect_url") {
			r.set("Location", unknownf(a.at, "", "the URL of %s", i.class.name), server.Decision{})
		} else {
			r.set("Location", url, server.Decision{})
		}
		if u := firstUnknown(option("permanent"), option("url"), option("pattern_name")); u != nil {
			r.unknown = u
		} else if !ok && option("pattern_name") == (none{}) && !i.class.has("get_redirect_url") {
			return &response{kind: "HttpResponseGone", status: 410}, nil
		}
		return r, nil
	})
	for _, name := range viewMethodNames[:7] {
		c.dict[name] = get
	}
	return c
}

// classExempt returns the attribute csrf_exempt of a class's dispatch.
func classExempt(c *class) value {
	if x := c.lookup("csrf_exempt"); x != nil {
		return x
	}
	if b, ok := c.lookup("dispatch").(*builtin); ok {
		return b.attrs["csrf_exempt"]
	}
	if f, ok := c.lookup("dispatch").(*function); ok {
		return f.attrs["csrf_exempt"]
	}
	return nil
}

// viewMethodNames are the methods of views in Django's order.
var viewMethodNames = []string{"get", "post", "put", "patch", "delete", "head", "options", "trace"}

// methodNames returns the methods that a view may have, in the order of its
// http_method_names, and those that it has in capitals.
func (in *interp) methodNames(c *class, implements func(name string) bool) (names, has []string, err error) {
	names = viewMethodNames
	if v := c.lookup("http_method_names"); v != nil {
		if u := unknownIn(v); u != nil {
			return nil, nil, u.err
		}
		items, _, err := in.iterateAt(nil, in.here(), v)
		if err != nil {
			return nil, nil, err
		}
		names = nil
		for _, x := range items {
			names = append(names, str(x))
		}
	}
	for _, m := range names {
		if m == "options" || implements(m) || m == "head" && implements("get") {
			has = append(has, strings.ToUpper(m))
		}
	}
	return names, has, nil
}

// has reports whether a class has an attribute.
func (c *class) has(name string) bool { return c.lookup(name) != nil }

// dispatchView calls the method of a view.
func (in *interp) dispatchView(i *instance, a *args) (value, error) {
	h, _ := in.host.(*djangoHost)
	name := fetch.ByteLowercase(h.running.parts.req.Method)
	names, has, err := in.methodNames(i.class, i.class.has)
	if err != nil {
		return nil, err
	}
	m := i.class.lookup(name)
	if m == nil && name == "head" {
		m = i.class.lookup("get")
	}
	r := &response{kind: "HttpResponse", status: 200}
	switch {
	case m != nil && slices.Contains(names, name):
		return in.call(nil, bindTo(m, i), a)
	case name == "options" && slices.Contains(names, name):
	default:
		r.kind, r.status = "HttpResponseNotAllowed", 405
	}
	r.add("Content-Type", "text/html; charset=utf-8", server.Decision{})
	r.add("Allow", strings.Join(has, ", "), server.Decision{})
	return r, nil
}

// wrapView returns a function around a view that keeps its attributes.
func wrapView(f value, run func(in *interp, a *args) (value, error)) *builtin {
	out := fn(viewName(f), run)
	out.attrs = make(map[string]value)
	switch x := f.(type) {
	case *function:
		for k, v := range x.attrs {
			out.attrs[k] = v
		}
	case *builtin:
		for k, v := range x.attrs {
			out.attrs[k] = v
		}
	}
	return out
}

// addDecorators adds the decorators of views.
func (h *djangoHost) addDecorators(m *lib) {
	m.attrs["csrf_exempt"] = fn("csrf_exempt", func(_ *interp, a *args) (value, error) {
		f := a.or(0, "view_func", none{})
		if u := firstUnknown(f); u != nil {
			return u, nil
		}
		w := wrapView(f, func(in *interp, b *args) (value, error) { return in.call(nil, f, b) })
		w.attrs["csrf_exempt"] = true
		return w, nil
	})
	restrict := func(name string, methods []string) {
		m.attrs[name] = fn(name, func(_ *interp, a *args) (value, error) { return h.restricted(a.or(0, "", none{}), methods), nil })
	}
	restrict("require_GET", []string{"GET"})
	restrict("require_POST", []string{"POST"})
	restrict("require_safe", []string{"GET", "HEAD"})
	m.attrs["require_http_methods"] = fn("require_http_methods", func(in *interp, a *args) (value, error) {
		items, _, err := in.iterateAt(nil, a.at, a.or(0, "", &list{}))
		if err != nil {
			return nil, err
		}
		var methods []string
		for _, x := range items {
			methods = append(methods, str(x))
		}
		return fn("require_http_methods", func(_ *interp, b *args) (value, error) { return h.restricted(b.or(0, "", none{}), methods), nil }), nil
	})
	after := func(f value, change func(in *interp, r *response) error) value {
		return wrapView(f, func(in *interp, b *args) (value, error) {
			v, err := in.call(nil, f, b)
			if r, ok := v.(*response); ok && err == nil {
				err = change(in, r)
			}
			return v, err
		})
	}
	m.attrs["ensure_csrf_cookie"] = fn("ensure_csrf_cookie", func(_ *interp, a *args) (value, error) {
		return after(a.or(0, "", none{}), func(*interp, *response) error { h.running.cookie = true; return nil }), nil
	})
	m.attrs["never_cache"] = fn("never_cache", func(_ *interp, a *args) (value, error) { return a.or(0, "", none{}), nil })
	m.attrs["vary_on_cookie"] = fn("vary_on_cookie", func(_ *interp, a *args) (value, error) {
		return after(a.or(0, "", none{}), func(_ *interp, r *response) error { return patchVary(r, decision(a, "vary_on_cookie"), "Cookie") }), nil
	})
	m.attrs["vary_on_headers"] = fn("vary_on_headers", func(_ *interp, a *args) (value, error) {
		return fn("vary_on_headers", func(_ *interp, b *args) (value, error) {
			return after(b.or(0, "", none{}), func(_ *interp, r *response) error {
				var names []string
				for _, x := range a.pos {
					names = append(names, str(x))
				}
				return patchVary(r, decision(a, "vary_on_headers"), names...)
			}), nil
		}), nil
	})
	m.attrs["login_required"] = fn("login_required", func(_ *interp, a *args) (value, error) {
		f := a.or(0, "function", none{})
		return wrapView(f, func(in *interp, b *args) (value, error) {
			h.running.session = true
			url := str(h.setting("LOGIN_URL", "/accounts/login/")) + "?next=" + h.running.parts.path
			return redirectTo(302, url), nil
		}), nil
	})
}

// restricted returns a view that takes some methods only.
func (h *djangoHost) restricted(f value, methods []string) value {
	return wrapView(f, func(in *interp, a *args) (value, error) {
		if slices.Contains(methods, h.running.parts.req.Method) {
			return in.call(nil, f, a)
		}
		r := &response{kind: "HttpResponseNotAllowed", status: 405}
		r.add("Content-Type", "text/html; charset=utf-8", server.Decision{})
		r.add("Allow", strings.Join(methods, ", "), server.Decision{})
		return r, nil
	})
}

// methodDecorator applies a decorator of functions to a method.
func methodDecorator(in *interp, a *args) (value, error) {
	d, name := a.or(0, "decorator", none{}), a.or(1, "name", "")
	apply := func(v value) (value, error) {
		decorators := []value{d}
		switch l := d.(type) {
		case *list:
			decorators = l.items
		case *tuple:
			decorators = l.items
		}
		for i := len(decorators) - 1; i >= 0; i-- {
			inner := v
			marked, err := in.call(nil, decorators[i], &args{pos: []value{fn("probe", func(*interp, *args) (value, error) { return none{}, nil })}, at: a.at})
			if err != nil {
				return nil, err
			}
			deco := decorators[i]
			w := wrapView(inner, func(in *interp, b *args) (value, error) {
				f := fn(viewName(inner), func(in *interp, c *args) (value, error) { return in.call(nil, inner, c.unshift(b.or(0, "", none{}))) })
				x, err := in.call(nil, deco, &args{pos: []value{f}, at: a.at})
				if err != nil {
					return nil, err
				}
				return in.call(nil, x, b.shift())
			})
			if p, ok := marked.(*builtin); ok {
				for k, x := range p.attrs {
					w.attrs[k] = x
				}
			}
			v = w
		}
		return v, nil
	}
	return fn("method_decorator", func(in *interp, b *args) (value, error) {
		target := b.or(0, "", none{})
		c, ok := target.(*class)
		if !ok {
			return apply(target)
		}
		m := c.lookup(str(name))
		if m == nil {
			return c, nil
		}
		v, err := apply(m)
		if err == nil {
			c.set(str(name), v)
		}
		return c, err
	}), nil
}
