package main

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch/server/lint"
)

// printRule prints what a rule of audits is about.
func printRule(out *output, r *lint.Rule) error {
	fmt.Fprintf(out, "%s (%s at most)\n  %s\n\n", r.ID, r.Severity, r.Title)
	for _, line := range wrapped(r.Why, 100) {
		fmt.Fprintf(out, "  %s\n", line)
	}
	if len(r.Also) > 0 {
		fmt.Fprintf(out, "\nit also finds: %s\n", strings.Join(r.Also, ", "))
	}
	fmt.Fprintf(out, "\nproof: %s\n", proofText(r.Proof))
	printList(out, "\nwith this mistake:", strings.Split(r.Before.Text, "\n"))
	printList(out, "without it:", strings.Split(r.After.Text, "\n"))
	return nil
}

// proofText says how a rule knows what it says.
func proofText(p lint.Proof) string {
	if p == lint.ProofStatic {
		return "the text says so; no exchange shows what comes of it"
	}
	return "a finding has the exchange that shows it, as browsers make it"
}

// wrapped returns a text in lines of at most n characters.
func wrapped(text string, n int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > n {
			out, line = append(out, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(out, line)
}

func ruleWords() []string {
	var out []string
	for _, r := range lint.Rules() {
		out = append(out, r.ID)
	}
	return out
}
