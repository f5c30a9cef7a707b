package browser

import (
	"strings"

	"github.com/corsim/corsim/fetch"
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

// chromiumCharset returns a Content-Type in which every value of a parameter
// charset is UTF-8. Chromium searches the text and does not parse the type.
func chromiumCharset(contentType string) string {
	var out strings.Builder
	lower := fetch.ByteLowercase(contentType)
	for done := 0; ; {
		start, end := chromiumCharsetValue(contentType, lower, done)
		if start == end {
			out.WriteString(contentType[done:])
			return out.String()
		}
		out.WriteString(contentType[done:start])
		out.WriteString("UTF-8")
		done = end
	}
}

// chromiumCharsetValue returns where the first value after charset= starts and
// ends, from a position on; both are equal if there is none. lower is the text in
// lower case.
func chromiumCharsetValue(s, lower string, from int) (start, end int) {
	const name = "charset"
	for i := from; ; {
		found := strings.Index(lower[i:], name)
		if found < 0 {
			return 0, 0
		}
		i += found + len(name)
		if before := i - len(name) - 1; before < from || s[before] > ' ' && s[before] != ';' {
			continue // the end of another word
		}
		rest := strings.TrimLeftFunc(s[i:], isBlank)
		if value, ok := strings.CutPrefix(rest, "="); ok {
			value = strings.TrimLeftFunc(value, func(c rune) bool { return isBlank(c) || c == '"' || c == '\'' })
			start = len(s) - len(value)
			length := strings.IndexFunc(value, func(c rune) bool { return isBlank(c) || c == '"' || c == '\'' || c == ';' })
			if length < 0 {
				length = len(value)
			}
			return start, start + length
		}
	}
}

// isBlank reports whether a character is a space or a control character.
func isBlank(c rune) bool { return c <= ' ' }
