package conformance

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/server"
)

// repairTally counts what became of the blocked steps of a profile.
type repairTally struct {
	blocked, repaired, warned int
	changes                   map[int]int
	obstacles                 map[explain.ObstacleCode]int
}

func (n *repairTally) String() string {
	out := fmt.Sprintf("%d blocked, %d with a repair (%.1f %%), %d of them with a warning; by number of changes",
		n.blocked, n.repaired, 100*float64(n.repaired)/float64(max(1, n.blocked)), n.warned)
	for _, size := range slices.Sorted(maps.Keys(n.changes)) {
		out += fmt.Sprintf(" %d:%d", size, n.changes[size])
	}
	out += "; nothing helps:"
	for _, code := range slices.Sorted(maps.Keys(n.obstacles)) {
		out += fmt.Sprintf(" %s:%d", code, n.obstacles[code])
	}
	return out
}

// Over all that is blocked in the corpora and on every profile: a repair makes
// the same request go through, no proper subset of it does, what is unsafe
// about it is said, and where there is none there is an obstacle.
func TestRepairs(t *testing.T) {
	t.Parallel()
	for _, p := range browser.Profiles() {
		tally := repairTally{changes: make(map[int]int), obstacles: make(map[explain.ObstacleCode]int)}
		for _, step := range sample(blockedSteps(t, p)) {
			checkRepair(t, step, &tally)
		}
		t.Logf("%-8s %s", p.Name(), &tally)
	}
}

// One repair can serve all profiles at once.
func TestRepairsForAllProfiles(t *testing.T) {
	profiles := browser.Profiles()
	repaired := 0
	steps := sample(blockedSteps(t, browser.Spec()))
	for _, step := range steps {
		repair, err := explain.Repairs(context.Background(), step.result, profiles...)
		assert.NilError(t, err, step.name)
		if !repair.IsPossible() {
			continue
		}
		repaired++
		for _, p := range profiles {
			r, err := step.result.Replay(context.Background(), p, repair.Apply(remembered(step.result)))
			assert.NilError(t, err, step.name)
			assert.Check(t, r.Failure == nil, "%s: %v does not help on %s", step.name, repair.Changes, p.Name())
		}
	}
	t.Logf("%d of %d blocked on spec have one repair for all profiles", repaired, len(steps))
}

// blockedStep is a step of a scenario that something blocked.
type blockedStep struct {
	name   string
	result *browser.Result
}

// blockedSteps runs all corpora on a profile.
func blockedSteps(t *testing.T, p *browser.Profile) []blockedStep {
	t.Helper()
	var out []blockedStep
	runner := scenario.Runner{Profile: p, Documents: pagescript.Runner{}}
	for _, c := range recordings {
		for _, s := range readScenarios(t, c.scenarios) {
			r, err := runner.Run(context.Background(), s)
			assert.NilError(t, err, s.Name)
			for i, step := range r.Steps {
				// What a document remembers is repaired as what failed, which is here too.
				if step.Result != nil && step.Result.Failure != nil && step.Result.Earlier() == nil {
					out = append(out, blockedStep{fmt.Sprintf("%s step %d on %s", s.Name, i+1, p.Name()), step.Result})
				}
			}
		}
	}
	return out
}

func checkRepair(t *testing.T, step blockedStep, tally *repairTally) {
	t.Helper()
	tally.blocked++
	repair, err := explain.Repairs(context.Background(), step.result)
	assert.NilError(t, err, step.name)
	if !repair.IsPossible() {
		tally.obstacles[repair.Obstacle.Code]++
		if repair.Obstacle.Code == explain.ObstacleUnknown {
			t.Errorf("%s: %s, %v", step.name, repair.Obstacle, step.result.Failure)
		}
		assert.Check(t, len(repair.Changes) == 0 && repair.Obstacle.Text != "", step.name)
		return
	}
	tally.repaired++
	tally.changes[len(repair.Changes)]++
	if len(repair.Warnings) > 0 {
		tally.warned++
	}
	assert.Check(t, len(repair.Changes) > 0, step.name)
	assert.Check(t, passes(t, step, append(slices.Clone(repair.Changes), repair.Advice...)), "%s: %v does not help", step.name, repair.Changes)
	if len(repair.Changes) <= 8 {
		for bits := range 1<<len(repair.Changes) - 1 {
			assert.Check(t, !passes(t, step, subset(repair.Changes, bits)), "%s: %v is not minimal", step.name, repair.Changes)
		}
	}
	checkSafe(t, step, &repair)
}

func subset(changes []server.Change, bits int) []server.Change {
	var out []server.Change
	for i, c := range changes {
		if bits&(1<<i) != 0 {
			out = append(out, c)
		}
	}
	return out
}

// passes plays a step again with changed answers.
func passes(t *testing.T, step blockedStep, changes []server.Change) bool {
	t.Helper()
	r, err := step.result.Replay(context.Background(), step.result.Profile, server.Apply(remembered(step.result), changes...))
	assert.NilError(t, err, step.name)
	return r.Failure == nil
}

// remembered answers as recorded, and with an innocent 200 what was not asked.
func remembered(r *browser.Result) fetch.Transport {
	known := r.Trace.Transport()
	seen, granted := make(map[server.Target]bool), make(map[string]bool)
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		seen[server.TargetOf(&x.Request)] = true
		granted[x.Request.URL.WithoutFragment().String()] = x.Preflight.CacheHit
	}
	return fetch.TransportFunc(func(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		if seen[server.TargetOf(req)] {
			return known.RoundTrip(ctx, req)
		}
		out := &fetch.WireResponse{Status: 200}
		if req.IsPreflight() && granted[req.URL.WithoutFragment().String()] {
			server.Allow(out, req)
		}
		if r.API == browser.APIEventSource {
			out.Header.Append("Content-Type", "text/event-stream")
		}
		if r.API == browser.APIElement {
			out.Header.Append("Content-Type", map[browser.Tag]string{
				browser.TagModule: "text/javascript", browser.TagScript: "text/javascript", browser.TagStylesheet: "text/css",
			}[r.Tag])
			out.Body = map[browser.Tag]string{
				browser.TagImg: "GIF89a", browser.TagFont: "wOFF", browser.TagAudio: "OggS\x00", browser.TagVideo: "OggS\x00",
			}[r.Tag]
		}
		return out, nil
	})
}

// checkSafe wants a warning for each change that opens more than the page's
// own origin.
func checkSafe(t *testing.T, step blockedStep, repair *explain.Repair) {
	t.Helper()
	for _, c := range repair.Changes {
		if c.Header != fetch.HeaderAllowOrigin {
			continue
		}
		warned := slices.ContainsFunc(repair.Warnings, func(w explain.Warning) bool { return w.Target == c.Target })
		if c.Value == "*" || c.Value == "null" {
			assert.Check(t, warned, "%s: %s without a warning", step.name, c)
		} else {
			assert.Check(t, c.Value == step.result.Client.Origin.String(), "%s: %s is not the page's origin", step.name, c)
		}
	}
}
