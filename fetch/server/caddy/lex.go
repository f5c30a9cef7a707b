package caddy

import (
	"strings"
	"unicode"

	"github.com/corsim/corsim/fetch/server"
)

// A token is a word of a Caddyfile.
type token struct {
	text   string
	quoted bool
	first  bool // of its line
	pos    server.Position
}

// maxTokens bounds a configuration.
const maxTokens = 200_000

// lex splits a text into words; ok is false when there are too many.
func lex(file, text string) (out []token, ok bool) {
	l := lexer{file: file, rest: []rune(text), line: 1, column: 1}
	for len(out) < maxTokens {
		t, more := l.next()
		if !more {
			return out, true
		}
		t.first = len(out) == 0 || out[len(out)-1].pos.Line+strings.Count(out[len(out)-1].text, "\n") < t.pos.Line
		out = append(out, t)
	}
	return nil, false
}

// A lexer reads words.
type lexer struct {
	file         string
	rest         []rune
	line, column int
	skipped      int // lines joined with a backslash
}

// read takes one character.
func (l *lexer) read() (rune, bool) {
	if len(l.rest) == 0 {
		return 0, false
	}
	c := l.rest[0]
	l.rest = l.rest[1:]
	l.column++
	if c == '\n' {
		l.column = 1
	}
	return c, true
}

// next reads a word.
func (l *lexer) next() (token, bool) {
	var val strings.Builder
	var t token
	var quote rune
	comment, escaped, begun := false, false, false
	for {
		c, ok := l.read()
		if !ok {
			return l.end(t, val.String(), begun)
		}
		if !escaped && quote != '`' && c == '\\' && !comment {
			escaped = true
			continue
		}
		switch {
		case quote != 0:
			if quote == '"' && escaped {
				if c != '"' {
					val.WriteByte('\\')
				}
				escaped = false
			} else if c == quote {
				t.text, t.quoted = val.String(), true
				return t, true
			}
			if c == '\n' {
				l.newline(false)
			}
			val.WriteRune(c)
			continue
		case unicode.IsSpace(c):
			if c == '\r' {
				continue
			}
			if c == '\n' {
				l.newline(escaped)
				escaped, comment = false, false
			}
			if begun {
				t.text = val.String()
				return t, true
			}
			continue
		case c == '#' && !begun:
			comment = true
		}
		if comment {
			escaped = false
			continue
		}
		if !begun {
			begun = true
			t.pos = server.Position{File: l.file, Line: l.line, Column: l.column - 1}
			if c == '"' || c == '`' {
				quote = c
				continue
			}
		}
		if escaped {
			val.WriteByte('\\')
			escaped = false
		}
		val.WriteRune(c)
	}
}

// end returns the last word.
func (l *lexer) end(t token, text string, begun bool) (token, bool) {
	t.text = text
	return t, begun && text != ""
}

// newline counts a line; a line that is joined counts with the next one.
func (l *lexer) newline(joined bool) {
	if joined {
		l.skipped++
		return
	}
	l.line += 1 + l.skipped
	l.skipped = 0
}
