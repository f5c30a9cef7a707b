package fix_test

import (
	"context"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
	"github.com/corsim/corsim/fetch/server/fix"
	"github.com/corsim/corsim/fetch/server/lint"
)

// system is a good configuration of one kind, and for each rule what makes it bad.
type system struct {
	name, kind, file string
	good             string
	env              map[string]string
	behind           server.Backend
	bad              []fault
}

// fault replaces a text of a good configuration, so that a rule fires.
type fault struct {
	rule     string
	from, to string
	// and holds further replacements: pairs of texts.
	and []string
	// words marks a fault that no change of the text repairs.
	words bool
	// call is the call that pages make, such as "GET X-Token"; "" is the usual ones.
	call string
}

// text returns the bad configuration.
func (f *fault) text(t *testing.T, s *system) string {
	t.Helper()
	out := s.good
	for i, pairs := 0, append([]string{f.from, f.to}, f.and...); i < len(pairs); i += 2 {
		assert.Assert(t, pairs[i] == "" || strings.Contains(out, pairs[i]), "%s: %s: %q is not in the text", s.name, f.rule, pairs[i])
		if pairs[i] == "" {
			out = pairs[i+1]
			continue
		}
		out = strings.ReplaceAll(out, pairs[i], pairs[i+1])
	}
	return out
}

// question makes the question about a text of a system.
func (s *system) question(text, call string) fix.Question {
	behind := server.Answerer(lint.Behind())
	if s.behind != nil {
		behind = s.behind
	}
	return fix.Question{
		Source: server.Source{Name: s.file, Kind: s.kind, Text: text, Env: s.env, EnvComplete: true, Behind: []server.Behind{{Server: behind}}},
		Load:   config.Load,
		Lint: func(ctx context.Context, m *server.Model, src server.Source) (*lint.Report, error) {
			subject := lint.Subject{Server: m, Model: m, Text: src.Text, File: src.Name, URLs: lint.URLsOf(m), Origin: "https://myapp.com"}
			method, header, _ := strings.Cut(call, " ")
			subject.Method = method
			if header != "" {
				subject.Header.Append(header, "x")
			}
			return lint.Run(ctx, subject)
		},
	}
}

// lint applies the rules to a text.
func (s *system) lint(t *testing.T, text, call string) *lint.Report {
	t.Helper()
	q := s.question(text, call)
	m, err := q.Load(t.Context(), q.Source)
	assert.NilError(t, err, "%s", text)
	r, err := q.Lint(t.Context(), m, q.Source)
	assert.NilError(t, err)
	return r
}
