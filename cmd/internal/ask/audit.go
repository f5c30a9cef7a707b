package ask

import (
	"context"
	"errors"
	"slices"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
)

// AuditResult is what an audit of one URL found.
type AuditResult struct {
	// URL is the audited URL, Origin the origin that should be allowed.
	URL, Origin string
	Findings    []corstest.Finding
	// Dead is the error that ended the audit early; nil when it did not end early.
	Dead  error
	Notes []string
}

// Audit tries attacks on a server. The call's page is the page that should be
// allowed. The audit ends early when three requests in a row get no response.
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

// IsBad reports whether the audit ended early or has a finding worse than info.
func (a *AuditResult) IsBad() bool {
	return a.Dead != nil || slices.ContainsFunc(a.Findings, func(f corstest.Finding) bool { return f.Severity > corstest.SeverityInfo })
}

// Document returns the audit for JSON.
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

// givesUp ends the audit of a server that does not respond. An audit sends dozens of
// requests, and each would wait.
type givesUp struct {
	next   fetch.Transport
	cancel context.CancelCauseFunc
	failed int // in a row
}

// maxFailed is the number of requests in a row without a response after which an
// audit ends. A firewall may stop a single request.
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

// noAnswerError is the reason why an audit ended early.
type noAnswerError struct{ cause error }

// Error returns what happened instead of a response.
func (e *noAnswerError) Error() string { return "no answer: " + e.cause.Error() }

// AuditConfig tries attacks on the server of a configuration. It ends early, with an
// [*server.UnknownError], when an answer depends on something that the configuration
// does not say.
func AuditConfig(ctx context.Context, c *Call, s ModelledServer) (*AuditResult, error) {
	model := newModelTransport(s.Model, c.url)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stops := fetch.TransportFunc(func(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		resp, err := model.RoundTrip(ctx, req)
		unknown, ok := errors.AsType[*server.UnknownError](err)
		if !ok && req.IsPreflight() {
			unknown, ok = model.unsure[resp]
		}
		if ok {
			cancel(unknown)
		}
		return resp, err
	})
	a, err := Audit(ctx, c, stops)
	if unknown, ok := errors.AsType[*server.UnknownError](context.Cause(ctx)); ok {
		return &AuditResult{URL: c.url.String(), Origin: c.Origin(), Dead: unknown}, nil
	}
	if err == nil {
		a.Notes = append(a.Notes, model.notes()...)
	}
	return a, err
}
