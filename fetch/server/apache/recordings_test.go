package apache_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/apache"
)

const testdata = "../../../conformance/testdata"

// TestRecordings compares each recording with the model of its configuration.
func TestRecordings(t *testing.T) {
	probes, err := servers.ReadProbes(os.DirFS(testdata+"/servers"), "probes.jsonl")
	assert.NilError(t, err)
	for _, pattern := range []string{"servers/apache-*", "servers-fresh/apache-*"} {
		folders, err := filepath.Glob(filepath.Join(testdata, pattern))
		assert.NilError(t, err)
		for i, folder := range folders {
			if testing.Short() && i%10 != 0 {
				continue // a short run takes a sample
			}
			t.Run(filepath.Base(folder), func(t *testing.T) { compare(t, folder, probes) })
		}
	}
}

func compare(t *testing.T, folder string, probes map[int]*servers.Probe) {
	name, err := filepath.Rel(testdata, folder)
	assert.NilError(t, err)
	r, err := servers.ReadRecording(os.DirFS(testdata), filepath.ToSlash(name))
	assert.NilError(t, err)
	model, err := apache.Reader().Load(t.Context(), r.Source)
	if r.Setup.Starts != nil && !*r.Setup.Starts {
		_, refused := errors.AsType[*server.StartError](err)
		assert.Assert(t, refused, "%v", err)
		return
	}
	assert.NilError(t, err)
	differences, err := servers.Compare(t.Context(), model, r, probes)
	assert.NilError(t, err)
	for i, d := range differences {
		if i == 3 {
			break
		}
		t.Error(d)
	}
	if len(differences) > 0 {
		t.Errorf("%d of %d answers differ", len(differences), len(r.Answers))
	}
}

// TestGuide compares the readings of the guide's snippet with their recordings.
func TestGuide(t *testing.T) {
	probes, err := servers.ReadProbes(os.DirFS(testdata+"/servers"), "probes.jsonl")
	assert.NilError(t, err)
	text, err := os.ReadFile(testdata + "/servers/guide/apache.txt")
	assert.NilError(t, err)
	printed := string(text)
	without, _, _ := strings.Cut(printed, "# Handle preflight")
	for recording, text := range map[string]string{"apache-guide": printed, "apache-x-no-rewrite": without} {
		r, err := servers.ReadRecording(os.DirFS(testdata+"/servers"), recording)
		assert.NilError(t, err)
		r.Source.Text = text
		model, err := apache.Reader().Load(t.Context(), r.Source)
		assert.NilError(t, err)
		differences, err := servers.Compare(t.Context(), model, r, probes)
		assert.NilError(t, err)
		assert.Equal(t, len(differences), 0, "%s: %v", recording, differences)
	}
}
