package capture

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch/server"
)

// jsValue is the value of an expression: nil for null and undefined, bool, float64,
// string (UTF-8), *jsArray, *jsObject, *jsJoined, *jsMade, or *jsBlank if it is not known.
type jsValue any

type jsArray struct{ elements []jsNode }

type jsObject struct{ members []jsMember }

// jsMember is a member of an object. A spread and a computed key have the key "" and a
// blank.
type jsMember struct {
	key    string
	offset int
	value  jsNode
}

// jsNode is a value and its offset in the input.
type jsNode struct {
	value  jsValue
	offset int
}

// jsScanner reads expressions of JavaScript and TypeScript as far as they are literals. It
// runs nothing: what is not a literal becomes a blank.
type jsScanner struct {
	input string
	at    int
	depth int
	// names has the values of names, such as those of constants.
	names map[string]jsNode
}

// maxDepth is the largest depth of nested literals.
const maxDepth = 100

func (s *jsScanner) errorAt(offset int, format string, args ...any) *server.InputError {
	return errorAt(s.input, offset, format, args...)
}

// skip skips white space and comments.
func (s *jsScanner) skip() error {
	for s.at < len(s.input) {
		rest := s.input[s.at:]
		switch r, size := utf8.DecodeRuneInString(rest); {
		case unicode.IsSpace(r) || r == '\ufeff':
			s.at += size
		case strings.HasPrefix(rest, "//"):
			if end := strings.IndexByte(rest, '\n'); end >= 0 {
				s.at += end
				continue
			}
			s.at = len(s.input)
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				return s.errorAt(s.at, "the comment does not end")
			}
			s.at += end + 4
		default:
			return nil
		}
	}
	return nil
}

// take reads a token if it comes next.
func (s *jsScanner) take(token string) (bool, error) {
	if err := s.skip(); err != nil {
		return false, err
	}
	if !strings.HasPrefix(s.input[s.at:], token) {
		return false, nil
	}
	s.at += len(token)
	return true, nil
}

// want reads a token that must come next.
func (s *jsScanner) want(token string) error {
	ok, err := s.take(token)
	if err == nil && !ok {
		err = s.errorAt(s.at, "expected %q here, not %s", token, s.ahead())
	}
	return err
}

// ahead returns the next identifier or character for an error message.
func (s *jsScanner) ahead() string {
	if s.at >= len(s.input) {
		return "the end"
	}
	if name := s.peekName(); name != "" {
		return strconv.Quote(name)
	}
	r, _ := utf8.DecodeRuneInString(s.input[s.at:])
	return strconv.QuoteRune(r)
}

// peekName returns the identifier that comes next; "" if there is none.
func (s *jsScanner) peekName() string {
	end := s.at
	for end < len(s.input) {
		r, size := utf8.DecodeRuneInString(s.input[end:])
		if r != '_' && r != '$' && !unicode.IsLetter(r) && (end == s.at || !unicode.IsDigit(r)) {
			break
		}
		end += size
	}
	return s.input[s.at:end]
}

func (s *jsScanner) number() (jsValue, error) {
	end := s.at + 1
	for end < len(s.input) && strings.IndexByte("0123456789.eE+-", s.input[end]) >= 0 {
		end++
	}
	n, err := strconv.ParseFloat(s.input[s.at:end], 64)
	if err != nil {
		return nil, s.errorAt(s.at, "%q is not a number that corsim understands", s.input[s.at:end])
	}
	s.at = end
	return n, nil
}

// list reads elements up to a closing bracket, which may have a comma before it.
func (s *jsScanner) list(end string, element func() error) error {
	s.at++
	for {
		if done, err := s.take(end); done || err != nil {
			return err
		}
		if err := element(); err != nil {
			return err
		}
		comma, err := s.take(",")
		if err != nil {
			return err
		}
		if !comma {
			return s.want(end)
		}
	}
}

func (s *jsScanner) array() (jsValue, error) {
	out := &jsArray{}
	err := s.list("]", func() error {
		node, err := s.value()
		out.elements = append(out.elements, node)
		return err
	})
	return out, err
}

// object reads an object. Of members with the same key the last one counts.
func (s *jsScanner) object() (jsValue, error) {
	out := &jsObject{}
	index := make(map[string]int)
	err := s.list("}", func() error {
		member, err := s.member()
		if err != nil {
			return err
		}
		if i, ok := index[member.key]; ok && member.key != "" {
			out.members[i] = member
			return nil
		}
		index[member.key] = len(out.members)
		out.members = append(out.members, member)
		return nil
	})
	return out, err
}

// member reads a member: a key with a value, a name alone, a method, or a spread.
func (s *jsScanner) member() (jsMember, error) {
	if strings.HasPrefix(s.input[s.at:], "...") || strings.HasPrefix(s.input[s.at:], "[") {
		blank, err := s.blank(s.at)
		return jsMember{offset: blank.offset, value: blank}, err
	}
	m, err := s.key()
	if err != nil {
		return m, err
	}
	if colon, err := s.take(":"); colon || err != nil {
		if err == nil {
			m.value, err = s.value()
		}
		return m, err
	}
	if err := s.skip(); err != nil {
		return m, err
	}
	if s.atDelimiter() {
		m.value = s.named(m.key, m.offset)
		return m, nil
	}
	// The rest is a method, or an accessor or an asynchronous method with its name.
	m.value, err = s.blank(m.offset)
	return m, err
}

// key reads the key of a member.
func (s *jsScanner) key() (jsMember, error) {
	m := jsMember{offset: s.at}
	if s.at < len(s.input) && (s.input[s.at] == '"' || s.input[s.at] == '\'') {
		text, err := s.text()
		m.key, _ = text.(string)
		return m, err
	}
	if m.key = s.peekName(); m.key == "" {
		return m, s.errorAt(s.at, "expected a key here, not %s", s.ahead())
	}
	s.at += len(m.key)
	return m, nil
}

// text reads a string or a template.
func (s *jsScanner) text() (jsValue, error) {
	quote, start := s.input[s.at], s.at
	s.at++
	var units []uint16
	joined := &jsJoined{}
	for s.at < len(s.input) {
		r, size := utf8.DecodeRuneInString(s.input[s.at:])
		switch {
		case byte(r) == quote && size == 1:
			s.at++
			return joined.with(string(utf16.Decode(units))).value(), nil
		case r == '\\':
			more, err := s.escape()
			if err != nil {
				return nil, err
			}
			units = append(units, more...)
			continue
		case quote != '`' && (r == '\n' || r == '\r'):
			return nil, s.errorAt(start, "the string does not end on its line")
		case quote == '`' && strings.HasPrefix(s.input[s.at:], "${"):
			joined.with(string(utf16.Decode(units)))
			units = nil
			if err := s.substitution(joined); err != nil {
				return nil, err
			}
			continue
		}
		units = utf16.AppendRune(units, r)
		s.at += size
	}
	return nil, s.errorAt(start, "the string does not end")
}

// substitution reads a substitution of a template.
func (s *jsScanner) substitution(joined *jsJoined) error {
	s.at += len("${")
	node, err := s.value()
	if err != nil {
		return err
	}
	joined.with(node.value)
	return s.want("}")
}

// escape reads what follows a backslash.
func (s *jsScanner) escape() ([]uint16, error) {
	start := s.at
	s.at++
	r, size := utf8.DecodeRuneInString(s.input[s.at:])
	if size == 0 {
		return nil, s.errorAt(start, "the string does not end")
	}
	s.at += size
	if plain, ok := map[rune]uint16{'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'f': '\f', 'v': '\v'}[r]; ok {
		return []uint16{plain}, nil
	}
	digits := 0
	switch {
	case r == '\n':
		return nil, nil // the line goes on
	case r == 'x':
		digits = 2
	case r == 'u' && strings.HasPrefix(s.input[s.at:], "{"):
		return s.bracedEscape(start)
	case r == 'u':
		digits = 4
	case r == '0' && !strings.ContainsAny(s.input[s.at:min(s.at+1, len(s.input))], "0123456789"):
		return []uint16{0}, nil
	case '0' <= r && r <= '9':
		return nil, s.errorAt(start, "an octal escape is not understood")
	default:
		return utf16.AppendRune(nil, r), nil
	}
	end := min(s.at+digits, len(s.input))
	n, err := strconv.ParseUint(s.input[s.at:end], 16, 16)
	if err != nil || end-s.at != digits {
		return nil, s.errorAt(start, "the escape lacks hexadecimal digits")
	}
	s.at = end
	return []uint16{uint16(n)}, nil
}

// bracedEscape reads the rest of \u{…}.
func (s *jsScanner) bracedEscape(start int) ([]uint16, error) {
	digits, _, ok := strings.Cut(s.input[s.at+1:], "}")
	n, err := strconv.ParseUint(digits, 16, 32)
	if !ok || err != nil || n > unicode.MaxRune {
		return nil, s.errorAt(start, "the escape does not name a character")
	}
	s.at += len(digits) + 2
	return utf16.AppendRune(nil, rune(n)), nil
}
