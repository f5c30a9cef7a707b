package python

import (
	"os"
	"testing"

	"github.com/go-json-experiment/json"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch/server"
)

// guide is the folder of the guide's texts.
const guide = "../../../conformance/testdata/servers"

// TestGuideFlask compares each reading of the guide's Flask text with its
// recording, on the one route that the text has. The recordings' other routes are
// left out, and so is its debug mode, which the text does not set.
func TestGuideFlask(t *testing.T) {
	text, err := os.ReadFile(guide + "/guide/flask.txt")
	assert.NilError(t, err)
	m, err := loadFlask(t.Context(), server.Source{Name: "flask.txt", Text: string(text), EnvComplete: true})
	assert.NilError(t, err)
	assert.Equal(t, len(m.Alternatives), 3)
	compareReading(t, m, "flask-cors-literal")
	for i, name := range []string{"flask-cors-form1", "flask-cors-form2", "flask-cors-form3"} {
		alt, err := loadFlask(t.Context(), m.Alternatives[i].Source)
		assert.NilError(t, err)
		compareReading(t, alt, name)
	}
}

// compareReading compares a model with the answers of a recording for /api/users.
func compareReading(t *testing.T, m *server.Model, name string) {
	t.Helper()
	probes, err := servers.ReadProbes(os.DirFS(guide), "probes.jsonl")
	assert.NilError(t, err)
	r, err := servers.ReadRecording(os.DirFS(guide), name)
	assert.NilError(t, err)
	for id := range r.Answers {
		if probes[id].Target != "/api/users" && probes[id].Target != "/missing" {
			delete(r.Answers, id)
		}
	}
	assert.Assert(t, len(r.Answers) > 300)
	diffs, err := servers.Compare(t.Context(), m, r, probes)
	assert.NilError(t, err)
	for i, d := range diffs {
		if i < 3 {
			t.Error(name, d.String())
		}
	}
}

// TestGuideReadings checks that each reading of the guide's Python texts has a
// recording that a test compares.
func TestGuideReadings(t *testing.T) {
	text, err := os.ReadFile(guide + "/guide/readings.json")
	assert.NilError(t, err)
	var list []map[string]any
	assert.NilError(t, json.Unmarshal(text, &list))
	n := 0
	for _, r := range list {
		if r["snippet"] == "flask.txt" {
			n++
		}
	}
	assert.Equal(t, n, 4)
}

// TestGuideDjango compares each reading of the guide's settings with its recording.
// The text has no routes; the recordings' routes and views are given with it.
func TestGuideDjango(t *testing.T) {
	text, err := os.ReadFile(guide + "/guide/django.txt")
	assert.NilError(t, err)
	whole := string(text) + "ROOT_URLCONF = 'api.urls'\nALLOWED_HOSTS = ['*']\nSECRET_KEY = 'x'\n"
	m, err := loadDjango(t.Context(), server.Source{Name: "api/settings.py", Text: whole, Files: os.DirFS(guide + "/django-cors-headers-form2-list"), EnvComplete: true})
	assert.NilError(t, err)
	assert.Equal(t, len(m.Alternatives), 2)
	compareWhole(t, m, "django-cors-headers-literal-both")
	for i, name := range []string{"django-cors-headers-form1-all", "django-cors-headers-form2-list"} {
		alt, err := loadDjango(t.Context(), m.Alternatives[i].Source)
		assert.NilError(t, err)
		compareWhole(t, alt, name)
	}
	alone, err := loadDjango(t.Context(), server.Source{Name: "django.txt", Text: string(text)})
	assert.NilError(t, err)
	assert.Assert(t, alone.Fragment)
}

// compareWhole compares a model with all answers of a recording.
func compareWhole(t *testing.T, m *server.Model, name string) {
	t.Helper()
	probes, err := servers.ReadProbes(os.DirFS(guide), "probes.jsonl")
	assert.NilError(t, err)
	r, err := servers.ReadRecording(os.DirFS(guide), name)
	assert.NilError(t, err)
	diffs, err := servers.Compare(t.Context(), m, r, probes)
	assert.NilError(t, err)
	for i, d := range diffs {
		if i < 3 {
			t.Error(name, d.String())
		}
	}
}
