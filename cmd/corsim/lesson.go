package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
)

// lesson prints the guide for people, with its headings.
type lesson struct {
	// heading is the path of the last printed heading.
	heading []string
	// brief reports whether each scenario has one line.
	brief bool
}

const lessonIntroduction = `A guide to CORS for beginners, with every example run. Each remark says whether the guide is right or wrong
or leaves something out, and whether a configuration works, is broken or is dangerous.
✓ script got what it asked for   ✗ it did not   ○ it got a response that it cannot read
`

// briefIntroduction comes before the examples in brief.
const briefIntroduction = `
corsim run --only NAME guide plays one example: what is sent, what comes back, and why. NAME may be a pattern, such
as guide-error-*; '*' plays the whole guide. -v prints every header.
`

// lessonWidth is the width of the lines of a remark.
const lessonWidth = 100

// remarkColours are the colours of the first words of remarks.
var remarkColours = map[string]colour{
	"right": green, "works": green, "wrong": yellow, "broken": red, "dangerous": red, "more": faint,
}

// printHeadings prints the headings of a scenario that are not yet printed.
func (l *lesson) printHeadings(out *output, s *scenario.Scenario) {
	path := strings.Split(s.Case.Source, " > ")
	same := 0
	for same < len(path) && same < len(l.heading) && path[same] == l.heading[same] {
		same++
	}
	for i := same; i < len(path); i++ {
		mark := strings.Repeat("=", max(1, 3-i))
		fmt.Fprintf(out, "\n%s %s %s\n", mark, path[i], mark)
	}
	l.heading = path
}

// print prints a scenario of the lesson in brief, or its name, its remark, and for each
// step the call, what was sent and the verdict.
func (l *lesson) print(out *output, r *scenario.Run) {
	if l.brief {
		printExample(out, r)
		return
	}
	s := r.Scenario
	page := s.Page
	if s.Sandboxed {
		page += " (sandboxed)"
	}
	fmt.Fprintf(out, "\n%s  on %s\n", s.Name, page)
	printRemark(out, s.Case.Note)
	steps := answer.Story(r).Steps
	for i := range steps {
		step := &steps[i]
		if step.Result == nil {
			fmt.Fprintf(out, "  · %s\n", step.Call)
			continue
		}
		fmt.Fprintf(out, "  %s %s\n", lessonMark(out, step.Result.Outcome), step.Call)
		fmt.Fprintf(out, "    sent: %s\n", lessonWire(step.Result))
		fmt.Fprintf(out, "    %s\n", lessonVerdict(out, step))
	}
	printOthers(out, r)
}

// briefWidth is the width of the lines of a lesson in brief.
const briefWidth = 120

// printExample prints a scenario of the lesson in one line: what its steps lead to, its
// name and the beginning of its remark.
func printExample(out *output, r *scenario.Run) {
	marks, width := "", 0
	for _, step := range answer.Story(r).Steps {
		if step.Result != nil {
			marks += lessonMark(out, step.Result.Outcome)
			width++
		}
	}
	head := fmt.Sprintf("%s%s %-20s ", marks, strings.Repeat(" ", max(0, 3-width)), r.Scenario.Name)
	lines := remarkLines(r.Scenario.Case.Note, briefWidth-26)
	if len(lines) > 1 {
		lines[0] += " …"
	}
	fmt.Fprintf(out, "%s%s\n", head, paintRemark(out, lines[0]))
}

// paintRemark returns the first line of a remark with its first word in colour.
func paintRemark(out *output, line string) string {
	if word, rest, ok := strings.Cut(line, ":"); ok && remarkColours[word] != "" {
		return out.paint(remarkColours[word], word) + ":" + rest
	}
	return line
}

// printRemark prints a note with its first word in colour.
func printRemark(out *output, note string) {
	for i, line := range remarkLines(note, lessonWidth-2) {
		if i == 0 {
			line = paintRemark(out, line)
		}
		fmt.Fprintf(out, "  %s\n", line)
	}
}

// remarkLines breaks a text between words into lines of at most width characters.
func remarkLines(text string, width int) []string {
	var out []string
	for _, word := range strings.Fields(text) {
		if n := len(out); n > 0 && utf8.RuneCountInString(out[n-1])+1+utf8.RuneCountInString(word) <= width {
			out[n-1] += " " + word
			continue
		}
		out = append(out, word)
	}
	return out
}

func lessonMark(out *output, o browser.Outcome) string {
	switch o {
	case browser.Shared, browser.Queued:
		return out.paint(green, "✓")
	case browser.Opaque:
		return out.paint(yellow, "○")
	}
	return out.paint(red, "✗")
}

// lessonWire says which requests reached the server, and how it responded.
func lessonWire(r *browser.Result) string {
	var sent []string
	for i := range r.Trace.Exchanges {
		e := &r.Trace.Exchanges[i]
		text := e.Request.Method
		if e.Kind == browser.ExchangePreflight {
			text += " (the preflight)"
		}
		if _, ok := e.Request.Header.Get("cookie"); ok {
			text += " with the cookie"
		}
		if e.Response == nil {
			text += ", no response"
		} else {
			text += fmt.Sprintf(", response %d", e.Response.Status)
		}
		sent = append(sent, text)
	}
	if len(sent) == 0 {
		return "nothing"
	}
	return strings.Join(sent, "; then ")
}

// lessonVerdict returns a step's verdict in words for beginners.
func lessonVerdict(out *output, step *report.Step) string {
	text := step.Verdict(out.style())
	element := step.Result.API == browser.APIElement
	switch o := step.Result.Outcome; {
	case element && (o == browser.Shared || o == browser.Opaque):
		return out.paint(green, "loaded")
	case o == browser.Shared:
		return text + ": script reads the response"
	case o == browser.Opaque:
		return text + ": script sees nothing of the response"
	}
	return text
}

// printOthers says which engines differ from the standard.
func printOthers(out *output, r *scenario.Run) {
	c := r.Scenario.Case
	switch {
	case c.IsKnownFail(r.Profile.Name()):
		fmt.Fprintf(out, "  %s %s differs from the standard here\n", out.paint(yellow, "≠"), r.Profile.Name())
	case len(c.KnownFail) == 1:
		fmt.Fprintf(out, "  %s %s differs\n", out.paint(yellow, "≠"), c.KnownFail[0])
	case len(c.KnownFail) > 1:
		last := len(c.KnownFail) - 1
		fmt.Fprintf(out, "  %s %s and %s differ\n", out.paint(yellow, "≠"), strings.Join(c.KnownFail[:last], ", "), c.KnownFail[last])
	}
}
