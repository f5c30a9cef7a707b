package cookie

import (
	"strconv"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch"
)

// parseDate reads the date of an Expires attribute: a time, a day, a month and
// a year in any order, with any text between them.
// https://www.rfc-editor.org/rfc/rfc6265#section-5.1.1
func parseDate(s string) (t time.Time, ok bool) {
	var d date
	// Steps 1 and 2: the first token of each kind.
	for _, token := range strings.FieldsFunc(s, isDateDelimiter) {
		d.readToken(token)
	}
	// Step 5: all four exist and are in their ranges.
	if !d.hasTime || d.day < 1 || d.day > 31 || d.month == 0 || d.year < 1601 ||
		d.hour > 23 || d.minute > 59 || d.second > 59 {
		return time.Time{}, false
	}
	// Steps 6 and 7: the date exists in the calendar.
	t = time.Date(d.year, d.month, d.day, d.hour, d.minute, d.second, 0, time.UTC)
	return t, t.Day() == d.day
}

// date holds the parts of a date that were read; a day, month or year of zero
// was not read.
type date struct {
	hasTime              bool
	hour, minute, second int
	day                  int
	month                time.Month
	year                 int
}

// readToken reads a token of a kind that was not read before.
func (d *date) readToken(token string) {
	if !d.hasTime && d.readTime(token) {
		return
	}
	if n, ok := leadingDigits(token, 1, 2); ok && d.day == 0 {
		d.day = n
		return
	}
	if m := monthOf(token); m != 0 && d.month == 0 {
		d.month = m
		return
	}
	if n, ok := leadingDigits(token, 2, 4); ok && d.year == 0 {
		// Steps 3 and 4: two digits mean a year from 1970 to 2069.
		switch {
		case 70 <= n && n <= 99:
			n += 1900
		case n <= 69:
			n += 2000
		}
		d.year = n
	}
}

// readTime reads a time of day, such as "08:05:00".
func (d *date) readTime(token string) bool {
	parts := strings.SplitN(token, ":", 3)
	if len(parts) < 3 || len(parts[0]) > 2 || len(parts[1]) > 2 {
		return false
	}
	hour, okHour := leadingDigits(parts[0], 1, 2)
	minute, okMinute := leadingDigits(parts[1], 1, 2)
	second, okSecond := leadingDigits(parts[2], 1, 2)
	if !okHour || !okMinute || !okSecond {
		return false
	}
	d.hasTime, d.hour, d.minute, d.second = true, hour, minute, second
	return true
}

// leadingDigits returns the number at the start of a token if it has from least
// to most digits; it ignores the text after the digits.
func leadingDigits(token string, least, most int) (n int, ok bool) {
	end := strings.IndexFunc(token, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(token)
	}
	if end < least || end > most {
		return 0, false
	}
	n, err := strconv.Atoi(token[:end])
	return n, err == nil
}

// monthOf returns the month of a token's first three letters, or 0.
func monthOf(token string) time.Month {
	const months = "janfebmaraprmayjunjulaugsepoctnovdec"
	if len(token) < 3 {
		return 0
	}
	i := strings.Index(months, fetch.ByteLowercase(token[:3]))
	if i < 0 || i%3 != 0 {
		return 0
	}
	return time.Month(i/3 + 1)
}

// isDateDelimiter reports whether a character separates tokens.
func isDateDelimiter(r rune) bool {
	return r == '\t' || ' ' <= r && r <= '/' || ';' <= r && r <= '@' || '[' <= r && r <= '`' || '{' <= r && r <= '~'
}
