package fetch

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/enum"
	"github.com/corsim/corsim/fetch/textfmt"
)

// The words of each enumeration, in the order of its constants.
var (
	modes            = enum.New[Mode]("mode", "no-cors", "cors", "same-origin", "navigate", "websocket")
	credentialsModes = enum.New[CredentialsMode]("credentials mode", "same-origin", "include", "omit")
	redirectModes    = enum.New[RedirectMode]("redirect mode", "follow", "error", "manual")
	cacheModes       = enum.New[CacheMode]("cache mode",
		"default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached")
	taintings     = enum.New[Tainting]("response tainting", "basic", "cors", "opaque")
	responseTypes = enum.New[ResponseType]("response type",
		"default", "basic", "cors", "error", "opaque", "opaqueredirect")
	redirectTaints   = enum.New[RedirectTaint]("redirect taint", "same-origin", "same-site", "cross-site")
	embedderPolicies = enum.New[EmbedderPolicy]("embedder policy", "unsafe-none", "require-corp", "credentialless")
	addressSpaces    = enum.New[AddressSpace]("address space", "unknown", "public", "local", "loopback")
	locationStates   = enum.New[LocationState]("location state", "null", "failure", "url")
	extractionStates = enum.New[ExtractionState]("extraction state", "absent", "malformed", "present")
	kinds            = enum.New[Kind]("kind of request", "same-origin", "no-cors", "simple", "preflighted", "local", "refused", "navigation", "websocket")
	causeKinds       = enum.New[CauseKind]("kind of cause", "method", "header", "upload-listener", "stream-body", "earlier-hop")
	headerCauses     = enum.New[HeaderCause]("cause of a header",
		"safelisted", "name-not-safelisted", "value-too-long", "value-unsafe-byte", "type-malformed",
		"type-not-safelisted", "range-not-safelisted", "sum-too-long", "refused-by-browser")
)

// referrerPolicies holds all referrer policies except the empty string.
var referrerPolicies = []ReferrerPolicy{
	ReferrerPolicyNoReferrer, ReferrerPolicyNoReferrerWhenDowngrade, ReferrerPolicySameOrigin, ReferrerPolicyOrigin,
	ReferrerPolicyStrictOrigin, ReferrerPolicyOriginWhenCrossOrigin, ReferrerPolicyStrictOriginWhenCrossOrigin,
	ReferrerPolicyUnsafeURL,
}

// String returns the standard's word, such as "no-cors".
func (m Mode) String() string { return modes.Word(m) }

// ParseMode returns the mode of a word. The error for an unknown word lists the
// known ones.
func ParseMode(word string) (Mode, error) { return modes.Parse(word) }

// String returns the standard's word, such as "include".
func (c CredentialsMode) String() string { return credentialsModes.Word(c) }

// ParseCredentialsMode returns the credentials mode of a word. The error for an
// unknown word lists the known ones.
func ParseCredentialsMode(word string) (CredentialsMode, error) { return credentialsModes.Parse(word) }

// String returns the standard's word, such as "follow".
func (r RedirectMode) String() string { return redirectModes.Word(r) }

// ParseRedirectMode returns the redirect mode of a word. The error for an
// unknown word lists the known ones.
func ParseRedirectMode(word string) (RedirectMode, error) { return redirectModes.Parse(word) }

// String returns the standard's word, such as "no-store".
func (c CacheMode) String() string { return cacheModes.Word(c) }

// ParseCacheMode returns the cache mode of a word. The error for an unknown
// word lists the known ones.
func ParseCacheMode(word string) (CacheMode, error) { return cacheModes.Parse(word) }

// String returns the standard's word, such as "opaque".
func (t Tainting) String() string { return taintings.Word(t) }

// ParseTainting returns the response tainting of a word. The error for an
// unknown word lists the known ones.
func ParseTainting(word string) (Tainting, error) { return taintings.Parse(word) }

// String returns the standard's word, such as "opaqueredirect".
func (t ResponseType) String() string { return responseTypes.Word(t) }

// ParseResponseType returns the response type of a word. The error for an
// unknown word lists the known ones.
func ParseResponseType(word string) (ResponseType, error) { return responseTypes.Parse(word) }

// String returns the standard's word, such as "cross-site".
func (t RedirectTaint) String() string { return redirectTaints.Word(t) }

// ParseRedirectTaint returns the redirect taint of a word. The error for an
// unknown word lists the known ones.
func ParseRedirectTaint(word string) (RedirectTaint, error) { return redirectTaints.Parse(word) }

// String returns the standard's word, such as "require-corp".
func (p EmbedderPolicy) String() string { return embedderPolicies.Word(p) }

// ParseEmbedderPolicy returns the embedder policy of a word. The error for an
// unknown word lists the known ones.
func ParseEmbedderPolicy(word string) (EmbedderPolicy, error) { return embedderPolicies.Parse(word) }

// String returns the state's word, such as "failure".
func (s LocationState) String() string { return locationStates.Word(s) }

// ParseLocationState returns the location state of a word. The error for an
// unknown word lists the known ones.
func ParseLocationState(word string) (LocationState, error) { return locationStates.Parse(word) }

// String returns the state's word, such as "malformed".
func (s ExtractionState) String() string { return extractionStates.Word(s) }

// ParseExtractionState returns the extraction state of a word. The error for an
// unknown word lists the known ones.
func ParseExtractionState(word string) (ExtractionState, error) { return extractionStates.Parse(word) }

// String returns the kind's word, such as "preflighted".
func (k Kind) String() string { return kinds.Word(k) }

// ParseKind returns the kind of request of a word. The error for an unknown
// word lists the known ones.
func ParseKind(word string) (Kind, error) { return kinds.Parse(word) }

// String returns the kind's word, such as "upload-listener".
func (k CauseKind) String() string { return causeKinds.Word(k) }

// ParseCauseKind returns the kind of cause of a word. The error for an unknown
// word lists the known ones.
func ParseCauseKind(word string) (CauseKind, error) { return causeKinds.Parse(word) }

// String returns the cause's stable code, such as "value-too-long".
func (c HeaderCause) String() string { return headerCauses.Word(c) }

// ParseHeaderCause returns the cause of a header of a word. The error for an
// unknown word lists the known ones.
func ParseHeaderCause(word string) (HeaderCause, error) { return headerCauses.Parse(word) }

// ParseReferrerPolicy returns the referrer policy of a word, which may be empty.
// The error for an unknown word lists the known ones.
func ParseReferrerPolicy(word string) (ReferrerPolicy, error) {
	policy := ReferrerPolicy(word)
	if policy == ReferrerPolicyEmpty || slices.Contains(referrerPolicies, policy) {
		return policy, nil
	}
	known := make([]string, len(referrerPolicies))
	for i, p := range referrerPolicies {
		known[i] = string(p)
	}
	return "", textfmt.Errorf("unknown referrer policy %q; known: %s", word, strings.Join(known, ", "))
}

// String returns the word of the standard's draft, such as "loopback".
func (a AddressSpace) String() string { return addressSpaces.Word(a) }

// ParseAddressSpace returns the address space of a word. The error for an unknown
// word lists the known ones.
func ParseAddressSpace(word string) (AddressSpace, error) { return addressSpaces.Parse(word) }
