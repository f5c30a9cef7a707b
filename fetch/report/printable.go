package report

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch/textfmt"
)

// Line returns a text as one line that is safe to print, whoever wrote it: to a
// terminal, to the log of a continuous integration service, and inside JSON and XML.
// Control characters, line breaks, invisible characters and those that change the
// direction of text become escapes such as \u001b, and a byte that is not UTF-8
// becomes one with its value. What log readers take for a command is broken up:
// "##[…" and "##name[…" anywhere, "::" at the beginning. Tabs stay.
func Line(text string) string { return printable(text, func(string) int { return 0 }) }

// Lines returns a text of several lines, each of which is safe to print, as [Line]
// describes. The marks of the style stay.
func (s Style) Lines(text string) string {
	return printable(text, func(rest string) int {
		if rest[0] == '\n' {
			return 1
		}
		return s.mark(rest)
	})
}

// line returns a text as [Line] does. The marks of the style stay.
func (s Style) line(text string) string { return printable(text, s.mark) }

// mark returns the length of the style's mark with which a text begins; 0 if it begins
// with none.
func (s Style) mark(text string) int {
	for _, mark := range []string{s.Good, s.Unsure, s.Bad, s.Faint, s.Reset} {
		if mark != "" && strings.HasPrefix(text, mark) {
			return len(mark)
		}
	}
	return 0
}

// printable returns a text with escapes. kept returns how many bytes at the beginning of
// a rest of the text stay although they would be escaped.
func printable(text string, kept func(rest string) int) string {
	if isPlain(text) {
		return text
	}
	var w strings.Builder
	w.Grow(len(text) + len(text)/8)
	p := printer{Builder: &w, lineStart: true}
	done := 0 // how much of the text is written, or has an escape
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case r == utf8.RuneError && size == 1:
			w.WriteString(text[done:i])
			p.escape(rune(text[i]))
			done = i + 1
		case r == '\t' || isPrint(r) && !p.isCommand(r):
		default:
			if n := kept(text[i:]); n > 0 {
				size = n
				break
			}
			w.WriteString(text[done:i])
			p.escape(r)
			done = i + size
		}
		p.after(text[i])
		i += size
	}
	w.WriteString(text[done:])
	return w.String()
}

// isPrint is strconv.IsPrint, and quick for ASCII.
func isPrint(r rune) bool {
	if r < utf8.RuneSelf {
		return ' ' <= r && r <= '~'
	}
	return strconv.IsPrint(r)
}

// isPlain reports whether a text has nothing to escape.
func isPlain(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ' && c != '\t', c > '~', c == '#' || c == ':' && (i < 2 || text[i-1] == ':'):
			return false
		}
	}
	return true
}

// printer writes text, and knows what is before the next character.
type printer struct {
	*strings.Builder
	lineStart bool // only blanks
	colon     bool // blanks and a colon
	hashes    int  // the number signs
	word      bool // two number signs and letters
}

// isCommand reports whether a character completes what a log reader takes for the
// beginning of a command.
func (p *printer) isCommand(r rune) bool {
	return r == ':' && p.colon || r == '[' && (p.hashes >= 2 || p.word)
}

// after notes that a piece of the text that begins with a byte has passed.
func (p *printer) after(c byte) {
	p.colon = c == ':' && p.lineStart && !p.colon
	p.lineStart = c == '\n' || p.lineStart && (c == ' ' || c == '\t' || c == 0x1b)
	letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	p.word = letter && (p.word || p.hashes >= 2)
	if c == '#' {
		p.hashes++
	} else {
		p.hashes = 0
	}
}

// escape writes the escape of a character.
func (p *printer) escape(r rune) {
	if first, second := utf16.EncodeRune(r); first != utf8.RuneError {
		textfmt.Fprintf(p, `\u%04x\u%04x`, first, second)
		return
	}
	textfmt.Fprintf(p, `\u%04x`, r)
}
