package servers_test

import (
	"errors"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

// unread are the systems of recordings that no configuration is read for, and why.
var unread = map[string]string{
	"go-rs-cors":          "a program, which corstest runs as a handler",
	"go-gorilla-handlers": "a program, which corstest runs as a handler",
}

// awaited are the systems whose reader is not finished: what its model answers is
// logged.
var awaited = []string{
	"create-react-app",
	"vite",
	"webpack-dev-server",
}

// recordedExceptions are the recordings that a model does not answer in all as the
// real server: how many probes differ, and why.
var recordedExceptions = map[string]struct {
	probes int
	why    string
}{}

// recordingsBySystem reads all recordings of real servers in a folder.
func recordingsBySystem(t *testing.T, folder string) map[string][]*servers.Recording {
	t.Helper()
	entries, err := os.ReadDir(path.Join("../testdata", folder))
	assert.NilError(t, err)
	out := make(map[string][]*servers.Recording)
	for _, e := range entries {
		if !e.IsDir() || e.Name() == "guide" {
			continue
		}
		r, err := servers.ReadRecording(os.DirFS("../testdata"), path.Join(folder, e.Name()))
		assert.NilError(t, err)
		out[r.Setup.System] = append(out[r.Setup.System], r)
	}
	return out
}

// TestServers reads the configuration of each recorded server as corsim does, and
// compares the answers of the model with those of the real server.
func TestServers(t *testing.T) {
	t.Parallel()
	probes, err := servers.ReadProbes(os.DirFS("../testdata/servers"), "probes.jsonl")
	assert.NilError(t, err)
	all := recordingsBySystem(t, "servers")
	for _, system := range slices.Sorted(maps.Keys(all)) {
		t.Run(system, func(t *testing.T) {
			equal, total := 0, 0
			for _, r := range sample(all[system]) {
				if why, ok := unread[system]; ok {
					t.Logf("%s is not read: %s", r.Setup.Name, why)
					continue
				}
				if slices.Contains(awaited, system) {
					model, err := config.Load(t.Context(), loadable(r))
					if err != nil {
						t.Logf("%s: %v", r.Setup.Name, err)
						continue
					}
					different, err := servers.Compare(t.Context(), model, r, probes)
					t.Logf("%s: %d of %d probes differ: %v", r.Setup.Name, len(different), len(r.Answers), err)
					continue
				}
				e, n := checkRecording(t, r, probes)
				equal, total = equal+e, total+n
			}
			t.Logf("%d of %d probes equal", equal, total)
		})
	}
}

// comparedBelow are the packages below fetch/server whose own tests compare all
// recordings in servers-fresh whose names begin so.
var comparedBelow = map[string]string{
	"apache-": "apache", "caddy-": "caddy", "haproxy-": "haproxy", "nginx-": "nginx", "nodejs-": "nodejs", "php-": "php", "rack-": "ruby",
}

// isComparedBelow reports whether the tests of a reader's package compare a recording.
func isComparedBelow(r *servers.Recording) bool {
	prefix, _, _ := strings.Cut(path.Base(r.Setup.Name), "-")
	return comparedBelow[prefix+"-"] != ""
}

// The packages compare them: their tests name the folder and the prefix.
func TestRecordingsComparedBelow(t *testing.T) {
	for prefix, folder := range comparedBelow {
		files, err := filepath.Glob("../../fetch/server/" + folder + "/*_test.go")
		assert.NilError(t, err)
		var text []byte
		for _, file := range files {
			one, err := os.ReadFile(file)
			assert.NilError(t, err)
			text = append(text, one...)
		}
		assert.Check(t, strings.Contains(string(text), "servers-fresh") && strings.Contains(string(text), prefix), folder)
	}
}

// TestFreshRecordings compares the answers for configurations that were written after
// the readers. What a model does not know it need not answer. Where the package of a
// reader compares all of them, a sample shows here that config.Load reads the same.
func TestFreshRecordings(t *testing.T) {
	t.Parallel()
	probes, err := servers.ReadProbes(os.DirFS("../testdata/servers"), "probes.jsonl")
	assert.NilError(t, err)
	all := recordingsBySystem(t, "servers-fresh")
	for _, system := range slices.Sorted(maps.Keys(all)) {
		t.Run(system, func(t *testing.T) {
			compared, unknown, total := 0, 0, 0
			for i, r := range all[system] {
				// Most systems have fewer than 30, of which the first one is compared.
				if takesSample() && i%(3*sampleStep()) != 0 || i%sampleStep() != 0 && isComparedBelow(r) {
					continue
				}
				u, n := checkFresh(t, r, probes)
				compared, unknown, total = compared+1, unknown+u, total+n
			}
			t.Logf("%d recordings, %d probes, %d of them with an answer or a status that is not known", compared, total, unknown)
		})
	}
}

// checkFresh returns how many probes of a recording a model does not answer, and how
// many there are. The answers that it gives must be those of the real server.
func checkFresh(t *testing.T, r *servers.Recording, probes map[int]*servers.Probe) (unknown, total int) {
	t.Helper()
	different, ok := compareRecorded(t, r, probes)
	if !ok {
		return 0, 0
	}
	for _, d := range different {
		if !d.Unknown {
			t.Errorf("%s: %s", r.Setup.Name, d)
			break
		}
		unknown++
	}
	return unknown, len(r.Answers)
}

// compareRecorded returns the probes of a recording that its model answers in another way
// than the real server. It is false where [loadRecorded] is.
func compareRecorded(t *testing.T, r *servers.Recording, probes map[int]*servers.Probe) ([]servers.Difference, bool) {
	t.Helper()
	model, ok := loadRecorded(t, r)
	if !ok {
		return nil, false
	}
	different, err := servers.Compare(t.Context(), model, r, probes)
	assert.NilError(t, err, r.Setup.Name)
	return different, true
}

// loadRecorded reads the configuration of a recording. It is false for one that the
// real server refuses, and after an error.
func loadRecorded(t *testing.T, r *servers.Recording) (*server.Model, bool) {
	t.Helper()
	model, err := config.Load(t.Context(), loadable(r))
	if r.Setup.Starts != nil && !*r.Setup.Starts {
		_, refused := errors.AsType[*server.StartError](err)
		assert.Check(t, refused, "%s starts; the error is %v", r.Setup.Name, err)
		return nil, false
	}
	return model, assert.Check(t, err, r.Setup.Name)
}

// loadable returns the source of a recording with its kind.
func loadable(r *servers.Recording) server.Source {
	src := r.Source
	src.Kind = servers.KindOf(r.Setup.System)
	return src
}

// checkRecording returns how many probes of a recording a model answers as the real
// server, and how many there are.
func checkRecording(t *testing.T, r *servers.Recording, probes map[int]*servers.Probe) (equal, total int) {
	t.Helper()
	different, ok := compareRecorded(t, r, probes)
	if !ok {
		return 0, 0
	}
	if known := recordedExceptions[r.Setup.Name]; len(different) != known.probes {
		t.Errorf("%s: %d of %d probes differ, not %d, such as\n%s", r.Setup.Name, len(different), len(r.Answers), known.probes, first(different))
	}
	return len(r.Answers) - len(different), len(r.Answers)
}

// first returns the first difference in words.
func first(list []servers.Difference) string {
	if len(list) == 0 {
		return "none"
	}
	return list[0].String()
}
