package conformance

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
)

// Describe returns what an observation shows in the dimension and the step of the
// disagreement. A nil observation is a missing one.
func (d Disagreement) Describe(o *scenario.Observation) string {
	if o == nil {
		return "no observation"
	}
	if d.Step < 0 {
		if len(o.Steps) == 1 {
			return "1 step"
		}
		return fmt.Sprintf("%d steps", len(o.Steps))
	}
	step := &o.Steps[d.Step]
	switch d.Dimension {
	case DimensionOutcome:
		if step.Error.OK {
			return string(step.Outcome) + " (" + step.Error.Value + ")"
		}
		return string(step.Outcome)
	case DimensionResponse:
		return describeResponse(step.Response)
	case DimensionConsole:
		return describeList(step.Console)
	case DimensionIssues:
		return describeList(step.Issues)
	}
	requests := make([]string, len(step.Wire))
	for i := range step.Wire {
		requests[i] = describeRequest(&step.Wire[i], d.Dimension == DimensionMetadata)
	}
	return describeList(requests)
}

func describeRequest(w *scenario.WireObservation, metadata bool) string {
	text := w.Method + " " + w.URL
	for _, h := range w.Header {
		isMetadata := h.Name == "referer" || strings.HasPrefix(h.Name, "sec-fetch-")
		if isMetadata == metadata {
			text += fmt.Sprintf(" [%s: %s]", h.Name, h.Value)
		}
	}
	if w.Body != "" && !metadata {
		text += " " + quoteShort(w.Body)
	}
	return text
}

func describeResponse(r *scenario.ResponseObservation) string {
	if r == nil {
		return "no response"
	}
	text := fmt.Sprintf("%s %d %s", r.Type, r.Status, r.URL)
	if r.Redirected {
		text += " redirected"
	}
	for _, h := range r.Header {
		text += fmt.Sprintf(" [%s: %s]", h.Name, h.Value)
	}
	return text + " " + quoteShort(r.Body)
}

func describeList(list []string) string {
	if len(list) == 0 {
		return "nothing"
	}
	return strings.Join(list, " | ")
}

// quoteShort quotes a value, and cuts a long one.
func quoteShort(s string) string {
	const most = 100
	if len(s) > most {
		return fmt.Sprintf("%q…", s[:most])
	}
	return fmt.Sprintf("%q", s)
}
