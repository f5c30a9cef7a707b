package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/origin"
)

// TestGuideByCommand runs corsim check for the guide's scenarios with one call of
// fetch(). Each browser's verdict and trace must be those of the scripted server,
// although requests that browsers have in common are sent once.
func TestGuideByCommand(t *testing.T) {
	r, count := conformance.Guide(), 0
	for {
		s, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		assert.NilError(t, err)
		step, ok := s.Steps[0].(*scenario.FetchStep)
		// The command line cannot give the URL of a sandboxed page.
		if !ok || len(s.Steps) > 1 || s.Sandboxed {
			continue
		}
		if count++; !inSample(count) {
			continue
		}
		t.Run(s.Name, func(t *testing.T) { checkByCommand(t, s, step) })
	}
	assert.Check(t, count > 250, "%d scenarios", count)
}

func checkByCommand(t *testing.T, s *scenario.Scenario, step *scenario.FetchStep) {
	t.Helper()
	want, args := map[string][]string{}, checkArgs(s, step)
	server := newRuleServer(s.Server)
	defer server.close()
	for _, p := range browser.Profiles() {
		scripted, err := (&scenario.Runner{Profile: p}).Run(t.Context(), s)
		assert.NilError(t, err)
		want[p.Name()] = plot(report.NewResult(scripted.Steps[0].Result))
		for _, address := range resolveAll(scripted, server) {
			args = append(args, "--resolve", address)
		}
	}

	var stdout, stderr bytes.Buffer
	status := run(args, &terminal{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr})
	assert.Equal(t, stderr.String(), "")
	var got report.Document
	assert.NilError(t, json.Unmarshal(stdout.Bytes(), &got))
	assert.Equal(t, status == exitNo, got.Blocked)
	assert.Equal(t, len(got.Engines), 4)
	for _, e := range got.Engines {
		assert.DeepEqual(t, plot(e.Results[0]), want[e.Engine])
	}
}

// checkArgs returns the command line for a step.
func checkArgs(s *scenario.Scenario, step *scenario.FetchStep) []string {
	args := []string{"check", "--json", "--engine", "all", "--insecure", "--from", s.Page, step.URL}
	if page, err := origin.ParseURL(s.Page); err == nil && page.Host() != "" {
		// The guide knows no local networks: its pages may ask this machine.
		args = append(args, "--address-space", page.Host()+"=loopback")
	}
	for _, h := range step.Header {
		args = append(args, "-H", h.Name+": "+h.Value)
	}
	for _, c := range s.Cookies {
		args = append(args, "--cookie", c.Set)
	}
	for flag, value := range map[string]scenario.Optional[string]{
		"-X": step.Method, "-d": step.Body, "--mode": step.Mode, "--credentials": step.Credentials, "--redirect": step.Redirect,
	} {
		if value.OK {
			args = append(args, flag, value.Value)
		}
	}
	return args
}

// plot returns a call as lines that do not depend on the kind of server.
func plot(v report.Result) []string {
	slices.Sort(v.HiddenHeaders)
	out := []string{v.Outcome, v.Kind, fmt.Sprint(v.HiddenHeaders)}
	if v.Failure != nil {
		out = append(out, v.Failure.Reason, fmt.Sprint(v.Failure.Preflight), v.Failure.Step, v.Failure.StepNumber)
	}
	for _, x := range v.Exchanges {
		out = append(out, x.Kind+" "+x.Request.Method+" "+x.Request.URL)
		out = append(out, lines(listOf(x.Request.Headers))...)
		if x.Response != nil {
			answer := lines(listOf(x.Response.Headers))
			slices.Sort(answer)
			out = append(append(out, fmt.Sprint(x.Response.Status, " ", x.Response.BodyBytes)), answer...)
		}
	}
	return out
}

func listOf(pairs [][2]string) fetch.HeaderList {
	var out fetch.HeaderList
	for _, p := range pairs {
		out.Append(p[0], p[1])
	}
	return out
}
