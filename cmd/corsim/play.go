package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/cmd/internal/jsonask"
	"github.com/corsim/corsim/cmd/internal/paste"
	"github.com/corsim/corsim/cmd/internal/playground"
	"github.com/corsim/corsim/fetch/browser"
)

func newPlay(t *terminal) *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use:   "play",
		Short: "Serve a page that shows what browsers do with a request",
		Long: `Serve the playground on this machine. It is a web page: you describe a page, its requests and a server, and
it shows what three browsers do, why, and what to change. It works without the Internet.

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
	page := playground.New(listener.Addr().String(), &jsonask.Asker{NewBrowser: browser.New, Read: paste.ReadJSON, Explain: answer.Explain})
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
