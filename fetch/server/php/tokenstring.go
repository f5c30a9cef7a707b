package php

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// upper returns a text in ASCII upper case.
func upper(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'a' && c <= 'z' {
			b[i] = c - 'a' + 'A'
		}
	}
	return string(b)
}

// single reads a string in single quotes.
func (l *lexer) single() {
	start := l.i
	var b strings.Builder
	for l.i++; l.i < len(l.text); l.i++ {
		c := l.text[l.i]
		if c == '\'' {
			l.i++
			l.add(tokenString, b.String(), start)
			return
		}
		if c == '\\' && l.i+1 < len(l.text) && (l.text[l.i+1] == '\\' || l.text[l.i+1] == '\'') {
			l.i++
			c = l.text[l.i]
		}
		b.WriteByte(c)
	}
	panic(syntaxError{at: start, text: "the string is not closed"})
}

// double reads a string in double quotes.
func (l *lexer) double() {
	start := l.i
	for l.i++; l.i < len(l.text); l.i++ {
		switch l.text[l.i] {
		case '\\':
			l.i++
		case '"':
			l.template(l.text[start+1:l.i], start, '"')
			l.i++
			return
		}
	}
	panic(syntaxError{at: start, text: "the string is not closed"})
}

// template adds a string that may have interpolation.
func (l *lexer) template(raw string, at int, quote byte) {
	if interpolates(raw) {
		l.tokens = append(l.tokens, token{kind: tokenTemplate, text: raw, at: at, quote: quote})
		return
	}
	l.add(tokenString, unescape(raw, quote), at)
}

// interpolates reports whether a string as written has interpolation.
func interpolates(raw string) bool {
	for i := 0; i+1 < len(raw); i++ {
		switch {
		case raw[i] == '\\':
			i++
		case raw[i] == '$' && (isNameStart(raw[i+1]) || raw[i+1] == '{'), raw[i] == '{' && raw[i+1] == '$':
			return true
		}
	}
	return false
}

// heredoc reads <<<EOT or <<<'EOT'; it reports whether there is one.
func (l *lexer) heredoc() bool {
	start := l.i
	rest := strings.TrimLeft(l.text[l.i+3:], " \t")
	quote := byte('h')
	if rest != "" && (rest[0] == '\'' || rest[0] == '"') {
		if rest[0] == '\'' {
			quote = '\''
		}
		rest = rest[1:]
	}
	n := nameLength(rest)
	label := rest[:n]
	_, body, ok := strings.Cut(rest[n:], "\n")
	if n == 0 || isDigit(label[0]) || !ok {
		return false
	}
	var lines []string
	for line := range strings.Lines(body) {
		trimmed := strings.TrimLeft(line, " \t")
		if after, found := strings.CutPrefix(trimmed, label); found && (after == "" || !isNameStart(after[0]) && !isDigit(after[0])) {
			l.finishHeredoc(lines, len(line)-len(trimmed), quote, start)
			l.i = len(l.text) - len(body) + length(lines) + len(line) - len(after)
			return true
		}
		lines = append(lines, line)
	}
	panic(syntaxError{at: start, text: "the heredoc is not closed"})
}

// finishHeredoc adds the text of a heredoc without the indentation of its end.
func (l *lexer) finishHeredoc(lines []string, indent int, quote byte, at int) {
	var b strings.Builder
	for _, line := range lines {
		n := min(indent, len(line)-len(strings.TrimLeft(line, " \t")))
		b.WriteString(line[n:])
	}
	text := strings.TrimSuffix(strings.TrimSuffix(b.String(), "\n"), "\r")
	if quote == '\'' {
		l.add(tokenString, text, at)
		return
	}
	l.template(text, at, quote)
}

// length returns how many bytes some lines have.
func length(lines []string) int {
	n := 0
	for _, line := range lines {
		n += len(line)
	}
	return n
}

// simpleEscapes are the escape sequences of one letter.
var simpleEscapes = map[byte]byte{'n': '\n', 't': '\t', 'r': '\r', 'v': '\v', 'e': 0x1b, 'f': '\f', '\\': '\\', '$': '$'}

// unescape resolves the escape sequences of a string in double quotes.
func unescape(raw string, quote byte) string {
	if strings.IndexByte(raw, '\\') < 0 {
		return raw
	}
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' || i+1 == len(raw) {
			b.WriteByte(raw[i])
			continue
		}
		i++
		if c, ok := simpleEscapes[raw[i]]; ok {
			b.WriteByte(c)
			continue
		}
		if raw[i] == '"' && quote == '"' {
			b.WriteByte('"')
			continue
		}
		text, n := numericEscape(raw[i:])
		if n == 0 {
			b.WriteByte('\\')
			b.WriteByte(raw[i])
			continue
		}
		b.WriteString(text)
		i += n - 1
	}
	return b.String()
}

// numericEscape resolves \x41, \101 and \u{41}; n is 0 when there is none.
func numericEscape(s string) (text string, n int) {
	switch {
	case s[0] >= '0' && s[0] <= '7':
		for n < len(s) && n < 3 && s[n] >= '0' && s[n] <= '7' {
			n++
		}
		v, _ := strconv.ParseUint(s[:n], 8, 16)
		return string([]byte{byte(v)}), n
	case s[0] == 'x':
		for n = 1; n < len(s) && n < 3 && isHex(s[n]); {
			n++
		}
		v, err := strconv.ParseUint(s[1:n], 16, 8)
		if err != nil {
			return "", 0
		}
		return string([]byte{byte(v)}), n
	case strings.HasPrefix(s, "u{"):
		end := strings.IndexByte(s, '}')
		if end < 0 {
			return "", 0
		}
		v, err := strconv.ParseUint(s[2:end], 16, 32)
		if err != nil || v > utf8.MaxRune {
			return "", 0
		}
		return string(rune(v)), end + 1
	}
	return "", 0
}

func isHex(c byte) bool { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }
