package main

import (
	"errors"
	"fmt"
	"io"
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

A record that cannot be judged is reported on standard error with its place, and skipped; with --strict it
ends the run. --from-line and --from-entry continue an interrupted run; lines count from 1, entries from 0.

The exit status is 0 when every record was judged, whatever the verdicts are, and 1 when a record was
skipped.`

const judgeExample = `  corsim judge traffic.jsonl.gz > verdicts.jsonl
  corsim judge --engine chromium --from-line 1000001 traffic.jsonl >> verdicts.jsonl
  corsim judge session.har
  jq -c '.log.entries[]' *.har | corsim judge -
  split -n l/8 traffic.jsonl part- && ls part-* | xargs -P8 -I{} sh -c 'corsim judge {} > {}.out'`

type judgeFlags struct {
	engine              string
	workers             int
	fromLine, fromEntry int
	strict              bool
}

func newJudge(t *terminal) *cobra.Command {
	var flags judgeFlags
	cmd := &cobra.Command{
		Use:     "judge [flags] FILE|-",
		Short:   "Judge recorded exchanges, however many there are",
		Long:    judgeHelp,
		Example: judgeExample,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := flags.runner(t)
			if err != nil {
				return err
			}
			in, err := t.open(args[0])
			if err != nil {
				return err
			}
			defer in.Close()
			name := args[0]
			if name == "-" {
				name = "stdin"
			}
			tally, err := r.Run(cmd.Context(), in, name, t.stdout)
			return flags.end(t.stderr, tally, err)
		},
	}
	cmd.Flags().StringVar(&flags.engine, "engine", "spec", "the browser that judges")
	cmd.Flags().IntVar(&flags.workers, "workers", 0, "how many goroutines judge; 0 is one for each processor")
	cmd.Flags().IntVar(&flags.fromLine, "from-line", 1, "the number of the first line to judge")
	cmd.Flags().IntVar(&flags.fromEntry, "from-entry", 0, "the number of the first entry of a HAR file to judge")
	cmd.Flags().BoolVar(&flags.strict, "strict", false, "stop at the first line or entry that cannot be judged")
	complete(cmd, "engine", engineNames()...)
	return cmd
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
	p := progress{flags: flags, started: time.Now()}
	if isTerminal(t.stderr) {
		p.out = t.stderr
	}
	return &bulk.Runner{
		Profile: profile, Workers: flags.workers, FromLine: flags.fromLine, FromEntry: flags.fromEntry, Strict: flags.strict,
		Skipped: func(e *server.InputError) {
			fmt.Fprintln(t.stderr, "corsim: skipped:", bounded(report.Line(e.Error())))
		},
		Progress: p.tell,
	}, nil
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
}

func (p *progress) tell(tally bulk.Tally) {
	now := time.Now()
	if p.out == nil || now.Sub(p.started) < time.Second || now.Sub(p.told) < time.Second {
		return
	}
	p.told = now
	read := tally.Next - p.flags.from(tally.Form)
	rate := float64(read) / now.Sub(p.started).Seconds()
	fmt.Fprintf(p.out, "corsim: %s, %.0f a second, %d blocked, %d skipped\n",
		plural(read, tally.Form.String()), rate, tally.Blocked, tally.Skipped)
}
