package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/lint"
	"github.com/corsim/corsim/fetch/server/recipe"
)

// audit is the result of an audit of one URL, for printers.
type audit struct {
	*ask.AuditResult
	call *call
}

// checkAudit refuses flags that an audit cannot use.
func (flags *checkFlags) checkAudit() error {
	for _, name := range []string{"data", "mode", "redirect", "repeat", "each", "any-origin"} {
		if flags.given(name) {
			return errors.New("--audit makes its own requests: leave out -d, --mode, --redirect, --repeat, --each and --any-origin")
		}
	}
	return nil
}

// auditLive returns a function that audits a live server. The call's page is the one
// that should be allowed.
func (flags *checkFlags) auditLive(ctx context.Context, net *netFlags, c *call) (printable, error) {
	server, err := net.live(c.Page())
	if err != nil {
		return nil, err
	}
	result, err := ask.Audit(ctx, c.Call, server, ask.AuditOptions{Pause: flags.pause})
	if err != nil {
		return nil, err
	}
	result.Notes = server.noted()
	return &audit{result, c}, nil
}

func (a *audit) isBad() bool { return a.IsBad() }

// AppendJSON appends the audit as one line of JSON.
func (a *audit) AppendJSON(out []byte) []byte { return a.Document().AppendJSON(out) }

// title is the heading of the audit.
func (a *audit) title() string {
	sum := plural(len(a.Findings), "finding")
	switch {
	case a.Dead != nil:
		sum = a.Dead.Error()
	case len(a.Incomplete) > 0:
		sum = "incomplete, " + sum
	}
	return fmt.Sprintf("%s, allowed origin %s: %s", a.URL, a.Origin, sum)
}

// tried says how much was asked.
func (a *audit) tried() string {
	return fmt.Sprintf("tried: %s of pages, %s sent", plural(a.Questions, "request"), plural(a.Sent, "request"))
}

func (a *audit) printFull(out *output, system *recipe.System) {
	fmt.Fprintln(out, a.title())
	for _, f := range a.Findings {
		fmt.Fprintf(out, "\n%s\n", f)
	}
	if text := a.recipe(system); text != "" {
		fmt.Fprintf(out, "\nconfiguration of %s that allows %s and no other origin:\n%s", system.Name(), a.Origin, text)
	}
	printList(out, "incomplete:", a.Incomplete)
	if a.Dead == nil {
		fmt.Fprintln(out, a.tried())
	}
	printList(out, "notes:", a.Notes)
}

// recipe returns the configuration that allows what the page needs; "" when it is
// not asked for, or nothing that it would change was found.
func (a *audit) recipe(system *recipe.System) string {
	if system == nil || a.Need.IsZero() {
		return ""
	}
	for _, f := range a.Findings {
		if f.Severity > lint.Advice {
			return recipe.Write(*system, a.Need)
		}
	}
	return ""
}

func (a *audit) printShort(out *output) {
	fmt.Fprintln(out, a.title())
	for _, f := range a.Findings {
		fmt.Fprintf(out, "  %s: %s: %s\n", f.Severity, f.Rule, summaryOf(f.Rule))
	}
	for _, text := range a.Incomplete {
		fmt.Fprintf(out, "  incomplete: %s\n", text)
	}
}

// summaryOf returns what a rule is about.
func summaryOf(id string) string {
	r, _ := lint.RuleByID(id)
	return r.Title
}

func (a *audit) sum(count, bad int) string {
	return fmt.Sprintf("%s; %d with a finding worse than advice, or incomplete", plural(count, "URL"), bad)
}

// auditLevels maps severities to levels.
var auditLevels = map[lint.Severity]ciLevel{
	lint.Danger: levelError, lint.Broken: levelError, lint.Fragile: levelWarning, lint.Advice: levelNote,
}

// ci has a test for each finding, and one passing test when there is no finding.
func (a *audit) ci() *ciReport {
	out := &ciReport{title: a.title(), source: a.call.source, url: a.call.URL(), passed: "nothing to repair", notes: a.Notes}
	for _, f := range a.Findings {
		name := strings.TrimSpace(f.Rule + " " + f.Origin)
		_, evidence, _ := strings.Cut(f.String(), "\n")
		out.tests = append(out.tests, name)
		out.findings = append(out.findings, finding{
			rule: rule{f.Rule, summaryOf(f.Rule), ""}, level: auditLevels[f.Severity], tests: []string{name},
			verdict: f.Severity.String() + ": " + f.Text, lines: strings.Split(evidence, "\n"),
		})
	}
	for _, text := range a.Incomplete {
		out.tests = append(out.tests, "incomplete")
		out.findings = append(out.findings, finding{
			rule: rule{"incomplete", "The audit could not ask everything.", ""}, level: levelError, tests: []string{"incomplete"}, verdict: "incomplete: " + text,
		})
	}
	if len(out.tests) == 0 {
		out.tests = []string{"audit"}
	}
	if a.Dead != nil {
		why := rule{"no-answer", "The server does not answer.", ""}
		if _, ok := errors.AsType[*server.UnknownError](a.Dead); ok {
			why = unknownRule
		}
		out.findings = []finding{{
			rule: why, level: levelError, tests: out.tests, verdict: a.Dead.Error(),
		}}
	}
	return out
}
