package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/fetch/browser"
)

const judgeHelp = `Judge recorded exchanges, one JSON object a line: the page, what it asked for, the answer to
the preflight, if there was one, and the answer to the request. Each gives one line of JSON, in the order
of the input: whether script may read the response, and why not. Files may be compressed with
gzip; "-" is standard input. Lines are read as they come, and held no longer than it takes.

What holds no exchange is reported on standard error and skipped; --strict makes it the end.
--from-line goes on where a run was cut off: lines keep their numbers.

The exit status is 0 when all lines were judged, whatever the verdicts, 1 when some were skipped.`

const judgeExample = `  corsim judge traffic.jsonl.gz > verdicts.jsonl
  corsim judge --engine chromium --from-line 1000001 traffic.jsonl >> verdicts.jsonl
  split -n l/8 traffic.jsonl part- && ls part-* | xargs -P8 -I{} sh -c 'corsim judge {} > {}.out'`

type judgeFlags struct {
	engine   string
	workers  int
	fromLine int
	strict   bool
}

func newJudge(t *terminal) *cobra.Command {
	var flags judgeFlags
	cmd := &cobra.Command{
		Use:     "judge [flags] FILE|-",
		Short:   "Judge recorded exchanges, as many as there are",
		Long:    judgeHelp,
		Example: judgeExample,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			profile, err := browser.ProfileByName(flags.engine)
			if err != nil {
				return err
			}
			if flags.fromLine < 1 || flags.workers < 0 {
				return errors.New("--from-line is 1 or more, --workers 0 or more")
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
			p := progress{terminal: t, started: time.Now(), line: flags.fromLine - 1}
			b := &conformance.Bulk{
				Profile: profile, Workers: flags.workers, FromLine: flags.fromLine, Strict: flags.strict,
				Skipped:  func(e *conformance.DecodeError) { fmt.Fprintf(t.stderr, "corsim: skipped: %v\n", e) },
				Progress: p.tell,
			}
			tally, err := b.Run(cmd.Context(), in, name, t.stdout)
			return judgeEnd(t.stderr, tally, err)
		},
	}
	cmd.Flags().StringVar(&flags.engine, "engine", "spec", "which browser judges")
	cmd.Flags().IntVar(&flags.workers, "workers", 0, "how many lines to judge at a time; 0 is one for each processor")
	cmd.Flags().IntVar(&flags.fromLine, "from-line", 1, "the number of the first line to judge")
	cmd.Flags().BoolVar(&flags.strict, "strict", false, "stop at the first line that holds no exchange")
	complete(cmd, "engine", engineNames()...)
	return cmd
}

// judgeEnd turns the end of a run into that of the command: one that was cut
// off says where to go on.
func judgeEnd(stderr io.Writer, tally conformance.BulkTally, err error) error {
	var problem *conformance.DecodeError
	switch {
	case errors.As(err, &problem):
		return err
	case err != nil:
		return fmt.Errorf("%w; go on with --from-line %d", err, tally.Line+1)
	case tally.Skipped > 0:
		fmt.Fprintf(stderr, "corsim: %d lines judged, %d skipped\n", tally.Judged, tally.Skipped)
		return errNo
	}
	return nil
}

// progress tells a person every second how far a run is.
type progress struct {
	terminal *terminal
	started  time.Time
	told     time.Time
	line     int // where it started
}

func (p *progress) tell(tally conformance.BulkTally) {
	now := time.Now()
	if now.Sub(p.started) < time.Second || now.Sub(p.told) < time.Second || !isTerminal(p.terminal.stderr) {
		return
	}
	p.told = now
	rate := float64(tally.Line-p.line) / now.Sub(p.started).Seconds()
	fmt.Fprintf(p.terminal.stderr, "corsim: line %d, %.0f lines a second, %d blocked, %d skipped\n",
		tally.Line, rate, tally.Blocked, tally.Skipped)
}
