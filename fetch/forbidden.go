package fetch

var forbiddenRequestHeaders = []string{
	"accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method",
	"connection", "content-length", "cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive",
	"origin", "referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via",
}

var methodOverrideHeaders = []string{"x-http-method", "x-http-method-override", "x-method-override"}

// IsForbiddenRequestHeader reports whether script must not set a header. The
// value matters only for the headers that override the method.
// https://fetch.spec.whatwg.org/#forbidden-request-header
func IsForbiddenRequestHeader(name, value string) bool {
	// Step 1: by name.
	if matchesAny(name, forbiddenRequestHeaders) {
		return true
	}
	// Step 2: by the beginning of the name.
	if hasPrefixFold(name, "proxy-") || hasPrefixFold(name, "sec-") {
		return true
	}
	// Step 3: by a forbidden method in the value.
	if matchesAny(name, methodOverrideHeaders) {
		// Step 3.1: the methods.
		for _, method := range GetDecodeSplitValue(value) {
			// Step 3.2: one forbidden method is enough.
			if IsForbiddenMethod(method) {
				return true
			}
		}
	}
	// Step 4: script may set all other headers.
	return false
}

// IsForbiddenResponseHeaderName reports whether script can never read a
// response header.
// https://fetch.spec.whatwg.org/#forbidden-response-header-name
func IsForbiddenResponseHeaderName(name string) bool {
	return EqualFold(name, "Set-Cookie") || EqualFold(name, "Set-Cookie2")
}

var requestBodyHeaders = []string{"content-encoding", "content-language", "content-location", "content-type"}

// IsRequestBodyHeaderName reports whether a header describes the body. A
// redirect that removes the body removes these headers too.
// https://fetch.spec.whatwg.org/#request-body-header-name
func IsRequestBodyHeaderName(name string) bool { return matchesAny(name, requestBodyHeaders) }
