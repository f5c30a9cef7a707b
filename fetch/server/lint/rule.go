package lint

import "slices"

// Rule is one thing that can be wrong.
type Rule struct {
	// ID is the rule's stable name, such as "null-origin".
	ID string
	// Also holds the names of mistakes that the rule finds, too, for whoever looks for
	// one by its name, such as "regexp-unanchored".
	Also []string
	// Severity is that of the rule's most serious finding.
	Severity Severity
	// Title says in one sentence what is wrong.
	Title string
	// Why says what comes of it, and what to do.
	Why string
	// Before is a configuration that the rule finds fault with, After the same
	// without the fault.
	Before, After Example
	// Proof says how the rule knows.
	Proof Proof

	run func(*prober) error
}

// Example is a piece of a configuration.
type Example struct {
	// Language is the word for its language in a Markdown page, such as "js".
	Language string
	Text     string
}

// Rules returns all rules, in the order in which [Run] applies them: first those
// whose findings are the most serious.
func Rules() []Rule {
	return slices.Concat(originRules(), headerRules(), preflightRules(), policyRules(), textRules(), causeRules())
}

// RuleByID returns the rule of an ID, or of the name of a mistake that it finds.
func RuleByID(id string) (Rule, bool) {
	rules := Rules()
	i := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id || slices.Contains(r.Also, id) })
	if i < 0 {
		return Rule{}, false
	}
	return rules[i], true
}
