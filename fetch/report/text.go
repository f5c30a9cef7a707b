package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/corsim/corsim/fetch/explain/console"
)

// WriteText writes the complete report for people: the verdict of each browser, what
// happened, what the browsers print, the repair and the notes.
func (r *Report) WriteText(w io.Writer, style Style) {
	t := newText(w, style)
	t.line("%s", r.Title())
	for i := range r.Runs {
		t.line("  %-8s %s", r.Runs[i].Profile.Name(), r.Runs[i].Verdict(style))
	}
	r.WriteDetails(w, style, r.Groups()...)
}

// WriteDetails writes what happened in groups of browsers; then what all
// browsers print, the repair and the notes.
func (r *Report) WriteDetails(w io.Writer, style Style, groups ...Group) {
	t := newText(w, style)
	for _, group := range groups {
		t.line("\nwhat happened (%s):", group)
		t.run(group[0])
	}
	if c := r.Configuration; c != nil {
		t.list(c.title(), c.lines())
	}
	t.list("what the browsers print:", r.printed())
	t.list("the smallest repair:", r.Repair.Lines())
	if r.Recipe != nil {
		t.list("with "+r.Recipe.Server+":", strings.Split(strings.TrimSuffix(r.Recipe.Text, "\n"), "\n"))
	}
	t.list("notes:", r.Notes)
}

// WriteShort writes the verdict, on one line if the browsers agree.
func (r *Report) WriteShort(w io.Writer, style Style) {
	t := newText(w, style)
	groups := r.Groups()
	if len(groups) == 1 {
		t.line("%s  %s", r.Title(), groups[0][0].Verdict(style))
		return
	}
	t.line("%s", r.Title())
	for _, group := range groups {
		t.line("  %s: %s", group, group[0].Verdict(style))
	}
}

func newText(w io.Writer, style Style) *text { return &text{w, style, "no answer"} }

// run writes the timeline of each call of a run.
func (t *text) run(run *Run) {
	if run.Unknown != nil {
		t = &text{t.Writer, t.Style, "not known"}
	}
	for i, result := range run.Results {
		if len(run.Results) > 1 {
			t.line("  time %d:", i+1)
		}
		if !run.HasVerdict() {
			t.exchanges(run.withoutFailure(result))
			t.line("    = %s", run.Verdict(t.Style))
			continue
		}
		t.timeline(result)
	}
}

// printed returns what each browser prints about its decisive result.
func (r *Report) printed() []string {
	var lines []string
	for i := range r.Runs {
		if !r.Runs[i].HasVerdict() {
			continue
		}
		result := r.Runs[i].Decisive()
		name := result.Profile.Name()
		if caught, ok := console.ScriptError(result); ok {
			lines = append(lines, fmt.Sprintf("%s, script: %s", name, Visible(caught)))
		}
		for _, message := range console.Print(result) {
			lines = append(lines, fmt.Sprintf("%s: %s", name, message))
		}
	}
	return lines
}
