package ruby

import (
	"strings"

	"github.com/corsim/corsim/origin"
)

// route is one route of Rails.
type route struct {
	at         pos
	method     string // "" for all
	path       string // with :name and *name
	controller string
	action     string
	app        value // of mount and of lambdas
	redirect   string
	format     string // the format that "defaults" sets
	unsure     bool   // constraints that are not modelled
}

// scopeOfRoutes is what is around a route: scope, namespace and resources.
type scopeOfRoutes struct{ path, module, controller, format string }

// mapper returns the object of a block of routes.
func (m *machine) mapper(s scopeOfRoutes) value {
	return &native{name: "routes", call: func(m *machine, c *call) (value, bool) { return m.routeMethod(s, c) }}
}

func (m *machine) routeMethod(s scopeOfRoutes, c *call) (value, bool) {
	if f := formatOf(c); f != "" {
		s.format = f
	}
	before := len(m.rails.routes)
	v, ok := m.routeCall(s, c)
	for i := range m.rails.routes[before:] {
		if r := &m.rails.routes[before+i]; r.format == "" {
			r.format = s.format
		}
	}
	return v, ok
}

// formatOf returns the format that defaults: { format: :json } sets.
func formatOf(c *call) string {
	d, ok := c.option("defaults").(*hash)
	if !ok && c.name == "defaults" {
		d = c.named
	}
	if d == nil {
		return ""
	}
	return text(d.option("format"))
}

func (m *machine) routeCall(s scopeOfRoutes, c *call) (value, bool) {
	inner := func(in scopeOfRoutes) (value, bool) {
		if c.block != nil {
			m.callProcOn(c.at, c.block, m.mapper(in), nil)
		}
		return nil, true
	}
	name := text(c.arg(0))
	switch c.name {
	case "get", "post", "put", "patch", "delete", "options", "match":
		m.addRoute(s, c)
		return nil, true
	case "root":
		to := text(c.option("to"))
		if to == "" {
			to = name
		}
		m.addTo(s, c.at, "GET", s.path+"/", to)
		return nil, true
	case "resources", "resource":
		for _, a := range c.args {
			if _, isHash := a.(*hash); !isHash {
				m.addResources(s, c, text(a))
			}
		}
		return nil, true
	case "namespace":
		return inner(scopeOfRoutes{path: s.path + optionOr(c, "path", "/"+name), module: s.module + name + "/"})
	case "scope":
		in := s
		if name != "" && len(c.args) > 0 {
			if _, isHash := c.args[0].(*hash); !isHash {
				in.path += "/" + strings.Trim(name, "/")
			}
		}
		if p := text(c.option("path")); p != "" {
			in.path += "/" + strings.Trim(p, "/")
		}
		if mod := text(c.option("module")); mod != "" {
			in.module += mod + "/"
		}
		return inner(in)
	case "member":
		return inner(scopeOfRoutes{path: s.path + "/:id", module: s.module, controller: s.controller})
	case "collection", "defaults", "concern", "concerns", "constraints", "shallow", "authenticate", "authenticated", "direct", "resolve":
		return inner(s)
	case "mount":
		m.mount(s, c)
		return nil, true
	case "devise_for", "devise_scope", "use_doorkeeper", "draw":
		m.rails.routes = append(m.rails.routes, route{at: c.at, path: s.path + "/*rest", unsure: true})
		return nil, true
	case "redirect":
		return &native{name: "redirect:" + name, call: nothing}, true
	}
	return nil, false
}

func optionOr(c *call, name, standard string) string {
	if v := c.option(name); v != nil {
		return "/" + strings.Trim(text(v), "/")
	}
	return standard
}

// addRoute adds the route of get, post, … and match.
func (m *machine) addRoute(s scopeOfRoutes, c *call) {
	p, to := c.arg(0), c.option("to")
	if c.named != nil && len(c.args) == 0 {
		// get '/x' => 'users#index'
		for _, pr := range c.named.pairs {
			if _, isText := pr.key.(string); isText {
				p, to = pr.key, pr.value
			}
		}
	}
	methods := []string{strings.ToUpper(c.name)}
	if c.name == "match" {
		methods = nil
		for _, v := range texts(c.option("via")) {
			if v == "all" || v == "" {
				v = ""
			}
			methods = append(methods, strings.ToUpper(v))
		}
	}
	full := s.path + "/" + strings.Trim(text(p), "/")
	for _, method := range methods {
		r := route{at: c.at, method: method, path: full, unsure: c.option("constraints") != nil}
		switch t := to.(type) {
		case *proc:
			r.app = t
		case *native:
			r.redirect = strings.TrimPrefix(t.name, "redirect:")
		case nil:
			r.controller, r.action = s.controller, text(p)
			if v := c.option("controller"); v != nil {
				r.controller = s.module + text(v)
			}
			if v := c.option("action"); v != nil {
				r.action = text(v)
			}
			if r.controller == "" {
				parts := strings.Split(strings.Trim(text(p), "/"), "/")
				r.controller, r.action = s.module+strings.Join(parts[:len(parts)-1], "/"), parts[len(parts)-1]
			}
		default:
			m.addTo(s, c.at, method, full, text(t))
			m.rails.routes[len(m.rails.routes)-1].unsure = r.unsure
			continue
		}
		m.rails.routes = append(m.rails.routes, r)
	}
}

// addTo adds a route to "controller#action".
func (m *machine) addTo(s scopeOfRoutes, at pos, method, path, to string) {
	controller, action, ok := strings.Cut(to, "#")
	if !ok {
		controller, action = s.controller, to
	} else {
		controller = s.module + strings.TrimPrefix(controller, "/")
	}
	m.rails.routes = append(m.rails.routes, route{at: at, method: method, path: path, controller: controller, action: action})
}

// restActions are the routes of resources.
var restActions = []struct{ action, method, path string }{
	{"index", "GET", ""}, {"create", "POST", ""}, {"new", "GET", "/new"}, {"edit", "GET", "/:id/edit"},
	{"show", "GET", "/:id"}, {"update", "PATCH", "/:id"}, {"update", "PUT", "/:id"}, {"destroy", "DELETE", "/:id"},
}

// addResources adds the routes of resources and of what is nested in it.
func (m *machine) addResources(s scopeOfRoutes, c *call, name string) {
	single := c.name == "resource"
	controller := name
	if single && !strings.HasSuffix(name, "s") {
		controller += "s"
	}
	if v := c.option("controller"); v != nil {
		controller = text(v)
	}
	base := s.path + optionOr(c, "path", "/"+name)
	in := scopeOfRoutes{path: base, module: s.module, controller: s.module + controller}
	if c.block != nil {
		nested := in
		if !single {
			nested.path = base + "/:" + strings.TrimSuffix(name, "s") + "_id"
		}
		m.callProcOn(c.at, c.block, m.resourceMapper(in, nested), nil)
	}
	for _, a := range restActions {
		if !m.listed(c, a.action) || single && a.action == "index" || m.rails.settings["api_only"] == true && (a.action == "new" || a.action == "edit") {
			continue
		}
		p := a.path
		if single {
			p = strings.TrimPrefix(p, "/:id")
		}
		m.rails.routes = append(m.rails.routes, route{at: c.at, method: a.method, path: base + p, controller: in.controller, action: a.action})
	}
}

// resourceMapper is the object of a block of resources.
func (m *machine) resourceMapper(in, nested scopeOfRoutes) value {
	return &native{name: "routes", call: func(m *machine, c *call) (value, bool) {
		switch c.name {
		case "member", "collection":
			return m.routeMethod(in, c)
		}
		if on := text(c.option("on")); on == "collection" {
			return m.routeMethod(in, c)
		} else if on == "member" {
			return m.routeMethod(scopeOfRoutes{path: in.path + "/:id", module: in.module, controller: in.controller}, c)
		}
		return m.routeMethod(nested, c)
	}}
}

// listed reports whether only and except leave an action.
func (m *machine) listed(c *call, action string) bool {
	if v := c.option("only"); v != nil {
		return contains(textList(texts(v)), action)
	}
	if v := c.option("except"); v != nil {
		return !contains(textList(texts(v)), action)
	}
	return true
}

// mount adds an application below a path.
func (m *machine) mount(s scopeOfRoutes, c *call) {
	app, at := c.arg(0), text(c.option("at"))
	if c.named != nil && len(c.args) == 0 && len(c.named.pairs) > 0 {
		app, at = c.named.pairs[0].key, text(c.named.pairs[0].value)
	}
	m.rails.routes = append(m.rails.routes, route{at: c.at, path: s.path + "/" + strings.Trim(at, "/") + "/*rest", app: app, unsure: true})
}

// matchRoute reports whether a path fits a route, with the values of its parts.
func matchRoute(pattern, target string) (params map[string]string, ok bool) {
	params = make(map[string]string)
	if stem, format, found := strings.Cut(lastSegment(target), "."); found && stem != "" && !strings.Contains(pattern, ".") {
		params["format"] = format
		target = target[:len(target)-len(format)-1]
	}
	pattern = strings.ReplaceAll(pattern, "(.:format)", "")
	want, have := strings.Split(strings.Trim(pattern, "/"), "/"), strings.Split(strings.Trim(target, "/"), "/")
	for i, w := range want {
		switch {
		case strings.HasPrefix(w, "*"):
			params[w[1:]] = strings.Join(have[min(i, len(have)):], "/")
			return params, true
		case i >= len(have):
			return nil, false
		case strings.HasPrefix(w, ":") && have[i] != "":
			params[w[1:]] = have[i]
		case w != have[i]:
			return nil, false
		}
	}
	return params, len(want) == len(have)
}

func lastSegment(p string) string { return p[strings.LastIndexByte(p, '/')+1:] }

// route finds the route of a request and runs it.
func (m *machine) route(env *hash) *reply {
	target, method := origin.PercentDecode(text(env.must("PATH_INFO"))), text(env.must("REQUEST_METHOD"))
	if method == "HEAD" {
		method = "GET"
	}
	if !m.rails.drawn {
		return m.unknownApp(pos{}, env, m.unknownError(pos{}, "what config/routes.rb says", "give it with --file config/routes.rb"))
	}
	for _, r := range m.rails.routes {
		params, ok := matchRoute(r.path, target)
		if !ok || r.method != "" && r.method != method {
			continue
		}
		if r.unsure {
			return m.unknownApp(r.at, env, m.unknownError(r.at, "what this route answers", ""))
		}
		if r.redirect != "" {
			h := new(hash)
			h.set("Location", "http://"+text(env.must("HTTP_HOST"))+r.redirect)
			return &reply{status: 301, headers: h}
		}
		if r.app != nil {
			return m.callApp(r.at, r.app, env)
		}
		if r.format != "" && params["format"] == "" {
			params["format"] = r.format
		}
		return m.dispatch(r, params, env)
	}
	h := new(hash)
	h.set("Content-Type", "text/html; charset=utf-8")
	h.set("X-Cascade", "pass")
	return &reply{status: 404, headers: h, cascade: true}
}
