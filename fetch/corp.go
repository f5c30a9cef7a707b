package fetch

import "github.com/corsim/corsim/origin"

// HeaderCORP is the name of the header that the cross-origin resource policy
// check reads.
const HeaderCORP = "Cross-Origin-Resource-Policy"

// CORPCheck decides whether a client may use a response that is about to become
// opaque. It returns nil when it may. Navigations and reports are not modelled.
// https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check
func CORPCheck(requestOrigin origin.Origin, client *Client, resp *Response) *Failure {
	// Step 3: check the header alone, without the client's embedder policy.
	if f := corpInternalCheck(requestOrigin, EmbedderPolicyUnsafeNone, resp); f != nil {
		return f
	}
	// Skipped 4 and 6: reports.
	// Steps 5 and 7: check with the client's embedder policy.
	return corpInternalCheck(requestOrigin, client.PolicyContainer.EmbedderPolicy, resp)
}

// corpInternalCheck checks a response under one embedder policy value.
// https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check
func corpInternalCheck(requestOrigin origin.Origin, embedder EmbedderPolicy, resp *Response) *Failure {
	// Skipped 1: navigations.
	// Step 2: all lines, joined; two joined lines match no policy.
	got, _ := resp.Header.Get(HeaderCORP)
	// Step 3: only three values are policies.
	policy := got
	if policy != "same-origin" && policy != "same-site" && policy != "cross-origin" {
		policy = ""
	}
	// Step 4: the embedder policy replaces a missing policy.
	if policy == "" && (embedder == EmbedderPolicyRequireCORP ||
		embedder == EmbedderPolicyCredentialless && resp.RequestIncludesCredentials) {
		policy = "same-origin"
	}
	// Step 5: compare the request's origin with the response's URL.
	u, _ := resp.URL()
	responseOrigin := u.Origin()
	allowed := true
	switch policy {
	case "same-origin":
		allowed = requestOrigin == responseOrigin
	case "same-site":
		allowed = origin.SchemelesslySameSite(requestOrigin, responseOrigin) &&
			(requestOrigin.Scheme() == "https" || responseOrigin.Scheme() != "https")
	}
	if allowed {
		return nil
	}
	return &Failure{
		Reason: ReasonCORP, Step: Step{Anchor: "cross-origin-resource-policy-internal-check", Number: "5"},
		Header: HeaderCORP, Got: got, Want: "cross-origin",
	}
}
