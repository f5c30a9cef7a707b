package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

var outcomeWords = map[browser.Outcome]struct {
	word   string
	colour colour
}{
	browser.Shared:  {"shared", green},
	browser.Opaque:  {"opaque", yellow},
	browser.Blocked: {"blocked", red},
	browser.Threw:   {"threw", red},
	browser.Refused: {"refused", red},
	browser.Queued:  {"sent", green},
}

// isBlocked reports whether a page did not get what it asked for.
func isBlocked(r *browser.Result) bool {
	return r != nil && (r.Outcome == browser.Blocked || r.Outcome == browser.Threw || r.Outcome == browser.Refused)
}

// verdict returns a step's outcome and reason in one phrase.
func verdict(out *output, step *conformance.StepRun) string {
	if wait, ok := step.Step.(*conformance.WaitStep); ok {
		return "waited " + seconds(wait.Duration)
	}
	return resultVerdict(out, step.Result)
}

// resultVerdict returns a call's outcome and reason in one phrase.
func resultVerdict(out *output, r *browser.Result) string {
	w := outcomeWords[r.Outcome]
	text := out.paint(w.colour, w.word)
	if f := r.Failure; f != nil {
		text += " " + why(f)
	}
	return text
}

func seconds(d time.Duration) string { return fmt.Sprintf("%g s", d.Seconds()) }

// why returns a failure's reason and the values that it saw.
func why(f *fetch.Failure) string {
	text := string(f.Reason)
	if f.Preflight {
		text = "(preflight) " + text
	}
	if values := whyValues(f); values != "" {
		text += ": " + values
	}
	return text
}

func whyValues(f *fetch.Failure) string {
	switch f.Reason {
	case fetch.ReasonMethodNotAllowed, fetch.ReasonHeaderNotAllowed:
		return visible(f.Got) + " is not in " + f.Header
	case fetch.ReasonPreflightStatus:
		return "the status is " + f.Got + ", not one from 200 to 299"
	case fetch.ReasonPreflightRedirect:
		return "the status is " + f.Got + ", and preflights follow no redirect"
	case fetch.ReasonNetworkFailure:
		if f.Got == "" || f.Got == fetch.ErrNoAnswer.Error() {
			return "no answer came"
		}
		return visible(f.Got)
	}
	want := ""
	if f.Want != "" {
		want = fmt.Sprintf(", not %s", quote(f.Want))
	}
	switch {
	case f.Header != "" && f.Got == "" && strings.HasSuffix(string(f.Reason), "-missing"):
		return "no " + f.Header + " header"
	case f.Header != "":
		return f.Header + " is " + quote(f.Got) + want
	case f.Got != "":
		return quote(f.Got) + want
	}
	return ""
}

// quote quotes a value and cuts a long one.
func quote(s string) string {
	const most = 100
	if len(s) > most {
		return fmt.Sprintf("%q…", s[:most])
	}
	return fmt.Sprintf("%q", s)
}
