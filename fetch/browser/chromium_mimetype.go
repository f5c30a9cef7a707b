package browser

import (
	"strings"
)

// isStrictMIMEType reports whether Chromium accepts a value as the type of a
// beacon: all its parts are tokens, with only spaces around them, and every
// parameter has a name and a value.
func isStrictMIMEType(value string) bool {
	rest, ok := cutMIMEToken(value)
	if !ok {
		return false
	}
	if rest, ok = strings.CutPrefix(rest, "/"); !ok {
		return false
	}
	if rest, ok = cutMIMEToken(rest); !ok {
		return false
	}
	for rest != "" {
		if rest, ok = cutMIMEParameter(rest); !ok {
			return false
		}
	}
	return true
}

// cutMIMEParameter removes a parameter and the semicolon before it from the
// start of s.
func cutMIMEParameter(s string) (rest string, ok bool) {
	if rest, ok = strings.CutPrefix(s, ";"); !ok {
		return "", false
	}
	if rest, ok = cutMIMEToken(rest); !ok {
		return "", false
	}
	if rest, ok = strings.CutPrefix(rest, "="); !ok {
		return "", false
	}
	if rest = strings.TrimLeft(rest, " "); strings.HasPrefix(rest, `"`) {
		return cutMIMEString(rest[1:])
	}
	return cutMIMEToken(rest)
}

// cutMIMEString removes the rest of a quoted string, after its first quotation
// mark, and the spaces that follow it.
func cutMIMEString(s string) (rest string, ok bool) {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return strings.TrimLeft(s[i+1:], " "), true
		}
	}
	return "", false
}

// cutMIMEToken removes a token and the spaces around it from the start of s.
// https://www.rfc-editor.org/rfc/rfc2045#section-5.1
func cutMIMEToken(s string) (rest string, ok bool) {
	s = strings.TrimLeft(s, " ")
	n := 0
	for n < len(s) && s[n] > ' ' && s[n] < 0x7f && strings.IndexByte(`()<>@,;:\"/[]?=`, s[n]) < 0 {
		n++
	}
	return strings.TrimLeft(s[n:], " "), n > 0
}
