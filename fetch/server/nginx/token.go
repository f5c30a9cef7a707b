package nginx

import (
	"strings"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch/server"
)

// ending says what ended a directive.
type ending int

const (
	endSemicolon ending = iota
	endOpen             // "{"
	endClose            // "}"
	endFile
)

// lexer splits the text of one file into directives.
type lexer struct {
	file, text string
	pos        int
	line       int // of pos, from 1
	lineStart  int // offset at which the line begins
}

// position returns the position of an offset in the current line.
func (l *lexer) position(offset int) server.Position {
	start := min(l.lineStart, offset)
	return server.Position{File: l.file, Line: l.line, Column: utf8.RuneCountInString(l.text[start:offset]) + 1}
}

// fail returns the error at the current position.
func (l *lexer) fail(message string) error {
	return &server.StartError{Position: l.position(min(l.pos, len(l.text))), Message: message}
}

// maxWord is the size of nginx's buffer for one word.
const maxWord = 4096

// next returns the words up to the next ";", "{" or "}", and where they begin.
func (l *lexer) next() (words []string, at server.Position, end ending, err error) {
	for {
		l.skipSpace()
		if l.pos == len(l.text) {
			if len(words) > 0 {
				return nil, at, endFile, l.fail(`unexpected end of file, expecting ";" or "}"`)
			}
			return nil, l.position(l.pos), endFile, nil
		}
		c := l.text[l.pos]
		if len(words) == 0 {
			at = l.position(l.pos)
		}
		switch c {
		case ';', '{':
			if len(words) == 0 {
				return nil, at, 0, l.fail(`unexpected "` + string(c) + `"`)
			}
			l.pos++
			return words, at, endingOf(c), nil
		case '}':
			if len(words) != 0 {
				return nil, at, 0, l.fail(`unexpected "}"`)
			}
			l.pos++
			return nil, at, endClose, nil
		}
		word, err := l.word()
		if err != nil {
			return nil, at, 0, err
		}
		words = append(words, word)
	}
}

func endingOf(c byte) ending {
	if c == '{' {
		return endOpen
	}
	return endSemicolon
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// skipSpace skips white space and comments.
func (l *lexer) skipSpace() {
	for l.pos < len(l.text) {
		switch c := l.text[l.pos]; {
		case c == '#':
			end := strings.IndexByte(l.text[l.pos:], '\n')
			if end < 0 {
				l.pos = len(l.text)
				return
			}
			l.pos += end
		case isSpace(c):
			l.step()
		default:
			return
		}
	}
}

// step moves behind one byte.
func (l *lexer) step() {
	if l.text[l.pos] == '\n' {
		l.line++
		l.lineStart = l.pos + 1
	}
	l.pos++
}

// word reads one word, plain or quoted.
func (l *lexer) word() (string, error) {
	if c := l.text[l.pos]; c == '"' || c == '\'' {
		return l.quoted(c)
	}
	start := l.pos
	variable := false
	for l.pos < len(l.text) {
		c := l.text[l.pos]
		if c == '{' && variable {
			l.pos++
			continue
		}
		variable = c == '$'
		if c == '\\' {
			l.pos++
			if l.pos < len(l.text) {
				l.step()
			}
			continue
		}
		if l.pos > start && (isSpace(c) || c == ';' || c == '{') {
			return unescape(l.text[start:l.pos]), l.fits(start)
		}
		l.step()
	}
	return "", l.fail(`unexpected end of file, expecting ";" or "}"`)
}

// fits returns the error for a word that is longer than nginx's buffer.
func (l *lexer) fits(start int) error {
	if l.pos-start < maxWord {
		return nil
	}
	return l.fail(`too long parameter "` + l.text[start:start+10] + `..." started`)
}

// quoted reads a word in quotes; only white space, ";", "{" or ")" may follow it.
func (l *lexer) quoted(quote byte) (string, error) {
	opened := *l
	l.pos++
	start := l.pos
	for l.pos < len(l.text) && l.text[l.pos] != quote {
		if l.text[l.pos] == '\\' {
			l.pos++
		}
		if l.pos < len(l.text) {
			l.step()
		}
		if l.pos-start >= maxWord {
			return "", opened.fail(`too long parameter, probably missing terminating "` + string(quote) + `" character`)
		}
	}
	if l.pos >= len(l.text) {
		l.pos = len(l.text)
		return "", l.fail(`unexpected end of file, expecting ";" or "}"`)
	}
	word := unescape(l.text[start:l.pos])
	l.pos++
	if l.pos < len(l.text) {
		if c := l.text[l.pos]; !isSpace(c) && c != ';' && c != '{' && c != ')' {
			return "", l.fail(`unexpected "` + string(c) + `"`)
		}
	}
	return word, nil
}

// escapes are the backslash sequences that nginx replaces; it keeps all others.
var escapes = map[byte]byte{'"': '"', '\'': '\'', '\\': '\\', 't': '\t', 'r': '\r', 'n': '\n'}

// unescape replaces the backslash sequences of a word.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			if c, ok := escapes[s[i+1]]; ok {
				b.WriteByte(c)
				i++
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
