package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/report"
)

// checkedConfig are the flags for a configuration that stands instead of a live
// server.
type checkedConfig struct {
	configFlags
	files []string
}

func (flags *checkedConfig) register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&flags.files, "config", nil, "the configuration of the server, a file, a folder or - for standard input, instead of a live server; may be repeated for files that the first one includes")
	flags.configFlags.register(cmd)
}

// netFlagNames are the flags for live servers only.
var netFlagNames = []string{"insecure", "resolve", "timeout", "max-body", "http1.1", "http2", "user-agent"}

// check reports whether a configuration is given. The error says which flags need one
// or do not go with one.
func (flags *checkedConfig) check(given func(flag string) bool) (bool, error) {
	isModelled := given("config")
	for _, name := range configFlagNames {
		if !isModelled && given(name) {
			return false, fmt.Errorf("--%s says something about a configuration: name it with --config", name)
		}
	}
	if i := slices.IndexFunc(netFlagNames, given); isModelled && i >= 0 {
		return false, fmt.Errorf("--%s is for live servers, and --config sends nothing", netFlagNames[i])
	}
	return isModelled, nil
}

// server reads the configuration.
func (flags *checkedConfig) server(ctx context.Context, t *terminal) (*modelled, error) {
	src, root, err := flags.source(ctx, t, flags.files)
	if err != nil {
		return nil, err
	}
	m, err := flags.read(ctx, t, src, root)
	if err != nil {
		return nil, err
	}
	return &modelled{ask.ModelledServer{
		File: configName(flags.files[0]), Model: m, Source: src, Alternative: flags.alternative, Names: t.namesBelow(root),
	}}, nil
}

// modelled is the server of a configuration.
type modelled struct{ ask.ModelledServer }

// report makes the requests of a call.
func (m *modelled) report(ctx context.Context, c *call, each bool) (*report.Report, error) {
	return ask.CheckConfig(ctx, c.Call, m.ModelledServer, ask.CheckOptions{Each: each})
}

// check makes the requests of a call, for printers.
func (m *modelled) check(ctx context.Context, c *call, each bool) (printable, error) {
	r, err := m.report(ctx, c, each)
	if err != nil {
		return nil, err
	}
	return &callReport{r, c}, nil
}

// audit audits the server.
func (m *modelled) audit(ctx context.Context, c *call) (printable, error) {
	result, err := ask.AuditConfig(ctx, c.Call, m.ModelledServer)
	if err != nil {
		return nil, err
	}
	return &audit{result, c}, nil
}
