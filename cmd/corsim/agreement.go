package main

import (
	"fmt"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/fetch/report"
)

// listOne prints a disagreement if the flags ask for its dimension.
func (c *comparing) listOne(d conformance.Disagreement, shown *report.Disagreement) error {
	if !c.list[d.Dimension] || c.flags.most > 0 && c.listed >= c.flags.most {
		return nil
	}
	c.listed++
	if c.flags.json {
		return c.out.printJSON(shown)
	}
	where := ""
	if shown.Step > 0 {
		where = fmt.Sprintf(", step %d", shown.Step)
	}
	_, err := fmt.Fprintf(c.out, "%s: %s%s\n  want %s\n  got  %s\n", shown.Name, shown.Dimension, where, shown.Want, shown.Got)
	return err
}

// print prints the counts.
func (c *comparing) print(a *conformance.Agreement) error {
	if c.flags.json {
		return c.out.printJSON(ask.AgreementDocument(a, c.dimensions))
	}
	if c.listed > 0 {
		fmt.Fprintln(c.out)
	}
	width := len("all families")
	for _, name := range a.Families() {
		width = max(width, len(name))
	}
	fmt.Fprintf(c.out, "%-*s %9s", width, "family", "scenarios")
	for _, d := range c.dimensions {
		fmt.Fprintf(c.out, " %9s", d)
	}
	fmt.Fprintln(c.out)
	for _, name := range a.Families() {
		c.printRow(width, name, a.Family(name), 1)
	}
	c.printRow(width, "all families", a, 2)
	if a.Missing > 0 {
		fmt.Fprintf(c.out, "%d without an observation, which count as disagreeing\n", a.Missing)
	}
	return nil
}

func (c *comparing) printRow(width int, name string, a *conformance.Agreement, decimals int) {
	fmt.Fprintf(c.out, "%-*s %9d", width, name, a.Total)
	for _, d := range c.dimensions {
		cell := fmt.Sprintf("%9s", fmt.Sprintf("%.*f%%", decimals, a.Percent(d)))
		if a.Agreeing(d) != a.Total {
			cell = c.out.paint(red, cell)
		}
		fmt.Fprintf(c.out, " %s", cell)
	}
	fmt.Fprintln(c.out)
}
