package conformance

import (
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// What the profiles and the recordings disagree on is what remaining.txt
// lists, one by one and each with its cause.
func TestRemaining(t *testing.T) {
	if takesSample() {
		t.Skip("it names each scenario of whole corpora; TestAgreementOfProfiles holds their rates")
	}
	t.Parallel()
	listed := make(map[string]bool)
	for _, row := range readRows(t, "remaining.txt") {
		place, cause, found := strings.Cut(row, ": ")
		assert.Check(t, found && cause != "" && !listed[place], "%s", row)
		listed[place] = true
	}
	bounded := make(map[string]bool)
	for _, c := range slices.Concat([]recording{mix, modules}, localNetwork, documents) {
		scenarios, _ := c.with(t, "chromium")
		firefox, _ := c.with(t, "firefox")
		webkit, _ := c.with(t, "webkit")
		for _, s := range slices.Concat(scenarios, firefox, webkit) {
			bounded[s.Name] = true
		}
	}
	for _, p := range browser.Profiles() {
		if !isRecorded(p) {
			continue
		}
		// bars.txt and documents/bars say how far the profiles agree with the others.
		corpus := readRecorded(t, p.Name()).only(func(s *scenario.Scenario) bool { return !bounded[s.Name] })
		for i, played := range corpus.play(t, p) {
			dimensions := corpus.disagreement(t, i, played)
			for _, d := range Dimensions() {
				if dimensions>>d&1 == 1 {
					place := p.Name() + " " + corpus.scenarios[i].Name + " " + d.String()
					assert.Check(t, listed[place], "disagrees, and is not listed: %s", place)
					delete(listed, place)
				}
			}
		}
	}
	for place := range listed {
		t.Errorf("agrees now, take it off the list: %s", place)
	}
}
