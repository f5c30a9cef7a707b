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
	rules := suffixRulesBelow(domain[strings.LastIndexByte(domain, '.')+1:])
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

// suffixBranch holds the rules of one top-level domain.
type suffixBranch struct {
	// lines are those of the list. They are sorted by the labels from the last to the
	// first. Each begins with a character that says how many bytes the name shares with
	// the one before: '0' for none, as in the first one only.
	lines string
	read  sync.Once
	rules map[string]suffixRule // by name, once they are read
}

// suffixRulesBelow returns the rules of a top-level domain, and nil if the list has none.
// The list is long and most programs ask for few domains: each is read when its first
// site is computed.
func suffixRulesBelow(topLevel string) map[string]suffixRule {
	b := suffixBranches()[topLevel]
	if b == nil {
		return nil
	}
	b.read.Do(func() { b.rules = readSuffixRules(b.lines) })
	return b.rules
}

// suffixBranches finds where the rules of each top-level domain stand.
var suffixBranches = sync.OnceValue(func() map[string]*suffixBranch {
	byName := make(map[string]*suffixBranch, 1500)
	start := 0
	// A loop over the bytes: strings.Index is slow in WebAssembly for what is found often.
	for i := 1; i <= len(suffixData); i++ {
		if i < len(suffixData) && (suffixData[i] != '0' || suffixData[i-1] != '\n') {
			continue
		}
		lines := suffixData[start:i]
		byName[lines[1:strings.IndexAny(lines, ".\n")]] = &suffixBranch{lines: lines}
		start = i
	}
	return byName
})

// readSuffixRules reads the rules of one top-level domain.
func readSuffixRules(lines string) map[string]suffixRule {
	rules := make(map[string]suffixRule, strings.Count(lines, "\n"))
	previous := ""
	for line := range strings.Lines(lines) {
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
}
