package fetch

import "golang.org/x/net/http/httpguts"

// IsMethod reports whether s is a method: a token.
// https://fetch.spec.whatwg.org/#concept-method
func IsMethod(s string) bool { return httpguts.ValidHeaderFieldName(s) }

// IsCORSSafelistedMethod reports whether a method needs no preflight. It is
// compared byte for byte.
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

// NormalizeMethod returns the six methods that are written in upper case in
// that form, whatever case they are in, and every other as it stands: "patch"
// stays "patch".
// https://fetch.spec.whatwg.org/#concept-method-normalize
func NormalizeMethod(method string) string {
	for _, m := range normalizedMethods {
		if EqualFold(method, m) {
			return m
		}
	}
	return method
}

// IsForbiddenRequestHeader reports whether script may not set a header; the
// value decides for the headers that override the method.
// https://fetch.spec.whatwg.org/#forbidden-request-header
func IsForbiddenRequestHeader(name, value string) bool {
	// Step 1: by name.
	if matchesAny(name, forbiddenRequestHeaders) {
		return true
	}
	// Step 2: by how the name begins.
	if hasPrefixFold(name, "proxy-") || hasPrefixFold(name, "sec-") {
		return true
	}
	// Step 3: by a forbidden method among the values.
	if matchesAny(name, methodOverrideHeaders) {
		for _, method := range GetDecodeSplitValue(value) {
			if IsForbiddenMethod(method) {
				return true
			}
		}
	}
	// Step 4: all others are script's to set.
	return false
}

var forbiddenRequestHeaders = []string{
	"accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method",
	"connection", "content-length", "cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive",
	"origin", "referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via",
}

var methodOverrideHeaders = []string{"x-http-method", "x-http-method-override", "x-method-override"}

// IsForbiddenResponseHeaderName reports whether script never sees a response
// header.
// https://fetch.spec.whatwg.org/#forbidden-response-header-name
func IsForbiddenResponseHeaderName(name string) bool {
	return EqualFold(name, "Set-Cookie") || EqualFold(name, "Set-Cookie2")
}

var requestBodyHeaders = []string{"content-encoding", "content-language", "content-location", "content-type"}

// IsRequestBodyHeaderName reports whether a header describes the body, so that
// it goes when a redirect drops the body.
// https://fetch.spec.whatwg.org/#request-body-header-name
func IsRequestBodyHeaderName(name string) bool { return matchesAny(name, requestBodyHeaders) }

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && EqualFold(s[:len(prefix)], prefix)
}
