// Package jsonstring reads and writes the strings of JSON texts. A complete reader of JSON
// would be a twentieth of a WebAssembly module.
package jsonstring

import (
	"errors"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// Append appends a text as a JSON string in its shortest form, as JSON.stringify() does.
// Bytes that are not UTF-8 become U+FFFD.
// https://tc39.es/ecma262/#sec-quotejsonstring
func Append(out []byte, text string) []byte {
	out = append(out, '"')
	for _, r := range text {
		out = appendRune(out, r)
	}
	return append(out, '"')
}

func appendRune(out []byte, r rune) []byte {
	switch {
	case r == '"' || r == '\\':
		return append(out, '\\', byte(r))
	case r >= ' ':
		return utf8.AppendRune(out, r)
	}
	for _, e := range shortEscapes {
		if rune(e.means) == r {
			return append(out, '\\', e.letter)
		}
	}
	return appendUnit(out, uint16(r))
}

// appendUnit appends the escape of a UTF-16 code unit.
func appendUnit(out []byte, unit uint16) []byte {
	return append(out, '\\', 'u', hexDigits[unit>>12], hexDigits[unit>>8&15], hexDigits[unit>>4&15], hexDigits[unit&15])
}

// shortEscapes are the escapes of control characters that have a letter.
var shortEscapes = [...]struct{ letter, means byte }{{'b', '\b'}, {'t', '\t'}, {'n', '\n'}, {'f', '\f'}, {'r', '\r'}}

var (
	errString    = errors.New("this is not a JSON string")
	errSurrogate = errors.New("the JSON string has half of a surrogate pair")
)

// Unquote returns what a JSON string stands for. A text with half of a surrogate pair,
// which is not UTF-8, is an error.
func Unquote(quoted string) (string, error) {
	out, err := units(quoted)
	if err == nil && !utf8.ValidString(out) {
		err = errSurrogate
	}
	return out, err
}

// Normal returns a JSON string in its shortest form, as JSON.stringify(JSON.parse(quoted))
// does: half of a surrogate pair stays an escape.
func Normal(quoted string) (string, error) {
	text, err := units(quoted)
	if err != nil {
		return "", err
	}
	out := append(make([]byte, 0, len(text)+2), '"')
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			out = appendUnit(out, 0xD000|uint16(text[i+1]&0x3F)<<6|uint16(text[i+2]&0x3F))
			i += 3
			continue
		}
		out = appendRune(out, r)
		i += size
	}
	return string(append(out, '"')), nil
}

// units returns what a JSON string stands for, with half a surrogate pair encoded as UTF-8
// would encode its number.
func units(quoted string) (string, error) {
	n := len(quoted)
	if n < 2 || quoted[0] != '"' || quoted[n-1] != '"' || !utf8.ValidString(quoted) {
		return "", errString
	}
	text := quoted[1 : n-1]
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c < ' ' || c == '"':
			return "", errString
		case c != '\\':
			out = append(out, c)
			i++
			continue
		}
		var size int
		if out, size = appendEscaped(out, text[i:]); size == 0 {
			return "", errString
		}
		i += size
	}
	return string(out), nil
}

// appendEscaped appends what the escape at the start of a text stands for, and returns its
// length; 0 if there is no such escape.
func appendEscaped(out []byte, text string) ([]byte, int) {
	if len(text) < 2 {
		return out, 0
	}
	switch c := text[1]; c {
	case '"', '\\', '/':
		return append(out, c), 2
	case 'u':
		return appendUnits(out, text)
	}
	for _, e := range shortEscapes {
		if e.letter == text[1] {
			return append(out, e.means), 2
		}
	}
	return out, 0
}

// appendUnits appends the code point of the escapes of one or two UTF-16 code units.
func appendUnits(out []byte, text string) ([]byte, int) {
	first, ok := unit(text)
	switch {
	case !ok:
		return out, 0
	case first < 0xD800 || first > 0xDFFF:
		return utf8.AppendRune(out, first), 6
	}
	if second, ok := unit(text[6:]); ok && first < 0xDC00 && 0xDC00 <= second && second <= 0xDFFF {
		return utf8.AppendRune(out, (first-0xD800)<<10+second-0xDC00+0x10000), 12
	}
	return append(out, 0xED, 0x80|byte(first>>6)&0x3F, 0x80|byte(first)&0x3F), 6
}

// unit returns the UTF-16 code unit whose escape a text begins with.
func unit(text string) (r rune, ok bool) {
	if len(text) < 6 || text[:2] != `\u` {
		return 0, false
	}
	for i := 2; i < 6; i++ {
		switch c := text[i]; {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
