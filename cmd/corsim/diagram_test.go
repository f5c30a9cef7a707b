package main

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// Whatever is drawn of the corpora is well-formed, stays within its frame and
// comes out the same again.
func TestDiagramsOfCorpora(t *testing.T) {
	for _, name := range conformance.CorpusNames() {
		corpus, err := conformance.Corpus(name)
		assert.NilError(t, err)
		for {
			s, err := corpus.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			assert.NilError(t, err)
			runner := scenario.Runner{Profile: browser.Firefox()}
			run, err := runner.Run(context.Background(), s)
			assert.NilError(t, err)
			checkDrawing(t, run)
		}
	}
}

func checkDrawing(t *testing.T, run *scenario.Run) {
	t.Helper()
	var one, two, mermaid strings.Builder
	printSVG(&one, drawRun(run))
	printSVG(&two, drawRun(run))
	printMermaid(&mermaid, drawRun(run))
	assert.Equal(t, one.String(), two.String())
	assert.Assert(t, utf8.ValidString(one.String()) && utf8.ValidString(mermaid.String()), run.Scenario.Name)
	d := xml.NewDecoder(strings.NewReader(one.String()))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		assert.NilError(t, err, "%s: %s", run.Scenario.Name, one.String())
	}
	s := &svg{diagram: drawRun(run)}
	s.layOut()
	for _, e := range s.events {
		if e.from != e.to {
			right := min(s.columns[e.from], s.columns[e.to]) + svgPad + textWidth(e.lines...)
			assert.Check(t, right <= max(s.columns[e.from], s.columns[e.to]), "%s: %q", run.Scenario.Name, e.lines)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", []string{""}},
		{"fits", "four word", []string{"four word"}},
		{"between-words", "a line that breaks", []string{"a line", "that", "breaks"}},
		{"within-a-long-word", "https://api.example.com/", []string{"https://ap", "i.example.", "com/"}},
		{"too-much", strings.Repeat("0123456789 ", 9), []string{"0123456789", "0123456789", "0123456789", "…"}},
		{"no-text-at-all", "a\xffb", []string{"a\uFFFDb"}},
	} {
		assert.DeepEqual(t, wrap(c.text, 10), c.want)
	}
}

func TestDrawingsEscape(t *testing.T) {
	assert.Equal(t, xmlText("a<b>&\x00\"c\""), "a&lt;b&gt;&amp;\uFFFD\"c\"")
	assert.Equal(t, mermaidText("a;b#c<br/>&d%"), "a#59;b#35;c#lt;br/#gt;#amp;d#37;")
}
