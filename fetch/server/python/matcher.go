package python

import (
	"regexp"
	"strings"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// matcher is a compiled regular expression: one of Go's, or one of a backtracking
// matcher.
type matcher struct {
	re    *regexp.Regexp
	other *regexp2.Regexp // instead of re
}

// matchTimeout bounds the time of one match by the backtracking matcher.
const matchTimeout = 50 * time.Millisecond

// pythonReference finds a reference to a named group.
var pythonReference = regexp.MustCompile(`\(\?P=(\w+)\)`)

// newMatcher compiles a regular expression.
func newMatcher(text string, simple bool) (*matcher, error) {
	if simple {
		re, err := regexp.Compile(text)
		return &matcher{re: re}, err
	}
	text = strings.ReplaceAll(pythonReference.ReplaceAllString(text, `\k<$1>`), "(?P<", "(?<")
	other, err := regexp2.Compile(text)
	if err != nil {
		return nil, err
	}
	other.MatchTimeout = matchTimeout
	return &matcher{other: other}, nil
}

// MatchString reports whether a text matches.
func (m *matcher) MatchString(s string) bool { return m.FindStringSubmatchIndex(s) != nil }

// FindStringSubmatch returns the match and its groups; nil if there is none.
func (m *matcher) FindStringSubmatch(s string) []string {
	index := m.FindStringSubmatchIndex(s)
	if index == nil {
		return nil
	}
	var out []string
	for i := 0; i < len(index); i += 2 {
		if index[i] < 0 {
			out = append(out, "")
			continue
		}
		out = append(out, s[index[i]:index[i+1]])
	}
	return out
}

// FindStringSubmatchIndex returns the positions of the match and its groups; nil if
// there is none.
func (m *matcher) FindStringSubmatchIndex(s string) []int {
	if m.re != nil {
		return m.re.FindStringSubmatchIndex(s)
	}
	found, err := m.other.FindStringMatch(s)
	if err != nil || found == nil {
		return nil
	}
	// The matcher counts characters.
	offsets := make([]int, 0, len(s)+1)
	for i := range s {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(s))
	var out []int
	for _, g := range found.Groups() {
		if len(g.Captures) == 0 {
			out = append(out, -1, -1)
			continue
		}
		out = append(out, offsets[g.RuneIndex], offsets[g.RuneIndex+g.RuneLength])
	}
	return out
}

// SubexpNames returns the names of the groups, "" for those without one.
func (m *matcher) SubexpNames() []string {
	if m.re != nil {
		return m.re.SubexpNames()
	}
	var out []string
	for _, n := range m.other.GetGroupNames() {
		if n[0] >= '0' && n[0] <= '9' {
			n = ""
		}
		out = append(out, n)
	}
	return out
}
