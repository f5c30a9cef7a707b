package origin

import (
	"math"
	"strings"
)

// ParseURL parses an absolute URL. The error is a [*ParseError].
// https://url.spec.whatwg.org/#concept-url-parser
//
// Like a browser it accepts and corrects many mistakes, such as missing slashes
// and back slashes. It percent-encodes bytes that are not UTF-8 as they are.
func ParseURL(input string) (URL, error) {
	if u, ok := parseNormalised(input); ok {
		return u, nil
	}
	return runParser(input, URL{})
}

// MustParseURL is like [ParseURL] but panics when the input is not a URL.
func MustParseURL(input string) URL {
	u, err := ParseURL(input)
	if err != nil {
		panic(err)
	}
	return u
}

// Parse parses a reference, which may be relative, with u as its base URL. The
// error is a [*ParseError].
func (u URL) Parse(ref string) (URL, error) {
	if parsed, ok := parseNormalised(ref); ok {
		return parsed, nil
	}
	return runParser(ref, u)
}

// ParseWithSpaces is like [URL.Parse], but for spaces in the host of a special URL, which it
// percent-encodes. The standard has no such URLs: [ParseURL] returns an error for them.
func (u URL) ParseWithSpaces(ref string) (URL, error) {
	return parser{base: u, spaces: true}.parse(ref)
}

// maxLength limits the input and the result. Offsets must fit in 32 bits even
// when the result contains the whole base and three bytes for each byte of the
// reference.
const maxLength = math.MaxInt32 / 4

func tooLong(length int) bool { return length > maxLength }

// runParser runs the state machine; the zero base is the null base.
func runParser(input string, base URL) (URL, error) {
	return parser{base: base}.parse(input)
}

// parse runs the state machine on an input.
func (p parser) parse(input string) (URL, error) {
	if tooLong(max(len(input), len(p.base.href))) {
		return URL{}, &ParseError{Input: input, Problem: ProblemTooLong}
	}
	p.in = trimInput(input)
	p.out = make([]byte, 0, len(p.base.href)+len(p.in)+16)
	if problem := p.run(); problem != "" {
		return URL{}, &ParseError{Input: input, Problem: problem}
	}
	if string(p.out) == p.in {
		p.url.href = p.in
	} else {
		p.url.href = string(p.out)
	}
	return p.url, nil
}

// trimInput removes leading and trailing C0 controls and spaces, and every
// tab and newline.
func trimInput(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
	if !strings.ContainsAny(s, "\t\n\r") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		if c := s[i]; c != '\t' && c != '\n' && c != '\r' {
			out = append(out, c)
		}
	}
	return string(out)
}
