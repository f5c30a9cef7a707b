package ask

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/lint"
)

// unsetNote begins the text of a finding about a server without the variables of its
// environment.
const unsetNote = "Where the environment does not set what the text reads from it: "

// addUnset adds what is wrong when the variables that the text reads from the
// environment, and that nobody gave, are not set: often nobody sets them. The findings
// are Fragile at most.
func (q *LintQuestion) addUnset(ctx context.Context, r *lint.Report) error {
	isAboutEnv := func(s string) bool { return strings.Contains(s, "with --env ") }
	if q.Source.Text == "" || q.Source.EnvComplete || !slices.ContainsFunc(r.Incomplete, isAboutEnv) {
		return nil
	}
	src := q.Source
	src.EnvComplete = true
	m, err := Configuration(ctx, ConfigQuestion{Source: src, Alternative: q.Alternative})
	if start, ok := errors.AsType[*server.StartError](err); ok {
		r.Findings = append(r.Findings, lint.Finding{
			Rule: lint.NotStarting, Severity: lint.Fragile, Proof: lint.ProofStatic, Position: q.named(start.Position),
			Text: unsetNote + "the server does not start: " + start.Message,
			Fix:  "Set the variables where the server runs, or give each a value in the text.",
		})
		return nil
	}
	if err != nil {
		return nil // the configuration as it is was read; without the variables it is not
	}
	unset, err := q.run(ctx, m, src.Text, q.File)
	if err != nil {
		return err
	}
	for _, f := range unset.Findings {
		isKnown := slices.ContainsFunc(r.Findings, func(other lint.Finding) bool { return other.Rule == f.Rule })
		if isKnown || f.Severity == lint.Advice {
			continue
		}
		f.Severity, f.Text, f.Position = min(f.Severity, lint.Fragile), unsetNote+f.Text, q.named(f.Position)
		r.Findings = append(r.Findings, f)
	}
	return nil
}

// named returns a position with the name that the user knows.
func (q *LintQuestion) named(at server.Position) server.Position {
	if q.Names != nil && at.File != "" {
		at.File = q.Names(at.File)
	}
	return at
}
