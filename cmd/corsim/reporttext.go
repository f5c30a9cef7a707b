package main

import (
	"fmt"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server/recipe"
)

// textLength is how long a text is.
type textLength uint8

const (
	shortText   textLength = iota // a line or two
	summaryText                   // what a reader needs first
	fullText                      // all details
)

// textPrinter prints reports for people.
type textPrinter struct {
	out    *output
	length textLength
	count  int
	bad    int
	last   printable
	// system is the system for which repairs are written, too; nil is none.
	system *recipe.System
}

func (p *textPrinter) print(r printable) error {
	p.count++
	p.last = r
	if r.isBad() {
		p.bad++
	}
	if p.length == shortText {
		r.printShort(p.out)
		return nil
	}
	if p.count > 1 {
		fmt.Fprintln(p.out)
	}
	if s, ok := r.(summarized); ok && p.length == summaryText {
		s.printSummary(p.out, p.system)
		return nil
	}
	r.printFull(p.out, p.system)
	return nil
}

// summarized is a report whose summary is shorter than the report.
type summarized interface {
	printSummary(out *output, system *recipe.System)
}

func (p *textPrinter) finish() error {
	if p.count > 1 {
		fmt.Fprintln(p.out, p.last.sum(p.count, p.bad))
	}
	return nil
}

// callReport is the report of a call, for printers.
type callReport struct {
	*report.Report
	call *call
}

func (r *callReport) isBad() bool { return r.IsBlocked() }

func (r *callReport) printShort(out *output) { r.WriteShort(out, out.style()) }

func (r *callReport) printSummary(out *output, system *recipe.System) {
	r.addRecipe(system)
	r.WriteSummary(out, out.style())
	fmt.Fprintf(out, "\n%s\n", out.paint(faint, "-v also prints the requests, the responses and what the browsers print"))
}

func (r *callReport) printFull(out *output, system *recipe.System) {
	r.addRecipe(system)
	r.WriteText(out, out.style())
}

// addRecipe writes the repair for a system, unless that is nil.
func (r *callReport) addRecipe(system *recipe.System) {
	if system != nil {
		answer.AddRecipe(r.Report, *system)
	}
}

func (r *callReport) sum(count, bad int) string {
	return fmt.Sprintf("%s; %d blocked", plural(count, "request"), bad)
}

func printList(out *output, heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", heading)
	for _, line := range lines {
		fmt.Fprintf(out, "  %s\n", line)
	}
}
