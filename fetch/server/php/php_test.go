package php

import (
	"os"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
)

const recordings = "../../../conformance/testdata/servers"

// TestRecordings compares each recording of a program with its model.
func TestRecordings(t *testing.T) {
	compareFolders(t, recordings, "php-")
}

// compareFolders compares the recordings in the folders whose names begin with a
// prefix.
func compareFolders(t *testing.T, folder, prefix string) {
	t.Helper()
	probes, err := servers.ReadProbes(os.DirFS(recordings), "probes.jsonl")
	assert.NilError(t, err)
	entries, err := os.ReadDir(folder)
	assert.NilError(t, err)
	for i, e := range entries {
		if testing.Short() && i%10 != 0 {
			continue // a short run takes a sample
		}
		if !strings.HasPrefix(e.Name(), prefix) {
			continue
		}
		t.Run(e.Name(), func(t *testing.T) {
			r, err := servers.ReadRecording(os.DirFS(folder), e.Name())
			assert.NilError(t, err)
			m, err := load(t.Context(), r.Source)
			assert.NilError(t, err)
			differences, err := servers.Compare(t.Context(), m, r, probes)
			assert.NilError(t, err)
			for i, d := range differences {
				if i < 3 {
					t.Error(d)
				}
			}
			if len(differences) > 0 {
				t.Errorf("%d of %d answers differ", len(differences), len(r.Answers))
			}
		})
	}
}

// TestFresh compares programs that were written for this test and run by the real
// server.
func TestFresh(t *testing.T) {
	compareFolders(t, "../../../conformance/testdata/servers-fresh", "php-")
	if dir := os.Getenv("CORSIM_FRESH"); dir != "" {
		compareFolders(t, dir, "php-")
	}
}
