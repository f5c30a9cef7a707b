package origin

import (
	"slices"
	"strings"
	"sync"
)

//go:generate go run gen_suffixes.go

// publicSuffix returns the public suffix of a domain in its serialised form
// without a full stop at the end, and whether the public suffix list has a rule
// for it. Without a rule the suffix is the last label.
// https://publicsuffix.org/list/
func publicSuffix(domain string) (suffix string, listed bool) {
	rules := suffixRules()
	rest, parent := domain, suffixRule(0)
	start := len(domain) // the index of the suffix
	for range mostSuffixLabels {
		dot := strings.LastIndexByte(rest, '.')
		if parent&suffixWildcard != 0 {
			start = dot + 1
		}
		rule := rules[domain[dot+1:]]
		// An exception is a name that is not a suffix although a wildcard
		// matches it.
		if rule&suffixException != 0 {
			start = len(rest) + 1
			break
		}
		if rule&suffixItself != 0 {
			start = dot + 1
		}
		if dot < 0 {
			break
		}
		rest, parent = rest[:dot], rule
	}
	if start == len(domain) {
		return domain[strings.LastIndexByte(domain, '.')+1:], false
	}
	return domain[start:], true
}

// suffixRule says what the list has about a name.
type suffixRule uint8

const (
	suffixItself    suffixRule = 1 << iota // the name is a suffix
	suffixException                        // it is not, although a wildcard matches it
	suffixWildcard                         // each name below it is a suffix
)

// mostSuffixLabels is the largest number of labels in a suffix of the list. A test
// compares it.
const mostSuffixLabels = 7

// suffixRules reads the list when the first site is computed. The list is sorted
// by the labels from the last to the first. Each line begins with a character that
// says how many bytes the name shares with the one before: '0' for none.
var suffixRules = sync.OnceValue(func() map[string]suffixRule {
	rules := make(map[string]suffixRule, strings.Count(suffixData, "\n"))
	previous := ""
	for line := range strings.Lines(suffixData) {
		name := previous[:line[0]-'0'] + line[1:len(line)-1]
		previous = name
		rule := suffixItself
		if before, ok := strings.CutSuffix(name, ".*"); ok {
			name, rule = before, suffixWildcard
		} else if before, ok := strings.CutSuffix(name, "!"); ok {
			name, rule = before, suffixException
		}
		labels := strings.Split(name, ".")
		slices.Reverse(labels)
		rules[strings.Join(labels, ".")] |= rule
	}
	return rules
})
