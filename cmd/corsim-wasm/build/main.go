// Command build builds a program as a WebAssembly module that is small when it is
// compressed. Without a package it builds corsim-wasm. The build tag noparser leaves out
// the parsers of browser.New.
//
//	go run ./cmd/corsim-wasm/build -o corsim.wasm
//	go run github.com/corsim/corsim/cmd/corsim-wasm/build -os js -tags noparser -o program.wasm ./program
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/corsim/corsim/cmd/internal/wasmbuild"
)

func main() {
	out := flag.String("o", "corsim.wasm", "the `file` to write")
	system := flag.String("os", "wasip1", "js, or wasip1 for a reactor")
	tags := flag.String("tags", "", "build `tags`, separated by commas")
	flag.Parse()
	program := wasmbuild.Corsim("", *tags)
	if flag.NArg() > 0 {
		program = wasmbuild.Program{Package: flag.Arg(0), System: *system, Tags: *tags}
	}
	module, err := wasmbuild.Build(context.Background(), program)
	if err == nil {
		err = os.WriteFile(*out, module, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}
