// Package textfmt formats texts as package fmt does, for the verbs and the values that the
// engine and its reports print. Packages fmt and os with what they need would be a
// fifteenth of a WebAssembly module.
//
// # Terminology
//
//   - verb: %s, %q, %v, %d, %c, %x, %X, %g, %f, %T or %w, with a width, a precision and
//     the flags - and 0, as package fmt has them. A width or precision may be *.
//   - value: a string, bytes as text, a list of strings, a number, a bool, an error, or what has a
//     String method. Other values print as their type in parentheses.
package textfmt

import (
	"io"
	"strings"
	"unicode/utf8"
)

// Sprintf returns the format with its verbs replaced by the values.
func Sprintf(format string, values ...any) string {
	p := printer{values: values}
	p.print(format)
	return string(p.out)
}

// Fprintf writes the format with its verbs replaced by the values. Errors of the writer are
// left out: it keeps them, or never has any.
func Fprintf(w io.Writer, format string, values ...any) {
	p := printer{values: values}
	p.print(format)
	w.Write(p.out)
}

// Errorf returns an error with the text of Sprintf. It wraps the value of the verb %w.
func Errorf(format string, values ...any) error {
	p := printer{values: values}
	p.print(format)
	if p.wrapped == nil {
		return &plainError{string(p.out)}
	}
	return &wrapper{string(p.out), p.wrapped}
}

type plainError struct{ text string }

func (e *plainError) Error() string { return e.text }

type wrapper struct {
	text string
	err  error
}

func (e *wrapper) Error() string { return e.text }
func (e *wrapper) Unwrap() error { return e.err }

// printer formats one text.
type printer struct {
	out     []byte
	values  []any
	wrapped error
}

// verb is a verb with what is before it.
type verb struct {
	letter           rune
	left, zeros      bool
	width, precision int // -1: none
}

func (p *printer) print(format string) {
	for {
		before, after, found := strings.Cut(format, "%")
		p.out = append(p.out, before...)
		if !found {
			return
		}
		var v verb
		if v, format = p.verb(after); v.letter == '%' {
			p.out = append(p.out, '%')
			continue
		}
		start := len(p.out)
		p.value(v)
		p.pad(start, v)
	}
}

// verb reads a verb and returns the text after it.
func (p *printer) verb(text string) (v verb, after string) {
	v = verb{width: -1, precision: -1}
	for ; text != "" && (text[0] == '-' || text[0] == '0'); text = text[1:] {
		v.left = v.left || text[0] == '-'
		v.zeros = v.zeros || text[0] == '0'
	}
	v.width, text = p.number(text)
	if rest, found := strings.CutPrefix(text, "."); found {
		v.precision, text = p.number(rest)
		v.precision = max(v.precision, 0)
	}
	r, size := utf8.DecodeRuneInString(text)
	v.letter = r
	return v, text[size:]
}

// number reads a width or a precision, and returns the text after it.
func (p *printer) number(text string) (n int, after string) {
	if rest, found := strings.CutPrefix(text, "*"); found {
		n, _ = p.next().(int)
		return n, rest
	}
	n = -1
	for ; text != "" && '0' <= text[0] && text[0] <= '9'; text = text[1:] {
		n = max(n, 0)*10 + int(text[0]-'0')
	}
	return n, text
}

// missing is the value of a verb for which there is none.
type missing struct{}

func (missing) String() string { return "(missing)" }

// next takes the next value.
func (p *printer) next() any {
	if len(p.values) == 0 {
		return missing{}
	}
	value := p.values[0]
	p.values = p.values[1:]
	return value
}

// pad fills what was printed from start on to the width of a verb.
func (p *printer) pad(start int, v verb) {
	missing := v.width - utf8.RuneCount(p.out[start:])
	if missing <= 0 {
		return
	}
	if v.left {
		p.out = append(p.out, strings.Repeat(" ", missing)...)
		return
	}
	with := " "
	if v.zeros {
		with = "0"
	}
	printed := string(p.out[start:])
	p.out = append(append(p.out[:start], strings.Repeat(with, missing)...), printed...)
}
