package spring

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/yamltext"
)

// cloudGateway is a Spring Cloud Gateway (WebFlux): routes to other servers.
type cloudGateway struct {
	routes []*cloudRoute
	// simple reports whether the global configuration is also for paths of no route.
	simple bool
	own    int // the number of configurations that routes have
}

// cloudRoute is one route.
type cloudRoute struct {
	at      pos
	paths   []string // none for all
	methods []string // none for all
	address string
	filters []cloudFilter
	unknown *server.UnknownError // a predicate that is not modelled
}

// cloudFilter is one filter with its arguments.
type cloudFilter struct {
	at   pos
	name string
	args []string
}

// cloudPrefixes are the names below which a gateway has its properties.
var cloudPrefixes = []string{"spring.cloud.gateway.server.webflux", "spring.cloud.gateway"}

// cloud adds the gateway of the properties.
func (m *machine) cloud() {
	for _, prefix := range cloudPrefixes {
		before := prefix + ".globalcors.cors-configurations"
		for _, key := range m.props.order {
			rest, ok := strings.CutPrefix(key, before)
			if !ok || m.app.cloud != nil && m.app.hasPattern(patternOf(rest)) {
				continue
			}
			m.cloudMapping(before, rest)
		}
		if v, ok, _ := m.get(prefix + ".globalcors.add-to-simple-url-handler-mapping"); ok && m.app.cloud != nil {
			m.app.cloud.simple = lower(v.text) == "true"
		}
	}
	if m.app.cloud == nil {
		return
	}
	for _, doc := range m.props.docs {
		for _, prefix := range cloudPrefixes {
			m.cloudRoutes(doc.Get(strings.Split(prefix, ".")...))
		}
	}
}

// patternOf returns the pattern in brackets at the beginning of the rest of a name.
func patternOf(rest string) string {
	inner, ok := strings.CutPrefix(strings.TrimPrefix(rest, "."), "[")
	if !ok {
		return ""
	}
	pattern, _, _ := strings.Cut(inner, "]")
	return pattern
}

// hasPattern reports whether the registry has a pattern.
func (a *app) hasPattern(pattern string) bool {
	return slices.ContainsFunc(a.global.list, func(r *registration) bool { return r.pattern == pattern })
}

// cloudMapping adds the configuration of one pattern.
func (m *machine) cloudMapping(before, rest string) {
	a := m.app
	a.reactive = true
	if a.cloud == nil {
		a.cloud = &cloudGateway{}
	}
	pattern := patternOf(rest)
	if pattern == "" {
		v := m.props.values[before+rest]
		m.lose(m.unknownError(pos{fixed: v.at}, "which paths "+strings.Trim(rest, ".")+" is for", "write the pattern in brackets: '[/**]'"))
		return
	}
	name := before + rest[:strings.IndexByte(rest, ']')+1]
	if c := m.corsProperties(name, false); c != nil {
		a.global.list = append(a.global.list, &registration{at: c.at, pattern: pattern, config: c})
	}
}

// cloudRoutes adds the routes of a gateway.
func (m *machine) cloudRoutes(n *yamltext.Node) {
	for _, r := range n.Get("routes").Items {
		out := &cloudRoute{at: pos{fixed: r.At}, address: addressOf(r.Get("uri").Text)}
		for _, p := range r.Get("predicates").Items {
			out.predicate(p)
		}
		for _, list := range []*yamltext.Node{n.Get("default-filters"), r.Get("filters")} {
			for _, f := range list.Items {
				out.filters = append(out.filters, filterOf(f))
			}
		}
		if meta := r.Get("metadata", "cors"); meta.Form == yamltext.Object {
			m.cloudMetadata(out, meta)
		}
		m.app.cloud.routes = append(m.app.cloud.routes, out)
	}
}

// cloudMetadata adds the configuration of a route: it is for the first path of the
// route, in front of the global ones.
func (m *machine) cloudMetadata(r *cloudRoute, meta *yamltext.Node) {
	pattern := "/**"
	if len(r.paths) > 0 {
		pattern = r.paths[0]
	}
	c := &corsConfig{at: pos{fixed: meta.At}}
	for _, f := range meta.Fields {
		at := pos{fixed: f.At}
		name := "A" + strings.TrimPrefix(f.Name, "a")
		switch f.Name {
		case "allowCredentials":
			m.setFlag(at, c, "setAllowCredentials", f.Value.Text)
		case "maxAge":
			m.setMaxAge(at, c, numberOf(f.Value.Text))
		case "exposedHeaders":
			m.setList(at, c, "ExposedHeaders", f.Value.Texts(), nil, false)
		default:
			m.setList(at, c, name, f.Value.Texts(), nil, false)
		}
	}
	m.app.global.list = slices.Insert(m.app.global.list, m.app.cloud.own, &registration{at: c.at, pattern: pattern, config: c})
	m.app.cloud.own++
}

// addressOf returns host and port of a URI.
func addressOf(uri string) string {
	scheme, rest, ok := strings.Cut(uri, "://")
	if !ok {
		return uri
	}
	rest, _, _ = strings.Cut(rest, "/")
	if !strings.Contains(rest, ":") && scheme != "lb" {
		rest += map[string]string{"https": ":443"}[scheme]
	}
	return rest
}

// filterOf reads a filter: "Name=a, b" or {name, args}.
func filterOf(n *yamltext.Node) cloudFilter {
	out := cloudFilter{at: pos{fixed: n.At}, name: n.Get("name").Text}
	for _, f := range n.Get("args").Fields {
		out.args = append(out.args, f.Value.Text)
	}
	if n.Form == yamltext.Scalar {
		name, args, _ := strings.Cut(n.Text, "=")
		out.name, out.args = strings.TrimSpace(name), split(args, ",", true)
	}
	return out
}

// predicate adds one predicate.
func (r *cloudRoute) predicate(n *yamltext.Node) {
	switch f := filterOf(n); f.name {
	case "Path":
		r.paths = append(r.paths, f.args...)
	case "Method":
		r.methods = append(r.methods, f.args...)
	default:
		r.unknown = &server.UnknownError{Position: n.At, What: "which requests the predicate " + f.name + " fits", Help: "use Path and Method"}
	}
}

// route returns the route of a request; nil when there is none.
func (g *cloudGateway) route(x *exchange) *cloudRoute {
	for _, r := range g.routes {
		if len(r.paths) > 0 && !slices.ContainsFunc(r.paths, func(p string) bool { return pathMatches(p, x.path, slashStrict) }) {
			continue
		}
		if len(r.methods) > 0 && !slices.Contains(r.methods, x.req.Method) {
			continue
		}
		if r.unknown != nil {
			panic(stops{r.unknown})
		}
		return r
	}
	return nil
}

// pass answers a request as the gateway does.
func (a *app) pass(x *exchange) {
	r := a.cloud.route(x)
	c := a.globalConfig(x.path)
	if r == nil && !a.cloud.simple {
		c = nil
	}
	if (r != nil || a.cloud.simple || x.preflight) && !a.process(x, c) || x.preflight {
		if x.failed {
			x.failed = false
		}
		return
	}
	if r == nil && len(a.cloud.routes) > 0 {
		x.keep(404, pos{}, "whether a route that is not given has the path "+x.path)
		return
	}
	if r == nil {
		r = &cloudRoute{}
	}
	a.forward(x, r)
}

// forward sends a request to the server of a route. Its headers are added to those of
// the gateway; filters change them.
func (a *app) forward(x *exchange, r *cloudRoute) {
	backend, _ := a.machine.src.BehindAt(r.address)
	answer, err := backend.Answer(x.ctx, x.req)
	if err != nil {
		panic(stops{err})
	}
	x.out.Status, x.out.Body, x.out.StatusUnknown = answer.Status, answer.Body, answer.StatusUnknown
	x.out.Header = append(x.out.Header, answer.Header...)
	for _, f := range r.filters {
		f.change(x)
	}
}

// change changes the headers of an answer as a filter does.
func (f cloudFilter) change(x *exchange) {
	h := &x.out.Header
	switch {
	case f.name == "DedupeResponseHeader" && len(f.args) > 0:
		strategy := "RETAIN_FIRST"
		if len(f.args) > 1 {
			strategy = f.args[1]
		}
		for name := range strings.FieldsSeq(f.args[0]) {
			dedupe(h, name, strategy)
		}
	case f.name == "AddResponseHeader" && len(f.args) > 1:
		*h = append(*h, fetch.Header{Name: f.args[0], Value: f.args[1]})
	case f.name == "SetResponseHeader" && len(f.args) > 1:
		h.Set(f.args[0], f.args[1])
	case f.name == "RemoveResponseHeader" && len(f.args) > 0:
		h.Delete(f.args[0])
	case strings.Contains(f.name, "ResponseHeader") && slices.ContainsFunc(f.args, concernsHeader):
		panic(stops{&server.UnknownError{Position: f.at.position(), What: "what the filter " + f.name + " does to the headers of CORS", Help: "use SetResponseHeader or DedupeResponseHeader"}})
	}
}

// dedupe keeps one of several lines of a header.
func dedupe(h *fetch.HeaderList, name, strategy string) {
	values := h.Values(name)
	if len(values) < 2 {
		return
	}
	h.Delete(name)
	switch strategy {
	case "RETAIN_LAST":
		values = values[len(values)-1:]
	case "RETAIN_UNIQUE":
		values = union(nil, values)
	default:
		values = values[:1]
	}
	for _, v := range values {
		*h = append(*h, fetch.Header{Name: name, Value: v})
	}
}
