package conformance

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
)

// What the profiles and the recordings disagree on is what remaining.txt
// lists, one by one and each with its cause.
func TestRemaining(t *testing.T) {
	listed := make(map[string]bool)
	for _, row := range readRows(t, "remaining.txt") {
		place, cause, found := strings.Cut(row, ": ")
		assert.Check(t, found && cause != "" && !listed[place], "%s", row)
		listed[place] = true
	}
	for _, p := range browser.Profiles() {
		if !isRecorded(p) {
			continue
		}
		corpus := readRecorded(t, p.Name())
		for i, played := range corpus.play(t, p) {
			if name := corpus.scenarios[i].Name; strings.HasPrefix(name, "sdev-") || strings.HasPrefix(name, "lna") {
				continue // bars.txt says how far the profiles agree on mix and lna
			}
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
