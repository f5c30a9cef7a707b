package nginx_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nginx"
)

const testdata = "../../../conformance/testdata/"

func probes(t testing.TB) map[int]*servers.Probe {
	t.Helper()
	out, err := servers.ReadProbes(os.DirFS(testdata+"servers"), "probes.jsonl")
	assert.NilError(t, err)
	return out
}

// compare checks that a source answers each probe of a recording in the same way.
func compare(t *testing.T, r *servers.Recording, src server.Source, all map[int]*servers.Probe) int {
	t.Helper()
	model, err := nginx.Reader().Load(t.Context(), src)
	if r.Setup.Starts != nil && !*r.Setup.Starts {
		start, ok := errors.AsType[*server.StartError](err)
		assert.Assert(t, ok, "nginx refuses it with %q; the model says %v", r.Setup.Message, err)
		assert.Assert(t, strings.Contains(r.Setup.Message, start.Message), "nginx says %q, the model %q", r.Setup.Message, start.Message)
		return 0
	}
	assert.NilError(t, err)
	differences, err := servers.Compare(t.Context(), model, r, all)
	assert.NilError(t, err)
	for i, d := range differences {
		if i < 5 {
			t.Error(d)
		}
	}
	if len(differences) > 0 {
		t.Errorf("%d of %d probes differ", len(differences), len(r.Answers))
	}
	return len(r.Answers)
}

// The recordings of real servers are answered in the same way.
func TestRecordings(t *testing.T) {
	total := each(t, "servers", "nginx-")
	assert.Equal(t, total, 1966)
}

// Further configurations, which were written after the first version of the model
// and run on a real server, are answered in the same way.
func TestFresh(t *testing.T) { each(t, "servers-fresh", "nginx-") }

// each compares the recordings in a folder whose names begin with a prefix.
func each(t *testing.T, folder, prefix string) (total int) {
	entries, err := os.ReadDir(testdata + folder)
	assert.NilError(t, err)
	all := probes(t)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), prefix) {
			continue
		}
		t.Run(e.Name(), func(t *testing.T) {
			r, err := servers.ReadRecording(os.DirFS(testdata), folder+"/"+e.Name())
			assert.NilError(t, err)
			total += compare(t, r, r.Source, all)
		})
	}
	return total
}

// The block of the guide is answered like its recordings, with a backend and
// without.
func TestGuide(t *testing.T) {
	text, err := os.ReadFile(testdata + "servers/guide/nginx.txt")
	assert.NilError(t, err)
	for _, name := range []string{"nginx-guide", "nginx-guide-backend-down"} {
		t.Run(name, func(t *testing.T) {
			r, err := servers.ReadRecording(os.DirFS(testdata+"servers"), name)
			assert.NilError(t, err)
			src := server.Source{Name: "nginx.txt", Text: string(text), Behind: r.Source.Behind}
			compare(t, r, src, probes(t))
		})
	}
}
