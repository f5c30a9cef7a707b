package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/jsonask"
	"github.com/corsim/corsim/cmd/internal/playground"
	"github.com/corsim/corsim/fetch/browser"
)

func newPlay(t *terminal) *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use:   "play",
		Short: "Serve a page that shows what browsers do with a request",
		Long: `Serve the playground on this machine: a page on which one sets a page, its calls and a server, and sees
what three browsers do, why, and what to change. The page works without the Internet.

With "Try it in this browser" your own browser makes the call to a second port of this machine, which answers
as the server of the page does.`,
		Example: `  corsim play
  corsim play --addr 127.0.0.1:8080`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt)
			defer stop()
			return servePage(ctx, t, address)
		},
	}
	cmd.Flags().StringVar(&address, "addr", "127.0.0.1:7070", "the address of this machine to listen on; port 0 takes any free port")
	return cmd
}

// servePage serves the page until the context ends.
func servePage(ctx context.Context, t *terminal, address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("--addr: %s is not an address of this machine alone: use 127.0.0.1, and corsim site for others", address)
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	page := playground.New(listener.Addr().String(), &jsonask.Asker{NewBrowser: browser.New})
	defer page.Close()
	server := &http.Server{Handler: page, ReadHeaderTimeout: 10 * time.Second}
	fmt.Fprintf(t.stdout, "the page is at http://%s/ (end with Ctrl-C)\n", listener.Addr())
	go func() {
		<-ctx.Done()
		server.Close()
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func newSite(t *terminal) *cobra.Command {
	var module string
	cmd := &cobra.Command{
		Use:   "site [--wasm FILE] FOLDER",
		Short: "Write the playground as files for any web server",
		Long: `Write the page of corsim play into a folder, with the WebAssembly module that judges in the page. Any web
server can serve the folder, and the page needs no other server.

Without --wasm the command builds the module: it needs Go and a checkout of corsim, or a Go module that
requires corsim.`,
		Example: `  corsim site public
  corsim site --wasm corsim.wasm public`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := readModule(cmd.Context(), module)
			if err != nil {
				return err
			}
			if err := playground.WriteSite(args[0], data); err != nil {
				return err
			}
			fmt.Fprintf(t.stdout, "the page is %s\n", filepath.Join(args[0], "index.html"))
			return nil
		},
	}
	cmd.Flags().StringVar(&module, "wasm", "", "the file of the module, as docs/wasm.md builds it")
	return cmd
}

// readModule reads the module, or builds it when no file is named.
func readModule(ctx context.Context, file string) ([]byte, error) {
	if file != "" {
		return os.ReadFile(file)
	}
	folder, err := os.MkdirTemp("", "corsim")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file = filepath.Join(folder, "corsim.wasm")
	build := exec.CommandContext(ctx, "go", "build", "-buildmode=c-shared", "-trimpath", "-gcflags=all=-l", "-ldflags=-s -w",
		"-o", file, "github.com/corsim/corsim/cmd/corsim-wasm")
	build.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "CGO_ENABLED=0", "GOFLAGS=")
	if text, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the module was not built: %w: %s; build it in a checkout of corsim, or name it with --wasm", err, text)
	}
	return os.ReadFile(file)
}
