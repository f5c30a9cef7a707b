package lint

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// cause is what in a kind of configuration leads to findings of other rules.
type cause struct {
	// kinds are the kinds of configurations.
	kinds []string
	// of holds the rules whose findings it explains.
	of []string
	// find returns the statement that is the cause; ok is false when there is none.
	find func(*server.Model, *server.Answer) (d server.Decision, ok bool)
	// text says what is wrong; {what} stands for what the statement did.
	text, fix string
}

// run reports the cause of the first finding that it explains.
func (c cause) run(p *prober) error {
	if p.Model == nil || !slices.Contains(c.kinds, p.Model.Kind) {
		return nil
	}
	for _, f := range p.findings {
		if !slices.Contains(c.of, f.Rule) || f.Evidence == nil {
			continue
		}
		a, err := p.Model.Answer(p.ctx, server.RequestFromWire(&f.Evidence.Request))
		if err != nil {
			continue
		}
		d, ok := c.find(p.Model, a)
		if !ok {
			continue
		}
		f.Rule, f.Position, f.Severity, f.Fix = p.rule.ID, d.Position, min(f.Severity, p.rule.Severity), c.fix
		f.Text = strings.ReplaceAll(c.text, "{what}", d.Text)
		p.findings = append(p.findings, f)
		return nil
	}
	return nil
}

// decidedBy returns a function that finds a decision about Access-Control-Allow-Origin
// whose text has some words.
func decidedBy(words string) func(*server.Model, *server.Answer) (server.Decision, bool) {
	return func(_ *server.Model, a *server.Answer) (server.Decision, bool) {
		for _, d := range a.Decided {
			if fetch.EqualFold(d.Header, fetch.HeaderAllowOrigin) && strings.Contains(d.Text, words) {
				return d, true
			}
		}
		return server.Decision{}, false
	}
}

// replacing finds the statement that set another header where those of an outer block
// do not apply: the outer block has a fact about origins, which took no part in the
// answer.
func replacing(m *server.Model, a *server.Answer) (server.Decision, bool) {
	took := func(at server.Position) bool {
		return slices.ContainsFunc(a.Decided, func(d server.Decision) bool { return d.Position == at })
	}
	lost := slices.ContainsFunc(m.Policy, func(f server.Fact) bool { return f.Subject == server.SubjectOrigins && !took(f.Position) })
	if !lost || a.Header.Contains(fetch.HeaderAllowOrigin) {
		return server.Decision{}, false
	}
	for _, d := range a.Decided {
		if strings.HasPrefix(d.Text, "add_header ") && strings.HasSuffix(d.Text, " applies") {
			return d, true
		}
	}
	return server.Decision{}, false
}

// inIf and notInIf tell a block that an if opens from other blocks.
func inIf(m *server.Model, a *server.Answer) (server.Decision, bool) {
	d, ok := replacing(m, a)
	return d, ok && hasIf(a)
}

func notInIf(m *server.Model, a *server.Answer) (server.Decision, bool) {
	d, ok := replacing(m, a)
	return d, ok && !hasIf(a)
}

func hasIf(a *server.Answer) bool {
	return slices.ContainsFunc(a.Decided, func(d server.Decision) bool {
		return strings.HasPrefix(d.Text, "if (") && strings.HasSuffix(d.Text, " holds")
	})
}

// blocked are the rules about responses without the headers that they should have.
var blocked = []string{"origin-blocked", "preflight-headers-lost", "preflight-unhandled", "error-without-cors"}

// causeRules returns the rules that name the cause of other findings in the language of
// a configuration.
func causeRules() []Rule {
	return []Rule{
		{
			ID: "nginx-not-always", Severity: Fragile,
			Title: "An add_header of nginx without always is left out of error responses.",
			Why: "Without always, nginx adds a header only to the statuses 200, 201, 204, 206, 301, 302, 303, 304, 307 and 308. A page then cannot read an error, and the " +
				"console reports a CORS error that hides it.",
			Before: Example{"nginx", "add_header Access-Control-Allow-Origin https://myapp.com;"},
			After:  Example{"nginx", "add_header Access-Control-Allow-Origin https://myapp.com always;"},
			run: cause{
				kinds: []string{"nginx", "ingress-nginx"}, of: blocked, find: decidedBy("without always"),
				text: "{what}: add_header needs always.", fix: "Write always behind the value of each CORS header.",
			}.run,
		},
		{
			ID: "nginx-inheritance-lost", Severity: Broken,
			Title: "An add_header in an inner block of nginx takes away those of the outer block.",
			Why: "A block inherits the add_header lines of the block around it only when it has none of its own. One line for another header, such as X-Frame-Options, " +
				"removes all CORS headers there.",
			Before: Example{"nginx", "add_header Access-Control-Allow-Origin https://myapp.com always;\nlocation /api/ {\n    add_header X-Frame-Options DENY always;\n}"},
			After:  Example{"nginx", "location /api/ {\n    add_header Access-Control-Allow-Origin https://myapp.com always;\n    add_header X-Frame-Options DENY always;\n}"},
			run: cause{
				kinds: []string{"nginx", "ingress-nginx"}, of: blocked, find: notInIf,
				text: "{what}, and takes away the CORS headers of the block around it: a block with an add_header of its own inherits none.",
				fix:  "Repeat the CORS headers in this block.",
			}.run,
		},
		{
			ID: "nginx-if-replaces", Severity: Broken,
			Title: "An add_header in an if of nginx takes away those outside.",
			Why: "An if is a block of its own. With one add_header in it, the lines outside do not apply: the preflight loses the headers that all other responses have. " +
				"An if without add_header inherits them.",
			Before: Example{"nginx", "add_header Access-Control-Allow-Origin https://myapp.com always;\nif ($request_method = OPTIONS) {\n    add_header Access-Control-Max-Age 600;\n    return 204;\n}"},
			After:  Example{"nginx", "add_header Access-Control-Allow-Origin https://myapp.com always;\nadd_header Access-Control-Max-Age 600 always;\nif ($request_method = OPTIONS) {\n    return 204;\n}"},
			run: cause{
				kinds: []string{"nginx", "ingress-nginx"}, of: blocked, find: inIf,
				text: "{what} in an if, and takes away the CORS headers outside it.", fix: "Move the line out of the if, or repeat all CORS headers in it.",
			}.run,
		},
		{
			ID: "apache-rewrite-document", Severity: Broken,
			Title: "A RewriteRule of Apache answers preflights with a document that has no CORS headers.",
			Why: "With R=200 or R=204, Apache makes the response itself, as an error document. Header without always is left out of those. " +
				"Write Header always set for each CORS header.",
			Before: Example{"apache", "Header set Access-Control-Allow-Origin https://myapp.com\nRewriteCond %{REQUEST_METHOD} OPTIONS\nRewriteRule ^ - [R=204,L]"},
			After:  Example{"apache", "Header always set Access-Control-Allow-Origin https://myapp.com\nRewriteCond %{REQUEST_METHOD} OPTIONS\nRewriteRule ^ - [R=204,L]"},
			run: cause{
				kinds: []string{"apache"}, of: []string{"preflight-headers-lost", "preflight-unhandled", "origin-blocked"}, find: rewritten,
				text: "{what}, and Apache makes this response itself, without the headers of Header without always.", fix: "Write Header always set for each CORS header.",
			}.run,
		},
		{
			ID: "apache-onsuccess-only", Severity: Fragile,
			Title: "A Header of Apache without always is left out of the server's own errors.",
			Why: "Apache has two tables of headers. Header set fills the one for responses of handlers; the server's own errors, such as 404, 401 and 502, have only the other one. " +
				"Write Header always set.",
			Before: Example{"apache", "Header set Access-Control-Allow-Origin https://myapp.com"},
			After:  Example{"apache", "Header always set Access-Control-Allow-Origin https://myapp.com"},
			run: cause{
				kinds: []string{"apache"}, of: blocked, find: decidedBy("without always"),
				text: "{what}.", fix: "Write Header always set for each CORS header.",
			}.run,
		},
		{
			ID: "apache-both-tables", Also: []string{"apache-proxy-table"}, Severity: Broken,
			Title: "Apache sends a CORS header twice, because it is in both of its tables.",
			Why: "Header set and Header always set fill two tables, and a response of a handler has the lines of both. Header always set does not replace what Header set wrote. " +
				"Write Header always set alone. For a header that the application sends, write Header always unset and Header set.",
			Before: Example{"apache", "Header set Access-Control-Allow-Origin https://myapp.com\nHeader always set Access-Control-Allow-Origin https://myapp.com"},
			After:  Example{"apache", "Header always set Access-Control-Allow-Origin https://myapp.com"},
			run: cause{
				kinds: []string{"apache"}, of: []string{"allow-origin-duplicate", "origin-blocked"}, find: inBothTables,
				text: "{what} adds a second line to that of Header always: a response of a handler has the lines of both tables.", fix: "Write Header always set alone.",
			}.run,
		},
		{
			ID: "middleware-order", Severity: Broken,
			Title: "The CORS middleware is behind something that answers first.",
			Why: "A program asks its middleware in order. What answers before the CORS middleware, such as a route, a login or a redirect, sends no CORS headers. " +
				"Put CORS first.",
			Before: Example{"js", "app.get('/users', list);\napp.use(cors(options));"},
			After:  Example{"js", "app.use(cors(options));\napp.get('/users', list);"},
			run:    runOrder,
		},
	}
}

// inBothTables finds the Header without always that sets what a Header always has set
// too.
func inBothTables(_ *server.Model, a *server.Answer) (server.Decision, bool) {
	isAlways := func(d server.Decision) bool { return strings.HasPrefix(d.Text, "Header always ") }
	for _, d := range a.Decided {
		if !strings.HasPrefix(d.Text, "Header ") || isAlways(d) || len(a.Header.Values(d.Header)) < 2 {
			continue
		}
		if slices.ContainsFunc(a.Decided, func(other server.Decision) bool { return isAlways(other) && fetch.EqualFold(other.Header, d.Header) }) {
			return d, true
		}
	}
	return server.Decision{}, false
}

// rewritten finds a RewriteRule in an answer that lost its headers.
func rewritten(m *server.Model, a *server.Answer) (server.Decision, bool) {
	isPartial := func(f server.Fact) bool {
		return f.Subject == server.SubjectOrigins && strings.Contains(f.Value, "not on the server's own")
	}
	if a.Header.Contains(fetch.HeaderAllowOrigin) || !slices.ContainsFunc(m.Policy, isPartial) {
		return server.Decision{}, false
	}
	i := slices.IndexFunc(a.Decided, func(d server.Decision) bool { return strings.HasPrefix(d.Text, "RewriteRule ") })
	if i < 0 {
		return server.Decision{}, false
	}
	return a.Decided[i], true
}
