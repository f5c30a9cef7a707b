package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/fetch/server/recipe"
)

// printFlags say in which form reports are printed.
type printFlags struct {
	format  string
	json    bool
	verbose bool
	server  string
}

var formats = []string{"text", "json", "junit", "sarif", "github"}

func (flags *printFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&flags.format, "format", "text", "text, json, junit, sarif, or github for the annotations of GitHub Actions")
	cmd.Flags().BoolVar(&flags.json, "json", false, "the same as --format json: one object a line")
	cmd.Flags().BoolVarP(&flags.verbose, "verbose", "v", false, "print all details also for several requests")
	addServerFlag(cmd, &flags.server, "write the repair as a configuration of")
	complete(cmd, "format", formats...)
}

// printable is what printers print: a [callReport] or an [audit].
type printable interface {
	// isBad reports whether the exit status is 1 for it.
	isBad() bool
	printShort(out *output)
	// printFull prints the whole, with repairs written for a system unless it is nil.
	printFull(out *output, system *recipe.System)
	// sum is the last line for people where there were several.
	sum(count, bad int) string
	// AppendJSON appends one line of JSON, without the newline.
	AppendJSON(out []byte) []byte
	// ci returns what services of continuous integration are told.
	ci() *ciReport
}

// printer prints reports as they come.
type printer interface {
	print(printable) error
	// finish prints what comes after the last report.
	finish() error
}

// printer returns the printer that flags ask for.
func (flags *printFlags) printer(out *output, many bool) (printer, error) {
	if !slices.Contains(formats, flags.format) {
		return nil, fmt.Errorf("--format %q is not text, json, junit, sarif or github", flags.format)
	}
	if flags.json && flags.format != "text" && flags.format != "json" {
		return nil, errors.New("--json and --format " + flags.format + " exclude each other")
	}
	system, err := parseServer(flags.server)
	if err != nil {
		return nil, err
	}
	if system != nil && (flags.json || flags.format != "text") {
		return nil, errors.New("--server goes with --format text only")
	}
	switch flags.format {
	case "junit":
		return &junitPrinter{out: out}, nil
	case "sarif":
		return newSARIFPrinter(out), nil
	case "github":
		return &githubPrinter{out}, nil
	}
	if flags.json || flags.format == "json" {
		return &jsonPrinter{out}, nil
	}
	return &textPrinter{out: out, short: many && !flags.verbose, system: system}, nil
}

// jsonPrinter prints a report a line.
type jsonPrinter struct{ out *output }

func (p *jsonPrinter) print(r printable) error {
	_, err := p.out.Write(append(r.AppendJSON(nil), '\n'))
	return err
}

func (p *jsonPrinter) finish() error { return nil }

// addServerFlag adds the flag that names a server.
func addServerFlag(cmd *cobra.Command, server *string, usage string) {
	cmd.Flags().StringVar(server, "server", "", usage+": "+strings.Join(serverWords(), ", "))
	complete(cmd, "server", serverWords()...)
}

func serverWords() []string {
	var out []string
	for _, s := range recipe.Systems() {
		out = append(out, s.String())
	}
	return out
}

// parseServer returns the system of a flag; nil for none.
func parseServer(word string) (*recipe.System, error) {
	if word == "" {
		return nil, nil
	}
	s, err := recipe.ParseSystem(word)
	if err != nil {
		return nil, err
	}
	return &s, nil
}
