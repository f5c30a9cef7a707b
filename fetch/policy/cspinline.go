package policy

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// InlineScript is the text in a script element, as far as policies ask about it.
type InlineScript struct {
	// Nonce is the attribute nonce; "" is none.
	Nonce string
	// IsHash reports whether a digest, in base64 or base64url, is that of the text.
	// Algorithm is sha256, sha384 or sha512. Nil: no digest is.
	IsHash func(algorithm, digest string) bool
}

// CheckInlineScript returns what the policies of a list do not allow about the text of a
// script element. List may be nil.
// https://w3c.github.io/webappsec-csp/#should-block-inline
func CheckInlineScript(list *fetch.CSPList, script InlineScript) []CSPViolation {
	const effective = "script-src-elem"
	if list == nil {
		return nil
	}
	var out []CSPViolation
	for i := range list.Policies {
		p := &list.Policies[i]
		if d := DirectiveFor(p, effective); d != nil && !script.matches(d.Values) {
			out = append(out, CSPViolation{Directive: *d, Effective: effective, ReportOnly: p.ReportOnly})
		}
	}
	return out
}

// matches reports whether a source list allows the text of a script element.
// https://w3c.github.io/webappsec-csp/#match-element-to-source-list
func (s *InlineScript) matches(sources []string) bool {
	unsafe, trusts := false, false
	for _, source := range sources {
		// Step 1: whether the list allows all inline scripts.
		unsafe = unsafe || fetch.EqualFold(source, "'unsafe-inline'")
		trusts = trusts || isNonceOrHash(source) || fetch.EqualFold(source, "'strict-dynamic'")
		// Steps 2 to 5: the nonce, and the hashes.
		if isNonceOrHash(source) && s.isTrusted(source) {
			return true
		}
	}
	return unsafe && !trusts
}

// isTrusted reports whether a nonce or a hash in a source list is that of the script.
func (s *InlineScript) isTrusted(source string) bool {
	kind, value, _ := strings.Cut(strings.Trim(source, "'"), "-")
	if kind = fetch.ByteLowercase(kind); kind == "nonce" {
		return s.Nonce != "" && s.Nonce == value
	}
	return s.IsHash != nil && s.IsHash(kind, value)
}
