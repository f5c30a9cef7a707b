package nodejs_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs"
)

// guideSnippets are the snippets of the guide that are servers in JavaScript.
var guideSnippets = []string{"express.txt", "express-manual.txt", "bp1.txt", "bp2.txt", "bp3.txt", "bp4.txt", "bp5.txt"}

// reading is one way to read a snippet of the guide.
type reading struct {
	Snippet, Reading, Recording string
	Env                         map[string]string
}

func readings(t *testing.T) []reading {
	text, err := os.ReadFile(recordings + "/guide/readings.json")
	assert.NilError(t, err)
	var out []reading
	assert.NilError(t, json.Unmarshal(text, &out, json.MatchCaseInsensitiveNames(true)))
	return out
}

// TestGuide compares the guide's snippets, byte for byte, with recordings. The
// recordings have routes that the snippets lack, so these are added behind.
func TestGuide(t *testing.T) {
	fsys := os.DirFS(recordings)
	probes, err := servers.ReadProbes(fsys, "probes.jsonl")
	assert.NilError(t, err)
	for _, r := range readings(t) {
		if !slices.Contains(guideSnippets, r.Snippet) || r.Recording == "" {
			continue
		}
		t.Run(r.Snippet+"/"+r.Reading, func(t *testing.T) {
			text, err := os.ReadFile(recordings + "/guide/" + r.Snippet)
			assert.NilError(t, err)
			src := server.Source{Name: r.Snippet, Text: string(text), Env: r.Env, EnvComplete: true}
			if r.Reading == "the variable is not set" {
				_, src.Text, _ = strings.Cut(src.Text, "\n// server.js\n")
			}
			model, err := nodejs.Reader().Load(t.Context(), src)
			if src.Text != string(text) {
				_, ok := errors.AsType[*server.StartError](err)
				assert.Assert(t, ok, "%v", err)
				return
			}
			assert.NilError(t, err)
			assert.Equal(t, model.Fragment, r.Snippet != "express.txt")
			src = readingOf(t, model, src, r.Reading)
			recording, err := servers.ReadRecording(fsys, r.Recording)
			assert.NilError(t, err)
			src.Text = withRoutes(src.Text, recording.Source.Text)
			compareSource(t, src, recording, probes)
		})
	}
}

// readingOf returns the source of a reading: the snippet as printed, or one of its
// alternatives.
func readingOf(t *testing.T, model *server.Model, src server.Source, name string) server.Source {
	if !strings.HasSuffix(name, " alone") {
		return src
	}
	var names []string
	for _, a := range model.Alternatives {
		if a.Name == name {
			return a.Source
		}
		names = append(names, a.Name)
	}
	t.Fatalf("there is no alternative %q among %q", name, names)
	return src
}

// withRoutes adds the routes of a recorded program to a snippet.
func withRoutes(snippet, program string) string {
	_, routes, _ := strings.Cut(program, "\napp.get('/api/users'")
	routes, _, _ = strings.Cut("app.get('/api/users'"+routes, "\napp.listen(")
	if strings.Contains(snippet, "res.header(") && !strings.Contains(snippet, "app.") {
		snippet = "app.use((req, res, next) => {\n" + snippet + "\nnext();\n});"
	}
	return strings.Replace(snippet, "app.listen(3000);", "", 1) + "\n" + routes
}

func compareSource(t *testing.T, src server.Source, r *servers.Recording, probes map[int]*servers.Probe) {
	t.Helper()
	model, err := nodejs.Reader().Load(t.Context(), src)
	assert.NilError(t, err)
	differences, err := servers.Compare(t.Context(), model, r, probes)
	assert.NilError(t, err)
	for i, d := range differences {
		if i < 2 {
			t.Error(d)
		}
	}
}

// A fragment that is the body of a middleware is taken as that.
func TestGuideBody(t *testing.T) {
	text, err := os.ReadFile(recordings + "/guide/bp1.txt")
	assert.NilError(t, err)
	model, err := nodejs.Reader().Load(t.Context(), server.Source{Name: "bp1.txt", Text: string(text), EnvComplete: true})
	assert.NilError(t, err)
	assert.Check(t, model.Fragment)
	a, err := model.Answer(t.Context(), request("GET", "/x", "Origin: https://myapp.com"))
	assert.NilError(t, err)
	value, _ := a.Header.Get("Access-Control-Allow-Origin")
	assert.Equal(t, value, "https://myapp.com")
	assert.Equal(t, a.Status, 404)
	assert.Equal(t, a.Decided[0].Position, server.Position{File: "bp1.txt", Line: 2, Column: 11})
}

// request returns a request with some header lines.
func request(method, target string, lines ...string) *server.Request {
	r := &server.Request{Method: method, Target: target}
	r.Header.Append("Host", "api.example.com")
	for _, l := range lines {
		name, value, _ := strings.Cut(l, ": ")
		r.Header.Append(name, value)
	}
	return r
}
