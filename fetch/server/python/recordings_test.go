package python

import (
	"context"
	"os"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch/server"
)

// readers are the readers by the beginning of the recordings' names.
var readers = map[string]func(context.Context, server.Source) (*server.Model, error){
	"flask":     loadFlask,
	"starlette": loadFastAPI,
	"django":    loadDjango,
}

// TestRecordings compares the models with the recordings of real servers.
func TestRecordings(t *testing.T) {
	compareFolder(t, "../../../conformance/testdata/servers", "../../../conformance/testdata/servers")
}

// compareFolder compares the recordings of a folder.
func compareFolder(t *testing.T, folder, probesFolder string) {
	probes, err := servers.ReadProbes(os.DirFS(probesFolder), "probes.jsonl")
	assert.NilError(t, err)
	entries, err := os.ReadDir(folder)
	assert.NilError(t, err)
	for i, e := range entries {
		if testing.Short() && i%10 != 0 {
			continue // a short run takes a sample
		}
		for prefix, load := range readers {
			if e.IsDir() && strings.HasPrefix(e.Name(), prefix) {
				t.Run(e.Name(), func(t *testing.T) { compareOne(t, folder, e.Name(), probes, load) })
			}
		}
	}
}

func compareOne(t *testing.T, folder, name string, probes map[int]*servers.Probe, load func(context.Context, server.Source) (*server.Model, error)) {
	r, err := servers.ReadRecording(os.DirFS(folder), name)
	assert.NilError(t, err)
	compareTo(t, r, probes, load)
}

// loader is the function that reads a configuration.
type loader = func(context.Context, server.Source) (*server.Model, error)

// compareTo compares the model of a recording's text with its answers.
func compareTo(t *testing.T, r *servers.Recording, probes map[int]*servers.Probe, load loader) {
	t.Helper()
	m, err := load(t.Context(), r.Source)
	if r.Setup.Starts != nil && !*r.Setup.Starts {
		_, ok := err.(*server.StartError)
		assert.Assert(t, ok, "%v", err)
		return
	}
	assert.NilError(t, err)
	diffs, err := servers.Compare(t.Context(), m, r, probes)
	assert.NilError(t, err)
	for i, d := range diffs {
		if i < 4 {
			t.Error(d.String())
		}
	}
	if len(diffs) > 0 {
		t.Errorf("%d of %d differ", len(diffs), len(r.Answers))
	}
}
