package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"runtime/debug"
	"sync"
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
	d := &dialogue{in: bufio.NewReader(t.stdin), out: t.stdout, answered: make(chan struct{}, 1)}
	return s.Run(ctx, &mcp.IOTransport{Reader: d, Writer: d})
}

// dialogue is standard input and output. At the end of the input it waits for the
// answers that are not written yet: the server drops them when the input ends.
type dialogue struct {
	in  *bufio.Reader
	out io.Writer
	// line is what is left of the line that was read last.
	line []byte
	mu   sync.Mutex
	// open is the number of requests without an answer.
	open     int
	answered chan struct{}
}

// maxAnswer is how long an answer may take after the end of the input.
const maxAnswer = 30 * time.Second

// Read reads at most the rest of a line.
func (d *dialogue) Read(p []byte) (int, error) {
	if len(d.line) == 0 {
		var err error
		if d.line, err = d.in.ReadBytes('\n'); len(d.line) == 0 {
			d.wait()
			return 0, err
		}
		d.count(d.line, isRequest, 1)
	}
	n := copy(p, d.line)
	d.line = d.line[n:]
	return n, nil
}

// Write writes one message.
func (d *dialogue) Write(p []byte) (int, error) {
	n, err := d.out.Write(p)
	d.count(p, isAnswer, -1)
	return n, err
}

// Close does nothing: standard input and output belong to others.
func (*dialogue) Close() error { return nil }

// count adds to the number of open requests if a message is of a kind.
func (d *dialogue) count(message []byte, is func(id, method bool) bool, n int) {
	var m struct {
		ID     any    `json:"id"`
		Method string `json:"method"`
	}
	if json.Unmarshal(message, &m) != nil || !is(m.ID != nil, m.Method != "") {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open += n; d.open <= 0 {
		select {
		case d.answered <- struct{}{}:
		default:
		}
	}
}

func isRequest(id, method bool) bool { return id && method }

func isAnswer(id, method bool) bool { return id && !method }

// wait waits until each request has its answer.
func (d *dialogue) wait() {
	for late := time.After(maxAnswer); ; {
		d.mu.Lock()
		done := d.open <= 0
		d.mu.Unlock()
		if done {
			return
		}
		select {
		case <-d.answered:
		case <-late:
			return
		}
	}
}
