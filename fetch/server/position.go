package server

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Position is a position in an input. Its unknown parts are zero.
type Position struct {
	File string
	// Line and Column begin at 1; columns are counted in characters.
	Line, Column int
}

// PositionAt returns the line and the column of a byte offset in a text.
func PositionAt(text string, offset int) Position {
	before := text[:min(offset, len(text))]
	line := strings.LastIndexByte(before, '\n') + 1
	return Position{Line: strings.Count(before, "\n") + 1, Column: utf8.RuneCountInString(before[line:]) + 1}
}

// String returns "file:line:column" without the unknown parts.
func (p Position) String() string {
	var parts []string
	if p.File != "" {
		parts = append(parts, p.File)
	}
	for _, n := range []int{p.Line, p.Column} {
		if n > 0 {
			parts = append(parts, strconv.Itoa(n))
		}
	}
	return strings.Join(parts, ":")
}
