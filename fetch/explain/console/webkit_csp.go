package console

import (
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
)

// webkitViolation returns the line about a violation.
func webkitViolation(r *browser.Result, v *policy.CSPViolation) Line {
	u := v.URL
	if v.Effective == "frame-ancestors" {
		u = r.Request.CurrentURL() // the frame, and not the page that must not contain it
	}
	verb := webkitVerbs[v.Effective]
	if verb == "" {
		verb = webkitVerbs[""]
	}
	m, word := webkitCSPRefused, withoutElem(v.Directive.Name)
	if v.Directive.Name == "default-src" {
		m, word = webkitCSPNeither, withoutElem(v.Effective)
	}
	if v.ReportOnly {
		m += webkitCSPReported
	}
	return lineOf(&webkitCSPMessages[m], fields{{"verb", verb}, {"url", u.String()}, {"word", word}})
}

// violations returns the lines about what the policies of the page do not allow.
func (webkit) violations(r *browser.Result) []Line {
	var lines []Line
	for i := range r.Trace.CSP {
		lines = append(lines, webkitViolation(r, &r.Trace.CSP[i]))
	}
	return lines
}

// blockedByPolicy returns what is said of the failure itself: nothing, unless a redirect
// led to the URL.
func (w webkit) blockedByPolicy(r *browser.Result) []Line {
	if !isOfRedirect(r) {
		return nil
	}
	why := lineOf(&webkitCSPMessages[webkitCSPRedirect], nil, ".")
	switch {
	case r.API == browser.APIBeacon:
		return []Line{why, webkitBeacon.line(fields{{"url", w.failingURL(r)}}).holding(why)}
	case r.API != browser.APIElement:
		if l, ok := w.blocked(r); ok {
			return []Line{why, l}
		}
	case r.Tag == browser.TagImg || r.Tag == browser.TagScript:
		if l, ok := w.blocked(r); ok {
			return []Line{l}
		}
	}
	return nil
}
