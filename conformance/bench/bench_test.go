package main

import (
	"os"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// The page names everything that is measured. What it takes is not asserted.
func TestPageNamesEveryRow(t *testing.T) {
	page, err := os.ReadFile("../../docs/performance.md")
	assert.NilError(t, err)
	for _, name := range names() {
		assert.Check(t, strings.Contains(string(page), "| "+name+" |"), "docs/performance.md has no row %s", name)
	}
}

// names returns the names of all rows.
func names() []string {
	var out []string
	for _, r := range rows {
		out = append(out, r.name)
	}
	for _, g := range growths() {
		out = append(out, g.name)
	}
	return out
}

// What is measured does what it says.
func TestRowsRun(t *testing.T) {
	for _, r := range rows {
		if r.slow {
			continue
		}
		c := r.make()
		if c.ours != nil {
			c.ours()
		}
		if c.theirs != nil {
			c.theirs()
		}
	}
	for _, g := range growths() {
		g.make(g.sizes[0])()
	}
}
