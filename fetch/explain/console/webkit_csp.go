package console

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
)

// webkitViolation returns the line about a violation.
func webkitViolation(r *browser.Result, v *policy.CSPViolation) Line {
	u := v.URL
	switch v.Effective {
	case "frame-ancestors":
		u = r.Request.CurrentURL() // the frame, and not the page that must not contain it
	case "form-action":
		u = formAction(r)
	}
	verb := webkitVerbs[v.Effective]
	if verb == "" {
		verb = webkitVerbs[""]
	}
	m := webkitCSPRefused
	if v.Directive.Name == "default-src" {
		m = webkitCSPNeither
	}
	if v.ReportOnly {
		m += webkitCSPReported
	}
	return lineOf(&webkitCSPMessages[m], fields{{"verb", verb}, {"url", u.String()}, {"word", withoutElem(v.Effective)}})
}

// isAgain reports whether a violation is in a list.
func isAgain(before []policy.CSPViolation, v *policy.CSPViolation) bool {
	for i := range before {
		if before[i].Directive.Text == v.Directive.Text && before[i].URL == v.URL {
			return true
		}
	}
	return false
}

// violations returns the lines about what the policies of the page do not allow. A worker
// says nothing itself: what it prints comes from the page's process, which checks redirects,
// and once more what is only reported.
func (webkit) violations(r *browser.Result) []Line {
	var lines []Line
	for i := range r.Trace.CSP {
		v := &r.Trace.CSP[i]
		if r.Client.Worker && !v.Redirected && !isAgain(r.Trace.CSP[:i], v) {
			continue
		}
		lines = append(lines, webkitViolation(r, v))
		// What is only reported of a worker is checked once more where its script is loaded.
		if r.API == browser.APIWorker && v.ReportOnly {
			lines = append(lines, webkitViolation(r, v))
		}
	}
	return lines
}

// blockedByPolicy returns what is said of the failure itself: nothing, unless a redirect
// led to the URL.
func (w webkit) blockedByPolicy(r *browser.Result) []Line {
	why := lineOf(&webkitCSPMessages[webkitCSPRedirect], nil, ".")
	if r.Tag == browser.TagPreload && r.Request.Destination == fetch.DestinationNone {
		return []Line{why}
	}
	if !isOfRedirect(r) {
		return nil
	}
	switch {
	case r.API == browser.APIBeacon:
		return []Line{why, webkitBeacon.line(fields{{"url", w.failingURL(r)}}).holding(why)}
	case r.API != browser.APIElement:
		if l, ok := w.blocked(r); ok {
			return []Line{why, l}
		}
		return []Line{why}
	case r.Tag == browser.TagImg || r.Tag == browser.TagScript || r.Tag == browser.TagTrack:
		if l, ok := w.blocked(r); ok {
			return []Line{l}
		}
	}
	return nil
}
