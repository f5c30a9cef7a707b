package fetch

import "github.com/corsim/corsim/origin"

// HeaderCORP is the name of the header that the cross-origin resource policy
// check reads.
const HeaderCORP = "Cross-Origin-Resource-Policy"

// CORPCheck decides whether a client may use a response that is about to become
// opaque. It returns nil when it may. Reports are not modelled.
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

// CORPCheckNavigation decides whether a frame of a client may show a response. It
// returns nil when it may. Only a client with an embedder policy restricts its frames.
// https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check
func CORPCheckNavigation(requestOrigin origin.Origin, client *Client, resp *Response) *Failure {
	// Step 1 of the internal check: without an embedder policy every navigation is allowed.
	if client.PolicyContainer.EmbedderPolicy == EmbedderPolicyUnsafeNone {
		return nil
	}
	return corpInternalCheck(requestOrigin, client.PolicyContainer.EmbedderPolicy, resp)
}

// corpInternalCheck checks a response under one embedder policy value.
// https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check
func corpInternalCheck(requestOrigin origin.Origin, embedder EmbedderPolicy, resp *Response) *Failure {
	// Step 1 is in CORPCheckNavigation.
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
