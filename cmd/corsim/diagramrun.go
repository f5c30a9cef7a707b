package main

import (
	"errors"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/conformance/scenario"
)

// draw prints a run's diagram. One is all that a file can hold.
func (b *batch) draw(r *scenario.Run) error {
	b.drawings++
	if b.drawings > 1 {
		return errors.New("a diagram is of one scenario on one engine: pick the scenario with --only NAME, and name one engine")
	}
	if b.svg {
		ask.Story(r).WriteSVG(b.out)
	} else {
		ask.Story(r).WriteMermaid(b.out)
	}
	return nil
}

// drawn ends a run that draws: what the scenario came to is in the picture, and
// no reason to fail.
func (b *batch) drawn() error {
	if b.drawings == 0 {
		return errors.New("no scenario to draw")
	}
	return nil
}
