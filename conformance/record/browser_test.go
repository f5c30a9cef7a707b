//go:build browser

// This test needs Linux, root or user namespaces, and the browsers that docs/recording.md names:
//
//	go test -tags browser -run Browsers -v ./conformance/record
//
// ENGINES selects some of them, such as ENGINES=firefox,webkit.

package record_test

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/record"
	"github.com/corsim/corsim/conformance/scenario"
)

// Stories of each kind that are recorded again are those of the corpora, in every dimension.
func TestBrowsers(t *testing.T) {
	for _, engine := range strings.Split(cmp.Or(os.Getenv("ENGINES"), strings.Join(record.Engines(), ",")), ",") {
		t.Run(engine, func(t *testing.T) {
			if record.Inside() {
				recordAgain(t, engine)
				return
			}
			t.Setenv("ENGINES", engine) // for the process that Enter starts; each engine has namespaces of its own
			status, err := record.Enter()
			assert.NilError(t, err)
			assert.Equal(t, status, 0, "the recordings inside the namespaces failed")
		})
	}
}

// recordings is how often a story that differs is recorded. One that is a race, such as a preflight's response that
// ends before the next step on a slow machine, is as in the corpus sooner or later.
const recordings = 3

// recordAgain records a sample of the corpora in an engine.
func recordAgain(t *testing.T, engine string) {
	wanted := make(map[string]*scenario.Observation)
	stories := slices.Concat(
		plainStories(t, engine, wanted),
		familyStories(t, engine, "documents/documents", wanted), familyStories(t, engine, "documents/documentsb", wanted), familyStories(t, engine, "lna/lna", wanted),
	)
	var different []string
	for i := range recordings {
		stories, different = recordOnce(t, engine, stories, wanted)
		if len(stories) == 0 {
			return
		}
		t.Logf("recording %d: %d stories differ\n%s", i+1, len(stories), strings.Join(different, "\n"))
	}
	t.Errorf("%d stories differ each time", len(stories))
}

// recordOnce records stories, and returns those that are not as wanted, and how they differ.
func recordOnce(t *testing.T, engine string, stories []*record.Story, wanted map[string]*scenario.Observation) (differ []*record.Story, how []string) {
	named := make(map[string]*record.Story)
	for _, s := range stories {
		named[s.Name] = s
	}
	err := record.Run(t.Context(), &record.Job{
		Engine: engine, Stories: stories, Log: func(line string) { t.Log(line) },
		Write: func(got *scenario.Observation) error {
			if got.Failed.OK { // it was tried three times already
				t.Errorf("%s: failed: %s", got.Name, got.Failed.Value)
				return nil
			}
			story, want := named[got.Name], wanted[got.Name]
			all := conformance.Compare(conformance.AuthorNamesOf(story.Scenario), want, got)
			if len(all) > 0 {
				differ = append(differ, story)
			}
			for _, d := range all {
				how = append(how, fmt.Sprintf("%s: %s, step %d\n  corpus   %s\n  recorded %s", got.Name, d.Dimension, d.Step+1, d.Describe(want), d.Describe(got)))
			}
			return nil
		},
	})
	assert.NilError(t, err)
	return differ, how
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

// familyStories returns the first story of each family of a corpus that the recorder takes.
func familyStories(t *testing.T, engine, corpus string, wanted map[string]*scenario.Observation) []*record.Story {
	observed := readObservations(t, corpus+"."+engine+".jsonl.gz")
	taken := make(map[string]bool)
	var out []*record.Story
	for r := scenario.NewReader(openCorpus(t, corpus+".scenarios.jsonl.gz"), corpus); ; {
		s, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out
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

func openCorpus(t *testing.T, name string) *os.File {
	t.Helper()
	in, err := os.Open(filepath.Join("..", "testdata", name))
	assert.NilError(t, err)
	t.Cleanup(func() { in.Close() })
	return in
}

func readObservations(t *testing.T, name string) map[string]*scenario.Observation {
	t.Helper()
	all, err := scenario.NewObservationReader(openCorpus(t, name), name).ReadAll()
	assert.NilError(t, err)
	return all
}
