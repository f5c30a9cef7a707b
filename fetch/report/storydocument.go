package report

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// StoryDocument is a [Story] as JSON.
type StoryDocument struct {
	Version int `json:"version"`
	// Name is the name of the scenario.
	Name string `json:"name"`
	// Page is the page's URL.
	Page   string         `json:"page"`
	Engine string         `json:"engine"`
	Steps  []StepDocument `json:"steps"`
	// SVG is the sequence diagram.
	SVG string `json:"svg,omitempty"`
}

// StepDocument is a [Step] as JSON.
type StepDocument struct {
	// Call says what the page did.
	Call string `json:"call"`
	// Verdict is the result in one phrase.
	Verdict string `json:"verdict"`
	// Result is absent for a pause.
	Result *Result `json:"result,omitzero"`
	// Repair is the smallest change to the server; absent if nothing was blocked.
	Repair *StepRepair `json:"repair,omitzero"`
	// Recipe is the repair as the configuration of a server.
	Recipe string `json:"recipe,omitempty"`
}

// StepRepair is the smallest change to the server after which a step is shared.
type StepRepair struct {
	// Possible reports whether a change to the server can help.
	Possible bool     `json:"possible"`
	Lines    []string `json:"lines"`
	// Changes holds the changes, and what should accompany them.
	Changes []ChangeDocument `json:"changes,omitempty"`
}

// ChangeDocument is one change to one response of a server.
type ChangeDocument struct {
	// Preflight, Method and URL name the request whose response changes.
	Preflight bool   `json:"preflight,omitzero"`
	Method    string `json:"method"`
	URL       string `json:"url"`
	// Op is set, remove, status or another word of package server.
	Op     string `json:"op"`
	Header string `json:"header,omitempty"`
	Value  string `json:"value,omitempty"`
}

// Document returns the story in the form of its JSON, without a diagram.
func (s *Story) Document() *StoryDocument {
	out := &StoryDocument{Version: Version, Name: s.Title, Page: s.Page, Engine: s.Profile.Name()}
	for i := range s.Steps {
		step := &s.Steps[i]
		d := StepDocument{Call: step.Call, Verdict: step.Verdict(Style{})}
		if step.Result != nil {
			r := NewResult(step.Result)
			d.Result = &r
		}
		if step.Repair != nil {
			d.Repair = &StepRepair{Possible: step.Repair.IsPossible(), Lines: step.Repair.Lines()}
			for _, changes := range [][]server.Change{step.Repair.Changes, step.Repair.Advice} {
				for _, c := range changes {
					d.Repair.Changes = append(d.Repair.Changes, newChange(c))
				}
			}
		}
		if step.Recipe != nil {
			d.Recipe = step.Recipe.Text
		}
		out.Steps = append(out.Steps, d)
	}
	return out
}

// Draw adds the diagram of a story to its document.
func (d *StoryDocument) Draw(s *Story) {
	var out strings.Builder
	s.WriteSVG(&out)
	d.SVG = out.String()
}

func newChange(c server.Change) ChangeDocument {
	return ChangeDocument{
		Preflight: c.Target.Preflight, Method: c.Target.Method, URL: c.Target.URL, Op: string(c.Op),
		Header: fetch.IsomorphicDecode(c.Header), Value: fetch.IsomorphicDecode(c.Value),
	}
}

// AppendJSON appends the story as one line of JSON, without the newline.
func (d *StoryDocument) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.open('{')
	e.number("version", d.Version)
	e.text("name", d.Name)
	e.text("page", d.Page)
	e.text("engine", d.Engine)
	array(e, "steps", d.Steps, e.step)
	e.textIf("svg", d.SVG)
	e.close('}')
	return e.out
}

func (e *encoder) step(s *StepDocument) {
	e.open('{')
	e.text("call", s.Call)
	e.text("verdict", s.Verdict)
	if s.Result != nil {
		e.name("result")
		e.result(s.Result)
	}
	if s.Repair != nil {
		e.repair(s.Repair.Possible, s.Repair.Lines, s.Repair.Changes)
	}
	e.textIf("recipe", s.Recipe)
	e.close('}')
}

func (e *encoder) change(c *ChangeDocument) {
	e.open('{')
	e.boolIf("preflight", c.Preflight)
	e.text("method", c.Method)
	e.text("url", c.URL)
	e.text("op", c.Op)
	e.textIf("header", c.Header)
	e.textIf("value", c.Value)
	e.close('}')
}

// AppendJSON appends the request as one line of JSON, without the newline.
func (r *Request) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.request(r)
	return e.out
}
