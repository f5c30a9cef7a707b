package nodejs_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs"
)

const recordings = "../../../conformance/testdata/servers"

// systems are the systems whose recordings the package reads.
var systems = []string{"express", "koa", "hono"}

// TestRecordings compares the models with the recordings of real servers, probe by
// probe.
func TestRecordings(t *testing.T) {
	fsys := os.DirFS(recordings)
	probes, err := servers.ReadProbes(fsys, "probes.jsonl")
	assert.NilError(t, err)
	entries, err := os.ReadDir(recordings)
	assert.NilError(t, err)
	for _, e := range entries {
		system, _, _ := strings.Cut(strings.TrimRight(e.Name(), "0123456789"), "-")
		if !e.IsDir() || !contains(systems, strings.TrimSuffix(system, "4")) {
			continue
		}
		t.Run(e.Name(), func(t *testing.T) {
			r, err := servers.ReadRecording(fsys, e.Name())
			assert.NilError(t, err)
			compare(t, r, probes)
		})
	}
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

// compare reads a recording's configuration, and compares all answers.
func compare(t *testing.T, r *servers.Recording, probes map[int]*servers.Probe) {
	t.Helper()
	model, err := nodejs.Reader().Load(t.Context(), r.Source)
	if r.Setup.Starts != nil && !*r.Setup.Starts {
		start, ok := errors.AsType[*server.StartError](err)
		assert.Assert(t, ok, "%v", err)
		t.Log(start)
		return
	}
	assert.NilError(t, err)
	differences, err := servers.Compare(t.Context(), model, r, probes)
	assert.NilError(t, err)
	for i, d := range differences {
		if i < 3 {
			t.Error(d)
		}
	}
	if n := len(differences); n > 3 {
		t.Errorf("%d of %d answers differ", n, len(r.Answers))
	}
}
