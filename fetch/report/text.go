package report

import (
	"io"
	"math"
	"slices"

	"github.com/corsim/corsim/fetch/explain/console"
	"github.com/corsim/corsim/fetch/textfmt"
)

// WriteText writes the complete report for people: what [Report.WriteSummary] writes,
// with all causes; then what happened, what a configuration decided and what the
// browsers print.
func (r *Report) WriteText(w io.Writer, style Style) {
	t := newText(w, style)
	t.bodies = r.bodies()
	r.verdicts(t)
	t.list("why:", r.why(math.MaxInt))
	r.repair(t)
	for _, s := range r.stories(r.Groups()) {
		t.story(s, unexplained)
	}
	if c := r.Configuration; c != nil {
		t.list(c.title(), c.lines())
	}
	t.list("what the browsers print:", r.printed())
	t.list("notes:", slices.Concat(r.Notes, r.Remarks))
}

// WriteDetails writes what happened in groups of browsers, and why; then what all
// browsers print, the repair and the notes.
func (r *Report) WriteDetails(w io.Writer, style Style, groups ...Group) {
	t := newText(w, style)
	t.bodies = r.bodies()
	for _, s := range r.stories(groups) {
		t.story(s, explained)
	}
	if c := r.Configuration; c != nil {
		t.list(c.title(), c.lines())
	}
	t.list("what the browsers print:", r.printed())
	r.repair(t)
	t.list("notes:", slices.Concat(r.Notes, r.Remarks))
}

// bodies returns how much of the bodies the text has.
func (r *Report) bodies() bodyLength {
	if r.WholeBodies {
		return wholeBodies
	}
	return shortBodies
}

func newText(w io.Writer, style Style) *text {
	return &text{Writer: w, Style: style, noAnswer: "no answer"}
}

// toldOnce is what happened in the browsers that sent the same requests and got the
// same statuses. Each group of them has a verdict of its own, because browsers check
// in another order.
type toldOnce []Group

// stories returns the groups by what happened.
func (r *Report) stories(groups []Group) []toldOnce {
	var out []toldOnce
	for _, group := range groups {
		at := slices.IndexFunc(out, func(s toldOnce) bool { return s[0][0].wire() == group[0].wire() })
		if at < 0 {
			out = append(out, toldOnce{group})
			continue
		}
		out[at] = append(out[at], group)
	}
	return out
}

// String returns the names of the browsers, separated by commas.
func (s toldOnce) String() string {
	return slices.Concat(s...).String()
}

// explanations says whether a story explains its verdicts.
type explanations uint8

const (
	unexplained explanations = iota
	explained
)

// story writes what happened in some browsers: the exchanges once, and the verdict of
// each group.
func (t *text) story(s toldOnce, why explanations) {
	t.line("\nwhat happened (%s):", s)
	first := s[0][0]
	for i, result := range first.Results {
		if len(first.Results) > 1 {
			t.line("  time %d:", i+1)
		}
		t.told(s).exchanges(first.withoutFailure(result))
		for _, group := range s {
			t.verdict(s, group, i)
			if r := group[0].Results[i]; group[0].HasVerdict() && (why == explained || r.Failure == nil) {
				t.reason(r)
			}
		}
	}
}

// told returns the text for the exchanges of a story. Where the verdicts differ, the
// exchanges do not show which check failed.
func (t *text) told(s toldOnce) *text {
	out := *t
	if s[0][0].Unknown != nil {
		out.noAnswer = "not known"
	}
	out.checks = checksShown
	if len(s) > 1 {
		out.checks = checksHidden
	}
	return &out
}

// verdict writes the verdict of a group of a story on the call with a number.
func (t *text) verdict(s toldOnce, group Group, number int) {
	run := group[0]
	switch {
	case !run.HasVerdict():
		t.line("    = %s", run.Verdict(t.Style))
	case len(s) > 1:
		t.line("    = %s: %s", group, t.Verdict(run.Results[number]))
	default:
		t.line("    = %s", t.finalVerdict(run.Results[number]))
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
			lines = append(lines, textfmt.Sprintf("%s, script: %s", name, Visible(caught)))
		}
		for _, message := range console.Print(result) {
			lines = append(lines, textfmt.Sprintf("%s: %s", name, message))
		}
		if line, ok := console.NetworkLine(result); ok {
			lines = append(lines, textfmt.Sprintf("%s: %s", name, line))
		}
	}
	return lines
}
