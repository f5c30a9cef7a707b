package main

import (
	"encoding/xml"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
)

// The page has a row for everything that is measured. The test does not check the
// figures.
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

// Each measured function runs without an error.
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

// The picture is XML and has each series with its name. The committed picture has
// the same series.
func TestChart(t *testing.T) {
	var all []series
	for i, g := range growths() {
		s := series{name: g.name, sizes: g.sizes}
		for _, size := range g.sizes {
			s.times = append(s.times, time.Duration(1+i)*time.Duration(size)*time.Microsecond)
		}
		all = append(all, s)
	}
	committed, err := os.ReadFile("../../docs/growth.svg")
	assert.NilError(t, err)
	for _, picture := range []string{drawChart(all), string(committed)} {
		var svg struct {
			Text   []string   `xml:"text"`
			Circle []struct{} `xml:"circle"`
		}
		assert.NilError(t, xml.Unmarshal([]byte(picture), &svg))
		points := 0
		for _, s := range all {
			assert.Check(t, slices.Contains(svg.Text, s.name), s.name)
			points += len(s.sizes)
		}
		assert.Equal(t, len(svg.Circle), points)
	}
}
