package cookie

import (
	"strconv"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch"
)

// parseDate reads a date as the Expires attribute has it: a time, a day,
// a month and a year in any order, with anything between them.
// https://www.rfc-editor.org/rfc/rfc6265#section-5.1.1
func parseDate(s string) (t time.Time, ok bool) {
	var d date
	// Steps 1 and 2: the first token of each kind.
	for _, token := range strings.FieldsFunc(s, isDateDelimiter) {
		d.take(token)
	}
	// Step 5: all four, each within its bounds.
	if !d.hasTime || d.day < 1 || d.day > 31 || d.month == 0 || d.year < 1601 ||
		d.hour > 23 || d.minute > 59 || d.second > 59 {
		return time.Time{}, false
	}
	// Steps 6 and 7: a date of the calendar.
	t = time.Date(d.year, d.month, d.day, d.hour, d.minute, d.second, 0, time.UTC)
	return t, t.Day() == d.day
}

// date is what has been read of a date; a year of zero, like a day or a
// month of zero, is none.
type date struct {
	hasTime              bool
	hour, minute, second int
	day                  int
	month                time.Month
	year                 int
}

// take takes over a token of a kind that has not been there.
func (d *date) take(token string) {
	if !d.hasTime && d.takeTime(token) {
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
		// Steps 3 and 4: two digits stand for the years around 2000.
		switch {
		case 70 <= n && n <= 99:
			n += 1900
		case n <= 69:
			n += 2000
		}
		d.year = n
	}
}

// takeTime takes over a time of day, such as "08:05:00".
func (d *date) takeTime(token string) bool {
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

// leadingDigits returns the number that a token begins with, if it has from
// least to most digits; what follows them does not count.
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

// monthOf returns the month that a token's first three letters name, or 0.
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

// isDateDelimiter reports whether a character stands between tokens.
func isDateDelimiter(r rune) bool {
	return r == '\t' || ' ' <= r && r <= '/' || ';' <= r && r <= '@' || '[' <= r && r <= '`' || '{' <= r && r <= '~'
}
