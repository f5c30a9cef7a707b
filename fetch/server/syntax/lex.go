package syntax

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// byteOrderMark may be at the beginning of a text. The languages skip it.
const byteOrderMark = "\uFEFF"

// lexer splits a text into tokens.
type lexer struct {
	lang      *Language
	text      string
	pos, end  int
	file      *File
	tokens    []token
	lineStart bool // a newline is before the next token
	indent    int
	space     bool
	// line is the part of the text of which lineEnd has found out that no newline is in it.
	line struct{ from, to int }
	// heredocs are those whose text begins on the next line.
	heredocs []heredoc
}

// heredoc is a string whose text follows on the next lines.
type heredoc struct {
	token    int // its index
	label    string
	squiggly bool // the indentation is removed
	indented bool // the label may be indented
	raw      bool
}

// run reads all tokens.
func (l *lexer) run() {
	if l.pos == 0 && strings.HasPrefix(l.text, byteOrderMark) {
		l.pos = min(len(byteOrderMark), l.end)
	}
	for l.next() {
	}
	l.add(token{kind: endOfText, start: l.end, end: l.end, line: true})
}

// next reads white space, a comment or a token.
func (l *lexer) next() bool {
	if l.pos >= l.end {
		return false
	}
	c := l.text[l.pos]
	switch {
	case c == '\n':
		l.newline()
	case c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v':
		l.blank(c)
	case c == '\\' && l.joinsLines():
	case l.comment():
	case l.lang.quoted != nil && l.lang.quoted(l):
	case isDigit(c) || c == '.' && l.pos+1 < l.end && isDigit(l.text[l.pos+1]):
		l.number()
	case l.name():
	default:
		l.operator()
	}
	return true
}

func (l *lexer) newline() {
	l.pos++
	l.lineStart, l.indent, l.space = true, 0, true
	for _, h := range l.heredocs {
		l.readHeredoc(h)
	}
	l.heredocs = nil
}

func (l *lexer) blank(c byte) {
	l.pos++
	l.space = true
	switch {
	case !l.lineStart:
	case c == '\t':
		l.indent = l.indent/8*8 + 8
	case c == ' ':
		l.indent++
	}
}

// joinsLines skips a backslash before a newline.
func (l *lexer) joinsLines() bool {
	rest := l.text[l.pos:l.end]
	for _, end := range []string{"\\\n", "\\\r\n"} {
		if strings.HasPrefix(rest, end) {
			l.pos += len(end)
			l.space = true
			return true
		}
	}
	return false
}

// comment skips a comment.
func (l *lexer) comment() bool {
	rest := l.text[l.pos:l.end]
	for _, c := range l.lang.lineComments {
		if strings.HasPrefix(rest, c) {
			n := strings.IndexByte(rest, '\n')
			if n < 0 {
				n = len(rest)
			}
			l.pos += n
			return true
		}
	}
	open, end := l.lang.blockComment[0], l.lang.blockComment[1]
	if open == "" || !strings.HasPrefix(rest, open) || open == "=begin" && (!l.lineStart || l.indent > 0) {
		return false
	}
	n := strings.Index(rest[len(open):], end)
	if n < 0 {
		l.fault(l.pos, FaultOpen, "a comment is not closed")
		l.pos = l.end
		return true
	}
	l.pos += len(open) + n + len(end)
	l.space = true
	return true
}

// add adds a token and moves behind it.
func (l *lexer) add(t token) {
	t.line, t.indent, t.space = l.lineStart || t.line, l.indent, l.space
	l.tokens = append(l.tokens, t)
	l.lineStart, l.space = false, false
	l.pos = max(l.pos, t.end)
}

func (l *lexer) fault(at int, k FaultKind, text string) {
	l.file.Faults = append(l.file.Faults, Fault{At(at), k, text})
}

// number reads a number with its suffix.
func (l *lexer) number() {
	i := l.pos
	for i < l.end {
		c := l.text[i]
		exponent := (c == '+' || c == '-') && (l.text[i-1] == 'e' || l.text[i-1] == 'E') && !strings.HasPrefix(l.text[l.pos:i], "0x")
		point := c == '.' && i+1 < l.end && isDigit(l.text[i+1])
		trailing := c == '.' && l.lang.id == python && !strings.Contains(l.text[l.pos:i], ".")
		if !isDigit(c) && !isLetter(c) && !exponent && !point && !trailing {
			break
		}
		i++
	}
	l.add(token{kind: numberToken, start: l.pos, end: i, text: strings.ReplaceAll(l.text[l.pos:i], "_", "")})
}

// name reads a name with its sigil.
func (l *lexer) name() bool {
	i := l.pos
	for i < l.end && strings.IndexByte(l.lang.sigils, l.text[i]) >= 0 {
		i++
	}
	n := nameLength(l.text[i:l.end])
	if n == 0 {
		return false
	}
	i += n
	if l.lang.id == ruby && i < l.end && (l.text[i] == '?' || l.text[i] == '!') && !strings.HasPrefix(l.text[i+1:], "=") && !(l.text[i] == '?' && strings.HasPrefix(l.text[i+1:], ":")) {
		i++
	}
	l.add(token{kind: nameToken, start: l.pos, end: i, text: l.text[l.pos:i]})
	return true
}

// nameLength returns the length of the name at the beginning of a text.
func nameLength(s string) int {
	i := 0
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if !isLetter(c) && (i == 0 || !isDigit(c)) {
				break
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && !(i > 0 && unicode.IsDigit(r)) {
			break
		}
		i += size
	}
	return i
}

// operator reads an operator; a character that is none is a token too.
func (l *lexer) operator() {
	rest := l.text[l.pos:l.end]
	_, n := utf8.DecodeRuneInString(rest)
	for _, op := range l.lang.operators {
		if strings.HasPrefix(rest, op) {
			n = len(op)
			break
		}
	}
	l.add(token{kind: opToken, start: l.pos, end: l.pos + n, text: rest[:n]})
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' }

// sortFaults sorts faults by their place.
func sortFaults(list []Fault) {
	slices.SortStableFunc(list, func(a, b Fault) int { return int(a.At) - int(b.At) })
}
