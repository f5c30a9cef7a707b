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
	var module, readers, scripts string
	cmd := &cobra.Command{
		Use:   "site [--wasm FILE [--readers FILE [--javascript FILE]]] FOLDER",
		Short: "Write the playground as files for any web server",
		Long: `Write the page of corsim play into a folder, with the WebAssembly modules that judge in the page. Any web
server can serve the folder, and the page needs no other server.

Without --wasm the command builds the modules: it needs Go and a checkout of corsim, or a Go module that
requires corsim. The second module reads pasted texts, and the third one also reads servers in JavaScript; the
page loads each of them when it needs it.`,
		Example: `  corsim site public
  corsim site --wasm corsim.wasm public`,
		Args: takes(1, "folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if module == "" {
				fmt.Fprintln(t.stderr, "building three modules; the first time this takes some minutes")
			}
			modules, err := readModules(cmd.Context(), module, readers, scripts)
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
	cmd.Flags().StringVar(&scripts, "javascript", "", "the file of the module that was built with the tags readers and javascript")
	return cmd
}

// readModules reads the modules, or builds them when no file is named.
func readModules(ctx context.Context, module, readers, scripts string) (m playground.Modules, err error) {
	switch {
	case module == "" && readers != "":
		return m, errors.New("--readers needs --wasm")
	case readers == "" && scripts != "":
		return m, errors.New("--javascript needs --readers")
	case module == "":
		return builtModules(ctx)
	}
	return m, errors.Join(readModule(&m.Judge, module), readModule(&m.Readers, readers), readModule(&m.JavaScript, scripts))
}

// builtModules builds the three modules.
func builtModules(ctx context.Context) (m playground.Modules, err error) {
	for _, module := range []struct {
		to   *[]byte
		tags string
	}{{&m.Judge, ""}, {&m.Readers, "readers"}, {&m.JavaScript, "readers,javascript"}} {
		if *module.to, err = wasmbuild.Build(ctx, wasmbuild.Corsim("", module.tags)); err != nil {
			return m, fmt.Errorf("the modules were not built: %w; build them in a checkout of corsim, or name them with --wasm", err)
		}
	}
	return m, nil
}

// readModule reads the file of a module, if one is named.
func readModule(to *[]byte, file string) (err error) {
	if file != "" {
		*to, err = os.ReadFile(file)
	}
	return err
}
