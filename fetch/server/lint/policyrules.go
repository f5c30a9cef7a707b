package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// policyRules returns the rules about what a configuration says, and what comes of it.
func policyRules() []Rule {
	return []Rule{originMissing(), policyReopened(), methodPromised(), serverDoesNotStart()}
}

// webServers are the kinds of configurations that set headers, and have no lists of
// origins.
var webServers = []string{"nginx", "ingress-nginx", "apache", "caddy", "haproxy", "php"}

// items returns the items of a fact's value. JavaScript writes lists without spaces, so
// a space there belongs to the item.
func items(m *server.Model, f *server.Fact) []string {
	if m.Kind == "nodejs" {
		return strings.Split(f.Value, ",")
	}
	return strings.Split(f.Value, ", ")
}

// isDecisive reports whether a fact's statement decided that a response to the
// stranger has no Access-Control-Allow-Origin.
func (p *prober) isDecisive(f *server.Fact) bool {
	x := p.stranger.without.first()
	if x.Response == nil || x.Response.Header.Contains(fetch.HeaderAllowOrigin) {
		return false
	}
	a, err := p.Model.Answer(p.ctx, server.RequestFromWire(&x.Request))
	return err == nil && slices.ContainsFunc(a.Decided, func(d server.Decision) bool {
		return d.Position == f.Position && fetch.EqualFold(d.Header, fetch.HeaderAllowOrigin)
	})
}

// hostOnly matches a host without a scheme, with or without a port.
var hostOnly = regexp.MustCompile(`^(localhost|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[a-z]{2,})(:[0-9]+)?$`)

// neverMatching returns the origins that an item of a list is meant to allow, and what
// is wrong with it; no origins when it is not one of these mistakes.
func neverMatching(item string) (meant []string, why string) {
	trimmed := strings.Trim(item, "\"'")
	switch {
	case trimmed != item && isCanonical(trimmed):
		return []string{trimmed}, "it has quotes around it"
	case hostOnly.MatchString(item):
		return []string{"https://" + item, "http://" + item}, "it has no scheme"
	case strings.Contains(item, ",") && !slices.ContainsFunc(strings.Split(item, ","), func(s string) bool { return !isCanonical(s) }):
		return strings.Split(item, ","), oneText
	case strings.Contains(item, "://*.") && !strings.ContainsAny(item, `\^$()[]`):
		return []string{strings.Replace(item, "*", plainName, 1)}, "its asterisk is compared as text"
	}
	return nil, ""
}

// oneText is what is wrong with an item that was not split.
const oneText = "it is one text with several origins in it"

// reportNeverMatching looks for items of the model's lists that match no page.
func (p *prober) reportNeverMatching() error {
	for _, f := range p.Model.Policy {
		if f.Subject != server.SubjectOrigins {
			continue
		}
		for _, item := range items(p.Model, &f) {
			meant, why := neverMatching(item)
			if item == "*" && p.isDecisive(&f) {
				meant, why = []string{p.stranger.from}, "an asterisk in a list is compared as text"
			}
			best := readsNothing
			for _, from := range meant {
				v, err := p.visit(from)
				if err != nil {
					return err
				}
				best = max(best, v.level())
			}
			if len(meant) > 0 && best == readsNothing && (why == oneText || p.isDecisive(&f)) {
				found := p.report(Broken, p.stranger.without, neverMatchesFix, "The configuration allows %q, which matches no page: %s.", item, why)
				found.Position = f.Position
			}
		}
	}
	return nil
}

func originMissing() Rule {
	return Rule{
		ID: "origin-missing", Also: []string{"env-unset", "env-empty"}, Severity: Broken,
		Title: "The list of allowed origins is empty.",
		Why: "A list that is empty allows no page. Often it comes from an environment variable that is empty or not set where the server runs. " +
			"Let the program stop at its start when the variable is missing.",
		Before: Example{"js", "app.use(cors({ origin: (process.env.ALLOWED_ORIGINS || '').split(',') }));"},
		After:  Example{"js", "const origins = process.env.ALLOWED_ORIGINS;\nif (!origins) throw new Error('ALLOWED_ORIGINS is not set');\napp.use(cors({ origin: origins.split(',') }));"},
		run: func(p *prober) error {
			if p.Model == nil {
				return nil
			}
			for _, f := range p.Model.Policy {
				if f.Subject == server.SubjectOrigins && f.Value == "" && p.isDecisive(&f) {
					p.report(Broken, p.stranger.without, "Give the list its origins.", "The list of allowed origins is empty, so no page can read a response.").Position = f.Position
				}
			}
			return nil
		},
	}
}

func policyReopened() Rule {
	return Rule{
		ID: "policy-reopened", Severity: Danger,
		Title: "A second policy opens what the first one closes.",
		Why: "The configuration has a list of origins, and another policy for the same paths that allows every origin. What the list does not allow, the other one does. " +
			"Keep the list.",
		Before: Example{"python", "CORS_ALLOW_ALL_ORIGINS = True\nCORS_ALLOWED_ORIGINS = ['https://myapp.com']\nCORS_ALLOW_CREDENTIALS = True"},
		After:  Example{"python", "CORS_ALLOWED_ORIGINS = ['https://myapp.com']\nCORS_ALLOW_CREDENTIALS = True"},
		run: func(p *prober) error {
			if p.Model == nil {
				return nil
			}
			i := slices.IndexFunc(p.findings, func(f Finding) bool {
				return slices.Contains([]string{"origin-reflected-credentials", "origin-reflected", "wildcard-origin"}, f.Rule)
			})
			if i < 0 || !p.hasListBesideOpenPolicy() {
				return nil
			}
			f := p.findings[i]
			s := Fragile
			if f.Rule == "origin-reflected-credentials" {
				s = f.Severity
			}
			f.Rule, f.Severity, f.Fix = p.rule.ID, s, "Remove the policy that allows every origin."
			f.Text = "The configuration lists origins (" + list(originsOf(p.Model)) + "), and another policy for the same paths allows every origin."
			p.findings = append(p.findings, f)
			return nil
		},
	}
}

// hasListBesideOpenPolicy reports whether the model has two policies for the same
// paths, of which one lists origins only and another one does not.
func (p *prober) hasListBesideOpenPolicy() bool {
	for _, f := range p.Model.Policy {
		if f.Subject != server.SubjectOrigins || slices.ContainsFunc(items(p.Model, &f), func(s string) bool { return !isCanonical(s) }) {
			continue
		}
		for _, other := range p.Model.Policy {
			if other.Subject == server.SubjectOrigins && other.Where == f.Where && other.Position != f.Position && isOpen(other.Value) {
				return true
			}
		}
	}
	return false
}

// isOpen reports whether the value of a fact about origins allows every origin.
func isOpen(value string) bool {
	return value == "*" || value == "True" || strings.HasPrefix(value, "every o")
}

func methodPromised() Rule {
	return Rule{
		ID: "method-promised-not-routed", Severity: Advice,
		Title:  "Preflights allow a method that the resource does not have, nor another one of the configuration.",
		Why:    "The preflight passes, and the request after it gets status 405. The page can read the error, so this harms nobody, but the list of methods says more than is so.",
		Before: Example{"python", "CORS(app, methods=['GET', 'PUT'])\n\n@app.route('/users')\ndef users(): ..."},
		After:  Example{"python", "CORS(app, methods=['GET', 'PUT'])\n\n@app.route('/users', methods=['GET', 'PUT'])\ndef users(): ..."},
		run: func(p *prober) error {
			if !p.wire.mayChange || p.trusted == nil || p.trusted.level() == readsNothing || p.trusted.without.status() >= 400 {
				return nil
			}
			for _, c := range p.methodCalls() {
				// One list for all routes is usual: a method that another route has is not promised in vain.
				if p.anyRouteHas(c.method) {
					continue
				}
				e, err := p.askCall(p.trusted.from, c, fetch.CredentialsOmit)
				if err != nil {
					return err
				}
				if e.status() == 405 && e.evidence().Request.Method == c.method && !e.header().Contains(assumedHeader) {
					p.report(Advice, e, "Give the route the method, or leave it out of the list.", "The preflight of %s passes, and the resource answers %s with status 405.", c.method, c.method)
					return nil
				}
			}
			return nil
		},
	}
}

// NotStarting is the ID of the rule about configurations with which the real server
// does not start.
const NotStarting = "server-does-not-start"

func serverDoesNotStart() Rule {
	return Rule{
		ID: NotStarting, Also: []string{"proxy-config-rejected"}, Severity: Broken, Proof: ProofStatic,
		Title: "The server does not start with this configuration.",
		Why: "The server refuses the configuration, or the program stops while it starts, for example because an environment variable is not set. " +
			"Nothing else about it can be said.",
		Before: Example{"js", "const origins = process.env.ALLOWED_ORIGINS.split(',');  // not set: TypeError"},
		After:  Example{"js", "const origins = (process.env.ALLOWED_ORIGINS ?? 'https://myapp.com').split(',');"},
		run:    func(*prober) error { return nil },
	}
}
