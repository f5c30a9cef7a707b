package fetch

import "strings"

// EqualFold reports whether two byte sequences are equal when the case of ASCII
// letters is ignored. Unlike [strings.EqualFold] it ignores the case of no
// other letters.
// https://infra.spec.whatwg.org/#byte-case-insensitive
func EqualFold(a, b string) bool { return len(a) == len(b) && (a == b || equalFoldBytes(a, b)) }

// equalFoldBytes is EqualFold for strings of the same length. It is a function
// of its own so that the compiler can inline EqualFold.
func equalFoldBytes(a, b string) bool {
	for i := range len(a) {
		if a[i] != b[i] && lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

// ByteLowercase returns s with its ASCII letters in lower case. It allocates
// only when s has an upper-case letter and is not a common header name in its
// usual spelling.
// https://infra.spec.whatwg.org/#byte-lowercase
func ByteLowercase(s string) string {
	for i := range len(s) {
		if isUpper(s[i]) {
			return lowercased(s)
		}
	}
	return s
}

// lowercased is ByteLowercase for a string with upper-case letters. It does not
// allocate for common header names.
func lowercased(s string) string {
	switch s {
	case "Accept":
		return "accept"
	case "Accept-Language":
		return "accept-language"
	case "Authorization":
		return "authorization"
	case "Cache-Control":
		return "cache-control"
	case "Content-Language":
		return "content-language"
	case "Content-Length":
		return "content-length"
	case "Content-Type":
		return "content-type"
	case "ETag":
		return "etag"
	case "If-Match":
		return "if-match"
	case "If-Modified-Since":
		return "if-modified-since"
	case "If-None-Match":
		return "if-none-match"
	case "Pragma":
		return "pragma"
	case "Range":
		return "range"
	case "X-API-Key", "X-Api-Key":
		return "x-api-key"
	case "X-CSRF-Token", "X-Csrf-Token":
		return "x-csrf-token"
	case "X-Custom-Header":
		return "x-custom-header"
	case "X-Request-ID", "X-Request-Id":
		return "x-request-id"
	case "X-Requested-With":
		return "x-requested-with"
	case "X-Total-Count":
		return "x-total-count"
	case "X-XSRF-TOKEN":
		return "x-xsrf-token"
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := range len(s) {
		b.WriteByte(lower(s[i]))
	}
	return b.String()
}

// isUpper reports whether c is an ASCII upper-case letter, with one comparison:
// for a smaller byte the subtraction wraps around.
func isUpper(c byte) bool { return c-'A' <= 'Z'-'A' }

func lower(c byte) byte {
	if isUpper(c) {
		return c + ('a' - 'A')
	}
	return c
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isAlphanumeric(c byte) bool { return isDigit(c) || 'a' <= lower(c) && lower(c) <= 'z' }

// tokenBytes holds the bytes that a token may contain.
// https://httpwg.org/specs/rfc9110.html#rule.token.separators
var tokenBytes = byteSet("!#$%&'*+-.^_`|~")

// byteSet returns the set of ASCII letters, digits and the bytes of extra.
func byteSet(extra string) (set [256]bool) {
	for c := range set {
		set[c] = isAlphanumeric(byte(c)) || strings.IndexByte(extra, byte(c)) >= 0
	}
	return set
}

// tokenLength returns the length of the longest prefix of s that contains only
// token bytes.
func tokenLength(s string) int {
	for i := range len(s) {
		if !tokenBytes[s[i]] {
			return i
		}
	}
	return len(s)
}

// isToken reports whether s is a token: at least one byte, and none of the
// delimiters of HTTP.
func isToken(s string) bool { return s != "" && tokenLength(s) == len(s) }

// trimHTTPWhitespace is strings.Trim for [httpWhitespace]; it is faster because
// it knows the bytes beforehand.
func trimHTTPWhitespace(s string) string {
	for s != "" && isHTTPWhitespace(s[0]) {
		s = s[1:]
	}
	for s != "" && isHTTPWhitespace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// trimTabOrSpace is strings.Trim for [tabOrSpace].
func trimTabOrSpace(s string) string {
	for s != "" && isTabOrSpace(s[0]) {
		s = s[1:]
	}
	for s != "" && isTabOrSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

func isTabOrSpace(c byte) bool { return c == '\t' || c == ' ' }

func isHTTPWhitespace(c byte) bool { return c == '\t' || c == '\n' || c == '\r' || c == ' ' }

// matchesAny reports whether a list contains a name, in any case. It is fastest
// for a name that is spelled as in the list.
func matchesAny(name string, list []string) bool {
	for _, listed := range list {
		if EqualFold(name, listed) {
			return true
		}
	}
	return false
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && EqualFold(s[:len(prefix)], prefix)
}
