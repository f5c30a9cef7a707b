package servers_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

// reading is one way to read a snippet of the guide: as it is printed, or one of its
// options alone.
type reading struct {
	Snippet string            `json:"snippet"`
	Reading string            `json:"reading"`
	Env     map[string]string `json:"env"`
	Note    string            `json:"note"`
	// Recording is the recording of a real server with this reading; "" if there is
	// none.
	Recording string `json:"recording"`
}

func (r *reading) String() string { return r.Snippet + ": " + r.Reading }

// unrecorded are the kinds of the snippets without a recording.
var unrecorded = map[string]string{"aspnet.txt": "aspnet"}

// awaitedSnippets are the snippets whose kind no reader reads yet.
var awaitedSnippets = []string{
	"cra-package-json.txt",
	"vite.txt",
	"webpack.txt",
}

// differentReadings says for how many probes the CORS headers of a reading are not
// those of its recording, and why.
var differentReadings = map[string]struct {
	probes int
	why    string
}{
	"flask.txt: as printed (lines indented as Python needs it)": {32, "of several extensions another one decides on a path without a route"},
}

// ownRoutes are the paths of recorded programs that set headers of CORS themselves, or
// that fail; no snippet has them.
var ownRoutes = []string{"/vary", "/own", "/own-append", "/boom"}

// alternatives names the alternative of a model that is a reading, where the two have
// different names.
var alternatives = map[string]string{
	"rails.txt: the block on plain Rack (use Rack::Cors)": "the block in a config.ru",
	"django.txt: Allow all origins alone":                 "all origins alone",
	"django.txt: specific origins alone":                  "listed origins alone",
	"flask.txt: CORS(app) alone":                          "option 1 alone",
	"flask.txt: one origin alone":                         "option 2 alone",
	"flask.txt: with options alone":                       "option 3 alone",
}

// otherTexts are the readings that change the printed text.
var otherTexts = map[string]func(string) string{
	"apache.txt: without the rewrite block": func(text string) string {
		before, _, _ := strings.Cut(text, "# Handle preflight")
		return before
	},
	"bp4.txt: the variable is not set": func(text string) string {
		_, after, _ := strings.Cut(text, "// server.js")
		return after
	},
}

// guideReadings returns all readings of the guide's snippets.
func guideReadings(t *testing.T) []reading {
	t.Helper()
	text, err := os.ReadFile("../testdata/servers/guide/readings.json")
	assert.NilError(t, err)
	var out []reading
	assert.NilError(t, json.Unmarshal(text, &out))
	return out
}

// load reads a snippet in the way of a reading, with the setup of its recording.
func (r *reading) load(t *testing.T) (*server.Model, *servers.Recording, error) {
	t.Helper()
	text, err := os.ReadFile("../testdata/servers/guide/" + r.Snippet)
	assert.NilError(t, err)
	src := server.Source{Name: r.Snippet, Text: string(text), Kind: unrecorded[r.Snippet], Env: r.Env, EnvComplete: r.Env != nil}
	var recorded *servers.Recording
	if r.Recording != "" {
		recorded, err = servers.ReadRecording(os.DirFS("../testdata/servers"), r.Recording)
		assert.NilError(t, err)
		src = loadable(recorded)
		src.Text = string(text)
		if r.Env != nil {
			src.Env = r.Env
		}
	}
	if change := otherTexts[r.String()]; change != nil {
		src.Text = change(src.Text)
	}
	model, err := config.Load(t.Context(), src)
	if err != nil {
		return nil, recorded, err
	}
	for _, a := range model.Alternatives {
		if a.Name == r.Reading || a.Name == alternatives[r.String()] {
			model, err = config.Load(t.Context(), a.Source)
		}
	}
	return model, recorded, err
}

// TestGuideReadings compares each reading of the guide's snippets with the recording of
// a real server. The recorded servers have routes besides the snippets, so only the
// headers of CORS are compared.
func TestGuideReadings(t *testing.T) {
	t.Parallel()
	probes, err := servers.ReadProbes(os.DirFS("../testdata/servers"), "probes.jsonl")
	assert.NilError(t, err)
	for _, r := range guideReadings(t) {
		t.Run(strings.ReplaceAll(r.String(), " ", "-"), func(t *testing.T) {
			model, recorded, err := r.load(t)
			switch {
			case slices.Contains(awaitedSnippets, r.Snippet):
				t.Logf("not read yet: %v", err)
				return
			case recorded == nil:
				assert.NilError(t, err)
				t.Log("not recorded")
				return
			case recorded.Setup.Starts != nil && !*recorded.Setup.Starts:
				_, refused := errors.AsType[*server.StartError](err)
				assert.Assert(t, refused, "it starts; the error is %v", err)
				return
			}
			assert.NilError(t, err)
			different := differentHeaders(t, model, recorded, probes)
			known := differentReadings[r.String()]
			assert.Check(t, len(different) == known.probes, "%d of %d probes have other headers, not %d: %q", len(different), len(recorded.Answers), known.probes, first(different))
			t.Logf("%d of %d probes equal", len(recorded.Answers)-len(different), len(recorded.Answers))
		})
	}
}

// differentHeaders returns the probes for which the headers of CORS differ.
func differentHeaders(t *testing.T, model *server.Model, recorded *servers.Recording, probes map[int]*servers.Probe) []servers.Difference {
	t.Helper()
	var out []servers.Difference
	for _, id := range slices.Sorted(maps.Keys(recorded.Answers)) {
		if path, _, _ := strings.Cut(probes[id].Target, "?"); slices.Contains(ownRoutes, path) && len(recorded.Setup.Behind) == 0 {
			continue
		}
		want := corsLines(recorded.Answers[id].Header)
		got, unknown := "", false
		a, err := model.Answer(context.Background(), probes[id].Request())
		if u, ok := errors.AsType[*server.UnknownError](err); ok {
			got, unknown = u.Error(), true
		} else if err == nil {
			got = corsLines(a.Header)
		}
		if got != want {
			out = append(out, servers.Difference{Probe: probes[id], Got: got, Want: want, Unknown: unknown})
		}
	}
	return out
}

// corsLines returns the headers that decide about CORS.
func corsLines(l fetch.HeaderList) string {
	var lines []string
	for _, h := range l {
		if name := fetch.ByteLowercase(h.Name); strings.HasPrefix(name, "access-control-") || name == "vary" {
			lines = append(lines, name+": "+h.Value)
		}
	}
	return strings.Join(lines, "\n")
}
