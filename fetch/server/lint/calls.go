package lint

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

func methodNotAllowed() Rule {
	return Rule{
		ID: "method-not-allowed-by-policy", Severity: Broken,
		Title: "A method that pages need is not in Access-Control-Allow-Methods.",
		Why: "GET, HEAD and POST need no entry. Every other method does, in upper case: browsers compare byte for byte, and write PATCH as script wrote it. " +
			"Some middleware refuses a method by leaving all headers out.",
		Before: Example{"js", "app.use(cors({ origin, methods: ['GET', 'POST'] }));\napp.put('/users/:id', save);"},
		After:  Example{"js", "app.use(cors({ origin, methods: ['GET', 'POST', 'PUT'] }));\napp.put('/users/:id', save);"},
		run: func(p *prober) error {
			return p.eachPart(func(c call) bool { return c.header == nil }, func(p *prober, t trial, note string) {
				p.reportTrial(Broken, t, "Add "+t.call.method+" to the allowed methods.", "%s is not allowed: %s.%s", t.call.method, explain.Brief(t.failure), note)
			})
		},
	}
}

func requestHeaderMissing() Rule {
	return Rule{
		ID: "request-header-missing", Severity: Broken,
		Title: "A header that pages send is not in Access-Control-Allow-Headers.",
		Why: "Content-Type needs an entry when it is application/json, and Authorization always. An asterisk covers neither Authorization nor requests with credentials. " +
			"Some middleware refuses a header by leaving all headers out.",
		Before: Example{"python", "CORSMiddleware(app, allow_origins=['https://myapp.com'], allow_methods=['*'])"},
		After:  Example{"python", "CORSMiddleware(app, allow_origins=['https://myapp.com'], allow_methods=['*'], allow_headers=['Authorization', 'Content-Type'])"},
		run: func(p *prober) error {
			return p.eachPart(func(c call) bool { return c.header != nil }, func(p *prober, t trial, note string) {
				name := t.call.header[0].Name
				p.reportTrial(Broken, t, "Add "+name+" to the allowed headers.", "The header %s is not allowed: %s.%s", name, explain.Brief(t.failure), note)
			})
		},
	}
}

// eachPart tries the method and each header of the named call alone, and the usual
// calls that the configuration has routes for. It reports those of a kind that are
// refused in all browsers while another preflight passes, or whose refusal names
// what is missing.
func (p *prober) eachPart(of func(call) bool, report func(*prober, trial, string)) error {
	for _, c := range p.parts() {
		if !of(c) {
			continue
		}
		t, err := p.tryCall(c, p.mode())
		if err != nil {
			return err
		}
		if t.failure != nil && len(t.attempt.passedIn()) == 0 && p.isAboutCall(t) && !p.isReported(t.call) {
			report(p, t, "")
		}
	}
	if _, ok := p.named(); ok {
		return nil
	}
	t, ok, err := p.allRefused()
	if err != nil || !ok || !p.isAboutCall(t) || !of(t.call) || p.trusted.level() == readsNothing {
		return err
	}
	// Whoever lists GET and POST only may need no more.
	s, note := p.refusal()
	p.reportTrial(min(s, Fragile), t, "List the methods and headers that pages need.", "No preflight succeeds, neither for another method nor for application/json nor for Authorization: %s.%s",
		explain.Brief(t.failure), note)
	return nil
}

// isReported reports whether the running rule has a finding about a call.
func (p *prober) isReported(c call) bool {
	return slices.ContainsFunc(p.findings, func(f Finding) bool {
		return f.Rule == p.rule.ID && (strings.HasPrefix(f.Text, c.method+" is") || len(c.header) > 0 && strings.Contains(f.Text, " "+c.header[0].Name+" is"))
	})
}

// parts returns the parts of the named call, each for one reason, and the usual
// calls for which the configuration has a route.
func (p *prober) parts() []call {
	var out []call
	if c, ok := p.named(); ok {
		if !fetch.IsCORSSafelistedMethod(c.method) {
			out = append(out, call{method: c.method})
		}
		for _, h := range c.header {
			if !fetch.IsCORSSafelistedRequestHeader(h.Name, h.Value) {
				out = append(out, call{"GET", fetch.HeaderList{h}})
			}
		}
	}
	if p.trusted == nil || p.trusted.level() == readsNothing {
		return out
	}
	for _, c := range p.usualCalls() {
		if c.header == nil && p.hasRoute(c.method) {
			out = append(out, c)
		}
	}
	for _, method := range []string{"POST", "PUT", "PATCH"} {
		if p.hasRoute(method) && !p.isRefused(call{method: method}) {
			return append(out, call{method, jsonCall.header})
		}
	}
	return out
}

// isRefused reports whether the preflight of a call of the trusted page fails.
func (p *prober) isRefused(c call) bool {
	if fetch.IsCORSSafelistedMethod(c.method) && len(c.header) == 0 {
		return false
	}
	t, err := p.tryCall(c, p.mode())
	return err != nil || t.failure != nil
}

// isAboutCall reports whether a refusal is about the call's method or headers, and
// not about every preflight: it names them, or other preflights pass.
func (p *prober) isAboutCall(t trial) bool {
	if t.failure.Reason == fetch.ReasonMethodNotAllowed || t.failure.Reason == fetch.ReasonHeaderNotAllowed {
		return true
	}
	_, all, err := p.allRefused()
	return err == nil && !all
}

func starListWithCredentials() Rule {
	return Rule{
		ID: "star-list-with-credentials", Severity: Broken,
		Title: "An asterisk in a list of methods or headers has no meaning for requests with credentials.",
		Why: "For a request with credentials browsers take * in Access-Control-Allow-Methods, -Headers and -Expose-Headers for a method or a header with the name *. " +
			"List the names.",
		Before: Example{"text", "Access-Control-Allow-Credentials: true\nAccess-Control-Allow-Methods: *"},
		After:  Example{"text", "Access-Control-Allow-Credentials: true\nAccess-Control-Allow-Methods: GET, POST, PUT, DELETE"},
		run:    runStarList,
	}
}

// runStarList compares preflights with and without credentials.
func runStarList(p *prober) error {
	if !p.allowsCredentials() {
		return nil
	}
	for _, c := range p.usualCalls() {
		t, err := p.tryCall(c, fetch.CredentialsInclude)
		if err != nil {
			return err
		}
		answer := t.attempt.preflight()
		if t.failure == nil || answer == nil || len(t.attempt.passedIn()) > 0 {
			continue
		}
		name := fetch.HeaderAllowMethods
		if t.failure.Reason == fetch.ReasonHeaderNotAllowed {
			name = fetch.HeaderAllowHeaders
		}
		about := t.failure.Reason == fetch.ReasonMethodNotAllowed || t.failure.Reason == fetch.ReasonHeaderNotAllowed
		if about && lists(answer.Header, name, "*") {
			p.reportTrial(Broken, t, "List the names instead of the asterisk.",
				"%s is * and the request has credentials, where an asterisk has no meaning: %s is blocked.", name, t.call)
			return nil
		}
	}
	if e := p.trusted.with; lists(e.header(), fetch.HeaderExposeHeaders, "*") {
		p.report(Broken, e, "List the names instead of the asterisk.",
			"Access-Control-Expose-Headers is * and the request has credentials, where an asterisk has no meaning: script sees no further header.")
	}
	return nil
}

// lists reports whether a header's list has a value.
func lists(l fetch.HeaderList, name, value string) bool {
	values, _ := l.GetDecodeSplit(name)
	return slices.Contains(values, value)
}

func headerStarAuthorization() Rule {
	return Rule{
		ID: "header-star-authorization", Severity: Broken,
		Title: "An asterisk in Access-Control-Allow-Headers does not cover Authorization.",
		Why: "The standard wants Authorization named, also beside an asterisk. Browsers that do not follow it yet let the asterisk cover it and warn on their consoles. " +
			"Name it.",
		Before: Example{"text", "Access-Control-Allow-Headers: *"},
		After:  Example{"text", "Access-Control-Allow-Headers: *, Authorization"},
		run:    runStarAuthorization,
	}
}

// runStarAuthorization asks the browsers, and then the standard.
func runStarAuthorization(p *prober) error {
	if p.trusted == nil {
		return nil
	}
	t, err := p.tryCall(authorizationCall, fetch.CredentialsOmit)
	if err != nil {
		return err
	}
	answer := t.attempt.preflight()
	if t.isUnheard || answer == nil || !fetch.IsOKStatus(answer.Status) || !lists(answer.Header, fetch.HeaderAllowHeaders, "*") ||
		slices.ContainsFunc(listed(answer.Header, fetch.HeaderAllowHeaders), func(s string) bool { return fetch.EqualFold(s, "Authorization") }) {
		return err
	}
	const fix = "Name Authorization in the list, beside the asterisk."
	switch {
	case t.failure == nil:
		p.reportTrial(Fragile, t, fix, "Access-Control-Allow-Headers is *, which does not cover Authorization in the standard; these browsers still let it pass.")
	case t.failure.Reason == fetch.ReasonHeaderNotAllowed:
		p.reportTrial(Broken, t, fix, "Access-Control-Allow-Headers is *, which does not cover Authorization: GET with Authorization is blocked in %s.",
			strings.Join(t.attempt.blockedIn(), ", "))
	}
	return nil
}

// blockedIn returns the names of the browsers that block the request.
func (e *attempt) blockedIn() []string {
	return namesOf(e.results, func(r *browser.Result) bool { return r.Failure != nil })
}

func policyOverlap() Rule {
	return Rule{
		ID: "policy-overlap", Severity: Broken,
		Title: "Preflights are answered by another policy than the requests after them.",
		Why: "Responses allow credentials, and the response to the preflight does not. Often the configuration holds several policies: the first answers all preflights, " +
			"and the last decides the headers of other responses. Keep one.",
		Before: Example{"js", "app.use(cors());\napp.use(cors({ origin: 'https://myapp.com', credentials: true }));"},
		After:  Example{"js", "app.use(cors({ origin: 'https://myapp.com', credentials: true }));"},
		run:    runOverlap,
	}
}

// runOverlap compares preflights with and without credentials.
func runOverlap(p *prober) error {
	if !p.allowsCredentials() || p.hasFound("star-list-with-credentials") {
		return nil
	}
	for _, c := range p.usualCalls() {
		without, err := p.tryCall(c, fetch.CredentialsOmit)
		if err != nil {
			return err
		}
		with, err := p.tryCall(c, fetch.CredentialsInclude)
		if err != nil {
			return err
		}
		if without.failure == nil && !without.isUnheard && with.failure != nil {
			p.reportTrial(Broken, with, "Keep one policy, with credentials.",
				"%s with credentials is blocked by its preflight, although GET with credentials is allowed: %s.", with.call, explain.Brief(with.failure))
			return nil
		}
	}
	return nil
}

func preflightOnly() Rule {
	return Rule{
		ID: "preflight-only", Severity: Broken,
		Title: "Preflights pass, and the responses after them lack the CORS headers.",
		Why: "Something answers all preflights, and other responses never get there: the CORS middleware is behind the routes, or covers other paths. " +
			"Put it in front of everything that answers.",
		Before: Example{"js", "app.get('/users', list);\napp.use(cors(options));"},
		After:  Example{"js", "app.use(cors(options));\napp.get('/users', list);"},
		run: func(p *prober) error {
			if p.trusted == nil || p.trusted.level() != readsNothing {
				return nil
			}
			t, err := p.tryCall(authorizationCall, fetch.CredentialsOmit)
			if err != nil || t.isUnheard || t.attempt.preflight() == nil || t.failure != nil || t.attempt.failure() == nil ||
				t.attempt.status() >= 400 || t.attempt.header().Contains(fetch.HeaderAllowOrigin) {
				return err
			}
			p.report(Broken, t.attempt, "Put the CORS middleware in front of everything that answers, for the same paths.",
				"The preflight of %s passes, and the page cannot read the response (%d): %s.", t.call, t.attempt.status(), explain.Brief(t.attempt.failure())).Position =
				p.decidedAt(&t.attempt.results[0].Trace.Exchanges[0].Request)
			return nil
		},
	}
}

func openPreflight() Rule {
	return Rule{
		ID: "open-preflight", Severity: Fragile,
		Title: "Every site can make the browser send preflighted requests with the user's cookies.",
		Why: "The response to preflights allows every origin, with credentials, and other responses do not. The page cannot read the response, but the server has acted on the " +
			"request. Check the origin of preflights, too.",
		Before: Example{"js", "app.options('/{*path}', cors({ origin: true, credentials: true }));\napp.use(cors({ origin: 'https://myapp.com', credentials: true }));"},
		After:  Example{"js", "app.use(cors({ origin: 'https://myapp.com', credentials: true }));"},
		run:    runOpenPreflight,
	}
}

// runOpenPreflight makes calls with credentials from the stranger.
func runOpenPreflight(p *prober) error {
	if p.floor >= readsAllowed {
		return nil // this is worse, and already reported
	}
	calls := p.usualCalls()
	if c, ok := p.named(); ok {
		calls = append([]call{c}, calls...)
	}
	for _, c := range calls {
		e, err := p.askCall(p.stranger.from, c, fetch.CredentialsInclude)
		if err != nil {
			return err
		}
		for _, r := range e.results {
			preflight, sent := preflightThatPassed(r)
			if !sent {
				continue
			}
			f := p.report(Fragile, e, "Check the origin of preflights, too.",
				"Every site can make the browser send %s with the user's cookies, because preflights allow every origin, with credentials. "+
					"The page cannot read the response, but the server has acted on the request.", c)
			f.Evidence = &preflight
			return nil
		}
	}
	return nil
}

// preflightThatPassed returns the preflight after which the browser sent a request
// with cookies.
func preflightThatPassed(r *browser.Result) (preflight browser.Exchange, sent bool) {
	for i, x := range r.Trace.Exchanges {
		if i > 0 && x.Kind == browser.ExchangeActual && x.Request.Header.Contains("Cookie") {
			return r.Trace.Exchanges[i-1], r.Trace.Exchanges[i-1].Kind == browser.ExchangePreflight
		}
	}
	return browser.Exchange{}, false
}
