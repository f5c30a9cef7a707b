package report_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/report"
)

// forEachRun plays the scenarios of all corpora that are built in.
func forEachRun(t *testing.T, f func(t *testing.T, r *scenario.Run)) {
	t.Helper()
	for _, name := range conformance.CorpusNames() {
		corpus, err := conformance.Corpus(name)
		assert.NilError(t, err)
		for {
			s, err := corpus.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			assert.NilError(t, err)
			run, err := (&scenario.Runner{Profile: browser.Firefox()}).Run(context.Background(), s)
			assert.NilError(t, err)
			f(t, run)
		}
	}
}

func storyOf(r *scenario.Run) *report.Story {
	s := &report.Story{Title: r.Scenario.Name, Page: r.Scenario.Page, Sandboxed: r.Scenario.Sandboxed, Profile: r.Profile}
	for _, step := range r.Steps {
		s.Steps = append(s.Steps, report.Step{Call: step.Step.Key() + " " + strings.Repeat("https://api.example.com/", 3), Result: step.Result})
	}
	return s
}

// Every drawing of the corpora is well-formed, stays within its frame, and is the
// same when it is drawn again.
func TestDiagramsOfCorpora(t *testing.T) {
	forEachRun(t, func(t *testing.T, r *scenario.Run) {
		var one, two, mermaid strings.Builder
		storyOf(r).WriteSVG(&one)
		storyOf(r).WriteSVG(&two)
		storyOf(r).WriteMermaid(&mermaid)
		assert.Equal(t, one.String(), two.String())
		assert.Assert(t, utf8.ValidString(one.String()) && utf8.ValidString(mermaid.String()), r.Scenario.Name)
		d := xml.NewDecoder(strings.NewReader(one.String()))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			assert.NilError(t, err, "%s: %s", r.Scenario.Name, one.String())
		}
		assert.Check(t, len(report.OverlongLines(storyOf(r))) == 0, "%s: %q", r.Scenario.Name, report.OverlongLines(storyOf(r)))
	})
}

// The JSON of a report agrees with the json tags of the types.
func TestJSONIsThatOfTheTags(t *testing.T) {
	forEachRun(t, func(t *testing.T, r *scenario.Run) {
		rep := &report.Report{
			Entry: new(3), Call: report.Call{Method: "GET", URL: "https://api.test/\u2028<", Page: r.Scenario.Page, Origin: "null"},
			Notes: []string{"a \"note\""},
		}
		for i, step := range r.Steps {
			if step.Result == nil {
				continue
			}
			rep.Runs = append(rep.Runs, report.Run{Profile: r.Profile, Results: []*browser.Result{step.Result}})
			if i == 1 {
				rep.Runs[len(rep.Runs)-1].Unanswered = []string{"GET https://api.test/"}
			}
			if report.IsBlocked(step.Result) {
				rep.Repair = explain.Repair{Obstacle: &explain.Obstacle{Text: "none"}}
			}
		}
		got := rep.AppendJSON(nil)
		want, err := json.Marshal(rep.Document(), jsontext.AllowInvalidUTF8(true))
		assert.NilError(t, err)
		assert.Equal(t, string(got), report.Line(string(want)))
		assert.Assert(t, bytes.Equal(got, rep.AppendJSON(nil)))
	})
}
