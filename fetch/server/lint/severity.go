package lint

import "github.com/corsim/corsim/fetch/enum"

// Severity says how serious a [Finding] is.
type Severity uint8

// The severities, in ascending order.
const (
	// Advice: nothing is wrong, but it can be said better.
	Advice Severity = iota
	// Fragile: harmless today, but one change away from harm, or harmful in some
	// circumstances only.
	Fragile
	// Broken: a page that should be able to read a response cannot.
	Broken
	// Danger: pages of strangers read what is meant for one user.
	Danger
)

var severities = enum.New[Severity]("severity", "advice", "fragile", "broken", "danger")

// String returns the severity's word, such as "danger".
func (s Severity) String() string { return severities.Word(s) }

// ParseSeverity returns the severity of a word. The error for an unknown word
// lists the known ones.
func ParseSeverity(word string) (Severity, error) { return severities.Parse(word) }

// MarshalText returns the severity's word, for JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
