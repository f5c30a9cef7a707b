package kubernetes

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/yamltext"
)

// The version of Envoy Gateway whose rules are followed.
const standardGateway = "1.5"

// gateway is a gateway with its routes.
type gateway struct {
	src    *server.Source
	routes []*routeRule
	// envoy reports whether the text or the user says that the gateway is Envoy Gateway.
	envoy       bool
	assumptions []server.Assumption
}

// routeRule is one match of one rule of an HTTPRoute.
type routeRule struct {
	at        server.Position
	hostnames []string
	exact     bool
	path      string
	regex     bool
	method    string
	headers   []pair
	query     bool   // the match has query parameters
	route     string // the name of the HTTPRoute
	rule      *gatewayRule
}

// pair is a header with its value.
type pair struct {
	at          server.Position
	name, value string
}

// gatewayRule is what a rule does with a request.
type gatewayRule struct {
	cors          *corsPolicy
	add, set      []pair
	remove        []pair
	redirect      *yamltext.Node
	backend       string
	secured       *server.Position
	unknown       *server.UnknownError
	requestSet    []pair
	requestRemove []pair
}

// corsPolicy is a CORS filter, or the part of a SecurityPolicy about CORS.
type corsPolicy struct {
	at                        server.Position
	originsAt                 server.Position
	origins                   []string
	methods, headers, exposed string
	credentials               bool
	maxAge                    string
}

// GatewayReader returns the reader of routes of the Gateway API.
func GatewayReader() server.Reader {
	return server.Reader{Kind: "gateway-api", Title: "an HTTPRoute of the Gateway API of Kubernetes", Recognise: recogniseGateway, Load: loadGateway, Lists: gatewayLists}
}

// otherObjects are objects of other systems about CORS, which are not modelled, by
// their kind with a word of their API.
var otherObjects = []struct{ kind, api, title string }{
	{"VirtualService", "istio.io", "a VirtualService of Istio"},
	{"Middleware", "traefik", "a Middleware of Traefik"},
	{"HTTPProxy", "projectcontour.io", "an HTTPProxy of Contour"},
	{"KongPlugin", "konghq.com", "a plugin of Kong"},
	{"ApisixRoute", "apisix", "a route of APISIX"},
}

// gatewayLists returns the filters that are modelled, and the objects that are refused.
func gatewayLists() []server.WordList {
	var refused []string
	for _, o := range otherObjects {
		refused = append(refused, o.kind)
	}
	return []server.WordList{
		{Title: "Filters that are modelled", Words: []string{filterCORS, filterRequest, filterResponse, filterRedirect}},
		{Title: "Filters that are passed over; an answer behind any other filter is not known", Words: []string{filterMirror, filterRewrite}},
		{Title: "Objects of other systems that are refused with their line", Words: refused},
	}
}

// recogniseGateway says how sure it is that a text holds routes of the Gateway API.
func recogniseGateway(_, text string) server.Confidence {
	if strings.Contains(text, "kind: HTTPRoute") || strings.Contains(text, "kind: SecurityPolicy") && strings.Contains(text, "gateway.envoyproxy.io") {
		return server.Certain
	}
	for _, o := range otherObjects {
		if strings.Contains(text, "kind: "+o.kind) && strings.Contains(text, o.api) {
			return server.Likely
		}
	}
	return server.NotMine
}

// loadGateway reads HTTPRoute and SecurityPolicy objects.
func loadGateway(ctx context.Context, src server.Source) (*server.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	at := server.Position{File: src.Name, Line: 1, Column: 1}
	if len(src.Text) > 1<<20 {
		return nil, &server.InputError{Position: at, Problem: "the file is too large", Help: "give only the HTTPRoute objects"}
	}
	docs, err := parse(src.Name, src.Text)
	if err != nil {
		return nil, err
	}
	_, named := src.Versions["envoy-gateway"]
	g := &gateway{src: &src, envoy: named || strings.Contains(src.Text, "gateway.envoyproxy.io")}
	for _, doc := range docs {
		if err := g.readObject(doc); err != nil {
			return nil, err
		}
	}
	for _, doc := range docs {
		if doc.Get("kind").Text == "SecurityPolicy" {
			if err := g.secure(doc); err != nil {
				return nil, err
			}
		}
	}
	if len(g.routes) == 0 {
		return nil, &server.InputError{Position: at, Problem: "there is no HTTPRoute in the file", Help: "give a file with kind: HTTPRoute"}
	}
	g.sort()
	return g.model(at), nil
}

// readObject reads one object. Those that do not matter for CORS are left out.
func (g *gateway) readObject(doc *yamltext.Node) error {
	kind, api := doc.Get("kind").Text, doc.Get("apiVersion").Text
	for _, o := range otherObjects {
		if kind == o.kind && strings.Contains(api, o.api) {
			return &server.InputError{Position: doc.At, Problem: o.title + " is not modelled", Help: "give the HTTPRoute with a filter of type CORS, or the Ingress for ingress-nginx"}
		}
	}
	if kind != "HTTPRoute" {
		return nil
	}
	hostnames := doc.Get("spec", "hostnames").Texts()
	rules := doc.Get("spec", "rules")
	for _, r := range rules.Items {
		if err := g.readRule(doc, r, hostnames); err != nil {
			return err
		}
	}
	return nil
}

// readRule reads one rule with its matches.
func (g *gateway) readRule(doc, r *yamltext.Node, hostnames []string) error {
	rule := &gatewayRule{}
	for _, f := range r.Get("filters").Items {
		if err := rule.filter(f); err != nil {
			return err
		}
	}
	refs := r.Get("backendRefs").Items
	if len(refs) > 0 {
		port := refs[0].Get("port").Text
		if port == "" {
			port = "80"
		}
		rule.backend = refs[0].Get("name").Text + ":" + port
		if len(refs) > 1 {
			g.assumptions = append(g.assumptions, server.Assumption{Position: refs[1].At, Text: "the backends of a rule answer alike; the first one is asked"})
		}
	}
	matches := r.Get("matches").Items
	if len(matches) == 0 {
		matches = []*yamltext.Node{{At: r.At}}
	}
	for _, m := range matches {
		out := &routeRule{at: m.At, hostnames: hostnames, rule: rule, route: doc.Get("metadata", "name").Text, path: "/", method: m.Get("method").Text}
		if p := m.Get("path"); p.Form == yamltext.Object {
			if v := p.Get("value").Text; v != "" {
				out.path = v
			}
			out.exact, out.regex = p.Get("type").Text == "Exact", p.Get("type").Text == "RegularExpression"
		}
		for _, h := range m.Get("headers").Items {
			out.headers = append(out.headers, pair{h.At, h.Get("name").Text, h.Get("value").Text})
			out.regex = out.regex || h.Get("type").Text == "RegularExpression"
		}
		out.query = len(m.Get("queryParams").Items) > 0
		g.routes = append(g.routes, out)
	}
	return nil
}

// The filters of a rule: those that are modelled, and those that do not matter.
const (
	filterCORS     = "CORS"
	filterRequest  = "RequestHeaderModifier"
	filterResponse = "ResponseHeaderModifier"
	filterRedirect = "RequestRedirect"
	filterMirror   = "RequestMirror"
	filterRewrite  = "URLRewrite"
)

// filter adds one filter to a rule.
func (r *gatewayRule) filter(f *yamltext.Node) error {
	switch kind := f.Get("type").Text; kind {
	case filterCORS:
		c, err := readCORS(f.Get("cors"))
		r.cors = c
		return err
	case filterResponse:
		m := f.Get("responseHeaderModifier")
		r.add, r.set, r.remove = append(r.add, pairs(m.Get("add"))...), append(r.set, pairs(m.Get("set"))...), append(r.remove, names(m.Get("remove"))...)
	case filterRequest:
		m := f.Get("requestHeaderModifier")
		r.requestSet = append(append(r.requestSet, pairs(m.Get("set"))...), pairs(m.Get("add"))...)
		r.requestRemove = append(r.requestRemove, names(m.Get("remove"))...)
	case filterRedirect:
		r.redirect = f.Get("requestRedirect")
	case filterMirror, filterRewrite:
	default:
		r.unknown = &server.UnknownError{Position: f.At, What: fmt.Sprintf("what the filter %s of the rule does", kind), Help: "leave it out if it does not matter"}
	}
	return nil
}

// pairs reads a list of headers with values.
func pairs(n *yamltext.Node) []pair {
	var out []pair
	for _, h := range n.Items {
		out = append(out, pair{h.At, h.Get("name").Text, h.Get("value").Text})
	}
	return out
}

// names reads a list of names of headers.
func names(n *yamltext.Node) []pair {
	var out []pair
	for _, h := range n.Items {
		out = append(out, pair{at: h.At, name: h.Text})
	}
	return out
}

// readCORS reads a CORS filter. The API server refuses "*" beside other values.
func readCORS(n *yamltext.Node) (*corsPolicy, error) {
	c := &corsPolicy{at: n.At, originsAt: n.Get("allowOrigins").At, origins: n.Get("allowOrigins").Texts(), maxAge: "5"}
	for _, l := range []struct {
		name string
		to   *string
	}{{"allowOrigins", nil}, {"allowMethods", &c.methods}, {"allowHeaders", &c.headers}, {"exposeHeaders", &c.exposed}} {
		list := n.Get(l.name).Texts()
		if l.name != "exposeHeaders" && len(list) > 1 && slices.Contains(list, "*") {
			return nil, &server.StartError{Position: n.Get(l.name).At, Message: upperFirst(l.name) + " cannot contain '*' alongside other values"}
		}
		if l.to != nil {
			*l.to = strings.Join(list, ", ")
		}
	}
	c.credentials = n.Get("allowCredentials").Text == "true"
	if v := n.Get("maxAge").Text; v != "" {
		c.maxAge = v
	}
	return c, nil
}

func upperFirst(s string) string { return "A" + s[1:] }
