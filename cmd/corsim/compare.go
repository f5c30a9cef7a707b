package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
)

type compareFlags struct {
	scenarios  []string
	dimensions []string
	list       []string
	most       int
	json       bool
}

const compareHelp = `Compare the observations in GOT with those in WANT, and count the scenarios that agree, for each
family and in six dimensions:

  outcome   the outcome of each step
  wire      the requests that reached a server, with the headers that matter to CORS
            and those that script set
  metadata  Referer and Sec-Fetch-* of these requests
  response  what script can see of the response
  console   the messages on the console
  issues    the engine's machine-readable codes

The scenarios say which headers script set. --scenarios names their files. Without it, corsim looks
for a file next to WANT (dev.scenarios.jsonl or dev.jsonl for dev.chromium.jsonl, plain or .gz). If
there is none, corsim assumes that script set all headers that browsers do not add by themselves.
With scenarios, only these are counted. A scenario without an observation in GOT disagrees in every
dimension.

The exit status is 0 when everything agrees in the dimensions of --dimensions, 1 otherwise.`

const compareExample = `  corsim run --json scenarios.jsonl > got.jsonl
  corsim compare --scenarios scenarios.jsonl recorded.jsonl got.jsonl
  corsim compare --dimensions outcome,wire --list wire -n 5 recorded.jsonl got.jsonl`

func newCompare(t *terminal) *cobra.Command {
	var flags compareFlags
	names := make([]string, 0, 6)
	for _, d := range conformance.Dimensions() {
		names = append(names, d.String())
	}
	cmd := &cobra.Command{
		Use:     "compare [flags] WANT.jsonl GOT.jsonl",
		Short:   "Compare two files of observations, and count how many agree",
		Long:    compareHelp,
		Example: compareExample,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return fmt.Errorf("compare takes two files, WANT and GOT, not %d", len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			c, err := t.newComparing(&flags, args[0], args[1])
			if err != nil {
				return err
			}
			return c.out.close(c.run())
		},
	}
	cmd.Flags().StringArrayVar(&flags.scenarios, "scenarios", nil, "a file of the scenarios, or guide or wpt; may be repeated")
	cmd.Flags().StringSliceVar(&flags.dimensions, "dimensions", names, "the dimensions to count")
	cmd.Flags().StringSliceVar(&flags.list, "list", nil, "print disagreements in these dimensions")
	cmd.Flags().IntVarP(&flags.most, "number", "n", 20, "print at most this many of them; 0 for all")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print JSON Lines: the disagreements of --list, then the counts")
	complete(cmd, "dimensions", names...)
	complete(cmd, "list", names...)
	return cmd
}

// comparing is a running comparison.
type comparing struct {
	flags      *compareFlags
	out        *output
	dimensions []conformance.Dimension
	list       map[conformance.Dimension]bool
	question   ask.CompareQuestion
	wantFile   io.Closer
	listed     int
}

func (t *terminal) newComparing(flags *compareFlags, want, got string) (*comparing, error) {
	if want == "-" && got == "-" {
		return nil, errors.New("only one of WANT and GOT can be standard input")
	}
	c := &comparing{flags: flags, list: make(map[conformance.Dimension]bool)}
	var err error
	if c.dimensions, err = parseDimensions(flags.dimensions); err != nil {
		return nil, fmt.Errorf("--dimensions: %w", err)
	}
	list, err := parseDimensions(flags.list)
	if err != nil {
		return nil, fmt.Errorf("--list: %w", err)
	}
	for _, d := range list {
		c.list[d] = true
	}
	names := flags.scenarios
	if len(names) == 0 {
		names = t.scenariosBeside(want)
	}
	if c.question.Authors, err = t.readAuthors(names); err != nil {
		return nil, err
	}
	wantFile, err := t.open(want)
	if err != nil {
		return nil, err
	}
	c.question.Want, c.wantFile = scenario.NewObservationReader(wantFile, want), wantFile
	if c.question.Got, err = t.readObservations(got); err != nil {
		return nil, err
	}
	c.out = t.newOutput()
	return c, nil
}

func parseDimensions(names []string) ([]conformance.Dimension, error) {
	var out []conformance.Dimension
	for _, name := range names {
		d, err := conformance.ParseDimension(name)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// scenariosBeside returns the file of the scenarios that belong to a file of
// observations, if it is there.
func (t *terminal) scenariosBeside(observations string) []string {
	folder, base := filepath.Split(observations)
	parts := strings.Split(base, ".")
	for i := len(parts) - 1; i > 0; i-- {
		stem := folder + strings.Join(parts[:i], ".")
		for _, ending := range []string{".scenarios.jsonl", ".scenarios.jsonl.gz", ".jsonl", ".jsonl.gz"} {
			name := stem + ending
			if _, err := os.Stat(t.path(name)); err == nil && filepath.Clean(name) != filepath.Clean(observations) {
				return []string{name}
			}
		}
	}
	return nil
}

func (t *terminal) readAuthors(names []string) (map[string]conformance.AuthorNames, error) {
	if len(names) == 0 {
		return nil, nil
	}
	out := make(map[string]conformance.AuthorNames)
	err := t.eachScenario(names, func(s *scenario.Scenario, _ *scenario.Reader) error {
		out[s.Name] = conformance.AuthorNamesOf(s)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// eachScenario reads the scenarios of files, and passes on each with its reader.
func (t *terminal) eachScenario(names []string, do func(*scenario.Scenario, *scenario.Reader) error) error {
	sources, err := t.openSources(names)
	if err != nil {
		return err
	}
	for _, s := range sources {
		defer s.file.Close()
		for {
			next, err := s.reader.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return err
			}
			if err := do(next, s.reader); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *terminal) readObservations(name string) (map[string]*scenario.Observation, error) {
	file, err := t.open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return scenario.NewObservationReader(file, name).ReadAll()
}

func (c *comparing) run() error {
	defer c.wantFile.Close()
	a, err := ask.Compare(c.question, c.listOne)
	if err != nil {
		return err
	}
	if err := c.print(a); err != nil {
		return err
	}
	for _, d := range c.dimensions {
		if a.Agreeing(d) != a.Total {
			return errNo
		}
	}
	return nil
}
