package conformance_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// The README of the recordings names the same versions, and no others.
func TestRecordedBrowsers(t *testing.T) {
	text, err := os.ReadFile("testdata/README.md")
	assert.NilError(t, err)
	want, got := map[string]bool{}, map[string]bool{}
	for _, b := range conformance.RecordedBrowsers() {
		for _, version := range b.Versions {
			want[strings.TrimSuffix(version, " ESR")] = true
		}
	}
	// Versions of servers are in the paragraph on the guide.
	_, browsers, _ := strings.Cut(string(text), "## browsers/")
	for _, version := range regexp.MustCompile(`\b\d+\.\d+(?:\.\d+)*\b`).FindAllString(browsers, -1) {
		if version != "127.0.0.1" && version != "1.1" {
			got[version] = true
		}
	}
	assert.DeepEqual(t, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
}

// The map of the standard and the packages name the same commits and dates.
func TestStandardCommit(t *testing.T) {
	date, err := time.Parse(time.DateOnly, fetch.StandardDate)
	assert.NilError(t, err)
	for _, row := range []struct{ file, want string }{
		{"../docs/spec-map.md", "`" + fetch.StandardCommit + "` of " + date.Format("2 January 2006")},
		{"../origin/doc.go", "commit " + fetch.StandardCommit},
		{"../origin/doc.go", "URL Standard, as of " + origin.StandardDate},
	} {
		text, err := os.ReadFile(row.file)
		assert.NilError(t, err)
		assert.Check(t, strings.Contains(string(text), row.want), "%s does not say %s", row.file, row.want)
	}
}
