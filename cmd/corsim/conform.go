package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/conform"
)

type conformFlags struct {
	selection conform.Selection
	report    string
	output    string
	list      int
	least     float64
	selfTest  bool
}

const conformHelp = `Let a program take the steps of recorded scenarios, and count in how many it does what browsers did.

COMMAND is an adapter: a program that reads messages from its standard input and lets an
implementation, such as jsdom or an HTTP client, make the requests of a page. corsim plays the
servers on the loopback interface, and sees the requests itself. docs/adapters.md says how to write
an adapter, and has the results of those in the folder conformance/adapters.

First comes a self-test: requests without CORS, which every adapter must get right. Then each
scenario is compared in three dimensions: the outcome of each step, the response that script sees,
and the requests on the wire. By default, only that counts in which all recorded browsers do the same. --as
compares with one browser, in everything. Scenarios that need what the adapter does not have,
such as elements, are not run.

The exit status is 0 when the adapter was judged and at least --least percent of the scenarios are
right, 1 when fewer are, and 2 when the adapter cannot be judged.`

const conformExample = `  corsim conform -- node conformance/adapters/node-fetch.mjs
  corsim conform --as chromium --every 10 -- node conformance/adapters/chromium.mjs
  corsim conform --report html -o report.html -- ./my-adapter
  corsim conform --self-test -- ./my-adapter`

// conformReports are the forms of a report.
var conformReports = []struct {
	word  string
	write func(*conform.Report, io.Writer) error
}{
	{"text", (*conform.Report).WriteText},
	{"json", (*conform.Report).WriteJSON},
	{"html", (*conform.Report).WriteHTML},
	{"badge", (*conform.Report).WriteBadge},
}

func newConform(t *terminal) *cobra.Command {
	var flags conformFlags
	cmd := &cobra.Command{
		Use:     "conform [flags] -- COMMAND [ARGUMENT…]",
		Short:   "Judge another implementation by what browsers did",
		Long:    conformHelp,
		Example: conformExample,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("name the adapter after --, such as corsim conform -- node conformance/adapters/node-fetch.mjs")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return t.conform(cmd.Context(), &flags, args) },
	}
	corpora, forms := conformance.RecordedCorpusNames(), make([]string, 0, len(conformReports))
	for _, r := range conformReports {
		forms = append(forms, r.word)
	}
	f := cmd.Flags()
	f.StringSliceVar(&flags.selection.Corpora, "corpus", corpora, "the corpora of recorded scenarios to play")
	f.StringVar(&flags.selection.Reference, "as", conform.Agreed, "whose behaviour is wanted: "+strings.Join(conform.References(), ", "))
	f.StringVar(&flags.selection.Only, "only", "", "play only the scenarios whose names match this pattern")
	f.IntVar(&flags.selection.Every, "every", 1, "play only every so many scenarios of each corpus")
	f.StringVar(&flags.report, "report", "text", "the form of the report: "+strings.Join(forms, ", "))
	f.StringVarP(&flags.output, "output", "o", "", "write the report to this file")
	f.IntVar(&flags.list, "list", 0, "print so many scenarios in which something is wrong after a text report; -1 for all")
	f.Float64Var(&flags.least, "least", 0, "the least percentage of right scenarios for exit status 0")
	f.BoolVar(&flags.selfTest, "self-test", false, "only test the adapter itself")
	complete(cmd, "corpus", corpora...)
	complete(cmd, "as", conform.References()...)
	complete(cmd, "report", forms...)
	return cmd
}

// conform judges the adapter that args start.
func (t *terminal) conform(ctx context.Context, flags *conformFlags, args []string) error {
	write, err := flags.writer()
	if err != nil {
		return err
	}
	suite, err := conform.Suite(flags.selection)
	if err != nil {
		return err
	}
	session, err := conform.Start(ctx, conform.Command(t.stderr, args[0], args[1:]...), conform.Options{})
	if err != nil {
		return err
	}
	defer session.Close()
	if err := conform.SelfTest(ctx, session); err != nil {
		return fmt.Errorf("the adapter fails the self-test:\n%w", err)
	}
	if flags.selfTest {
		_, err := fmt.Fprintf(t.stdout, "%s %s passes the self-test\n", session.Adapter.Name, session.Adapter.Version)
		return err
	}
	report, err := conform.Run(ctx, session, suite, flags.selection.Reference, t.progressOf(len(suite)))
	if err != nil {
		return err
	}
	if err := t.writeReport(flags.output, func(w io.Writer) error {
		if err := write(report, w); err != nil || flags.report != "text" || flags.list == 0 {
			return err
		}
		fmt.Fprintln(w)
		report.WriteWrong(w, max(flags.list, 0))
		return nil
	}); err != nil {
		return err
	}
	if report.Total.Percent() < flags.least {
		return errNo
	}
	return nil
}

// writer returns the function that writes the report.
func (f *conformFlags) writer() (func(*conform.Report, io.Writer) error, error) {
	known := make([]string, 0, len(conformReports))
	for _, r := range conformReports {
		if r.word == f.report {
			return r.write, nil
		}
		known = append(known, r.word)
	}
	return nil, fmt.Errorf("unknown report %q; known: %s", f.report, strings.Join(known, ", "))
}

// progressOf returns a function that says on a terminal how many scenarios are played; nil
// when standard error is not a terminal.
func (t *terminal) progressOf(total int) func(done int) {
	if !isTerminal(t.stderr) {
		return nil
	}
	told := time.Now()
	return func(done int) {
		if time.Since(told) > time.Second || done == total {
			told = time.Now()
			fmt.Fprintf(t.stderr, "\r%d of %d scenarios", done, total)
		}
		if done == total {
			fmt.Fprintln(t.stderr)
		}
	}
}

// writeReport writes to a file, or to standard output if no file is named.
func (t *terminal) writeReport(name string, write func(io.Writer) error) error {
	if name == "" {
		out := t.newOutput()
		return out.close(write(out))
	}
	file, err := os.Create(t.path(name))
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
