package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/fetch/server/recipe"
)

// printFlags say how reports are printed.
type printFlags struct {
	format  string
	json    bool
	verbose bool
	server  string
	// body, svg and mermaid are for commands that print calls.
	body, svg, mermaid bool
}

var formats = []string{"text", "json", "junit", "sarif", "github"}

func (flags *printFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&flags.format, "format", "text", "text, json, junit, sarif, or github for the annotations of GitHub Actions")
	cmd.Flags().BoolVar(&flags.json, "json", false, "the same as --format json: one object a line")
	cmd.Flags().BoolVarP(&flags.verbose, "verbose", "v", false, "print all details also for several requests")
	addServerFlag(cmd, &flags.server, "write the repair as a configuration of")
	complete(cmd, "format", formats...)
}

// registerCall gives a command that prints calls the flags, and those for its bodies
// and for diagrams.
func (flags *printFlags) registerCall(cmd *cobra.Command) {
	flags.register(cmd)
	cmd.Flags().Lookup("verbose").Usage = "print all details: what was sent and received, and what the browsers print"
	cmd.Flags().BoolVar(&flags.body, "body", false, "print the whole bodies of requests and responses, with -v or --json")
	cmd.Flags().BoolVar(&flags.svg, "svg", false, "print a sequence diagram as SVG")
	cmd.Flags().BoolVar(&flags.mermaid, "mermaid", false, "print a sequence diagram in the Mermaid language")
}

// isDrawn reports whether a diagram is printed.
func (flags *printFlags) isDrawn() bool { return flags.svg || flags.mermaid }

// checkDrawn returns what is wrong with the flags for bodies and diagrams.
func (flags *printFlags) checkDrawn() error {
	isJSON := flags.json || flags.format == "json"
	switch {
	case flags.svg && flags.mermaid:
		return errors.New("--svg and --mermaid exclude each other")
	case flags.isDrawn() && (flags.json || flags.format != "text" || flags.verbose || flags.body || flags.server != ""):
		return errors.New("--svg and --mermaid print a diagram alone, without --json, --format, -v, --body or --server")
	case flags.body && !isJSON && !flags.verbose:
		return errors.New("--body needs -v or --json")
	}
	return nil
}

// printable is a report that printers print: a [callReport] or an [audit].
type printable interface {
	// isBad reports whether the report makes the exit status 1.
	isBad() bool
	printShort(out *output)
	// printFull prints all details. It writes repairs for a system, too, unless that
	// is nil.
	printFull(out *output, system *recipe.System)
	// sum returns the last line after several reports.
	sum(count, bad int) string
	// AppendJSON appends one line of JSON, without the newline.
	AppendJSON(out []byte) []byte
	// ci returns the report for services of continuous integration.
	ci() *ciReport
}

// printer prints reports, one after the other.
type printer interface {
	print(printable) error
	// finish prints the end of the output.
	finish() error
}

// printer returns the printer of the flags.
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
		return nil, errors.New("--server needs --format text")
	}
	if err := flags.checkDrawn(); err != nil {
		return nil, err
	}
	var p printer
	switch {
	case flags.isDrawn():
		p = &diagramPrinter{out: out, write: flags.writer()}
	case flags.format == "junit":
		p = &junitPrinter{out: out}
	case flags.format == "sarif":
		p = newSARIFPrinter(out)
	case flags.format == "github":
		p = newGitHubPrinter(out)
	case flags.json || flags.format == "json":
		p = &jsonPrinter{out}
	default:
		p = &textPrinter{out: out, length: flags.length(many), system: system}
	}
	if flags.body {
		p = wholeBodies{p}
	}
	return p, nil
}

// length returns how long the text about each of one or many reports is.
func (flags *printFlags) length(many bool) textLength {
	switch {
	case flags.verbose:
		return fullText
	case many:
		return shortText
	}
	return summaryText
}

// wholeBodies lets a printer print the whole bodies of a call.
type wholeBodies struct{ printer }

func (p wholeBodies) print(r printable) error {
	if r, ok := r.(*callReport); ok {
		r.WholeBodies = true
	}
	return p.printer.print(r)
}

// jsonPrinter prints each report as one line.
type jsonPrinter struct{ out *output }

func (p *jsonPrinter) print(r printable) error {
	_, err := p.out.Write(append(r.AppendJSON(nil), '\n'))
	return err
}

func (p *jsonPrinter) finish() error { return nil }

// addServerFlag adds the flag --server.
func addServerFlag(cmd *cobra.Command, server *string, usage string) {
	var words []string
	usage += ":"
	for _, s := range recipe.Systems() {
		words = append(words, s.String())
		usage += fmt.Sprintf("\n%-15s %s", s, s.Versions())
	}
	cmd.Flags().StringVar(server, "server", "", usage)
	complete(cmd, "server", words...)
}

// parseServer returns the system of the flag --server; nil for "".
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
