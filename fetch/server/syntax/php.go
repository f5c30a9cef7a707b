package syntax

import "strings"

// PHP is PHP 7 and 8.
var PHP = &Language{
	Title:         "PHP",
	id:            php,
	lineComments:  []string{"//", "#"},
	blockComment:  [2]string{"/*", "*/"},
	operators:     []string{"<<<", "===", "!==", "<=>", "**=", "...", "??=", "?->", "<<=", ">>=", "=>", "->", "::", "==", "!=", "<>", "<=", ">=", "&&", "||", "??", "++", "--", "+=", "-=", "*=", "/=", ".=", "%=", "&=", "|=", "^=", "<<", ">>", "**"},
	sigils:        "$",
	quoted:        phpQuoted,
	escape:        phpEscape,
	interpolation: phpInterpolation,
	binary: levels([]string{"or"}, []string{"xor"}, []string{"and"}, []string{"??"}, []string{"||"}, []string{"&&"}, []string{"|"}, []string{"^"}, []string{"&"},
		[]string{"==", "!=", "===", "!==", "<>", "<=>"}, []string{"<", "<=", ">", ">="}, []string{"."}, []string{"<<", ">>"}, []string{"+", "-"}, []string{"*", "/", "%"}, []string{"instanceof"}, []string{"**"}),
	right:       words("??", "**"),
	prefix:      map[string]int{"!": 16, "-": 16, "+": 16, "~": 16, "@": 16, "&": 16, "++": 16, "--": 16, "clone": 16, "yield": 1, "throw": 1},
	assignments: words("=", "+=", "-=", "*=", "/=", ".=", "%=", "**=", "??=", "&=", "|=", "^=", "<<=", ">>="),
	constants:   map[string]func(At) Expr{"null": constant("null"), "true": constant("true"), "false": constant("false")},
	reserved:    words("as", "else", "elseif", "endif", "endforeach", "endfor", "endwhile", "endswitch", "case", "default", "instanceof"),
	statement:   (*parser).phpStatement,
	primary:     (*parser).phpPrimary,
	postfix:     (*parser).phpPostfix,
}

// phpQuoted reads text outside of the tags, strings, and names with backslashes.
func phpQuoted(l *lexer) bool {
	rest := l.text[l.pos:l.end]
	switch {
	case l.pos == 0 && len(l.tokens) == 0 && strings.Contains(l.text, "<?"):
		l.phpOutside(0)
		return true
	case strings.HasPrefix(rest, "?>"):
		l.add(token{kind: opToken, start: l.pos, end: l.pos + 2, text: ";"})
		if strings.HasPrefix(l.text[l.pos:l.end], "\n") {
			l.pos++
		} else if strings.HasPrefix(l.text[l.pos:l.end], "\r\n") {
			l.pos += 2
		}
		l.phpOutside(l.pos)
		return true
	case rest[0] == '\'':
		l.str(l.pos, stringForm{open: "'", close: "'", simple: true, multiline: true})
		return true
	case rest[0] == '"':
		l.str(l.pos, stringForm{open: `"`, close: `"`, interpolate: true, multiline: true})
		return true
	case strings.HasPrefix(rest, "<<<"):
		return l.phpHeredoc()
	case strings.HasPrefix(rest, "<?php"): // a second tag
		l.pos += len("<?php")
		return true
	}
	return l.phpName()
}

// phpOutside reads the text up to the next opening tag.
func (l *lexer) phpOutside(from int) {
	end, after := l.end, l.end
	for i := from; i < l.end; {
		n := strings.Index(l.text[i:l.end], "<?")
		if n < 0 {
			break
		}
		tag := l.text[i+n : l.end]
		if strings.HasPrefix(strings.ToLower(tag[:min(len(tag), 5)]), "<?php") {
			end, after = i+n, i+n+5
			break
		}
		if strings.HasPrefix(tag, "<?=") {
			end, after = i+n, i+n+3
			break
		}
		i += n + 2
	}
	if end > from {
		l.add(token{kind: htmlToken, start: from, end: end, text: l.text[from:end]})
	}
	if after-end == 3 {
		l.add(token{kind: nameToken, start: end, end: after, text: "echo"})
	}
	l.pos = after
}

// phpHeredoc reads the beginning of <<<LABEL.
func (l *lexer) phpHeredoc() bool {
	rest := strings.TrimLeft(l.text[l.pos+3:l.end], " \t")
	quote := ""
	if rest != "" && (rest[0] == '\'' || rest[0] == '"') {
		quote, rest = rest[:1], rest[1:]
	}
	n := nameLength(rest)
	if n == 0 {
		return false
	}
	h := heredoc{token: len(l.tokens), label: rest[:n], indented: true, squiggly: true, raw: quote == "'"}
	end := l.end - len(rest) + n + len(quote)
	l.add(token{kind: stringToken, start: l.pos, end: end})
	l.heredocs = append(l.heredocs, h)
	return true
}

// phpName reads a name with backslashes.
func (l *lexer) phpName() bool {
	i := l.pos
	for {
		j := i
		if j < l.end && l.text[j] == '\\' {
			j++
		} else if i > l.pos {
			break
		}
		n := nameLength(l.text[j:l.end])
		if n == 0 {
			break
		}
		i = j + n
	}
	if i == l.pos {
		return false
	}
	l.add(token{kind: nameToken, start: l.pos, end: i, text: l.text[l.pos:i]})
	return true
}

// phpEscape resolves an escape sequence in a string with double quotes.
func phpEscape(rest string) (string, int, bool) {
	switch rest[0] {
	case '$':
		return "$", 1, true
	case 'e':
		return "\x1b", 1, true
	case 'U':
		return "", 0, false
	case 'u':
		if !strings.HasPrefix(rest, "u{") {
			return "", 0, false
		}
	}
	return cEscape(rest)
}

// phpInterpolation finds $x, $x[0], $x->y, {$x} and ${x} in a string.
func phpInterpolation(l *lexer, at, end int) (part, int) {
	rest := l.text[at:end]
	switch {
	case strings.HasPrefix(rest, "{$"):
		if close := exprEnd(l.text, at+1, end, '}'); close > 0 {
			return part{isExpr: true, start: at + 1, end: close}, close + 1
		}
	case strings.HasPrefix(rest, "${"):
		if close := exprEnd(l.text, at+2, end, '}'); close > 0 {
			return part{isExpr: true, start: at, end: close + 1, formatted: true}, close + 1
		}
	case rest[0] == '$':
		return phpSimple(l.text, at, end)
	}
	return part{}, at
}

// phpSimple finds a variable without braces in a string.
func phpSimple(text string, at, end int) (part, int) {
	n := nameLength(text[at+1 : end])
	if n == 0 {
		return part{}, at
	}
	i := at + 1 + n
	p := part{isExpr: true, start: at, end: i}
	rest := text[i:end]
	if m := strings.IndexByte(rest[:min(len(rest), 100)], ']'); m > 1 && rest[0] == '[' {
		p.end = i + m + 1
		key := rest[1:m]
		p.formatted = key[0] != '$' && key[0] != '\'' && !isDigit(key[0]) && nameLength(key) != len(key)
	} else if strings.HasPrefix(rest, "->") {
		if m := nameLength(rest[2:]); m > 0 {
			p.end = i + 2 + m
		}
	}
	return p, p.end
}
