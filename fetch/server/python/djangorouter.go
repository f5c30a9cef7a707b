package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// restRouter is a router of Django REST framework.
// https://www.django-rest-framework.org/api-guide/routers/
type restRouter struct {
	h        *djangoHost
	at       server.Position
	root     bool // it has an API root and format suffixes
	slash    string
	register []routedSet
}

// routedSet is one registered view set.
type routedSet struct {
	prefix string
	class  value
}

func (r *restRouter) typeName() string { return "Router" }

func (r *restRouter) attr(in *interp, name string) (value, error) {
	switch name {
	case "register":
		return fn(name, func(_ *interp, a *args) (value, error) {
			r.register = append(r.register, routedSet{str(a.or(0, "prefix", "")), a.or(1, "viewset", none{})})
			return none{}, nil
		}), nil
	case "urls":
		return r.urls(in)
	case "registry":
		return &list{}, nil
	}
	return harmlessf("router.%s", name), nil
}

// urls returns the patterns of all registered view sets.
func (r *restRouter) urls(in *interp) (value, error) {
	out := &list{}
	add := func(text string, view value) error {
		p, err := newPattern(in, &args{pos: []value{text, view}, at: r.at}, true)
		if err != nil {
			return err
		}
		out.items = append(out.items, p)
		if !r.root {
			return nil
		}
		text = strings.TrimRight(strings.TrimRight(text, "$"), "/") + `\.(?P<format>[a-z0-9]+)/?$`
		p, err = newPattern(in, &args{pos: []value{text, view}, at: r.at}, true)
		out.items = append(out.items, p)
		return err
	}
	for _, s := range r.register {
		c, ok := s.class.(*class)
		if !ok {
			out.items = append(out.items, unknownf(r.at, "", "the view set for %s", s.prefix))
			continue
		}
		for _, x := range r.routes(c, s.prefix) {
			if err := add(x.text, r.view(c, x.actions)); err != nil {
				return nil, err
			}
		}
	}
	if r.root {
		root := r.view(&class{name: "APIRootView", dict: map[string]value{"list": fn("list", func(*interp, *args) (value, error) {
			return &response{kind: "Response", status: 200, bodyUnknown: true}, nil
		})}}, map[string]string{"get": "list"})
		if err := add("^$", root); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// setRoute is one route of a view set.
type setRoute struct {
	text    string
	actions map[string]string // by the method
}

// routes returns the routes of a view set that it has actions for.
func (r *restRouter) routes(c *class, prefix string) []setRoute {
	lookup := "(?P<pk>[^/.]+)"
	if f, ok := c.lookup("lookup_url_kwarg").(string); ok {
		lookup = "(?P<" + f + ">[^/.]+)"
	} else if f, ok := c.lookup("lookup_field").(string); ok {
		lookup = "(?P<" + f + ">[^/.]+)"
	}
	if v, ok := c.lookup("lookup_value_regex").(string); ok {
		lookup = strings.Replace(lookup, "[^/.]+", v, 1)
	}
	end := r.slash + "$"
	var out []setRoute
	plain := func(text string, mapping map[string]string) {
		have := make(map[string]string)
		for m, a := range mapping {
			if c.lookup(a) != nil {
				have[m] = a
			}
		}
		if len(have) > 0 {
			out = append(out, setRoute{text, have})
		}
	}
	extra := func(detail bool, before string) {
		for _, name := range sortedNames(allNames(c)) {
			f, ok := c.lookup(name).(*function)
			if !ok || f.attrs["\x00methods"] == nil || isTrue(f.attrs["\x00detail"]) != detail {
				continue
			}
			methods, _ := f.attrs["\x00methods"].(*list)
			have := make(map[string]string)
			for _, m := range methods.items {
				have[fetch.ByteLowercase(str(m))] = name
			}
			out = append(out, setRoute{before + str(f.attrs["\x00path"]) + end, have})
		}
	}
	plain("^"+prefix+end, map[string]string{"get": "list", "post": "create"})
	extra(false, "^"+prefix+"/")
	plain("^"+prefix+"/"+lookup+end, map[string]string{"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"})
	extra(true, "^"+prefix+"/"+lookup+"/")
	return out
}

// allNames returns the names of a class and its bases.
func allNames(c *class) map[string]value {
	out := make(map[string]value)
	for _, b := range c.bases {
		for k, v := range allNames(b) {
			out[k] = v
		}
	}
	for k, v := range c.dict {
		out[k] = v
	}
	return out
}

// view returns the view of a view set for some actions.
func (r *restRouter) view(c *class, actions map[string]string) value {
	w := fn(c.name, func(in *interp, a *args) (value, error) {
		i := &instance{class: c, attrs: map[string]value{"request": a.or(0, "request", none{})}}
		kw := newDict()
		for _, k := range a.kw {
			kw.put(k.name, k.v)
		}
		i.attrs["kwargs"], i.attrs["args"] = kw, &tuple{a.shift().pos}
		method := fetch.ByteLowercase(r.h.running.parts.req.Method)
		action := actions[method]
		if action == "" && method == "head" {
			action = actions["get"]
		}
		i.attrs["action"] = action
		v := restView{h: r.h, name: c.name, text: c.text, options: func(name string) value { return c.lookup(name) }}
		names, has, err := in.methodNames(c, func(m string) bool { return actions[m] != "" })
		if err != nil {
			return nil, err
		}
		v.allowed = has
		if action != "" && slices.Contains(names, method) {
			if p := actionOption(c, action, "permission_classes"); p != nil {
				v.options = func(name string) value {
					if x := actionOption(c, action, name); x != nil {
						return x
					}
					return c.lookup(name)
				}
			}
			v.handler = func() (value, error) { return in.call(nil, bindTo(c.lookup(action), i), a) }
		}
		return v.run(in)
	})
	w.attrs = map[string]value{"csrf_exempt": true}
	return w
}

// actionOption returns an option of an action; nil when it has none.
func actionOption(c *class, action, name string) value {
	if f, ok := c.lookup(action).(*function); ok {
		return f.attrs[name]
	}
	return nil
}

// restAction is the decorator action.
func restAction(_ *interp, a *args) (value, error) {
	return fn("action", func(in *interp, b *args) (value, error) {
		f, ok := b.or(0, "func", none{}).(*function)
		if !ok {
			return b.or(0, "func", none{}), nil
		}
		if f.attrs == nil {
			f.attrs = make(map[string]value)
		}
		f.attrs["\x00detail"] = a.or(1, "detail", false)
		f.attrs["\x00path"] = a.or(2, "url_path", f.name)
		methods := a.or(0, "methods", &list{[]value{"get"}})
		if methods == (none{}) {
			methods = &list{[]value{"get"}}
		}
		items, _, err := in.iterateAt(nil, a.at, methods)
		f.attrs["\x00methods"] = &list{items}
		if p := a.get(-1, "permission_classes"); p != nil {
			f.attrs["permission_classes"] = p
		}
		return f, err
	}), nil
}

// modelActions are the actions of views that read and write a database.
var modelActions = map[string][]string{
	"ModelViewSet": {"list", "create", "retrieve", "update", "partial_update", "destroy"}, "ReadOnlyModelViewSet": {"list", "retrieve"}, "ViewSet": nil, "GenericViewSet": nil,
	"ListModelMixin": {"list"}, "CreateModelMixin": {"create"}, "RetrieveModelMixin": {"retrieve"}, "UpdateModelMixin": {"update", "partial_update"}, "DestroyModelMixin": {"destroy"},
	"ListAPIView": {"get"}, "CreateAPIView": {"post"}, "ListCreateAPIView": {"get", "post"}, "RetrieveAPIView": {"get"}, "DestroyAPIView": {"delete"}, "UpdateAPIView": {"put", "patch"},
	"RetrieveUpdateAPIView": {"get", "put", "patch"}, "RetrieveDestroyAPIView": {"get", "delete"}, "RetrieveUpdateDestroyAPIView": {"get", "put", "patch", "delete"}, "GenericAPIView": nil,
}

// addSets adds the routers, the view sets and the generic views.
func (h *djangoHost) addSets(m *lib, view *class) {
	for name, actions := range modelActions {
		c := &class{name: name, bases: []*class{view}, dict: map[string]value{}}
		c.opaque = &unknown{&server.UnknownError{What: "what the database holds"}, true}
		for _, a := range actions {
			c.dict[a] = fn(a, func(*interp, *args) (value, error) { return harmlessf("what the database holds"), nil })
		}
		m.attrs[name] = c
	}
	m.attrs["action"] = fn("action", restAction)
	for _, name := range []string{"DefaultRouter", "SimpleRouter"} {
		m.attrs[name] = fn(name, func(_ *interp, a *args) (value, error) {
			r := &restRouter{h: h, at: a.at, root: name == "DefaultRouter", slash: "/"}
			if !isTrue(a.or(0, "trailing_slash", true)) {
				r.slash = ""
			}
			return r, nil
		})
	}
	for _, name := range []string{"viewsets", "generics", "mixins", "routers", "permissions", "authentication", "views", "decorators", "renderers", "parsers", "exceptions", "response"} {
		m.attrs[name] = m
	}
}
