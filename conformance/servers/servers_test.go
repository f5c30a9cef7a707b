package servers_test

import (
	"context"
	"os"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// TestRecordings reads each recording, and compares it with a server
// that closes each connection.
func TestRecordings(t *testing.T) {
	fsys := os.DirFS("../testdata/servers")
	probes, err := servers.ReadProbes(fsys, "probes.jsonl")
	assert.NilError(t, err)
	entries, err := os.ReadDir("../testdata/servers")
	assert.NilError(t, err)
	answers := 0
	for _, e := range entries {
		if !e.IsDir() || e.Name() == "guide" {
			continue
		}
		r, err := servers.ReadRecording(fsys, e.Name())
		assert.NilError(t, err)
		assert.Equal(t, r.Setup.Name, e.Name())
		assert.Equal(t, len(r.Setup.Unknown), 0, e.Name())
		answers += len(r.Answers)
		silent, err := servers.Compare(t.Context(), silent{}, r, probes)
		assert.NilError(t, err)
		assert.Check(t, len(silent) == len(r.Answers) || hasErrors(r), e.Name())
	}
	assert.Equal(t, answers, 34628)
}

// silent closes each connection.
type silent struct{}

func (silent) Answer(context.Context, *server.Request) (*server.Answer, error) {
	return nil, fetch.ErrNoAnswer
}

func hasErrors(r *servers.Recording) bool {
	for _, a := range r.Answers {
		if a.Error != "" {
			return true
		}
	}
	return false
}
