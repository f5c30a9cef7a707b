package fetch

import (
	"fmt"
	"slices"
	"strings"
)

// The words of each enumeration, in the order of its constants.
var (
	modeWords        = []string{"no-cors", "cors", "same-origin", "navigate"}
	credentialsWords = []string{"same-origin", "include", "omit"}
	redirectWords    = []string{"follow", "error", "manual"}
	cacheWords       = []string{"default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"}
	taintingWords    = []string{"basic", "cors", "opaque"}
	typeWords        = []string{"default", "basic", "cors", "error", "opaque", "opaqueredirect"}
	taintWords       = []string{"same-origin", "same-site", "cross-site"}
	kindWords        = []string{"same-origin", "no-cors", "simple", "preflighted", "local", "refused"}
	causeWords       = []string{"method", "header", "upload-listener", "stream-body", "earlier-hop"}
	extractionWords  = []string{"absent", "malformed", "present"}
	headerCauseWords = []string{
		"safelisted", "name-not-safelisted", "value-too-long", "value-unsafe-byte", "type-malformed",
		"type-not-safelisted", "range-not-safelisted", "sum-too-long", "refused-by-browser",
	}
)

// word returns the word of a constant; a value that is none prints as its
// number.
func word[T ~uint8](words []string, v T) string {
	if int(v) < len(words) {
		return words[v]
	}
	return fmt.Sprintf("%T(%d)", v, uint8(v))
}

// parseWord returns the constant whose word is s.
func parseWord[T ~uint8](what string, words []string, s string) (T, error) {
	if i := slices.Index(words, s); i >= 0 {
		return T(i), nil
	}
	return 0, fmt.Errorf("unknown %s %q; known: %s", what, s, strings.Join(words, ", "))
}

// String returns the standard's word, such as "no-cors".
func (m Mode) String() string { return word(modeWords, m) }

// String returns the standard's word, such as "include".
func (c CredentialsMode) String() string { return word(credentialsWords, c) }

// String returns the standard's word, such as "follow".
func (r RedirectMode) String() string { return word(redirectWords, r) }

// String returns the standard's word, such as "no-store".
func (c CacheMode) String() string { return word(cacheWords, c) }

// String returns the standard's word, such as "opaque".
func (t Tainting) String() string { return word(taintingWords, t) }

// String returns the standard's word, such as "opaqueredirect".
func (t ResponseType) String() string { return word(typeWords, t) }

// String returns the standard's word, such as "cross-site".
func (t RedirectTaint) String() string { return word(taintWords, t) }

// String returns the kind's word, such as "preflighted".
func (k Kind) String() string { return word(kindWords, k) }

// String returns the kind's word, such as "upload-listener".
func (k CauseKind) String() string { return word(causeWords, k) }

// String returns the cause's stable code, such as "value-too-long".
func (c HeaderCause) String() string { return word(headerCauseWords, c) }

// String returns the state's word, such as "malformed".
func (s ExtractionState) String() string { return word(extractionWords, s) }

// ParseMode returns the mode of a word; the error for an unknown one lists all.
func ParseMode(s string) (Mode, error) { return parseWord[Mode]("mode", modeWords, s) }

// ParseCredentialsMode returns the credentials mode of a word; the error for an
// unknown one lists all.
func ParseCredentialsMode(s string) (CredentialsMode, error) {
	return parseWord[CredentialsMode]("credentials mode", credentialsWords, s)
}

// ParseRedirectMode returns the redirect mode of a word; the error for an
// unknown one lists all.
func ParseRedirectMode(s string) (RedirectMode, error) {
	return parseWord[RedirectMode]("redirect mode", redirectWords, s)
}

// ParseCacheMode returns the cache mode of a word; the error for an unknown one
// lists all.
func ParseCacheMode(s string) (CacheMode, error) {
	return parseWord[CacheMode]("cache mode", cacheWords, s)
}
