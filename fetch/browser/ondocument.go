package browser

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
)

// checksOnDocument returns the checks of the response to the navigation of a frame,
// after all redirects.
// https://html.spec.whatwg.org/#attempt-to-populate-the-history-entry's-document
func checksOnDocument() checks {
	return checks{
		{name: "frame-ancestors", run: checkFrameAncestors},
		{name: "embedder-policy", run: checkFrameEmbedder},
		{name: "frame-options", run: checkFrameOptions},
	}
}

// checkFrameAncestors blocks the document of a frame whose content security policy does
// not let the pages around it contain it.
// https://w3c.github.io/webappsec-csp/#frame-ancestors-navigation-response
func checkFrameAncestors(f *fetcher, resp *fetch.Response) *fetch.Failure {
	container, _ := policy.Parse(f.req.CurrentURL(), resp.Header)
	if container.CSP == nil {
		return nil
	}
	return f.noteViolations(f.rules().csp.CheckFrameAncestors(container.CSP, slices.Collect(f.env.ancestors())))
}

// noteViolations adds violations of policies to the trace, and returns the failure of
// the first one that is enforced.
func (f *fetcher) noteViolations(violations []policy.CSPViolation) *fetch.Failure {
	f.trace.CSP = append(f.trace.CSP, violations...)
	for i := range violations {
		if !violations[i].ReportOnly {
			return cspFailure(&violations[i])
		}
	}
	return nil
}

// embedderOfRedirect is a check of a browser that asks each redirect of a frame for an
// embedder policy.
var embedderOfRedirect = check{name: "frame-embedder-policy", run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if f.req.Mode != fetch.ModeNavigate {
		return nil
	}
	return checkFrameEmbedder(f, resp)
}}

// checkFrameEmbedder blocks the document of a frame that has no embedder policy in a
// page that has one.
// https://html.spec.whatwg.org/#check-a-navigation-response's-adherence-to-its-embedder-policy
func checkFrameEmbedder(f *fetcher, resp *fetch.Response) *fetch.Failure {
	// Step 2: only a page with an embedder policy restricts its frames.
	if f.env.client.PolicyContainer.EmbedderPolicy == fetch.EmbedderPolicyUnsafeNone || !f.req.CurrentURL().IsHTTP() {
		return nil
	}
	// Step 3: the document has one too.
	if f.env.rules().embedderPolicyOf(f.req, resp) != fetch.EmbedderPolicyUnsafeNone {
		return nil
	}
	got, _ := resp.Header.Get(policy.HeaderEmbedderPolicy)
	failure := headerFailure("html.spec.whatwg.org/#check-a-navigation-response's-adherence-to-its-embedder-policy", "3",
		fetch.ReasonFrameEmbedderPolicy, policy.HeaderEmbedderPolicy, got)
	failure.Want = "require-corp"
	return failure
}

// embedderPolicyOf returns the embedder policy that a response has.
func (r *rules) embedderPolicyOf(req *fetch.Request, resp *fetch.Response) fetch.EmbedderPolicy {
	container, _ := policy.Parse(req.CurrentURL(), resp.Header)
	return r.embedderPolicy(container.EmbedderPolicy)
}

// embedderPolicy returns the embedder policy that a value has in the browser.
func (r *rules) embedderPolicy(p fetch.EmbedderPolicy) fetch.EmbedderPolicy {
	// WebKit: the value credentialless is not known (credentialless-unknown).
	if r.CredentiallessUnknown && p == fetch.EmbedderPolicyCredentialless {
		return fetch.EmbedderPolicyUnsafeNone
	}
	return p
}

// checkFrameOptions blocks the document of a frame whose header X-Frame-Options does
// not let the page contain it.
// https://html.spec.whatwg.org/#check-a-navigation-response's-adherence-to-x-frame-options
func checkFrameOptions(f *fetcher, resp *fetch.Response) *fetch.Failure {
	// Step 2: a policy with frame-ancestors replaces the header.
	if container, _ := policy.Parse(f.req.CurrentURL(), resp.Header); container.CSP.Enforces("frame-ancestors") {
		return nil
	}
	options := policy.ParseFrameOptions(resp.Header)
	if options.Allows(f.req.CurrentURL(), f.env.ancestors()) {
		return nil
	}
	return headerFailure("html.spec.whatwg.org/#check-a-navigation-response's-adherence-to-x-frame-options", options.Step(),
		fetch.ReasonFrameOptions, policy.HeaderFrameOptions, options.Value)
}
