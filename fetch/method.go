package fetch

// IsMethod reports whether s is a method: a token.
// https://fetch.spec.whatwg.org/#concept-method
func IsMethod(s string) bool { return isToken(s) }

// IsCORSSafelistedMethod reports whether a method needs no preflight. The
// comparison is byte for byte.
// https://fetch.spec.whatwg.org/#cors-safelisted-method
func IsCORSSafelistedMethod(method string) bool {
	return method == "GET" || method == "HEAD" || method == "POST"
}

// IsForbiddenMethod reports whether script may not use a method, in any case.
// https://fetch.spec.whatwg.org/#forbidden-method
func IsForbiddenMethod(method string) bool {
	return EqualFold(method, "CONNECT") || EqualFold(method, "TRACE") || EqualFold(method, "TRACK")
}

var normalizedMethods = [...]string{"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"}

// NormalizeMethod returns the six methods that the standard normalises in upper
// case, whatever their case, and every other method unchanged: "patch" remains
// "patch".
// https://fetch.spec.whatwg.org/#concept-method-normalize
func NormalizeMethod(method string) string {
	for _, m := range normalizedMethods {
		if EqualFold(method, m) {
			return m
		}
	}
	return method
}
