package scenario

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/jsonstring"
	"github.com/corsim/corsim/fetch/order"
)

// maxJSONDepth is how deep arrays and objects may be nested in a JSON response.
const maxJSONDepth = 10_000

// jsonAgain parses a text and serialises it, as JSON.stringify(JSON.parse(body)) does; it
// returns false where the value is null or the text is not JSON.
// https://xhr.spec.whatwg.org/#json-response
func jsonAgain(body string) (string, bool) {
	s := &jsonReader{scanner{text: decodeUTF8(body)}, 0}
	out, err := s.appendValue(nil)
	if err != nil || s.end() != nil || string(out) == "null" {
		return "", false
	}
	return string(out), true
}

// jsonReader reads JSON values and writes what script has of them.
type jsonReader struct {
	scanner
	depth int
}

func (s *jsonReader) appendValue(out []byte) ([]byte, error) {
	if s.depth++; s.depth > maxJSONDepth {
		return out, problemf("more than %d values inside each other", maxJSONDepth)
	}
	defer func() { s.depth-- }()
	switch c := s.peek(); {
	case c == '{':
		return s.appendObject(out)
	case c == '[':
		return s.appendList(out)
	case c == '"':
		text, err := s.quoted()
		return append(out, text...), err
	case c == '-' || '0' <= c && c <= '9':
		text, err := s.number()
		return appendJSNumber(out, text), err
	}
	for _, word := range [...]string{"null", "true", "false"} {
		if s.literal(word) {
			return append(out, word...), nil
		}
	}
	return out, s.syntax()
}

func (s *jsonReader) appendList(out []byte) ([]byte, error) {
	out = append(out, '[')
	first := true
	err := s.array(func() (err error) {
		if !first {
			out = append(out, ',')
		}
		first = false
		out, err = s.appendValue(out)
		return err
	})
	return append(out, ']'), err
}

// appendObject appends an object: of members with one name the last one counts, in the
// place of the first. Names that are array indices come first.
// https://tc39.es/ecma262/#sec-ordinaryownpropertykeys
func (s *jsonReader) appendObject(out []byte) ([]byte, error) {
	var names []string // quoted
	values := make(map[string][]byte)
	s.take('{')
	for more := !s.take('}'); more; more = !s.take('}') {
		if len(names) > 0 && !s.take(',') {
			return out, s.syntax()
		}
		name, err := s.quoted()
		if err != nil {
			return out, err
		}
		if !s.take(':') {
			return out, s.syntax()
		}
		value, err := s.appendValue(nil)
		if err != nil {
			return out, err
		}
		if _, again := values[name]; !again {
			names = append(names, name)
		}
		values[name] = value
	}
	order.Stable(names, func(a, b string) int { return cmp.Compare(arrayIndex(a), arrayIndex(b)) })
	for i, name := range names {
		separator := byte(',')
		if i == 0 {
			separator = '{'
		}
		out = append(append(append(append(out, separator), name...), ':'), values[name]...)
	}
	if len(names) == 0 {
		out = append(out, '{')
	}
	return append(out, '}'), nil
}

// quoted takes a string and returns it in its shortest form.
func (s *jsonReader) quoted() (string, error) {
	if s.peek() != '"' {
		return "", s.syntax()
	}
	for i := s.pos + 1; i < len(s.text); i++ {
		switch s.text[i] {
		case '\\':
			i++
		case '"':
			text, err := jsonstring.Normal(s.text[s.pos : i+1])
			s.pos = i + 1
			return text, err
		}
	}
	s.pos = len(s.text)
	return "", s.syntax()
}

// notAnIndex comes after all array indices.
const notAnIndex = 1<<32 - 1

// arrayIndex returns the array index that a quoted name is, or notAnIndex.
// https://tc39.es/ecma262/#array-index
func arrayIndex(quoted string) uint64 {
	name := quoted[1 : len(quoted)-1]
	n, err := strconv.ParseUint(name, 10, 32)
	if err != nil || len(name) > 1 && name[0] == '0' || name[0] == '+' {
		return notAnIndex
	}
	return n
}

// appendJSNumber appends a JSON number as script writes it; what is too large is null.
// https://tc39.es/ecma262/#sec-numeric-types-number-tostring
func appendJSNumber(out []byte, text string) []byte {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil { // out of range, because the text is a number
		return append(out, "null"...)
	}
	if v == 0 {
		return append(out, '0') // also for -0
	}
	if size := max(v, -v); 1e-6 <= size && size < 1e21 {
		return strconv.AppendFloat(out, v, 'f', -1, 64)
	}
	digits, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', -1, 64), "e")
	return append(append(append(append(out, digits...), 'e'), exponent[0]), strings.TrimPrefix(exponent[1:], "0")...)
}
