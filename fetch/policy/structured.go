package policy

import "strings"

// itemToken parses a structured field of type item and returns its bare item,
// if that is a token. ok is false when the field is malformed or the bare item
// is not a token.
// https://www.rfc-editor.org/rfc/rfc9651#section-4.2
func itemToken(field string) (token string, ok bool) {
	field = strings.Trim(field, " ")
	token, rest, ok := cutBareItem(field)
	if !ok || !cutParameters(rest) || !isTokenStart(field[0]) {
		return "", false
	}
	return token, true
}

// cutParameters reports whether a string contains only parameters.
// https://www.rfc-editor.org/rfc/rfc9651#section-4.2.3.2
func cutParameters(s string) bool {
	for s != "" {
		rest, ok := strings.CutPrefix(s, ";")
		if !ok {
			return false
		}
		rest = strings.TrimLeft(rest, " ")
		if rest == "" || !isLower(rest[0]) && rest[0] != '*' {
			return false
		}
		_, s = cutWhile(rest, isKeyByte)
		if value, ok := strings.CutPrefix(s, "="); ok {
			if _, s, ok = cutBareItem(value); !ok {
				return false
			}
		}
	}
	return true
}

// cutBareItem cuts a bare item from the start of a string.
// https://www.rfc-editor.org/rfc/rfc9651#section-4.2.3.1
func cutBareItem(s string) (item, rest string, ok bool) {
	if s == "" {
		return "", "", false
	}
	switch c := s[0]; {
	case isTokenStart(c):
		item, rest = cutWhile(s, isTokenByte)
		return item, rest, true
	case c == '-' || isDigit(c):
		return cutNumber(s)
	case c == '@':
		item, rest, ok = cutNumber(s[1:])
		return "@" + item, rest, ok && !strings.Contains(item, ".")
	case c == '"':
		return cutQuoted(s)
	case c == '%':
		item, rest, ok = cutQuoted(s[1:])
		return "%" + item, rest, ok
	case c == ':':
		bytes, rest := cutWhile(s[1:], isBase64Byte)
		rest, ok = strings.CutPrefix(rest, ":")
		return ":" + bytes + ":", rest, ok
	case strings.HasPrefix(s, "?0"), strings.HasPrefix(s, "?1"):
		return s[:2], s[2:], true
	}
	return "", "", false
}

// cutNumber cuts an integer of up to 15 digits, or a decimal with up to 12
// digits before the point and 3 after it.
// https://www.rfc-editor.org/rfc/rfc9651#section-4.2.4
func cutNumber(s string) (item, rest string, ok bool) {
	integer, rest := cutWhile(strings.TrimPrefix(s, "-"), isDigit)
	after, isDecimal := strings.CutPrefix(rest, ".")
	if !isDecimal {
		return s[:len(s)-len(rest)], rest, 1 <= len(integer) && len(integer) <= 15
	}
	fraction, rest := cutWhile(after, isDigit)
	ok = 1 <= len(integer) && len(integer) <= 12 && 1 <= len(fraction) && len(fraction) <= 3
	return s[:len(s)-len(rest)], rest, ok
}

// cutQuoted cuts a quoted string of printable ASCII.
// https://www.rfc-editor.org/rfc/rfc9651#section-4.2.5
func cutQuoted(s string) (item, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", "", false
	}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return s[:i+1], s[i+1:], true
		case c < ' ' || c > '~':
			return "", "", false
		case c == '\\':
			if i++; i == len(s) || s[i] != '"' && s[i] != '\\' {
				return "", "", false
			}
		}
	}
	return "", "", false
}

// cutWhile cuts a string before the first byte that is not of a class.
func cutWhile(s string, class func(byte) bool) (head, rest string) {
	n := 0
	for n < len(s) && class(s[n]) {
		n++
	}
	return s[:n], s[n:]
}

func isLower(c byte) bool      { return 'a' <= c && c <= 'z' }
func isAlpha(c byte) bool      { return isLower(c | 0x20) }
func isDigit(c byte) bool      { return '0' <= c && c <= '9' }
func isTokenStart(c byte) bool { return isAlpha(c) || c == '*' }

func isTokenByte(c byte) bool {
	return isAlpha(c) || isDigit(c) || strings.IndexByte("!#$%&'*+-.^_`|~:/", c) >= 0
}

func isKeyByte(c byte) bool {
	return isLower(c) || isDigit(c) || strings.IndexByte("_-.*", c) >= 0
}

func isBase64Byte(c byte) bool {
	return isAlpha(c) || isDigit(c) || strings.IndexByte("+/=", c) >= 0
}
