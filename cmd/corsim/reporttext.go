package main

import (
	"fmt"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server/recipe"
)

// textPrinter prints reports for people: with all details, or in short form when
// there are many.
type textPrinter struct {
	out   *output
	short bool
	count int
	bad   int
	last  printable
	// system is the system for which repairs are written, too; nil is none.
	system *recipe.System
}

func (p *textPrinter) print(r printable) error {
	p.count++
	p.last = r
	if r.isBad() {
		p.bad++
	}
	if p.short {
		r.printShort(p.out)
		return nil
	}
	if p.count > 1 {
		fmt.Fprintln(p.out)
	}
	r.printFull(p.out, p.system)
	return nil
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

func (r *callReport) printFull(out *output, system *recipe.System) {
	if system != nil {
		ask.AddRecipe(r.Report, *system)
	}
	r.WriteText(out, out.style())
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
