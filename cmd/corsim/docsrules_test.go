package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/fetch/server/lint"
)

// TestRulePages checks that every rule has a page, docs/rules/<rule>.md. -update
// writes the pages.
func TestRulePages(t *testing.T) {
	for _, r := range lint.Rules() {
		golden.Assert(t, rulePage(&r), filepath.Join("..", root, "docs", "rules", r.ID+".md"))
	}
	golden.Assert(t, ruleIndex(), filepath.Join("..", root, "docs", "rules", "README.md"))
	files, err := filepath.Glob(filepath.Join(root, "docs", "rules", "*.md"))
	assert.NilError(t, err)
	assert.Equal(t, len(files), len(lint.Rules())+1, "a page belongs to no rule")
}

// rulePage returns the page of a rule.
func rulePage(r *lint.Rule) string {
	also := ""
	if len(r.Also) > 0 {
		also = fmt.Sprintf("\n- It also finds: %s", strings.Join(r.Also, ", "))
	}
	return fmt.Sprintf("# %s\n\n%s\n\n%s\n\n- Severity: %s at most\n- Proof: %s%s\n\nWith this mistake:\n\n%s\nWithout it:\n\n%s\n[All rules](README.md)\n",
		r.ID, r.Title, r.Why, r.Severity, proofText(r.Proof), also, block(r.Before), block(r.After))
}

// block returns an example as a block of a page.
func block(e lint.Example) string { return fmt.Sprintf("```%s\n%s\n```\n", e.Language, e.Text) }

func ruleIndex() string {
	var w strings.Builder
	w.WriteString(`# Rules

What ` + "`corsim check --audit`" + ` and ` + "`corsim lint`" + ` look for. ` + "`corsim explain RULE`" + ` prints the same as the page of a rule.
The severities are:

- ` + "`danger`" + `: pages of strangers read what is meant for one user.
- ` + "`broken`" + `: a page that should be able to read a response cannot.
- ` + "`fragile`" + `: harmless today, but one change away from harm, or harmful in some circumstances only.
- ` + "`advice`" + `: nothing is wrong, but it can be said better.

A finding may be less severe than its rule, for example when browsers send no cookies.

| rule | severity | what is wrong |
| --- | --- | --- |
`)
	for _, r := range lint.Rules() {
		fmt.Fprintf(&w, "| [%s](%s.md) | %s | %s |\n", r.ID, r.ID, r.Severity, r.Title)
	}
	w.WriteString("\nSome mistakes have names of their own, and are found by one of these rules. `corsim explain` knows these names, too.\n\n| mistake | rule |\n| --- | --- |\n")
	for _, r := range lint.Rules() {
		for _, name := range r.Also {
			fmt.Fprintf(&w, "| %s | [%s](%s.md) |\n", name, r.ID, r.ID)
		}
	}
	w.WriteString(`
Two things are not findings. A server that accepts an origin in upper case: no browser sends one. A proxy of a
development server that forwards the page's Origin to a strict server: that server's own configuration has the finding.
`)
	w.WriteString("\nTo write these pages again: `go test ./cmd/corsim -run RulePages -update`.\n")
	return w.String()
}
