package main

import (
	"flag"
	"fmt"
	"os"
)

// packages are those whose mutants are counted, with the goal of all.
var packages = []string{"origin", "fetch", "cache", "preflight"}

// goal is the least share of mutants that must be killed, in percent.
const goal = 95

type flags struct {
	verbose, own bool
	only         string // a part of the names of mutants, or ""
	packages     []string
}

func main() {
	var f flags
	flag.BoolVar(&f.verbose, "v", false, "print what kills each mutant")
	flag.BoolVar(&f.own, "own", false, "run the packages' own tests only, without the corpora")
	flag.StringVar(&f.only, "only", "", "run only mutants whose names contain this text; the goal is then not checked")
	flag.Parse()
	if f.packages = flag.Args(); len(f.packages) == 0 {
		f.packages = packages
	}
	if err := f.run(); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}
