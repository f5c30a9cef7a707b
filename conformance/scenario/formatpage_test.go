package scenario

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// TestFormatPage checks that docs/format.md has each key that is decoded once, in the
// table of its object, and no other keys; those that must be there are bold.
func TestFormatPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/format.md")
	assert.NilError(t, err)
	tables := map[string]*keys{
		"Scenario": &scenarioKeys, "Cookies": &cookieKeys, "Logins": &loginKeys, "Rules": &ruleKeys, "Conditions": &whenKeys, "Steps": &stepKeys,
		"fetch": &fetchKeys, "xhr": &xhrKeys, "element": &elementKeys, "form": &formKeys, "eventsource": &eventSourceKeys,
		"beacon": &beaconKeys, "websocket": &socketKeys, "Observations": &observationKeys, "A step": &stepObservationKeys,
		"Responses": &responseKeys, "Requests": &wireKeys, "Asserted of a step": &stepExpectationKeys, "Asserted of a request": &wireExpectationKeys,
	}
	for section, want := range tables {
		t.Run(strings.ReplaceAll(section, " ", "-"), func(t *testing.T) {
			text := sectionOf(string(page), section)
			if section == "Scenario" {
				// The keys of a test have a section of their own too.
				assert.DeepEqual(t, sorted(keysOfTable(sectionOf(string(page), "Expectations"))), sorted(want.names[len(want.names)-7:]))
			}
			found := keysOfTable(text)
			assert.DeepEqual(t, sorted(found), sorted(want.names))
			for i, name := range want.names {
				bold := strings.Contains(text, "**`"+name+"`**")
				assert.Equal(t, bold, i < want.required, "the key %s", name)
			}
		})
	}
}

func sorted(names []string) []string {
	names = slices.Clone(names)
	slices.Sort(names)
	return names
}

// sectionOf returns the text of a page below a heading, up to the next one.
func sectionOf(page, heading string) string {
	for _, level := range []string{"\n## ", "\n### "} {
		if _, text, ok := strings.Cut(page, level+heading+"\n"); ok {
			text, _, _ = strings.Cut(text, "\n## ")
			text, _, _ = strings.Cut(text, "\n### ")
			return text
		}
	}
	return ""
}

var code = regexp.MustCompile("`([^`]+)`")

// keysOfTable returns the keys in the first column of a text's first table.
func keysOfTable(text string) []string {
	var out []string
	_, rows, _ := strings.Cut(text, "| --- | --- |\n")
	for row := range strings.Lines(rows) {
		if !strings.HasPrefix(row, "|") {
			break
		}
		for _, match := range code.FindAllStringSubmatch(strings.Split(row, "|")[1], -1) {
			out = append(out, match[1])
		}
	}
	return out
}
