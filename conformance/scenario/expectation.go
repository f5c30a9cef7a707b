package scenario

import (
	"slices"
	"strings"
)

// Case is what a test says about a scenario.
type Case struct {
	// Source names the test's file and subtest.
	Source string
	// AlsoCovers names other subtests of the same content.
	AlsoCovers []string
	// KnownFail names the engines that are recorded to fail the test.
	KnownFail []string
	// Tentative reports whether the test's authors call it tentative.
	Tentative bool
	Note      string
	// Expect is what the test asserts; nil where it asserts nothing.
	Expect *Expectation
	// Otherwise says what engines of KnownFail do instead. It may leave engines
	// out.
	Otherwise []EngineExpectation
}

// IsKnownFail reports whether an engine is recorded to fail the test. The engine
// is the one of an observation, whose first word is the engine's name.
func (c *Case) IsKnownFail(engine string) bool {
	name, _, _ := strings.Cut(engine, " ")
	return slices.Contains(c.KnownFail, name)
}

// EngineExpectation is what one engine does instead of what the test asserts.
type EngineExpectation struct {
	Engine string
	Expect *Expectation
}

// Expectation is what a test asserts: the i-th element belongs to step i.
type Expectation struct {
	Steps []StepExpectation
}

// StepExpectation is what a test asserts about one step. An absent or empty field
// asserts nothing. Strings are text as in an [Observation].
type StepExpectation struct {
	Outcome Optional[Outcome]

	// Of the response as script sees it:
	Type           Optional[string] // not asserted of XMLHttpRequest
	Status         Optional[int]
	URL            Optional[string]
	Redirected     Optional[bool]
	Body           Optional[string]
	HeadersVisible []HeaderText // equal names joined with ", "
	HeadersPresent []string
	HeadersHidden  []string
	HeadersEmpty   bool

	// Wire holds every request of the step, in order.
	Wire Optional[[]WireExpectation]
	// WireIncludes holds requests that reached the server in this order. There may
	// be others between them.
	WireIncludes []WireExpectation
	// WireExcludes holds requests that did not reach the server.
	WireExcludes []WireExpectation
}

// WireExpectation is what a test asserts of one request on the wire.
type WireExpectation struct {
	Method        string
	URL           Optional[string]
	Headers       []HeaderText
	HeadersAbsent []string
	HeadersNot    []HeaderText // values that the headers must not have
	Body          Optional[string]
}
