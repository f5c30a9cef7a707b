package syntax

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// Python is Python 3.
var Python = &Language{
	Title:         "Python",
	id:            python,
	lineComments:  []string{"#"},
	operators:     []string{"...", "**=", "//=", ">>=", "<<=", ":=", "->", "**", "//", "==", "!=", "<=", ">=", "<<", ">>", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", "<>"},
	quoted:        pythonString,
	escape:        pythonEscape,
	interpolation: pythonInterpolation,
	binary: levels([]string{"or"}, []string{"and"}, []string{"in", "not in", "is", "is not", "<", ">", "<=", ">=", "==", "!="},
		[]string{"|"}, []string{"^"}, []string{"&"}, []string{"<<", ">>"}, []string{"+", "-"}, []string{"*", "/", "//", "%", "@"}, []string{"**"}),
	right:    words("**"),
	prefix:   map[string]int{"not": 3, "-": 10, "+": 10, "~": 10, "await": 11},
	indented: true,
	lines:    true,
	constants: map[string]func(At) Expr{
		"None": constant("null"), "True": constant("true"), "False": constant("false"),
	},
	reserved: words("def", "class", "if", "elif", "else", "for", "while", "return", "import", "from", "try", "except", "finally", "with",
		"raise", "pass", "break", "continue", "global", "nonlocal", "del", "assert", "in", "is", "and", "or", "as", "async"),
	statement: (*parser).pythonStatement,
	primary:   (*parser).pythonPrimary,
	postfix:   func(*parser, Expr) Expr { return nil },
}

// pythonString reads a string with its prefix.
func pythonString(l *lexer) bool {
	i := l.pos
	for i < l.end && i < l.pos+2 && strings.IndexByte("rRbBuUfFtT", l.text[i]) >= 0 {
		i++
	}
	if i >= l.end || l.text[i] != '"' && l.text[i] != '\'' {
		return false
	}
	prefix := fetch.ByteLowercase(l.text[l.pos:i])
	quote := l.text[i : i+1]
	f := stringForm{open: quote, close: quote, raw: strings.Contains(prefix, "r"), interpolate: strings.Contains(prefix, "f")}
	if strings.HasPrefix(l.text[i:l.end], strings.Repeat(quote, 3)) {
		f.open = strings.Repeat(quote, 3)
		f.close, f.multiline = f.open, true
	}
	if strings.Contains(prefix, "b") {
		f.flag = bytesString
	}
	l.str(i, f)
	return true
}

// pythonEscape resolves an escape sequence; one that is not known keeps its
// backslash.
func pythonEscape(rest string) (string, int, bool) {
	switch rest[0] {
	case '\n':
		return "", 1, true
	case '\'':
		return "'", 1, true
	case 'a':
		return "\a", 1, true
	case 'b':
		return "\b", 1, true
	}
	if strings.HasPrefix(rest, "u{") {
		return "", 0, false
	}
	return cEscape(rest)
}

// pythonInterpolation finds {expr} in an f-string.
func pythonInterpolation(l *lexer, at, end int) (part, int) {
	rest := l.text[at:end]
	switch {
	case strings.HasPrefix(rest, "{{"):
		return part{text: "{"}, at + 2
	case strings.HasPrefix(rest, "}}"):
		return part{text: "}"}, at + 2
	case !strings.HasPrefix(rest, "{"):
		return part{}, at
	}
	close := exprEnd(l.text, at+1, end, '}')
	if close < 0 {
		return part{}, at
	}
	p := part{isExpr: true, start: at + 1, end: close}
	if n := FormatAt(l.text[p.start:close]); n >= 0 {
		p.formatted = l.text[p.start+n:close] != "!s"
		if !p.formatted {
			p.end = p.start + n
		}
	}
	return p, close + 1
}

// FormatAt returns the offset of the conversion or the format in an expression of
// an f-string, or -1.
func FormatAt(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '(' || c == '[' || c == '{':
			depth++
		case c == ')' || c == ']' || c == '}':
			depth--
		case c == '\'' || c == '"':
			if n := strings.IndexByte(s[i+1:], c); n >= 0 {
				i += n + 1
			}
		case depth == 0 && (c == ':' || c == '!' && !strings.HasPrefix(s[i+1:], "=")):
			return i
		case depth == 0 && c == '=' && strings.TrimSpace(s[i+1:]) == "":
			return i
		}
	}
	return -1
}

// pythonConditional reads "if … else …" and ":=" after an expression.
func (p *parser) pythonConditional(x Expr) Expr {
	at := At(x.Offset())
	switch {
	case p.is("if"):
		p.take()
		cond := p.level(1)
		if cond == nil || !p.accept("else") {
			return &Unknown{at, p.before(), shorten(p.file.Text[at:max(p.before(), int(at))])}
		}
		return &Cond{at, cond, x, p.must()}
	case p.is(":="):
		p.take()
		return &Assigned{at, x, ":=", p.must()}
	}
	return x
}

// pythonPrimary reads a lambda, a dictionary or a set.
func (p *parser) pythonPrimary() Expr {
	switch {
	case p.is("lambda"):
		at := p.here()
		p.take()
		out := &Lambda{At: at, Params: p.params(":")}
		p.accept(":")
		out.Result = p.must()
		return out
	case p.is("yield"):
		at := p.here()
		p.take()
		p.accept("from")
		return &Unary{At: at, Op: "yield", X: p.exprList()}
	case p.tok().kind == opToken && p.is("{"):
		return p.pythonBraces()
	}
	return nil
}

// pythonBraces reads a dictionary or a set.
func (p *parser) pythonBraces() Expr {
	open := p.take()
	at := At(open.start)
	dict := &Dict{At: at}
	set := &List{At: at, Form: FormSet}
	var comp *Comprehension
	p.inBrackets(func() {
		for !p.itemsEnd(open, "}") {
			if p.accept(",") {
				continue
			}
			if c := p.braceItem(dict, set); c != nil {
				comp = c
			}
			if !p.tok().is(",", "}") {
				p.fault(p.here(), FaultComma, "a comma is missing")
			}
		}
	})
	switch {
	case comp != nil:
		comp.At = at
		return comp
	case len(set.Items) > 0 && len(dict.Entries) == 0:
		return set
	}
	return dict
}

// braceItem reads one item of a dictionary, a set or a comprehension, and always
// moves on.
func (p *parser) braceItem(dict *Dict, set *List) *Comprehension {
	at, first := p.here(), p.pos
	if p.accept("**") {
		dict.Entries = append(dict.Entries, Entry{At: at, Value: p.must(), Spread: true})
		return nil
	}
	a := p.starred(0)
	if a.Value == nil {
		p.skipBalanced()
		a.Value = p.unknown(at, first)
	}
	if p.accept(":") {
		e := Entry{At: at, Key: a.Value, Value: p.must()}
		if p.is("for", "async") {
			return &Comprehension{Key: e.Key, Item: e.Value, For: p.comprehensionFor()}
		}
		dict.Entries = append(dict.Entries, e)
		return nil
	}
	if p.is("for", "async") {
		return &Comprehension{Form: FormSet, Item: a.Value, For: p.comprehensionFor()}
	}
	set.Items = append(set.Items, a)
	return nil
}

// params reads parameters up to a closing token, which stays.
func (p *parser) params(closing string) []Param {
	var out []Param
	for !p.tok().is(closing) && !p.at(endOfText) {
		first := p.pos
		q := Param{At: p.here()}
		switch {
		case p.accept("**"):
			q.Star = 2
		case p.accept("*"):
			q.Star = 1
		}
		if p.at(nameToken) {
			q.Name = p.take().text
		}
		if closing == ")" && p.accept(":") {
			q.Type = p.source(func() { p.level(1) })
		}
		if p.accept("=") {
			q.Default = p.must()
		}
		if q.Name != "" {
			out = append(out, q)
		}
		p.accept(",")
		if p.pos == first {
			if p.tok().is(")", "]", "}", ";") {
				break
			}
			p.skipBalanced()
		}
	}
	return out
}

// source returns the text that f reads.
func (p *parser) source(f func()) string {
	from := p.tok().start
	f()
	return p.file.Text[from:max(p.before(), from)]
}
