package capture

import (
	"fmt"

	"github.com/corsim/corsim/fetch/server"
)

// errorAt returns an error at an offset of an input.
func errorAt(input string, offset int, format string, args ...any) *server.InputError {
	return &server.InputError{Position: server.PositionAt(input, offset), Problem: fmt.Sprintf(format, args...)}
}

// errorOnLine returns an error about a line of an input.
func errorOnLine(line int, format string, args ...any) *server.InputError {
	return &server.InputError{Position: server.Position{Line: line, Column: 1}, Problem: fmt.Sprintf(format, args...)}
}
