package fetch

import "github.com/corsim/corsim/origin"

// HeaderCORP is the name of the header that the cross-origin resource policy
// check looks at.
const HeaderCORP = "Cross-Origin-Resource-Policy"

// CORPCheck decides whether a response that is about to become opaque may be
// used by a client. It returns nil when it may. Navigations are not modelled,
// and neither are reports.
// https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check
func CORPCheck(requestOrigin origin.Origin, client *Client, resp *Response) *Failure {
	// Step 3: the header alone, whatever the client's embedder policy.
	if f := corpInternalCheck(requestOrigin, EmbedderPolicyUnsafeNone, resp); f != nil {
		return f
	}
	// Skipped 4 and 6: reports.
	// Steps 5 and 7: under the client's embedder policy.
	return corpInternalCheck(requestOrigin, client.PolicyContainer.EmbedderPolicy, resp)
}

// corpInternalCheck checks a response under one embedder policy value.
// https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check
func corpInternalCheck(requestOrigin origin.Origin, embedder EmbedderPolicy, resp *Response) *Failure {
	// Skipped 1: navigations.
	// Step 2: all lines, joined; two of them match nothing.
	got, _ := resp.Header.Get(HeaderCORP)
	// Step 3: only three values count.
	policy := got
	if policy != "same-origin" && policy != "same-site" && policy != "cross-origin" {
		policy = ""
	}
	// Step 4: an embedder policy supplies what is missing.
	if policy == "" && (embedder == EmbedderPolicyRequireCORP ||
		embedder == EmbedderPolicyCredentialless && resp.RequestIncludesCredentials) {
		policy = "same-origin"
	}
	// Step 5: compare the requester with the response's URL.
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
