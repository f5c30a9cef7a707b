//go:build mutants

package conformance

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/corsim/corsim/conformance/mutants/mutant"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

// maxPlayed is how many scenarios are played for a mutant.
const maxPlayed = 1000

// played is a scenario, a profile, and how to tell whether the observation is wrong.
type played struct {
	scenario *scenario.Scenario
	profile  *browser.Profile
	// wrong says in what an observation is wrong: a list of words.
	wrong func(*scenario.Observation) []string
}

// name returns the name of the scenario and of the profile.
func (p *played) name() string { return p.scenario.Name + " in " + p.profile.Name() }

// play returns in what the observation is wrong.
func (p *played) play() (wrong []string, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	runner := scenario.Runner{Profile: p.profile}
	run, err := runner.Run(context.Background(), p.scenario)
	if err != nil {
		return nil, err
	}
	return p.wrong(run.Observation()), nil
}

// TestMutants plays the corpora with the mutants of the variable CORSIM_MUTANTS on,
// one at a time, and prints for each the scenario that notices it. The command
// conformance/mutants builds and runs this test.
func TestMutants(t *testing.T) {
	reaching := reachingMutants(t, mutantsOf(t))
	for _, id := range mutantsOf(t) {
		stop := mutant.Watch(30 * time.Second)
		fmt.Printf("mutant %d: on\n", id)
		mutant.TurnOn(id)
		killer := killerOf(reaching[id])
		mutant.TurnOn(0)
		stop()
		fmt.Printf("mutant %d: reached by %d; %s\n", id, len(reaching[id]), killer)
	}
}

func mutantsOf(t *testing.T) []int {
	t.Helper()
	var out []int
	for word := range strings.FieldsSeq(os.Getenv("CORSIM_MUTANTS")) {
		id, err := strconv.Atoi(word)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, id)
	}
	return out
}

// killerOf returns the name of the first scenario that notices the mutant that is
// on, and "" if none does.
func killerOf(all []*played) string {
	for _, p := range all {
		if wrong, err := p.play(); err != nil || len(wrong) > 0 {
			return p.name()
		}
	}
	return ""
}

// reachingMutants plays all corpora without a mutant, and returns for each mutant a
// sample of what reaches it. What is wrong without a mutant is not counted as wrong.
func reachingMutants(t *testing.T, wanted []int) map[int][]*played {
	t.Helper()
	out, seen := make(map[int][]*played), make(map[int]int)
	random := rand.New(rand.NewPCG(1, 2))
	for _, p := range allPlayed(t) {
		var before []string
		var err error
		reached := mutant.Reached(func() { before, err = p.play() })
		if err != nil {
			t.Fatalf("%s: %v", p.name(), err)
		}
		wrong := p.wrong
		p.wrong = func(o *scenario.Observation) []string {
			return slices.DeleteFunc(wrong(o), func(w string) bool { return slices.Contains(before, w) })
		}
		for _, id := range wanted {
			if !reached[id] {
				continue
			}
			if seen[id]++; len(out[id]) < maxPlayed {
				out[id] = append(out[id], p)
			} else if i := random.IntN(seen[id]); i < maxPlayed {
				out[id][i] = p
			}
		}
	}
	return out
}

// allPlayed returns all recorded scenarios in the profiles of the browsers that they
// were recorded with, and all cases and the guide in the standard's profile.
func allPlayed(t *testing.T) []*played {
	t.Helper()
	var out []*played
	for _, p := range browser.Profiles() {
		if !isRecorded(p) {
			continue
		}
		all := readRecorded(t, p.Name())
		for i, s := range all.scenarios {
			author, want := all.authors[i], all.observed[s.Name]
			out = append(out, &played{s, p, func(got *scenario.Observation) (wrong []string) {
				for _, d := range Compare(author, want, got) {
					wrong = append(wrong, d.Dimension.String())
				}
				return wrong
			}})
		}
	}
	for _, s := range append(readAll(t, WPT()), readAll(t, Guide())...) {
		out = append(out, &played{s, browser.Spec(), func(got *scenario.Observation) (wrong []string) {
			for _, m := range Check(s.Case.Expect, got) {
				wrong = append(wrong, m.String())
			}
			return wrong
		}})
	}
	return out
}
