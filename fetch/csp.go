package fetch

import "github.com/corsim/corsim/origin"

// CSPList holds the content security policies of a document or worker.
// https://w3c.github.io/webappsec-csp/#csp-list
type CSPList struct {
	Policies []CSP
	// SelfOrigin is what the source 'self' stands for: the origin of the URL that the
	// document came from, also if the document itself has an opaque origin.
	SelfOrigin origin.Origin
}

// CSP is one content security policy.
// https://w3c.github.io/webappsec-csp/#content-security-policy-object
type CSP struct {
	// Directives are in the order of the header; each name is there once.
	Directives []CSPDirective
	// ReportOnly is the disposition: a policy that only reports blocks nothing.
	ReportOnly bool
	// Text is the policy as it is in the header, without white space around it.
	Text string
	// Duplicates holds the names of directives that are ignored, because they are there
	// before, as they are written.
	Duplicates []string
}

// CSPDirective is one directive of a policy, such as connect-src 'self'.
// https://w3c.github.io/webappsec-csp/#directives
type CSPDirective struct {
	// Name is in lower case, and Values are the words after it.
	Name   string
	Values []string
	// Sources has an entry for each of Values: what it says as a source. It may be nil;
	// the values are then read at each check.
	Sources []CSPSource
	// Text is the directive as it is in the header, without white space around it.
	Text string
}

// CSPSource is a source expression that names a scheme or a host. It is zero for other
// words, such as 'self'.
// https://w3c.github.io/webappsec-csp/#grammardef-source-expression
type CSPSource struct {
	// Scheme and Host are in lower case; Host is empty if the source is only a scheme.
	Scheme, Host string
	// Port is a number or "*", and Path begins with a slash; "" if there is none.
	Port, Path string
}

// Directive returns the directive with a name, in lower case; nil if the policy has
// none.
func (p *CSP) Directive(name string) *CSPDirective {
	for i := range p.Directives {
		if p.Directives[i].Name == name {
			return &p.Directives[i]
		}
	}
	return nil
}

// Enforces reports whether a policy of the list that is not only reported has a
// directive.
func (l *CSPList) Enforces(directive string) bool {
	if l == nil {
		return false
	}
	for i := range l.Policies {
		if p := &l.Policies[i]; !p.ReportOnly && p.Directive(directive) != nil {
			return true
		}
	}
	return false
}
