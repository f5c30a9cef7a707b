package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/conformance/generate"
	"github.com/corsim/corsim/conformance/record"
	"github.com/corsim/corsim/conformance/scenario"
)

type recordFlags struct {
	engine  string
	out     string
	resume  bool
	twice   bool
	random  randomFlags
	compare bool
	mine    mineFlags
}

const recordHelp = `Run scenarios in a real browser and write what it did as observations, in the form of corsim run --json.

The recorder needs Linux, and the browser as a package of Debian or another distribution. It runs the
browser in its own namespaces: nothing on the machine changes, no port is used, and no files remain.
It writes each observation as soon as it has it.

--random makes scenarios that nobody has seen: stories, or with --families scenarios about some subjects, in turn.
--compare plays each scenario on the simulator too, and prints where it and the browser differ, and the counts of
corsim compare; observations are then written to the file of -o only. The exit status is 1 when anything differs,
and 2 without a browser: then the scenarios are only played on the simulator, and nothing is compared.

--mine uses the browsers that you have: Chrome, Edge, Chromium and Firefox, on Linux, macOS and Windows.
It needs no namespaces and no special rights. Each browser runs without a window, with a new profile, and reaches no server
but corsim. They play the given scenarios, or a sample of the recorded ones if none are given. corsim prints
where they do something other than the simulator.`

const recordExample = `  corsim record --engine chromium -o got.jsonl scenarios.jsonl
  corsim record --engine chromium -o got.jsonl --resume --twice scenarios.jsonl
  corsim record --engine chromium --random 200 --seed 7 --compare
  corsim record --engine chromium --random 60 --families all --compare
  corsim record --engine firefox scenarios.jsonl > got.jsonl
  corsim record --mine
  corsim record --mine --engine firefox scenarios.jsonl`

func newRecord(t *terminal) *cobra.Command {
	var flags recordFlags
	cmd := &cobra.Command{
		Use:     "record [flags] SCENARIOS...",
		Short:   "Run scenarios in a real browser, and write observations",
		Long:    recordHelp,
		Example: recordExample,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 && flags.random.number == 0 && !flags.mine.mine {
				return errors.New("record needs files of scenarios, --random or --mine")
			}
			if flags.mine.program != "" && !flags.mine.mine {
				return errors.New("--browser is for --mine")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := signal.NotifyContext(cmp.Or(cmd.Context(), context.Background()), os.Interrupt)
			defer stop()
			if flags.mine.mine {
				engine := ""
				if cmd.Flags().Changed("engine") {
					engine = flags.engine
				}
				return t.recordMine(ctx, &flags, engine, args)
			}
			return t.record(ctx, &flags, args)
		},
	}
	cmd.Flags().StringVar(&flags.engine, "engine", "chromium", "the browser: chromium, firefox or webkit")
	cmd.Flags().StringVarP(&flags.out, "output", "o", "", "the file to write; standard output without it")
	cmd.Flags().BoolVar(&flags.resume, "resume", false, "add to the file of -o the scenarios that it does not have")
	cmd.Flags().BoolVar(&flags.twice, "twice", false, "record each scenario twice, and say which differ")
	cmd.Flags().IntVar(&flags.random.number, "random", 0, "also record this many random scenarios")
	cmd.Flags().Uint64Var(&flags.random.seed, "seed", 1, "the seed of the random scenarios; the same seed gives the same scenarios")
	cmd.Flags().StringSliceVar(&flags.random.families, "families", nil, "make the random scenarios of these families, or of all: "+strings.Join(generate.Families(), ", "))
	cmd.Flags().StringVar(&flags.random.file, "save-scenarios", "", "a file to which the random scenarios are written")
	cmd.Flags().BoolVar(&flags.compare, "compare", false, "compare the browser with the simulator, and print where they differ")
	cmd.Flags().BoolVar(&flags.mine.mine, "mine", false, "use the browsers of this machine, and print where they and the simulator differ")
	cmd.Flags().StringVar(&flags.mine.program, "browser", "", "with --mine: the program of the browser; --engine says which engine it has")
	complete(cmd, "engine", record.Engines()...)
	complete(cmd, "families", append(generate.Families(), "all")...)
	return cmd
}

func (t *terminal) record(ctx context.Context, flags *recordFlags, names []string) error {
	var missing error
	if !record.Inside() {
		if missing = t.enter(flags.engine); missing != nil && !flags.compare {
			return missing
		}
	}
	stories, err := t.storiesFor(flags, names)
	if err != nil {
		return err
	}
	if missing != nil {
		return t.playAlone(ctx, flags.engine, stories, missing)
	}
	out, done, err := t.recordOutput(flags)
	if err != nil {
		return err
	}
	defer out.Close()
	job := &record.Job{
		Engine: flags.engine, Stories: stories, Done: done, Twice: flags.twice,
		Write: func(o *scenario.Observation) error {
			_, err := out.Write(append(o.AppendJSON(nil), '\n'))
			return err
		},
		Log: t.logLine,
	}
	if flags.compare {
		return t.recordAndCompare(ctx, job)
	}
	return record.Run(ctx, job)
}

// enter runs the command again in a world of its own, and ends with its exit status. It returns only an error: what
// is missing for a recording.
func (t *terminal) enter(engine string) error {
	if err := record.Missing(engine); err != nil {
		return err
	}
	status, err := record.Enter()
	if err != nil {
		return err
	}
	os.Exit(status)
	return nil
}

// logLine prints a line about the recording itself.
func (t *terminal) logLine(line string) { fmt.Fprintln(t.stderr, "corsim:", line) }

// storiesFor returns the stories of files, and the random ones that the flags ask for.
func (t *terminal) storiesFor(flags *recordFlags, names []string) ([]*record.Story, error) {
	stories, err := t.readStories(names)
	if err != nil {
		return nil, err
	}
	random, err := t.randomStories(&flags.random)
	return append(stories, random...), err
}

// recordOutput opens the file of -o, and returns the names of the observations that it keeps.
func (t *terminal) recordOutput(flags *recordFlags) (io.WriteCloser, map[string]bool, error) {
	if flags.out == "" {
		if flags.resume {
			return nil, nil, errors.New("--resume needs the file that -o names")
		}
		if flags.compare {
			return &plainOutput{io.Discard}, nil, nil
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
	var out []*record.Story
	err := t.eachScenario(names, func(s *scenario.Scenario, r *scenario.Reader) error {
		story, err := record.NewStory(s, r.Text())
		if err != nil {
			return r.Wrap(err)
		}
		out = append(out, story)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
