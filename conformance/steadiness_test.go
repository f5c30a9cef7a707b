package conformance

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

var (
	testPattern      = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	qualifiedPattern = regexp.MustCompile("`([a-z]+\\.[A-Za-z]+)`")
)

// The tests and the limits that docs/performance.md names are there, and no fuzz
// target is left out.
func TestSteadinessIsAsThePageSays(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "docs", "performance.md"))
	assert.NilError(t, err)
	_, section, _ := strings.Cut(string(text), "\n## Steadiness\n")
	section, _, _ = strings.Cut(section, "\n## ")
	symbols := maps.Clone(readGoFacts(t).symbols)
	var targets []string
	for dir, p := range packages(t) {
		for _, file := range append(p.TestGoFiles, p.XTestGoFiles...) {
			source, err := os.ReadFile(filepath.Join("..", dir, file))
			assert.NilError(t, err)
			for _, m := range testPattern.FindAllStringSubmatch(string(source), -1) {
				name := p.Name + "." + m[1]
				symbols[name] = true
				if strings.HasPrefix(m[1], "Fuzz") {
					targets = append(targets, name)
				}
			}
		}
	}
	names := qualifiedPattern.FindAllStringSubmatch(section, -1)
	assert.Check(t, len(names) > 30)
	for _, m := range names {
		assert.Check(t, symbols[m[1]], "docs/performance.md: there is no %s", m[1])
	}
	for _, name := range targets {
		assert.Check(t, strings.Contains(section, "`"+name+"`"), "docs/performance.md does not name %s", name)
	}
}
