package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// actual returns the attempt whose headers the rules look at: that of the trusted
// page, or that of the stranger when no origin is known.
func (p *prober) actual() *attempt {
	if p.trusted != nil {
		return p.trusted.with
	}
	return p.stranger.with
}

func allowOriginDuplicate() Rule {
	return Rule{
		ID: "allow-origin-duplicate", Severity: Broken,
		Title: "More than one line of Access-Control-Allow-Origin, which no browser accepts.",
		Why: "Often a proxy adds a second header to that of the application, and both look right alone. Browsers refuse two values, even if they are equal. " +
			"Only one of the two may send it.",
		Before: Example{"nginx", "location / {\n    add_header Access-Control-Allow-Origin https://myapp.com always;\n    proxy_pass http://app;  # sends it, too\n}"},
		After:  Example{"nginx", "location / {\n    proxy_hide_header Access-Control-Allow-Origin;\n    add_header Access-Control-Allow-Origin https://myapp.com always;\n    proxy_pass http://app;\n}"},
		run: func(p *prober) error {
			for _, e := range []*attempt{p.actual(), p.stranger.without} {
				if lines := e.header().Values(fetch.HeaderAllowOrigin); len(lines) > 1 {
					p.report(Broken, e, "Only one of the places that set the header should send it: hide or remove that of the application, or do not add one in the proxy.",
						"The response has %d lines of Access-Control-Allow-Origin (%s), which no browser accepts, even if they are equal. %s",
						len(lines), strings.Join(lines, " and "), p.placesOf(e, len(lines)))
					return nil
				}
			}
			return nil
		},
	}
}

// placesOf says where the lines of Access-Control-Allow-Origin come from.
func (p *prober) placesOf(e *attempt, lines int) string {
	const unknown = "Often a proxy adds one to that of the application."
	if p.Model == nil {
		return unknown
	}
	x := e.evidence()
	a, err := p.Model.Answer(p.ctx, server.RequestFromWire(&x.Request))
	if err != nil {
		return unknown
	}
	var places []string
	for _, d := range a.Decided {
		if at := d.Position.String(); fetch.EqualFold(d.Header, fetch.HeaderAllowOrigin) && at != "" {
			places = append(places, at)
		}
	}
	switch {
	case len(places) == lines:
		return "They come from " + strings.Join(places, " and ") + "."
	case len(places) == 1 && lines == 2:
		return "One comes from " + places[0] + ", the other from the application behind it."
	}
	return unknown
}

func originNeverMatches() Rule {
	return Rule{
		ID: "origin-never-matches", Also: []string{"env-star"}, Severity: Broken,
		Title: "An allowed origin is written in a form that no browser sends.",
		Why: "Servers and browsers compare origins byte for byte. An origin has a scheme, a host and a port in lower case, and no default port, path, final slash, space or " +
			"asterisk. A list of several origins in one header matches no page either.",
		Before: Example{"js", "app.use(cors({ origin: 'https://myapp.com/' }));"},
		After:  Example{"js", "app.use(cors({ origin: 'https://myapp.com' }));"},
		run:    runNeverMatches,
	}
}

const neverMatchesFix = "Write each origin as browsers do: scheme, host and port in lower case, without default port, path, final slash or asterisk."

// runNeverMatches looks at the header's value and at the origins of the model's
// facts.
func runNeverMatches(p *prober) error {
	e := p.actual()
	lines := e.header().Values(fetch.HeaderAllowOrigin)
	if len(lines) == 1 && lines[0] != "*" && lines[0] != "null" && !isCanonical(lines[0]) && len(e.sharedIn()) == 0 {
		hint := ""
		if strings.ContainsAny(lines[0], ", ") {
			hint = " A response names one origin."
		}
		p.report(Broken, e, neverMatchesFix, "Access-Control-Allow-Origin is %q. Browsers never write an origin like this, so no page matches.%s", lines[0], hint)
		return nil
	}
	if p.Model == nil || slices.Contains(webServers, p.Model.Kind) {
		return nil // what a web server sends is in the header
	}
	for _, written := range originsOf(p.Model) {
		u, err := origin.ParseURL(written)
		if err != nil || !u.IsHTTP() || isCanonical(written) {
			continue
		}
		meant := u.Origin().String()
		if slices.Contains(originsOf(p.Model), meant) {
			continue
		}
		v, err := p.visit(meant)
		if err != nil {
			return err
		}
		if v.level() == readsNothing {
			p.reportNonCanonical(v, written, meant)
		}
	}
	return p.reportNeverMatching()
}

// reportNonCanonical reports an allowed origin that browsers write in another way. The
// origins of one list are one finding.
func (p *prober) reportNonCanonical(v *visit, written, meant string) {
	at := positionOf(p.Model, written)
	i := slices.IndexFunc(p.findings, func(f Finding) bool { return f.Rule == p.rule.ID && f.Position == at })
	if i >= 0 {
		p.findings[i].Text += fmt.Sprintf(" The same is true of %q, which is %q.", written, meant)
		return
	}
	p.report(Broken, v.with, neverMatchesFix, "The configuration allows %q, and browsers write this origin as %q: the page is blocked.", written, meant).Position = at
}

func wildcardCredentials() Rule {
	return Rule{
		ID: "wildcard-credentials", Severity: Broken,
		Title: "The response has an asterisk together with Access-Control-Allow-Credentials, which browsers do not accept.",
		Why: "Browsers refuse an asterisk for requests with credentials, so Access-Control-Allow-Credentials has no effect. This is no security hole, but no page " +
			"gets what the header promises. For pages that need cookies, name their origin.",
		Before: Example{"nginx", "add_header Access-Control-Allow-Origin * always;\nadd_header Access-Control-Allow-Credentials true always;"},
		After:  Example{"nginx", "add_header Access-Control-Allow-Origin https://myapp.com always;\nadd_header Access-Control-Allow-Credentials true always;"},
		run: func(p *prober) error {
			e := p.actual()
			value, _ := e.header().Get(fetch.HeaderAllowOrigin)
			credentials, _ := e.header().Get(fetch.HeaderAllowCredentials)
			if text := p.refusedAsterisk(); text != "" {
				p.report(Broken, e, "Name the origins of the pages that need cookies; without cookies, do not allow credentials.",
					"The software refuses an asterisk together with credentials, and answers the requests of every page with status %d: %s", e.status(), text)
			} else if value == "*" && credentials == "true" && len(e.sharedIn()) == 0 {
				p.report(Broken, e, "For pages that need cookies, name their origin; for all others, remove Access-Control-Allow-Credentials.",
					"The asterisk does not work with Access-Control-Allow-Credentials: browsers refuse it for requests with credentials, so no page reads with cookies.")
			}
			return nil
		},
	}
}

// refusedAsterisk returns what the software says when it answers every request with an
// error because of an asterisk with credentials; "" when it does not.
func (p *prober) refusedAsterisk() string {
	x := p.actual().evidence()
	if p.Model == nil || x.Response == nil || x.Response.Status < 500 {
		return ""
	}
	a, err := p.Model.Answer(p.ctx, server.RequestFromWire(&x.Request))
	if err != nil {
		return ""
	}
	for _, d := range a.Decided {
		if _, text, ok := strings.Cut(d.Text, "IllegalArgumentException: "); ok && strings.Contains(text, "allowCredentials is true") {
			return text
		}
	}
	return ""
}

func originBlocked() Rule {
	return Rule{
		ID: "origin-blocked", Severity: Broken,
		Title:  "The page that should be allowed cannot read the response.",
		Why:    "The response does not name the origin of the page, or has no CORS headers at all. The finding says which value is missing.",
		Before: Example{"js", "app.use(cors({ origin: 'https://www.myapp.com' }));  // the page is at https://myapp.com"},
		After:  Example{"js", "app.use(cors({ origin: ['https://myapp.com', 'https://www.myapp.com'] }));"},
		run:    runBlocked,
	}
}

// runBlocked reports why the trusted page is blocked.
func runBlocked(p *prober) error {
	if p.trusted == nil || p.hasFound("allow-origin-duplicate", "origin-never-matches", "preflight-only") {
		return nil
	}
	e := p.trusted.without
	if p.Credentials == fetch.CredentialsInclude && e.failure() == nil && !p.hasFound("wildcard-credentials") {
		e = p.trusted.with
	}
	f := e.failure()
	switch {
	case f == nil || f.Preflight || p.isUnheard(e) || p.isWritten(p.trusted.from):
	case p.isGuessed && (e.status() >= 400 || e.header().Contains(fetch.HeaderAllowOrigin) || !p.isMeantEverywhere()):
		// Nobody said that this origin needs this URL.
	case f.Reason == fetch.ReasonMixedContent:
		p.report(Broken, e, "Use the https URL.", "The page at %s has https and the URL has http: browsers block this before they send anything.", e.from)
	case e.status() >= 400:
		p.report(Broken, e, "Send the CORS headers with error responses, too.",
			"The page that should be allowed cannot read this error response, and so cannot distinguish it from a server that is down (%s).", explain.Brief(f))
	default:
		p.report(Broken, e, "", "The page that should be allowed cannot read the response: %s.", explain.Brief(f))
	}
	return nil
}

// isMeantEverywhere reports whether a block of nginx around all locations allows the
// trusted origin.
func (p *prober) isMeantEverywhere() bool {
	return p.Model != nil && p.Model.Kind == "nginx" && slices.ContainsFunc(p.Model.Policy, func(f server.Fact) bool {
		return f.Subject == server.SubjectOrigins && !strings.Contains(f.Where, "/") && strings.Contains(f.Value, p.trusted.from)
	})
}
