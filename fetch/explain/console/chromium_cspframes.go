package console

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// chromiumNavigations is what the browser process of Chromium calls a frame and a form.
var chromiumNavigations = []string{"Framing '{url}'", "Sending form data to '{url}'"}

// chromiumNavigationMessages are the messages of the browser process about what a policy
// does not allow: for each kind one that is blocked and one that is only reported.
var chromiumNavigationMessages = func() []Message {
	out := make([]Message, 0, 2*len(chromiumNavigations))
	for _, what := range chromiumNavigations {
		reported := strings.Replace(chromiumViolates, "Content", "report-only Content", 1)
		out = append(out,
			Message{Code: "csp-violation", Reasons: cspReasons, Text: what + chromiumViolates + " The request has been blocked." + chromiumFallback, LineBreak: true},
			Message{Code: "csp-reported", Warning: true, LineBreak: true,
				Text: what + reported + " The violation has been logged, but no further action has been taken." + chromiumFallback})
	}
	return out
}()

// navigationViolations returns the lines about frames and forms that policies do not
// allow.
func (chromium) navigationViolations(r *browser.Result) []Line {
	var lines []Line
	for i := range r.Trace.CSP {
		lines = append(lines, navigationViolation(r, &r.Trace.CSP[i]))
	}
	return lines
}

func navigationViolation(r *browser.Result, v *policy.CSPViolation) Line {
	m, url := 0, v.URL.String()
	switch v.Effective {
	case "form-action":
		m = 2
	case "frame-ancestors":
		url = r.Request.CurrentURL().Root().String()
	default:
		url = shownToPage(r.Client.Origin, v.URL)
	}
	if v.ReportOnly {
		m++
	}
	at := fields{{"url", url}, {"policy", v.Directive.Name + " " + parsedSources(&v.Directive)}}
	if name, ok := fallbackOf(v); ok {
		at = append(at, Field{"word", v.Effective}, Field{"word", name})
	}
	return lineOf(&chromiumNavigationMessages[m], at)
}

// shownToPage returns what a page is told of a URL in a frame: of other origins only the
// origin.
func shownToPage(page origin.Origin, u origin.URL) string {
	switch {
	case u.HasOrigin(page):
		return u.String()
	case !u.HasHost():
		return ""
	}
	return u.Root().String()
}

// parsedSources returns the sources of a directive as the browser process has parsed
// them: 'self' first, without the words that say nothing of URLs.
func parsedSources(d *fetch.CSPDirective) string {
	var self, others []string
	for _, source := range d.Values {
		switch {
		case source == "*":
			return "*"
		case fetch.EqualFold(source, "'self'"):
			self = []string{"'self'"}
		case source[0] != '\'':
			others = append(others, parsedSource(source))
		}
	}
	if all := append(self, others...); len(all) > 0 {
		return strings.Join(all, " ")
	}
	return "'none'"
}

// parsedSource returns a source without a query and with its path decoded.
func parsedSource(source string) string {
	if i := strings.IndexAny(source, "?#"); i >= 0 {
		source = source[:i]
	}
	_, rest, found := strings.Cut(source, "://")
	if !found {
		rest = source
	}
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return source[:len(source)-len(rest)+i] + origin.PercentDecode(rest[i:])
	}
	return source
}
