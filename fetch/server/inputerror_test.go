package server_test

import (
	"errors"
	"fmt"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
)

func TestPosition(t *testing.T) {
	const text = "a\nbé\tc\n"
	for offset, want := range map[int]string{0: "1:1", 1: "1:2", 2: "2:1", 5: "2:3", len(text): "3:1", 100: "3:1"} {
		assert.Equal(t, server.PositionAt(text, offset).String(), want, "at %d", offset)
	}
	for want, p := range map[string]server.Position{
		"": {}, "f": {File: "f"}, "f:2": {File: "f", Line: 2}, "f:2:3": {File: "f", Line: 2, Column: 3}, "2:3": {Line: 2, Column: 3},
	} {
		assert.Equal(t, p.String(), want)
	}
}

func TestInputError(t *testing.T) {
	cause := errors.New("broken")
	inner := &server.InputError{Path: "steps[0]", Problem: "not JSON"}
	for want, err := range map[string]error{
		"broken":                     &server.InputError{Problem: "broken"},
		"f:2:3: no value; write one": (&server.InputError{Position: server.Position{File: "f", Line: 2, Column: 3}, Problem: "no value"}).WithHelp("write one"),
		"f:2: steps[0]: not JSON":    server.At(server.Position{File: "f", Line: 2}, fmt.Errorf("reading: %w", inner)),
		"f: broken":                  server.At(server.Position{File: "f"}, cause),
		"f:4:1: x":                   server.At(server.Position{File: "f", Line: 9}, &server.InputError{Position: server.Position{Line: 4, Column: 1}, Problem: "x"}),
	} {
		assert.Equal(t, err.Error(), want)
	}
	assert.ErrorIs(t, server.At(server.Position{File: "f"}, cause), cause)
	assert.Equal(t, inner.Error(), "steps[0]: not JSON", "the error itself is changed")
	assert.Check(t, server.IsSkippable(fmt.Errorf("x: %w", &server.InputError{Skippable: true})))
	assert.Check(t, !server.IsSkippable(inner) && !server.IsSkippable(cause) && !server.IsSkippable(nil))
}
