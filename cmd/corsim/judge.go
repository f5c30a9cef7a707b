package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/conformance/bulk"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
)

const judgeHelp = `Judge recorded exchanges, however many there are. For each, print one line of JSON that says whether
script may read the response, and why not, in the order of the input. corsim reads the input as a
stream. It may be compressed with gzip; "-" is standard input. It is one of

  JSON Lines  an exchange on each line: the page, the request, the response to the preflight, if there
              was one, and the response to the request; or a scenario, as for corsim run; or an entry
              of a HAR file
  a HAR file  as developer tools and proxies write it; each entry is judged with its preflight
  a WAT file  of Common Crawl, or another WARC file whose records are JSON; each record counts as a line
  a folder    all files in it whose names end in .har, .jsonl, .ndjson, .wat or .warc, with .gz or without; each
              verdict then names its file

A record that cannot be judged gets a line with its place and "error", and is reported on standard error; with
--strict it ends the run. --summary prints counts by outcome, reason and header in place of the verdicts;
--summary-file writes them as JSON beside the verdicts. corsim judge merge adds such summaries. --from-line and
--from-entry continue an interrupted run; lines count from 1, entries from 0. After a run that was killed,
-o FILE --resume looks which verdicts FILE has, and adds the others.

The exit status is 0 when every record was judged, whatever the verdicts are, and 1 when a record was
skipped.`

const judgeExample = `  corsim judge traffic.jsonl.gz > verdicts.jsonl
  corsim judge --engine chromium --from-line 1000001 traffic.jsonl >> verdicts.jsonl
  corsim judge -o verdicts.jsonl --resume traffic.jsonl.gz
  corsim judge session.har
  corsim judge --summary html traffic.jsonl > report.html
  jq -c '.log.entries[]' *.har | corsim judge -
  split -n l/8 traffic.jsonl part- && ls part-* | xargs -P8 -I{} sh -c 'corsim judge {} > {}.out'`

type judgeFlags struct {
	engine              string
	workers             int
	fromLine, fromEntry int
	strict              bool
	schema              int
	// output is the file for the verdicts, or "" for standard output; out is what they are written to.
	output string
	out    io.Writer
	resume bool
	// summary is the form of the summary to print in place of the verdicts, or "".
	summary, summaryFile string
	progress             progress
}

func newJudge(t *terminal) *cobra.Command {
	var flags judgeFlags
	cmd := &cobra.Command{
		Use:     "judge [flags] FILE|FOLDER|-",
		Short:   "Judge recorded exchanges, however many there are",
		Long:    judgeHelp,
		Example: judgeExample,
		Args:    takes(1, "file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return flags.run(cmd.Context(), t, args[0])
		},
	}
	cmd.AddCommand(newJudgeMerge(t))
	cmd.Flags().StringVar(&flags.engine, "engine", "spec", "the browser that judges")
	cmd.Flags().IntVar(&flags.workers, "workers", 0, "how many goroutines judge; 0 is one for each processor")
	cmd.Flags().IntVar(&flags.fromLine, "from-line", 1, "the number of the first line to judge")
	cmd.Flags().IntVar(&flags.fromEntry, "from-entry", 0, "the number of the first entry of a HAR file to judge")
	cmd.Flags().BoolVar(&flags.strict, "strict", false, "stop at the first line or entry that cannot be judged")
	cmd.Flags().StringVarP(&flags.output, "output", "o", "", "the file for the verdicts; standard output without it")
	cmd.Flags().BoolVar(&flags.resume, "resume", false, "add to the file of -o the verdicts that it does not have")
	cmd.Flags().IntVar(&flags.schema, "schema", bulk.SchemaVersion, "the version of the lines that you expect")
	cmd.Flags().StringVar(&flags.summary, "summary", "", "print a summary as text, json or html in place of the verdicts")
	cmd.Flags().StringVar(&flags.summaryFile, "summary-file", "", "write the summary as JSON into this file")
	complete(cmd, "engine", browser.ProfileNames()...)
	complete(cmd, "summary", summaryForms...)
	return cmd
}

// run judges a file or a folder and writes what the flags ask for. After an interrupted
// run the summary is that of the records up to the place where the run can continue.
func (flags *judgeFlags) run(ctx context.Context, t *terminal, name string) error {
	files, isFolder, err := t.filesIn(name)
	if err != nil {
		return err
	}
	out, err := flags.openOutput(t, name)
	if err != nil {
		return err
	}
	defer out.Close()
	r, err := flags.runner(t)
	if err != nil {
		return err
	}
	if flags.summary != "" {
		flags.out = io.Discard
	}
	if isFolder {
		err = flags.judgeFolder(ctx, t, r, name, files)
	} else {
		var tally bulk.Tally
		tally, err = flags.judge(ctx, t, r, name)
		err = flags.end(t.stderr, tally, err)
	}
	return errors.Join(flags.summarize(t, r.Summary), err)
}

// summarize writes the summary where the flags ask for one.
func (flags *judgeFlags) summarize(t *terminal, s *bulk.Summary) error {
	var err error
	if flags.summary != "" {
		err = printSummary(t.stdout, s, flags.summary)
	}
	if flags.summaryFile != "" {
		err = errors.Join(err, t.writeSummaryFile(flags.summaryFile, s))
	}
	return err
}

// judge judges a file.
func (flags *judgeFlags) judge(ctx context.Context, t *terminal, r *bulk.Runner, file string) (bulk.Tally, error) {
	in, err := t.open(file)
	if err != nil {
		return bulk.Tally{}, err
	}
	defer in.Close()
	flags.progress.size = t.sizeOf(file)
	counted := &countedReader{Reader: in, n: &flags.progress.read}
	if file == "-" {
		file = "stdin"
	}
	return r.Run(ctx, counted, file, flags.out)
}

// runner returns the runner that the flags describe.
func (flags *judgeFlags) runner(t *terminal) (*bulk.Runner, error) {
	profile, err := browser.ProfileByName(flags.engine)
	if err != nil {
		return nil, err
	}
	if flags.fromLine < 1 || flags.fromEntry < 0 || flags.workers < 0 {
		return nil, errors.New("--from-line is 1 or more, --from-entry and --workers are 0 or more")
	}
	if flags.schema != bulk.SchemaVersion {
		return nil, errSchema
	}
	p := &flags.progress
	p.flags, p.started = flags, time.Now()
	if isTerminal(t.stderr) {
		p.out = t.stderr
	}
	summary, err := flags.newSummary(profile.Name())
	if err != nil {
		return nil, err
	}
	return &bulk.Runner{
		Summary: summary,
		Profile: profile, Workers: flags.workers, FromLine: flags.fromLine, FromEntry: flags.fromEntry, Strict: flags.strict,
		Skipped: func(e *server.InputError) {
			fmt.Fprintln(t.stderr, "corsim: skipped:", bounded(report.Line(e.Error())))
		},
		Progress: p.tell,
	}, nil
}

// newSummary returns the summary for an engine that the flags ask for; nil for none.
func (flags *judgeFlags) newSummary(engine string) (*bulk.Summary, error) {
	if flags.summary == "" && flags.summaryFile == "" {
		return nil, nil
	}
	if flags.summary != "" {
		if err := checkSummaryForm(flags.summary); err != nil {
			return nil, err
		}
	}
	return bulk.NewSummary(engine), nil
}

// from returns the number of the first record to judge.
func (flags *judgeFlags) from(f bulk.Form) int {
	if f == bulk.HAR {
		return flags.fromEntry
	}
	return flags.fromLine
}

// end returns the error of the command after a run. After an interrupted run it
// says where to continue.
func (flags *judgeFlags) end(stderr io.Writer, tally bulk.Tally, err error) error {
	switch {
	case server.IsSkippable(err):
		return err
	case err != nil && tally.Next > flags.from(tally.Form):
		return fmt.Errorf("%w; continue with --from-%s %d", err, tally.Form, tally.Next)
	case err != nil:
		return err
	case tally.Skipped > 0:
		fmt.Fprintf(stderr, "corsim: %s judged, %d skipped\n", plural(tally.Judged, tally.Form.String()), tally.Skipped)
		return errNo
	}
	return nil
}

// progress prints the progress of a run every second.
type progress struct {
	out     io.Writer // nil when it is not a terminal
	flags   *judgeFlags
	started time.Time
	told    time.Time
	size    int64        // of the input in bytes; 0 if it is unknown
	read    atomic.Int64 // how many bytes of it were read
}

// countedReader counts what is read.
type countedReader struct {
	io.Reader
	n *atomic.Int64
}

func (r *countedReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.n.Add(int64(n))
	return n, err
}

// sizeOf returns the length of a file, and 0 for a pipe.
func (t *terminal) sizeOf(name string) int64 {
	info, err := os.Stat(t.path(name))
	if name == "-" || err != nil || !info.Mode().IsRegular() {
		return 0
	}
	return info.Size()
}

// remaining says how long the rest takes at the rate so far; "" if that is unknown.
func (p *progress) remaining(elapsed time.Duration) string {
	read := p.read.Load()
	if read == 0 || p.size <= read {
		return ""
	}
	rest := time.Duration(float64(elapsed) * float64(p.size-read) / float64(read))
	return ", about " + rest.Round(time.Second).String() + " remaining"
}

func (p *progress) tell(tally bulk.Tally) {
	now := time.Now()
	if p.out == nil || now.Sub(p.started) < time.Second || now.Sub(p.told) < time.Second {
		return
	}
	p.told = now
	read := tally.Next - p.flags.from(tally.Form)
	rate := float64(read) / now.Sub(p.started).Seconds()
	fmt.Fprintf(p.out, "corsim: %s, %.0f a second, %d blocked, %d skipped%s\n",
		plural(read, tally.Form.String()), rate, tally.Blocked, tally.Skipped, p.remaining(now.Sub(p.started)))
}
