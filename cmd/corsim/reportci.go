package main

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// ciReport is a report for services of continuous integration.
type ciReport struct {
	title  string
	source listedURL // the place of the URL in the input
	url    origin.URL
	// tests are the names of the tests: browsers, or an audit's findings.
	tests    []string
	findings []finding
	// passed is the text when there is no finding.
	passed string
	// notes say what the report does not cover, and what was assumed.
	notes []string
}

// finding is one problem.
type finding struct {
	rule  rule
	level ciLevel
	// tests holds the names of the tests that fail because of it.
	tests   []string
	verdict string
	lines   []string // why, and how to repair it
	// at is the place in a configuration; zero is that of the report.
	at server.Position
	// fix says what to do, and edits are changes of files that do it.
	fix   string
	edits []server.Edit
}

// rule is a kind of finding.
type rule struct {
	name        string
	description string
	help        string // a URL; "" is none
}

// ciLevel is the level of a finding, as in SARIF.
type ciLevel string

const (
	levelError   ciLevel = "error"
	levelWarning ciLevel = "warning"
	levelNote    ciLevel = "note" // no test fails because of it
)

// ci has a test for each engine, and a finding for each group of engines with equal
// results.
func (r *callReport) ci() *ciReport {
	out := &ciReport{title: r.Title(), source: r.call.source, url: r.call.URL(), passed: r.Runs[0].Verdict(report.Style{}), notes: r.Notes}
	if at := r.decisive(); at.File != "" {
		out.source = listedURL{file: at.File, line: max(at.Line, 1)}
	}
	for i := range r.Runs {
		out.tests = append(out.tests, r.Runs[i].Profile.Name())
	}
	for _, group := range r.Groups() {
		if group[0].IsBlocked() {
			out.findings = append(out.findings, r.finding(group))
		}
	}
	return out
}

// decisive returns the position in the configuration that decided the verdict, or that
// the verdict lacks; zero for other servers.
func (r *callReport) decisive() server.Position {
	for i := range r.Runs {
		if u := r.Runs[i].Unknown; u != nil && u.Position.File != "" {
			return u.Position
		}
	}
	if r.Configuration == nil {
		return server.Position{}
	}
	return r.Configuration.Decisive()
}

// finding returns the finding for a group of engines with equal results.
func (r *callReport) finding(group report.Group) finding {
	f := finding{
		rule:  openRule(group[0]),
		level: levelError, verdict: group[0].Verdict(report.Style{}),
	}
	for _, run := range group {
		f.tests = append(f.tests, run.Profile.Name())
	}
	if result := group[0].Decisive(); group[0].HasVerdict() {
		reason := result.Failure.Reason
		f.rule = rule{string(reason), explain.ExplainReason(reason).Sentence, result.Failure.Step.URL()}
		f.lines = explain.Why(result)
	}
	if lines := r.Repair.Lines(); len(lines) > 0 {
		f.lines = append(append(f.lines, "the smallest repair:"), lines...)
	}
	return f
}

// unknownRule is the rule for a verdict that depends on something unknown.
var unknownRule = rule{report.Unknown, "The configuration does not say something that the verdict depends on.", ""}

// openRule is the rule for a run without a verdict.
func openRule(run *report.Run) rule {
	if run.Unknown != nil {
		return unknownRule
	}
	return rule{report.Unanswered, "The input lacks a response that the verdict depends on.", ""}
}

// position returns the place of a finding: its own, or that of the report.
func (r *ciReport) position(f *finding) server.Position {
	if f.at.File != "" && f.at.Line > 0 {
		return f.at
	}
	return server.Position{File: r.source.file, Line: r.source.line}
}

// text returns the finding in several lines. The first line is its verdict.
func (f *finding) text() string {
	first := f.verdict + " (" + strings.Join(f.tests, ", ") + ")"
	return strings.Join(append([]string{first}, f.lines...), "\n")
}

// githubPrinter prints workflow commands, which GitHub Actions shows as
// annotations.
type githubPrinter struct{ out *output }

func newGitHubPrinter(out *output) *githubPrinter {
	out.under.commands = true
	return &githubPrinter{out}
}

// githubWords are the commands for each level.
var githubWords = map[ciLevel]string{levelError: "error", levelWarning: "warning", levelNote: "notice"}

func (p *githubPrinter) print(r printable) error {
	report := r.ci()
	if len(report.findings) == 0 {
		fmt.Fprintln(p.out, report.title+": "+report.passed)
	}
	for _, f := range report.findings {
		place := ""
		if at := report.position(&f); at.File != "" {
			place = fmt.Sprintf("file=%s,line=%d,", githubValue(at.File), at.Line)
		}
		p.command(githubWords[f.level], place, f.verdict, report.title+"\n"+f.text())
	}
	for _, note := range report.notes {
		p.command(githubWords[levelNote], "", "note", report.title+"\n"+note)
	}
	return nil
}

// command writes a workflow command. The output keeps its first error.
func (p *githubPrinter) command(word, place, title, text string) {
	fmt.Fprintf(p.out, "::%s %stitle=%s::%s\n", word, place, githubValue("corsim: "+title), githubData(text))
}

func (p *githubPrinter) finish() error { return nil }

// githubData escapes the text of a workflow command.
func githubData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// githubValue escapes a property of a workflow command.
func githubValue(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
