package main

import (
	"context"
	"io"
	"runtime/debug"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/agent"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

func newMCP(t *terminal) *cobra.Command {
	var hosts []string
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Answer a coding agent, by the Model Context Protocol",
		Long: `Answer a coding agent on standard input and output, by the Model Context Protocol.

An agent starts this command itself: put it into the agent's list of servers. There are six tools:
judge, diagnose_console_message, check_server_config, probe, explain_reason and preflight_needed.
They change nothing. Only probe sends requests, and only to this machine unless --allow-host names
other hosts. The reasons and the recipes of servers are resources.`,
		Example: `  corsim mcp
  corsim mcp --allow-host api.example.com`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return serveAgent(cmd.Context(), t, hosts) },
	}
	cmd.Flags().StringArrayVar(&hosts, "allow-host", nil, "a host that probe may ask, or * for all; may be repeated")
	return cmd
}

// serveAgent answers until standard input ends.
func serveAgent(ctx context.Context, t *terminal, hosts []string) error {
	build, _ := debug.ReadBuildInfo()
	version := "(devel)"
	if build != nil && build.Main.Version != "" {
		version = build.Main.Version
	}
	live := func(page origin.URL) (fetch.Transport, error) {
		return (&netFlags{timeout: 10 * time.Second, maxBody: 1 << 20, userAgent: "corsim"}).live(page)
	}
	s := agent.NewServer(agent.Options{Version: version, Live: live, AllowHosts: hosts})
	return s.Run(ctx, &mcp.IOTransport{Reader: io.NopCloser(t.stdin), Writer: unclosed{t.stdout}})
}

// unclosed is a writer that somebody else closes.
type unclosed struct{ io.Writer }

// Close does nothing.
func (unclosed) Close() error { return nil }
