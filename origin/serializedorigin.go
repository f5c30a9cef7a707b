package origin

import "strings"

// ParseOrigin parses a serialised tuple origin such as
// https://example.com:8443, the value of an Origin header other than null. The
// error is a [*ParseError].
// https://fetch.spec.whatwg.org/#http-origin
//
// It is strict: the string must match the header's grammar and be exactly what
// a browser writes for that origin, so that String returns the same string.
// Upper case, a slash at the end, the scheme's default port and leading zeros
// are errors. The grammar does not allow a few hosts that URLs can have, those
// with "_" or with a full stop at the end; use [ParseURL] and [URL.Origin] for
// them.
//
// "null" is an error: it stands for an opaque origin but does not say which.
func ParseOrigin(serialized string) (Origin, error) {
	hostEnd, port, kind, ok := scanOrigin(serialized)
	if !ok {
		return Origin{}, &ParseError{Input: serialized, Problem: originProblem(serialized)}
	}
	// The value is built only here: to copy it takes half as long as the scan.
	return Origin{serialized: serialized, hostEnd: uint32(hostEnd), port: port, scheme: kind}, nil
}

// scanOrigin finds the end of the host of a serialised tuple origin.
func scanOrigin(s string) (hostEnd int, port uint16, kind scheme, ok bool) {
	schemeEnd, kind := matchScheme(s)
	// A file: URL has an opaque origin, so no tuple origin has this scheme.
	if schemeEnd == 0 || kind == schemeFile || tooLong(len(s)) {
		return 0, 0, 0, false
	}
	host := scanHost(s[schemeEnd+3:])
	hostEnd = schemeEnd + 3 + host.length
	// Only the hosts of special schemes are parsed as domains or addresses.
	if !host.grammar || (kind.isSpecial() && !host.canonical) {
		return 0, 0, 0, false
	}
	if hostEnd == len(s) {
		return hostEnd, 0, kind, true
	}
	port, length, ok := scanPort(s[hostEnd+1:], kind)
	if s[hostEnd] != ':' || !ok || hostEnd+1+length != len(s) {
		return 0, 0, 0, false
	}
	return hostEnd, port, kind, true
}

// originProblem says why s is not an origin as a browser serialises it.
func originProblem(s string) Problem {
	switch {
	case s == "null":
		return ProblemNullOrigin
	case IsSerializedOriginOrNull(s):
		return ProblemNotCanonicalOrigin
	}
	return ProblemNotSerializedOrigin
}

// IsSerializedOriginOrNull reports whether s matches the grammar of the Origin
// header's value, origin-or-null. All values that browsers send match it, but
// browsers do not send every value that matches: see [ParseOrigin].
// https://fetch.spec.whatwg.org/#origin-or-null
func IsSerializedOriginOrNull(s string) bool {
	if s == "null" {
		return true
	}
	schemeEnd, _ := matchScheme(s)
	if schemeEnd == 0 {
		return false
	}
	rest := s[schemeEnd+3:]
	host := scanHost(rest)
	return host.grammar && isSerializedPort(rest[host.length:])
}

// isSerializedPort reports whether s is empty or a colon with one to five
// digits. https://fetch.spec.whatwg.org/#serialized-port
func isSerializedPort(s string) bool {
	if s == "" {
		return true
	}
	if s[0] != ':' || len(s) < 2 || len(s) > 6 {
		return false
	}
	for i := 1; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// matchScheme returns the length of the scheme at the start of s, and the
// scheme. The length is 0 unless "://" follows.
// https://fetch.spec.whatwg.org/#serialized-scheme
func matchScheme(s string) (int, scheme) {
	if strings.HasPrefix(s, "https://") {
		return 5, schemeHTTPS
	}
	if strings.HasPrefix(s, "http://") {
		return 4, schemeHTTP
	}
	n := 0
	for n < len(s) && isSchemeByte(s[n]) && s[n] == lower(s[n]) {
		n++
	}
	if n == 0 || !isAlpha(s[0]) || !strings.HasPrefix(s[n:], "://") {
		return 0, schemeOther
	}
	return n, schemeOf(s[:n])
}
