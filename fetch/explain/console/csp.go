package console

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// cspReasons is what may be behind a message about a content security policy.
var cspReasons = []fetch.Reason{fetch.ReasonCSP, fetch.ReasonCSPRedirect}

// allCSPReasons also has the reasons of the directives about navigations, for messages that
// are the same for all directives.
var allCSPReasons = []fetch.Reason{fetch.ReasonCSP, fetch.ReasonCSPRedirect, fetch.ReasonFrameAncestors, fetch.ReasonFormAction}

// isCSP reports whether a content security policy blocked the request of a result.
func isCSP(r *browser.Result) bool {
	return r.Failure != nil && slices.Contains(allCSPReasons, r.Failure.Reason)
}

// withoutElem returns the name of a directive without the ending of those that are about
// elements only.
func withoutElem(name string) string { return strings.TrimSuffix(name, "-elem") }

// isOfRedirect reports whether one of the violations of a result that are enforced is
// about the target of a redirect.
func isOfRedirect(r *browser.Result) bool { return r.Failure.Reason == fetch.ReasonCSPRedirect }

// normalDirective returns a directive as Firefox prints it: what it has understood of it.
func normalDirective(d *fetch.CSPDirective, self origin.URL) string {
	words, sample := []string{d.Name}, false
	for _, source := range d.Values {
		if source[0] != '\'' && source != "*" && !policy.IsStrictSource(source) {
			continue // Firefox forgets what is malformed
		}
		switch text := normalSource(source, self.Scheme()); text {
		case "'none'":
		case "'report-sample'":
			sample = true
			words = append(words, text)
		case "'unsafe-inline'":
			if !slices.Contains(words, text) {
				words = append(words, text)
			}
		default:
			words = append(words, text)
		}
	}
	// 'report-sample' allows nothing, so that it stands beside 'none'.
	if len(words) == 1 || len(words) == 2 && sample {
		words = slices.Insert(words, 1, "'none'")
	}
	return strings.Join(words, " ")
}

// normalSource returns a source as Firefox has understood it: hosts have a scheme, and
// paths are decoded.
func normalSource(source, scheme string) string {
	switch {
	case strings.HasPrefix(source, "'nonce-"), strings.HasPrefix(source, "'sha"):
		return source
	case source[0] == '\'', source == "*":
		return fetch.ByteLowercase(source)
	}
	own, rest, found := strings.Cut(source, "://")
	if !found {
		if strings.HasSuffix(source, ":") {
			return fetch.ByteLowercase(source)
		}
		own, rest = scheme, source
	}
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		rest = rest[:i]
	}
	host, path := rest, ""
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		host, path = rest[:i], rest[i:]
	}
	return fetch.ByteLowercase(own+"://"+host) + origin.PercentDecode(path)
}

// fallbackOf returns the name of the directive that stood in for the one that is about
// the request; ok is false if none did.
func fallbackOf(v *policy.CSPViolation) (name string, ok bool) {
	return v.Directive.Name, v.Directive.Name != v.Effective
}
