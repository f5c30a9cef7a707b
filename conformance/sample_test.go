package conformance

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/corsim/corsim/conformance/scenario"
)

// sampleStep is how many scenarios a sample goes on by. The race detector sees the
// same code in each of them, and takes ten times as long.
func sampleStep() int {
	if raceEnabled {
		return 50
	}
	return 10
}

// takesSample reports whether tests that replay a corpus take a sample of it: in
// short runs, and under the race detector, which gains nothing from a long
// sequence of replays. The runs that hold the bars are never short.
func takesSample() bool { return raceEnabled || testing.Short() }

// needsWholeCorpora skips a test under the race detector that a sample says nothing to,
// because it holds numbers of whole corpora. What it plays, other tests play a sample of.
func needsWholeCorpora(t *testing.T) {
	t.Helper()
	if raceEnabled {
		t.Skip("it is run without the race detector")
	}
}

// sample returns every tenth or fiftieth of some values where tests take samples,
// else all.
func sample[T any](all []T) []T {
	if !takesSample() {
		return all
	}
	var out []T
	for i := 0; i < len(all); i += sampleStep() {
		out = append(out, all[i])
	}
	return out
}

// decoded has the files of test data that tests have read, each of which several
// of them need. What they hold is not changed.
var decoded sync.Map // file -> func() (values, error)

// decodeOnce returns what decode makes of a file of test data.
func decodeOnce[T any](t testing.TB, file string, decode func(path string) ([]T, error)) []T {
	t.Helper()
	once, _ := decoded.LoadOrStore(file+fmt.Sprintf(" %T", *new(T)), sync.OnceValues(func() ([]T, error) {
		return decode(filepath.Join("testdata", file))
	}))
	all, err := once.(func() ([]T, error))()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func decodeScenarios(path string) ([]*scenario.Scenario, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAllOf(scenario.NewReader(f, path).Read)
}

// decodeSimulated decodes the scenarios of a file that can be played.
func decodeSimulated(path string) ([]*scenario.Scenario, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	all, _, err := readSimulated(scenario.NewReader(f, path))
	return all, err
}

// readSimulated reads scenarios, and counts those that cannot be played by what is
// not simulated.
func readSimulated(r *scenario.Reader) (all []*scenario.Scenario, skipped map[string]int, err error) {
	skipped = make(map[string]int)
	for {
		s, err := r.Read()
		if wrong, ok := errors.AsType[*scenario.NotSimulatedError](err); ok {
			skipped[wrong.Key+": "+wrong.What]++
			continue
		}
		if errors.Is(err, io.EOF) {
			return all, skipped, nil
		}
		if err != nil {
			return nil, nil, err
		}
		all = append(all, s)
	}
}

func decodeObservations(path string) ([]*scenario.Observation, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAllOf(scenario.NewObservationReader(f, path).Read)
}
