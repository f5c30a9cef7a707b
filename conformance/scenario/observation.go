package scenario

import (
	"strings"

	"github.com/corsim/corsim/fetch/textfmt"
)

// Observation is what one engine did with a scenario. All its strings are
// text as in the file; [TextOfBytes] makes such text of bytes.
type Observation struct {
	Name   string
	Engine string
	Steps  []StepObservation
	// Failed says why a recorder could not run the scenario. Such an observation
	// says nothing about the engine.
	Failed Optional[string]
}

// Family returns the part of the name before its number, as [Scenario.Family]
// does.
func (o *Observation) Family() string { return family(o.Name) }

// StepObservation is what one step came to.
type StepObservation struct {
	Outcome Outcome
	// Error is the engine's own text, where there is one.
	Error Optional[string]
	// Response is what script sees; nil but with [OutcomeResponse].
	Response *ResponseObservation
	// Wire holds every request that reached a server in this step, in order.
	Wire []WireObservation
	// Console holds the engine's messages, in order.
	Console []string
	// Issues holds the engine's machine-readable reasons.
	Issues []string
	// Audits holds what Chromium's developer tools list as issues. They are no
	// verdicts: some are there for requests that succeeded.
	Audits []string
	// Protocol is the subprotocol of a WebSocket; "" if there is none.
	Protocol string
	// Readable says whether the document could read a frame or an image, and Message
	// is what a frame posted to it.
	Readable Optional[bool]
	Message  Optional[string]
	// ReadError is the exception of an attempt to read an image in a canvas.
	ReadError Optional[string]
}

// ResponseObservation is a response as script sees it.
type ResponseObservation struct {
	Type       string // a response type, or "xhr"
	Status     int
	URL        string
	Redirected bool
	Header     []HeaderText // lower-case names, sorted, one entry a name
	Body       string
	// BodyError says that reading the body failed, and how.
	BodyError Optional[string]
}

// WireObservation is a request as it reached a server.
type WireObservation struct {
	Method string
	URL    string
	Header []HeaderText // lower-case names
	Body   string
}

// HeaderText is a header's name and value as text.
type HeaderText struct {
	Name, Value string
}

// Outcome is the word for what a step came to, as it is seen from outside. It is
// less than [browser.Outcome], which says whether script may use what was loaded:
// that an element loaded is all that a recorder sees of it. [OutcomeOf] converts.
type Outcome string

// The outcomes.
const (
	// OutcomeResponse: fetch() or XMLHttpRequest got a response.
	OutcomeResponse Outcome = "response"
	// OutcomeError: rejected, an error event, a network error.
	OutcomeError Outcome = "error"
	// OutcomeThrows: the call itself threw and nothing was sent.
	OutcomeThrows Outcome = "throws"
	// OutcomeLoad: an element loaded.
	OutcomeLoad Outcome = "load"
	// OutcomeStyled: a box has a background from a style sheet, whatever loaded.
	OutcomeStyled Outcome = "styled"
	// OutcomeOpen: an EventSource is open.
	OutcomeOpen Outcome = "open"
	// OutcomeSent: sendBeacon() returned true.
	OutcomeSent Outcome = "sent"
	// OutcomeRefused: sendBeacon() returned false.
	OutcomeRefused Outcome = "refused"
	// OutcomeTimeout: an XMLHttpRequest fired the event timeout.
	OutcomeTimeout Outcome = "timeout"
	// OutcomeWaited: time passed.
	OutcomeWaited Outcome = "waited"
	// OutcomePage: another document was opened.
	OutcomePage Outcome = "page"
)

// ErrorTimeout is the error of a step in which nothing happened for six seconds, not even
// an error: its outcome is [OutcomeError].
const ErrorTimeout = "timeout"

var outcomes = [...]Outcome{
	OutcomeResponse, OutcomeError, OutcomeThrows, OutcomeLoad, OutcomeStyled, OutcomeOpen, OutcomeSent, OutcomeRefused, OutcomeTimeout, OutcomeWaited, OutcomePage,
}

// ParseOutcome returns the outcome whose word is s. The error for an unknown word
// lists the known ones.
func ParseOutcome(s string) (Outcome, error) {
	for _, o := range outcomes {
		if string(o) == s {
			return o, nil
		}
	}
	known := make([]string, len(outcomes))
	for i, o := range outcomes {
		known[i] = string(o)
	}
	return "", textfmt.Errorf("unknown outcome %s; known: %s", Quote(s), strings.Join(known, ", "))
}
