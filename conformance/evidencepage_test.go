package conformance

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/fetch/browser"
)

const divergencesIntroduction = `# Divergences

This page is for people who work on corsim. It lists where browsers depart from the Fetch Standard, or choose
what it leaves open, as entries of corsim's profiles; then the remaining differences between the profiles and the
recordings; then the web-platform-tests that contradict the standard. The profile ` + "`spec`" + ` is the standard and has
no entries.

Each entry is tested against recordings. The number says in how many recorded scenarios the profile agrees with
its browser only because of this entry; some of them are named.

The tests write this page: ` + "`go test ./conformance -run 'Evidence|Divergences' -update`" + `.
` + "`corsim engines NAME`" + ` prints the entries of one profile.
`

// docs/divergences.md lists the entries of all profiles, what remains, and the
// cases of WPT on which the standard's profile differs.
func TestDivergencesPage(t *testing.T) {
	// Read again, since the test before this one may just have written it.
	evidence, err := os.ReadFile("testdata/evidence.txt")
	assert.NilError(t, err)
	var doc strings.Builder
	doc.WriteString(divergencesIntroduction)
	for _, p := range browser.Profiles() {
		if len(p.Entries()) > 0 {
			writeEntries(t, &doc, p, string(evidence))
		}
	}
	doc.WriteString("\n## What remains\n\n")
	rows := readRows(t, "remaining.txt")
	if len(rows) == 0 {
		doc.WriteString("Nothing: the profiles agree with the recordings of the generated scenarios in every dimension.\n")
	}
	for _, row := range rows {
		place, cause, found := strings.Cut(row, ": ")
		assert.Assert(t, found, row)
		fmt.Fprintf(&doc, "- %s: %s\n", place, cause)
	}
	doc.WriteString("\n## web-platform-tests\n\nCases on which the standard's profile differs, each with the reason:\n\n")
	for _, row := range readRows(t, "wpt/divergences.txt") {
		name, reason, _ := strings.Cut(row, ": ")
		fmt.Fprintf(&doc, "- `%s`: %s\n", name, reason)
	}
	golden.Assert(t, doc.String(), "../../docs/divergences.md")
}

func writeEntries(t *testing.T, doc *strings.Builder, p *browser.Profile, evidence string) {
	t.Helper()
	fmt.Fprintf(doc, "\n## %s\n", p.Name())
	if note := p.Derived(); note != "" {
		fmt.Fprintf(doc, "\n%s\n", note)
		return
	}
	i := slices.IndexFunc(RecordedBrowsers(), func(b RecordedBrowser) bool { return b.Engine == p.Name() })
	assert.Assert(t, i >= 0, "%s says neither with which versions it was recorded nor what it is derived from", p.Name())
	b := RecordedBrowsers()[i]
	fmt.Fprintf(doc, "\nRecorded with %s %s. A path in the line Source is a path in its source code.\n", b.Name, strings.Join(b.Versions, " and "))
	for _, e := range p.Entries() {
		fmt.Fprintf(doc, "\n### %s\n\n- Standard: %s\n- Browser: %s\n- Source: %s\n- Versions: %s\n",
			e.Name, e.Standard, e.Behaviour, e.Source, e.Versions)
		if e.Ends != "" {
			fmt.Fprintf(doc, "- Ends: %s\n", e.Ends)
		}
		if e.Port != "" {
			fmt.Fprintf(doc, "- Port: %s\n", e.Port)
		}
		if evidence, ok := findEvidence(evidence, p.Name(), e.Name); ok {
			fmt.Fprintf(doc, "- Recorded scenarios that show it: %d, such as %s\n", evidence.Scenarios, strings.Join(evidence.Examples, ", "))
		}
	}
}
