package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// printWhy prints, of a result that something blocked, the reason in words and
// the smallest repair. The step of the standard has been printed already.
func printWhy(ctx context.Context, out *output, r *browser.Result) error {
	e, ok := explain.Explain(r)
	if !ok {
		return nil
	}
	fmt.Fprintf(out, "      why: %s\n", e.Sentence)
	fmt.Fprintf(out, "      sent: %s\n", e.Reached)
	for i, c := range e.Causes {
		label := "or: "
		if i == 0 {
			label = "likely: "
		}
		fmt.Fprintf(out, "      %s%s\n", label, c.Text)
	}
	repair, err := explain.Repairs(ctx, r)
	if err != nil {
		return err
	}
	label := "repair: "
	for _, line := range repair.Lines() {
		fmt.Fprintf(out, "      %s%s\n", label, line)
		label = strings.Repeat(" ", len(label))
	}
	return nil
}
