package main

import (
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"
)

// The steps of reasons.txt exist, and docs/reach.md is written from them. Whether they are not taken, only the command
// says.
func TestPage(t *testing.T) {
	s, err := readSource("../..", packages)
	assert.NilError(t, err)
	assert.Assert(t, len(s.steps) > 400 && len(s.left) > 10, "%d steps, %d left out", len(s.steps), len(s.left))
	reasons, err := readReasons("reasons.txt")
	assert.NilError(t, err)
	known := make(map[string]bool)
	for _, name := range names(s.steps) {
		assert.Check(t, !known[name], "%s is there twice", name)
		known[name] = true
	}
	for _, r := range reasons {
		for _, name := range r.steps {
			assert.Check(t, known[name], "%s names a step that does not exist: %s", reasonsFile, name)
		}
	}
	golden.Assert(t, page(s, reasons, entriesWithout()), "../../../docs/reach.md")
}

// A step is taken when its statement ran, and of an if statement, when its branch did.
func TestNotTaken(t *testing.T) {
	s, err := readSource(".", []string{"testdata/sample"})
	assert.NilError(t, err)
	c, err := parseCoverage("mode: set\n" + modulePath + "/testdata/sample/sample.go:7.1,8.3 1 1\n" + modulePath + "/testdata/sample/sample.go:8.3,10.3 1 0\n")
	assert.NilError(t, err)
	assert.DeepEqual(t, names(s.steps), []string{"testdata/sample/sample.go F: Step 1", "testdata/sample/sample.go F: Step 2"})
	assert.DeepEqual(t, names(s.left), []string{"testdata/sample/sample.go F: 3"})
	assert.DeepEqual(t, names(c.notTaken(s.steps)), []string{"testdata/sample/sample.go F: Step 2"})
	missing := names(c.notTaken(s.steps))
	assert.NilError(t, compare(missing, []reason{{"x", missing}}))
	assert.ErrorContains(t, compare(missing, nil), "not taken: testdata/sample/sample.go F: Step 2")
	assert.ErrorContains(t, compare(nil, []reason{{"x", missing}}), "taken, or not in the code")
	_, err = parseCoverage("x.go:1.1\n")
	assert.ErrorContains(t, err, "the coverage profile has the line")
}
