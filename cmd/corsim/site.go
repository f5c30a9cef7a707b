package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/playground"
	"github.com/corsim/corsim/cmd/internal/wasmbuild"
)

func newSite(t *terminal) *cobra.Command {
	var module, readers string
	cmd := &cobra.Command{
		Use:   "site [--wasm FILE [--readers FILE]] FOLDER",
		Short: "Write the playground as files for any web server",
		Long: `Write the page of corsim play into a folder, with the WebAssembly modules that judge in the page. Any web
server can serve the folder, and the page needs no other server.

Without --wasm the command builds the modules: it needs Go and a checkout of corsim, or a Go module that
requires corsim. The second module reads what people paste; the page loads it when it is needed first.`,
		Example: `  corsim site public
  corsim site --wasm corsim.wasm public`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			modules, err := readModules(cmd.Context(), module, readers)
			if err != nil {
				return err
			}
			if err := playground.WriteSite(args[0], modules); err != nil {
				return err
			}
			fmt.Fprintf(t.stdout, "the page is %s\n", filepath.Join(args[0], "index.html"))
			return nil
		},
	}
	cmd.Flags().StringVar(&module, "wasm", "", "the file of the module, as docs/wasm.md builds it")
	cmd.Flags().StringVar(&readers, "readers", "", "the file of the module that was built with the tag readers")
	return cmd
}

// readModules reads the modules, or builds them when no file is named.
func readModules(ctx context.Context, module, readers string) (m playground.Modules, err error) {
	switch {
	case module == "" && readers != "":
		return m, errors.New("--readers needs --wasm")
	case module == "":
		if m.Judge, err = buildModule(ctx, ""); err == nil {
			m.Readers, err = buildModule(ctx, "readers")
		}
		return m, err
	}
	if m.Judge, err = os.ReadFile(module); err == nil && readers != "" {
		m.Readers, err = os.ReadFile(readers)
	}
	return m, err
}

// buildModule builds a module with a build tag; "" is none.
func buildModule(ctx context.Context, tag string) ([]byte, error) {
	module, err := wasmbuild.Build(ctx, wasmbuild.Corsim("", tag))
	if err != nil {
		return nil, fmt.Errorf("the module was not built: %w; build it in a checkout of corsim, or name it with --wasm", err)
	}
	return module, nil
}
