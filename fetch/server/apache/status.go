package apache

import "strings"

// isStatus reports whether the server has a text for a status.
func isStatus(n int) bool {
	return n >= 100 && n <= 102 || n >= 200 && n <= 208 || n == 226 || n >= 300 && n <= 308 && n != 306 ||
		n >= 400 && n <= 417 || n >= 421 && n <= 426 || n == 428 || n == 429 || n == 431 || n == 451 ||
		n >= 500 && n <= 508 || n == 510 || n == 511
}

// isRedirect reports whether a status is a redirect for the server.
func isRedirect(n int) bool { return n >= 300 && n < 400 }

// methodsKnown are the methods that the server knows.
const methodsKnown = " GET HEAD PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE "

// isMethod reports whether the server knows a method.
func isMethod(m string) bool { return m != "" && strings.Contains(methodsKnown, " "+m+" ") }

// isURL reports whether a text begins with a scheme.
func isURL(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ':':
			return i > 0
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '+', c == '-', c == '.':
		default:
			return false
		}
	}
	return false
}
