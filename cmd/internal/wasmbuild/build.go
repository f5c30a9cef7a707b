// Package wasmbuild builds small WebAssembly modules.
package wasmbuild

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A Program says what is built.
type Program struct {
	Folder  string // where the command go runs; "" is the current folder
	Package string // the package of the program, as the command go takes it
	System  string // GOOS: "js", or "wasip1" for a reactor
	Tags    string // build tags, separated by commas
}

// Corsim is the module of the page and of the npm package. JavaScript engines read scripts
// for it, so that it has no parsers. With the tag readers it has them, too.
func Corsim(folder, tags string) Program {
	p := Program{Folder: folder, Package: "github.com/corsim/corsim/cmd/corsim-wasm", System: "wasip1", Tags: tags}
	if !slices.Contains(strings.Split(tags, ","), "readers") {
		p.Tags = strings.Trim(tags+",noparser", ",")
	}
	return p
}

// Build compiles p with the flags that make it small, and shrinks the module.
// The error has what the command go printed. The same sources and the same version of
// Go give the same bytes.
func Build(ctx context.Context, p Program) ([]byte, error) {
	folder, err := os.MkdirTemp("", "corsim")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "program.wasm")
	// Without -l, which copies no function into its callers, a module is a tenth larger.
	args := []string{"build", "-trimpath", "-gcflags=all=-l", "-ldflags=-s -w", "-tags=" + p.Tags, "-o", file}
	if p.System == "wasip1" {
		args = append(args, "-buildmode=c-shared")
	}
	build := exec.CommandContext(ctx, "go", append(args, p.Package)...)
	build.Dir = p.Folder
	build.Env = append(os.Environ(), "GOOS="+p.System, "GOARCH=wasm", "CGO_ENABLED=0", "GOFLAGS=")
	if text, err := build.CombinedOutput(); err != nil {
		if len(text) > 0 {
			err = fmt.Errorf("%w: %s", err, bytes.TrimSpace(text))
		}
		return nil, err
	}
	module, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return shrink(module)
}
