//go:build browser

// This test needs Linux, root or user namespaces, and the browsers that docs/recording.md names:
//
//	go test -tags browser -run Browsers -v ./conformance/record
//
// ENGINES selects some of them, such as ENGINES=firefox,webkit.

package record_test

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/record"
	"github.com/corsim/corsim/conformance/scenario"
)

// Stories of each kind that are recorded again are those of the corpora, in every dimension.
func TestBrowsers(t *testing.T) {
	if !record.Inside() {
		status, err := record.Enter()
		assert.NilError(t, err)
		assert.Equal(t, status, 0, "the recordings inside the namespaces failed")
		return
	}
	for _, engine := range strings.Split(cmp.Or(os.Getenv("ENGINES"), strings.Join(record.Engines(), ",")), ",") {
		t.Run(engine, func(t *testing.T) { recordAgain(t, engine) })
	}
}

// recordAgain records a sample of the corpora in an engine.
func recordAgain(t *testing.T, engine string) {
	wanted := make(map[string]*scenario.Observation)
	stories := append(plainStories(t, engine, wanted), documentStories(t, engine, wanted)...)
	scenarios := make(map[string]*scenario.Scenario)
	for _, s := range stories {
		scenarios[s.Name] = s.Scenario
	}
	err := record.Run(context.Background(), &record.Job{
		Engine: engine, Stories: stories, Log: func(line string) { t.Log(line) },
		Write: func(got *scenario.Observation) error {
			want := wanted[got.Name]
			for _, d := range conformance.Compare(conformance.AuthorNamesOf(scenarios[got.Name]), want, got) {
				t.Errorf("%s: %s, step %d\n  corpus   %s\n  recorded %s", got.Name, d.Dimension, d.Step+1, d.Describe(want), d.Describe(got))
			}
			return nil
		},
	})
	assert.NilError(t, err)
}

// plainStories returns a story of every third family of format 1, and adds what the corpus has of it.
func plainStories(t *testing.T, engine string, wanted map[string]*scenario.Observation) []*record.Story {
	sample, err := conformance.RecordedSample(1)
	assert.NilError(t, err)
	var out []*record.Story
	for i := 0; i < len(sample); i += 3 {
		story, err := record.NewStory(sample[i].Scenario, sample[i].Text)
		assert.NilError(t, err)
		wanted[story.Name] = sample[i].Observed[engine]
		out = append(out, story)
	}
	return out
}

// documentStories returns the first story of each family of stories about documents that the recorder takes.
func documentStories(t *testing.T, engine string, wanted map[string]*scenario.Observation) []*record.Story {
	var out []*record.Story
	taken := make(map[string]bool)
	for _, corpus := range []string{"documents", "documentsb"} {
		observed := readObservations(t, corpus+"."+engine+".jsonl.gz")
		in := openDocuments(t, corpus+".scenarios.jsonl.gz")
		for r := scenario.NewReader(in, corpus); ; {
			s, err := r.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if _, not := errors.AsType[*scenario.NotSimulatedError](err); not {
				continue
			}
			assert.NilError(t, err)
			o := observed[s.Name]
			if taken[s.Family()] || o == nil || o.Failed.OK {
				continue
			}
			taken[s.Family()] = true
			story, err := record.NewStory(s, r.Text())
			assert.NilError(t, err)
			wanted[s.Name] = o
			out = append(out, story)
		}
	}
	return out
}

func openDocuments(t *testing.T, name string) *os.File {
	t.Helper()
	in, err := os.Open(filepath.Join("..", "testdata", "documents", name))
	assert.NilError(t, err)
	t.Cleanup(func() { in.Close() })
	return in
}

func readObservations(t *testing.T, name string) map[string]*scenario.Observation {
	t.Helper()
	all, err := scenario.NewObservationReader(openDocuments(t, name), name).ReadAll()
	assert.NilError(t, err)
	return all
}
