package kubernetes

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/yamltext"
)

// securityParts are the parts of a SecurityPolicy that ask for credentials. They run
// behind the CORS filter: preflights are not asked.
var securityParts = []string{"jwt", "oidc", "basicAuth", "apiKeyAuth", "extAuth", "authorization"}

// secure applies a SecurityPolicy of Envoy Gateway to the routes that it names.
func (g *gateway) secure(doc *yamltext.Node) error {
	spec := doc.Get("spec")
	targets := spec.Get("targetRefs").Items
	if ref := spec.Get("targetRef"); ref.Form == yamltext.Object {
		targets = append(targets, ref)
	}
	var policy *corsPolicy
	if c := spec.Get("cors"); c.Form == yamltext.Object {
		var err error
		if policy, err = readPolicyCORS(c); err != nil {
			return err
		}
	}
	var secured *server.Position
	for _, name := range securityParts {
		if part := spec.Get(name); part.Form != yamltext.Nothing {
			secured = &part.At
		}
	}
	if len(g.routes) == 0 {
		g.routes = []*routeRule{{at: doc.At, path: "/", rule: &gatewayRule{}}}
		g.assumptions = append(g.assumptions, server.Assumption{Position: doc.At, Text: "the routes that the policy is for are not given: it is taken for all requests"})
		targets = nil
	}
	for _, r := range g.routes {
		if !g.targeted(r, targets) {
			continue
		}
		if policy != nil && r.rule.cors != nil {
			return &server.InputError{Position: policy.at, Problem: "a rule has a CORS filter and a SecurityPolicy", Help: "give CORS in one of the two places"}
		}
		if r.rule.secured == nil {
			r.rule.secured = secured
		}
	}
	for _, r := range g.routes {
		if policy != nil && g.targeted(r, targets) {
			r.rule.cors = policy
		}
	}
	return nil
}

// targeted reports whether a policy is for a route. Without targets it is for all; so it
// is for a Gateway, as the routes of one file are those of one gateway.
func (g *gateway) targeted(r *routeRule, targets []*yamltext.Node) bool {
	if len(targets) == 0 {
		return true
	}
	return slices.ContainsFunc(targets, func(t *yamltext.Node) bool {
		return t.Get("kind").Text == "Gateway" || t.Get("name").Text == r.route
	})
}

// readPolicyCORS reads the part of a SecurityPolicy about CORS.
func readPolicyCORS(n *yamltext.Node) (*corsPolicy, error) {
	c, err := readCORS(n)
	if err != nil {
		return nil, err
	}
	c.maxAge = ""
	if m := n.Get("maxAge"); m.Text != "" {
		d, err := time.ParseDuration(m.Text)
		if err != nil {
			return nil, &server.StartError{Position: m.At, Message: fmt.Sprintf("maxAge %q is not a duration", m.Text)}
		}
		c.maxAge = strconv.Itoa(int(d.Seconds()))
	}
	return c, nil
}

// allows reports whether the policy allows an origin. "*" stands for any text.
func (c *corsPolicy) allows(origin string) bool {
	return slices.ContainsFunc(c.origins, func(o string) bool { return wildcard(o, origin) })
}

// wildcard reports whether a text fits a pattern in which "*" stands for any text.
func wildcard(pattern, s string) bool {
	first, rest, ok := strings.Cut(pattern, "*")
	if !ok {
		return pattern == s
	}
	s, ok = strings.CutPrefix(s, first)
	if !ok {
		return false
	}
	for ok {
		var part string
		part, rest, ok = strings.Cut(rest, "*")
		if !ok {
			return strings.HasSuffix(s, part)
		}
		i := strings.Index(s, part)
		if i < 0 {
			return false
		}
		s = s[i+len(part):]
	}
	return true
}
