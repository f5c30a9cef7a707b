package answer

import (
	"cmp"
	"context"
	"strconv"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server/recipe"
	"github.com/corsim/corsim/fetch/textfmt"
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

// describeStep returns what a page does in a step, such as "fetch GET URL".
func describeStep(step scenario.Step) string {
	switch s := step.(type) {
	case *scenario.FetchStep:
		text := "fetch " + s.Method.Or("GET") + " " + s.URL
		for _, option := range []struct {
			name  string
			value scenario.Optional[string]
		}{
			{"mode", s.Mode}, {"credentials", s.Credentials}, {"redirect", s.Redirect}, {"referrerPolicy", s.ReferrerPolicy},
			{"targetAddressSpace", s.TargetAddressSpace},
		} {
			if option.value.OK {
				text += ", " + option.name + " " + strconv.Quote(option.value.Value)
			}
		}
		return text + flag(s.Keepalive, "keepalive") + flag(s.Integrity != "", "integrity")
	case *scenario.XHRStep:
		return "XMLHttpRequest " + cmp.Or(s.Method, "GET") + " " + s.URL + flag(s.WithCredentials, "withCredentials") + flag(s.UploadListener, "upload listener") + flag(s.Sync, "synchronous")
	case *scenario.ElementStep:
		text := s.Tag + " " + s.URL
		if s.CrossOrigin.OK {
			text += ", crossorigin=" + strconv.Quote(s.CrossOrigin.Value)
		}
		return text + flag(s.Integrity != "", "integrity")
	case *scenario.EventSourceStep:
		return "EventSource " + s.URL + flag(s.WithCredentials, "withCredentials")
	case *scenario.BeaconStep:
		return "sendBeacon " + s.URL + ", type " + strconv.Quote(s.Type)
	case *scenario.PageStep:
		return "open page " + s.URL
	case *scenario.WaitStep:
		return textfmt.Sprintf("wait %g s", s.Duration.Seconds())
	}
	return step.Key()
}

func flag(set bool, name string) string {
	if !set {
		return ""
	}
	return ", " + name
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
