package browser

import "strings"

// isJSON reports whether a text is JSON, whatever characters its strings have.
// It builds no value, and needs one byte for each open bracket.
// https://www.rfc-editor.org/rfc/rfc8259#section-2
func isJSON(text string) bool {
	var open []byte
	s, ok := skipJSONSpace(text), true
	for {
		if s != "" && (s[0] == '[' || s[0] == '{') {
			open = append(open, s[0])
			s = skipJSONSpace(s[1:])
			if !closesJSON(s, open) {
				if s, ok = cutJSONName(s, open); !ok {
					return false
				}
				continue
			}
		} else if s, ok = cutJSONScalar(s); !ok {
			return false
		}
		for s = skipJSONSpace(s); closesJSON(s, open); s = skipJSONSpace(s[1:]) {
			open = open[:len(open)-1]
		}
		if len(open) == 0 {
			return s == ""
		}
		if s, ok = strings.CutPrefix(s, ","); ok {
			s, ok = cutJSONName(skipJSONSpace(s), open)
		}
		if !ok {
			return false
		}
	}
}

func skipJSONSpace(s string) string { return strings.TrimLeft(s, " \t\r\n") }

// closesJSON reports whether s begins with the bracket that closes the last open
// one. In ASCII it comes two places after it.
func closesJSON(s string, open []byte) bool {
	return s != "" && len(open) > 0 && s[0] == open[len(open)-1]+2
}

// cutJSONName returns what follows the name and the colon of an object's member;
// in an array there is no name.
func cutJSONName(s string, open []byte) (after string, ok bool) {
	if open[len(open)-1] == '[' {
		return s, true
	}
	s, ok = cutJSONString(s)
	if ok {
		s, ok = strings.CutPrefix(skipJSONSpace(s), ":")
	}
	return skipJSONSpace(s), ok
}

// cutJSONScalar returns what follows a value that is neither an array nor an
// object.
func cutJSONScalar(s string) (after string, ok bool) {
	for _, word := range []string{"true", "false", "null"} {
		if after, ok := strings.CutPrefix(s, word); ok {
			return after, true
		}
	}
	if strings.HasPrefix(s, `"`) {
		return cutJSONString(s)
	}
	return cutJSONNumber(s)
}

func cutJSONString(s string) (after string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return s, false
	}
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return s[i+1:], true
		case s[i] < ' ':
			return s, false
		case s[i] != '\\':
		case strings.HasPrefix(s[i+1:], "u") && len(s) >= i+6 && strings.Trim(s[i+2:i+6], hexDigits) == "":
			i += 5
		case i+1 == len(s) || strings.IndexByte(`"\/bfnrt`, s[i+1]) < 0:
			return s, false
		default:
			i++
		}
	}
	return s, false
}

const (
	digits    = "0123456789"
	hexDigits = digits + "abcdefABCDEF"
)

func cutJSONNumber(s string) (after string, ok bool) {
	s = strings.TrimPrefix(s, "-")
	if after, ok = strings.CutPrefix(s, "0"); !ok {
		after, ok = cutDigits(s)
	}
	if fraction, has := strings.CutPrefix(after, "."); ok && has {
		after, ok = cutDigits(fraction)
	}
	if ok && after != "" && (after[0] == 'e' || after[0] == 'E') {
		after = after[1:]
		if after != "" && (after[0] == '+' || after[0] == '-') {
			after = after[1:]
		}
		after, ok = cutDigits(after)
	}
	return after, ok
}

// cutDigits returns what follows one digit or more.
func cutDigits(s string) (after string, ok bool) {
	after = strings.TrimLeft(s, digits)
	return after, len(after) < len(s)
}
