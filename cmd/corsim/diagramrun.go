package main

import (
	"errors"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/conformance/scenario"
)

// draw prints a run's diagram. Only one run can be drawn.
func (b *batch) draw(r *scenario.Run) error {
	b.drawings++
	if b.drawings > 1 {
		return errors.New("a diagram shows one scenario in one engine: select the scenario with --only NAME, and name one engine")
	}
	if b.svg {
		ask.Story(r).WriteSVG(b.out)
	} else {
		ask.Story(r).WriteMermaid(b.out)
	}
	return nil
}

// drawn ends a run that draws. The diagram shows the outcome, which does not change
// the exit status.
func (b *batch) drawn() error {
	if b.drawings == 0 {
		return errors.New("no scenario to draw")
	}
	return nil
}
