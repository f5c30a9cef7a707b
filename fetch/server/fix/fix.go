package fix

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/lint"
)

// Question is a configuration in which something was found.
type Question struct {
	Source server.Source
	// Load reads a configuration, for example the Load of package config.
	Load func(context.Context, server.Source) (*server.Model, error)
	// Lint applies the rules to a configuration as they were applied when something
	// was found.
	Lint func(context.Context, *server.Model, server.Source) (*lint.Report, error)
	// Skip reports whether Apply leaves a finding as it is; nil skips none.
	Skip func(*lint.Finding) bool
}

// Change is a changed file after which findings are gone.
type Change struct {
	File          string // as the positions of the model name it
	Before, After string
}

// Edits returns the lines that change.
func (c *Change) Edits() []server.Edit { return server.Edits(c.File, c.Before, c.After) }

// Find applies the rules to the configuration and looks for a change for each finding.
// The changes are in the order of the report's findings; one is nil when no change of
// the text repairs the finding. The findings have the edits of their changes.
//
// The error is that of reading the configuration as it is, or that of ctx.
func Find(ctx context.Context, q Question) (*lint.Report, []*Change, error) {
	f, err := newFinder(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	changes := make([]*Change, len(f.before.Findings))
	for i := range changes {
		finding := &f.before.Findings[i]
		if changes[i] = f.known(finding, changes[:i]); changes[i] == nil {
			changes[i] = f.find(finding)
		}
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		if changes[i] != nil {
			finding.Edits = changes[i].Edits()
		}
	}
	return f.before, changes, nil
}

// AddEdits gives findings about a configuration the edits that repair them. The findings
// are those of q.Lint, perhaps of an earlier run. Names gives the files the names that
// the user knows; nil leaves them as they are. The errors are those of [Find].
func AddEdits(ctx context.Context, q Question, findings []lint.Finding, names func(file string) string) error {
	if len(findings) == 0 {
		return nil
	}
	again, _, err := Find(ctx, q)
	if err != nil {
		return err
	}
	for i := range findings {
		f := &findings[i]
		if i >= len(again.Findings) || again.Findings[i].Rule != f.Rule {
			continue
		}
		f.Edits = again.Findings[i].Edits
		for j := range f.Edits {
			if at := &f.Edits[j].Position; names != nil {
				at.File = names(at.File)
			}
		}
	}
	return nil
}

// finder looks for changes of one configuration.
type finder struct {
	Question
	ctx    context.Context
	model  *server.Model
	before *lint.Report
	// after holds the reports about changed texts that were tried; nil for a text that
	// cannot be read.
	after map[Change]*lint.Report
}

func newFinder(ctx context.Context, q Question) (*finder, error) {
	m, err := q.Load(ctx, q.Source)
	if err != nil {
		return nil, err
	}
	report, err := q.Lint(ctx, m, q.Source)
	if err != nil {
		return nil, err
	}
	return &finder{Question: q, ctx: ctx, model: m, before: report, after: make(map[Change]*lint.Report)}, nil
}

// known returns one of the changes for earlier findings that repairs another one, too.
func (f *finder) known(finding *lint.Finding, earlier []*Change) *Change {
	for _, c := range earlier {
		if c != nil && f.repairs(*c, finding) {
			return c
		}
	}
	return nil
}

// maxCandidates is how many changes are tried for one finding.
const maxCandidates = 24

// find tries changes until one repairs a finding.
func (f *finder) find(finding *lint.Finding) *Change {
	t := f.target(finding)
	if t == nil {
		return nil
	}
	var tried []string
	for _, rewrite := range rewrites[finding.Rule] {
		for _, text := range rewrite(t) {
			if text == t.text || slices.Contains(tried, text) {
				continue
			}
			if len(tried) == maxCandidates {
				return nil
			}
			tried = append(tried, text)
			if c := (Change{t.file, t.text, text}); f.repairs(c, finding) {
				return &c
			}
		}
	}
	return nil
}

// target returns what has to change for a finding; nil when its file is not known.
func (f *finder) target(finding *lint.Finding) *target {
	t := &target{Finding: finding, model: f.model, notation: notationOf(f.model.Kind), trusted: f.before.Origin, file: finding.Position.File}
	if t.file == "" {
		t.file = f.Source.Name
	}
	text, ok := f.read(t.file)
	if !ok {
		return nil
	}
	t.text = strings.ReplaceAll(text, "\r\n", "\n")
	t.setCall()
	return t
}

// read returns the text of a file of the configuration.
func (f *finder) read(name string) (text string, ok bool) {
	if name == f.Source.Name {
		return f.Source.Text, true
	}
	if f.Source.Files == nil {
		return "", false
	}
	data, err := fs.ReadFile(f.Source.Files, name)
	return string(data), err == nil
}

// repairs reports whether a finding is gone after a change, and nothing dangerous or
// broken, and nothing that opens the server, is new.
func (f *finder) repairs(c Change, finding *lint.Finding) bool {
	after := f.try(c)
	if after == nil || count(after, finding.Rule) >= max(1, count(f.before, finding.Rule)) {
		return false
	}
	// The origin that the text allows is taken from it. If the changed text has another
	// one, or none, it may have lost the origin that it is for.
	if after.Origin != f.before.Origin && !f.isMended(finding, after.Origin) {
		return false
	}
	return !slices.ContainsFunc(after.Findings, func(other lint.Finding) bool {
		if finding.Rule == "policy-reopened" && slices.Contains(everyOrigin, other.Rule) {
			return true // the other policy would be gone
		}
		if finding.Rule == neverMatches && other.Rule == "localhost-in-production" {
			return false // the text names the origin, which now matches
		}
		return (other.Severity >= lint.Broken || opens[other.Rule]) && other.Severity >= severityOf(f.before, other.Rule)
	})
}

const neverMatches = "origin-never-matches"

// isMended reports whether an origin is one that the configuration means and that cannot
// read, which is what a finding is about: it has a form that no browser sends, or the
// option with it is ignored.
func (f *finder) isMended(finding *lint.Finding, origin string) bool {
	if finding.Rule == "option-ignored" {
		return origin != "" && strings.Contains(f.Source.Text, origin)
	}
	return finding.Rule == neverMatches && slices.ContainsFunc(f.model.Policy, func(fact server.Fact) bool {
		return fact.Subject == server.SubjectOrigins && slices.ContainsFunc(strings.FieldsFunc(fact.Value, func(c rune) bool { return c == ' ' || c == ',' }), func(word string) bool {
			return word != origin && canonical(word) == origin
		})
	})
}

// opens holds the rules about origins that read more than they should.
var opens = map[string]bool{
	"wildcard-origin": true, "origin-reflected": true, "null-origin": true, "any-subdomain": true, "any-port": true, "insecure-origin": true,
	"third-party-origin": true, "localhost-in-production": true, "open-preflight": true,
}

// everyOrigin holds the rules about servers that every site reads.
var everyOrigin = []string{"origin-reflected-credentials", "origin-reflected", "wildcard-origin"}

func count(r *lint.Report, rule string) int {
	n := 0
	for _, f := range r.Findings {
		if f.Rule == rule {
			n++
		}
	}
	return n
}

// severityOf returns the first severity that would be new: one more than the highest
// of a rule's findings; the lowest when the rule has none.
func severityOf(r *lint.Report, rule string) lint.Severity {
	s := lint.Advice
	for _, f := range r.Findings {
		if f.Rule == rule {
			s = max(s, f.Severity+1)
		}
	}
	return s
}

// try reads a changed configuration and applies the rules; nil when it cannot be read
// or less of it is known.
func (f *finder) try(c Change) *lint.Report {
	report, ok := f.after[c]
	if !ok {
		report = f.tryNew(c)
		f.after[c] = report
	}
	return report
}

func (f *finder) tryNew(c Change) *lint.Report {
	src := c.applied(f.Source)
	m, err := f.Load(f.ctx, src)
	if err != nil || m.Kind != f.model.Kind || len(m.Unknowns) > len(f.model.Unknowns) {
		return nil
	}
	report, err := f.Lint(f.ctx, m, src)
	if err != nil || len(report.Incomplete) > len(f.before.Incomplete) {
		return nil
	}
	return report
}

// applied returns the source with the changed file.
func (c Change) applied(src server.Source) server.Source {
	if c.File == src.Name {
		src.Text = c.withLineEnds(src.Text)
	}
	if src.Files != nil {
		src.Files = overlay{src.Files, c.File, c.After}
	}
	return src
}

// withLineEnds returns the new text with the line ends of the old one.
func (c Change) withLineEnds(before string) string {
	if strings.Contains(before, "\r\n") {
		return strings.ReplaceAll(c.After, "\n", "\r\n")
	}
	return c.After
}

// Applied is what [Apply] did.
type Applied struct {
	// Files holds the changed files.
	Files []Change
	// Gone holds the findings for which they were changed.
	Gone []lint.Finding
}

// Apply makes changes one after the other, until no finding has one. Its errors are
// those of [Find].
func Apply(ctx context.Context, q Question) (*Applied, error) {
	out := &Applied{}
	for range maxChanges {
		f, err := newFinder(ctx, q)
		if err != nil {
			return nil, err
		}
		c, finding := f.first()
		if c == nil {
			break
		}
		out.Gone = append(out.Gone, *finding)
		out.Files = merged(out.Files, *c)
		q.Source = c.applied(q.Source)
	}
	return out, ctx.Err()
}

// maxChanges bounds the number of changes of one configuration.
const maxChanges = 40

// first returns the first change for a finding that is not skipped.
func (f *finder) first() (*Change, *lint.Finding) {
	for i := range f.before.Findings {
		finding := &f.before.Findings[i]
		if f.Skip != nil && f.Skip(finding) {
			continue
		}
		if c := f.find(finding); c != nil {
			return c, finding
		}
	}
	return nil, nil
}

// merged adds a change to those of the same file.
func merged(all []Change, c Change) []Change {
	for i := range all {
		if all[i].File == c.File {
			all[i].After = c.After
			return all
		}
	}
	return append(all, c)
}

// overlay is a file system in which one file has another text.
type overlay struct {
	fs.FS
	name, text string
}

// Open opens a file.
func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.FS.Open(name)
	if name != o.name || err != nil {
		return f, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &changedFile{strings.NewReader(o.text), info, f}, nil
}

// changedFile is a file with another text.
type changedFile struct {
	*strings.Reader
	info fs.FileInfo
	file fs.File
}

// Stat returns the information on the file as it was.
func (c *changedFile) Stat() (fs.FileInfo, error) { return c.info, nil }

// Close closes the file.
func (c *changedFile) Close() error { return c.file.Close() }
