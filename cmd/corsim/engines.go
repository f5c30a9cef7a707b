package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
)

func newEngines(t *terminal) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "engines [NAME]",
		Short: "List the engines, or the differences of one from the standard",
		Long: `List the engines, or the entries of one engine's profile.

A profile is the Fetch Standard and a list of named entries. Each entry is one difference between
the browser and the standard, or one choice that the standard leaves to browsers. It says what the
standard requires, what the browser does, where this is documented, and how many recorded scenarios
show it. spec is the standard itself and has no entries.`,
		Example: `  corsim engines
  corsim engines chromium
  corsim engines --json firefox`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("engines takes one name at most, not %d", len(args))
			}
			return nil
		},
		ValidArgs: browser.ProfileNames(),
		RunE: func(_ *cobra.Command, args []string) error {
			out := t.newOutput()
			if len(args) == 0 {
				return out.close(listEngines(out, asJSON))
			}
			p, err := browser.ProfileByName(args[0])
			if err != nil {
				return err
			}
			return out.close(listEntries(out, p, asJSON))
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON Lines: one object per engine, or per entry")
	return cmd
}

func listEngines(out *output, asJSON bool) error {
	list := ask.Engines()
	for i := range list {
		d := &list[i]
		if asJSON {
			if err := out.printJSON(d); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(out, "%-9s %s\n", d.Name, describeEngine(d))
	}
	return nil
}

func describeEngine(v *report.EngineDocument) string {
	switch {
	case v.Entries == 0:
		return "the Fetch Standard itself"
	case v.Derived != "":
		return fmt.Sprintf("%d entries; %s", v.Entries, v.Derived)
	}
	return fmt.Sprintf("%d entries", v.Entries)
}

func listEntries(out *output, p *browser.Profile, asJSON bool) error {
	list := ask.Entries(p)
	for i := range list {
		if asJSON {
			if err := out.printJSON(&list[i]); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			fmt.Fprintln(out)
		}
		printEntry(out, &list[i])
	}
	return nil
}

func printEntry(out *output, v *report.ProfileEntry) {
	fmt.Fprintln(out, v.Name)
	for _, line := range []struct{ label, text string }{
		{"standard", v.Standard}, {"browser", v.Behaviour}, {"source", v.Source}, {"versions", v.Versions},
		{"ends", v.Ends}, {"port", v.Port},
	} {
		if line.text != "" {
			fmt.Fprintf(out, "  %-9s %s\n", line.label, line.text)
		}
	}
	if v.Scenarios > 0 {
		fmt.Fprintf(out, "  %-9s scenarios that show it: %d, such as %s\n", "recorded", v.Scenarios, strings.Join(v.Examples, ", "))
	}
}
