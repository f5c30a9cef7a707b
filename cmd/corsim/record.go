package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/conformance/record"
	"github.com/corsim/corsim/conformance/scenario"
)

type recordFlags struct {
	engine string
	out    string
	resume bool
	twice  bool
}

const recordHelp = `Run scenarios in a real browser and write what it did as observations, in the form of corsim run --json.

The recorder needs Linux, and the browser as a package of Debian or another distribution. It runs the
browser in namespaces of its own: nothing on the machine changes, no port is taken, and nothing is left.
It writes each observation as soon as it has it.`

const recordExample = `  corsim record --engine chromium -o got.jsonl scenarios.jsonl
  corsim record --engine chromium -o got.jsonl --resume --twice scenarios.jsonl
  corsim record --engine firefox scenarios.jsonl > got.jsonl`

func newRecord(t *terminal) *cobra.Command {
	var flags recordFlags
	cmd := &cobra.Command{
		Use:     "record [flags] SCENARIOS...",
		Short:   "Run scenarios in a real browser, and write observations",
		Long:    recordHelp,
		Example: recordExample,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.record(cmd.Context(), &flags, args)
		},
	}
	cmd.Flags().StringVar(&flags.engine, "engine", "chromium", "the browser: chromium, firefox or webkit")
	cmd.Flags().StringVarP(&flags.out, "output", "o", "", "the file to write; standard output without it")
	cmd.Flags().BoolVar(&flags.resume, "resume", false, "add to the file of -o the scenarios that it does not have")
	cmd.Flags().BoolVar(&flags.twice, "twice", false, "record each scenario twice, and say which differ")
	complete(cmd, "engine", record.Engines()...)
	return cmd
}

func (t *terminal) record(ctx context.Context, flags *recordFlags, names []string) error {
	if !record.Inside() {
		status, err := record.Enter()
		if err != nil {
			return err
		}
		os.Exit(status)
	}
	if ctx == nil {
		ctx = context.Background()
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	stories, err := t.readStories(names)
	if err != nil {
		return err
	}
	out, done, err := t.recordOutput(flags)
	if err != nil {
		return err
	}
	defer out.Close()
	return record.Run(ctx, &record.Job{
		Engine: flags.engine, Stories: stories, Done: done, Twice: flags.twice,
		Write: func(o *scenario.Observation) error {
			_, err := out.Write(append(o.AppendJSON(nil), '\n'))
			return err
		},
		Log: func(line string) { fmt.Fprintln(t.stderr, "corsim:", line) },
	})
}

// recordOutput opens the file of -o, and returns the names of the observations that it keeps.
func (t *terminal) recordOutput(flags *recordFlags) (io.WriteCloser, map[string]bool, error) {
	if flags.out == "" {
		if flags.resume {
			return nil, nil, errors.New("--resume needs the file that -o names")
		}
		return &plainOutput{t.stdout}, nil, nil
	}
	done := make(map[string]bool)
	mode := os.O_CREATE | os.O_WRONLY | os.O_TRUNC
	if flags.resume {
		mode = os.O_CREATE | os.O_WRONLY | os.O_APPEND
		if _, err := os.Stat(t.path(flags.out)); err == nil {
			before, err := t.readObservations(flags.out)
			if err != nil {
				return nil, nil, err
			}
			for name := range before {
				done[name] = true
			}
		}
	}
	file, err := os.OpenFile(t.path(flags.out), mode, 0o666)
	return file, done, err
}

// plainOutput is an output that is not closed.
type plainOutput struct{ io.Writer }

// Close does nothing.
func (*plainOutput) Close() error { return nil }

// readStories reads all scenarios, because the world of a recording must know all their hosts.
func (t *terminal) readStories(names []string) ([]*record.Story, error) {
	sources, err := t.openSources(names)
	if err != nil {
		return nil, err
	}
	var out []*record.Story
	for _, s := range sources {
		defer s.file.Close()
		for {
			next, err := s.reader.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return nil, err
			}
			story, err := record.NewStory(next, s.reader.Text())
			if err != nil {
				return nil, s.reader.Wrap(err)
			}
			out = append(out, story)
		}
	}
	return out, nil
}
