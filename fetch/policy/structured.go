package policy

import (
	"slices"
	"strings"
)

// itemToken parses a structured field of type item and returns its bare item,
// if that is a token. ok is false when the field is malformed or the bare item
// is not a token.
// https://www.rfc-editor.org/rfc/rfc9651#section-4.2
func itemToken(field string) (token string, ok bool) {
	field = strings.Trim(field, " ")
	token, rest, ok := cutBareItem(field)
	if !ok || !isTokenStart(field[0]) {
		return "", false
	}
	if rest, ok = cutParameters(rest); !ok || rest != "" {
		return "", false
	}
	return token, true
}

// member is a member of a dictionary: its key and its bare items, of which a value that is
// no inner list is one. Parameters are left out.
type member struct {
	key   string
	items []string
}

// dictionary parses a structured field of type dictionary. Of members with the same key the
// last one counts. ok is false when the field is malformed.
// https://www.rfc-editor.org/rfc/rfc9651#section-4.2.2
func dictionary(field string) (members []member, ok bool) {
	for rest := strings.Trim(field, " "); rest != ""; {
		var m member
		if m, rest, ok = cutMember(rest); !ok {
			return nil, false
		}
		members = slices.DeleteFunc(members, func(earlier member) bool { return earlier.key == m.key })
		members = append(members, m)
		if rest = strings.TrimLeft(rest, " \t"); rest == "" {
			break
		}
		rest, ok = strings.CutPrefix(rest, ",")
		if rest = strings.TrimLeft(rest, " \t"); !ok || rest == "" {
			return nil, false
		}
	}
	return members, true
}

// cutMember cuts a member of a dictionary from the start of a string.
func cutMember(s string) (m member, rest string, ok bool) {
	if m.key, rest, ok = cutKey(s); !ok {
		return m, rest, false
	}
	value, hasValue := strings.CutPrefix(rest, "=")
	switch list, isList := strings.CutPrefix(value, "("); {
	case !hasValue: // the boolean true
	case isList:
		m.items, rest, ok = cutInnerList(list)
	default:
		var item string
		item, rest, ok = cutBareItem(value)
		m.items = []string{item}
	}
	if ok {
		rest, ok = cutParameters(rest)
	}
	return m, rest, ok
}

// cutInnerList cuts the rest of an inner list from the start of a string, with the
// parenthesis at its end.
// https://www.rfc-editor.org/rfc/rfc9651#section-4.2.1.2
func cutInnerList(s string) (items []string, rest string, ok bool) {
	for {
		inner := strings.TrimLeft(s, " ")
		if rest, ok = strings.CutPrefix(inner, ")"); ok {
			return items, rest, true
		}
		// Items are separated by spaces.
		if len(items) > 0 && len(inner) == len(s) {
			return nil, "", false
		}
		var item string
		if item, s, ok = cutBareItem(inner); !ok {
			return nil, "", false
		}
		if s, ok = cutParameters(s); !ok {
			return nil, "", false
		}
		items = append(items, item)
	}
}

// cutKey cuts a key from the start of a string.
// https://www.rfc-editor.org/rfc/rfc9651#section-4.2.3.3
func cutKey(s string) (key, rest string, ok bool) {
	if s == "" || !isLower(s[0]) && s[0] != '*' {
		return "", "", false
	}
	key, rest = cutWhile(s, isKeyByte)
	return key, rest, true
}

// cutParameters cuts parameters from the start of a string.
// https://www.rfc-editor.org/rfc/rfc9651#section-4.2.3.2
func cutParameters(s string) (rest string, ok bool) {
	for {
		after, more := strings.CutPrefix(s, ";")
		if !more {
			return s, true
		}
		if _, s, ok = cutKey(strings.TrimLeft(after, " ")); !ok {
			return "", false
		}
		if value, has := strings.CutPrefix(s, "="); has {
			if _, s, ok = cutBareItem(value); !ok {
				return "", false
			}
		}
	}
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
