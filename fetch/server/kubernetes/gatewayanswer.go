package kubernetes

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// sort orders the routes: the most specific match first.
func (g *gateway) sort() {
	slices.SortStableFunc(g.routes, func(a, b *routeRule) int {
		return cmp.Or(
			boolCompare(a.exact, b.exact),
			cmp.Compare(len(b.path), len(a.path)),
			boolCompare(a.method != "", b.method != ""),
			cmp.Compare(len(b.headers), len(a.headers)),
		)
	})
}

// boolCompare puts what is true first.
func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// model makes the model of the routes.
func (g *gateway) model(at server.Position) *server.Model {
	m := &server.Model{Kind: "gateway-api", Versions: []server.Version{server.VersionOf(g.src.Versions, "envoy-gateway", standardGateway)}, Server: g}
	say := func(text string) {
		m.Assumptions = append(m.Assumptions, server.Assumption{Position: at, Text: text})
	}
	say("the answers are derived from the source of Envoy and Envoy Gateway; no gateway was run")
	if !g.envoy {
		say("the gateway is Envoy Gateway; the status of a preflight, and what is answered to one from another origin, differ between implementations and are not known")
	}
	say("what is behind: " + server.AssumedBackendText)
	m.Assumptions = append(m.Assumptions, g.assumptions...)
	var seen []*corsPolicy
	for _, r := range g.routes {
		m.Routes = append(m.Routes, server.Route{Position: r.at, Method: r.method, Path: r.path})
		if u := r.rule.unknown; u != nil && !slices.Contains(m.Unknowns, u) {
			m.Unknowns = append(m.Unknowns, u)
		}
		if c := r.rule.cors; c != nil && !slices.Contains(seen, c) {
			seen = append(seen, c)
			m.Policy = append(m.Policy, c.facts(r.path)...)
		}
	}
	return m
}

// facts returns what the policy says.
func (c *corsPolicy) facts(where string) []server.Fact {
	var out []server.Fact
	add := func(subject server.Subject, v string) {
		if v != "" {
			out = append(out, server.Fact{Position: c.at, Subject: subject, Where: where, Value: v})
		}
	}
	add(server.SubjectOrigins, strings.Join(c.origins, ", "))
	add(server.SubjectMethods, c.methods)
	add(server.SubjectHeaders, c.headers)
	add(server.SubjectExposed, c.exposed)
	if c.credentials {
		add(server.SubjectCredentials, "true")
	}
	add(server.SubjectMaxAge, c.maxAge)
	return out
}

// Answer answers a request as the gateway does.
func (g *gateway) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, err := g.match(req)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return &server.Answer{Status: 404}, nil
	}
	if r.rule.unknown != nil {
		return nil, r.rule.unknown
	}
	out := &server.Answer{Decided: []server.Decision{{Position: r.at, Text: "the rule for " + r.path + " matches"}}}
	if r.rule.redirect != nil {
		r.rule.redirectTo(out, req)
		return out, nil
	}
	origin, _ := req.Header.Get("Origin")
	allowed := r.rule.cors != nil && origin != "" && r.rule.cors.allows(origin)
	asked, _ := req.Header.Get("Access-Control-Request-Method")
	preflight := r.rule.cors != nil && origin != "" && req.Method == "OPTIONS" && asked != ""
	if r.rule.cors != nil && origin != "" {
		r.rule.cors.decide(out, origin, allowed)
	}
	if preflight && (allowed || !g.envoy) {
		g.preflight(out, r.rule.cors, req, allowed)
		return out, nil
	}
	if err := g.forward(ctx, r, req, out); err != nil {
		return nil, err
	}
	if allowed {
		r.rule.cors.share(&out.Header, origin)
	}
	return out, nil
}

// decide notes whether an origin is allowed.
func (c *corsPolicy) decide(out *server.Answer, origin string, allowed bool) {
	text := "the origin " + origin + " is not in allowOrigins"
	if allowed {
		text = "allowOrigins has the origin " + origin
	}
	out.Decided = append(out.Decided, server.Decision{Position: cmp.Or(c.originsAt, c.at), Header: "Access-Control-Allow-Origin", Text: text})
}

// preflight answers a preflight. Other gateways than Envoy Gateway also answer those
// from other origins.
func (g *gateway) preflight(out *server.Answer, c *corsPolicy, req *server.Request, allowed bool) {
	out.Status = 200
	if !g.envoy {
		out.StatusUnknown = &server.UnknownError{Position: c.at, What: "the status with which the gateway answers a preflight", Help: "say --version envoy-gateway=" + standardGateway + " if it is Envoy Gateway"}
	}
	if !allowed {
		return
	}
	add := func(name, v string) { out.Header = append(out.Header, fetch.Header{Name: name, Value: v}) }
	echo := func(v, header string) string {
		if v == "*" {
			v, _ = req.Header.Get(header)
		}
		return v
	}
	origin, _ := req.Header.Get("Origin")
	add("Access-Control-Allow-Origin", origin)
	if c.credentials {
		add("Access-Control-Allow-Credentials", "true")
	}
	if c.methods != "" {
		add("Access-Control-Allow-Methods", echo(c.methods, "Access-Control-Request-Method"))
	}
	if c.headers != "" {
		add("Access-Control-Allow-Headers", echo(c.headers, "Access-Control-Request-Headers"))
	}
	if c.maxAge != "" {
		add("Access-Control-Max-Age", c.maxAge)
	}
}

// share adds the headers of an allowed origin to an answer from behind.
func (c *corsPolicy) share(h *fetch.HeaderList, origin string) {
	h.Set("Access-Control-Allow-Origin", origin)
	if c.credentials {
		h.Set("Access-Control-Allow-Credentials", "true")
	}
	if c.exposed != "" {
		h.Set("Access-Control-Expose-Headers", c.exposed)
	}
}

// forward sends a request to the backend, and changes the headers of its answer.
func (g *gateway) forward(ctx context.Context, r *routeRule, req *server.Request, out *server.Answer) error {
	if r.rule.backend == "" && len(g.src.Behind) == 0 && g.named() {
		out.Status = 500 // a rule without a backend
		return nil
	}
	inner := *req
	inner.Header = slices.Clone(req.Header)
	for _, h := range r.rule.requestRemove {
		inner.Header.Delete(h.name)
	}
	for _, h := range r.rule.requestSet {
		inner.Header.Set(h.name, h.value)
	}
	backend, _ := g.src.BehindAt(r.rule.backend)
	a, err := backend.Answer(ctx, &inner)
	if err != nil {
		return err
	}
	out.Status, out.Header, out.Body, out.StatusUnknown = a.Status, slices.Clone(a.Header), a.Body, a.StatusUnknown
	if r.rule.secured != nil {
		out.StatusUnknown = &server.UnknownError{Position: *r.rule.secured, What: "whether the request has the credentials that the SecurityPolicy asks for"}
	}
	r.rule.change(out)
	return nil
}

// named reports whether a route of the text names backends at all.
func (g *gateway) named() bool {
	return slices.ContainsFunc(g.routes, func(r *routeRule) bool { return r.rule.backend != "" })
}

// change is ResponseHeaderModifier.
func (r *gatewayRule) change(out *server.Answer) {
	note := func(p pair, what string) {
		out.Decided = append(out.Decided, server.Decision{Position: p.at, Header: p.name, Text: "ResponseHeaderModifier " + what + " " + p.name})
	}
	for _, p := range r.remove {
		out.Header.Delete(p.name)
		note(p, "removes")
	}
	for _, p := range r.set {
		out.Header.Set(p.name, p.value)
		note(p, "sets")
	}
	for _, p := range r.add {
		out.Header = append(out.Header, fetch.Header{Name: p.name, Value: p.value})
		note(p, "adds")
	}
}

// redirectTo answers with a redirect. The CORS filter does not run for it.
func (r *gatewayRule) redirectTo(out *server.Answer, req *server.Request) {
	n := r.redirect
	out.Status = 302
	if code, err := strconv.Atoi(n.Get("statusCode").Text); err == nil {
		out.Status = code
	}
	scheme := n.Get("scheme").Text
	if scheme == "" {
		scheme = map[bool]string{true: "https", false: "http"}[req.TLS]
	}
	host, _ := req.Header.Get("Host")
	if h := n.Get("hostname").Text; h != "" {
		host = h
	}
	if p := n.Get("port").Text; p != "" && p != "80" && p != "443" {
		host, _, _ = strings.Cut(host, ":")
		host += ":" + p
	}
	target := req.Target
	if p := n.Get("path", "replaceFullPath").Text; p != "" {
		target = p
	}
	out.Header = append(out.Header, fetch.Header{Name: "Location", Value: scheme + "://" + host + target})
	if n.Get("path", "replacePrefixMatch").Text != "" {
		out.StatusUnknown = &server.UnknownError{Position: n.At, What: "the address that replacePrefixMatch makes"}
	}
}
