package nodejs_test

import (
	"errors"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs"
)

const recordings = "../../../conformance/testdata/servers"

// systems are the systems whose recordings the package reads.
var systems = []string{"express", "koa", "hono", "fastify", "dev"}

// TestRecordings compares the models with the recordings of real servers, probe by
// probe.
func TestRecordings(t *testing.T) {
	fsys := os.DirFS(recordings)
	probes, err := servers.ReadProbes(fsys, "probes.jsonl")
	assert.NilError(t, err)
	entries, err := os.ReadDir(recordings)
	assert.NilError(t, err)
	for i, e := range entries {
		system, _, _ := strings.Cut(strings.TrimRight(e.Name(), "0123456789"), "-")
		if !inSample(i) || !e.IsDir() || !slices.Contains(systems, strings.TrimSuffix(system, "4")) {
			continue
		}
		t.Run(e.Name(), func(t *testing.T) {
			r, err := servers.ReadRecording(fsys, e.Name())
			assert.NilError(t, err)
			compare(t, r, probes)
		})
	}
}

// inSample reports whether a short run compares the ith recording.
func inSample(i int) bool { return i%10 == 0 || !testing.Short() }

const fresh = "../../../conformance/testdata/servers-fresh"

// unsure holds the recordings of programs that use something that is not given:
// how many answers are not known, and how many lack only their status.
var unsure = map[string][2]int{
	"authbefore":      {398, 0},
	"b-apollo":        {0, 73},
	"b-jsonwebtoken2": {0, 11},
	"b-validator":     {0, 11},
	"cfgpart":         {398, 0},
	"cfgunknown":      {398, 0},
	"dbcors":          {325, 0},
	"dbcors2":         {398, 0},
	"mern1":           {0, 43},
	"mern2":           {0, 11},
	"nest-fn":         {0, 72},
	"nest-object":     {0, 143},
	"nest-true":       {0, 143},
	"passportapp":     {0, 143},
	"pgapp":           {0, 43},
	"prisma1":         {0, 43},
	"unknown-u1":      {398, 0},
	"unknown-u10":     {325, 0},
	"unknown-u13":     {398, 0},
	"unknown-u14":     {398, 0},
	"unknown-u2":      {398, 0},
	"unknown-u3":      {398, 0},
	"unknown-u4":      {322, 0},
	"unknown-u5":      {16, 75},
	"unknown-u6":      {398, 0},
	"unknown-u7":      {0, 143},
	"unknown-u8":      {398, 0},
	"unknown-u9":      {0, 63},
	"unkmiddle":       {3, 137},
}

// TestFresh compares the models with recordings of further programs. What is not
// known may be missing, but nothing is wrong.
func TestFresh(t *testing.T) {
	probes, err := servers.ReadProbes(os.DirFS(recordings), "probes.jsonl")
	assert.NilError(t, err)
	entries, err := os.ReadDir(fresh)
	assert.NilError(t, err)
	for i, e := range entries {
		if !inSample(i) || !strings.HasPrefix(e.Name(), "nodejs-") {
			continue
		}
		t.Run(e.Name(), func(t *testing.T) {
			r, err := servers.ReadRecording(os.DirFS(path.Dir(fresh)), path.Base(fresh)+"/"+e.Name())
			assert.NilError(t, err)
			want, some := unsure[strings.TrimPrefix(e.Name(), "nodejs-")]
			if !some {
				compare(t, r, probes)
				return
			}
			model, err := readerOf(r.Setup.System).Load(t.Context(), r.Source)
			assert.NilError(t, err)
			differences, err := servers.Compare(t.Context(), model, r, probes)
			assert.NilError(t, err)
			assert.Equal(t, countUnsure(t, differences), want)
		})
	}
}

// countUnsure counts the answers that are not known, and those whose status is not
// known; the lines about CORS of the latter are right.
func countUnsure(t *testing.T, differences []servers.Difference) (out [2]int) {
	t.Helper()
	for _, d := range differences {
		switch {
		case !d.Unknown:
			t.Error(d)
		case strings.HasPrefix(d.Got, "status unknown"):
			out[1]++
			if corsLines(d.Got) != corsLines(d.Want) {
				t.Error(d)
			}
		default:
			out[0]++
		}
	}
	return out
}

// corsLines returns the lines of an answer that are about CORS.
func corsLines(s string) string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		if strings.HasPrefix(line, "access-control-") || strings.HasPrefix(line, "vary") {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// compare reads a recording's configuration, and compares all answers.
func compare(t *testing.T, r *servers.Recording, probes map[int]*servers.Probe) {
	t.Helper()
	model, err := readerOf(r.Setup.System).Load(t.Context(), r.Source)
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

// Without the environment less is known, but nothing is wrong.
func TestFreshWithoutEnvironment(t *testing.T) {
	probes, err := servers.ReadProbes(os.DirFS(recordings), "probes.jsonl")
	assert.NilError(t, err)
	entries, err := os.ReadDir(fresh)
	assert.NilError(t, err)
	for i, e := range entries {
		if !inSample(i) || !strings.HasPrefix(e.Name(), "nodejs-") {
			continue
		}
		t.Run(e.Name(), func(t *testing.T) {
			r, err := servers.ReadRecording(os.DirFS(path.Dir(fresh)), path.Base(fresh)+"/"+e.Name())
			assert.NilError(t, err)
			if r.Setup.Starts != nil && !*r.Setup.Starts {
				return
			}
			r.Source.Env, r.Source.EnvComplete = nil, false
			model, err := readerOf(r.Setup.System).Load(t.Context(), r.Source)
			assert.NilError(t, err)
			differences, err := servers.Compare(t.Context(), model, r, probes)
			assert.NilError(t, err)
			countUnsure(t, differences)
		})
	}
}

// Without the other files of a project less is known, but nothing is wrong.
func TestFreshWithoutFiles(t *testing.T) {
	probes, err := servers.ReadProbes(os.DirFS(recordings), "probes.jsonl")
	assert.NilError(t, err)
	entries, err := os.ReadDir(fresh)
	assert.NilError(t, err)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "nodejs-e-") {
			continue
		}
		t.Run(e.Name(), func(t *testing.T) {
			r, err := servers.ReadRecording(os.DirFS(path.Dir(fresh)), path.Base(fresh)+"/"+e.Name())
			assert.NilError(t, err)
			r.Source.Files, r.Source.EnvComplete = nil, false
			model, err := readerOf(r.Setup.System).Load(t.Context(), r.Source)
			assert.NilError(t, err)
			differences, err := servers.Compare(t.Context(), model, r, probes)
			assert.NilError(t, err)
			countUnsure(t, differences)
		})
	}
}

// readerOf returns the reader of a system's recordings.
func readerOf(system string) server.Reader {
	for _, r := range nodejs.Readers()[1:] {
		if r.Kind == system {
			return r
		}
	}
	return nodejs.Reader()
}
