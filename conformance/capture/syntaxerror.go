package capture

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// SyntaxError says what in an input is not understood, and where.
type SyntaxError struct {
	Line, Column int // from 1; columns are counted in characters
	Text         string
}

// Error returns place and text, as in "2:14: text".
func (e *SyntaxError) Error() string { return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Text) }

// syntaxErrorAt returns an error at an offset of an input.
func syntaxErrorAt(input string, offset int, format string, args ...any) *SyntaxError {
	before := input[:min(offset, len(input))]
	line := strings.LastIndexByte(before, '\n') + 1
	return &SyntaxError{
		Line: strings.Count(before, "\n") + 1, Column: utf8.RuneCountInString(before[line:]) + 1,
		Text: fmt.Sprintf(format, args...),
	}
}
