package main

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/fetch/browser"
)

// runFlags are the flags of corsim run.
type runFlags struct {
	engines []string
	without []string
	json    bool
	verbose bool
	strict  bool
	only    string
	mermaid bool
	svg     bool
	server  string
}

// check returns what is wrong with the flags together.
func (f *runFlags) check() error {
	if _, err := path.Match(f.only, ""); err != nil {
		return fmt.Errorf("--only %q is not a pattern", f.only)
	}
	var given []string
	for _, flag := range []struct {
		name string
		set  bool
	}{{"--json", f.json}, {"-v", f.verbose}, {"--mermaid", f.mermaid}, {"--svg", f.svg}} {
		if flag.set {
			given = append(given, flag.name)
		}
	}
	if len(given) > 1 {
		return fmt.Errorf("%s exclude each other", strings.Join(given, " and "))
	}
	return nil
}

// isDrawn reports whether runs are drawn as diagrams.
func (f *runFlags) isDrawn() bool { return f.mermaid || f.svg }

// add gives a command the flags.
func (f *runFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&f.engines, "engine", []string{"spec"}, "the engines, separated by commas, or all")
	cmd.Flags().StringSliceVar(&f.without, "without", nil, "entries to leave out of the engines' profiles, for example one that is planned to end")
	cmd.Flags().BoolVar(&f.json, "json", false, "print observations as JSON Lines")
	cmd.Flags().BoolVarP(&f.verbose, "verbose", "v", false, "print all details: what was sent and received, and which step decided")
	cmd.Flags().BoolVar(&f.strict, "strict", false, "also count known differences from a case's expectations")
	cmd.Flags().StringVar(&f.only, "only", "", "run only the scenarios with this name, or whose name matches this pattern")
	cmd.Flags().BoolVar(&f.mermaid, "mermaid", false, "print a sequence diagram of one scenario in the Mermaid language")
	cmd.Flags().BoolVar(&f.svg, "svg", false, "print a sequence diagram of one scenario as SVG")
	addServerFlag(cmd, &f.server, "with -v, write the repair as a configuration of")
	complete(cmd, "engine", append(browser.ProfileNames(), "all")...)
}

// newBatch returns a batch for the flags.
func (f *runFlags) newBatch(t *terminal) (*batch, error) {
	profiles, err := parseEngines(f.engines)
	if err != nil {
		return nil, err
	}
	if profiles, err = without(profiles, f.without); err != nil {
		return nil, err
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	recipe, err := parseServer(f.server)
	if err != nil {
		return nil, err
	}
	if recipe != nil && !f.verbose {
		return nil, errors.New("--server needs -v")
	}
	return &batch{runFlags: *f, terminal: t, out: t.newOutput(), profiles: profiles, recipe: recipe}, nil
}

func parseEngines(names []string) ([]*browser.Profile, error) {
	var profiles []*browser.Profile
	for i, name := range names {
		if name == "all" && len(names) == 1 {
			return slices.DeleteFunc(browser.Profiles(), func(p *browser.Profile) bool { return p.Derived() != "" }), nil
		}
		if slices.Contains(names[:i], name) {
			return nil, fmt.Errorf("--engine names %s twice", name)
		}
		p, err := browser.ProfileByName(name)
		if err != nil {
			return nil, err
		}
		profiles = append(profiles, p)
	}
	if len(profiles) == 0 {
		return nil, fmt.Errorf("--engine names no engine; known: %s", strings.Join(browser.ProfileNames(), ", "))
	}
	return profiles, nil
}
