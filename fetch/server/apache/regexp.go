package apache

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// A pattern is a regular expression of the configuration. What Go's regular
// expressions do not have, such as look-ahead, is left to a backtracking matcher.
type pattern struct {
	re    *regexp.Regexp
	other *regexp2.Regexp // instead of re
}

// errPattern is the error of a pattern that the real server refuses too.
var errPattern = errors.New("the regular expression does not compile")

// matchTimeout bounds the time of one match by the backtracking matcher. The real
// server has a limit too, and takes a match that exceeds it as none.
const matchTimeout = 50 * time.Millisecond

// compile compiles a regular expression. The error is errPattern if the real server
// refuses the expression too, and otherwise says what is not modelled.
func compile(text string, fold bool) (*pattern, error) {
	flags := ""
	if fold {
		flags = "(?i)"
	}
	re, err := regexp.Compile(flags + text)
	if err == nil {
		return &pattern{re: re}, nil
	}
	if e, ok := errors.AsType[*syntax.Error](err); ok {
		switch e.Code {
		case syntax.ErrMissingParen, syntax.ErrUnexpectedParen, syntax.ErrMissingBracket, syntax.ErrTrailingBackslash, syntax.ErrMissingRepeatArgument:
			return nil, errPattern
		}
	}
	other, err := regexp2.Compile(flags + text)
	if err != nil {
		return nil, fmt.Errorf("the regular expression %q uses what is not modelled (%w)", text, err)
	}
	other.MatchTimeout = matchTimeout
	return &pattern{other: other}, nil
}

// match returns the positions of the match and its groups; nil if there is none.
func (p *pattern) match(s string) []int {
	if p.re != nil {
		return p.re.FindStringSubmatchIndex(s)
	}
	m, err := p.other.FindStringMatch(s)
	if err != nil || m == nil {
		return nil
	}
	at := runeOffsets(s)
	var out []int
	for _, g := range m.Groups() {
		if len(g.Captures) == 0 {
			out = append(out, -1, -1)
			continue
		}
		out = append(out, at(g.RuneIndex), at(g.RuneIndex+g.RuneLength))
	}
	return out
}

// runeOffsets returns a function from the index of a character to that of its byte.
func runeOffsets(s string) func(int) int {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x80 {
			continue
		}
		var at []int
		for j := range s {
			at = append(at, j)
		}
		at = append(at, len(s))
		return func(n int) int { return at[min(n, len(at)-1)] }
	}
	return func(n int) int { return n }
}

// matches reports whether a text matches.
func (p *pattern) matches(s string) bool {
	if p.re != nil {
		return p.re.MatchString(s)
	}
	ok, err := p.other.MatchString(s)
	return ok && err == nil
}

// groups returns the number of groups.
func (p *pattern) groups() int {
	if p.re != nil {
		return p.re.NumSubexp()
	}
	return len(p.other.GetGroupNumbers()) - 1
}

// names returns the names of the groups as environment variables, "" for those
// without a name; nil if no group has one.
func (p *pattern) names() []string {
	if p == nil || p.re == nil {
		return nil
	}
	var out []string
	named := false
	for _, n := range p.re.SubexpNames() {
		if n != "" {
			n, named = "MATCH_"+upper(n), true
		}
		out = append(out, n)
	}
	if !named {
		return nil
	}
	return out
}

// group returns a group of a match, and "" for one that did not take part.
func group(source string, match []int, n int) string {
	if 2*n+1 >= len(match) || match[2*n] < 0 {
		return ""
	}
	return source[match[2*n]:match[2*n+1]]
}

// substitute replaces $0 to $9 in a text by groups of a match; a backslash escapes
// the next character.
func substitute(text, source string, match []int) string {
	if !strings.ContainsAny(text, `$\`) {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '$' && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9':
			i++
			out.WriteString(group(source, match, int(text[i]-'0')))
		case c == '\\' && i+1 < len(text):
			i++
			out.WriteByte(text[i])
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}
