package policy

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// HeaderEmbedderPolicy is the name of the header of the embedder policy, and
// HeaderReferrerPolicy that of the referrer policy.
const (
	HeaderEmbedderPolicy = "Cross-Origin-Embedder-Policy"
	HeaderReferrerPolicy = "Referrer-Policy"
)

// notModelled are the headers of policies that are not in the policy container.
// Headers that only ask for reports change nothing and are not among them.
var notModelled = []string{
	"Content-Security-Policy", "Cross-Origin-Opener-Policy", "Document-Policy", "Integrity-Policy", "Permissions-Policy",
}

// Parse creates the policy container of a document or worker from the headers of
// its response. The URL is that of the top-level document: an embedder policy
// needs a secure context. Unmodelled holds the names of headers with policies
// that the container does not hold, so that a caller can say that they are
// ignored.
// https://html.spec.whatwg.org/#creating-a-policy-container-from-a-fetch-response
func Parse(topLevel origin.URL, header fetch.HeaderList) (container fetch.PolicyContainer, unmodelled []string) {
	// Skipped 1: a response from a blob: URL has the policies of the blob's creator.
	// Skipped 3: there is no CSP.
	// Step 4: the embedder policy.
	container.EmbedderPolicy = obtainEmbedderPolicy(topLevel, header)
	// Step 5: the referrer policy.
	container.ReferrerPolicy = parseReferrerPolicy(header)
	// Skipped 6: there is no integrity policy.
	for _, name := range notModelled {
		if header.Contains(name) {
			unmodelled = append(unmodelled, name)
		}
	}
	return container, unmodelled
}

// obtainEmbedderPolicy reads the value of the embedder policy.
// https://html.spec.whatwg.org/#obtain-an-embedder-policy
func obtainEmbedderPolicy(topLevel origin.URL, header fetch.HeaderList) fetch.EmbedderPolicy {
	// Step 1: a context that is not secure has none.
	if !topLevel.IsPotentiallyTrustworthy() {
		return fetch.EmbedderPolicyUnsafeNone
	}
	// Step 3: a structured field of type item.
	value, _ := header.Get(HeaderEmbedderPolicy)
	// Step 4: its value is a token. The parameter report-to changes no check.
	switch token, _ := itemToken(value); token {
	case "require-corp":
		return fetch.EmbedderPolicyRequireCORP
	case "credentialless":
		return fetch.EmbedderPolicyCredentialless
	}
	// Skipped 5 and 6: reports.
	return fetch.EmbedderPolicyUnsafeNone
}
