package apache

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// A policy collects what the directives say about CORS.
type policy struct {
	facts  []server.Fact
	routes []server.Route
}

// subjects are the facts that header lines state.
var subjects = map[string]server.Subject{
	"access-control-allow-origin": server.SubjectOrigins, "access-control-allow-methods": server.SubjectMethods,
	"access-control-allow-headers": server.SubjectHeaders, "access-control-expose-headers": server.SubjectExposed,
	"access-control-allow-credentials": server.SubjectCredentials, "access-control-max-age": server.SubjectMaxAge,
}

// header notes a Header directive.
func (p *policy) header(c *scope, a *headerAction, always bool) {
	subject, ok := subjects[lower(a.name)]
	if !ok || a.d.key() != "header" || p == nil {
		return
	}
	_, rest := word(a.d.args)
	value := strings.TrimSpace(a.d.args)
	switch a.action {
	case "set", "add", "append", "merge", "setifempty":
		args := words(rest)
		if always || strings.HasPrefix(lower(a.d.args), "onsuccess") {
			args = args[1:]
		}
		if len(args) > 1 {
			value = args[1]
		}
	case "unset":
		value = "removed"
	}
	if a.env != "" {
		value += " (if the variable " + a.env + " is set)"
	}
	if a.when != nil {
		value += " (under a condition)"
	}
	if !always {
		value += ", not on the server's own error documents"
	}
	p.facts = append(p.facts, server.Fact{Position: a.d.pos, Subject: subject, Where: c.where(), Value: value})
}

// rewrite notes a rule that answers preflights.
func (p *policy) rewrite(c *scope, r *rewriteRule) {
	if p == nil || !r.flags["status"] {
		return
	}
	for _, k := range r.conds {
		if strings.Contains(upper(k.input), "REQUEST_METHOD") && strings.Contains(k.pattern, "OPTIONS") {
			p.facts = append(p.facts, server.Fact{Position: r.d.pos, Subject: server.SubjectPreflight, Where: c.where(), Value: "OPTIONS is answered with status " + itoa(r.status) + " by the server itself"})
			return
		}
	}
}

// route notes a ProxyPass.
func (p *policy) route(c *scope, d *directive, pass *pass) {
	if p != nil {
		p.routes = append(p.routes, server.Route{Position: d.pos, Path: pass.prefix})
	}
}

// where returns the section of a directive in words.
func (c *scope) where() string {
	if c.sec == nil {
		return ""
	}
	return strings.TrimSuffix(strings.TrimPrefix(c.sec.text, "<"), ">")
}
