package aspnet

import (
	"strings"
)

// withoutExcluded replaces what #if excludes by blanks, so that places stay. Symbols are
// those of --set; DEBUG is not one of a program that was published.
func withoutExcluded(text string, isSet func(symbol string) bool) string {
	if !strings.Contains(text, "#if") {
		return text
	}
	var out strings.Builder
	var open []conditional
	for line := range strings.Lines(text) {
		word, condition, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "#if":
			is := holds(condition, isSet)
			open = append(open, conditional{outer: included(open), reads: is, done: is})
		case "#elif", "#else":
			if n := len(open); n > 0 {
				last := &open[n-1]
				last.reads = !last.done && (word == "#else" || holds(condition, isSet))
				last.done = last.done || last.reads
			}
		case "#endif":
			open = open[:max(len(open)-1, 0)]
		default:
			if !included(open) {
				line = blanks(line)
			}
		}
		out.WriteString(line)
	}
	return out.String()
}

// conditional is a #if whose end was not read yet.
type conditional struct {
	outer bool // what is around it is read
	reads bool // the part that comes is read
	done  bool // one of its parts was read
}

func included(open []conditional) bool {
	return len(open) == 0 || open[len(open)-1].outer && open[len(open)-1].reads
}

// holds evaluates symbols with "!", "&&" and "||", without parentheses.
func holds(condition string, isSet func(string) bool) bool {
	condition, _, _ = strings.Cut(condition, "//")
	for either := range strings.SplitSeq(condition, "||") {
		all := true
		for symbol := range strings.SplitSeq(either, "&&") {
			symbol = strings.Trim(symbol, " ()\t\r\n")
			name := strings.TrimLeft(symbol, "! ")
			negated := strings.Count(symbol[:len(symbol)-len(name)], "!")%2 == 1
			all = all && isSet(name) != negated
		}
		if all {
			return true
		}
	}
	return false
}

// blanks returns a line in which each byte is a blank but its end.
func blanks(line string) string {
	body := strings.TrimRight(line, "\r\n")
	return strings.Repeat(" ", len(body)) + line[len(body):]
}
