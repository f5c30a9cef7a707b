package report

import (
	"io"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
	"github.com/corsim/corsim/fetch/textfmt"
	"github.com/corsim/corsim/origin"
)

// Story is everything that one page did in one browser, step by step.
type Story struct {
	// Title names the story, Note says what it shows; both may be empty.
	Title, Note string
	// Page is the URL of the page.
	Page string
	// Sandboxed reports whether the page is in a sandbox, so that its origin is
	// opaque.
	Sandboxed bool
	Profile   *browser.Profile
	// Browsers names the browsers that did the same; empty means the one of Profile.
	Browsers string
	Steps    []Step
}

// Step is one step of a [Story]: a call, or a pause.
type Step struct {
	// Call says what the page did, such as "fetch PUT https://api.example.com/".
	Call string
	// ScriptHeaders holds the names of the headers that script set.
	ScriptHeaders []string
	// Result is nil for a pause.
	Result *browser.Result
	// Open says why there is no verdict; empty when there is one.
	Open string
	// Reasons holds why browsers blocked the request, each with their names, when they
	// have different reasons.
	Reasons []string
	// Pause is the length of a pause.
	Pause time.Duration
	// Repair is the smallest change to the server; nil if there is none.
	Repair *explain.Repair
	// Recipe is the repair as a configuration; nil if there is none.
	Recipe *Recipe
}

// Recipe is a repair as the configuration of a server.
type Recipe struct {
	// Server is the server's name, Word its short name, and Text the configuration.
	Server, Word, Text string
}

// Verdict returns the result of a step in one phrase.
func (s *Step) Verdict(style Style) string {
	if s.Result == nil {
		return "waited " + seconds(s.Pause)
	}
	return style.Verdict(s.Result)
}

// origin returns the page's origin as the Origin header has it.
func (s *Story) origin() string {
	if s.Sandboxed {
		return "null (sandboxed)"
	}
	u, err := origin.ParseURL(s.Page)
	if err != nil {
		return s.Page
	}
	return u.Origin().String()
}

// WriteText writes the whole story for people: for each step what was sent,
// what came back, the verdict and why, what the browser prints, and the repair.
func (s *Story) WriteText(w io.Writer, style Style) {
	t := &text{Writer: w, Style: style, noAnswer: "no answer: the server has no rule for this request"}
	if s.Note != "" {
		t.line("  %s", s.Note)
	}
	page := s.Page
	if s.Sandboxed {
		page += " (sandboxed: its origin is opaque)"
	}
	t.line("  page %s", page)
	for i := range s.Steps {
		step := &s.Steps[i]
		t.line("  step %d: %s", i+1, step.Call)
		if step.Result != nil {
			t.step(step)
		}
	}
}

func (t *text) step(step *Step) {
	t.timeline(step.Result)
	if caught, ok := console.ScriptError(step.Result); ok {
		t.line("      script: %s", Visible(caught))
	}
	for _, message := range console.Print(step.Result) {
		t.line("      console: %s", message)
	}
	if line, ok := console.NetworkLine(step.Result); ok {
		t.line("      console: %s", line)
	}
	if step.Repair != nil {
		label := "repair: "
		for _, line := range step.Repair.Lines() {
			t.line("      %s%s", label, line)
			label = strings.Repeat(" ", len(label))
		}
	}
	if step.Recipe != nil {
		for line := range strings.Lines(step.Recipe.Text) {
			textfmt.Fprintf(t.Writer, "      %s: %s", step.Recipe.Word, line)
		}
	}
}

func seconds(d time.Duration) string { return textfmt.Sprintf("%g s", d.Seconds()) }
