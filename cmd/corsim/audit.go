package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// audit is what an audit of one URL found.
type audit struct {
	call     *call
	findings []corstest.Finding
	notes    []string
	// dead is why the server was given up; nil when it was not.
	dead error
}

// checkAudit says what an audit has no use for.
func (flags *checkFlags) checkAudit() error {
	for _, name := range []string{"data", "credentials", "mode", "redirect", "repeat", "pause", "each"} {
		if flags.given(name) {
			return errors.New("--audit makes its own requests: leave out -d, --credentials, --mode, --redirect, --repeat, --pause and --each")
		}
	}
	return nil
}

// auditLive tries attacks on a live server with the origin that is meant to be
// allowed.
func auditLive(ctx context.Context, flags *netFlags, c *call) (printable, error) {
	server, err := flags.live(c.page)
	if err != nil {
		return nil, err
	}
	var profiles []*browser.Profile
	for _, p := range c.profiles {
		if p.Engine() != browser.EngineNone {
			profiles = append(profiles, p)
		}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	findings, err := corstest.Audit(ctx, &givesUp{next: server, cancel: cancel}, corstest.Target{
		URL: c.url.String(), Origin: c.origin(), Method: c.init.Method, Header: c.init.Header, Cookies: c.cookies, Profiles: profiles,
	})
	a := &audit{call: c, findings: findings, notes: server.noted()}
	if errors.As(context.Cause(ctx), new(*noAnswerError)) {
		a.dead, err = context.Cause(ctx), nil
	}
	return a, err
}

// givesUp ends an audit of a server that does not answer: it asks dozens of
// times, and each would wait.
type givesUp struct {
	next   fetch.Transport
	cancel context.CancelCauseFunc
	failed int // in a row
}

// maxFailed is how many requests in a row may go without an answer: one alone
// may be a filter's doing.
const maxFailed = 3

// RoundTrip sends one request.
func (t *givesUp) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	resp, err := t.next.RoundTrip(ctx, req)
	if err == nil {
		t.failed = 0
		return resp, nil
	}
	if t.failed++; t.failed == maxFailed {
		t.cancel(&noAnswerError{err})
	}
	return nil, err
}

// noAnswerError is why a server is given up.
type noAnswerError struct{ cause error }

// Error says what came in the place of an answer.
func (e *noAnswerError) Error() string { return "no answer: " + e.cause.Error() }

// isBad reports whether something was found that is worse than good to know.
func (a *audit) isBad() bool {
	return a.dead != nil || slices.ContainsFunc(a.findings, func(f corstest.Finding) bool { return f.Severity > corstest.SeverityInfo })
}

// title is what an audit stands under.
func (a *audit) title() string {
	sum := plural(len(a.findings), "finding")
	if a.dead != nil {
		sum = a.dead.Error()
	}
	return fmt.Sprintf("%s, meant for %s: %s", a.call.url, a.call.origin(), sum)
}

func (a *audit) printFull(out *output, _ *explain.Server) {
	fmt.Fprintln(out, a.title())
	for _, f := range a.findings {
		fmt.Fprintf(out, "\n%s\n", f)
	}
	printList(out, "notes:", a.notes)
}

func (a *audit) printShort(out *output) {
	fmt.Fprintln(out, a.title())
	for _, f := range a.findings {
		fmt.Fprintf(out, "  %s: %s: %s\n", f.Severity, f.Code, f.Code.Summary())
	}
}

func (a *audit) sum(count, bad int) string {
	return fmt.Sprintf("%s; %d with more than info", plural(count, "URL"), bad)
}

// auditView is an audit as JSON.
type auditView struct {
	URL      string        `json:"url"`
	Origin   string        `json:"origin"`
	Findings []findingView `json:"findings"`
	Error    string        `json:"error,omitempty"` // why the server was given up
	Notes    []string      `json:"notes,omitempty"`
}

type findingView struct {
	Code        string       `json:"code"`
	Severity    string       `json:"severity"`
	Text        string       `json:"text"`
	Origin      string       `json:"origin,omitempty"`
	SharedIn    []string     `json:"sharedIn"`
	CookiesIn   []string     `json:"cookiesIn"`
	Credentials bool         `json:"credentials"`
	Evidence    exchangeView `json:"evidence"`
}

func (a *audit) view() any {
	v := auditView{URL: a.call.url.String(), Origin: a.call.origin(), Findings: []findingView{}, Notes: a.notes}
	if a.dead != nil {
		v.Error = a.dead.Error()
	}
	for i := range a.findings {
		f := &a.findings[i]
		v.Findings = append(v.Findings, findingView{
			Code: string(f.Code), Severity: f.Severity.String(), Text: f.Text, Origin: f.Origin,
			SharedIn: append([]string{}, f.SharedIn...), CookiesIn: append([]string{}, f.CookiesIn...),
			Credentials: f.Credentials, Evidence: newExchangeView(&f.Evidence),
		})
	}
	return v
}

// auditLevels are the levels of severities.
var auditLevels = map[corstest.Severity]ciLevel{
	corstest.SeverityHigh: levelError, corstest.SeverityMedium: levelError, corstest.SeverityLow: levelWarning, corstest.SeverityInfo: levelNote,
}

// ci has a test a finding, and one that passes where there is none.
func (a *audit) ci() *ciReport {
	out := &ciReport{title: a.title(), source: a.call.source, url: a.call.url, passed: "nothing to mend"}
	for _, f := range a.findings {
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
	if a.dead != nil {
		out.findings = []finding{{
			rule: rule{"no-answer", "The server does not answer.", ""}, level: levelError, tests: out.tests, verdict: a.dead.Error(),
		}}
	}
	return out
}
