package servers_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
	"github.com/corsim/corsim/fetch/server/lint"
)

const lintResultsIntroduction = `# What is wrong with the recorded servers

For each recording of a real server, this page shows what ` + "`corsim lint`" + ` finds in the text of its configuration, and what
an [audit](live.md#audits) finds in the answers that the real server gave. The page is at https://myapp.com and requests
https://api.example.com/api/users. The [rules](rules/README.md) say what a finding means; its severity comes first.

Most findings are in both. Those of one side only have a letter:

`

// lintDifference is a reason why lint and audit do not find the same.
type lintDifference struct {
	letter, text string
	// explains reports whether it is the reason for a rule that only one side has.
	explains func(c *lintComparison, rule string) bool
}

// lintComparison is what lint and audit found on one server.
type lintComparison struct {
	name        string
	text        string // of the configuration
	model       *server.Model
	lint, audit *lint.Report
	replay      *servers.Replay
}

// shownBy returns the request that shows the finding of a rule.
func shownBy(r *lint.Report, rule string) *server.Request {
	for _, f := range r.Findings {
		if f.Rule == rule && f.Evidence != nil {
			return server.RequestFromWire(&f.Evidence.Request)
		}
	}
	return nil
}

// isRecorded reports whether the request that shows a finding of lint was recorded with
// this origin and, if it has cookies, with a cookie.
func (c *lintComparison) isRecorded(rule string) bool {
	req := shownBy(c.lint, rule)
	return req != nil && c.replay.IsExact(req)
}

// dependsOnTLS reports whether the server answers the request that shows a finding in
// another way over https.
func (c *lintComparison) dependsOnTLS(r *lint.Report, rule string) bool {
	req := shownBy(r, rule)
	if req == nil {
		return false
	}
	plain, secure := *req, *req
	plain.TLS, secure.TLS = false, true
	a, err := c.model.Answer(context.Background(), &plain)
	b, errSecure := c.model.Answer(context.Background(), &secure)
	return err != nil || errSecure != nil || !answersAlike(a, b)
}

// isAnsweredForAnother reports whether the request that shows a finding of the audit was
// not recorded, and the answer to the one that was recorded in its place is another one.
func (c *lintComparison) isAnsweredForAnother(rule string) bool {
	req := shownBy(c.audit, rule)
	if req == nil || c.replay.IsExact(req) {
		return false
	}
	recorded, err := c.replay.Answer(context.Background(), req)
	own, errOwn := c.model.Answer(context.Background(), req)
	return err == nil && errOwn == nil && !answersAlike(recorded, own)
}

// answersAlike reports whether two answers have the same status and CORS headers.
func answersAlike(a, b *server.Answer) bool {
	of := func(h fetch.HeaderList) (out []string) {
		for _, f := range h {
			if name := fetch.ByteLowercase(f.Name); name == "vary" || strings.HasPrefix(name, "access-control-") {
				out = append(out, name+": "+f.Value)
			}
		}
		slices.Sort(out)
		return out
	}
	return a.Status == b.Status && slices.Equal(of(a.Header), of(b.Header))
}

// onlyLint and onlyAudit are the reasons for findings of one side only.
var (
	onlyLint = []lintDifference{
		{"t", "only the text shows it: the line that is the cause, an entry that has no effect, or two policies", func(_ *lintComparison, rule string) bool {
			return slices.Contains([]string{
				"nginx-not-always", "nginx-inheritance-lost", "nginx-if-replaces", "apache-rewrite-document", "apache-onsuccess-only", "apache-both-tables",
				"middleware-order", "policy-reopened", "origin-never-matches", "origin-missing", "policy-overlap",
			}, rule) || strings.HasPrefix(rule, "option-") || strings.HasPrefix(rule, "env-")
		}},
		{"c", "an audit sends no request that changes data", func(_ *lintComparison, rule string) bool {
			return rule == "method-promised-not-routed" || rule == "csrf-not-cors"
		}},
		{"r", "the recording has no answer to a request that the rule needs", func(c *lintComparison, rule string) bool {
			return mentions(c.audit.Incomplete, rule) || mentions(c.audit.Incomplete, "was not reached") || !c.isRecorded(rule)
		}},
		{"s", "it was recorded over plain HTTP, and the configuration answers https in another way", func(c *lintComparison, rule string) bool {
			return c.dependsOnTLS(c.lint, rule)
		}},
		{"m", "the routes of the text need the method or the header", func(_ *lintComparison, rule string) bool {
			return rule == "method-not-allowed-by-policy" || rule == "request-header-missing"
		}},
	}
	onlyAudit = []lintDifference{
		{"u", "the text leaves open what decides it, and lint says so", func(c *lintComparison, _ string) bool { return len(c.lint.Incomplete) > 0 }},
		{"n", "the text names the origin, so it is meant", func(_ *lintComparison, rule string) bool {
			return slices.Contains([]string{"any-port", "any-subdomain", "insecure-origin", "localhost-in-production", "null-origin"}, rule)
		}},
		{"s", "it was recorded over plain HTTP, and the configuration answers https in another way", func(c *lintComparison, rule string) bool {
			return c.dependsOnTLS(c.audit, rule)
		}},
		{"o", "a recorded origin stands for one that the server answers in another way", func(c *lintComparison, rule string) bool {
			return rule != "origin-blocked" && c.isAnsweredForAnother(rule)
		}},
		{"x", "lint has a more exact rule, or a worse finding", func(c *lintComparison, rule string) bool {
			return rule == "origin-blocked" && len(c.lint.Findings) > 0 || hasRule(c.lint, "origin-reflected-credentials") || hasRule(c.lint, "origin-reflected")
		}},
	}
)

// special are the servers whose recorded answers depend on what browsers send and the
// probes do not, or on the requests before.
var special = map[string]string{
	"nginx-valid-referers":      "it looks at Referer, which the recorded requests do not have",
	"nodejs-ratelim":            "it answers only some requests in a minute",
	"nodejs-vite-plugin":        "it looks at Accept and Host",
	"dev-proxy-webpack4-object": "what is behind it closed the connection when it was recorded",
}

func mentions(texts []string, rule string) bool {
	return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, rule) })
}

// TestLintResults writes docs/lint-results.md. Each difference between lint and audit
// has a reason, and few findings are found by the audit only.
func TestLintResults(t *testing.T) {
	t.Parallel()
	var doc strings.Builder
	doc.WriteString(lintResultsIntroduction)
	for _, d := range slices.Concat(onlyLint, onlyAudit[:2], onlyAudit[3:]) {
		fmt.Fprintf(&doc, "- `%s`: %s.\n", d.letter, d.text)
	}
	doc.WriteString("\n| server | in both | lint only | audit only |\n| --- | --- | --- | --- |\n")
	probes, err := servers.ReadProbes(os.DirFS("../testdata/servers"), "probes.jsonl")
	assert.NilError(t, err)
	both, missed := 0, 0
	for i, folder := range recordedFolders(t) {
		if testing.Short() && i%60 != 0 {
			continue
		}
		c := compareLint(t, folder, probes)
		if c == nil {
			continue
		}
		common, left, right := c.split()
		both, missed = both+len(common), missed+len(right)
		fmt.Fprintf(&doc, "| %s | %s | %s | %s |\n", c.name, strings.Join(common, "<br>"), c.withReasons(t, "lint", left, onlyLint), c.withReasons(t, "audit", right, onlyAudit))
	}
	// A sample is too small for a ratio.
	if !testing.Short() {
		assert.Check(t, missed*10 <= both, "%d findings only of the audit, %d of both", missed, both)
		golden.Assert(t, doc.String(), "../../../docs/lint-results.md")
	}
}

// recordedFolders returns the folders of all recordings.
func recordedFolders(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, dir := range []string{"servers", "servers-fresh"} {
		entries, err := os.ReadDir("../testdata/" + dir)
		assert.NilError(t, err)
		for _, e := range entries {
			if e.IsDir() && e.Name() != "guide" {
				out = append(out, dir+"/"+e.Name())
			}
		}
	}
	return out
}

// compareLint applies the rules to a configuration and to what was recorded of it; nil
// when there is no answer, or no model of the server.
func compareLint(t *testing.T, folder string, probes map[int]*servers.Probe) *lintComparison {
	t.Helper()
	r, err := servers.ReadRecording(os.DirFS("../testdata"), folder)
	assert.NilError(t, err)
	if len(r.Answers) == 0 {
		return nil
	}
	src := r.Source
	src.Kind = servers.KindOf(r.Setup.System)
	m, err := config.Load(t.Context(), src)
	if err != nil {
		return nil // the recordings' own test says which configurations cannot be read
	}
	out := &lintComparison{name: r.Setup.Name, text: src.Text, model: m}
	s := lint.Subject{Server: m, Model: m, URLs: []string{"https://api.example.com/api/users"}, Origin: "https://myapp.com"}
	out.lint, err = lint.Run(t.Context(), s)
	assert.NilError(t, err)
	out.replay = servers.NewReplay(r, probes)
	s.Server, s.Model = out.replay, nil
	out.audit, err = lint.Run(t.Context(), s)
	assert.NilError(t, err)
	return out
}

// split returns the findings of both sides, with their severity, and the rules of each
// side alone.
func (c *lintComparison) split() (common, left, right []string) {
	for _, f := range c.lint.Findings {
		rule := f.Rule
		switch {
		case !hasRule(c.audit, rule):
			left = append(left, rule)
		case !slices.Contains(common, f.Severity.String()+" "+rule):
			common = append(common, f.Severity.String()+" "+rule)
		}
	}
	for _, f := range c.audit.Findings {
		if !hasRule(c.lint, f.Rule) {
			right = append(right, f.Rule)
		}
	}
	slices.Sort(left)
	slices.Sort(right)
	return common, slices.Compact(left), slices.Compact(right)
}

func hasRule(r *lint.Report, rule string) bool {
	return slices.ContainsFunc(r.Findings, func(f lint.Finding) bool { return f.Rule == rule })
}

// withReasons returns rules with the letters of the reasons why one side has them.
func (c *lintComparison) withReasons(t *testing.T, side string, rules []string, reasons []lintDifference) string {
	t.Helper()
	var out []string
	for _, rule := range rules {
		if special[c.name] != "" {
			out = append(out, fmt.Sprintf("%s (%s)", rule, special[c.name]))
			continue
		}
		i := slices.IndexFunc(reasons, func(d lintDifference) bool { return d.explains(c, rule) })
		if assert.Check(t, i >= 0, "%s: no reason why only %s has %s", c.name, side, rule) {
			out = append(out, fmt.Sprintf("%s `%s`", rule, reasons[i].letter))
		}
	}
	return strings.Join(out, "<br>")
}
