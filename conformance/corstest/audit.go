package corstest

import (
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/lint"
)

// Audit tries attacks that work against real misconfigurations of CORS, and looks
// for mistakes that prevent pages from working: it applies the rules of package
// lint ([lint.Run]) to a URL of the server, with the origin that should be allowed,
// and returns the findings, the most serious first.
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
	report, err := lint.Run(ctx, lint.Subject{Model: model, Server: s.transport, URLs: []string{s.resolve(url)}, Origin: origin, Profiles: s.profiles})
	if err != nil {
		s.tb.Fatalf("corstest: audit: %v", err)
	}
	for _, text := range report.Incomplete {
		s.tb.Errorf("corstest: audit is incomplete: %s", text)
	}
	return report.Findings
}
