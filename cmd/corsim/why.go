package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// printWhy prints, of a result that something blocked, the reason in words and
// the smallest repair. The step of the standard has been printed already.
func printWhy(ctx context.Context, out *output, r *browser.Result, server *explain.Server) error {
	e, ok := explain.Explain(r)
	if !ok {
		return nil
	}
	fmt.Fprintf(out, "      why: %s\n", e.Sentence)
	fmt.Fprintf(out, "      sent: %s\n", e.Reached)
	for i, c := range e.Causes {
		label := "or: "
		if i == 0 {
			label = "likely: "
		}
		fmt.Fprintf(out, "      %s%s\n", label, c.Text)
	}
	repair, err := explain.Repairs(ctx, r)
	if err != nil {
		return err
	}
	label := "repair: "
	for _, line := range repair.Lines() {
		fmt.Fprintf(out, "      %s%s\n", label, line)
		label = strings.Repeat(" ", len(label))
	}
	if server != nil {
		text, _ := repair.Recipe(*server)
		for line := range strings.Lines(text) {
			fmt.Fprintf(out, "      %s: %s", server.Word(), line)
		}
	}
	return nil
}

// addServerFlag adds the flag that names a server.
func addServerFlag(cmd *cobra.Command, server *string, usage string) {
	cmd.Flags().StringVar(server, "server", "", usage+": "+strings.Join(serverWords(), ", "))
	complete(cmd, "server", serverWords()...)
}

func serverWords() []string {
	var out []string
	for _, s := range explain.Servers() {
		out = append(out, s.Word())
	}
	return out
}

// parseServer returns the server of a flag; nil for none.
func parseServer(word string) (*explain.Server, error) {
	if word == "" {
		return nil, nil
	}
	s, ok := explain.ParseServer(word)
	if !ok {
		return nil, fmt.Errorf("unknown server %q; known: %s", word, strings.Join(serverWords(), ", "))
	}
	return &s, nil
}
