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
	out := []string{bulkName, twoCoresName, memoryName, manyKeysRow().name}
	for _, r := range append(quickRows(), handlerRows()...) {
		out = append(out, r.name)
	}
	for _, g := range growths() {
		out = append(out, g.name)
	}
	return out
}

// What is measured does what it says.
func TestRowsRun(t *testing.T) {
	for _, r := range quickRows() {
		r.ours()
		if r.theirs != nil {
			r.theirs()
		}
	}
	for _, r := range handlerRows() {
		r.ours()
		r.theirs()
	}
	for _, g := range growths() {
		g.make(g.sizes[0])()
	}
}
