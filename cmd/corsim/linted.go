package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/server/lint"
	"github.com/corsim/corsim/fetch/server/recipe"
)

// linted is what was found in one configuration, for printers.
type linted struct {
	*ask.LintResult
	failOn lint.Severity
}

func (l *linted) isBad() bool { return l.IsBad(l.failOn) }

// AppendJSON appends the result as one line of JSON.
func (l *linted) AppendJSON(out []byte) []byte { return l.Document().AppendJSON(out) }

// title is the heading of the result.
func (l *linted) title() string {
	switch {
	case l.Err != nil:
		return l.File + ": not read"
	case l.Skipped != "":
		return l.File + ": skipped, " + l.Skipped
	}
	what := "does not start"
	if l.Model != nil {
		what = l.Model.Kind
	}
	if l.Origin != "" {
		what += ", allowed origin " + l.Origin
	}
	text := fmt.Sprintf("%s (%s): %s", l.File, what, plural(len(l.Findings), "finding"))
	if n := len(l.Suppressed); n > 0 {
		text += fmt.Sprintf(", %d suppressed", n)
	}
	if len(l.Incomplete) > 0 {
		text += ", incomplete"
	}
	return text
}

func (l *linted) printFull(out *output, system *recipe.System) {
	fmt.Fprintln(out, l.title())
	if l.Err != nil {
		fmt.Fprintf(out, "  %v\n", l.Err)
		return
	}
	shown := make(map[string]string) // changes by the rule that they were printed with
	for _, f := range l.Findings {
		if change := fmt.Sprint(f.Edits); len(f.Edits) > 0 {
			if rule, ok := shown[change]; ok {
				f.Fix, f.Edits = strings.TrimSpace(f.Fix+" (the change of "+rule+" above does it)"), nil
			} else {
				shown[change] = f.Rule
			}
		}
		fmt.Fprintf(out, "\n%s\n", f)
	}
	if system != nil && len(l.Findings) > 0 && !l.Need.IsZero() {
		fmt.Fprintf(out, "\nconfiguration of %s that allows %s and no other origin:\n%s", system.Name(), l.Need.Origin, recipe.Write(*system, l.Need))
	}
	if own, rules := l.unrepaired(); system == nil && own != nil {
		fmt.Fprintf(out, "\nno change of a line repairs %s; a complete configuration of %s that allows %s and no other origin:\n%s",
			strings.Join(rules, ", "), own.Name(), l.Need.Origin, recipe.Write(*own, l.Need))
	}
	printList(out, "incomplete:", l.Incomplete)
}

// recipeOf holds the recipe's word for kinds that have another one.
var recipeOf = map[string]string{"nodejs": "express", "rack-cors": "rails"}

// unrepaired returns the system of the configuration and the rules of findings that
// keep pages from working and have no change; nil when there is none, or no recipe.
func (l *linted) unrepaired() (*recipe.System, []string) {
	var rules []string
	for _, f := range l.Findings {
		if f.Severity >= lint.Broken && len(f.Edits) == 0 && !slices.Contains(rules, f.Rule) {
			rules = append(rules, f.Rule)
		}
	}
	if len(rules) == 0 || l.Model == nil || l.Need.IsZero() {
		return nil, nil
	}
	word, ok := recipeOf[l.Model.Kind]
	if !ok {
		word = l.Model.Kind
	}
	system, err := recipe.ParseSystem(word)
	if err != nil {
		return nil, nil
	}
	return &system, rules
}

func (l *linted) printShort(out *output) {
	fmt.Fprintln(out, l.title())
	for _, f := range l.Findings {
		fmt.Fprintf(out, "  %s: %s: %s: %s\n", f.Position, f.Severity, f.Rule, summaryOf(f.Rule))
	}
}

func (l *linted) sum(count, bad int) string {
	return fmt.Sprintf("%s; %d with something to repair", plural(count, "configuration"), bad)
}

// ci has a test for each finding, and one passing test when there is no finding.
func (l *linted) ci() *ciReport {
	out := &ciReport{title: l.title(), source: listedURL{file: l.File, line: 1}, passed: "nothing to repair"}
	add := func(f finding, name string) {
		f.tests = []string{name}
		out.tests = append(out.tests, name)
		out.findings = append(out.findings, f)
	}
	for _, f := range l.Findings {
		_, evidence, _ := strings.Cut(f.String(), "\n")
		add(finding{
			rule: rule{f.Rule, summaryOf(f.Rule), ""}, level: auditLevels[f.Severity], at: f.Position,
			verdict: f.Severity.String() + ": " + f.Text, lines: strings.Split(evidence, "\n"), fix: f.Fix, edits: f.Edits,
		}, strings.TrimSpace(f.Rule+" "+f.Position.String()))
	}
	for _, text := range l.Incomplete {
		add(finding{rule: rule{"incomplete", "Not everything is known.", ""}, level: levelError, verdict: "incomplete: " + text}, "incomplete")
	}
	if l.Err != nil {
		add(finding{rule: rule{"not-read", "The configuration could not be read.", ""}, level: levelError, verdict: "not read: " + l.Err.Error()}, "read")
	}
	if len(out.tests) == 0 {
		out.tests = []string{"lint"}
	}
	return out
}
