package ask

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/fix"
	"github.com/corsim/corsim/fetch/server/lint"
)

// LintQuestion is a configuration to look for mistakes in.
type LintQuestion struct {
	// File is the name of the configuration, as the user wrote it.
	File  string
	Model *server.Model
	// URLs are the URLs that pages request. When there are none, they are those of
	// the configuration's routes.
	URLs []string
	// Origin is the origin that should be allowed; "" is one that the configuration
	// names.
	Origin string
	// Text is the text of the configuration, whose origins may be meant.
	Text     string
	Profiles []*browser.Profile
	// Source is the configuration as text, for changes that repair findings; without
	// a text, none are looked for. Names gives its files the names that they have in
	// Model; nil leaves them as they are.
	Source      server.Source
	Alternative string
	Names       func(file string) string
}

// LintResult is what was found in one configuration.
type LintResult struct {
	File string
	// Text is the text of the configuration.
	Text     string
	Model    *server.Model
	Findings []lint.Finding
	// Suppressed holds the findings that the user wants to leave as they are.
	Suppressed []lint.Finding
	Incomplete []string
	Origin     string
	Need       server.Need
	Questions  int
	// Err says why the configuration could not be read; then nothing is known.
	Err error
	// Skipped says why a file that was found in a folder is not a configuration of a
	// server; "" when it is one.
	Skipped string
}

// Lint applies the rules to the server of a configuration.
func Lint(ctx context.Context, q LintQuestion) (*LintResult, error) {
	found, err := q.run(ctx, q.Model, q.Text, q.File)
	if err != nil {
		return nil, err
	}
	if err := q.addUnset(ctx, found); err != nil {
		return nil, err
	}
	if q.Source.Text != "" {
		if err := fix.AddEdits(ctx, q.FixQuestion(), found.Findings, q.Names); err != nil {
			return nil, err
		}
	}
	return &LintResult{
		File: q.File, Text: q.Text, Model: q.Model, Findings: found.Findings, Incomplete: found.Incomplete, Origin: found.Origin, Need: found.Need, Questions: found.Questions,
	}, nil
}

// run applies the rules to a model of the configuration, which was read from a text.
func (q *LintQuestion) run(ctx context.Context, m *server.Model, text, file string) (*lint.Report, error) {
	urls := q.URLs
	if len(urls) == 0 {
		urls = lint.URLsOf(m, hostsIn(m.Kind, q.Text)...)
	}
	return lint.Run(ctx, lint.Subject{
		Server: m, Model: m, Text: text, File: file, URLs: urls, Origin: q.Origin, Origins: originsIn(q.Text), Profiles: q.Profiles,
	})
}

// FixQuestion is the question for package fix.
func (q *LintQuestion) FixQuestion() fix.Question {
	return fix.Question{
		Source: q.Source,
		Load: func(ctx context.Context, src server.Source) (*server.Model, error) {
			return Configuration(ctx, ConfigQuestion{Source: src, Alternative: q.Alternative})
		},
		Lint: func(ctx context.Context, m *server.Model, src server.Source) (*lint.Report, error) {
			return q.run(ctx, m, src.Text, src.Name)
		},
	}
}

// writtenOrigin matches an origin in a text.
var writtenOrigin = regexp.MustCompile(`https?://[A-Za-z0-9.-]+(:[0-9]+)?`)

// originsIn returns the origins that a text names, and those that its patterns seem to
// be about.
func originsIn(text string) []string {
	out := writtenOrigin.FindAllString(inPatterns.Replace(text), maxOrigins)
	for _, m := range escapedHost.FindAllString(text, maxOrigins) {
		host := fetch.ByteLowercase(strings.NewReplacer(`\`, "").Replace(m))
		out = append(out, "https://"+host, "https://www."+host)
	}
	for _, host := range plainHost.FindAllString(text, maxOrigins) {
		out = append(out, "https://"+host, "https://www."+host)
	}
	return out[:min(len(out), maxOrigins)]
}

// inPatterns takes away what patterns write into an origin besides its characters.
var inPatterns = strings.NewReplacer(`\/`, "/", `\.`, ".", `\:`, ":", "https?", "https", "http(s)?", "https", "(https?)", "https", "(http|https)", "https", "(?:http|https)", "https")

// plainHost matches the name of a host in a pattern whose dots are not escaped, under the usual
// domains.
var plainHost = regexp.MustCompile(`\b[a-z0-9-]+\.(?:com|net|org|io|dev|app|co|me|ai|eu|de|fr|nl|es|it|ch|in|br|jp|cn|ru|test|example)\b`)

// escapedHost matches the name of a host in a pattern: one whose last dot at least is
// escaped.
var escapedHost = regexp.MustCompile(`[A-Za-z0-9-]+(?:\\{1,2}\.[A-Za-z0-9-]+)*\\{1,2}\.(?:[a-z]{2,})\b`)

// maxOrigins is how many origins of a text are tried.
const maxOrigins = 50

// noServer matches the errors about programs that are not servers: scripts for
// browsers, build configurations and modules.
var noServer = regexp.MustCompile(`there is no server in this program|\b(document|window|navigator|localStorage|self|React|\$|jQuery|describe|jest|unittest)'? is not defined|JSX syntax extension is not currently enabled|name 'unittest'`)

// serverWords matches what programs of servers have somewhere.
var serverWords = regexp.MustCompile(`(?i)\blisten\b|createServer|express|fastify|\bkoa\b|\bhono\b|NestFactory|cors|access-control-`)

// SkipIfNoServer marks the result of a file that was found in a folder as skipped when
// it turns out to be no server: it says so, or it fails and has no word of a server. A
// file that the user named is never skipped.
func (r *LintResult) SkipIfNoServer() {
	text := ""
	if r.Err != nil {
		text = r.Err.Error()
	} else if r.Model == nil && len(r.Findings) == 1 {
		text = r.Findings[0].Text
	}
	if noServer.MatchString(text) || text != "" && r.Text != "" && !serverWords.MatchString(r.Text) {
		r.Skipped, r.Err, r.Findings = "there is no server in it", nil, nil
	}
}

// IsBad reports whether there is a finding of a severity or worse, or something could
// not be read or asked.
func (r *LintResult) IsBad(from lint.Severity) bool {
	return r.Err != nil || len(r.Incomplete) > 0 || slices.ContainsFunc(r.Findings, func(f lint.Finding) bool { return f.Severity >= from })
}

// Suppress moves the findings that a function accepts to the suppressed ones.
func (r *LintResult) Suppress(is func(*lint.Finding) bool) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f lint.Finding) bool {
		if !is(&f) {
			return false
		}
		r.Suppressed = append(r.Suppressed, f)
		return true
	})
}

// Suppression is a comment that keeps a finding out of the results.
type Suppression struct {
	Rule, Reason string
}

// suppressionMark begins a suppression in a comment of any language.
const suppressionMark = "corsim-ignore"

// ParseSuppression returns the suppression in a line of a configuration:
// "corsim-ignore RULE: reason". One without a reason has no effect, so ok is false.
func ParseSuppression(line string) (s Suppression, ok bool) {
	_, rest, found := strings.Cut(line, suppressionMark)
	if !found {
		return s, false
	}
	s.Rule, s.Reason, _ = strings.Cut(strings.TrimSpace(rest), ":")
	s.Rule = strings.TrimSpace(s.Rule)
	s.Reason = strings.TrimSpace(strings.NewReplacer("*/", "", "-->", "").Replace(s.Reason))
	return s, s.Rule != "" && s.Reason != ""
}

// Document returns the result for JSON.
func (r *LintResult) Document() *report.LintDocument {
	d := &report.LintDocument{Version: report.Version, File: r.File, Origin: r.Origin, Incomplete: r.Incomplete, Suppressed: len(r.Suppressed), Skipped: r.Skipped}
	if r.Model != nil {
		d.Kind = r.Model.Kind
	}
	if r.Err != nil {
		d.Error = r.Err.Error()
	}
	for i := range r.Findings {
		d.Findings = append(d.Findings, newFinding(&r.Findings[i]))
	}
	return d
}
