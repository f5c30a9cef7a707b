package conform_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/conformance/conform"
)

// inProcess starts an adapter that is a function in this process.
func inProcess(serve func(in io.Reader, out io.Writer) error) conform.Launcher {
	return func(context.Context, []string) (conform.Process, error) {
		inRead, in := io.Pipe()
		out, outWrite := io.Pipe()
		ended := make(chan error, 1)
		go func() {
			err := serve(inRead, outWrite)
			outWrite.Close()
			inRead.Close()
			ended <- err
		}()
		return conform.Process{In: in, Out: out, Wait: func() error { return <-ended }}, nil
	}
}

// replies is an adapter that makes no request: it gives the same answers again and again.
func replies(hello, ready, step string) conform.Launcher {
	return inProcess(func(in io.Reader, out io.Writer) error {
		for lines := bufio.NewScanner(in); lines.Scan(); {
			answer := step
			switch {
			case strings.Contains(lines.Text(), `"protocol"`):
				answer = hello
			case strings.Contains(lines.Text(), `"scenario"`):
				answer = ready
			}
			if answer == "" {
				return errors.New("no more answers")
			}
			if _, err := fmt.Fprintln(out, answer); err != nil {
				return err
			}
		}
		return nil
	})
}

const (
	hello  = `{"protocol":1,"name":"stub","version":"1","steps":["fetch"]}`
	ready  = `{"ready":true}`
	failed = `{"outcome":"error"}`
)

func start(t *testing.T, launch conform.Launcher, o conform.Options) *conform.Session {
	t.Helper()
	s, err := conform.Start(t.Context(), launch, o)
	assert.NilError(t, err)
	t.Cleanup(s.Close)
	return s
}

// A client of net/http without CORS passes the self-test, and gets wrong what only CORS
// tells.
func TestClientWithoutCORS(t *testing.T) {
	s := start(t, inProcess(plainClient), conform.Options{})
	assert.NilError(t, conform.SelfTest(t.Context(), s))
	suite, err := conform.Suite(conform.Selection{Corpora: []string{"dev"}, Reference: conform.Agreed, Only: "acao-000*"})
	assert.NilError(t, err)
	played := 0
	report, err := conform.Run(t.Context(), s, suite, conform.Agreed, func(done int) { played = done })
	assert.NilError(t, err)
	assert.Equal(t, played, len(suite))
	assert.Equal(t, report.Total.Failed, 0)
	assert.Check(t, report.Total.Scenarios > 0)
	assert.Check(t, report.Total.Outcome.Right < report.Total.Outcome.Of, "a client without CORS reads what it must not")
	assert.Check(t, report.Total.Right < report.Total.Scenarios)
	assert.Equal(t, *report.Families["acao"], report.Total)
}

// Adapters that are broken are caught by the self-test or by the protocol, each with the
// reason.
func TestBrokenAdapters(t *testing.T) {
	for name, c := range map[string]struct {
		launch conform.Launcher
		want   string
	}{
		"invents-responses": {
			replies(hello, ready, `{"outcome":"response","response":{"type":"basic","status":203,"url":"http://page.test/a?b","redirected":false,"headers":[["x-seen","yes"]],"body":"hello"}}`),
			"selftest-1: step 1: 0 requests (none), not 1",
		},
		"never-gets-anything":  {replies(hello, ready, failed), "selftest-1: step 1: outcome error, not response (hosts such as page.test must lead to"},
		"other-version":        {replies(`{"protocol":2,"name":"x","steps":["fetch"]}`, ready, failed), "speaks version 2 of the protocol"},
		"no-name":              {replies(`{"protocol":1,"steps":["fetch"]}`, ready, failed), "has no name"},
		"no-steps":             {replies(`{"protocol":1,"name":"x"}`, ready, failed), "has no steps"},
		"unknown-key":          {replies(`{"protocol":1,"name":"x","steps":["fetch"],"colour":"red"}`, ready, failed), `unknown field "colour"`},
		"no-json":              {replies(hello, ready, "hello"), "the answer to a step"},
		"not-ready":            {replies(hello, `{}`, failed), `is not {"ready":true}`},
		"says-that-it-failed":  {replies(hello, `{"failed":"no display"}`, failed), "the adapter says: no display"},
		"does-not-start":       {replies(`{"failed":"curl is missing"}`, ready, failed), "the adapter says: curl is missing"},
		"invents-requests":     {replies(hello, ready, `{"outcome":"error","wire":[{"method":"GET","url":"http://page.test/","headers":[]}]}`), "the key wire"},
		"unknown-outcome":      {replies(hello, ready, `{"outcome":"fine"}`), `unknown outcome "fine"`},
		"ends":                 {replies(hello, ready, ""), "the adapter ended: no more answers"},
		"has-no-step-of-these": {replies(`{"protocol":1,"name":"x","steps":["beacon"]}`, ready, failed), "can make none of the steps"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := conform.Start(t.Context(), c.launch, conform.Options{})
			if err == nil {
				defer s.Close()
				err = conform.SelfTest(t.Context(), s)
			}
			assert.ErrorContains(t, err, c.want)
		})
	}
}

// An adapter that stops answering is started again for the next scenario, until it has
// failed in several scenarios one after another.
func TestSilentAdapter(t *testing.T) {
	starts := 0
	s := start(t, func(ctx context.Context, environment []string) (conform.Process, error) {
		starts++
		return inProcess(func(in io.Reader, out io.Writer) error {
			fmt.Fprintln(out, hello)
			fmt.Fprintln(out, ready)
			_, err := io.Copy(io.Discard, in)
			return err
		})(ctx, environment)
	}, conform.Options{Patience: 10 * time.Millisecond})
	suite, err := conform.Suite(conform.Selection{Corpora: []string{"dev"}, Reference: conform.Agreed, Only: "acao-*"})
	assert.NilError(t, err)
	report, err := conform.Run(t.Context(), s, suite, conform.Agreed, nil)
	assert.ErrorContains(t, err, "the adapter failed in several scenarios one after another")
	assert.ErrorContains(t, err, "the adapter does not answer for 10ms")
	assert.Equal(t, starts, 5)
	assert.Equal(t, report.Total, conform.Score{
		Scenarios: 5, Failed: 5, Outcome: conform.Count{Of: 5}, Response: report.Total.Response, Wire: report.Total.Wire,
	})
	assert.Equal(t, report.Total.Response.Right+report.Total.Wire.Right, 0)
	assert.Equal(t, len(report.Wrong), 5)
}

// What an implementation does not have is not counted, whether the adapter says so at the start or later.
func TestNotRun(t *testing.T) {
	s := start(t, replies(hello, `{"unsupported":"http"}`, failed), conform.Options{})
	suite, err := conform.Suite(conform.Selection{Corpora: []string{"dev"}, Reference: conform.Agreed, Every: 40})
	assert.NilError(t, err)
	report, err := conform.Run(t.Context(), s, suite, conform.Agreed, nil)
	assert.NilError(t, err)
	assert.Equal(t, report.Total.Scenarios, 0)
	sum := 0
	for _, n := range report.NotRun {
		sum += n
	}
	assert.Equal(t, sum, len(suite))
	assert.Check(t, report.NotRun["element"] > 0 && report.NotRun["http"] > 0 && report.NotRun["sandboxed"] > 0, report.NotRun)
}

// What each browser did is right in comparison with itself and, in what they have in
// common, with all: the suite is built from the recordings.
func TestSuites(t *testing.T) {
	sizes := make(map[string]int)
	for _, reference := range conform.References() {
		suite, err := conform.Suite(conform.Selection{Corpora: []string{"probe"}, Reference: reference})
		assert.NilError(t, err)
		sizes[reference] = len(suite)
	}
	for _, reference := range conform.References()[1:] {
		assert.Check(t, sizes[conform.Agreed] < sizes[reference], sizes)
	}
	for want, selection := range map[string]conform.Selection{
		`unknown reference "opera"; known: agreed, chromium, firefox, webkit`: {Reference: "opera"},
		`unknown corpus "big"; known: dev, opaque, probe, twice, wpt`:         {Reference: conform.Agreed, Corpora: []string{"big"}},
		"syntax error in pattern": {Reference: conform.Agreed, Only: "["},
		"no scenario is selected": {Reference: conform.Agreed, Only: "nothing-*"},
	} {
		_, err := conform.Suite(selection)
		assert.ErrorContains(t, err, want)
	}
}

// The forms of a report.
func TestReports(t *testing.T) {
	r := &conform.Report{
		Adapter:   conform.Adapter{Protocol: 1, Name: "stub", Version: "1 <2>", Steps: []string{"fetch"}},
		Reference: conform.Agreed,
		Total:     conform.Score{Scenarios: 3, Failed: 1, Right: 1, Outcome: conform.Count{Right: 2, Of: 3}, Response: conform.Count{Right: 1, Of: 2}, Wire: conform.Count{Right: 1, Of: 3}},
		Families: map[string]*conform.Score{
			"acao":  {Scenarios: 2, Failed: 1, Outcome: conform.Count{Right: 1, Of: 2}, Response: conform.Count{Of: 1}, Wire: conform.Count{Of: 2}},
			"cache": {Scenarios: 1, Right: 1, Outcome: conform.Count{Right: 1, Of: 1}, Response: conform.Count{Right: 1, Of: 1}, Wire: conform.Count{Right: 1, Of: 1}},
		},
		NotRun: map[string]int{"element": 7, "sandboxed": 2, "beacon": 2},
		Wrong:  []conform.Wrong{{Scenario: "acao-00001", Dimensions: []string{"response", "wire"}}, {Scenario: "acao-00002", Failed: "the adapter <ended>"}},
	}
	var text, data, page, badge, list strings.Builder
	assert.NilError(t, r.WriteText(&text))
	assert.NilError(t, r.WriteJSON(&data))
	assert.NilError(t, r.WriteHTML(&page))
	assert.NilError(t, r.WriteBadge(&badge))
	r.WriteWrong(&list, 1)
	golden.Assert(t, text.String()+list.String(), "report.txt")
	golden.Assert(t, page.String(), "report.html")
	golden.Assert(t, badge.String(), "badge.svg")
	var again conform.Report
	assert.NilError(t, json.Unmarshal([]byte(data.String()), &again))
	assert.DeepEqual(t, &again, r)
}

// asAdapter is the variable of the environment that makes this program an adapter.
const asAdapter = "CORSIM_TEST_ADAPTER"

func TestMain(m *testing.M) {
	switch os.Getenv(asAdapter) {
	case "":
		os.Exit(m.Run())
	case "plain":
		if err := plainClient(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	default:
		fmt.Fprintln(os.Stderr, "there is no such adapter")
		os.Exit(2)
	}
}

// An adapter is a program of its own, here this one.
func TestProgram(t *testing.T) {
	program, err := os.Executable()
	assert.NilError(t, err)
	t.Setenv(asAdapter, "plain")
	var log strings.Builder
	s := start(t, conform.Command(&log, program), conform.Options{})
	assert.NilError(t, conform.SelfTest(t.Context(), s))
	assert.Equal(t, s.Adapter.Name, "net-http")
	t.Setenv(asAdapter, "other")
	_, err = conform.Start(t.Context(), conform.Command(&log, program), conform.Options{})
	assert.ErrorContains(t, err, "the adapter ended: exit status 2: there is no such adapter")
	assert.Equal(t, log.String(), "there is no such adapter\n")
	_, err = conform.Start(t.Context(), conform.Command(nil, program+"-missing"), conform.Options{})
	assert.ErrorContains(t, err, "cannot start the adapter")
}
