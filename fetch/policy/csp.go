package policy

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// HeaderCSP is the name of the header of content security policies, and
// HeaderCSPReportOnly that of policies that are only reported.
const (
	HeaderCSP           = "Content-Security-Policy"
	HeaderCSPReportOnly = "Content-Security-Policy-Report-Only"
)

// CSP checks content security policies, with what a browser does in its own way. The
// zero value is the standard.
// https://w3c.github.io/webappsec-csp/
type CSP struct {
	// SocketSchemesAreTheirOwn: the schemes ws and wss in a source do not match http
	// and https URLs.
	SocketSchemesAreTheirOwn bool
	// SocketURLs: a WebSocket is compared with sources by its own URL, with the scheme ws
	// or wss, and not by the http or https URL of its handshake.
	SocketURLs bool
	// OpaquePagesMatchSelf: in a document with an opaque origin, 'self' matches every
	// URL.
	OpaquePagesMatchSelf bool
	// AncestorsHaveNoPath: the path of a source of frame-ancestors is not compared.
	AncestorsHaveNoPath bool
	// EveryAncestor: each document around a frame that frame-ancestors does not allow is
	// a violation, and not only the first one.
	EveryAncestor bool
	// ReportNoAncestors: frame-ancestors does nothing in a policy that is only reported.
	ReportNoAncestors bool
	// PathsDecodedWhole: paths are decoded before they are cut into pieces.
	PathsDecodedWhole bool
	// UpgradeTogether: where a source for http matches an https URL, its port has to be
	// upgraded as well, from 80 to 443, and a port alone is not upgraded.
	UpgradeTogether bool
	// StrictPaths: a source whose path begins with two slashes, or has a percent sign that
	// encodes nothing, matches nothing.
	StrictPaths bool
	// StarNeedsNoPort: the source *:* matches nothing.
	StarNeedsNoPort bool
	// StrictDynamicAlone: in a default-src with 'strict-dynamic' only the asterisk matches,
	// whatever the request is.
	StrictDynamicAlone bool
	// UpgradesMatchSecure: in a policy with upgrade-insecure-requests, a source for https
	// also matches http URLs.
	UpgradesMatchSecure bool
	// UpgradeLocalhost: upgrade-insecure-requests also upgrades URLs that are
	// potentially trustworthy, such as http://localhost.
	UpgradeLocalhost bool
}

// CSPViolation is a request, a frame or a form that a content security policy does not
// allow.
// https://w3c.github.io/webappsec-csp/#framework-violation
type CSPViolation struct {
	// Directive is the directive that does not allow it, such as default-src 'self'.
	Directive fetch.CSPDirective
	// Effective is the name of the directive that is about such requests, such as
	// img-src: that of Directive, unless another one stands in for it.
	Effective string
	// URL is what the directive does not allow.
	URL origin.URL
	// ReportOnly reports whether the policy blocks nothing.
	ReportOnly bool
	// Redirected reports whether a redirect led to the URL.
	Redirected bool
}

// parseCSPs returns the policies of a response from a URL; nil if it has none.
// https://w3c.github.io/webappsec-csp/#parse-response-csp
func parseCSPs(u origin.URL, header fetch.HeaderList) *fetch.CSPList {
	var policies []fetch.CSP
	// Step 2: the policies that are enforced.
	policies = appendCSPs(policies, header, HeaderCSP)
	enforced := len(policies)
	// Step 3: those that are only reported.
	policies = appendCSPs(policies, header, HeaderCSPReportOnly)
	for i := range policies[enforced:] {
		policies[enforced+i].ReportOnly = true
	}
	if len(policies) == 0 {
		return nil
	}
	// Step 4: what 'self' stands for.
	return &fetch.CSPList{Policies: policies, SelfOrigin: u.Origin()}
}

// appendCSPs appends the policies that the lines of a header have.
func appendCSPs(policies []fetch.CSP, header fetch.HeaderList, name string) []fetch.CSP {
	for _, h := range header {
		if !fetch.EqualFold(h.Name, name) {
			continue
		}
		for serialized := range strings.SplitSeq(h.Value, ",") {
			if p := parseCSP(serialized); len(p.Directives) > 0 {
				policies = append(policies, p)
			}
		}
	}
	return policies
}

// cspSpace is the white space between the parts of a policy.
const cspSpace = "\t\n\f\r "

// parseCSP returns the policy of a serialized one.
// https://w3c.github.io/webappsec-csp/#parse-serialized-policy
func parseCSP(serialized string) fetch.CSP {
	p := fetch.CSP{Text: strings.Trim(serialized, cspSpace)}
	// Step 2: the directives.
	for token := range strings.SplitSeq(serialized, ";") {
		// Steps 2.1 and 2.2: empty ones, and those that are not ASCII, are ignored.
		token = strings.Trim(token, cspSpace)
		if token == "" || !isASCII(token) {
			continue
		}
		// Steps 2.3 and 2.4: the name.
		written, rest, _ := cutAny(token, cspSpace)
		name := fetch.ByteLowercase(written)
		// Step 2.5: the first of equal directives counts.
		if p.Directive(name) != nil {
			p.Duplicates = append(p.Duplicates, written)
			continue
		}
		// Steps 2.6 to 2.8: the value.
		values := strings.FieldsFunc(rest, isCSPSpace)
		p.Directives = append(p.Directives, fetch.CSPDirective{Name: name, Values: values, Sources: parseSources(values), Text: token})
	}
	return p
}

// cutAny cuts a string at the first of some bytes.
func cutAny(s, bytes string) (before, after string, found bool) {
	if i := strings.IndexAny(s, bytes); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

func isCSPSpace(r rune) bool { return strings.ContainsRune(cspSpace, r) }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
