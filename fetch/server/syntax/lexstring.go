package syntax

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// stringForm is the form of one string.
type stringForm struct {
	open, close string
	// raw keeps backslashes; only the escapes of the close and the backslash are
	// resolved when simple.
	raw, simple bool
	doubled     bool // a doubled close stands for itself
	interpolate bool
	multiline   bool
	nested      bool // brackets in it nest (Ruby's %q(…))
	flag        stringFlag
}

// str reads a string at a place, after its prefix.
func (l *lexer) str(start int, f stringForm) {
	from := start + len(f.open)
	end, closed := l.stringEnd(from, f)
	t := token{kind: stringToken, start: start, flag: f.flag}
	t.end = end
	if closed {
		t.end += len(f.close)
	} else {
		t.flag |= openString
		l.fault(start, FaultOpen, "a string is not closed")
	}
	t.start = l.pos
	t.text, t.parts = l.contents(from, end, f)
	l.add(t)
}

// stringEnd returns the offset at which the text of a string ends.
func (l *lexer) stringEnd(i int, f stringForm) (end int, closed bool) {
	depth, lineEnd := 0, l.end
	if !f.multiline {
		lineEnd = l.lineEnd(i)
	}
	for i < l.end {
		rest := l.text[i:l.end]
		switch {
		case f.doubled && strings.HasPrefix(rest, f.close+f.close):
			i += 2 * len(f.close)
			continue
		case depth == 0 && strings.HasPrefix(rest, f.close):
			return i, true
		case rest[0] == '\n' && !f.multiline:
			return i, false
		case rest[0] == '\\' && !f.doubled && len(rest) > 1:
			i += 2
			continue
		case f.interpolate && l.lang.interpolation != nil:
			if p, next := l.lang.interpolation(l, i, lineEnd); p.isExpr && next > i {
				i = next
				continue
			}
		}
		if f.nested && rest[0] == f.open[len(f.open)-1] {
			depth++
		} else if f.nested && rest[0] == f.close[0] {
			depth--
		}
		i++
	}
	return l.end, false
}

// lineEnd returns the offset at which the line of an offset ends. It looks at each line
// once: a line may have a great many strings.
func (l *lexer) lineEnd(i int) int {
	if i >= l.line.from && i < l.line.to {
		return l.line.to
	}
	l.line.from, l.line.to = i, l.end
	if n := strings.IndexByte(l.text[i:l.end], '\n'); n >= 0 {
		l.line.to = i + n
	}
	return l.line.to
}

// contents returns the text of a string, or its parts when it has expressions.
func (l *lexer) contents(i, end int, f stringForm) (string, []part) {
	var out strings.Builder
	var parts []part
	for i < end {
		c := l.text[i]
		if f.interpolate && l.lang.interpolation != nil {
			if p, next := l.lang.interpolation(l, i, end); next > i {
				if !p.isExpr {
					out.WriteString(p.text)
				} else {
					parts = append(parts, part{text: out.String()}, p)
					out.Reset()
				}
				i = next
				continue
			}
		}
		switch {
		case f.doubled && strings.HasPrefix(l.text[i:end], f.close+f.close):
			out.WriteString(f.close)
			i += 2 * len(f.close)
		case c == '\\' && !f.raw && i+1 < end:
			text, n, ok := l.unescape(l.text[i+1:end], f)
			if !ok {
				out.WriteByte('\\')
			}
			out.WriteString(text)
			i += 1 + n
		default:
			out.WriteByte(c)
			i++
		}
	}
	if parts == nil {
		return out.String(), nil
	}
	return "", append(parts, part{text: out.String()})
}

// unescape resolves one escape sequence.
func (l *lexer) unescape(rest string, f stringForm) (text string, n int, ok bool) {
	if f.simple {
		if rest[0] == '\\' || strings.HasPrefix(rest, f.close) {
			return rest[:1], 1, true
		}
		return "", 0, false
	}
	return l.lang.escape(rest)
}

// escapes are the escapes of one character that all languages share.
var escapes = map[byte]string{
	'n': "\n", 't': "\t", 'r': "\r", 'v': "\v", 'f': "\f", '\\': "\\", '"': "\"",
}

// cEscape resolves the escapes of C: characters, \x, \u and octal numbers.
func cEscape(rest string) (text string, n int, ok bool) {
	c := rest[0]
	if s, found := escapes[c]; found {
		return s, 1, true
	}
	switch c {
	case 'x':
		return numberEscape(rest, 1, 2, 16)
	case 'u':
		if strings.HasPrefix(rest, "u{") {
			if end := strings.IndexByte(rest, '}'); end > 0 {
				text, _, ok = numberEscape(rest[:end], 2, 8, 16)
				return text, end + 1, ok
			}
		}
		return numberEscape(rest, 1, 4, 16)
	case 'U':
		return numberEscape(rest, 1, 8, 16)
	}
	if '0' <= c && c <= '7' {
		return numberEscape(rest, 0, 3, 8)
	}
	return "", 0, false
}

// numberEscape returns the character whose number is at a place.
func numberEscape(rest string, from, most, base int) (string, int, bool) {
	i := from
	for i < len(rest) && i < from+most {
		if _, err := strconv.ParseUint(rest[i:i+1], base, 8); err != nil {
			break
		}
		i++
	}
	if i == from {
		return "", 0, false
	}
	v, err := strconv.ParseUint(rest[from:i], base, 32)
	if err != nil || v > utf8.MaxRune {
		return "", 0, false
	}
	return string(rune(v)), i, true
}

// longestPart is the longest expression within a string that is read, in bytes.
const longestPart = 4096

// exprEnd returns the offset of the bracket that closes an expression, or -1. The
// brackets and strings within it are skipped.
func exprEnd(text string, i, end int, closing byte) int {
	depth := 0
	end = min(end, i+longestPart)
	for i < end {
		switch c := text[i]; {
		case c == closing && depth == 0:
			return i
		case c == '(' || c == '[' || c == '{':
			depth++
		case c == ')' || c == ']' || c == '}':
			depth--
		case c == '\'' || c == '"':
			j := i + 1
			for j < end && text[j] != c && text[j] != '\n' {
				if text[j] == '\\' {
					j++
				}
				j++
			}
			i = min(j, end-1)
		case c == '\n' && depth < 0:
			return -1
		}
		i++
	}
	return -1
}

// readHeredoc reads the text of a heredoc, which begins at the current place.
func (l *lexer) readHeredoc(h heredoc) {
	start := l.pos
	end, after := l.end, l.end
	for i := start; i < l.end; {
		n := strings.IndexByte(l.text[i:l.end], '\n')
		next := i + n + 1
		if n < 0 {
			n, next = l.end-i, l.end
		}
		line := l.text[i : i+n]
		if h.indented {
			line = strings.TrimLeft(line, " \t")
		}
		if rest, found := strings.CutPrefix(line, h.label); found && nameLength("_"+rest) == 1 {
			end, after = i, i+n-len(rest)
			break
		}
		i = next
	}
	t := &l.tokens[h.token]
	t.text, t.parts = l.contents(start, end, stringForm{raw: h.raw, interpolate: !h.raw, multiline: true})
	if h.squiggly && t.parts == nil {
		t.text = dedent(t.text)
	}
	l.pos = after
}

// dedent removes the indentation that all lines share.
func dedent(text string) string {
	lines := strings.SplitAfter(text, "\n")
	least := -1
	for _, line := range lines {
		if body := strings.TrimLeft(line, " \t"); strings.TrimSpace(body) != "" {
			if n := len(line) - len(body); least < 0 || n < least {
				least = n
			}
		}
	}
	for i, line := range lines {
		lines[i] = line[min(max(least, 0), len(line)-len(strings.TrimLeft(line, " \t"))):]
	}
	return strings.Join(lines, "")
}
