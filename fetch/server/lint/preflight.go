package lint

import (
	"context"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// call is a request of a page that needs a preflight.
type call struct {
	method string
	header fetch.HeaderList
}

// String names the call by its method and its headers.
func (c call) String() string {
	names := make([]string, len(c.header))
	for i, h := range c.header {
		names[i] = h.Name
	}
	if len(names) == 0 {
		return c.method
	}
	return c.method + " with " + strings.Join(names, ", ")
}

var (
	jsonCall          = call{"POST", fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}}}
	authorizationCall = call{"GET", fetch.HeaderList{{Name: "Authorization", Value: "Bearer corsim-audit"}}}
)

// usualCalls returns the most common requests that need a preflight, each for one
// reason.
func (p *prober) usualCalls() []call {
	return append(p.methodCalls(), jsonCall, authorizationCall)
}

// methodCalls returns the usual calls that need a preflight for their method. S3 has no
// PATCH.
func (p *prober) methodCalls() []call {
	out := []call{{method: "PUT"}, {method: "PATCH"}, {method: "DELETE"}}
	if p.Model != nil && p.Model.Kind == "s3" {
		out = slices.Delete(out, 1, 2)
	}
	return out
}

// trial is a preflighted call of the trusted page with its outcome.
type trial struct {
	call    call
	attempt *attempt
	failure *fetch.Failure   // nil when the preflight passes in all browsers
	last    browser.Exchange // the one that failed
	// isUnheard reports whether the server gave no usable answer; then nothing is
	// known.
	isUnheard bool
}

// named returns the call that the user named; ok is false when there is none, or it
// needs no preflight.
func (p *prober) named() (c call, ok bool) {
	c = call{p.Method, p.Header}
	if !p.callIsNamed() || p.trusted == nil {
		return c, false
	}
	e, err := p.askCall(p.trusted.from, c, p.mode())
	return c, err == nil && e.preflight() != nil || err == nil && e.failure() != nil && e.failure().Preflight
}

// mode returns the credentials mode of the named call.
func (p *prober) mode() fetch.CredentialsMode {
	if p.Credentials == fetch.CredentialsInclude {
		return fetch.CredentialsInclude
	}
	return fetch.CredentialsOmit
}

// askCall makes a call from a page.
func (p *prober) askCall(from string, c call, mode fetch.CredentialsMode) (*attempt, error) {
	return p.ask(from, browser.FetchInit{URL: p.url.String(), Method: c.method, Header: c.header, Credentials: mode})
}

// try makes a call from the trusted page and looks at its preflight.
func (p *prober) tryCall(c call, mode fetch.CredentialsMode) (trial, error) {
	e, err := p.askCall(p.trusted.from, c, mode)
	if err != nil {
		return trial{}, err
	}
	out := trial{call: c, attempt: e}
	if p.isUnheard(e) {
		out.isUnheard = true
		return out, nil
	}
	out.failure, out.last = e.refused()
	return out, nil
}

// trials makes the named call and the usual calls from the trusted page.
func (p *prober) trials(mode fetch.CredentialsMode) ([]trial, error) {
	if p.trusted == nil || p.isGuessed && p.trusted.level() == readsNothing && !p.isMeantEverywhere() && !p.isLockedForAll() && !p.isWritten(p.trusted.from) {
		return nil, nil
	}
	calls := p.usualCalls()
	if c, ok := p.named(); ok {
		calls = append([]call{c}, calls...)
	}
	var out []trial
	for _, c := range calls {
		t, err := p.tryCall(c, mode)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// allRefused returns a trial when no preflight passes; ok is false when one does.
func (p *prober) allRefused() (t trial, ok bool, err error) {
	all, err := p.trials(fetch.CredentialsOmit)
	for _, t := range all {
		if t.failure == nil || len(t.attempt.passedIn()) > 0 {
			return t, false, err
		}
	}
	if len(all) == 0 || all[0].last.Response == nil {
		return t, false, err
	}
	return all[0], true, err
}

// expectsPreflights reports whether the server means to answer preflights: the user
// named a call that needs one, a response lists methods or headers, or the
// configuration does.
func (p *prober) expectsPreflights() bool {
	if _, ok := p.named(); ok {
		return true
	}
	for _, e := range p.attempts {
		for _, x := range e.exchanges() {
			if x.Response != nil && (x.Response.Header.Contains(fetch.HeaderAllowMethods) || x.Response.Header.Contains(fetch.HeaderAllowHeaders)) {
				return true
			}
		}
	}
	return hasFact(p.Model, server.SubjectMethods) || hasFact(p.Model, server.SubjectHeaders) || hasFact(p.Model, server.SubjectMaxAge) || p.hasRoute("PUT", "PATCH", "DELETE")
}

// developmentServers are the kinds of servers whose pages come from themselves.
var developmentServers = []string{"vite", "webpack-dev-server", "create-react-app"}

// refusal returns Broken where preflights are expected, and Fragile otherwise: pages
// that make only simple requests are not affected. Nothing is broken where no page of
// another origin is meant, or the resource does not exist.
func (p *prober) refusal() (Severity, string) {
	if p.Model != nil && slices.Contains(developmentServers, p.Model.Kind) {
		return Advice, " The pages of a development server come from the server itself and need no preflight."
	}
	if p.Model != nil && len(p.Model.Routes) > 0 && p.actual().status() == 404 && !p.isNotRead() {
		return Advice, " The resource itself does not exist (status 404)."
	}
	if p.expectsPreflights() {
		return Broken, ""
	}
	return Fragile, " Pages that make only simple requests are not affected."
}

// reportTrial reports a trial with the exchange that failed.
func (p *prober) reportTrial(s Severity, t trial, fix, format string, args ...any) {
	if t.last.Response != nil && t.last.Response.Header.Contains(assumedHeader) {
		s, format = min(s, Fragile), format+" What is behind the proxy is not known: it is assumed to answer OPTIONS with status 405."
	}
	f := p.report(s, t.attempt, fix, format, args...)
	if t.last.Response != nil {
		last := t.last
		f.Evidence = &last
	}
}

// refusedWith returns a rule's run that reports when no preflight passes and the
// response is of a kind.
func refusedWith(is func(*fetch.WireResponse) bool, report func(*prober, trial)) func(*prober) error {
	return func(p *prober) error {
		t, ok, err := p.allRefused()
		if err != nil || !ok {
			return err
		}
		if err := context.Cause(p.ctx); err != nil {
			return err
		}
		if is(t.last.Response) {
			report(p, t)
		}
		return nil
	}
}

func preflightRedirected() Rule {
	return Rule{
		ID: "preflight-redirected", Severity: Broken,
		Title: "Preflights are redirected, and browsers do not follow such redirects.",
		Why: "A redirect to https, to a URL with or without a slash at its end, or to a login page comes before CORS. Browsers follow no redirect of a preflight, " +
			"so they send no request that needs one. Use the final URL in the page, or answer OPTIONS before the redirect.",
		Before: Example{"js", "fetch('https://api.example.com/users', { method: 'PUT' });  // redirects to /users/"},
		After:  Example{"js", "fetch('https://api.example.com/users/', { method: 'PUT' });"},
		run: refusedWith(func(r *fetch.WireResponse) bool { return fetch.IsRedirectStatus(r.Status) }, func(p *prober, t trial) {
			location, _ := t.last.Response.Header.Get(fetch.HeaderLocation)
			s, note := p.refusal()
			p.reportTrial(max(s, Broken), t, "Use the final URL in pages, or answer OPTIONS before the redirect.",
				"Preflights are redirected to %q with status %d, and browsers do not follow the redirect: they send no request that needs a preflight.%s",
				location, t.last.Response.Status, note)
		}),
	}
}

func preflightNeedsLogin() Rule {
	return Rule{
		ID: "preflight-needs-login", Severity: Broken,
		Title: "The server requires authentication for preflights, which carry none.",
		Why: "Browsers send neither cookies nor Authorization with a preflight. When authentication comes before CORS, every preflight is refused. " +
			"Answer OPTIONS first.",
		Before: Example{"js", "app.use(requireLogin);\napp.use(cors(options));"},
		After:  Example{"js", "app.use(cors(options));\napp.use(requireLogin);"},
		run: refusedWith(needsLogin, func(p *prober, t trial) {
			p.reportTrial(Broken, t, "Answer OPTIONS before authentication.",
				"The server requires authentication for preflights (%d), but browsers never send credentials with them: they send no request that needs a preflight.",
				t.last.Response.Status)
		}),
	}
}

func needsLogin(r *fetch.WireResponse) bool {
	return r.Status == 401 || r.Status == 407 || r.Status == 403 && r.Header.Contains("WWW-Authenticate")
}

func preflightUnhandled() Rule {
	return Rule{
		ID: "preflight-unhandled", Severity: Broken,
		Title: "Nothing answers preflights with CORS headers.",
		Why: "The response to OPTIONS comes from the framework or from the file server: 404, 405, or a list of methods in Allow. Browsers need the CORS headers there, " +
			"with a status from 200 to 299. Let the CORS middleware see OPTIONS, for all paths.",
		Before: Example{"js", "app.get('/users', cors(), list);\napp.put('/users', cors(), save);"},
		After:  Example{"js", "app.options('/users', cors());\napp.get('/users', cors(), list);\napp.put('/users', cors(), save);"},
		run: refusedWith(isUnhandled, func(p *prober, t trial) {
			s, note := p.refusal()
			p.reportTrial(s, t, "Answer OPTIONS with a status from 200 to 299 and the CORS headers.",
				"No preflight succeeds: OPTIONS gets status %d, and no CORS middleware answers it.%s", t.last.Response.Status, note)
		}),
	}
}

func isUnhandled(r *fetch.WireResponse) bool {
	return r.Status == 404 || r.Status == 405 || r.Status == 501 ||
		fetch.IsOKStatus(r.Status) && r.Header.Contains("Allow") && !r.Header.Contains(fetch.HeaderAllowOrigin)
}

func preflightBadStatus() Rule {
	return Rule{
		ID: "preflight-bad-status", Severity: Broken,
		Title: "Preflights get a status that browsers do not accept.",
		Why: "Browsers accept a preflight with a status from 200 to 299 only, whatever its headers are. The error often comes from what is before the CORS headers: " +
			"a firewall, a rate limit, or a handler that reads a body.",
		Before: Example{"js", "app.options('/{*path}', (req, res) => res.sendStatus(400));"},
		After:  Example{"js", "app.options('/{*path}', cors(options));"},
		run: refusedWith(func(r *fetch.WireResponse) bool {
			return !fetch.IsOKStatus(r.Status) && !fetch.IsRedirectStatus(r.Status) && !isUnhandled(r) && !needsLogin(r)
		}, func(p *prober, t trial) {
			s, note := p.refusal()
			if _, ok := p.named(); !ok && t.last.Response.Header.Contains(fetch.HeaderAllowMethods) {
				s = min(s, Fragile) // middleware refuses methods and headers that it does not list
			}
			p.reportTrial(s, t, "Answer OPTIONS with a status from 200 to 299 and the CORS headers.",
				"No preflight succeeds: OPTIONS gets status %d.%s", t.last.Response.Status, note)
		}),
	}
}

func preflightHeadersLost() Rule {
	return Rule{
		ID: "preflight-headers-lost", Severity: Broken,
		Title: "Responses to preflights lack the CORS headers that other responses have.",
		Why: "Another block answers OPTIONS and has no headers of its own: an if with add_header in nginx replaces those outside, and an error document of Apache has only " +
			"those of Header always. Repeat the headers in that block.",
		Before: Example{"nginx", "add_header Access-Control-Allow-Origin https://myapp.com always;\nif ($request_method = OPTIONS) {\n    add_header Access-Control-Max-Age 600;\n    return 204;\n}"},
		After:  Example{"nginx", "add_header Access-Control-Allow-Origin https://myapp.com always;\nif ($request_method = OPTIONS) {\n    return 204;  # without add_header, so the headers outside apply\n}"},
		run: refusedWith(func(r *fetch.WireResponse) bool {
			return fetch.IsOKStatus(r.Status) && !r.Header.Contains("Allow") && !r.Header.Contains(fetch.HeaderAllowOrigin)
		}, func(p *prober, t trial) {
			if p.trusted.level() == readsNothing {
				return // every response fails in the same way, which is already reported
			}
			s, note := p.refusal()
			if _, ok := p.named(); !ok && (p.Model == nil || !slices.Contains(webServers, p.Model.Kind)) {
				// Some middleware refuses a method or a header without a word.
				s, note = min(s, Fragile), note+" If the server means to refuse PUT, PATCH, DELETE, application/json and Authorization, nothing is wrong."
			}
			p.reportTrial(s, t, "Send Access-Control-Allow-Origin, -Methods and -Headers with the response to OPTIONS, too.",
				"The response to preflights (%d) has no Access-Control-Allow-Origin, although other responses have it.%s", t.last.Response.Status, note)
		}),
	}
}
