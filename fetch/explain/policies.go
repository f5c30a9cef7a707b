package explain

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
)

// AppliedPolicy is a policy other than CORS that says something about a request.
type AppliedPolicy struct {
	// Name is the name of the header or of the rule, such as Content-Security-Policy.
	Name string
	// Text says in one line what the policy says about the request.
	Text string
}

// Policies returns the policies other than CORS that say something about a request before it
// is sent, as the standards have them: those of its page, in the order in which a browser
// looks at them, and those that its response will meet. The request has a client.
func Policies(req *fetch.Request) []AppliedPolicy {
	var out []AppliedPolicy
	out = appendCSPs(out, req)
	out = appendMixedContent(out, req)
	if req.Mode == fetch.ModeWebSocket {
		return append(out, AppliedPolicy{fetch.HeaderOrigin, socketOrigin})
	}
	out = appendReferrerPolicy(out, req)
	return appendEmbedding(out, req)
}

const socketOrigin = "the handshake says which page connects; the server has to refuse pages that it does not know, since no CORS header has an effect"

// appendCSPs appends what each content security policy says.
func appendCSPs(out []AppliedPolicy, req *fetch.Request) []AppliedPolicy {
	list := req.Client.PolicyContainer.CSP
	if list == nil {
		return out
	}
	effective := policy.EffectiveDirective(req.Destination)
	for i := range list.Policies {
		p := &list.Policies[i]
		name := policy.HeaderCSP
		if p.ReportOnly {
			name = policy.HeaderCSPReportOnly
		}
		text := "it has no directive about such requests (" + effective + "), and allows them"
		if d := policy.DirectiveFor(p, effective); d != nil {
			text = cut(d.Text) + " " + cspEffect(req, p)
		}
		out = append(out, AppliedPolicy{name, text})
		if p.Directive("upgrade-insecure-requests") != nil && req.CurrentURL().Scheme() == "http" && !p.ReportOnly {
			out = append(out, AppliedPolicy{name, "upgrade-insecure-requests: the request goes to https instead of http"})
		}
	}
	return out
}

// cspEffect says what a policy of the page does with a request.
func cspEffect(req *fetch.Request, p *fetch.CSP) string {
	var rules policy.CSP
	switch {
	case rules.Allows(p, req):
		return "allows the request"
	case p.ReportOnly:
		return "does not allow the request, and only reports it"
	}
	return "does not allow the request"
}

// appendMixedContent appends what a page over https may not request.
func appendMixedContent(out []AppliedPolicy, req *fetch.Request) []AppliedPolicy {
	var rules policy.MixedContent
	if !rules.ShouldBlockFetch(req) {
		return out
	}
	text := "the page came over https, and the request would not: it is blocked"
	switch u := req.CurrentURL(); {
	case !u.IsHTTP() && u.Scheme() != "ws":
		text = "the standard counts URLs with the scheme " + u.Scheme() + ": among it; browsers say that they cannot load them. A host comes after http:// or https://"
	case req.Client.URL.Scheme() == "http":
		text = "the standard blocks the request, because it counts a page on this machine as loaded securely; no browser does, and they send it"
	}
	return append(out, AppliedPolicy{"mixed content", text})
}

// appendReferrerPolicy appends the referrer policy of a call or its page. The default
// policy is not worth a line.
func appendReferrerPolicy(out []AppliedPolicy, req *fetch.Request) []AppliedPolicy {
	word, source := req.ReferrerPolicy, "of the call"
	if word == fetch.ReferrerPolicyEmpty {
		word, source = req.Client.PolicyContainer.ReferrerPolicy, "of the page"
	}
	if word == fetch.ReferrerPolicyEmpty {
		return out
	}
	return append(out, AppliedPolicy{policy.HeaderReferrerPolicy, string(word) + ", " + source})
}

// appendEmbedding appends the policies that decide whether the page gets an opaque
// response of another origin.
func appendEmbedding(out []AppliedPolicy, req *fetch.Request) []AppliedPolicy {
	if req.Mode != fetch.ModeNoCORS || req.Client.Origin == req.CurrentURL().Origin() {
		return out
	}
	switch req.Client.PolicyContainer.EmbedderPolicy {
	case fetch.EmbedderPolicyRequireCORP:
		return append(out, AppliedPolicy{policy.HeaderEmbedderPolicy, "require-corp: the response needs Cross-Origin-Resource-Policy"})
	case fetch.EmbedderPolicyCredentialless:
		return append(out, AppliedPolicy{policy.HeaderEmbedderPolicy, "credentialless: the request has no credentials, whatever its credentials mode"})
	}
	return append(out, AppliedPolicy{"Cross-Origin-Resource-Policy", "if the response has this header, it decides whether the page gets the response"})
}
