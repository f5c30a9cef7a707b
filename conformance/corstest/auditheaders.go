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

// auditHeaders looks at what the headers themselves say.
func (a *auditor) auditHeaders() error {
	e := a.stranger.with
	if a.trusted != nil {
		e = a.trusted.with
	}
	lines := e.answer().Values(fetch.HeaderAllowOrigin)
	credentials, _ := e.answer().Get(fetch.HeaderAllowCredentials)
	switch {
	case len(lines) == 0:
	case len(lines) > 1 || strings.ContainsAny(lines[0], ", "):
		a.report(FindingMultipleOrigins, SeverityMedium, e,
			"Access-Control-Allow-Origin names more than one origin, which no browser accepts, even if they are equal. "+
				"Often a proxy adds a second line to the server's own: let one of the two send it.")
		return nil
	case lines[0] == "*" && credentials == "true":
		a.report(FindingWildcardCredentials, SeverityInfo, e,
			"The asterisk does not go with Access-Control-Allow-Credentials: browsers refuse it for requests with credentials, so that it opens nothing and "+
				"lets no page in. For pages that need cookies, name their origin.")
	case lines[0] != "*" && lines[0] != nullOrigin && !canMatch(lines[0]):
		a.report(FindingNeverMatches, SeverityMedium, e,
			"Access-Control-Allow-Origin is %q, which is no origin as browsers write it, so that no page ever matches. "+
				"An origin is scheme, host and port in lower case, without the default port, a path, a final slash or an asterisk.", lines[0])
		return nil
	}
	a.reportBlocked()
	return nil
}

// canMatch reports whether a value is an origin as browsers write it. Hosts
// with an asterisk parse, but there are none.
func canMatch(value string) bool {
	u, err := origin.ParseURL(value)
	return err == nil && !strings.Contains(value, "*") && u.Origin().String() == value
}

// reportBlocked says why the page that is meant to be allowed is not.
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
			"The page that is meant to be allowed cannot read this error, and so not tell it from a server that is down (%s). Send the headers with errors, too.",
			explain.Brief(f))
	default:
		a.report(FindingOriginBlocked, SeverityMedium, e, "The page that is meant to be allowed cannot read the answer: %s.", explain.Brief(f))
	}
}

// auditVary looks for answers that depend on who asks and do not say so. Where
// nobody can read, no cache can spoil it.
func (a *auditor) auditVary() error {
	if a.stranger.level() == readsNothing && (a.trusted == nil || a.trusted.level() == readsNothing) {
		return nil
	}
	request := fetch.WireRequest{Method: http.MethodGet, URL: a.url.WithFragment("", false).WithoutCredentials(), Header: fetch.HeaderList{{Name: "Accept", Value: "*/*"}}}
	resp, err := a.once.Browser().RoundTrip(a.ctx, &request)
	if a.ctx.Err() != nil {
		return a.ctx.Err()
	}
	var answers []browser.Exchange
	if err == nil {
		answers = append(answers, browser.Exchange{Request: request, Response: resp})
	}
	answers = append(answers, a.stranger.without.first())
	if a.trusted != nil {
		answers = append(answers, a.trusted.without.first())
	}
	answers = slices.DeleteFunc(answers, func(x browser.Exchange) bool { return x.Response == nil })
	differ := slices.ContainsFunc(answers, func(x browser.Exchange) bool { return allowOrigin(x) != allowOrigin(answers[0]) })
	if !differ {
		return nil
	}
	i := slices.IndexFunc(answers, func(x browser.Exchange) bool { return isCacheable(x) && !variesByOrigin(x) })
	if i < 0 {
		return nil
	}
	severity := SeverityLow
	if invitesCaches(answers[i]) {
		severity = SeverityMedium
	}
	from, _ := answers[i].Request.Header.Get(fetch.HeaderOrigin)
	a.findings = append(a.findings, Finding{
		Code: FindingVaryMissing, Severity: severity, Origin: from, Evidence: answers[i], SharedIn: a.sharedWith(from),
		Text: "The answer depends on who asks, but does not say so: a cache may give one origin's answer to another, which is then blocked or, worse, let in. " +
			"Send Vary: Origin with every answer, also with those that allow nothing.",
	})
	return nil
}

// sharedWith returns the engines that share with an origin that was met.
func (a *auditor) sharedWith(from string) []string {
	switch {
	case from == a.strangerOrigin:
		return a.stranger.without.sharedIn()
	case a.trusted != nil && from == a.trusted.without.from:
		return a.trusted.without.sharedIn()
	}
	return nil
}

// allowOrigin returns the header as it is, absence included.
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

// invitesCaches reports whether an answer says that it may be kept.
func invitesCaches(x browser.Exchange) bool {
	for _, name := range []string{"Cache-Control", "Expires", "ETag", "Last-Modified"} {
		if x.Response.Header.Contains(name) {
			return true
		}
	}
	return false
}

// auditErrors looks whether errors can be read where the resource can.
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
		"Errors come without the headers of CORS, so that a page cannot tell a %d from a server that is down, and its console speaks of CORS instead. "+
			"Send the headers with every answer.", e.status())
	return nil
}
