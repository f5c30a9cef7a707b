package main

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/conformance/scenario"
)

// The widths of the columns: for a scenario's name, and for an engine's cell with an
// outcome or a reason and a number of requests.
const (
	nameWidth = 28
	cellWidth = 40
)

// printHeading prints the first line, with one column for each engine.
func (b *batch) printHeading() {
	line := fmt.Sprintf("  %-*s", nameWidth, "")
	for _, p := range b.profiles {
		line += fmt.Sprintf(" %-*s", cellWidth, p.Name())
	}
	fmt.Fprintln(b.out, strings.TrimRight(line, " "))
}

// printRow prints one scenario's row, and marks it when engines differ.
func (b *batch) printRow(runs []*ask.Played) {
	cells := make([]string, len(runs))
	mark := "="
	for i, r := range runs {
		cells[i] = cell(r.Run)
		if cells[i] != cells[0] {
			mark = "≠"
		}
	}
	line := fmt.Sprintf("%s %-*s", mark, nameWidth, runs[0].Scenario.Name)
	for _, c := range cells {
		line += fmt.Sprintf(" %-*s", cellWidth, c)
	}
	line = strings.TrimRight(line, " ")
	if mark != "=" {
		line = b.out.paint(yellow, line)
	}
	fmt.Fprintln(b.out, line)
}

// cell returns the text of a run: for each step its outcome or reason, and how many
// requests reached a server.
func cell(r *scenario.Run) string {
	steps := make([]string, 0, len(r.Steps))
	for i := range r.Steps {
		result := r.Steps[i].Result
		if result == nil {
			steps = append(steps, "wait")
			continue
		}
		text := result.Outcome.String()
		if f := result.Failure; f != nil {
			text = string(f.Reason)
		}
		steps = append(steps, fmt.Sprintf("%s %d", text, len(result.Trace.Exchanges)))
	}
	return strings.Join(steps, ", ")
}
