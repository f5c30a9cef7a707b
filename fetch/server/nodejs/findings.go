package nodejs

import (
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch/server"
)

// findings is what a run of the program made.
type findings struct {
	natives     map[*goja.Object]middleware
	routers     map[*goja.Object]*router
	apps        map[*goja.Object]*app
	appList     []*app
	mounted     []*goja.Object
	policies    []*corsPolicy
	policyOf    map[*goja.Object]*corsPolicy
	express     *express
	asyncErrors bool
	isRoute     bool // the program is a route handler of Next.js
	said        []server.Assumption
	platform    *app
	pending     []goja.Value // the promises of files with await at their top
	handler     func(x *exchange)

	// What the models in JavaScript made: their packages, the packages that the
	// program uses, its routes, and the objects that answer.
	models     map[*goja.Program]*goja.Object
	helpers    *goja.Object
	used       []string
	routeList  []server.Route
	servers    map[*goja.Object]func(x *exchange)
	serverList []*goja.Object
	// places are positions of calls whose work is done later; place is the number
	// of the present one, or 0.
	places []server.Position
	place  int
	// versions are those of servers for development; behind are the addresses that a
	// proxy reaches and about which nothing is said.
	versions []server.Version
	behind   []string
	facts    []server.Fact // of the rules for headers
}

func newFindings() findings {
	return findings{
		natives: make(map[*goja.Object]middleware), routers: make(map[*goja.Object]*router), apps: make(map[*goja.Object]*app),
		policyOf: make(map[*goja.Object]*corsPolicy), models: make(map[*goja.Program]*goja.Object), servers: make(map[*goja.Object]func(x *exchange)),
	}
}

// routes returns the routes of an application.
func (m *machine) routes() []server.Route {
	out := slices.Clone(m.found.routeList)
	for _, a := range m.found.appList {
		if !m.isMounted(a) {
			out = a.router.list(out, "", 0)
		}
	}
	return out
}

// list adds the routes of a router that is at a path.
func (r *router) list(out []server.Route, base string, depth int) []server.Route {
	if depth > 10 || len(out) > 1000 {
		return out
	}
	for _, l := range r.layers {
		path := base
		if l.path != "/" || l.route != nil {
			path += l.path
		}
		switch {
		case l.route != nil:
			for _, name := range l.route.methods {
				if name == "_all" || len(l.route.methods) == len(methodNames) {
					out = append(out, server.Route{Position: l.route.at, Path: path})
					break
				}
				out = append(out, server.Route{Position: l.route.at, Method: strings.ToUpper(name), Path: path})
			}
		case l.router != nil:
			out = l.router.list(out, path, depth+1)
		case r.m.found.apps[l.function] != nil:
			out = r.m.found.apps[l.function].router.list(out, path, depth+1)
		}
	}
	return out
}

// facts returns what the calls of cors and the rules for headers say.
func (m *machine) facts() []server.Fact {
	out := slices.Clone(m.found.facts)
	for _, p := range m.found.policies {
		out = p.facts(out)
	}
	return out
}

// facts adds what one call of cors says.
func (p *corsPolicy) facts(out []server.Fact) []server.Fact {
	add := func(s server.Subject, value string) {
		out = append(out, server.Fact{Position: p.at, Subject: s, Where: p.where, Value: p.m.readable(value)})
	}
	if p.unknown != nil || p.delegate != nil {
		add(server.SubjectOrigins, "options that are decided for each request")
		return out
	}
	o := &corsOptions{p: p, from: p.options}
	add(server.SubjectOrigins, p.originsInWords(o))
	if o.has("methods") {
		add(server.SubjectMethods, p.m.joined(o.get("methods")).String())
	}
	for _, name := range []string{"allowedHeaders", "headers"} {
		if v := o.get(name); v.ToBoolean() {
			add(server.SubjectHeaders, p.m.joined(v).String())
			break
		}
	}
	if v := o.get("exposedHeaders"); v.ToBoolean() {
		add(server.SubjectExposed, p.m.joined(v).String())
	}
	if v := o.get("credentials"); v.ToBoolean() {
		add(server.SubjectCredentials, v.String())
	}
	if v := o.get("maxAge"); !goja.IsUndefined(v) {
		add(server.SubjectMaxAge, v.String())
	}
	return out
}

// originsInWords says which origins a call of cors allows.
func (p *corsPolicy) originsInWords(o *corsOptions) string {
	if !o.has("origin") {
		return "*"
	}
	v := o.get("origin")
	if u := p.m.unknownObject(v); u != nil {
		return u.path
	}
	if isFunction(v) {
		return "what a function says for each origin"
	}
	if goja.IsNull(v) || !v.ToBoolean() {
		return "none: cors is switched off"
	}
	if _, text := v.(goja.String); text {
		return v.String()
	}
	if obj, ok := v.(*goja.Object); ok {
		return p.m.joined(obj).String()
	}
	return "every origin, reflected"
}
