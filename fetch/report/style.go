package report

import (
	"strings"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/textfmt"
)

// Style says how to mark parts of a text. Its fields are the texts to write before
// such a part, for example an escape sequence that turns on a colour. The zero
// value means plain text.
type Style struct {
	// Good, Unsure and Bad are for outcomes, Faint for details.
	Good, Unsure, Bad, Faint string
	// Reset is written after each part.
	Reset string
}

// paint marks a part of a text.
func (s Style) paint(mark, text string) string {
	if mark == "" {
		return text
	}
	return mark + text + s.Reset
}

// outcome returns the marked word of an outcome.
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

// Verdict returns a call's outcome and reason in one phrase, as [explain.Verdict]
// does. The outcome is marked.
func (s Style) Verdict(r *browser.Result) string {
	return s.outcome(r.Outcome) + strings.TrimPrefix(explain.Verdict(r), r.Outcome.String())
}

// IsBlocked reports whether the page does not get the response.
func IsBlocked(r *browser.Result) bool {
	return r.Outcome == browser.Blocked || r.Outcome == browser.Threw || r.Outcome == browser.Refused
}

// Visible returns a header value unchanged, or quoted if it has characters that are
// not printable ASCII.
func Visible(value string) string {
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) {
		return quote(value)
	}
	return value
}

// quote returns a quoted value; it shortens a long one.
func quote(s string) string {
	const most = 100
	if len(s) > most {
		return textfmt.Sprintf("%q…", s[:most])
	}
	return textfmt.Sprintf("%q", s)
}
