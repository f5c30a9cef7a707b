package browser_test

import (
	"os"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// TestREADME checks that the library's snippet in the README is what the
// package's example runs.
func TestREADME(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	assert.NilError(t, err)
	_, section, ok := strings.Cut(string(readme), "\n## Use the library\n")
	assert.Assert(t, ok)
	_, section, ok = strings.Cut(section, "```go\n")
	assert.Assert(t, ok)
	snippet, _, ok := strings.Cut(section, "```")
	assert.Assert(t, ok)
	example, err := os.ReadFile("example_test.go")
	assert.NilError(t, err)
	indented := "\t" + strings.ReplaceAll(strings.TrimSpace(snippet), "\n", "\n\t")
	assert.Assert(t, strings.Contains(string(example), indented), "the README's snippet is not in example_test.go:\n%s", snippet)
}
