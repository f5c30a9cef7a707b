package explain

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// policyObstacle returns the obstacle of a result that a content security policy
// blocks, with the directive that would allow the request; nil for all others.
func policyObstacle(r *browser.Result) *Obstacle {
	who := "it is the page's own Content-Security-Policy that has to allow it, with the directive "
	switch r.Failure.Reason {
	case fetch.ReasonCSP, fetch.ReasonCSPRedirect, fetch.ReasonFormAction:
	case fetch.ReasonFrameAncestors:
		who = "the server of the document forbids it on purpose: to let this page contain the document, it has to send the directive "
	default:
		return nil
	}
	var directives []string
	for i := range r.Trace.CSP {
		v := &r.Trace.CSP[i]
		if v.ReportOnly {
			continue
		}
		if d := allowingDirective(v); !slices.Contains(directives, d) {
			directives = append(directives, d)
		}
	}
	if len(directives) == 0 {
		return nil
	}
	text := who + strings.Join(directives, ", and in another policy ")
	return &Obstacle{ObstaclePolicy, text}
}

// allowingDirective returns the directive that would have allowed what a violation is
// about: the one that did not allow it with one more source. If that one stood in for
// another, the other is written.
func allowingDirective(v *policy.CSPViolation) string {
	name := v.Effective
	if v.Directive.Name == strings.TrimSuffix(name, "-elem") {
		name = v.Directive.Name
	}
	words := []string{name}
	for _, source := range v.Directive.Values {
		if !fetch.EqualFold(source, "'none'") {
			words = append(words, source)
		}
	}
	return strings.Join(append(words, sourceOf(v.URL)), " ")
}

// sourceOf returns the source expression that allows all URLs of a URL's origin.
func sourceOf(u origin.URL) string {
	if o := u.Origin(); !o.IsOpaque() {
		return o.String()
	}
	return u.Scheme() + ":"
}
