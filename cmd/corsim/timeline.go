package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
)

// printTimeline prints all that happened in a run.
func printTimeline(ctx context.Context, out *output, r *scenario.Run, server *explain.Server) error {
	if c := r.Scenario.Case; c != nil && c.Note != "" {
		fmt.Fprintf(out, "  %s\n", c.Note)
	}
	page := r.Scenario.Page
	if r.Scenario.Sandboxed {
		page += " (sandboxed: its origin is opaque)"
	}
	fmt.Fprintf(out, "  page %s\n", page)
	for i := range r.Steps {
		step := &r.Steps[i]
		fmt.Fprintf(out, "  step %d: %s\n", i+1, describeStep(step.Step))
		if step.Result == nil {
			continue
		}
		printTrace(out, step.Result)
		fmt.Fprintf(out, "    = %s\n", verdict(out, step))
		for _, line := range decided(step.Result) {
			fmt.Fprintf(out, "      %s\n", line)
		}
		printWords(out, step.Result)
		if err := printWhy(ctx, out, step.Result, server); err != nil {
			return err
		}
	}
	return nil
}

// printWords prints what the engine says: the error that script catches, and
// the console.
func printWords(out *output, r *browser.Result) {
	if text, ok := console.ScriptError(r); ok {
		fmt.Fprintf(out, "      script: %s\n", visible(text))
	}
	for _, message := range console.Print(r) {
		fmt.Fprintf(out, "      console: %s\n", message)
	}
}

func describeStep(step scenario.Step) string {
	switch s := step.(type) {
	case *scenario.FetchStep:
		text := "fetch " + s.Method.Or("GET") + " " + s.URL
		for _, option := range []struct {
			name  string
			value scenario.Optional[string]
		}{{"mode", s.Mode}, {"credentials", s.Credentials}, {"redirect", s.Redirect}} {
			if option.value.OK {
				text += ", " + option.name + " " + quote(option.value.Value)
			}
		}
		return text
	case *scenario.XHRStep:
		return "XMLHttpRequest " + cmp.Or(s.Method, "GET") + " " + s.URL + flag(s.WithCredentials, "withCredentials") + flag(s.UploadListener, "upload listener")
	case *scenario.ElementStep:
		text := s.Tag + " " + s.URL
		if s.CrossOrigin.OK {
			text += ", crossorigin=" + quote(s.CrossOrigin.Value)
		}
		return text
	case *scenario.EventSourceStep:
		return "EventSource " + s.URL + flag(s.WithCredentials, "withCredentials")
	case *scenario.BeaconStep:
		return "sendBeacon " + s.URL + ", type " + quote(s.Type)
	case *scenario.WaitStep:
		return "wait " + seconds(s.Duration)
	}
	return step.Key()
}

func flag(set bool, name string) string {
	if !set {
		return ""
	}
	return ", " + name
}

func printTrace(out *output, r *browser.Result) {
	if r.Outcome != browser.Threw && r.Request != nil && r.Earlier() == nil {
		fmt.Fprintf(out, "    %s\n", describeClassification(r.Trace.Classification))
	}
	for i := range r.Trace.Exchanges {
		e := &r.Trace.Exchanges[i]
		if e.Preflight.CacheHit {
			fmt.Fprintf(out, "    no preflight: one that was answered before still covers %s\n", causeList(e.Preflight.Causes))
		}
		note := ""
		if e.Kind == browser.ExchangePreflight {
			note = "  (preflight)"
		}
		fmt.Fprintf(out, "    > %s %s%s\n", e.Request.Method, e.Request.URL.WithoutFragment(), note)
		printMessage(out, e.Request.Header, e.Request.Body)
		if e.Response == nil {
			fmt.Fprintf(out, "    < %s\n", noAnswer(e.Failure))
		} else {
			fmt.Fprintf(out, "    < %d\n", e.Response.Status)
			printMessage(out, e.Response.Header, e.Response.Body)
		}
		if e.Failure != nil {
			fmt.Fprintf(out, "    ! %s\n", out.paint(red, explain.Brief(e.Failure)))
		}
	}
	if text, ok := explain.UsedAgain(r); ok {
		fmt.Fprintf(out, "    nothing was sent: %s\n", text)
	} else if len(r.Trace.Exchanges) == 0 {
		fmt.Fprintf(out, "    nothing was sent\n")
	}
}

// noAnswer says why an exchange has no answer. A server that runs can say more
// than that it closed the connection, as a scripted one does without a rule.
func noAnswer(f *fetch.Failure) string {
	if f == nil || f.Got == "" || f.Got == fetch.ErrNoAnswer.Error() {
		return "no answer: no rule of the server is for it"
	}
	return "no answer: " + visible(f.Got)
}

func printMessage(out *output, header fetch.HeaderList, body string) {
	for _, h := range header {
		fmt.Fprintf(out, "      %s\n", out.paint(faint, h.Name+": "+visible(h.Value)))
	}
	if body != "" {
		fmt.Fprintf(out, "      %s\n", out.paint(faint, fmt.Sprintf("(%d bytes) %s", len(body), quote(body))))
	}
}

// visible returns a header value as it is, or quoted where a terminal would
// not show it as it is.
func visible(value string) string {
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) {
		return quote(value)
	}
	return value
}

// decided returns which check decided, with its place in the standard.
func decided(r *browser.Result) []string {
	if f := r.Failure; f != nil {
		return []string{"decided by " + f.Step.URL() + stepNumber(f.Step.Number)}
	}
	if text, ok := explain.Passed(r); ok {
		return []string{text}
	}
	return nil
}

func stepNumber(n string) string {
	if n == "" {
		return ""
	}
	return " step " + n
}
