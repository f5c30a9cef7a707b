package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/conformance/bulk"
)

// summaryForms are the forms of a summary.
var summaryForms = []string{"text", "json", "html"}

// checkSummaryForm returns an error for a form that is not in the list.
func checkSummaryForm(form string) error {
	if slices.Contains(summaryForms, form) {
		return nil
	}
	return fmt.Errorf("the form of a summary is one of %s, not %q", strings.Join(summaryForms, ", "), form)
}

// printSummary writes a summary in a form.
func printSummary(w io.Writer, s *bulk.Summary, form string) error {
	switch form {
	case "text":
		return s.WriteText(w)
	case "html":
		return s.WriteHTML(w)
	}
	_, err := w.Write(append(s.AppendJSON(nil), '\n'))
	return err
}

func newJudgeMerge(t *terminal) *cobra.Command {
	var form string
	cmd := &cobra.Command{
		Use:   "merge [flags] FILE|-...",
		Short: "Add summaries that corsim judge wrote as JSON",
		Long: `Add the summaries of the parts of a recording, which corsim judge --summary json wrote. The result is the
summary of the whole recording, whatever the parts and their order are.`,
		Example: `  ls part-* | xargs -P8 -I{} sh -c 'corsim judge --summary json {} > {}.sum'
  corsim judge merge --as html part-*.sum > report.html`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := checkSummaryForm(form); err != nil {
				return err
			}
			total, err := t.mergeSummaries(args)
			if err != nil {
				return err
			}
			return printSummary(t.stdout, total, form)
		},
	}
	cmd.Flags().StringVar(&form, "as", "json", "print the sum as text, json or html")
	complete(cmd, "as", summaryForms...)
	return cmd
}

// mergeSummaries returns the sum of the summaries in files.
func (t *terminal) mergeSummaries(names []string) (*bulk.Summary, error) {
	var total *bulk.Summary
	for _, name := range names {
		in, err := t.open(name)
		if err != nil {
			return nil, err
		}
		total, err = addSummaries(total, in)
		in.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if total == nil {
		return nil, errors.New("there is no summary in the input")
	}
	return total, nil
}

// addSummaries adds the summaries of a stream, one on each line, to a total; nil is
// the total of none.
func addSummaries(total *bulk.Summary, in io.Reader) (*bulk.Summary, error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		s, err := bulk.DecodeSummary(bytes.NewReader(lines.Bytes()))
		if err == nil && total != nil {
			err = total.Add(s)
		}
		if err != nil {
			return nil, err
		}
		if total == nil {
			total = s
		}
	}
	return total, lines.Err()
}

// writeSummaryFile writes a summary as JSON into a file.
func (t *terminal) writeSummaryFile(name string, s *bulk.Summary) error {
	err := os.WriteFile(t.path(name), append(s.AppendJSON(nil), '\n'), 0o644)
	if err != nil {
		return fmt.Errorf("cannot write the summary: %w", err)
	}
	return nil
}

// errSchema is the error for a version of the lines that this program does not write.
var errSchema = errors.New("--schema: this corsim writes schema 1 only")
