package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

const driftHelp = `Say what changed between two recordings of one browser, OLD and NEW.

The output has, for each family, how many scenarios changed in each dimension of corsim compare. Then
come the entries of the browser's profile that no longer hold: without such an entry, corsim does what
NEW shows. Last come the changed scenarios that no single entry explains, and what they show.

The scenarios are those of --scenarios, or of a file next to OLD, as for corsim compare.
The exit status is 0 when nothing changed, 1 otherwise.`

const driftExample = `  corsim record --engine firefox -o new.firefox.jsonl dev.scenarios.jsonl
  corsim drift --scenarios dev.scenarios.jsonl dev.firefox.jsonl new.firefox.jsonl`

func newDrift(t *terminal) *cobra.Command {
	var names []string
	cmd := &cobra.Command{
		Use:     "drift [flags] OLD.jsonl NEW.jsonl",
		Short:   "Say what changed between two recordings of one browser",
		Long:    driftHelp,
		Example: driftExample,
		Args:    takes(2, "files"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := t.newDrifting(names, args[0], args[1])
			if err != nil {
				return err
			}
			return d.out.close(d.run(cmd.Context()))
		},
	}
	cmd.Flags().StringArrayVar(&names, "scenarios", nil, "a file of the scenarios, or guide or wpt; may be repeated")
	return cmd
}

// drifting is a running comparison of two recordings.
type drifting struct {
	out       *output
	scenarios []*scenario.Scenario
	before    map[string]*scenario.Observation
	after     map[string]*scenario.Observation
	changes   conformance.Agreement
	outdated  map[string][]string // scenarios by the entry that explains them
	rest      []string            // lines about changes that no entry explains
}

func (t *terminal) newDrifting(names []string, before, after string) (*drifting, error) {
	d := &drifting{outdated: make(map[string][]string)}
	if len(names) == 0 {
		names = t.scenariosBeside(before)
	}
	if len(names) == 0 {
		return nil, errors.New("drift needs the scenarios; --scenarios names their file")
	}
	var err error
	if d.before, err = t.readObservations(before); err != nil {
		return nil, err
	}
	if d.after, err = t.readObservations(after); err != nil {
		return nil, err
	}
	stories, err := t.readStories(names)
	if err != nil {
		return nil, err
	}
	for _, s := range stories {
		d.scenarios = append(d.scenarios, s.Scenario)
	}
	d.out = t.newOutput()
	return d, nil
}

func (d *drifting) run(ctx context.Context) error {
	if ctx == nil {
		ctx = context.Background()
	}
	profile, err := d.profile()
	if err != nil {
		return err
	}
	for _, s := range d.scenarios {
		before, after := d.before[s.Name], d.after[s.Name]
		if before == nil || after == nil || after.Failed.OK {
			continue
		}
		changes := d.changes.Add(conformance.AuthorNamesOf(s), before, after)
		if len(changes) == 0 {
			continue
		}
		entries, err := conformance.Outdated(ctx, profile, s, after)
		if err != nil {
			return err
		}
		d.explain(s, entries, changes, before, after)
	}
	return d.print()
}

// profile returns the profile of the browser that was recorded.
func (d *drifting) profile() (*browser.Profile, error) {
	for _, o := range d.after {
		engine, _, _ := strings.Cut(o.Engine, " ")
		return browser.ProfileByName(engine)
	}
	return nil, errors.New("NEW has no observations")
}

func (d *drifting) explain(s *scenario.Scenario, entries []string, changes []conformance.Disagreement, before, after *scenario.Observation) {
	for _, entry := range entries {
		d.outdated[entry] = append(d.outdated[entry], s.Name)
	}
	if len(entries) > 0 {
		return
	}
	for _, c := range changes {
		d.rest = append(d.rest, fmt.Sprintf("%s: %s\n  old %s\n  new %s", s.Name, c.Dimension, c.Describe(before), c.Describe(after)))
	}
}

func (d *drifting) print() error {
	c := &comparing{flags: new(compareFlags), out: d.out, dimensions: conformance.Dimensions()}
	if d.changes.Complete() {
		fmt.Fprintf(d.out, "nothing changed in %d scenarios\n", d.changes.Total)
		return nil
	}
	if err := c.print(&d.changes); err != nil {
		return err
	}
	if len(d.outdated) > 0 {
		fmt.Fprintln(d.out, "\nentries that no longer hold:")
	}
	for _, entry := range slices.Sorted(maps.Keys(d.outdated)) {
		fmt.Fprintf(d.out, "  %s: %d scenarios, such as %s\n", entry, len(d.outdated[entry]), d.outdated[entry][0])
	}
	if len(d.rest) > 0 {
		fmt.Fprintln(d.out, "\nchanges that no entry explains:")
	}
	for _, line := range d.rest {
		fmt.Fprintln(d.out, line)
	}
	return errNo
}
