package report

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// Style says how parts of a text stand out: what is written before such a part,
// such as an escape sequence that turns on a colour. The zero value is plain text.
type Style struct {
	// Good, Unsure and Bad are for outcomes, Faint for details.
	Good, Unsure, Bad, Faint string
	// Reset is written after each part.
	Reset string
}

// paint marks up a part of a text.
func (s Style) paint(mark, text string) string {
	if mark == "" {
		return text
	}
	return mark + text + s.Reset
}

// outcome returns an outcome's word, marked up.
func (s Style) outcome(o browser.Outcome) string {
	mark := s.Bad
	switch o {
	case browser.Shared, browser.Queued:
		mark = s.Good
	case browser.Opaque:
		mark = s.Unsure
	}
	return s.paint(mark, o.String())
}

// Verdict returns a call's outcome and reason in one phrase, as
// [explain.Verdict] does, with the outcome marked up.
func (s Style) Verdict(r *browser.Result) string {
	text := s.outcome(r.Outcome)
	if r.Failure != nil {
		text += " " + explain.Brief(r.Failure)
	}
	return text
}

// IsBlocked reports whether a page did not get what it asked for.
func IsBlocked(r *browser.Result) bool {
	return r.Outcome == browser.Blocked || r.Outcome == browser.Threw || r.Outcome == browser.Refused
}

// Visible returns a header value as it is, or quoted where it has characters
// that are not printable ASCII.
func Visible(value string) string {
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) {
		return quote(value)
	}
	return value
}

// quote quotes a value and cuts a long one.
func quote(s string) string {
	const most = 100
	if len(s) > most {
		return fmt.Sprintf("%q…", s[:most])
	}
	return fmt.Sprintf("%q", s)
}
