package scenario

import (
	"cmp"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain/console"
	"github.com/corsim/corsim/fetch/order"
)

// Observation returns what was seen of a run, in the form in which browsers
// are recorded. On the standard's profile, which has no codes of its own, the
// issues are the reasons of this module.
func (r *Run) Observation() *Observation {
	out := &Observation{Name: r.Scenario.Name, Engine: r.Profile.Name(), Steps: make([]StepObservation, len(r.Steps))}
	for i, step := range r.Steps {
		if step.Result == nil {
			out.Steps[i].Outcome = outcomeWithoutResult(step.Step)
			continue
		}
		out.Steps[i] = step.Observation()
	}
	return out
}

// Observation returns what was seen of a step that has a result.
func (s *StepRun) Observation() StepObservation {
	var out StepObservation
	observe(&out, s.Result, HeaderOf(s.Step))
	observeFrame(&out, s.Step, s.Result)
	observeSocket(&out, s.Result)
	observeCanvas(&out, s.Step, s.Result)
	if s.Started != nil {
		out.Console = append(console.Shown(s.Started), out.Console...)
		out.Issues = append(console.Issues(s.Started), out.Issues...)
	}
	if xhr, ok := s.Step.(*XHRStep); ok && out.Response != nil {
		observeXHR(out.Response, s.Result, xhr.responseType())
	}
	return out
}

// outcomeWithoutResult returns the outcome of a step that makes no call.
func outcomeWithoutResult(step Step) Outcome {
	if _, ok := step.(*PageStep); ok {
		return OutcomePage
	}
	return OutcomeWaited
}

func observe(out *StepObservation, r *browser.Result, author fetch.HeaderList) {
	out.Outcome = OutcomeOf(r)
	if out.Outcome == OutcomeResponse && r.Response != nil {
		out.Response = observeResponse(r)
	}
	out.Error.Value, out.Error.OK = console.ScriptError(r)
	if r.IsSilent() || r.HasNoError() {
		out.Error = Some(ErrorTimeout)
	}
	if r.API == browser.APIWorker {
		out.Error = Some("worker: " + cmp.Or(out.Error.Value, "did not start"))
	}
	out.Console = console.Shown(r)
	out.Issues = console.Issues(r)
	if r.Failure != nil && r.Profile.Engine() == browser.EngineNone {
		out.Issues = []string{string(r.Failure.Reason)}
	}
	boundary := r.Profile.FormBoundary()
	out.Wire = make([]WireObservation, 0, len(r.Trace.Exchanges))
	for i := range r.Trace.Exchanges {
		req := &r.Trace.Exchanges[i].Request
		if x := &r.Trace.Exchanges[i]; x.Fault == fetch.FaultNotTLS || x.FromCache || x.FromHSTS || x.FromServiceWorker {
			continue // it did not reach the server
		}
		if strings.Contains(req.URL.Host(), "%") {
			continue // the standard has no such URL, and so the form has none
		}
		out.Wire = append(out.Wire, WireObservation{
			Method: TextOfBytes(req.Method),
			URL:    req.URL.WithoutCredentials().WithoutFragment().String(),
			Header: observeRequestHeader(req.Header, author, boundary),
			Body:   hideBoundary(TextOfBytes(req.Body), boundary),
		})
	}
}

// OutcomeOf returns the outcome that a recorder sees of a result. It depends on
// the API: a shared image is a load, a shared fetch() a response.
func OutcomeOf(r *browser.Result) Outcome {
	if r.IsSilent() {
		return OutcomeError
	}
	if r.Frame() != nil {
		return outcomeOfFrame(r, false)
	}
	if r.API == browser.APIElement {
		return outcomeOfElement(r)
	}
	switch r.Outcome {
	case browser.Blocked:
		if r.Failure.Reason == fetch.ReasonTimeout {
			if r.Sync {
				return OutcomeThrows // the exception is a TimeoutError
			}
			return OutcomeTimeout
		}
		return OutcomeError
	case browser.Threw:
		return OutcomeThrows
	case browser.Queued:
		return OutcomeSent
	case browser.Refused:
		return OutcomeRefused
	}
	switch r.API {
	case browser.APIEventSource, browser.APIWebSocket:
		return OutcomeOpen
	case browser.APIBeacon:
		return OutcomeSent
	}
	return OutcomeResponse
}

// outcomeOfElement returns the outcome of an element that is not a frame.
func outcomeOfElement(r *browser.Result) Outcome {
	switch {
	case r.Tag == browser.TagCSSImage:
		return OutcomeStyled
	case r.FiresLoad():
		return OutcomeLoad
	}
	return OutcomeError
}

func observeResponse(r *browser.Result) *ResponseObservation {
	out := &ResponseObservation{
		Type:       r.Response.Type.String(),
		Status:     r.Response.Status,
		Redirected: len(r.Response.URLList) > 1,
		Header:     visibleHeaders(r.Response.Header),
		Body:       decodeUTF8(r.Response.Body),
	}
	if u, ok := r.Response.URL(); ok {
		out.URL = u.WithoutFragment().String()
	}
	out.BodyError.Value, out.BodyError.OK = console.BodyError(r)
	if r.API == browser.APIXHR {
		out.Type, out.Redirected = TypeXHR, false
	}
	return out
}

// observeXHR sets the body of a response to what an XMLHttpRequest makes of it.
func observeXHR(out *ResponseObservation, r *browser.Result, responseType string) {
	text, ok := xhrText(r, responseType)
	if out.Body = text; !ok {
		out.BodyError = Optional[string]{Value: "null", OK: true}
	}
}

// visibleHeaders returns headers as script iterates over them: sorted by
// name, the values of equal names joined, but Set-Cookie never.
// https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine
func visibleHeaders(l fetch.HeaderList) []HeaderText {
	out := make([]HeaderText, 0, len(l))
	for _, h := range l {
		out = append(out, HeaderText{Name: fetch.ByteLowercase(h.Name), Value: h.Value})
	}
	order.Stable(out, func(a, b HeaderText) int { return strings.Compare(a.Name, b.Name) })
	kept := out[:0]
	for _, h := range out {
		if last := len(kept) - 1; last >= 0 && kept[last].Name == h.Name && h.Name != "set-cookie" {
			kept[last].Value += ", " + h.Value
			continue
		}
		kept = append(kept, h)
	}
	for i := range kept {
		kept[i].Name, kept[i].Value = TextOfBytes(kept[i].Name), TextOfBytes(kept[i].Value)
	}
	return kept
}

// observeRequestHeader returns the headers of a request that an observation
// shows, in the order in which they were sent.
func observeRequestHeader(l, author fetch.HeaderList, boundary string) []HeaderText {
	out := make([]HeaderText, 0, len(l))
	for _, h := range l {
		name := fetch.ByteLowercase(h.Name)
		if leftOut(name) && !author.Contains(name) {
			continue
		}
		// A server does not see white space around a value.
		value := TextOfBytes(fetch.NormalizeHeaderValue(h.Value))
		if name == "content-type" {
			value = hideBoundary(value, boundary)
		}
		out = append(out, HeaderText{Name: TextOfBytes(name), Value: value})
	}
	return out
}

// leftOut reports whether an observation leaves out a request header that the
// author did not set.
func leftOut(name string) bool {
	switch name {
	case "host", "connection", "accept", "accept-encoding", "accept-language", "user-agent", "content-length",
		"transfer-encoding", "upgrade-insecure-requests", "priority", "te", "dnt", "sec-gpc", "pragma", "cache-control":
		return true
	}
	return strings.HasPrefix(name, "sec-ch-")
}
