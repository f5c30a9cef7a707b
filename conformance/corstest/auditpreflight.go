package corstest

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// auditPreflight looks whether the page that is meant to be allowed gets a
// preflight through. The request itself is not sent.
func (a *auditor) auditPreflight() error {
	if a.trusted == nil {
		return nil
	}
	e, err := a.try(a.target.Origin, browser.Init{
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
			"%s is not allowed: %s.", describeRequest(a.target), describeFailure(f))
	case a.trusted.level() == readsNothing && status < 400:
		// The same goes for every answer, which is said already.
	default:
		a.report(FindingPreflightFails, SeverityMedium, e,
			"No preflight passes, so that no request that needs one goes out: %s. Answer OPTIONS with a status from 200 to 299 and the headers of CORS.", describeFailure(f))
	}
	return nil
}

// describeRequest names the request whose preflight is tried.
func describeRequest(t Target) string {
	names := make([]string, len(t.Header))
	for i, h := range t.Header {
		names[i] = h.Name
	}
	if len(names) == 0 {
		return t.Method
	}
	return strings.TrimSpace(t.Method + " with " + strings.Join(names, ", "))
}
