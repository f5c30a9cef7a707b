package conformance

import (
	"context"
	"slices"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestDeciderOnCorpora judges the calls of fetch() of all corpora by the short
// way and by a whole browser. The answers are those of the scenarios' servers.
func TestDeciderOnCorpora(t *testing.T) {
	judge := scenario.NewJudge(browser.Spec())
	judged := 0
	for _, c := range withExtra() {
		for _, s := range readScenarios(t, c.scenarios) {
			run, err := (&scenario.Runner{Profile: browser.Spec(), Documents: pagescript.Runner{}}).Run(context.Background(), s)
			assert.NilError(t, err, s.Name)
			for _, step := range run.Steps {
				r, ok := recordingOf(s, step)
				if !ok {
					continue
				}
				short, err := judge.Judge(r)
				assert.NilError(t, err, s.Name)
				long, err := judge.Simulate(r)
				assert.NilError(t, err, s.Name)
				assert.Check(t, is.DeepEqual(short, long), s.Name)
				judged++
			}
		}
	}
	assert.Check(t, judged > 1000, "only %d calls were judged", judged)
}

// recordingOf returns a call of fetch() with the answers that it got, if it got
// all of them and script gave valid words.
func recordingOf(s *scenario.Scenario, step scenario.StepRun) (*scenario.Recording, bool) {
	call, ok := step.Step.(*scenario.FetchStep)
	if !ok || s.Sandboxed || call.Body.OK || call.Cache.OK || call.Duplex.OK || call.Method.OK && call.Method.Value == "" {
		return nil, false
	}
	r := &scenario.Recording{Page: s.Page, URL: call.URL, Method: call.Method.Value, Header: slices.Clone(call.Header), Mode: browser.InitMode(call.Mode.Value)}
	var err error
	if call.Credentials.OK {
		r.Credentials, err = fetch.ParseCredentialsMode(call.Credentials.Value)
	}
	if err == nil && call.Redirect.OK {
		r.Redirect, err = fetch.ParseRedirectMode(call.Redirect.Value)
	}
	for _, x := range step.Result.Trace.Exchanges {
		switch {
		case x.Response == nil:
			return nil, false
		case x.Kind == browser.ExchangePreflight && r.Preflight.Status == 0:
			r.Preflight = *x.Response
		case x.Kind == browser.ExchangeActual && r.Response.Status == 0:
			r.Response = *x.Response
		}
	}
	return r, err == nil
}
