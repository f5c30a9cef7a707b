package conformance

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/scenario"
)

var engines = []string{"chromium", "firefox", "webkit"}

// recordings are the corpora that browsers were recorded with: the file of
// the scenarios, and the observations' with the engine's name left out.
var recordings = []recording{
	{"dev", "browsers/dev.scenarios.jsonl.gz", "browsers/dev.%s.jsonl.gz"},
	{"probe", "browsers/probe.scenarios.jsonl.gz", "browsers/probe.%s.jsonl.gz"},
	{"opaque", "browsers/opaque.scenarios.jsonl.gz", "browsers/opaque.%s.jsonl.gz"},
	{"twice", "browsers/twice.scenarios.jsonl.gz", "browsers/twice.%s.jsonl.gz"},
	{"cases", "wpt/cases.jsonl.gz", "wpt/cases.%s.jsonl.gz"},
}

// modules are the cases of the web-platform-tests about module graphs.
var modules = recording{"modules", "wpt/modules.jsonl.gz", "wpt/modules.%s.jsonl.gz"}

// tracks are the cases of the web-platform-tests about text tracks.
var tracks = recording{"tracks", "wpt/tracks.jsonl.gz", "wpt/tracks.%s.jsonl.gz"}

type recording struct{ name, scenarios, observations string }

// extra shows what the others do not. Its scenarios were each recorded with the
// browsers that they are about, and with no others.
var extra = recording{"extra", "browsers/extra.scenarios.jsonl", "browsers/extra.%s.jsonl"}

// mix are random stories of many kinds of steps, whose profiles do not agree in
// all with the browsers yet: bars.txt says how far they do.
var mix = recording{"mix", "mix/mix.scenarios.jsonl.gz", "mix/mix.%s.jsonl.gz"}

// localNetwork are stories about local network access. Those that need what is not
// simulated are left out: lna/skipped.txt counts them. bars.txt says how far the
// profiles agree with the others.
var localNetwork = []recording{
	{"lna", "lna/lna.scenarios.jsonl.gz", "lna/lna.%s.jsonl.gz"},
	{"lnaprobe", "lna/lnaprobe.scenarios.jsonl.gz", "lna/lnaprobe.%s.jsonl.gz"},
}

// documents are stories about documents with policies, workers, frames, and caches.
// Those that need what is not simulated are left out. The files in documents/bars say
// by family how many are played, and how far the profiles agree with them.
var documents = []recording{
	{"documents", "documents/documents.scenarios.jsonl.gz", "documents/documents.%s.jsonl.gz"},
	{"documentsb", "documents/documentsb.scenarios.jsonl.gz", "documents/documentsb.%s.jsonl.gz"},
}

// fresh are random scenarios that the generator made and Chromium played, after the profile was written: stories,
// scenarios of each family, and what they showed to be missing.
var fresh = recording{"fresh", "fresh/fresh.scenarios.jsonl.gz", "fresh/fresh.%s.jsonl.gz"}

// isPlayedInPart reports whether a corpus has stories that are left out, because they
// need what is not simulated.
func (c recording) isPlayedInPart() bool {
	return slices.Contains(localNetwork, c) || slices.Contains(documents, c)
}

// withStories is withExtra and the corpora with which the profiles do not agree in
// all.
func withStories() []recording {
	return slices.Concat(withExtra(), []recording{mix, modules, tracks}, localNetwork)
}

// withDocuments is withStories and the stories about documents.
func withDocuments() []recording { return slices.Concat(withStories(), documents) }

// withExtra is recordings and extra.
func withExtra() []recording { return append(slices.Clip(recordings), extra) }

// with returns the scenarios that a browser was recorded with, and what it did.
func (c recording) with(t testing.TB, engine string) ([]*scenario.Scenario, map[string]*scenario.Observation) {
	t.Helper()
	file := fmt.Sprintf(c.observations, engine)
	some := c == extra || c == fresh || c == modules || c.isPlayedInPart()
	if _, err := os.Stat(filepath.Join("testdata", file)); some && errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	observed := byName(readObservations(t, file))
	decode := decodeScenarios
	if c.isPlayedInPart() {
		decode = decodeSimulated
	}
	scenarios := slices.Clone(decodeOnce(t, c.scenarios, decode))
	scenarios = slices.DeleteFunc(scenarios, func(s *scenario.Scenario) bool {
		o := observed[s.Name]
		// What refuses a connection is not part of the form.
		return o == nil && some || o != nil && o.Failed.OK || s.Family() == "lnarefused"
	})
	return scenarios, observed
}

// open opens a file of test data for as long as the test runs.
func open(t testing.TB, file string) io.Reader {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", file))
	assert.NilError(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

// readScenarios returns the scenarios of a file; the slice is the caller's.
func readScenarios(t testing.TB, file string) []*scenario.Scenario {
	t.Helper()
	return slices.Clone(decodeOnce(t, file, decodeScenarios))
}

func readAll(t testing.TB, r *scenario.Reader) []*scenario.Scenario {
	t.Helper()
	all, err := readAllOf(r.Read)
	assert.NilError(t, err)
	return all
}

// readAllOf reads until there is no more.
func readAllOf[T any](read func() (T, error)) ([]T, error) {
	var out []T
	for {
		value, err := read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		out = append(out, value)
	}
}

func readObservations(t testing.TB, file string) []*scenario.Observation {
	t.Helper()
	return decodeOnce(t, file, decodeObservations)
}

// readRows returns the lines of a text file that are not comments.
func readRows(t testing.TB, file string) []string {
	t.Helper()
	var rows []string
	in := bufio.NewScanner(open(t, file))
	for in.Scan() {
		if row := in.Text(); row != "" && row[0] != '#' {
			rows = append(rows, row)
		}
	}
	assert.NilError(t, in.Err())
	return rows
}

func byName(observations []*scenario.Observation) map[string]*scenario.Observation {
	out := make(map[string]*scenario.Observation, len(observations))
	for _, o := range observations {
		out[o.Name] = o
	}
	return out
}

func TestAgreementOfRecordings(t *testing.T) {
	var got []string
	for _, c := range recordings {
		scenarios := readScenarios(t, c.scenarios)
		observed := make(map[string]map[string]*scenario.Observation)
		for _, engine := range engines {
			observed[engine] = byName(readObservations(t, fmt.Sprintf(c.observations, engine)))
		}
		for i, want := range engines {
			other := engines[(i+1)%len(engines)]
			var a Agreement
			for _, s := range scenarios {
				a.Add(AuthorNamesOf(s), observed[want][s.Name], observed[other][s.Name])
			}
			prefix := c.name + " " + want + " " + other + " "
			got = append(got, prefix+"- "+counts(&a))
			for _, name := range a.Families() {
				got = append(got, prefix+name+" "+counts(a.Family(name)))
			}
		}
	}
	want := readRows(t, "agreement.txt")
	assert.DeepEqual(t, got, want)
}

func counts(a *Agreement) string {
	out := fmt.Sprint(a.Total)
	for _, d := range Dimensions() {
		out += fmt.Sprintf(" %d", a.Total-a.Agreeing(d))
	}
	return out
}

// Without scenarios at hand the author's headers are guessed, which must come
// to the same for what browsers send.
func TestAgreementWithGuessedAuthorNames(t *testing.T) {
	for _, c := range recordings {
		scenarios := readScenarios(t, c.scenarios)
		chromium := byName(readObservations(t, fmt.Sprintf(c.observations, "chromium")))
		for _, engine := range []string{"firefox", "webkit"} {
			other := byName(readObservations(t, fmt.Sprintf(c.observations, engine)))
			for _, s := range scenarios {
				want := Compare(AuthorNamesOf(s), chromium[s.Name], other[s.Name])
				got := Compare(GuessAuthorNames(), chromium[s.Name], other[s.Name])
				assert.Check(t, fmt.Sprint(got) == fmt.Sprint(want), "%s: %v, not %v", s.Name, got, want)
			}
		}
	}
}

func TestExpectationsOfCases(t *testing.T) {
	scenarios := slices.Concat(readScenarios(t, "wpt/cases.jsonl.gz"), readScenarios(t, modules.scenarios), readScenarios(t, tracks.scenarios))
	assert.Equal(t, len(scenarios), 849+184+48)
	var got []string
	for _, engine := range engines {
		observed := byName(slices.Concat(readObservations(t, "wpt/cases."+engine+".jsonl.gz"),
			readObservations(t, fmt.Sprintf(modules.observations, engine)), readObservations(t, fmt.Sprintf(tracks.observations, engine))))
		for _, s := range scenarios {
			mismatches := Check(s.Case.Expect, observed[s.Name])
			if len(mismatches) > 0 {
				got = append(got, engine+" "+s.Name)
				assert.Check(t, s.Case.IsKnownFail(observed[s.Name].Engine), "%s: %s: %v", engine, s.Name, mismatches)
			}
		}
	}
	assert.DeepEqual(t, got, readRows(t, "unexpected.txt"))
}

// The recordings' lines come out again as they went in.
func TestObservationsRoundTrip(t *testing.T) {
	for _, c := range withExtra() {
		for _, engine := range engines {
			_, observed := c.with(t, engine)
			for _, o := range observed {
				text := string(o.AppendJSON(nil))
				again, err := scenario.DecodeObservation(text)
				assert.NilError(t, err)
				// go-cmp takes fifty times as long, and is asked for the difference alone.
				if !reflect.DeepEqual(again, o) {
					assert.DeepEqual(t, again, o)
				}
				assert.Assert(t, !strings.Contains(text, "\n"))
			}
		}
	}
}
