package nodejs_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch/server"
)

// TestGuideProxies compares the guide's proxies for development, byte for byte, with
// recordings.
func TestGuideProxies(t *testing.T) {
	fsys := os.DirFS(recordings)
	probes, err := servers.ReadProbes(fsys, "probes.jsonl")
	assert.NilError(t, err)
	snippets := []string{"vite.txt", "webpack.txt", "cra-package-json.txt"}
	for _, r := range readings(t) {
		if !slices.Contains(snippets, r.Snippet) || r.Recording == "" {
			continue
		}
		t.Run(r.Snippet+"/"+r.Reading, func(t *testing.T) {
			text, err := os.ReadFile(recordings + "/guide/" + r.Snippet)
			assert.NilError(t, err)
			recording, err := servers.ReadRecording(fsys, r.Recording)
			assert.NilError(t, err)
			reader := readerOf(recording.Setup.System)
			assert.Equal(t, reader.Recognise("", string(text)), server.Certain)
			recording.Source.Text = string(text)
			if strings.Contains(r.Reading, "repaired") {
				recording.Source.Text = strings.Replace(string(text), `/^\\/api/`, `/^\/api/`, 1)
			}
			model, err := reader.Load(t.Context(), recording.Source)
			if recording.Setup.Starts != nil {
				_, ok := errors.AsType[*server.StartError](err)
				assert.Assert(t, ok, "%v", err)
				return
			}
			assert.NilError(t, err)
			differences, err := servers.Compare(t.Context(), model, recording, probes)
			assert.NilError(t, err)
			for i, d := range differences {
				if i < 3 {
					t.Error(d)
				}
			}
		})
	}
}

// TestUnknownTarget has a proxy whose target is not known: nothing is assumed of it.
func TestUnknownTarget(t *testing.T) {
	m, err := readerOf("vite").Load(t.Context(), server.Source{Name: "vite.config.js", Text: "export default { server: { proxy: { '/api': process.env.API } } }"})
	assert.NilError(t, err)
	for _, a := range m.Assumptions {
		assert.Check(t, !strings.HasPrefix(a.Text, "behind "), a.Text)
	}
}
