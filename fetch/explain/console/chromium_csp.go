package console

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
)

// chromiumViolation returns the line about a violation; ok is false for those that another
// process prints.
func chromiumViolation(v *policy.CSPViolation) (l Line, ok bool) {
	for i, a := range chromiumActions {
		if a.directive != v.Effective {
			continue
		}
		at := fields{{"url", v.URL.String()}, {"policy", chromiumDirective(&v.Directive)}}
		if name, ok := fallbackOf(v); ok {
			at = append(at, Field{"word", v.Effective}, Field{"word", name})
		}
		i *= 2
		if v.ReportOnly {
			i++
		}
		return lineOf(&chromiumCSPMessages[i], at), true
	}
	return Line{}, false
}

// chromiumDirective returns a directive as Chromium prints it: the name in lower case and one
// space before the value, also where that is empty.
func chromiumDirective(d *fetch.CSPDirective) string {
	return d.Name + " " + strings.TrimLeft(d.Text[len(d.Name):], " \t\n\f\r")
}

// violations returns the lines about what the policies of the page do not allow.
func (chromium) violations(r *browser.Result) []Line {
	var lines []Line
	for i := range r.Trace.CSP {
		if r.Tag == browser.TagPreload && r.Trace.CSP[i].Redirected {
			continue // nothing is said of the redirects of a preload
		}
		if l, ok := chromiumViolation(&r.Trace.CSP[i]); ok {
			lines = append(lines, l)
		}
	}
	// A worker that does not start is checked once more where its script is loaded.
	if r.API == browser.APIWorker && r.Failure != nil {
		lines = append(lines, lines...)
	}
	return lines
}

// blockedByCall reports whether fetch(), sendBeacon(), a media element or a text track itself did not
// ask for a URL that a policy does not allow. The loader then knows nothing of it.
func blockedByCall(r *browser.Result) bool {
	return isCSP(r) && !isOfRedirect(r) && (r.API == browser.APIFetch || r.API == browser.APIBeacon || isMedia(r) || isTrack(r))
}

// blockedByPath reports whether a request was blocked by the check of Chromium that does
// not print a violation.
func blockedByPath(r *browser.Result) bool { return isCSP(r) && r.Failure.Got == "" }
