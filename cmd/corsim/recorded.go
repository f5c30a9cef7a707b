package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/server"
)

// recorded judges a call against answers that an input holds.
type recorded struct {
	call *call
	// answers returns a transport that answers for one engine; it ends in
	// [fetch.ErrNoAnswer] where the input has nothing.
	answers func() fetch.Transport
}

// errUnanswered stands in the trace where an input has no answer.
var errUnanswered = errors.New("the input holds none")

// judge makes the call in each engine.
func (r *recorded) judge(ctx context.Context) (*report, error) {
	runs, err := r.run(ctx, r.answers)
	if err != nil {
		return nil, err
	}
	report, err := newReport(ctx, r.call, runs)
	if err != nil {
		return nil, err
	}
	return report, r.suppose(ctx, report)
}

// run makes the call in each engine and notes what had no answer.
func (r *recorded) run(ctx context.Context, answers func() fetch.Transport) ([]engineRun, error) {
	var runs []engineRun
	for _, p := range r.call.profiles {
		var unanswered []string
		next := answers()
		t := fetch.TransportFunc(func(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
			resp, err := next.RoundTrip(ctx, req)
			if errors.Is(err, fetch.ErrNoAnswer) {
				if name := requestName(req); !slices.Contains(unanswered, name) {
					unanswered = append(unanswered, name)
				}
				err = errUnanswered
			}
			return resp, err
		})
		run, err := r.call.runOn(ctx, p, t)
		if err != nil {
			return nil, err
		}
		run.unanswered = unanswered
		runs = append(runs, run)
	}
	return runs, nil
}

func requestName(req *fetch.WireRequest) string {
	name := req.Method + " " + req.URL.WithoutFragment()
	if req.IsPreflight() {
		name += " (the preflight)"
	}
	return name
}

// suppose says what would follow where only the answer to a preflight is
// missing.
func (r *recorded) suppose(ctx context.Context, report *report) error {
	if !slices.ContainsFunc(report.runs, func(run engineRun) bool { return len(run.unanswered) > 0 }) {
		return nil
	}
	runs, err := r.run(ctx, func() fetch.Transport { return preflightsPass{r.answers()} })
	if err != nil {
		return err
	}
	var verdicts, engines []string
	for i := range runs {
		before, after := &report.runs[i], &runs[i]
		if len(before.unanswered) == 0 || len(after.unanswered) > 0 {
			continue
		}
		verdict := explain.Verdict(after.shown())
		at := slices.Index(verdicts, verdict)
		if at < 0 {
			verdicts, engines = append(verdicts, verdict), append(engines, after.profile.Name())
			continue
		}
		engines[at] += ", " + after.profile.Name()
	}
	for i, verdict := range verdicts {
		report.note("if the preflight allows it (%s): %s", engines[i], verdict)
	}
	return nil
}

// preflightsPass allows the preflights to which there is no answer.
type preflightsPass struct{ next fetch.Transport }

// RoundTrip answers a request.
func (t preflightsPass) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	resp, err := t.next.RoundTrip(ctx, req)
	if errors.Is(err, fetch.ErrNoAnswer) && req.IsPreflight() {
		return server.AllowPreflight(req), nil
	}
	return resp, err
}

// fixedAnswers answers a preflight and a request with what was pasted; nil is
// nothing.
type fixedAnswers struct{ preflight, actual *fetch.WireResponse }

// RoundTrip answers a request.
func (t fixedAnswers) RoundTrip(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	answer := t.actual
	if req.IsPreflight() {
		answer = t.preflight
	}
	if answer == nil {
		return nil, fetch.ErrNoAnswer
	}
	return answer, nil
}

// printOne prints one report and says whether it was blocked.
func (t *terminal) printOne(flags *printFlags, r *report) error {
	out := t.newOutput()
	p, err := flags.printer(out, false)
	if err != nil {
		return err
	}
	if err := p.print(r); err != nil {
		return out.close(err)
	}
	if err := p.finish(); err != nil {
		return out.close(err)
	}
	if r.isBad() {
		return out.close(errNo)
	}
	return out.close(nil)
}

// inputError names the input that an error is about.
func inputError(name string, err error) error {
	if name == "-" {
		name = "stdin"
	}
	return fmt.Errorf("%s:%w", name, err)
}
