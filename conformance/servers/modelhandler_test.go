package servers_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/nethttp"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

// handlerSystems are the beginnings of the names of the recordings whose models are
// served.
var handlerSystems = []string{"nginx-", "apache-", "express-", "flask-", "php-"}

// everyProbe is the step in the list of probes, in samples a longer one.
func everyProbe() int {
	if takesSample() {
		return 5 * sampleStep()
	}
	return 5
}

const noAnswer = "no answer"

// TestModelsAsHandlers serves the models of some recordings with net/http. A probe
// gets the same status and the same headers as from the model itself.
func TestModelsAsHandlers(t *testing.T) {
	t.Parallel()
	fsys := os.DirFS("../testdata/servers")
	probes, err := servers.ReadProbes(fsys, "probes.jsonl")
	assert.NilError(t, err)
	folders, err := os.ReadDir("../testdata/servers")
	assert.NilError(t, err)
	for _, system := range handlerSystems {
		answered := 0
		for _, folder := range folders {
			if !strings.HasPrefix(folder.Name(), system) {
				continue
			}
			r, err := servers.ReadRecording(fsys, folder.Name())
			assert.NilError(t, err)
			if len(r.Answers) > 0 {
				answered += compareServed(t, r, probes)
			}
		}
		assert.Check(t, answered*everyProbe() > 500, "%s: %d answers", system, answered)
	}
}

// compareServed sends some probes to a model and to the model behind a handler. It
// returns how many were answered.
func compareServed(t *testing.T, r *servers.Recording, probes map[int]*servers.Probe) int {
	t.Helper()
	var models [2]*server.Model
	for i := range models {
		model, err := config.Load(t.Context(), r.Source)
		assert.NilError(t, err, r.Setup.Name)
		models[i] = model
	}
	served := nethttp.FromHandler(nethttp.Handler(models[1]))
	answered := 0
	for id := 1; id <= len(probes); id += everyProbe() {
		if probes[id] == nil {
			continue
		}
		req, err := probes[id].Request().Wire()
		if err != nil {
			continue // no browser sends it
		}
		want := comparedOf(t, models[0], req)
		if want != noAnswer {
			answered++
		}
		assert.Equal(t, comparedOf(t, served, req), want, "%s, probe %d: %s %s %v", r.Setup.Name, id, req.Method, req.URL, req.Header)
	}
	return answered
}

// comparedOf returns the status and the headers of an answer that recordings compare,
// sorted by name as net/http sends them.
func comparedOf(t *testing.T, server fetch.Transport, req *fetch.WireRequest) string {
	t.Helper()
	answer, err := server.RoundTrip(t.Context(), req)
	if err != nil {
		return noAnswer
	}
	var lines []string
	for _, h := range answer.Header {
		name := fetch.ByteLowercase(h.Name)
		if strings.HasPrefix(name, "access-control-") || name == "vary" || name == "allow" || name == "location" {
			lines = append(lines, name+": "+h.Value)
		}
	}
	slices.SortStableFunc(lines, func(a, b string) int {
		a, _, _ = strings.Cut(a, ":")
		b, _, _ = strings.Cut(b, ":")
		return strings.Compare(a, b)
	})
	return fmt.Sprint(answer.Status, "\n", strings.Join(lines, "\n"))
}
