package conformance

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// NOTICE names files that exist, and each folder of test data that has a
// licence beside it.
func TestNotice(t *testing.T) {
	licence, err := os.ReadFile("../LICENSE")
	assert.NilError(t, err)
	assert.Check(t, strings.HasPrefix(string(licence), "BSD 3-Clause License\n"))
	text, err := os.ReadFile("../NOTICE")
	assert.NilError(t, err)
	paths := regexp.MustCompile(`\b(?:origin|fetch|cache|preflight|conformance|cmd|docs)/[\w./-]*\w`).FindAllString(string(text), -1)
	assert.Assert(t, len(paths) > 5)
	for _, path := range paths {
		_, err := os.Stat(filepath.Join("..", path))
		assert.Check(t, err)
	}
	for _, licence := range []string{"../*/testdata/LICENSE*", "../*/testdata/*/LICENSE*", "../*/*/testdata/LICENSE*"} {
		files, err := filepath.Glob(licence)
		assert.NilError(t, err)
		for _, file := range files {
			assert.Check(t, strings.Contains(string(text), strings.TrimPrefix(filepath.ToSlash(file), "../")), file)
		}
	}
}
