package spring

import (
	"os"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// TestPatterns compares the matching of paths with that of the framework's own
// AntPathMatcher and PathPattern.
func TestPatterns(t *testing.T) {
	text, err := os.ReadFile("testdata/patterns.txt")
	assert.NilError(t, err)
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSpace(line), "|")
		words := map[bool]string{true: "true", false: "false"}
		assert.Check(t, words[antMatches(f[0], f[1])] == f[2], "AntPathMatcher: %s", line)
		if f[3] != "!" {
			assert.Check(t, words[pathMatches(f[0], f[1], slashStrict)] == f[3], "PathPattern: %s", line)
		}
	}
}
