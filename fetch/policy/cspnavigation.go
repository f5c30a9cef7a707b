package policy

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// CheckFormAction returns what the form-action directives of a client do not allow about
// a form that is sent to a URL, in policies with a disposition. Redirected reports whether
// a redirect led to the URL.
// https://w3c.github.io/webappsec-csp/#form-action-pre-navigate
func (c *CSP) CheckFormAction(client *fetch.Client, u origin.URL, redirected bool, of CSPDispositions) []CSPViolation {
	list := client.PolicyContainer.CSP
	if list == nil {
		return nil
	}
	t := c.target(list, u, client)
	t.redirected = redirected
	var out []CSPViolation
	for i := range list.Policies {
		p := &list.Policies[i]
		if d := p.Directive("form-action"); d != nil && of.has(p) && !c.matchesList(&t, d) {
			out = append(out, violation(p, d, "form-action", t))
		}
	}
	return out
}

// CheckFrameAncestors returns what the frame-ancestors directives of a response do not
// allow. List holds the policies of the response, and ancestors the origins of the
// documents around the frame, from the inside out.
// https://w3c.github.io/webappsec-csp/#frame-ancestors-navigation-response
func (c *CSP) CheckFrameAncestors(list *fetch.CSPList, ancestors []origin.Origin) []CSPViolation {
	if list == nil {
		return nil
	}
	var out []CSPViolation
	for i := range list.Policies {
		p := &list.Policies[i]
		d := p.Directive("frame-ancestors")
		// WebKit: it is ignored in a policy that is only reported (reported-ancestors-ignored).
		if d == nil || c.ReportNoAncestors && p.ReportOnly {
			continue
		}
		for _, ancestor := range ancestors {
			u, err := origin.ParseURL(ancestor.String())
			// Firefox: the path of a source does not count (ancestors-without-paths).
			t := newCSPTarget(u, list.SelfOrigin)
			t.redirected = c.AncestorsHaveNoPath
			if err == nil && c.matchesList(&t, d) {
				continue
			}
			t.redirected = false
			out = append(out, violation(p, d, "frame-ancestors", t))
			// Firefox: each ancestor is reported (every-ancestor-reported).
			if !c.EveryAncestor {
				break
			}
		}
	}
	return out
}

// IsEnforced reports whether one of some violations blocks.
func IsEnforced(violations []CSPViolation) bool {
	for i := range violations {
		if !violations[i].ReportOnly {
			return true
		}
	}
	return false
}

// SandboxOf returns the words of the sandbox directives of a response, and whether it has
// one. If several policies have one, a word counts only if all of them have it.
// https://html.spec.whatwg.org/#csp-derived-sandboxing-flags
func SandboxOf(list *fetch.CSPList) (words []string, sandboxed bool) {
	if list == nil {
		return nil, false
	}
	for i := range list.Policies {
		p := &list.Policies[i]
		d := p.Directive("sandbox")
		if d == nil || p.ReportOnly {
			continue
		}
		if !sandboxed {
			words, sandboxed = lowercased(d.Values), true
			continue
		}
		words = common(words, lowercased(d.Values))
	}
	return words, sandboxed
}

func lowercased(words []string) []string {
	out := make([]string, len(words))
	for i, word := range words {
		out[i] = fetch.ByteLowercase(word)
	}
	return out
}

// common returns the words that are in both lists.
func common(a, b []string) []string {
	var out []string
	for _, word := range a {
		for _, other := range b {
			if word == other {
				out = append(out, word)
				break
			}
		}
	}
	return out
}
