package httpcache

import (
	"strconv"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch"
)

// dateForms are the three forms of dates in HTTP. Each letter stands for one character of a
// part: w the day of the week, D the day, N the month, Y the year, h, m and s the time.
// https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
var dateForms = [...]string{"www, DD NNN YYYY hh:mm:ss GMT", "w, DD-NNN-YY hh:mm:ss GMT", "www NNN DD hh:mm:ss YYYY"}

// months and weekdays hold the first three letters of each name.
const (
	months   = "janfebmaraprmayjunjulaugsepoctnovdec"
	weekdays = "monday tuesday wednesday thursday friday saturday sunday"
)

// parseDate parses a date in one of the three forms of HTTP.
func parseDate(text string) (time.Time, bool) {
	for _, form := range dateForms {
		if form[1] == ',' { // the long name of the day
			day, rest, _ := strings.Cut(text, ",")
			if len(day) < len("monday") || !strings.Contains(weekdays, fetch.ByteLowercase(day)) {
				continue
			}
			text = "w," + rest
		}
		if t, ok := parseForm(form, text); ok {
			return t, true
		}
	}
	return time.Time{}, false
}

// parseForm parses a date in a form.
func parseForm(form, text string) (t time.Time, ok bool) {
	if len(text) != len(form) {
		return t, false
	}
	parts := make(map[byte]string)
	for i := range len(form) {
		switch c := form[i]; {
		case strings.IndexByte("wDNYhms", c) >= 0:
			parts[c] += text[i : i+1]
		case c != text[i]:
			return t, false
		}
	}
	month := strings.Index(months, fetch.ByteLowercase(parts['N']))
	day, ok := number(strings.TrimPrefix(parts['D'], " "))
	year, okYear := number(parts['Y'])
	hour, okHour := number(parts['h'])
	minute, okMinute := number(parts['m'])
	second, okSecond := number(parts['s'])
	if month < 0 || month%3 != 0 || !ok || !okYear || !okHour || !okMinute || !okSecond || hour > 23 || minute > 59 || second > 59 {
		return t, false
	}
	if len(parts['Y']) == 2 {
		// A year of two digits that lies 50 years ahead is a past one.
		if year += 1900; year < 1969 {
			year += 100
		}
	}
	t = time.Date(year, time.Month(month/3+1), day, hour, minute, second, 0, time.UTC)
	return t, t.Day() == day
}

// number parses digits.
func number(digits string) (int, bool) {
	n, err := strconv.Atoi(digits)
	return n, err == nil && digits[0] != '+' && digits[0] != '-'
}

// Dates says which dates are read that have none of the three forms of HTTP. The zero value
// is the standard: none.
type Dates struct {
	// Lenient: the parts of a date may come in any order, and some may be absent.
	Lenient bool
	// AnyWord: words that are not known, such as the names of time zones, are skipped.
	AnyWord bool
	// ISO: the form 2026-11-29T12:00:00Z is read too.
	ISO bool
}

// parse parses a date in nearly any form. It has to have a day, a month and a year.
func (x Dates) parse(text string) (t time.Time, ok bool) {
	if x.ISO {
		if t, err := time.Parse(time.RFC3339, text); err == nil {
			return t.UTC(), true
		}
	}
	var d parts
	for text != "" {
		n := 1
		switch c := text[0]; {
		case isLetter(c):
			for n < len(text) && isLetter(text[n]) {
				n++
			}
			if !d.word(text[:n]) && !x.AnyWord {
				return t, false
			}
		case isDigit(c):
			for n < len(text) && (text[n] == ':' || isDigit(text[n])) {
				n++
			}
			if !d.number(text[:n]) {
				return t, false
			}
		case (c == '+' || c == '-') && d.timed:
			// The offset of a time zone.
			n += countDigits(text[1:])
			if n == len("+0000") {
				minutes := int(text[1]-'0')*600 + int(text[2]-'0')*60 + int(text[3]-'0')*10 + int(text[4]-'0')
				if c == '+' {
					minutes = -minutes
				}
				d.offset = time.Duration(minutes) * time.Minute
			}
		}
		text = text[n:]
	}
	if d.day == 0 || d.month == 0 || !d.dated {
		return t, false
	}
	t = time.Date(d.year, d.month, d.day, d.clock[0], d.clock[1], d.clock[2], 0, time.UTC)
	return t.Add(d.offset), t.Day() == d.day
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// countDigits returns how many digits a text begins with.
func countDigits(text string) int {
	n := 0
	for n < len(text) && isDigit(text[n]) {
		n++
	}
	return n
}

// parts are those of a date that is read in any order.
type parts struct {
	year, day    int
	month        time.Month
	clock        [3]int // hours, minutes, seconds
	offset       time.Duration
	dated, timed bool // whether there is a year, a time
}

// zones are the names of time zones that stand for UTC.
const zones = " gmt utc ut z "

// word takes the name of a month, of a day of the week or of a time zone.
func (d *parts) word(text string) bool {
	text = fetch.ByteLowercase(text)
	if len(text) >= 3 {
		if i := strings.Index(months, text[:3]); i >= 0 && i%3 == 0 {
			d.month = time.Month(i/3 + 1)
			return true
		}
	}
	return strings.Contains(zones, " "+text+" ") || len(text) >= 3 && strings.Contains(" "+weekdays, " "+text)
}

// number takes a time, a year or a day.
func (d *parts) number(text string) bool {
	if strings.Contains(text, ":") {
		clock := strings.Split(text, ":")
		if d.timed || len(clock) > len(d.clock) {
			return false
		}
		for i, part := range clock {
			n, ok := number(part)
			if !ok || n > 59 || i == 0 && n > 23 {
				return false
			}
			d.clock[i] = n
		}
		d.timed = true
		return true
	}
	n, ok := number(text)
	switch {
	case !ok || len(text) == 3 || len(text) > 4:
		return false
	case len(text) == 4 && !d.dated:
		d.year, d.dated = n, true
	case len(text) <= 2 && d.day == 0 && n >= 1 && n <= 31:
		d.day = n
	case len(text) <= 2 && !d.dated:
		if d.year, d.dated = 1900+n, true; n < 69 {
			d.year += 100
		}
	default:
		return false
	}
	return true
}
