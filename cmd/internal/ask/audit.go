package ask

import (
	"context"
	"errors"
	"slices"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
)

// AuditResult is what an audit of one URL found.
type AuditResult struct {
	// URL is what was audited, Origin the origin that is meant to be allowed.
	URL, Origin string
	Findings    []corstest.Finding
	// Dead is why the server was given up; nil when it was not.
	Dead  error
	Notes []string
}

// Audit tries attacks on a server, with the call's page as the one that is meant
// to be allowed. It gives up a server that does not answer three requests in a
// row.
func Audit(ctx context.Context, c *Call, server fetch.Transport) (*AuditResult, error) {
	var profiles []*browser.Profile
	for _, p := range c.Profiles {
		if p.Engine() != browser.EngineNone {
			profiles = append(profiles, p)
		}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	findings, err := corstest.Audit(ctx, &givesUp{next: server, cancel: cancel}, corstest.Target{
		URL: c.url.String(), Origin: c.Origin(), Method: c.Init.Method, Header: c.Init.Header, Cookies: c.Cookies, Profiles: profiles,
	})
	a := &AuditResult{URL: c.url.String(), Origin: c.Origin(), Findings: findings}
	if dead, ok := errors.AsType[*noAnswerError](context.Cause(ctx)); ok {
		a.Dead, err = dead, nil
	}
	return a, err
}

// IsBad reports whether something was found that is worse than good to know.
func (a *AuditResult) IsBad() bool {
	return a.Dead != nil || slices.ContainsFunc(a.Findings, func(f corstest.Finding) bool { return f.Severity > corstest.SeverityInfo })
}

// Document returns the audit as it is written as JSON.
func (a *AuditResult) Document() *report.AuditDocument {
	d := &report.AuditDocument{Version: report.Version, URL: a.URL, Origin: a.Origin, Notes: a.Notes}
	if a.Dead != nil {
		d.Error = a.Dead.Error()
	}
	for i := range a.Findings {
		f := &a.Findings[i]
		d.Findings = append(d.Findings, report.Finding{
			Code: string(f.Code), Severity: f.Severity.String(), Text: f.Text, Origin: f.Origin,
			SharedIn: f.SharedIn, CookiesIn: f.CookiesIn, Credentials: f.Credentials, Evidence: report.NewExchange(&f.Evidence),
		})
	}
	return d
}

// givesUp ends an audit of a server that does not answer: it sends dozens of
// requests, and each would wait.
type givesUp struct {
	next   fetch.Transport
	cancel context.CancelCauseFunc
	failed int // in a row
}

// maxFailed is how many requests in a row may have no answer. A firewall may
// stop a single one.
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

// Error says what came instead of an answer.
func (e *noAnswerError) Error() string { return "no answer: " + e.cause.Error() }
