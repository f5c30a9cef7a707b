package conformance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
)

// Mismatch is one way in which an observation is not as expected.
type Mismatch struct {
	Step    int // -1 when it is about the whole
	Problem string
}

// String returns the step, counted from 1, and the problem.
func (m Mismatch) String() string {
	if m.Step < 0 {
		return m.Problem
	}
	return fmt.Sprintf("step %d: %s", m.Step+1, m.Problem)
}

// Check compares an observation with an expectation. The result is empty when
// all is as expected.
func Check(x *scenario.Expectation, o *scenario.Observation) []Mismatch {
	if o.Failed.OK && o.Failed.Value != "" {
		return []Mismatch{{Step: -1, Problem: "not observed: " + o.Failed.Value}}
	}
	if len(x.Steps) != len(o.Steps) {
		return []Mismatch{{Step: -1, Problem: fmt.Sprintf("%d steps, not %d", len(o.Steps), len(x.Steps))}}
	}
	var out []Mismatch
	for i := range x.Steps {
		for _, problem := range checkStep(&x.Steps[i], &o.Steps[i]) {
			out = append(out, Mismatch{Step: i, Problem: problem})
		}
	}
	return out
}

// CheckOtherwise compares the observation of an engine that is known to fail a
// case with what the case states about that engine. The result is empty when
// the observation is as stated, and when the case states nothing.
func CheckOtherwise(c *scenario.Case, o *scenario.Observation) []Mismatch {
	for _, x := range c.Otherwise {
		if name, _, _ := strings.Cut(o.Engine, " "); name == x.Engine {
			return Check(x.Expect, o)
		}
	}
	return nil
}

func checkStep(x *scenario.StepExpectation, o *scenario.StepObservation) []string {
	var bad []string
	if x.Outcome.OK && x.Outcome.Value != o.Outcome {
		problem := fmt.Sprintf("outcome %s, not %s", o.Outcome, x.Outcome.Value)
		if o.Error.OK {
			problem += " (" + o.Error.Value + ")"
		}
		bad = append(bad, problem)
		// Without a response nothing else can be as expected.
		if x.Outcome.Value == scenario.OutcomeResponse {
			return bad
		}
	}
	if o.Response != nil {
		bad = append(bad, checkResponse(x, o.Response)...)
		bad = append(bad, checkHeaders(x, joined(o.Response.Header))...)
	}
	return append(bad, checkWire(x, o.Wire)...)
}

func checkResponse(x *scenario.StepExpectation, r *scenario.ResponseObservation) []string {
	var bad []string
	differ := func(what string, got, want any) {
		bad = append(bad, fmt.Sprintf("%s %s, not %s", what, show(got), show(want)))
	}
	if x.Type.OK && r.Type != scenario.TypeXHR && r.Type != x.Type.Value {
		differ("type", r.Type, x.Type.Value)
	}
	if x.Status.OK && r.Status != x.Status.Value {
		differ("status", r.Status, x.Status.Value)
	}
	if x.URL.OK && r.URL != x.URL.Value {
		differ("url", r.URL, x.URL.Value)
	}
	if x.Redirected.OK && r.Redirected != x.Redirected.Value {
		differ("redirected", r.Redirected, x.Redirected.Value)
	}
	if x.Body.OK && r.Body != x.Body.Value {
		differ("body", r.Body, x.Body.Value)
	}
	return bad
}

func show(v any) string {
	if s, ok := v.(string); ok {
		return scenario.Quote(s)
	}
	return fmt.Sprint(v)
}

func checkHeaders(x *scenario.StepExpectation, h map[string]string) []string {
	var bad []string
	for _, want := range x.HeadersVisible {
		if got, ok := h[want.Name]; !ok {
			bad = append(bad, want.Name+" not visible")
		} else if got != want.Value {
			bad = append(bad, fmt.Sprintf("%s is %s, not %s", want.Name, scenario.Quote(got), scenario.Quote(want.Value)))
		}
	}
	for _, name := range x.HeadersPresent {
		if _, ok := h[name]; !ok {
			bad = append(bad, name+" not visible")
		}
	}
	for _, name := range x.HeadersHidden {
		if got, ok := h[name]; ok {
			bad = append(bad, fmt.Sprintf("%s visible: %s", name, scenario.Quote(got)))
		}
	}
	if x.HeadersEmpty && len(h) > 0 {
		bad = append(bad, fmt.Sprintf("%d headers visible, not none", len(h)))
	}
	return bad
}

func checkWire(x *scenario.StepExpectation, wire []scenario.WireObservation) []string {
	var bad []string
	if want := x.Wire.Value; x.Wire.OK && len(want) != len(wire) {
		bad = append(bad, fmt.Sprintf("%d requests (%s), not %d", len(wire), requests(wire), len(want)))
	} else if x.Wire.OK {
		for i := range want {
			if problem := checkRequest(&want[i], &wire[i]); problem != "" {
				bad = append(bad, fmt.Sprintf("request %d: %s", i+1, problem))
			}
		}
	}
	if problem := checkIncludes(x.WireIncludes, wire); problem != "" {
		bad = append(bad, problem)
	}
	for i := range x.WireExcludes {
		unwanted := &x.WireExcludes[i]
		if slices.ContainsFunc(wire, func(w scenario.WireObservation) bool { return checkRequest(unwanted, &w) == "" }) {
			bad = append(bad, strings.TrimRight("sent "+unwanted.Method+" "+unwanted.URL.Value, " "))
		}
	}
	return bad
}

// checkIncludes looks for requests in this order; there may be others between
// them.
func checkIncludes(want []scenario.WireExpectation, wire []scenario.WireObservation) string {
	next := 0
	for i := range want {
		why, found := "", false
		for next < len(wire) && !found {
			problem := checkRequest(&want[i], &wire[next])
			next++
			if found = problem == ""; !found {
				why = "; " + problem
			}
		}
		if !found {
			return fmt.Sprintf("no %s among the requests (%s%s)",
				strings.TrimRight(want[i].Method+" "+want[i].URL.Value, " "), requests(wire), why)
		}
	}
	return ""
}

func requests(wire []scenario.WireObservation) string {
	if len(wire) == 0 {
		return "none"
	}
	names := make([]string, len(wire))
	for i := range wire {
		names[i] = wire[i].Method + " " + wire[i].URL
	}
	return strings.Join(names, ", ")
}

// checkRequest returns how a request differs from what is expected, or "".
func checkRequest(x *scenario.WireExpectation, w *scenario.WireObservation) string {
	if x.Method != w.Method {
		return fmt.Sprintf("method %s, not %s", scenario.Quote(w.Method), scenario.Quote(x.Method))
	}
	if x.URL.OK && !sameURL(x.URL.Value, w.URL) {
		return fmt.Sprintf("url %s, not %s", scenario.Quote(w.URL), scenario.Quote(x.URL.Value))
	}
	h := joined(w.Header)
	for _, want := range x.Headers {
		if got, ok := h[want.Name]; !ok {
			return "no " + want.Name + " header"
		} else if got != want.Value {
			return fmt.Sprintf("%s is %s, not %s", want.Name, scenario.Quote(got), scenario.Quote(want.Value))
		}
	}
	for _, name := range x.HeadersAbsent {
		if got, ok := h[name]; ok {
			return fmt.Sprintf("%s sent: %s", name, scenario.Quote(got))
		}
	}
	for _, not := range x.HeadersNot {
		if got, ok := h[not.Name]; ok && got == not.Value {
			return fmt.Sprintf("%s sent as %s", not.Name, scenario.Quote(got))
		}
	}
	if x.Body.OK && x.Body.Value != w.Body {
		return fmt.Sprintf("body %s, not %s", scenario.Quote(w.Body), scenario.Quote(x.Body.Value))
	}
	return ""
}

// sameURL compares a test's URL with a URL on the wire. Tests write fragments,
// which are not sent, and are not exact about trailing slashes.
func sameURL(want, got string) bool {
	before, _, _ := strings.Cut(want, "#")
	return before == got || strings.TrimRight(want, "/") == strings.TrimRight(got, "/")
}

// joined returns headers by lower-case name, the values of equal names joined.
func joined(headers []scenario.HeaderText) map[string]string {
	out := make(map[string]string, len(headers))
	for _, h := range headers {
		name := fetch.ByteLowercase(h.Name)
		if before, ok := out[name]; ok {
			out[name] = before + ", " + h.Value
		} else {
			out[name] = h.Value
		}
	}
	return out
}
