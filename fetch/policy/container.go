package policy

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// HeaderEmbedderPolicy is the name of the header of the embedder policy,
// HeaderOpenerPolicy that of the opener policy, and HeaderReferrerPolicy that of the
// referrer policy.
const (
	HeaderEmbedderPolicy = "Cross-Origin-Embedder-Policy"
	HeaderOpenerPolicy   = "Cross-Origin-Opener-Policy"
	HeaderReferrerPolicy = "Referrer-Policy"
)

// notModelled holds the headers of policies that the policy container does not
// contain. It leaves out headers that only ask for reports, because they change
// nothing.
var notModelled = []string{
	"Document-Policy", "Integrity-Policy",
}

// Parse creates the policy container of a document or worker from the headers
// of its response. The URL is that of the top-level document: an embedder
// policy needs a secure context. Unmodelled lists the headers whose policies
// the container does not contain, so that a caller can say that they are
// ignored.
// https://html.spec.whatwg.org/#creating-a-policy-container-from-a-fetch-response
func Parse(topLevel origin.URL, header fetch.HeaderList) (container fetch.PolicyContainer, unmodelled []string) {
	// Skipped 1: a response from a blob: URL has the policies of the blob's creator.
	// Step 3: the content security policies.
	container.CSP = parseCSPs(topLevel, header)
	// Chromium's draft: one directive says in which address space the page is.
	if container.CSP.Enforces("treat-as-public-address") {
		container.AddressSpace = fetch.AddressSpacePublic
	}
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
	// The opener policy of a document is not part of the container in the standard.
	container.SameOriginOpener = topLevel.IsPotentiallyTrustworthy() && isSameOriginOpener(header)
	// The permissions policy of a document is not part of the container in the standard.
	if parsePermissionsPolicy(&container, topLevel, header) {
		unmodelled = append(unmodelled, HeaderPermissionsPolicy)
	}
	return container, unmodelled
}

// obtainEmbedderPolicy returns the value of the embedder policy.
// https://html.spec.whatwg.org/#obtain-an-embedder-policy
func obtainEmbedderPolicy(topLevel origin.URL, header fetch.HeaderList) fetch.EmbedderPolicy {
	// Step 1: a non-secure context has no embedder policy.
	if !topLevel.IsPotentiallyTrustworthy() {
		return fetch.EmbedderPolicyUnsafeNone
	}
	return EmbedderPolicyOf(header)
}

// EmbedderPolicyOf returns the embedder policy that a response asks for, in whatever context.
// https://html.spec.whatwg.org/#obtain-an-embedder-policy
func EmbedderPolicyOf(header fetch.HeaderList) fetch.EmbedderPolicy {
	// Step 3: parse a structured field of type item.
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

// isSameOriginOpener reports whether the opener policy is same-origin.
// https://html.spec.whatwg.org/#obtain-coop
func isSameOriginOpener(header fetch.HeaderList) bool {
	return openerPolicy(header) == "same-origin"
}

// HasOpenerPolicy reports whether a response asks for an opener policy, in whatever
// context.
// https://html.spec.whatwg.org/#obtain-coop
func HasOpenerPolicy(header fetch.HeaderList) bool {
	switch openerPolicy(header) {
	case "same-origin", "same-origin-allow-popups", "noopener-allow-popups":
		return true
	}
	return false
}

func openerPolicy(header fetch.HeaderList) string {
	value, _ := header.Get(HeaderOpenerPolicy)
	token, _ := itemToken(value)
	return token
}
