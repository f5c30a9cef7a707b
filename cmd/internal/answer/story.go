package answer

import (
	"context"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server/recipe"
)

// Story returns a run of a scenario as a report.
func Story(r *scenario.Run) *report.Story {
	out := &report.Story{
		Title: r.Scenario.Name, Page: r.Scenario.Page, Sandboxed: r.Scenario.Sandboxed, Profile: r.Profile,
		Steps: make([]report.Step, len(r.Steps)),
	}
	if c := r.Scenario.Case; c != nil {
		out.Note = c.Note
	}
	for i, step := range r.Steps {
		out.Steps[i] = report.Step{Call: describeStep(step.Step), ScriptHeaders: scriptHeaders(step.Step), Result: step.Result}
		if wait, ok := step.Step.(*scenario.WaitStep); ok {
			out.Steps[i].Pause = wait.Duration
		}
	}
	return out
}

// AddRepairs adds the repair of each blocked step. Unless the system is nil, it also
// writes each repair as a configuration of the system.
func AddRepairs(ctx context.Context, s *report.Story, system *recipe.System) error {
	for i := range s.Steps {
		step := &s.Steps[i]
		if step.Result == nil || step.Result.Failure == nil {
			continue
		}
		repair, err := explain.Repairs(ctx, step.Result)
		if err != nil {
			return err
		}
		step.Repair = &repair
		if system != nil && !repair.Need.IsZero() {
			call := &report.Call{}
			if step.Result.Request != nil {
				call.Credentials = step.Result.Request.Credentials
			}
			step.Recipe = newRecipe(*system, recipeText(&repair, call, *system))
		}
	}
	return nil
}

// scriptHeaders returns the names of the headers that script sets in a step.
func scriptHeaders(step scenario.Step) []string {
	var list fetch.HeaderList
	switch s := step.(type) {
	case *scenario.FetchStep:
		list = s.Header
	case *scenario.XHRStep:
		list = s.Header
	}
	var names []string
	for _, h := range list {
		names = append(names, h.Name)
	}
	return names
}
