package corstest

import (
	"context"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
	"github.com/corsim/corsim/fetch/server/fix"
	"github.com/corsim/corsim/fetch/server/lint"
)

// Audit tries attacks that work against real misconfigurations of CORS, and looks
// for mistakes that prevent pages from working: it applies the rules of package
// lint ([lint.Run]) to a URL of the server, with the origin that should be allowed,
// and returns the findings, the most serious first. Findings about the configuration of
// [Config] have the edits that repair them.
//
// Audit sends only GET, HEAD and preflights, each request once. An audit that could
// not ask everything, for example because the server answers all requests with 401,
// is an error of the test; its findings are returned nevertheless. An audit that
// cannot continue ends the test.
func (s *Server) Audit(url, origin string) []lint.Finding {
	s.tb.Helper()
	ctx := s.tb.Context()
	var model *server.Model
	if s.modelled != nil {
		var said *record
		ctx, said = s.modelled.newRecord(ctx)
		model = s.modelled.model
		defer func() {
			if said.unknown != nil {
				s.tb.Fatalf("corstest: audit: %s: %v", s.modelled.path, said.unknown)
			}
		}()
	}
	subject := lint.Subject{Model: model, Server: s.transport, URLs: []string{s.resolve(url)}, Origin: origin, Profiles: s.profiles}
	report, err := lint.Run(ctx, subject)
	if err != nil {
		s.tb.Fatalf("corstest: audit: %v", err)
	}
	for _, text := range report.Incomplete {
		s.tb.Errorf("corstest: audit is incomplete: %s", text)
	}
	if s.modelled != nil {
		if err := fix.AddEdits(ctx, s.modelled.fixQuestion(subject), report.Findings, nil); err != nil {
			s.tb.Fatalf("corstest: audit: %v", err)
		}
	}
	return report.Findings
}

// fixQuestion is the question for package fix: the audit of a changed configuration.
func (t *modelTransport) fixQuestion(subject lint.Subject) fix.Question {
	return fix.Question{
		Source: t.source, Load: config.Load,
		Lint: func(ctx context.Context, m *server.Model, _ server.Source) (*lint.Report, error) {
			changed := subject
			changed.Model, changed.Server = m, fetch.TransportFunc(m.RoundTrip)
			return lint.Run(ctx, changed)
		},
	}
}
