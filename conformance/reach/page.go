package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/fetch/browser"
)

const pageHead = `# What the corpora do not reach

This page is for people who work on corsim. It lists the steps of the standards that no recorded
scenario takes, and says why; then the steps that corsim leaves out; then the entries of profiles
that no scenario shows. [The map of the standard](spec-map.md) lists what is out of scope.

` + "`go run ./conformance/reach`" + ` plays all corpora in the profiles of the three recorded browsers and of
the standard, and compares what runs with this list; it takes some minutes. The page is written by
` + "`go test ./conformance/reach -update`" + `. A step that is not taken here may still be tested: the tests of
the packages reach what browsers do not show.
`

// page returns the page in Markdown.
func page(s *source, reasons []reason, entries []string) string {
	var out strings.Builder
	out.WriteString(pageHead)
	count := 0
	for _, r := range reasons {
		count += len(r.steps)
	}
	fmt.Fprintf(&out, "\n## Steps that no scenario takes\n\n%d of %d steps.\n", count, len(s.steps))
	texts := make(map[string]string)
	for _, one := range s.steps {
		texts[one.name] = one.text
	}
	for _, r := range reasons {
		fmt.Fprintf(&out, "\nBecause %s:\n\n", r.text)
		for _, name := range r.steps {
			fmt.Fprintf(&out, "- `%s`: %s\n", name, texts[name])
		}
	}
	fmt.Fprintf(&out, "\n## Steps that corsim leaves out\n\n| where | what, and why |\n| --- | --- |\n")
	for _, one := range s.left {
		fmt.Fprintf(&out, "| `%s` | %s |\n", one.name, strings.ReplaceAll(one.text, "|", "\\|"))
	}
	fmt.Fprintf(&out, "\n## Entries of profiles that no scenario shows\n\n")
	if len(entries) == 0 {
		out.WriteString("None. Each entry of a recorded browser changes the result of a recorded scenario for the better;\n" +
			"[How browsers differ from the standard](divergences.md) says how many.\n")
	}
	for _, e := range entries {
		fmt.Fprintf(&out, "- %s\n", e)
	}
	return out.String()
}

// entriesWithout returns the entries of the recorded profiles that no scenario shows,
// and those that stand only in a profile that was not recorded.
func entriesWithout() []string {
	shown := make(map[string]bool)
	for _, p := range browser.Profiles() {
		for _, e := range p.Entries() {
			if found, ok := conformance.EvidenceOf(p.Name(), e.Name); ok && found.Scenarios > 0 {
				shown[e.Name] = true
			}
		}
	}
	var out []string
	for _, p := range browser.Profiles() {
		for _, e := range p.Entries() {
			if !shown[e.Name] {
				out = append(out, fmt.Sprintf("`%s` of `%s`: %s", e.Name, p.Name(), e.Versions))
			}
		}
	}
	slices.Sort(out)
	return out
}
