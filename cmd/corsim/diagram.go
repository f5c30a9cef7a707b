package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/report"
)

// maxDrawn is how many requests a diagram shows.
const maxDrawn = 12

// diagramPrinter prints a diagram of the requests of one page, in their order.
type diagramPrinter struct {
	out   *output
	write func(*report.Story, io.Writer)
	story *report.Story
}

// writer returns what writes the diagram that the flags ask for.
func (flags *printFlags) writer() func(*report.Story, io.Writer) {
	if flags.svg {
		return (*report.Story).WriteSVG
	}
	return (*report.Story).WriteMermaid
}

// print adds a call to the diagram.
func (p *diagramPrinter) print(r printable) error {
	call, ok := r.(*callReport)
	if !ok {
		return errors.New("only requests of a page can be drawn")
	}
	story, err := call.Drawing()
	switch {
	case err != nil:
		return err
	case p.story == nil:
		p.story = story
		return nil
	case p.story.Page != story.Page:
		return errors.New("the requests are those of several pages: choose entries of one page with --entry")
	case len(p.story.Steps) == maxDrawn:
		return fmt.Errorf("a diagram shows at most %d requests: choose entries with --entry", maxDrawn)
	}
	p.story.Steps = append(p.story.Steps, story.Steps...)
	return nil
}

// finish prints the diagram.
func (p *diagramPrinter) finish() error {
	if p.story == nil {
		return errors.New("no request to draw")
	}
	p.write(p.story, p.out)
	return nil
}

// draw prints a run's diagram. Only one run can be drawn.
func (b *batch) draw(r *scenario.Run) error {
	b.drawings++
	if b.drawings > 1 {
		return errors.New("a diagram shows one scenario in one engine: select the scenario with --only NAME, and name one engine")
	}
	if b.svg {
		answer.Story(r).WriteSVG(b.out)
	} else {
		answer.Story(r).WriteMermaid(b.out)
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
