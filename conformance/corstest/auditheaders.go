package corstest

import (
	"net/http"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/origin"
)

// auditHeaders checks the values of the CORS headers.
func (a *auditor) auditHeaders() error {
	e := a.stranger.with
	if a.trusted != nil {
		e = a.trusted.with
	}
	lines := e.header().Values(fetch.HeaderAllowOrigin)
	credentials, _ := e.header().Get(fetch.HeaderAllowCredentials)
	switch {
	case len(lines) == 0:
	case len(lines) > 1 || strings.ContainsAny(lines[0], ", "):
		a.report(FindingMultipleOrigins, SeverityMedium, e,
			"Access-Control-Allow-Origin has more than one origin, which no browser accepts, even if they are equal. "+
				"Often a proxy adds a second header to that of the server: only one of the two should send it.")
		return nil
	case lines[0] == "*" && credentials == "true":
		a.report(FindingWildcardCredentials, SeverityInfo, e,
			"The asterisk does not work with Access-Control-Allow-Credentials: browsers refuse it for requests with credentials, so it allows nothing and "+
				"no page benefits from it. For pages that need cookies, name their origin.")
	case lines[0] != "*" && lines[0] != nullOrigin && !canMatch(lines[0]):
		a.report(FindingNeverMatches, SeverityMedium, e,
			"Access-Control-Allow-Origin is %q. Browsers never write an origin like this, so no page matches. "+
				"An origin has a scheme, a host and a port in lower case, and no default port, path, final slash or asterisk.", lines[0])
		return nil
	}
	a.reportBlocked()
	return nil
}

// canMatch reports whether a value is an origin as browsers write it. A host with
// an asterisk can be parsed, but no such host exists.
func canMatch(value string) bool {
	u, err := origin.ParseURL(value)
	return err == nil && !strings.Contains(value, "*") && u.Origin().String() == value
}

// reportBlocked reports why the page that should be allowed is blocked.
func (a *auditor) reportBlocked() {
	if a.trusted == nil {
		return
	}
	e := a.trusted.without
	f := e.failure()
	switch {
	case f == nil:
	case e.status() >= 400:
		a.report(FindingOriginBlocked, SeverityMedium, e,
			"The page that should be allowed cannot read this error response, and so cannot distinguish it from a server that is down (%s). Send the CORS headers with error responses, too.",
			explain.Brief(f))
	default:
		a.report(FindingOriginBlocked, SeverityMedium, e, "The page that should be allowed cannot read the response: %s.", explain.Brief(f))
	}
}

// auditVary looks for responses that depend on the request's origin and lack
// Vary: Origin. When no page can read the responses, a cache can do no harm.
func (a *auditor) auditVary() error {
	if a.stranger.level() == readsNothing && (a.trusted == nil || a.trusted.level() == readsNothing) {
		return nil
	}
	request := fetch.WireRequest{Method: http.MethodGet, URL: a.url.WithoutFragment().WithoutCredentials(), Header: fetch.HeaderList{{Name: "Accept", Value: "*/*"}}}
	resp, err := a.once.Browser().RoundTrip(a.ctx, &request)
	if a.ctx.Err() != nil {
		return a.ctx.Err()
	}
	var responses []browser.Exchange
	if err == nil {
		responses = append(responses, browser.Exchange{Request: request, Response: resp})
	}
	responses = append(responses, a.stranger.without.first())
	if a.trusted != nil {
		responses = append(responses, a.trusted.without.first())
	}
	responses = slices.DeleteFunc(responses, func(x browser.Exchange) bool { return x.Response == nil })
	differ := slices.ContainsFunc(responses, func(x browser.Exchange) bool { return allowOrigin(x) != allowOrigin(responses[0]) })
	if !differ {
		return nil
	}
	i := slices.IndexFunc(responses, func(x browser.Exchange) bool { return isCacheable(x) && !variesByOrigin(x) })
	if i < 0 {
		return nil
	}
	severity := SeverityLow
	if invitesCaches(responses[i]) {
		severity = SeverityMedium
	}
	from, _ := responses[i].Request.Header.Get(fetch.HeaderOrigin)
	a.findings = append(a.findings, Finding{
		Code: FindingVaryMissing, Severity: severity, Origin: from, Evidence: responses[i], SharedIn: a.sharedWith(from),
		Text: "The response depends on the request's origin, but lacks Vary: Origin. A cache may give the response for one origin to another, which is then blocked or, worse, allowed. " +
			"Send Vary: Origin with every response, also with those that allow nothing.",
	})
	return nil
}

// sharedWith returns the engines that share the response with the stranger or the
// trusted page, whichever has the origin.
func (a *auditor) sharedWith(from string) []string {
	switch {
	case from == a.strangerOrigin:
		return a.stranger.without.sharedIn()
	case a.trusted != nil && from == a.trusted.without.from:
		return a.trusted.without.sharedIn()
	}
	return nil
}

// allowOrigin returns the values of Access-Control-Allow-Origin, one a line.
func allowOrigin(x browser.Exchange) string {
	return strings.Join(x.Response.Header.Values(fetch.HeaderAllowOrigin), "\n")
}

func variesByOrigin(x browser.Exchange) bool {
	names, _ := x.Response.Header.GetDecodeSplit("Vary")
	return slices.ContainsFunc(names, func(name string) bool { return name == "*" || fetch.EqualFold(name, fetch.HeaderOrigin) })
}

func isCacheable(x browser.Exchange) bool {
	value, _ := x.Response.Header.Get("Cache-Control")
	return !strings.Contains(fetch.ByteLowercase(value), "no-store")
}

// invitesCaches reports whether a response has headers for caches.
func invitesCaches(x browser.Exchange) bool {
	for _, name := range []string{"Cache-Control", "Expires", "ETag", "Last-Modified"} {
		if x.Response.Header.Contains(name) {
			return true
		}
	}
	return false
}

// auditErrors checks that the trusted page can read error responses if it can read
// the resource.
func (a *auditor) auditErrors() error {
	if a.trusted == nil || a.trusted.level() == readsNothing {
		return nil
	}
	missing, err := a.url.Parse("/corsim-audit/no-such-resource")
	if err != nil {
		return err
	}
	e, err := a.try(a.target.Origin, browser.FetchInit{URL: missing.String(), Credentials: fetch.CredentialsOmit})
	if err != nil || e.status() < 400 || e.failure() == nil || e.failure().Preflight {
		return err
	}
	a.report(FindingErrorsWithout, SeverityLow, e,
		"Error responses lack the CORS headers, so a page cannot distinguish a %d from a server that is down, and the console reports a CORS error. "+
			"Send them with every response.", e.status())
	return nil
}
