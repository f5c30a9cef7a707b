package conformance

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// agreementWith says how far a profile agrees with a browser on a corpus.
type agreementWith struct {
	corpus, engine string
	profile        *browser.Profile
	Agreement
}

// measure runs the profiles that a browser is compared with, the standard's
// and its own, on all that was recorded with it.
func measure(t *testing.T, engine string) []*agreementWith {
	t.Helper()
	var out []*agreementWith
	for _, c := range append(withStories(), fresh) {
		scenarios, observed := c.with(t, engine)
		if len(scenarios) == 0 {
			continue
		}
		for _, p := range browser.Profiles() {
			if p.Engine() != browser.EngineNone && p.Name() != engine {
				continue
			}
			a := &agreementWith{corpus: c.name, engine: engine, profile: p}
			runner := scenario.Runner{Profile: p, Documents: pagescript.Runner{}}
			for _, s := range scenarios {
				r, err := runner.Run(context.Background(), s)
				assert.NilError(t, err, s.Name)
				a.Add(AuthorNamesOf(s), observed[s.Name], r.Observation())
			}
			out = append(out, a)
		}
	}
	return out
}

// A profile agrees with its browser at least as far as the bars say, which may
// only rise. docs/agreement.md has the figures; go test ./conformance -update
// writes it.
func TestAgreementOfProfiles(t *testing.T) {
	needsWholeCorpora(t)
	t.Parallel()
	bars := readBars(t)
	var doc strings.Builder
	doc.WriteString(agreementIntroduction)
	for _, engine := range engines {
		measured := measure(t, engine)
		writeAgreement(&doc, engine, measured)
		for _, a := range measured {
			t.Logf("%-5s %-8s with %-8s %s", a.corpus, a.profile.Name(), engine, percentages(&a.Agreement))
			if a.profile.Name() == engine {
				checkBars(t, bars, a)
			}
		}
	}
	golden.Assert(t, doc.String(), "../../docs/agreement.md")
}

// bar is the share of scenarios that must agree.
type bar struct {
	profile, corpus, dimension string
}

// readBars reads rows of a profile, a corpus, a dimension and percents; what
// follows is the reason why a bar was lowered.
func readBars(t *testing.T) map[bar]float64 {
	t.Helper()
	out := make(map[bar]float64)
	for _, row := range readRows(t, "bars.txt") {
		fields := strings.Fields(row)
		assert.Assert(t, len(fields) >= 4, row)
		percent, err := strconv.ParseFloat(fields[3], 64)
		assert.NilError(t, err, row)
		out[bar{fields[0], fields[1], fields[2]}] = percent
	}
	return out
}

func checkBars(t *testing.T, bars map[bar]float64, a *agreementWith) {
	t.Helper()
	for _, d := range Dimensions() {
		want, ok := bars[bar{a.profile.Name(), a.corpus, d.String()}]
		assert.Check(t, ok, "no bar for %s on %s in %s", a.profile.Name(), a.corpus, d)
		got := a.Percent(d)
		assert.Check(t, got > want-0.005, "%s on %s: %s is %.2f %%, and the bar is %.2f %%", a.profile.Name(), a.corpus, d, got, want)
		if got > want+0.005 {
			t.Logf("raise the bar: %s %s %s %.2f", a.profile.Name(), a.corpus, d, got)
		}
	}
}

func percentages(a *Agreement) string {
	var out strings.Builder
	for _, d := range Dimensions() {
		fmt.Fprintf(&out, "  %s %.2f%%", d, a.Percent(d))
	}
	return out.String()
}

const agreementIntroduction = `# Agreement with the recorded browsers

This page is for people who work on corsim. It says how often the profiles agree with the recorded browsers, in
percent of scenarios. A scenario agrees in a dimension when all its steps agree. The corpora are ` + "`dev`" + ` (2,500
generated scenarios), ` + "`probe`" + ` (332 small ones), ` + "`opaque`" + ` (334 about what elements get without CORS), ` + "`twice`" + ` (550
about what a document does not fetch again), ` + "`cases`" + ` (849 cases of the web-platform-tests), ` + "`extra`" + ` (what the
others do not show; each scenario was recorded only with the browsers that it is about) and ` + "`mix`" + ` (400 random
stories, less those that a second recording showed to be unsteady), ` + "`modules`" + ` (184 cases of the web-platform-tests about
module graphs), ` + "`tracks`" + ` (48 of them about text tracks), ` + "`lna` and `lnaprobe`" + ` (342 stories about local network
access, without those that need what is not simulated) and ` + "`fresh`" + ` (random stories and families that
` + "`corsim record --random 60`" + ` made after the profile was written; recorded with Chromium alone). [format.md](format.md)
describes the dimensions, and [divergences.md](divergences.md) lists what remains. The dimension issues contains
the engine's own machine-readable codes; the standard's profile gives its own reasons there.

The tests write this page: ` + "`go test ./conformance -run Agreement -update`" + `.
`

// writeAgreement writes one browser's part of the page.
func writeAgreement(doc *strings.Builder, engine string, measured []*agreementWith) {
	fmt.Fprintf(doc, "\n## %s\n\n| corpus | profile | scenarios |", strings.ToUpper(engine[:1])+engine[1:])
	header(doc)
	for _, a := range measured {
		fmt.Fprintf(doc, "| %s | %s | %d |", a.corpus, a.profile.Name(), a.Total)
		cells(doc, &a.Agreement, "%.2f")
	}
	fmt.Fprintf(doc, "\nThe profile %s by family of scenarios:\n\n| corpus | family | scenarios |", engine)
	header(doc)
	for _, a := range measured {
		if a.profile.Name() != engine || a.corpus == "cases" {
			continue
		}
		for _, name := range a.Families() {
			fmt.Fprintf(doc, "| %s | %s | %d |", a.corpus, name, a.Family(name).Total)
			cells(doc, a.Family(name), "%.1f")
		}
	}
}

func header(doc *strings.Builder) {
	for _, d := range Dimensions() {
		fmt.Fprintf(doc, " %s |", d)
	}
	doc.WriteString("\n| --- | --- | --- |" + strings.Repeat(" --- |", len(Dimensions())) + "\n")
}

func cells(doc *strings.Builder, a *Agreement, format string) {
	for _, d := range Dimensions() {
		fmt.Fprintf(doc, " "+format+" |", a.Percent(d))
	}
	doc.WriteString("\n")
}
