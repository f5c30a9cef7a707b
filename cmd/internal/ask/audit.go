package ask

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/fix"
	"github.com/corsim/corsim/fetch/server/lint"
)

// AuditResult is what an audit of one URL found.
type AuditResult struct {
	// URL is the audited URL, Origin the origin that should be allowed.
	URL, Origin string
	Findings    []lint.Finding
	// Questions is the number of questions that pages asked, Sent the number of
	// requests that the server got.
	Questions, Sent int
	// Incomplete says what could not be asked.
	Incomplete []string
	// Need is what the server has to allow for the page.
	Need server.Need
	// Dead is the error that ended the audit early; nil when it did not end early.
	Dead  error
	Notes []string
}

// AuditOptions say how an audit asks.
type AuditOptions struct {
	// Pause is the time between two requests.
	Pause time.Duration
	// Model is the configuration that the server was read from; nil when there is
	// none.
	Model *server.Model
}

// Audit applies the rules of package lint to a server. The call's page is the page
// that should be allowed. The audit ends early when three requests in a row get no
// response.
func Audit(ctx context.Context, c *Call, t fetch.Transport, options AuditOptions) (*AuditResult, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	subject := c.subject(&givesUp{next: t, cancel: cancel}, options.Model)
	subject.Pace = pace(options.Pause)
	found, err := lint.Run(ctx, subject)
	a := &AuditResult{
		URL: c.url.String(), Origin: c.Origin(), Findings: found.Findings, Questions: found.Questions, Sent: found.Sent,
		Incomplete: found.Incomplete, Need: found.Need,
	}
	if dead, ok := errors.AsType[*noAnswerError](context.Cause(ctx)); ok {
		a.Dead, a.Incomplete, err = dead, nil, nil
	}
	return a, err
}

// subject returns what an audit applies the rules to: the call's URL on a server, and
// the call's page as the one that should be allowed.
func (c *Call) subject(t fetch.Transport, m *server.Model) lint.Subject {
	var profiles []*browser.Profile
	for _, p := range c.Profiles {
		if p.Engine() != browser.EngineNone {
			profiles = append(profiles, p)
		}
	}
	return lint.Subject{
		Model: m, Server: t, URLs: []string{c.url.String()}, Origin: c.Origin(), Method: c.Init.Method,
		Header: c.Init.Header, Credentials: c.Init.Credentials, Cookies: c.Cookies, Profiles: profiles,
	}
}

// pace returns a function that waits between two requests.
func pace(pause time.Duration) func(context.Context) error {
	if pause <= 0 {
		return nil
	}
	return func(ctx context.Context) error {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(pause):
			return nil
		}
	}
}

// IsBad reports whether the audit has a finding worse than advice, or could not ask
// everything.
func (a *AuditResult) IsBad() bool {
	return a.Dead != nil || len(a.Incomplete) > 0 || slices.ContainsFunc(a.Findings, func(f lint.Finding) bool { return f.Severity > lint.Advice })
}

// Document returns the audit for JSON.
func (a *AuditResult) Document() *report.AuditDocument {
	d := &report.AuditDocument{
		Version: report.Version, URL: a.URL, Origin: a.Origin, Questions: a.Questions, Sent: a.Sent, Incomplete: a.Incomplete, Notes: a.Notes,
	}
	if a.Dead != nil {
		d.Error = a.Dead.Error()
	}
	for i := range a.Findings {
		d.Findings = append(d.Findings, newFinding(&a.Findings[i]))
	}
	return d
}

// newFinding returns a finding for JSON.
func newFinding(f *lint.Finding) report.Finding {
	out := report.Finding{
		Rule: f.Rule, Severity: f.Severity.String(), Proof: f.Proof.String(), File: f.Position.File, Line: f.Position.Line, Column: f.Position.Column,
		Text: f.Text, Fix: f.Fix, URL: f.URL, Origin: f.Origin, SharedIn: f.SharedIn, CookiesIn: f.CookiesIn, Credentials: f.Credentials,
	}
	for _, e := range f.Edits {
		out.Edits = append(out.Edits, report.Edit{File: e.Position.File, Line: e.Position.Line, Before: e.Before, After: e.After})
	}
	if f.Evidence != nil {
		x := report.NewExchange(f.Evidence)
		out.Evidence = &x
	}
	return out
}

// givesUp ends the audit of a server that does not respond. An audit sends hundreds
// of requests, and each would wait.
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

// AuditConfig applies the rules to the server of a configuration. It ends early, with
// an [*server.UnknownError], when an answer depends on something that the
// configuration does not say.
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
	a, err := Audit(ctx, c, stops, AuditOptions{Model: s.Model})
	if unknown, ok := errors.AsType[*server.UnknownError](context.Cause(ctx)); ok {
		return &AuditResult{URL: c.url.String(), Origin: c.Origin(), Dead: unknown}, nil
	}
	if err != nil {
		return a, err
	}
	a.Notes = append(a.Notes, model.notes()...)
	if s.Source.Text == "" {
		return a, nil
	}
	return a, fix.AddEdits(ctx, s.fixQuestion(c), a.Findings, s.Names)
}

// fixQuestion is the question for package fix: the audit of a changed text.
func (s *ModelledServer) fixQuestion(c *Call) fix.Question {
	return fix.Question{
		Source: s.Source,
		Load: func(ctx context.Context, src server.Source) (*server.Model, error) {
			return Configuration(ctx, ConfigQuestion{Source: src, Alternative: s.Alternative})
		},
		Lint: func(ctx context.Context, m *server.Model, _ server.Source) (*lint.Report, error) {
			return lint.Run(ctx, c.subject(newModelTransport(m, c.url), m))
		},
	}
}
