package corstest

import (
	"net/http"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// auditPreflight checks that a preflight from the page that should be allowed
// succeeds. The request itself is not sent.
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
		location, _ := e.header().Get(fetch.HeaderLocation)
		a.report(FindingPreflightRedirect, SeverityMedium, e,
			"Preflights are redirected to %q, and browsers do not follow the redirect: they send no request that needs a preflight. "+
				"Answer OPTIONS before redirecting, or use the final URL in pages.", location)
	case status == 401 || status == 407:
		a.report(FindingPreflightAuth, SeverityMedium, e,
			"The server requires authentication for preflights (%d), but browsers never send credentials with them: they send no request that needs a preflight. "+
				"Answer OPTIONS before authentication.", status)
	case f.Reason == fetch.ReasonMethodNotAllowed || f.Reason == fetch.ReasonHeaderNotAllowed:
		a.report(FindingPreflightFails, SeverityInfo, e,
			"%s is not allowed: %s.", describeRequest(a.target.Method, a.target.Header), explain.Brief(f))
	case a.trusted.level() == readsNothing && status < 400:
		// Every response fails in the same way, which is already reported.
	default:
		return a.reportRefused(e)
	}
	return nil
}

// preflighted holds the most common requests that need a preflight.
var preflighted = []struct {
	method string
	header fetch.HeaderList
}{
	{http.MethodPost, fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}}},
	{http.MethodGet, fetch.HeaderList{{Name: "Authorization", Value: "Bearer corsim-audit"}}},
	{http.MethodDelete, nil},
}

// reportRefused reports a preflight whose response has no CORS headers. Some
// servers respond like this to requests that they do not allow. Then preflights for
// other requests succeed.
func (a *auditor) reportRefused(e *attempt) error {
	tried := []string{describeRequest(a.target.Method, a.target.Header)}
	for _, other := range preflighted {
		name := describeRequest(other.method, other.header)
		passes, err := a.passes(other.method, other.header)
		switch {
		case err != nil:
			return err
		case passes:
			a.report(FindingPreflightFails, SeverityInfo, e,
				"%s is not allowed: %s. Other preflights succeed, for example that for %s.", tried[0], explain.Brief(e.failure()), name)
			return nil
		case name != tried[0]:
			tried = append(tried, name)
		}
	}
	severity, note := SeverityMedium, ""
	if a.isGuess {
		severity, note = SeverityLow, "Pages that make only simple requests are not affected. "
	}
	a.report(FindingPreflightFails, severity, e,
		"No preflight succeeds (tried for %s): %s. %sAnswer OPTIONS with a status from 200 to 299 and the CORS headers.",
		strings.Join(tried, ", "), explain.Brief(e.failure()), note)
	return nil
}

// passes reports whether the preflight of a request succeeds in all engines.
func (a *auditor) passes(method string, header fetch.HeaderList) (bool, error) {
	e, err := a.try(a.target.Origin, browser.FetchInit{URL: a.url.String(), Method: method, Header: header, Credentials: fetch.CredentialsOmit})
	if err != nil {
		return false, err
	}
	f := e.failure()
	return f == nil || !f.Preflight, nil
}

// auditOpenPreflight checks whether a page of an unknown site can make the browser
// send a preflighted request with the user's cookies, although the page cannot read
// the response.
func (a *auditor) auditOpenPreflight() error {
	if a.stranger.level() >= readsAllowed {
		return nil // this is worse, and already reported
	}
	e, err := a.try(a.strangerOrigin, browser.FetchInit{
		URL: a.url.String(), Method: a.target.Method, Header: a.target.Header, Credentials: fetch.CredentialsInclude,
	})
	if err != nil {
		return err
	}
	for _, r := range e.results {
		if preflight, sent := preflightThatPassed(r); sent {
			a.report(FindingOpenPreflight, SeverityMedium, e,
				"Every site can make the browser send %s with the user's cookies, because preflights allow every origin, with credentials. "+
					"The page cannot read the response, but the server has acted on the request. Check the origin of preflights, too.",
				describeRequest(a.target.Method, a.target.Header))
			a.findings[len(a.findings)-1].Evidence = preflight
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

// describeRequest returns a request's method and the names of its headers.
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
