package main

import (
	"fmt"
	"time"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

var outcomeColours = map[browser.Outcome]colour{
	browser.Shared: green, browser.Opaque: yellow, browser.Blocked: red, browser.Threw: red, browser.Refused: red, browser.Queued: green,
}

// isBlocked reports whether a page did not get what it asked for.
func isBlocked(r *browser.Result) bool {
	return r != nil && (r.Outcome == browser.Blocked || r.Outcome == browser.Threw || r.Outcome == browser.Refused)
}

// verdict returns a step's outcome and reason in one phrase.
func verdict(out *output, step *scenario.StepRun) string {
	if wait, ok := step.Step.(*scenario.WaitStep); ok {
		return "waited " + seconds(wait.Duration)
	}
	return resultVerdict(out, step.Result)
}

// resultVerdict returns a call's outcome and reason in one phrase.
func resultVerdict(out *output, r *browser.Result) string {
	text := out.paint(outcomeColours[r.Outcome], r.Outcome.String())
	if r.Failure != nil {
		text += " " + explain.Brief(r.Failure)
	}
	return text
}

func seconds(d time.Duration) string { return fmt.Sprintf("%g s", d.Seconds()) }

// quote quotes a value and cuts a long one.
func quote(s string) string {
	const most = 100
	if len(s) > most {
		return fmt.Sprintf("%q…", s[:most])
	}
	return fmt.Sprintf("%q", s)
}
