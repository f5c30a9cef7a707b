package apache

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
)

// A pattern is a regular expression of the configuration. PCRE's look-ahead at the
// start of the text is kept apart, as Go's regular expressions have none.
type pattern struct {
	re *regexp.Regexp
	// ahead are look-aheads at the start of the text.
	ahead []lookahead
}

type lookahead struct {
	re       *regexp.Regexp
	negative bool
}

// errPattern is the error of a pattern that the real server refuses too.
var errPattern = errors.New("the regular expression does not compile")

// compile compiles a regular expression. The error wraps errPattern if the real
// server refuses the expression too, and otherwise says what is not modelled.
func compile(text string, fold bool) (*pattern, error) {
	if fold {
		return compileWith(text, "(?i)")
	}
	return compileWith(text, "")
}

func compileWith(text, flags string) (*pattern, error) {
	out := new(pattern)
	rest := text
	for strings.HasPrefix(rest, "^(?!") || strings.HasPrefix(rest, "^(?=") {
		end := closing(rest, 1)
		if end < 0 {
			return nil, errPattern
		}
		re, err := goRegexp(flags + "^(?:" + rest[4:end] + ")")
		if err != nil {
			return nil, err
		}
		out.ahead = append(out.ahead, lookahead{re: re, negative: rest[3] == '!'})
		rest = "^" + rest[end+1:]
		if len(rest) > 1 && strings.ContainsRune("*+?{", rune(rest[1])) {
			return nil, errPattern
		}
	}
	if len(out.ahead) > 0 && hasTopLevelBar(rest) {
		return nil, fmt.Errorf("the regular expression %q has a look-ahead in one of several alternatives, which is not modelled", text)
	}
	re, err := goRegexp(flags + rest)
	if err != nil {
		return nil, err
	}
	out.re = re
	return out, nil
}

// goRegexp compiles an expression that means the same in PCRE and in Go.
func goRegexp(text string) (*regexp.Regexp, error) {
	re, err := regexp.Compile(text)
	if err == nil {
		return re, nil
	}
	if e, ok := errors.AsType[*syntax.Error](err); ok {
		switch e.Code {
		case syntax.ErrMissingParen, syntax.ErrUnexpectedParen, syntax.ErrMissingBracket, syntax.ErrTrailingBackslash:
			return nil, errPattern
		case syntax.ErrMissingRepeatArgument:
			return nil, errPattern
		}
	}
	return nil, fmt.Errorf("the regular expression %q uses what is not modelled (%w)", text, err)
}

// closing returns where the group that opens at a position ends; -1 if it does not.
func closing(s string, open int) int {
	depth, class := 0, false
	for i := open; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case class:
			class = c != ']'
		case c == '[':
			class = true
			if i+1 < len(s) && s[i+1] == ']' {
				i++
			}
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// hasTopLevelBar reports whether an expression has alternatives outside groups.
func hasTopLevelBar(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '(', '[':
			end := len(s)
			if s[i] == '(' {
				end = closing(s, i)
			} else if n := strings.IndexByte(s[i+1:], ']'); n >= 0 {
				end = i + 1 + n
			}
			if end < 0 {
				return false
			}
			i = end
		case '|':
			return true
		}
	}
	return false
}

// match returns the positions of the match and its groups; nil if there is none.
func (p *pattern) match(s string) []int {
	for _, a := range p.ahead {
		if a.re.MatchString(s) == a.negative {
			return nil
		}
	}
	return p.re.FindStringSubmatchIndex(s)
}

// matches reports whether a text matches.
func (p *pattern) matches(s string) bool {
	for _, a := range p.ahead {
		if a.re.MatchString(s) == a.negative {
			return false
		}
	}
	return p.re.MatchString(s)
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
