package capture

import (
	"strings"
	"unicode/utf8"
)

// maxBlank is the largest number of bytes of an unknown expression that is shown.
const maxBlank = 40

// blank skips an expression from its beginning, and returns it as a value that is not
// known.
func (s *jsScanner) blank(start int) (jsNode, error) {
	s.at = max(s.at, start)
	if err := s.skipExpression(); err != nil {
		return jsNode{}, err
	}
	source := strings.Join(strings.Fields(s.input[start:min(s.at, start+10*maxBlank)]), " ")
	if len(source) > maxBlank {
		source = strings.ToValidUTF8(source[:maxBlank], "") + "…"
	}
	if source == "" {
		return jsNode{}, s.errorAt(s.at, "expected a value here, not %s", s.ahead())
	}
	return jsNode{&jsBlank{source}, start}, nil
}

// skipExpression skips up to the comma, the semicolon or the bracket that ends an
// expression. Brackets, strings, templates, comments and regular expressions in it are
// skipped whole.
func (s *jsScanner) skipExpression() error {
	var open []byte
	before := byte('(') // the last character that is not blank
	for s.at < len(s.input) {
		mark := s.at
		if err := s.skip(); err != nil {
			return err
		}
		if s.at > mark {
			continue
		}
		c := s.input[s.at]
		switch {
		case c == '"' || c == '\'' || c == '`':
			if err := s.skipText(); err != nil {
				return err
			}
		case c == '/' && strings.IndexByte("(,=:[!&|?{};+", before) >= 0:
			s.skipRegexp()
		case c == '(' || c == '[' || c == '{':
			open = append(open, c)
			s.at++
		case c == ')' || c == ']' || c == '}':
			if len(open) == 0 {
				return nil
			}
			open = open[:len(open)-1]
			s.at++
		case (c == ',' || c == ';') && len(open) == 0:
			return nil
		default:
			_, size := utf8.DecodeRuneInString(s.input[s.at:])
			s.at += size
		}
		before = c
	}
	if len(open) > 0 {
		return s.errorAt(len(s.input), "the text ends inside brackets: %q is not closed", open[len(open)-1])
	}
	return nil
}

// skipText skips a string or a template. The substitutions of a template may have
// templates in them.
func (s *jsScanner) skipText() error {
	quote, start := s.input[s.at], s.at
	braces := 0
	for i := s.at + 1; i < len(s.input); i++ {
		switch c := s.input[i]; {
		case c == '\\':
			i++
		case c == quote && braces == 0:
			s.at = i + 1
			return nil
		case c == '\n' && quote != '`':
			return s.errorAt(start, "the string does not end on its line")
		case quote == '`' && c == '{' && (braces > 0 || s.input[i-1] == '$'):
			braces++
		case quote == '`' && c == '}' && braces > 0:
			braces--
		}
	}
	return s.errorAt(start, "the string does not end")
}

// skipRegexp skips a regular expression, or the slash if none ends on the line.
func (s *jsScanner) skipRegexp() {
	class := false
	for i := s.at + 1; i < len(s.input) && s.input[i] != '\n'; i++ {
		switch c := s.input[i]; {
		case c == '\\':
			i++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			s.at = i + 1
			return
		}
	}
	s.at++
}
