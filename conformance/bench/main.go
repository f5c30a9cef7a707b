// Command bench measures what the module costs against the floors and peers of
// docs/performance.md, in one process, and writes that page's tables and its
// picture:
//
//	go run ./conformance/bench            print the tables
//	go run ./conformance/bench -write     write docs/performance.md too
//
// Every figure is a ratio of two measurements made in turns, many short rounds
// of each, so that what else the machine does falls on both or on neither. A
// run takes the quickest round of each; the smallest and the median ratio of
// several runs are told.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	runs := flag.Int("runs", 7, "how many runs to take the median of")
	only := flag.String("only", "", "measure only the rows whose names contain this, and no growth")
	write := flag.Bool("write", false, "write docs/performance.md and docs/growth.svg")
	flag.Parse()
	if err := run(*runs, *only, *write); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(runs int, only string, write bool) error {
	table := measure(rows(), max(runs, 1), only)
	fmt.Print(table)
	if only != "" {
		return nil
	}
	series := grow()
	growth := growthTable(series)
	fmt.Print("\n", growth)
	if !write {
		return nil
	}
	if err := draw(series, "docs/growth.svg"); err != nil {
		return err
	}
	return writePage("docs/performance.md", map[string]string{"table": table, "growth": growth})
}
