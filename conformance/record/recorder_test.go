package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/conformance/wire"
)

// fakeDriver is a browser whose steps have outcomes in turn; an outcome that is empty ends it.
type fakeDriver struct {
	outcomes []string
	starts   int
	running  bool
}

func (d *fakeDriver) start(context.Context) (string, error) {
	d.starts++
	d.running = true
	return "fake 1", nil
}

func (d *fakeDriver) reset(context.Context, *Story, bool) error { return nil }
func (d *fakeDriver) open(context.Context, string) error        { return nil }
func (d *fakeDriver) said(context.Context) (messages, error)    { return messages{}, nil }
func (d *fakeDriver) stop()                                     { d.running = false }

func (d *fakeDriver) run(context.Context, json.RawMessage) (json.RawMessage, error) {
	outcome := d.outcomes[0]
	d.outcomes = d.outcomes[1:]
	switch outcome {
	case "":
		return nil, errors.New("the browser ended")
	case "never":
		return nil, &unrecordableError{"the policy stops it"}
	}
	return json.RawMessage(fmt.Sprintf(`{"outcome": %q}`, outcome)), nil
}

// recordWith records a story of one step in a browser with some outcomes, and returns the observation and the log.
func recordWith(t *testing.T, d *fakeDriver, job *Job) (*scenario.Observation, []string) {
	t.Helper()
	s := story(t, `{"name": "x-1", "page": "https://a.test/", "server": [], "steps": [{"fetch": {"url": "/"}}]}`)
	var log []string
	var got *scenario.Observation
	job.Log = func(line string) { log = append(log, line) }
	job.Write = func(o *scenario.Observation) error {
		got = o
		return nil
	}
	r := &recorder{job: job, driver: d, engine: "fake 1", server: wire.NewServer(wire.Options{}), pages: new(pages)}
	assert.NilError(t, r.write(t.Context(), s))
	return got, log
}

// A browser that ends is started again, and the story is tried three times.
func TestTries(t *testing.T) {
	for _, c := range []struct {
		name     string
		outcomes []string
		starts   int
		failed   string
	}{
		{"once is enough", []string{"error"}, 0, ""},
		{"the third try succeeds", []string{"", "", "error"}, 2, ""},
		{"three tries fail", []string{"", "", ""}, 3, "step 1: the browser ended"},
		{"nothing helps", []string{"never"}, 0, "step 1: the policy stops it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &fakeDriver{outcomes: c.outcomes}
			got, log := recordWith(t, d, new(Job))
			assert.Equal(t, got.Failed.Value, c.failed)
			assert.Equal(t, d.starts, c.starts)
			assert.Equal(t, len(log), c.starts)
		})
	}
}

// A story that is recorded twice and differs is a race.
func TestTwice(t *testing.T) {
	got, log := recordWith(t, &fakeDriver{outcomes: []string{"error", "error"}}, &Job{Twice: true})
	assert.Equal(t, got.Steps[0].Outcome, scenario.OutcomeError)
	assert.Equal(t, len(log), 0)
	got, log = recordWith(t, &fakeDriver{outcomes: []string{"error", "throws"}}, &Job{Twice: true})
	assert.Equal(t, got.Steps[0].Outcome, scenario.OutcomeError)
	assert.Equal(t, strings.Join(log, "\n"), "x-1: recorded again, it differs: outcome in step 1")
}

// Stories that can share a browser follow each other; otherwise the order stays.
func TestInTurn(t *testing.T) {
	one := func(name, more string) *Story {
		return story(t, `{"name": "`+name+`", "page": "https://a.test/", "server": [{"when": {"url": "https://a.test/`+name+`"}, "status": 200}],
			"steps": [{"fetch": {"url": "/"}}]`+more+`}`)
	}
	cookies := `, "cookies": [{"url": "https://a.test/", "set": "a=1"}]`
	trusted := `, "certificateErrors": false`
	var got []string
	for _, s := range inTurn([]*Story{one("a-1", trusted), one("b-1", cookies), one("c-1", ""), one("d-1", trusted+cookies), one("e-1", ""), one("f-1", trusted)}, nil) {
		got = append(got, s.Name)
	}
	assert.DeepEqual(t, got, []string{"c-1", "e-1", "b-1", "a-1", "f-1", "d-1"})
}
