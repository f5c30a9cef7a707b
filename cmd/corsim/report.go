package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// report is what one call came to in each engine.
type report struct {
	// name is what the input calls it; "" where it has no name.
	name   string
	call   *call
	runs   []engineRun
	repair explain.Repair
	notes  []string
}

// newReport looks for a repair that suits all engines and notes what a browser
// drops without a word.
func newReport(ctx context.Context, c *call, runs []engineRun) (*report, error) {
	r := &report{call: c, runs: runs}
	for _, name := range c.droppedHeaders() {
		r.note("no script can set the header %s; browsers leave it out", name)
	}
	for _, run := range runs {
		for _, refused := range run.refused {
			r.note("%s does not take the %s", run.profile.Name(), refused)
		}
	}
	return r, r.findRepair(ctx)
}

func (r *report) findRepair(ctx context.Context) (err error) {
	for i := range r.runs {
		if failed := r.runs[i].shown(); isBlocked(failed) && len(r.runs[i].unanswered) == 0 {
			r.repair, err = explain.Repairs(ctx, failed, r.call.profiles...)
			return err
		}
	}
	return nil
}

func (r *report) note(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(r.notes, text) {
		r.notes = append(r.notes, text)
	}
}

// isBad reports whether some engine does not let the page have what it asked
// for, or no verdict is possible.
func (r *report) isBad() bool {
	return slices.ContainsFunc(r.runs, func(run engineRun) bool { return run.isBlocked() })
}

// subject says what was asked for, and from where.
func (r *report) subject() string {
	init := &r.call.init
	method := init.Method
	if fetch.IsMethod(method) {
		method = fetch.NormalizeMethod(method)
	}
	if method == "" && !init.MethodEmpty {
		method = "GET"
	}
	text := method + " " + r.call.url.String() + " from " + r.call.origin()
	if init.Credentials == fetch.CredentialsInclude {
		text += " with credentials"
	}
	if init.Mode == browser.InitModeNoCORS || init.Mode == browser.InitModeSameOrigin {
		text += ", mode " + string(init.Mode)
	}
	if r.call.repeat > 1 {
		text += fmt.Sprintf(", %d times", r.call.repeat)
	}
	return text
}

// alikeRuns groups the engines in which everything went alike, in order.
func (r *report) alikeRuns() [][]*engineRun {
	var groups [][]*engineRun
	var shapes []string
	for i := range r.runs {
		run := &r.runs[i]
		shape := shapeOf(run)
		if at := slices.Index(shapes, shape); at >= 0 {
			groups[at] = append(groups[at], run)
			continue
		}
		shapes = append(shapes, shape)
		groups = append(groups, []*engineRun{run})
	}
	return groups
}

// shapeOf is what two runs have in common that went alike: verdicts, requests
// by method and URL, and statuses.
func shapeOf(run *engineRun) string {
	var w strings.Builder
	fmt.Fprintln(&w, run.unanswered)
	for _, r := range run.results {
		fmt.Fprintln(&w, explain.Verdict(r))
		for i := range r.Trace.Exchanges {
			x := &r.Trace.Exchanges[i]
			fmt.Fprint(&w, x.Kind, x.Request.Method, " ", x.Request.URL, x.Preflight.CacheHit)
			if x.Response != nil {
				fmt.Fprint(&w, " ", x.Response.Status)
			}
			fmt.Fprintln(&w)
		}
	}
	return w.String()
}

func runNames(group []*engineRun) string {
	names := make([]string, len(group))
	for i, run := range group {
		names[i] = run.profile.Name()
	}
	return strings.Join(names, ", ")
}

// verdictOf returns the verdict on a run: that of the time that was blocked, or
// of the last.
func verdictOf(out *output, run *engineRun) string {
	if len(run.unanswered) > 0 {
		return out.paint(yellow, "undecided") + ": the input has no answer to " + strings.Join(run.unanswered, ", ")
	}
	return resultVerdict(out, run.shown())
}
