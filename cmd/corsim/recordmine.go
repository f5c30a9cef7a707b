package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/record"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// sampleOfFamily is how many scenarios of each family corsim record --mine plays when no file is named.
const sampleOfFamily = 3

// errNoBrowser says where browsers are looked for.
var errNoBrowser = errors.New("no Chrome, Edge, Chromium or Firefox is in PATH or in the usual places; --browser names the program of one, and --engine says which it is like")

// mineFlags select the browsers of the user.
type mineFlags struct {
	mine    bool
	program string // "" for all that are found
}

// browsers returns the browsers that the flags select; engine is "" for those of each engine.
func (f *mineFlags) browsers(engine string) ([]record.Installed, error) {
	if engine == "webkit" {
		return nil, errors.New("--mine uses browsers with the engines chromium and firefox; corsim record --engine webkit records WebKitGTK on Linux")
	}
	if f.program != "" {
		name := filepath.Base(f.program)
		if engine == "" && strings.Contains(fetch.ByteLowercase(name), "firefox") {
			engine = "firefox"
		}
		return []record.Installed{{Name: name, Engine: cmp.Or(engine, "chromium"), Path: f.program}}, nil
	}
	found := slices.DeleteFunc(record.FindInstalled(), func(b record.Installed) bool {
		return engine != "" && b.Engine != engine
	})
	if len(found) == 0 {
		return nil, errNoBrowser
	}
	return found, nil
}

// recordMine records scenarios in the browsers of the user, one after the other, and prints where they and the simulator
// differ. Engine is "" for all that are found.
func (t *terminal) recordMine(ctx context.Context, flags *recordFlags, engine string, names []string) error {
	browsers, err := flags.mine.browsers(engine)
	if err != nil {
		return err
	}
	if len(browsers) > 1 && flags.out != "" {
		return errors.New("-o takes the observations of one browser; select it with --engine or --browser")
	}
	flags.compare = true // without -o no observations are printed
	m := &mine{terminal: t, flags: flags}
	if m.stories, err = t.storiesFor(flags, names); err != nil {
		return err
	}
	if len(m.stories) == 0 {
		if err := m.takeSample(); err != nil {
			return err
		}
	}
	m.out = t.newOutput()
	differs := false
	for i := range browsers {
		complete, err := m.run(ctx, &browsers[i])
		if err != nil {
			return m.out.close(fmt.Errorf("%s (%s): %w", browsers[i].Name, browsers[i].Path, err))
		}
		differs = differs || !complete
	}
	if differs {
		return m.out.close(errNo)
	}
	return m.out.close(nil)
}

// mine is a comparison of the user's browsers with the simulator.
type mine struct {
	terminal *terminal
	flags    *recordFlags
	out      *output
	stories  []*record.Story
	recorded map[string]conformance.Sampled // by name; nil when the user names the scenarios
}

// takeSample takes scenarios of each recorded family.
func (m *mine) takeSample() error {
	sample, err := conformance.RecordedSample(sampleOfFamily)
	if err != nil {
		return err
	}
	m.recorded = make(map[string]conformance.Sampled)
	for _, s := range sample {
		story, err := record.NewStory(s.Scenario, s.Text)
		if err != nil {
			return err
		}
		m.stories = append(m.stories, story)
		m.recorded[s.Name] = s
	}
	return nil
}

// run records the stories in a browser and prints where it differs; complete is true where it differs nowhere.
func (m *mine) run(ctx context.Context, b *record.Installed) (complete bool, err error) {
	profile, err := browser.ProfileByName(b.Engine)
	if err != nil {
		return false, err
	}
	scenarios := make(map[string]*scenario.Scenario)
	for _, s := range m.stories {
		scenarios[s.Name] = s.Scenario
	}
	file, before, err := m.terminal.recordOutput(m.flags)
	if err != nil {
		return false, err
	}
	defer file.Close()
	var agreement conformance.Agreement
	lines := make(map[string][]string) // by family
	version, done := "", 0
	tell := m.terminal.progressOf(len(m.stories))
	job := &record.Job{Stories: m.stories, Done: before, Twice: m.flags.twice, Log: m.terminal.logLine}
	job.Write = func(o *scenario.Observation) error {
		version, done = o.Engine, done+1
		if tell != nil {
			tell(done)
		}
		s := scenarios[o.Name]
		run, err := (&scenario.Runner{Profile: profile}).Run(ctx, s)
		if err != nil {
			return err
		}
		computed := run.Observation()
		for _, d := range agreement.Add(conformance.AuthorNamesOf(s), o, computed) {
			lines[s.Family()] = append(lines[s.Family()], m.describe(s, o, computed, d))
		}
		_, err = file.Write(append(o.AppendJSON(nil), '\n'))
		return err
	}
	if err := record.RunInstalled(ctx, job, b); err != nil {
		return false, err
	}
	return agreement.Complete(), m.print(b, version, lines, &agreement)
}

// describe says how a browser differs from the simulator, and whether the recorded browser does too.
func (m *mine) describe(s *scenario.Scenario, got, computed *scenario.Observation, d conformance.Disagreement) string {
	text := fmt.Sprintf("  %s: %s, step %d\n    browser   %s\n    simulator %s\n", s.Name, d.Dimension, d.Step+1, d.Describe(got), d.Describe(computed))
	engine, _, _ := strings.Cut(got.Engine, " ")
	before := m.recorded[s.Name].Observed[engine]
	if before == nil {
		return text
	}
	sameDimension := func(other conformance.Disagreement) bool { return other.Dimension == d.Dimension }
	authors := conformance.AuthorNamesOf(s)
	switch {
	case !slices.ContainsFunc(conformance.Compare(authors, before, got), sameDimension):
		return text + "    recorded  " + before.Engine + " does the same as this browser\n"
	case !slices.ContainsFunc(conformance.Compare(authors, before, computed), sameDimension):
		return text + "    recorded  " + before.Engine + " does the same as the simulator\n"
	}
	return text + "    recorded  " + before.Engine + ": " + d.Describe(before) + "\n"
}

func (m *mine) print(b *record.Installed, version string, lines map[string][]string, agreement *conformance.Agreement) error {
	fmt.Fprintf(m.out, "%s (%s), %s: ", b.Name, b.Path, version)
	if agreement.Complete() {
		fmt.Fprintf(m.out, "as the simulator in all %d scenarios\n", agreement.Total)
		m.out.pause()
		return nil
	}
	fmt.Fprintf(m.out, "%d scenarios\n", agreement.Total)
	for _, family := range slices.Sorted(maps.Keys(lines)) {
		fmt.Fprintf(m.out, "%s:\n%s", family, strings.Join(lines[family], ""))
	}
	fmt.Fprintln(m.out)
	c := &comparing{flags: new(compareFlags), out: m.out, dimensions: conformance.Dimensions()}
	err := c.print(agreement)
	m.out.pause()
	return err
}
