package console

import (
	"strings"
	"unicode"

	"github.com/corsim/corsim/fetch"
)

// recognizeLocalized recognises a message of Firefox in another language by its
// structure: it names the URL, says CORS, has the names of headers and the values in
// quotation marks as they are, and often a status at the end. ok is false for other
// texts. The part of the message in brackets, which says why, may be alone if it names a
// header.
func recognizeLocalized(text string) (l Line, ok bool) {
	url := firstURL(text)
	isPart := url == "" && strings.Contains(text, "Access-Control-Allow-") && len(text) < maxField && !strings.Contains(text, "\n")
	if url == "" && !isPart || !strings.Contains(text, "CORS") || isEnglish(text) {
		return Line{}, false
	}
	s := structure{url: url, quoted: quotedIn(text), folded: fetch.ByteLowercase(text), status: lastStatusIn(text)}
	inner := s.message()
	if l = inner; !isPart {
		l = firefoxBlocked.line(fields{{"url", url}}).holding(inner)
	}
	if s.status != "" {
		l.Fields = append(l.Fields, Field{"status", s.status})
	}
	l.describe()
	l.Text = strings.TrimSpace(text)
	return l, true
}

// structure is what is the same in all languages of a message.
type structure struct {
	url    string   // of the request
	quoted []string // what is in quotation marks
	folded string   // the text in lower case
	status string   // digits, "(null)" or nothing
}

// has reports whether a text is in quotation marks.
func (s *structure) has(text string) bool {
	for _, q := range s.quoted {
		if fetch.EqualFold(q, text) {
			return true
		}
	}
	return false
}

// value returns the first text in quotation marks that is not a header of CORS and not
// the URL of the request.
func (s *structure) value() string {
	for _, q := range s.quoted {
		if q != s.url && !strings.HasPrefix(fetch.ByteLowercase(q), "access-control-") {
			return q
		}
	}
	return ""
}

// message returns the message that has this structure.
func (s *structure) message() Line {
	value := s.value()
	isPreflight := strings.Contains(s.folded, "preflight") || strings.Contains(s.folded, "pre-flight")
	switch {
	case s.has(fetch.HeaderAllowCredentials):
		return firefoxNoCredentials.line(nil)
	case s.has(fetch.HeaderAllowMethods) && value != "":
		return firefoxMethodsMalformed.line(fields{{"value", value}})
	case s.has(fetch.HeaderAllowMethods):
		return firefoxMethodNotListed.line(nil)
	case s.has(fetch.HeaderAllowHeaders) && isPreflight:
		return firefoxHeaderNotListed.line(fields{{"word", value}})
	case s.has(fetch.HeaderAllowHeaders):
		return firefoxHeadersMalformed.line(fields{{"value", value}})
	case s.has(fetch.HeaderAllowOrigin) && value == "*":
		return firefoxWildcard.line(nil)
	case s.has(fetch.HeaderAllowOrigin) && value != "":
		return firefoxOtherAllowOrigin.line(fields{{"value", value}})
	case strings.Contains(s.folded, "access-control-allow-origin"):
		return firefoxNoAllowOrigin.line(nil)
	case isPreflight:
		return firefoxPreflightStatus.line(nil)
	case s.status == "" && strings.Contains(s.folded, " http)"):
		return firefoxNotHTTP.line(nil)
	}
	return firefoxDidNotSucceed.line(nil)
}

// firstURL returns the first http URL in a text.
func firstURL(text string) string {
	at := strings.Index(text, "https://")
	if other := strings.Index(text, "http://"); other >= 0 && (at < 0 || other < at) {
		at = other
	}
	if at < 0 {
		return ""
	}
	url := text[at:]
	if end := strings.IndexFunc(url, func(r rune) bool { return unicode.IsSpace(r) || r >= 0x80 || isQuote(r) || r == ')' }); end >= 0 {
		url = url[:end]
	}
	return strings.TrimRight(url, ".,:;(")
}

// isEnglish reports whether a text has words that every English message has.
func isEnglish(text string) bool {
	return strings.Contains(text, "The Same Origin Policy") || strings.Contains(text, " the ") || strings.Contains(text, " is ")
}

// quotedIn returns what is in quotation marks and has no white space, in order.
func quotedIn(text string) []string {
	var out []string
	start, opening := -1, ' '
	for i, r := range text {
		if !isQuote(r) {
			continue
		}
		if start >= 0 {
			word := strings.TrimFunc(text[start:i], unicode.IsSpace)
			// A space after a mark shows that it is a closing one, but in French.
			isBetween := strings.HasPrefix(text[start:i], " ") && opening != '«'
			if word != "" && !isBetween && !strings.ContainsFunc(word, unicode.IsSpace) && len(word) < maxField {
				out = append(out, word)
			}
		}
		start, opening = i+len(string(r)), r
	}
	return out
}

func isQuote(r rune) bool {
	return strings.ContainsRune("'\"‘’‚‛“”„«»‹›「」『』`´", r)
}

// lastStatusIn returns the status at the end of a message; "" where it has none.
func lastStatusIn(text string) string {
	if strings.Contains(text, "(null)") {
		return "(null)"
	}
	digits := strings.TrimRightFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	if n := len(digits); n >= 4 && leadingStatus(digits[n-3:]) != 0 && (digits[n-4] < '0' || digits[n-4] > '9') && len(text)-n < 8 && digits[n-4] != '/' {
		return digits[n-3:]
	}
	return ""
}
