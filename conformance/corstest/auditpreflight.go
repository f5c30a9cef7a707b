package corstest

import (
	"net/http"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// auditPreflight looks whether the page that is meant to be allowed gets a
// preflight through. The request itself is not sent.
func (a *auditor) auditPreflight() error {
	if a.trusted == nil {
		return nil
	}
	e, err := a.try(a.target.Origin, browser.FetchInit{
		URL: a.url.String(), Method: a.target.Method, Header: a.target.Header, Credentials: fetch.CredentialsOmit,
	})
	if err != nil {
		return err
	}
	f := e.failure()
	if f == nil || !f.Preflight {
		return nil
	}
	switch status := e.status(); {
	case f.Reason == fetch.ReasonPreflightRedirect || fetch.IsRedirectStatus(status):
		location, _ := e.answer().Get(fetch.HeaderLocation)
		a.report(FindingPreflightRedirect, SeverityMedium, e,
			"Preflights are redirected to %q, and browsers do not follow: no request that needs one goes out. "+
				"Answer OPTIONS before redirecting, or let pages use the final URL.", location)
	case status == 401 || status == 407:
		a.report(FindingPreflightAuth, SeverityMedium, e,
			"Preflights are asked to authenticate (%d), but browsers never send credentials with them: no request that needs one goes out. "+
				"Answer OPTIONS before authentication.", status)
	case f.Reason == fetch.ReasonMethodNotAllowed || f.Reason == fetch.ReasonHeaderNotAllowed:
		a.report(FindingPreflightFails, SeverityInfo, e,
			"%s is not allowed: %s.", describeRequest(a.target.Method, a.target.Header), explain.Brief(f))
	case a.trusted.level() == readsNothing && status < 400:
		// The same goes for every answer, which is said already.
	default:
		return a.reportRefused(e)
	}
	return nil
}

// preflighted are the commonest requests that need a preflight.
var preflighted = []struct {
	method string
	header fetch.HeaderList
}{
	{http.MethodPost, fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}}},
	{http.MethodGet, fetch.HeaderList{{Name: "Authorization", Value: "Bearer corsim-audit"}}},
	{http.MethodDelete, nil},
}

// reportRefused reports a preflight to which the server says nothing of CORS.
// Some servers answer so what they do not allow: then others pass.
func (a *auditor) reportRefused(e *attempt) error {
	asked := []string{describeRequest(a.target.Method, a.target.Header)}
	for _, other := range preflighted {
		name := describeRequest(other.method, other.header)
		passes, err := a.passes(other.method, other.header)
		switch {
		case err != nil:
			return err
		case passes:
			a.report(FindingPreflightFails, SeverityInfo, e,
				"%s is not allowed: %s. Preflights are answered, as that for %s shows.", asked[0], explain.Brief(e.failure()), name)
			return nil
		case name != asked[0]:
			asked = append(asked, name)
		}
	}
	severity, note := SeverityMedium, ""
	if a.isGuess {
		severity, note = SeverityLow, "Pages that only read with simple requests do not notice. "
	}
	a.report(FindingPreflightFails, severity, e,
		"No preflight passes, tried for %s: %s. %sAnswer OPTIONS with a status from 200 to 299 and the headers of CORS.",
		strings.Join(asked, ", "), explain.Brief(e.failure()), note)
	return nil
}

// passes reports whether the preflight of a request gets through in all engines.
func (a *auditor) passes(method string, header fetch.HeaderList) (bool, error) {
	e, err := a.try(a.target.Origin, browser.FetchInit{URL: a.url.String(), Method: method, Header: header, Credentials: fetch.CredentialsOmit})
	if err != nil {
		return false, err
	}
	f := e.failure()
	return f == nil || !f.Preflight, nil
}

// auditOpenPreflight looks whether a page of an unknown site, which cannot read,
// can have the server act on a request with the user's cookies.
func (a *auditor) auditOpenPreflight() error {
	if a.stranger.level() >= readsAllowed {
		return nil // which is worse, and said already
	}
	e, err := a.try(a.strangerOrigin, browser.FetchInit{
		URL: a.url.String(), Method: a.target.Method, Header: a.target.Header, Credentials: fetch.CredentialsInclude,
	})
	if err != nil {
		return err
	}
	for _, r := range e.results {
		if asked, goesOut := preflightThatPassed(r); goesOut {
			a.report(FindingOpenPreflight, SeverityMedium, e,
				"Every site can have a browser send %s with the user's cookies, since preflights allow whichever origin asks, with credentials. "+
					"The page cannot read the answer, but the server has acted. Look at the origin in preflights as everywhere.",
				describeRequest(a.target.Method, a.target.Header))
			a.findings[len(a.findings)-1].Evidence = asked
			return nil
		}
	}
	return nil
}

// preflightThatPassed returns the preflight after which a request with cookies
// went out.
func preflightThatPassed(r *browser.Result) (asked browser.Exchange, goesOut bool) {
	for i, x := range r.Trace.Exchanges {
		if i > 0 && x.Kind == browser.ExchangeActual && x.Request.Header.Contains("Cookie") {
			return r.Trace.Exchanges[i-1], r.Trace.Exchanges[i-1].Kind == browser.ExchangePreflight
		}
	}
	return browser.Exchange{}, false
}

// describeRequest names a request.
func describeRequest(method string, header fetch.HeaderList) string {
	names := make([]string, len(header))
	for i, h := range header {
		names[i] = h.Name
	}
	if len(names) == 0 {
		return method
	}
	return method + " with " + strings.Join(names, ", ")
}
