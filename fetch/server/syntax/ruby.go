package syntax

import "strings"

// Ruby is Ruby 2 and 3.
var Ruby = &Language{
	Title:         "Ruby",
	id:            ruby,
	lineComments:  []string{"#"},
	blockComment:  [2]string{"=begin", "=end"},
	operators:     []string{"===", "<=>", "**=", "...", "||=", "&&=", "<<=", ">>=", "=>", "->", "::", "&.", "==", "!=", "=~", "!~", "<=", ">=", "&&", "||", "..", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**"},
	sigils:        "@$",
	quoted:        rubyQuoted,
	escape:        rubyEscape,
	interpolation: rubyInterpolation,
	binary: levels([]string{"or", "and"}, []string{"..", "..."}, []string{"||"}, []string{"&&"}, []string{"==", "!=", "=~", "!~", "===", "<=>"},
		[]string{"<", "<=", ">", ">="}, []string{"|", "^"}, []string{"&"}, []string{"<<", ">>"}, []string{"+", "-"}, []string{"*", "/", "%"}, []string{"**"}),
	right:       words("**"),
	prefix:      map[string]int{"not": 2, "!": 13, "-": 13, "+": 13, "~": 13, "defined?": 13},
	lines:       true,
	assignments: words("=", "||=", "&&=", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", "|=", "&=", "^="),
	constants:   map[string]func(At) Expr{"nil": constant("null"), "true": constant("true"), "false": constant("false")},
	reserved:    words("end", "else", "elsif", "when", "in", "then", "do", "rescue", "ensure", "and", "or", "if", "unless", "while", "until"),
	statement:   (*parser).rubyStatement,
	primary:     (*parser).rubyPrimary,
	postfix:     (*parser).rubyPostfix,
}

// rubyQuoted reads strings, symbols, patterns, word lists and heredocs.
func rubyQuoted(l *lexer) bool {
	rest := l.text[l.pos:l.end]
	switch c := rest[0]; {
	case c == '\'':
		l.str(l.pos, stringForm{open: "'", close: "'", simple: true, multiline: true})
		return true
	case c == '"' || c == '`':
		l.str(l.pos, stringForm{open: rest[:1], close: rest[:1], interpolate: true, multiline: true})
		return true
	case c == ':' && len(rest) > 1:
		return l.rubySymbol(rest)
	case c == '$' && len(rest) > 1 && (isDigit(rest[1]) || rest[1] == '~' || rest[1] == '!'):
		// $1, $~ and $! are variables.
		n := 2
		for isDigit(rest[1]) && n < len(rest) && isDigit(rest[n]) {
			n++
		}
		l.add(token{kind: nameToken, start: l.pos, end: l.pos + n, text: rest[:n]})
		return true
	case c == '%' && len(rest) > 2 && l.operandComes():
		return l.rubyPercent(rest)
	case c == '/' && l.operandComes():
		return l.rubyPattern("/", "/")
	case strings.HasPrefix(rest, "<<") && len(rest) > 3:
		return l.rubyHeredoc(rest)
	case l.lineStart && l.indent == 0 && (rest == "__END__" || strings.HasPrefix(rest, "__END__\n")):
		l.pos = l.end
		return true
	}
	return false
}

// operandComes reports whether an operand and no operator comes next.
func (l *lexer) operandComes() bool {
	if len(l.tokens) == 0 || l.lineStart {
		return true
	}
	t := &l.tokens[len(l.tokens)-1]
	switch t.kind {
	case opToken:
		return !t.is(")", "]", "}")
	case nameToken:
		if t.is("if", "unless", "when", "and", "or", "not", "return", "while", "until", "in", "then", "do", "puts") {
			return true
		}
		after := l.text[l.pos+1 : l.end]
		return l.space && after != "" && after[0] != ' ' && after[0] != '=' && after[0] != '\n'
	}
	return false
}

// rubySymbol reads :name, :"name" and :+.
func (l *lexer) rubySymbol(rest string) bool {
	if strings.HasPrefix(rest, "::") {
		return false
	}
	if rest[1] == '"' || rest[1] == '\'' {
		// "a ?b :'c'" is rare; a symbol is usual.
		f := stringForm{open: rest[1:2], close: rest[1:2], simple: rest[1] == '\'', interpolate: rest[1] == '"', flag: symbolString}
		start := l.pos
		l.str(l.pos+1, f)
		l.tokens[len(l.tokens)-1].start = start
		return true
	}
	i := 1
	for i < len(rest) && (rest[i] == '@' || rest[i] == '$') {
		i++
	}
	n := nameLength(rest[i:])
	if n == 0 {
		return false
	}
	i += n
	if i < len(rest) && (rest[i] == '?' || rest[i] == '!' || rest[i] == '=' && !strings.HasPrefix(rest[i:], "=>") && !strings.HasPrefix(rest[i:], "==")) {
		i++
	}
	l.add(token{kind: stringToken, start: l.pos, end: l.pos + i, text: rest[1:i], flag: symbolString})
	return true
}

// closers are the brackets that close a string.
func closer(open byte) string {
	switch open {
	case '(':
		return ")"
	case '[':
		return "]"
	case '{':
		return "}"
	case '<':
		return ">"
	}
	return string(open)
}

// rubyPercent reads %w[…], %i[…], %q(…), %Q(…), %r{…} and %(…).
func (l *lexer) rubyPercent(rest string) bool {
	kind, open := rest[1], rest[2]
	if isLetter(kind) {
		if strings.IndexByte("wWiIqQrsx", kind) < 0 || isLetter(open) || isDigit(open) || open == ' ' || open == '\n' {
			return false
		}
	} else if strings.IndexByte("([{<|!", kind) >= 0 {
		kind, open = 'Q', rest[1]
	} else {
		return false
	}
	begin := rest[:strings.IndexByte(rest, open)+1]
	f := stringForm{open: begin, close: closer(open), multiline: true, nested: closer(open) != string(open)}
	switch kind {
	case 'r':
		return l.rubyPattern(begin, f.close)
	case 'w', 'W', 'i', 'I', 'q':
		f.simple = true
	default:
		f.interpolate = true
	}
	l.str(l.pos, f)
	t := &l.tokens[len(l.tokens)-1]
	if kind == 'w' || kind == 'W' || kind == 'i' || kind == 'I' {
		t.kind = wordsToken
		if kind == 'i' || kind == 'I' {
			t.flag |= symbolString
		}
	}
	return true
}

// rubyPattern reads a regular expression with its flags.
func (l *lexer) rubyPattern(open, close string) bool {
	f := stringForm{open: open, close: close, raw: true, interpolate: true, multiline: open != "/", nested: open != "/" && close != open[len(open)-1:]}
	from := l.pos + len(open)
	end, closed := l.stringEnd(from, f)
	if !closed {
		return false
	}
	after := end + len(close)
	for after < l.end && strings.IndexByte("imxounse", l.text[after]) >= 0 {
		after++
	}
	t := token{kind: patternToken, start: l.pos, end: after, text: l.text[end+len(close) : after]}
	text, parts := l.contents(from, end, f)
	if parts == nil {
		parts = []part{{text: text}}
	}
	t.parts = parts
	l.add(t)
	return true
}

// rubyHeredoc reads the beginning of <<~LABEL.
func (l *lexer) rubyHeredoc(rest string) bool {
	i := 2
	h := heredoc{token: len(l.tokens)}
	switch rest[2] {
	case '~':
		h.indented, h.squiggly = true, true
		i++
	case '-':
		h.indented = true
		i++
	default:
		if !l.operandComes() || !('A' <= rest[2] && rest[2] <= 'Z') {
			return false
		}
	}
	quote := ""
	if rest[i] == '\'' || rest[i] == '"' {
		quote = rest[i : i+1]
		i++
	}
	n := nameLength(rest[i:])
	if n == 0 {
		return false
	}
	h.label, h.raw = rest[i:i+n], quote == "'"
	l.add(token{kind: stringToken, start: l.pos, end: l.pos + i + n + len(quote)})
	l.heredocs = append(l.heredocs, h)
	return true
}

// rubyEscape resolves an escape sequence; the backslash goes in any case.
func rubyEscape(rest string) (string, int, bool) {
	switch rest[0] {
	case '\n':
		return "", 1, true
	case 's':
		return " ", 1, true
	case 'e':
		return "\x1b", 1, true
	case 'a':
		return "\a", 1, true
	case 'b':
		return "\b", 1, true
	}
	if text, n, ok := cEscape(rest); ok {
		return text, n, true
	}
	return rest[:1], 1, true
}

// rubyInterpolation finds #{expr} in a string.
func rubyInterpolation(l *lexer, at, end int) (part, int) {
	if !strings.HasPrefix(l.text[at:end], "#{") {
		return part{}, at
	}
	close := exprEnd(l.text, at+2, end, '}')
	if close < 0 {
		return part{}, at
	}
	return part{isExpr: true, start: at + 2, end: close}, close + 1
}
