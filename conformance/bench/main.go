// Command bench compares the time and memory of the module with the floors and
// peers of docs/performance.md, and writes the tables and the picture of that page:
//
//	go run ./conformance/bench                 print the tables
//	go run ./conformance/bench -write          write docs/performance.md too
//	go run ./conformance/bench -only bulk      measure some of the rows
//	go run ./conformance/bench -growth         measure how time grows with the input
//	go run ./conformance/bench -lines 10000000 measure the memory of bulk runs up to this number of lines
//	go run ./conformance/bench -peers          measure other programs; needs Node.js and Chromium
//	go run ./conformance/bench -count 3000 -only 'simple fetch'
//	                                           call what a row measures, and nothing else: for a profiler
//
// Every figure is a ratio of two measurements. They are made in turns, in many
// short rounds, so that other work on the machine affects both in the same way. A
// run takes the quickest round of each. The tables have the smallest and the
// median ratio of several runs.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/corsim/corsim/conformance/bench/peers"
)

// page is the file with the tables.
const page = "docs/performance.md"

type flags struct {
	runs             int
	only             string
	write, growth    bool
	lines, count     int
	peers            bool
	chromium, folder string
}

func main() {
	var f flags
	flag.IntVar(&f.runs, "runs", 7, "how many runs to take the median of")
	flag.StringVar(&f.only, "only", "", "measure only the rows whose names contain this, and no growth")
	flag.BoolVar(&f.write, "write", false, "write what is measured to "+page+" and docs/growth.svg")
	flag.BoolVar(&f.growth, "growth", false, "measure only how time grows with the input")
	flag.IntVar(&f.lines, "lines", 0, "measure only the memory of bulk runs of up to this number of lines")
	flag.IntVar(&f.count, "count", 0, "only call what the rows of -only measure, this many times")
	flag.BoolVar(&f.peers, "peers", false, "compare only with jsdom, happy-dom and Chromium; needs Node.js and installs packages with npm")
	flag.StringVar(&f.chromium, "chromium", "", "the browser's program; by default it is looked for in PATH")
	flag.StringVar(&f.folder, "packages", defaultFolder(), "where npm installs packages")
	flag.Parse()
	if err := f.run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// defaultFolder returns a folder outside of the tree, so that no Go tool reads
// packages of npm.
func defaultFolder() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return filepath.Join(cache, "corsim-peers")
}

func (f *flags) run() error {
	switch {
	case f.peers:
		return f.runPeers()
	case f.lines > 0:
		return f.runLines()
	case f.growth:
		return f.runGrowth()
	case f.count > 0:
		return f.runCalls()
	}
	table := measure(rows, max(f.runs, 1), f.only)
	fmt.Print(table)
	if f.only != "" {
		return nil
	}
	if f.write {
		if err := writePage(page, map[string]string{"table": table}); err != nil {
			return err
		}
	}
	fmt.Println()
	return f.runGrowth()
}

// runCalls calls what rows measure, after a first call that brings in what is made once.
func (f *flags) runCalls() error {
	// A profiler that counts from the beginning of a function to its end does so by thread.
	runtime.LockOSThread()
	found := false
	for _, row := range rows {
		if strings.Contains(row.name, f.only) {
			found = true
			call := row.make().ours
			call()
			count(call, f.count)
		}
	}
	if !found {
		return fmt.Errorf("-only %q: no row has this in its name", f.only)
	}
	return nil
}

// count calls a function n times. A profiler finds the calls by its name.
//
//go:noinline
func count(f func(), n int) {
	for range n {
		f()
	}
}

// runGrowth measures how time grows with the input, and draws it.
func (f *flags) runGrowth() error {
	series := grow()
	table := growthTable(series)
	fmt.Print(table)
	if !f.write {
		return nil
	}
	if err := draw(series, "docs/growth.svg"); err != nil {
		return err
	}
	return writePage(page, map[string]string{"growth": table})
}

// runPeers measures the other programs. It does not write tables in which a
// program is missing.
func (f *flags) runPeers() error {
	tables, complete, err := peers.Run(peers.Config{
		Tree: ".", Folder: f.folder, Chromium: f.chromium, Runs: f.runs, Log: os.Stderr,
	})
	if err != nil {
		return err
	}
	fmt.Print(tables)
	switch {
	case !f.write:
		return nil
	case !complete:
		return fmt.Errorf("%s is not written: a peer is missing", page)
	}
	return writePage(page, map[string]string{"peers": tables})
}

// runLines measures the memory of bulk runs.
func (f *flags) runLines() error {
	table := memoryTable(f.lines)
	fmt.Print(table)
	if !f.write {
		return nil
	}
	return writePage(page, map[string]string{"memory": table})
}
