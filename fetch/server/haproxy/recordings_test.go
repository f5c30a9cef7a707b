package haproxy_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/haproxy"
)

const testdata = "../../../conformance/testdata/"

// The recordings of real servers are answered in the same way.
func TestRecordings(t *testing.T) {
	probes, err := servers.ReadProbes(os.DirFS(testdata+"servers"), "probes.jsonl")
	assert.NilError(t, err)
	for _, pattern := range []string{"servers/haproxy-*", "servers-fresh/haproxy-*"} {
		folders, err := filepath.Glob(testdata + pattern)
		assert.NilError(t, err)
		for i, folder := range folders {
			if testing.Short() && i%10 != 0 {
				continue // a short run takes a sample
			}
			name, err := filepath.Rel(testdata, folder)
			assert.NilError(t, err)
			t.Run(filepath.Base(folder), func(t *testing.T) { compare(t, filepath.ToSlash(name), probes) })
		}
	}
}

func compare(t *testing.T, name string, probes map[int]*servers.Probe) {
	r, err := servers.ReadRecording(os.DirFS(testdata), name)
	assert.NilError(t, err)
	model, err := haproxy.Reader().Load(t.Context(), r.Source)
	if r.Setup.Starts != nil && !*r.Setup.Starts {
		_, ok := errors.AsType[*server.StartError](err)
		assert.Assert(t, ok, "HAProxy refuses it with %q; the model says %v", r.Setup.Message, err)
		return
	}
	assert.NilError(t, err)
	differences, err := servers.Compare(t.Context(), model, r, probes)
	assert.NilError(t, err)
	for i, d := range differences {
		if i < 5 {
			t.Error(d)
		}
	}
	if len(differences) > 0 {
		t.Errorf("%d of %d probes differ", len(differences), len(r.Answers))
	}
}
