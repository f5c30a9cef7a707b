package origin

import (
	"strings"
	"sync/atomic"
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

// suffixRulesBelow returns the rules of a top-level domain by name, and nil if the list has
// none. The list is long and most programs ask for few domains: each is read when its first
// site is computed.
func suffixRulesBelow(topLevel string) map[string]suffixRule {
	i, ok := findTopLevel(topLevel)
	if !ok {
		return nil
	}
	read := suffixRulesRead[i].Load()
	if read == nil {
		end := uint32(len(suffixData))
		if i+1 < len(suffixStarts) {
			end = suffixStarts[i+1]
		}
		rules := readSuffixRules(suffixData[suffixStarts[i]:end])
		read = &rules
		suffixRulesRead[i].Store(read)
	}
	return *read
}

// suffixRulesRead holds the rules of the top-level domains that have been asked for, in the
// order of suffixStarts.
var suffixRulesRead [len(suffixStarts)]atomic.Pointer[map[string]suffixRule]

// findTopLevel returns which of the top-level domains a label is; ok is false if it is none.
func findTopLevel(label string) (i int, ok bool) {
	low, high := 0, len(suffixStarts)
	for low < high {
		middle := int(uint(low+high) / 2)
		if topLabel(suffixData[suffixStarts[middle]+1:]) < label {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < len(suffixStarts) && topLabel(suffixData[suffixStarts[low]+1:]) == label
}

// topLabel returns the text before the first full stop or the end of the line.
func topLabel(line string) string {
	for i := range len(line) {
		if line[i] == '.' || line[i] == '\n' {
			return line[:i]
		}
	}
	return line
}

// readSuffixRules reads the rules of one top-level domain. They are sorted by the labels
// from the last to the first. Each line begins with a character that says how many bytes the
// name shares with the one before: '0' for none, as in the first one only.
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
		rules[reversedLabels(name)] |= rule
	}
	return rules
}

// reversedLabels returns a name with its labels in reverse order.
func reversedLabels(name string) string {
	var w strings.Builder
	w.Grow(len(name))
	for {
		dot := strings.LastIndexByte(name, '.')
		w.WriteString(name[dot+1:])
		if dot < 0 {
			return w.String()
		}
		w.WriteByte('.')
		name = name[:dot]
	}
}
