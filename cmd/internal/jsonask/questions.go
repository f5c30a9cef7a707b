package jsonask

import (
	"context"
	"errors"
	"slices"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server/recipe"
)

// run plays a scenario and returns the observation.
func (a *Asker) run(ctx context.Context, q *question) ([]byte, error) {
	p, s, err := q.profileAndScenario()
	if err != nil {
		return nil, err
	}
	run, err := a.playIn(ctx, p, s)
	if err != nil {
		return nil, err
	}
	return run.Observation().AppendJSON(nil), nil
}

// playIn plays a scenario in a new browser.
func (a *Asker) playIn(ctx context.Context, p *browser.Profile, s *scenario.Scenario) (*scenario.Run, error) {
	return (&scenario.Runner{Profile: p}).RunIn(ctx, s, a.NewBrowser(p, s.World.Options()...))
}

// judge plays a scenario in several browsers, and says what happened, why, and what
// to change.
func (a *Asker) judge(ctx context.Context, q *question) ([]byte, error) {
	s, err := q.readScenario()
	if err != nil {
		return nil, err
	}
	system, err := q.system()
	if err != nil {
		return nil, err
	}
	if len(q.engines) == 0 {
		return nil, errors.New("engines: name one or more engines")
	}
	needs := ""
	out := []byte(`{"stories":[`)
	for i, name := range q.engines {
		p, err := browser.ProfileByName(name)
		if err != nil {
			return nil, err
		}
		run, err := a.playIn(ctx, p, s)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(run.Steps, needsParsers) {
			needs = `,"needs":"parsers"`
		}
		story := answer.Story(run)
		if err := answer.AddRepairs(ctx, story, system); err != nil {
			return nil, err
		}
		d := story.Document()
		d.Draw(story)
		if i > 0 {
			out = append(out, ',')
		}
		out = d.AppendJSON(out)
	}
	return append(append(append(out, ']'), needs...), '}'), nil
}

// needsParsers reports whether a step loads something that may import more, and that
// nothing here can read.
func needsParsers(step scenario.StepRun) bool {
	return step.Result != nil && slices.ContainsFunc(step.Result.NotFollowed(), func(n browser.NotFollowed) bool { return n.Why == browser.NotFollowedUnread })
}

// explain explains a reason, a code or a message on a console. A program without readers
// says that it needs them.
func (a *Asker) explain(_ context.Context, q *question) ([]byte, error) {
	system, err := q.system()
	if err != nil {
		return nil, err
	}
	if a.Explain == nil {
		return []byte(`{"explanations":[],"needs":"parsers"}`), nil
	}
	found, err := a.Explain(q.text, system)
	if err != nil {
		return nil, err
	}
	out := []byte(`{"explanations":[`)
	for i := range found {
		if i > 0 {
			out = append(out, ',')
		}
		out = found[i].AppendJSON(out)
	}
	return append(out, `]}`...), nil
}

// lists returns the words that questions may have.
func (a *Asker) lists(context.Context, *question) ([]byte, error) {
	var servers, reasons []string
	for _, s := range recipe.Systems() {
		servers = append(servers, s.String())
	}
	for _, r := range fetch.Reasons() {
		reasons = append(reasons, string(r))
	}
	out := []byte{'{'}
	for i, list := range []struct {
		name  string
		words []string
	}{{"engines", browser.ProfileNames()}, {"servers", servers}, {"reasons", reasons}} {
		if i > 0 {
			out = append(out, ',')
		}
		out = report.AppendText(out, list.name)
		out = append(out, `:[`...)
		for j, w := range list.words {
			if j > 0 {
				out = append(out, ',')
			}
			out = report.AppendText(out, w)
		}
		out = append(out, ']')
	}
	return append(out, '}'), nil
}

func (q *question) profileAndScenario() (*browser.Profile, *scenario.Scenario, error) {
	p, err := browser.ProfileByName(q.engine)
	if err != nil {
		return nil, nil, err
	}
	s, err := q.readScenario()
	return p, s, err
}

func (q *question) readScenario() (*scenario.Scenario, error) {
	if q.scenario == "" {
		return nil, errors.New("scenario: the question has none")
	}
	return scenario.Decode(q.scenario)
}

// system returns the server for which repairs are written; nil if none was named.
func (q *question) system() (*recipe.System, error) {
	if q.server == "" {
		return nil, nil
	}
	i := slices.IndexFunc(recipe.Systems(), func(s recipe.System) bool { return s.String() == q.server })
	if i < 0 {
		_, err := recipe.ParseSystem(q.server)
		return nil, err
	}
	return &recipe.Systems()[i], nil
}
