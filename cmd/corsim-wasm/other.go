//go:build !wasip1

package main

import (
	"fmt"
	"os"
)

// main says how to build the command: outside of WebAssembly nobody calls it.
func main() {
	fmt.Fprintln(os.Stderr, "corsim-wasm: it is a WebAssembly module: build it with GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared")
	os.Exit(2)
}
