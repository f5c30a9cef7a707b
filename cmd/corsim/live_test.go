package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// TestGuideOverConnections runs the guide's scenarios with servers on the loopback
// interface. Verdict and trace must be those of the scripted server, and the server
// must get the requests of the trace.
func TestGuideOverConnections(t *testing.T) {
	for name, c := range map[string]struct {
		flags netFlags
		major int // of HTTP over TLS
	}{
		"http1": {netFlags{http1: true}, 1},
		"http2": {netFlags{}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			r := conformance.Guide()
			for i := 0; ; i++ {
				s, err := r.Read()
				if errors.Is(err, io.EOF) {
					return
				}
				assert.NilError(t, err)
				if !inSample(i) {
					continue
				}
				for _, p := range browser.Profiles() {
					checkBothWays(t, s, p, c.flags, c.major)
				}
			}
		})
	}
}

func checkBothWays(t *testing.T, s *scenario.Scenario, p *browser.Profile, flags netFlags, major int) {
	t.Helper()
	scripted, err := (&scenario.Runner{Profile: p}).Run(t.Context(), s)
	assert.NilError(t, err)

	server := newRuleServer(s.Server)
	defer server.close()
	flags.insecure, flags.timeout, flags.maxBody = true, 5*time.Second, 1<<20
	flags.resolve = resolveAll(scripted, server)
	l, err := flags.live(scripted.Steps[0].Result.Client.URL)
	assert.NilError(t, err)
	live, err := (&scenario.Runner{Profile: p, Transport: l}).Run(t.Context(), s)
	assert.NilError(t, err)

	assert.DeepEqual(t, story(live), story(scripted))
	var told []string
	for _, step := range scripted.Steps {
		if step.Result != nil {
			told = append(told, sent(step.Result)...)
		}
	}
	got := received(t, server.taken(), major)
	// net/http may retry a request when the connection closes without a response.
	if !strings.Contains(strings.Join(story(live), "\n"), string(fetch.ReasonNetworkFailure)) {
		assert.DeepEqual(t, got, told)
	}
}

// resolveAll returns a --resolve for each server of a run.
func resolveAll(r *scenario.Run, s *ruleServer) []string {
	var out []string
	for _, step := range r.Steps {
		if step.Result == nil {
			continue
		}
		for i := range step.Result.Trace.Exchanges {
			u := step.Result.Trace.Exchanges[i].Request.URL
			port, _ := u.EffectivePort()
			out = append(out, fmt.Sprintf("%s:%d:%s", u.Host(), port, s.address(u.Scheme())))
		}
	}
	return out
}

// story returns a run as lines that do not depend on the kind of server.
func story(r *scenario.Run) []string {
	var out []string
	for i := range r.Steps {
		result := r.Steps[i].Result
		if result == nil {
			continue
		}
		for j := range result.Trace.Exchanges {
			x := &result.Trace.Exchanges[j]
			out = append(out, x.Request.Method+" "+x.Request.URL.String())
			if x.Response != nil {
				answer := lines(x.Response.Header)
				slices.SortStableFunc(answer, func(a, b string) int {
					return strings.Compare(a[:strings.Index(a, ":")], b[:strings.Index(b, ":")])
				})
				out = append(out, append([]string{fmt.Sprint(x.Response.Status, " ", x.Response.Body)}, answer...)...)
			}
		}
		verdict := explain.Verdict(result)
		if f := result.Failure; f != nil && f.Reason == fetch.ReasonNetworkFailure {
			verdict = string(f.Reason)
		}
		out = append(out, verdict)
	}
	return out
}

// sent returns the requests of a trace as a server gets them.
func sent(r *browser.Result) []string {
	var out []string
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		header := lines(x.Request.Header)
		slices.Sort(header)
		out = append(out, x.Request.Method+" "+x.Request.URL.String()+"\n"+strings.Join(header, "\n"))
	}
	return out
}

func received(t *testing.T, requests []*http.Request, major int) []string {
	t.Helper()
	var out []string
	for _, r := range requests {
		scheme := "http"
		if r.TLS != nil {
			scheme = "https"
			assert.Equal(t, r.ProtoMajor, major)
		}
		var header fetch.HeaderList
		for name, values := range r.Header {
			for _, value := range values {
				header.Append(name, value)
			}
		}
		text := lines(header)
		slices.Sort(text)
		out = append(out, r.Method+" "+scheme+"://"+r.Host+r.RequestURI+"\n"+strings.Join(text, "\n"))
	}
	return out
}
