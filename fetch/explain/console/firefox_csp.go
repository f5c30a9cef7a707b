package console

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// violation returns the line about a violation.
func (firefox) violation(r *browser.Result, v *policy.CSPViolation) Line {
	kind := 0
	for i := range firefoxCSPKinds {
		if firefoxCSPKinds[i].directive == v.Effective {
			kind = i
		}
	}
	m := &firefoxCSPMessages[2*kind]
	if v.ReportOnly {
		m = &firefoxCSPMessages[2*kind+1]
	}
	url := shortened(v.URL)
	if len(r.Trace.CSPUpgrades) > 0 && isBlockedAtOnce(r) && r.API != browser.APIWebSocket {
		url = shortened(r.Trace.CSPUpgrades[0]) // the policy is checked before the upgrade
	}
	switch {
	case v.Effective == "frame-ancestors":
		url = "<unknown>"
	case v.Effective == "form-action":
		url = formAction(r).String()
	}
	return lineOf(m, fields{{"word", v.Effective}, {"url", url}, {"policy", normalDirective(&v.Directive, r.Client.URL)}})
}

// shortened is how the messages show a URL: of a data: URL the beginning.
func shortened(u origin.URL) string {
	const most = 40
	if text := u.String(); u.Scheme() != "data" || len(text) <= most {
		return text
	}
	return u.String()[:most] + "…"
}

// firefoxPreflightsOf returns how many preflights were sent for what is only reported. They
// are checked like the request itself.
func firefoxPreflightsOf(r *browser.Result, v *policy.CSPViolation) (n int) {
	for i := range r.Trace.Exchanges {
		if x := &r.Trace.Exchanges[i]; v.ReportOnly && x.Kind == browser.ExchangePreflight && x.URL == v.URL {
			n++
		}
	}
	return n
}

// violations returns the lines about what the policies of the page do not allow. A style
// sheet that is only reported is reported twice where it is not blocked. What is found
// before an upgrade is before the line about it.
func (f firefox) violations(r *browser.Result) []Line {
	var lines []Line
	for i := range r.Trace.CSP {
		v := &r.Trace.CSP[i]
		switch {
		case slices.Contains(r.Trace.CSPUpgrades, v.URL):
			continue
		case r.Tag == browser.TagPreload && !v.Redirected:
			continue // nothing is said of a preload, except of its redirects
		}
		l := f.violation(r, v)
		lines = append(lines, l)
		for range firefoxPreflightsOf(r, v) {
			lines = append(lines, l)
		}
		blocked := isCSP(r) && isOfRedirect(r) == v.Redirected
		if v.ReportOnly && v.Effective == "style-src-elem" && !v.Redirected && !blocked {
			lines = append(lines, l)
		}
	}
	return lines
}

// upgrades returns the notices about requests that a policy sends over https.
func (f firefox) upgrades(r *browser.Result) []Line {
	var lines []Line
	if isBlockedAtOnce(r) {
		return nil // the policy is checked before
	}
	for _, u := range r.Trace.CSPUpgrades {
		for i := range r.Trace.CSP {
			if v := &r.Trace.CSP[i]; v.URL == u {
				lines = append(lines, f.violation(r, v))
			}
		}
		if r.API == browser.APIWebSocket {
			lines = append(lines, lineOf(&firefoxCSPUpgrade[0], fields{{"url", fetch.SocketURL(u).String()}, {"word", "wss"}}))
			continue
		}
		lines = append(lines, lineOf(&firefoxCSPUpgrade[0], fields{{"url", u.String()}, {"word", "https"}}))
	}
	return lines
}

// urlOfElement returns the URL that a page gave. A policy that blocks it at once is checked
// before another one upgrades it.
func urlOfElement(r *browser.Result) origin.URL {
	if len(r.Trace.CSPUpgrades) > 0 && isBlockedAtOnce(r) {
		return r.Trace.CSPUpgrades[0]
	}
	return r.Request.URL()
}

// isBlockedAtOnce reports whether a policy blocked the request before anything was sent.
// Then the line about it comes last.
func isBlockedAtOnce(r *browser.Result) bool { return isCSP(r) && !isOfRedirect(r) }
