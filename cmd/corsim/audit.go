package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// audit tries attacks on live servers.
func (flags *checkFlags) audit(ctx context.Context, t *terminal, calls []*call) error {
	asJSON := flags.print.json || flags.print.format == "json"
	switch {
	case !asJSON && flags.print.format != "text":
		return errors.New("--audit prints text or JSON only")
	case flags.given("data") || flags.given("cookie") || flags.given("repeat") || flags.given("mode") || flags.given("credentials"):
		return errors.New("--audit makes its own requests: leave out -d, --cookie, --credentials, --mode and --repeat")
	}
	out := t.newOutput()
	watch := newStopwatch(t, len(calls), "URL")
	bad := false
	for i, c := range calls {
		watch.tell(i, out)
		findings, notes, err := flags.auditOne(ctx, c)
		if err != nil {
			return out.close(err)
		}
		for _, f := range findings {
			bad = bad || f.Severity > corstest.SeverityInfo
		}
		if asJSON {
			err = printAuditJSON(out, c, findings, notes)
		} else {
			printAudit(out, c, findings, notes)
		}
		if err != nil {
			return out.close(err)
		}
		out.pause()
	}
	if bad {
		return out.close(errNo)
	}
	return out.close(nil)
}

// auditOne audits one URL with the origin that is meant to be allowed.
func (flags *checkFlags) auditOne(ctx context.Context, c *call) ([]corstest.Finding, []string, error) {
	server, err := flags.net.live(c.page)
	if err != nil {
		return nil, nil, err
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
		URL: c.url.String(), Origin: c.origin(), Method: c.init.Method, Header: c.init.Header, Profiles: profiles,
	})
	if cause := context.Cause(ctx); cause != nil {
		err = fmt.Errorf("%s: %w", c.url, cause)
	}
	return findings, server.noted(), err
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
		t.cancel(fmt.Errorf("no answer: %w", err))
	}
	return nil, err
}

func printAudit(out *output, c *call, findings []corstest.Finding, notes []string) {
	fmt.Fprintf(out, "%s, meant for %s: %s\n", c.url, c.origin(), plural(len(findings), "finding"))
	for _, f := range findings {
		fmt.Fprintf(out, "\n%s\n", f)
	}
	printList(out, "notes:", notes)
}

// auditView is an audit as JSON.
type auditView struct {
	URL      string        `json:"url"`
	Origin   string        `json:"origin"`
	Findings []findingView `json:"findings"`
	Notes    []string      `json:"notes,omitempty"`
}

type findingView struct {
	Code        string       `json:"code"`
	Severity    string       `json:"severity"`
	Text        string       `json:"text"`
	Origin      string       `json:"origin,omitempty"`
	SharedIn    []string     `json:"sharedIn"`
	Credentials bool         `json:"credentials"`
	Evidence    exchangeView `json:"evidence"`
}

func printAuditJSON(out *output, c *call, findings []corstest.Finding, notes []string) error {
	v := auditView{URL: c.url.String(), Origin: c.origin(), Findings: []findingView{}, Notes: notes}
	for i := range findings {
		f := &findings[i]
		v.Findings = append(v.Findings, findingView{
			Code: string(f.Code), Severity: f.Severity.String(), Text: f.Text, Origin: f.Origin,
			SharedIn: append([]string{}, f.SharedIn...), Credentials: f.Credentials, Evidence: newExchangeView(&f.Evidence),
		})
	}
	return out.printJSON(v)
}
