package conformance

import (
	"embed"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
)

// recordedFiles are the recordings that are part of the package. A program that does not
// use them does not contain them.
//
//go:embed testdata/browsers/dev.*.gz testdata/browsers/probe.*.gz testdata/browsers/opaque.*.gz
//go:embed testdata/browsers/twice.*.gz testdata/wpt/cases.*.gz
var recordedFiles embed.FS

// recordedCorpora are the corpora of [recordedFiles]: the name, the file of the scenarios, and
// that of an engine's observations.
var recordedCorpora = []struct{ name, scenarios, observations string }{
	{"dev", "browsers/dev.scenarios.jsonl.gz", "browsers/dev.%s.jsonl.gz"},
	{"probe", "browsers/probe.scenarios.jsonl.gz", "browsers/probe.%s.jsonl.gz"},
	{"opaque", "browsers/opaque.scenarios.jsonl.gz", "browsers/opaque.%s.jsonl.gz"},
	{"twice", "browsers/twice.scenarios.jsonl.gz", "browsers/twice.%s.jsonl.gz"},
	{"wpt", "wpt/cases.jsonl.gz", "wpt/cases.%s.jsonl.gz"},
}

// RecordedCorpusNames returns the names of the corpora for [RecordedCorpus].
func RecordedCorpusNames() []string {
	var names []string
	for _, c := range recordedCorpora {
		names = append(names, c.name)
	}
	return names
}

// RecordedCorpus opens the scenarios of a recorded corpus, as JSON Lines compressed
// with gzip, and reads what each engine did, by engine and by the name of the scenario.
func RecordedCorpus(name string) (scenarios io.ReadCloser, observed map[string]map[string]*scenario.Observation, err error) {
	for _, c := range recordedCorpora {
		if c.name != name {
			continue
		}
		observed = make(map[string]map[string]*scenario.Observation)
		for _, b := range RecordedBrowsers() {
			if observed[b.Engine], err = readEmbedded(fmt.Sprintf(c.observations, b.Engine)); err != nil {
				return nil, nil, err
			}
		}
		scenarios, err = recordedFiles.Open(path.Join("testdata", c.scenarios))
		return scenarios, observed, err
	}
	known := slices.Sorted(slices.Values(RecordedCorpusNames()))
	return nil, nil, fmt.Errorf("unknown corpus %s; known: %s", scenario.Quote(name), strings.Join(known, ", "))
}

func readEmbedded(file string) (map[string]*scenario.Observation, error) {
	in, err := recordedFiles.Open(path.Join("testdata", file))
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return scenario.NewObservationReader(in, file).ReadAll()
}
