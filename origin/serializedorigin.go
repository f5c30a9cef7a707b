package origin

import "strings"

// ParseOrigin parses a serialised tuple origin such as https://example.com:8443,
// the value of an Origin header other than null. The error is a [*ParseError].
// https://fetch.spec.whatwg.org/#http-origin
//
// It is strict: the string must match the header's grammar and be the one form
// in which a browser writes that origin, so that String gives it back. Upper
// case, a slash at the end, a scheme's default port and leading zeros are all
// errors. The grammar leaves out a few hosts that URLs do have, those with "_"
// or with a full stop at the end; for these use [ParseURL] and [URL.Origin].
//
// "null" is an error: it stands for an opaque origin without saying which.
func ParseOrigin(serialized string) (Origin, error) {
	o, problem := parseOrigin(serialized)
	if problem != "" {
		return Origin{}, &ParseError{Input: serialized, Problem: problem}
	}
	return o, nil
}

func parseOrigin(s string) (Origin, Problem) {
	parts, ok := matchOrigin(s)
	if !ok {
		if s == "null" {
			return Origin{}, ProblemNullOrigin
		}
		return Origin{}, ProblemNotSerializedOrigin
	}
	o := Origin{
		serialized: s,
		schemeEnd:  uint32(parts.schemeEnd),
		hostEnd:    uint32(parts.hostEnd),
		scheme:     schemeOf(s[:parts.schemeEnd]),
	}
	// Only special schemes have hosts that are read as domains or addresses.
	if o.scheme.isSpecial() && !parts.canonicalHost {
		return Origin{}, ProblemNotCanonicalOrigin
	}
	// A file: URL has an opaque origin, so nobody serialises one.
	if o.scheme == schemeFile {
		return Origin{}, ProblemNotCanonicalOrigin
	}
	if parts.hostEnd < len(s) {
		o.port, _, o.hasPort = scanPort(s[parts.hostEnd+1:], o.scheme)
		if !o.hasPort {
			return Origin{}, ProblemNotCanonicalOrigin
		}
	}
	return o, ""
}

// IsSerializedOriginOrNull reports whether s matches the grammar of the Origin
// header's value, origin-or-null. A server sees only such values from
// browsers, though not every such value is one that a browser would send:
// see [ParseOrigin].
// https://fetch.spec.whatwg.org/#origin-or-null
func IsSerializedOriginOrNull(s string) bool {
	_, ok := matchOrigin(s)
	return ok || s == "null"
}

// originParts says where the parts of a serialised origin are. A colon and the
// port follow the host unless the string ends there.
type originParts struct {
	schemeEnd, hostEnd int
	canonicalHost      bool
}

// matchOrigin matches s against serialized-origin.
// https://fetch.spec.whatwg.org/#serialized-origin
func matchOrigin(s string) (originParts, bool) {
	schemeEnd := matchScheme(s)
	if schemeEnd == 0 || !strings.HasPrefix(s[schemeEnd:], "://") || len(s) > maxLength {
		return originParts{}, false
	}
	start := schemeEnd + 3
	host := scanHost(s[start:])
	parts := originParts{schemeEnd: schemeEnd, hostEnd: start + host.length, canonicalHost: host.canonical}
	if !host.grammar {
		return parts, false
	}
	rest := s[parts.hostEnd:]
	if rest == "" {
		return parts, true
	}
	// serialized-port: one to five digits.
	if rest[0] != ':' || len(rest) < 2 || len(rest) > 6 {
		return parts, false
	}
	for i := 1; i < len(rest); i++ {
		if !isDigit(rest[i]) {
			return parts, false
		}
	}
	return parts, true
}

// matchScheme returns the length of the scheme at the start of s, 0 for none.
// https://fetch.spec.whatwg.org/#serialized-scheme
func matchScheme(s string) int {
	if strings.HasPrefix(s, "https:") {
		return 5
	}
	n := 0
	for n < len(s) && isSchemeByte(s[n]) && s[n] == lower(s[n]) {
		n++
	}
	if n == 0 || !isAlpha(s[0]) {
		return 0
	}
	return n
}
