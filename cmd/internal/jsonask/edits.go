package jsonask

import (
	"context"
	"errors"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/textfmt"
)

// repair returns the rules of the server after the smallest repair of the first blocked
// step that headers can repair.
func (a *Asker) repair(ctx context.Context, q *question) ([]byte, error) {
	p, s, err := q.profileAndScenario()
	if err != nil {
		return nil, err
	}
	run, err := a.playIn(ctx, p, s)
	if err != nil {
		return nil, err
	}
	for i := range run.Steps {
		result := run.Steps[i].Result
		if result == nil || result.Failure == nil {
			continue
		}
		repair, err := explain.Repairs(ctx, result)
		if err != nil {
			return nil, err
		}
		if repair.IsPossible() && len(repair.Changes) > 0 {
			return append(scenario.AppendServer([]byte(`{"server":`), repaired(s.Server, &repair)), '}'), nil
		}
	}
	return nil, errors.New("no step has a repair that is a change of a response")
}

// repaired returns the rules with what a repair changes and what it advises.
func repaired(script server.Script, r *explain.Repair) server.Script {
	return script.Changed(r.Changes...).Changed(r.Advice...)
}

// copies write a scenario in other forms.
var copies = map[string]func(context.Context, answer.Player, *scenario.Scenario) (string, error){
	"curl": answer.AsCurl, "go": answer.AsGoTest, "vitest": answer.AsVitest,
}

// copy writes a scenario in another form.
func (a *Asker) copy(ctx context.Context, q *question) ([]byte, error) {
	s, err := q.readScenario()
	if err != nil {
		return nil, err
	}
	write, ok := copies[q.form]
	if !ok {
		return nil, textfmt.Errorf("form: there is no form %q: want curl, go or vitest", q.form)
	}
	text, err := write(ctx, a.playIn, s)
	if err != nil {
		return nil, err
	}
	return append(report.AppendText([]byte(`{"text":`), text), '}'), nil
}

// read says what a pasted text is.
func (a *Asker) read(ctx context.Context, q *question) ([]byte, error) {
	if a.Read == nil {
		return nil, errors.New("this program has no readers of texts")
	}
	s, err := q.readScenario()
	if err != nil {
		return nil, err
	}
	return a.Read(ctx, q.text, s)
}
