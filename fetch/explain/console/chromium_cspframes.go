package console

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

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
	m, url := 0, ""
	switch v.Effective {
	case "form-action":
		// After a redirect too the page is told only of the URL that it knows.
		m, url = 2, r.Request.URL().String()
	case "frame-ancestors":
		url = r.Request.CurrentURL().Root().String()
	default:
		url = shownToPage(r.Client.Origin, v.URL)
	}
	if v.ReportOnly {
		m++
	}
	var at fields
	if url != "" {
		at = fields{{"url", url}}
	}
	at = append(at, Field{"policy", v.Directive.Name + " " + parsedSources(&v.Directive)})
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
// them: 'self' first, without the words that say nothing of URLs and those that are not sources.
func parsedSources(d *fetch.CSPDirective) string {
	var self, others []string
	for _, source := range d.Values {
		switch {
		case source == "*":
			return "*"
		case fetch.EqualFold(source, "'self'"):
			self = []string{"'self'"}
		case source[0] != '\'' && policy.IsSource(source):
			others = append(others, parsedSource(source))
		}
	}
	if all := append(self, others...); len(all) > 0 {
		return strings.Join(all, " ")
	}
	return "'none'"
}

// parsedSource returns a source without a query, with its scheme and its host in lower case and
// with its path decoded.
func parsedSource(source string) string {
	if i := strings.IndexAny(source, "?#"); i >= 0 {
		source = source[:i]
	}
	_, rest, found := strings.Cut(source, "://")
	if !found {
		rest = source
	}
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return fetch.ByteLowercase(source[:len(source)-len(rest)+i]) + origin.PercentDecode(rest[i:])
	}
	return fetch.ByteLowercase(source)
}
