package scenario

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch/jsonstring"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/textfmt"
)

// scanner reads one JSON text. It knows the shape that it wants and reads no
// deeper than that, so that hostile input costs no more than its length.
// Strings without escapes are parts of the text, not copies.
type scanner struct {
	// later reports whether a key of format 1.1 or 1.2 has appeared.
	later bool
	text  string
	pos   int
	// plain reports whether the last string was ASCII without escapes.
	plain bool
}

// problemf returns an error about the value that is read; its place is added on
// the way out.
func problemf(format string, args ...any) error {
	return &server.InputError{Problem: textfmt.Sprintf(format, args...)}
}

// under puts a key or an index such as "[3]" before the path of an error.
func under(elem string, err error) error {
	out := server.At(server.Position{}, err)
	if out.Path != "" && out.Path[0] != '[' {
		elem += "."
	}
	out.Path = elem + out.Path
	return out
}

// pathKey returns a key as it is written in a path.
func pathKey(name string) string {
	for i := range len(name) {
		c := name[i]
		if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_') {
			return Quote(name)
		}
	}
	if name == "" || len(name) > 60 {
		return Quote(name)
	}
	return name
}

// syntax returns an error for text that is not JSON at the current position.
func (s *scanner) syntax() error {
	if s.pos >= len(s.text) {
		return problemf("not JSON: the line ends too early")
	}
	r, size := utf8.DecodeRuneInString(s.text[s.pos:])
	if r == utf8.RuneError && size == 1 {
		return problemf("not JSON: byte 0x%02x at column %d is not UTF-8", s.text[s.pos], s.pos+1)
	}
	return problemf("not JSON: unexpected %q at column %d", r, s.pos+1)
}

// peek skips white space and returns the next byte, or 0 at the end.
func (s *scanner) peek() byte {
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; c {
		case ' ', '\t', '\r', '\n':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// take skips white space and takes c if it is next.
func (s *scanner) take(c byte) bool {
	if s.peek() != c || s.pos >= len(s.text) {
		return false
	}
	s.pos++
	return true
}

// wrongType returns an error for a value that is not of the wanted type.
func (s *scanner) wrongType(want string) error {
	switch c := s.peek(); {
	case c == '"':
		return problemf("want %s, not a string", want)
	case c == '{':
		return problemf("want %s, not an object", want)
	case c == '[':
		return problemf("want %s, not an array", want)
	case c == '-' || '0' <= c && c <= '9':
		return problemf("want %s, not a number", want)
	}
	for _, literal := range []string{"null", "true", "false"} {
		if strings.HasPrefix(s.text[s.pos:], literal) {
			return problemf("want %s, not %s", want, literal)
		}
	}
	return s.syntax()
}

// end fails unless nothing but white space is left.
func (s *scanner) end() error {
	if s.peek() != 0 || s.pos < len(s.text) {
		return problemf("a line is one object, but more text follows at column %d", s.pos+1)
	}
	return nil
}

// null takes a null if it is next.
func (s *scanner) null() bool { return s.peek() == 'n' && s.literal("null") }

func (s *scanner) literal(word string) bool {
	if !strings.HasPrefix(s.text[s.pos:], word) {
		return false
	}
	s.pos += len(word)
	return true
}

func (s *scanner) bool() (bool, error) {
	switch s.peek() {
	case 't':
		if s.literal("true") {
			return true, nil
		}
	case 'f':
		if s.literal("false") {
			return false, nil
		}
	}
	return false, s.wrongType("true or false")
}

func (s *scanner) string() (string, error) {
	if s.peek() != '"' {
		return "", s.wrongType("a string")
	}
	text, start := s.text, s.pos+1
	for i := start; i < len(text); i++ {
		if plainBytes[text[i]] {
			continue
		}
		if text[i] == '"' {
			s.pos, s.plain = i+1, true
			return text[start:i], nil
		}
		s.plain = false
		return s.escaped(start, i)
	}
	s.pos = len(s.text)
	return "", s.syntax()
}

// plainBytes holds the bytes of a string that stand for themselves: ASCII
// without control characters, quotation mark and backslash.
var plainBytes = func() (set [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		set[c] = c != '"' && c != '\\'
	}
	return set
}()

// escaped reads the string that starts at start and from i on holds more than
// plain ASCII.
func (s *scanner) escaped(start, i int) (string, error) {
	escapes, wide := false, false
	for ; i < len(s.text); i++ {
		c := s.text[i]
		switch {
		case c == '"':
			return s.unquote(start, i, escapes, wide)
		case c == '\\':
			escapes = true
			i++
		case c < ' ':
			s.pos = i
			return "", s.syntax()
		case c >= utf8.RuneSelf:
			wide = true
		}
	}
	s.pos = len(s.text)
	return "", s.syntax()
}

func (s *scanner) unquote(start, end int, escapes, wide bool) (string, error) {
	raw := s.text[start:end]
	if !escapes && (!wide || utf8.ValidString(raw)) {
		s.pos = end + 1
		return raw, nil
	}
	value, err := jsonstring.Unquote(s.text[start-1 : end+1])
	if err != nil {
		return "", problemf("the string at column %d has an invalid escape or is not UTF-8", start)
	}
	s.pos = end + 1
	return value, nil
}

// number takes a JSON number and returns its text.
func (s *scanner) number() (string, error) {
	c := s.peek()
	if c != '-' && (c < '0' || c > '9') {
		return "", s.wrongType("a number")
	}
	start := s.pos
	for s.pos < len(s.text) && strings.IndexByte("+-.0123456789Ee", s.text[s.pos]) >= 0 {
		s.pos++
	}
	text := s.text[start:s.pos]
	if !isNumber(text) {
		s.pos = start
		return "", s.syntax()
	}
	return text, nil
}

// isNumber reports whether a text is a JSON number. Package jsontext can say so too, but
// its decoder would add a fiftieth to a WebAssembly module.
// https://www.rfc-editor.org/rfc/rfc8259#section-6
func isNumber(text string) bool {
	text = strings.TrimPrefix(text, "-")
	whole := digits(text)
	if whole == 0 || whole > 1 && text[0] == '0' {
		return false
	}
	text = text[whole:]
	if rest, ok := strings.CutPrefix(text, "."); ok {
		fraction := digits(rest)
		if fraction == 0 {
			return false
		}
		text = rest[fraction:]
	}
	if text != "" && text[0]|0x20 == 'e' {
		text = text[1:]
		if text != "" && (text[0] == '+' || text[0] == '-') {
			text = text[1:]
		}
		return text != "" && digits(text) == len(text)
	}
	return text == ""
}

// digits returns how many digits a text begins with.
func digits(text string) int {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return i
		}
	}
	return len(text)
}

// int takes a whole number in a range.
func (s *scanner) int(low, high int) (int, error) {
	s.peek()
	// A few digits are by far the commonest.
	n, i := 0, s.pos
	for ; i < len(s.text) && i-s.pos < 9 && '0' <= s.text[i] && s.text[i] <= '9'; i++ {
		n = 10*n + int(s.text[i]-'0')
	}
	if digits := i - s.pos; digits > 0 && i < len(s.text) && strings.IndexByte("+-.0123456789Ee", s.text[i]) < 0 &&
		(digits == 1 || s.text[s.pos] != '0') {
		s.pos = i
	} else {
		text, err := s.number()
		if err != nil {
			return 0, err
		}
		if n, err = strconv.Atoi(text); err != nil {
			return 0, problemf("want a whole number from %d to %d, not %s", low, high, text)
		}
	}
	if n < low || n > high {
		return 0, problemf("want a whole number from %d to %d, not %d", low, high, n)
	}
	return n, nil
}

// array calls elem for each element of an array; elem takes the element.
func (s *scanner) array(elem func() error) error {
	if !s.take('[') {
		return s.wrongType("an array")
	}
	if s.take(']') {
		return nil
	}
	for i := 0; ; i++ {
		if err := elem(); err != nil {
			return under("["+strconv.Itoa(i)+"]", err)
		}
		if s.take(',') {
			continue
		}
		if s.take(']') {
			return nil
		}
		return s.syntax()
	}
}

// members calls member for each member of an object with its name; member
// takes the value.
func (s *scanner) members(member func(name string) error) error {
	if !s.take('{') {
		return s.wrongType("an object")
	}
	if s.take('}') {
		return nil
	}
	for {
		if s.peek() != '"' {
			return s.syntax()
		}
		name, err := s.string()
		if err != nil {
			return err
		}
		if !s.take(':') {
			return s.syntax()
		}
		if err := member(name); err != nil {
			return under(pathKey(name), err)
		}
		if s.take(',') {
			continue
		}
		if s.take('}') {
			return nil
		}
		return s.syntax()
	}
}

// keys names the keys of an object; the first required ones must be there.
type keys struct {
	names    []string
	required int
	later    uint32 // the keys that format 1 did not have, by their indices
}

// newKeys returns the keys of an object, of which the first ones are required.
func newKeys(required int, names []string) keys {
	k := keys{names: names, required: required}
	for i, name := range names {
		if laterKeys[name] {
			k.later |= 1 << i
		}
	}
	return k
}

// object calls member for each member of an object whose keys are known.
func (s *scanner) object(k *keys, member func(key string) error) error {
	var seen uint32
	err := s.members(func(name string) error {
		for i, known := range k.names {
			if name != known {
				continue
			}
			if seen&(1<<i) != 0 {
				return problemf("the key appears twice")
			}
			seen |= 1 << i
			return member(known)
		}
		return problemf("unknown key; the keys here are %s", strings.Join(k.names, ", "))
	})
	if err != nil {
		return err
	}
	s.later = s.later || seen&k.later != 0
	for i, name := range k.names[:k.required] {
		if seen&(1<<i) == 0 {
			return problemf("the key %s is missing", name)
		}
	}
	return nil
}
