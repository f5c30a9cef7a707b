package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/generate"
	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/record"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// randomFlags ask for random scenarios.
type randomFlags struct {
	number   int
	seed     uint64
	families []string // none for stories
	file     string   // for the scenarios
}

// texts returns the scenarios that the flags ask for. Each family gets an equal part of the number.
func (flags *randomFlags) texts() ([]string, error) {
	if len(flags.families) == 0 {
		return generate.Scenarios(flags.seed, flags.number), nil
	}
	families := flags.families
	if slices.Equal(families, []string{"all"}) {
		families = generate.Families()
	}
	var out []string
	for i, name := range families {
		texts, err := generate.Family(name, flags.seed, (flags.number+len(families)-1-i)/len(families))
		if err != nil {
			return nil, fmt.Errorf("--families: %w", err)
		}
		out = append(out, texts...)
	}
	return out, nil
}

// randomStories makes the random scenarios that the flags ask for.
func (t *terminal) randomStories(flags *randomFlags) ([]*record.Story, error) {
	texts, err := flags.texts()
	if err != nil {
		return nil, err
	}
	if flags.file != "" {
		if err := os.WriteFile(t.path(flags.file), []byte(strings.Join(texts, "\n")+"\n"), 0o666); err != nil {
			return nil, err
		}
	}
	var out []*record.Story
	for _, text := range texts {
		s, err := scenario.Decode(text)
		if err != nil {
			return nil, err
		}
		story, err := record.NewStory(s, text)
		if err != nil {
			return nil, err
		}
		out = append(out, story)
	}
	return out, nil
}

// recordAndCompare records, plays each scenario on the simulator too, and prints how far the two agree.
func (t *terminal) recordAndCompare(ctx context.Context, job *record.Job) error {
	profile, err := browser.ProfileByName(job.Engine)
	if err != nil {
		return err
	}
	scenarios := make(map[string]*scenario.Scenario)
	for _, s := range job.Stories {
		scenarios[s.Name] = s.Scenario
	}
	c := &comparing{flags: new(compareFlags), out: t.newOutput(), dimensions: conformance.Dimensions()}
	var agreement conformance.Agreement
	write := job.Write
	job.Write = func(o *scenario.Observation) error {
		s := scenarios[o.Name]
		run, err := (&scenario.Runner{Profile: profile, Documents: pagescript.Runner{}}).Run(ctx, s)
		if err != nil {
			return err
		}
		computed := run.Observation()
		for _, d := range agreement.Add(conformance.AuthorNamesOf(s), o, computed) {
			c.listed++
			fmt.Fprintf(c.out, "%s: %s, step %d\n  browser   %s\n  simulator %s\n", o.Name, d.Dimension, d.Step+1, d.Describe(o), d.Describe(computed))
		}
		return write(o)
	}
	if err := record.Run(ctx, job); err != nil {
		return c.out.close(err)
	}
	if err := c.print(&agreement); err != nil || agreement.Complete() {
		return c.out.close(err)
	}
	return c.out.close(errNo)
}

// playAlone plays scenarios on the simulator where there is no browser to compare it with, and counts the outcomes. It
// returns the error that nothing was compared.
func (t *terminal) playAlone(ctx context.Context, engine string, stories []*record.Story, missing error) error {
	profile, err := browser.ProfileByName(engine)
	if err != nil {
		return err
	}
	outcomes := make(map[scenario.Outcome]int)
	for _, s := range stories {
		run, err := (&scenario.Runner{Profile: profile, Documents: pagescript.Runner{}}).Run(ctx, s.Scenario)
		if err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
		for _, step := range run.Observation().Steps {
			outcomes[step.Outcome]++
		}
	}
	var counts []string
	for _, word := range slices.Sorted(maps.Keys(outcomes)) {
		counts = append(counts, fmt.Sprintf("%d %s", outcomes[word], word))
	}
	fmt.Fprintf(t.stdout, "%s played on the simulator alone, as %s; steps: %s\n", plural(len(stories), "scenario"), engine, strings.Join(counts, ", "))
	return fmt.Errorf("nothing was compared with a browser: %w", missing)
}
