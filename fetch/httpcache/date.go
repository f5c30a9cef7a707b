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
