package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/recipe"
)

// audit is the result of an audit of one URL, for printers.
type audit struct {
	*ask.AuditResult
	call *call
}

// checkAudit refuses flags that an audit cannot use.
func (flags *checkFlags) checkAudit() error {
	for _, name := range []string{"data", "credentials", "mode", "redirect", "repeat", "pause", "each"} {
		if flags.given(name) {
			return errors.New("--audit makes its own requests: leave out -d, --credentials, --mode, --redirect, --repeat, --pause and --each")
		}
	}
	return nil
}

// auditLive audits a live server. The call's page is the one that should be
// allowed.
func auditLive(ctx context.Context, flags *netFlags, c *call) (printable, error) {
	server, err := flags.live(c.Page())
	if err != nil {
		return nil, err
	}
	result, err := ask.Audit(ctx, c.Call, server)
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
	if a.Dead != nil {
		sum = a.Dead.Error()
	}
	return fmt.Sprintf("%s, allowed origin %s: %s", a.URL, a.Origin, sum)
}

func (a *audit) printFull(out *output, _ *recipe.System) {
	fmt.Fprintln(out, a.title())
	for _, f := range a.Findings {
		fmt.Fprintf(out, "\n%s\n", f)
	}
	printList(out, "notes:", a.Notes)
}

func (a *audit) printShort(out *output) {
	fmt.Fprintln(out, a.title())
	for _, f := range a.Findings {
		fmt.Fprintf(out, "  %s: %s: %s\n", f.Severity, f.Code, f.Code.Summary())
	}
}

func (a *audit) sum(count, bad int) string {
	return fmt.Sprintf("%s; %d with a finding worse than info", plural(count, "URL"), bad)
}

// auditLevels maps severities to levels.
var auditLevels = map[corstest.Severity]ciLevel{
	corstest.SeverityHigh: levelError, corstest.SeverityMedium: levelError, corstest.SeverityLow: levelWarning, corstest.SeverityInfo: levelNote,
}

// ci has a test for each finding, and one passing test when there is no finding.
func (a *audit) ci() *ciReport {
	out := &ciReport{title: a.title(), source: a.call.source, url: a.call.URL(), passed: "nothing to repair"}
	for _, f := range a.Findings {
		name := strings.TrimSpace(string(f.Code) + " " + f.Origin)
		_, evidence, _ := strings.Cut(f.String(), "\n")
		out.tests = append(out.tests, name)
		out.findings = append(out.findings, finding{
			rule: rule{string(f.Code), f.Code.Summary(), ""}, level: auditLevels[f.Severity], tests: []string{name},
			verdict: f.Severity.String() + ": " + f.Text, lines: strings.Split(evidence, "\n"),
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
