package syntax

import "strings"

// Java is Java 8 to 21.
var Java = &Language{
	Title:        "Java",
	id:           java,
	lineComments: []string{"//"},
	blockComment: [2]string{"/*", "*/"},
	operators:    []string{"...", "->", "::", "==", "!=", "<=", ">=", "&&", "||", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="},
	quoted:       javaQuoted,
	escape:       cEscape,
	binary: levels([]string{"||"}, []string{"&&"}, []string{"|"}, []string{"^"}, []string{"&"},
		[]string{"==", "!="}, []string{"<", ">", "<=", ">=", "instanceof"}, []string{"+", "-"}, []string{"*", "/", "%"}),
	prefix:      map[string]int{"!": 10, "-": 10, "+": 10, "~": 10, "++": 10, "--": 10},
	assignments: words("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="),
	constants:   map[string]func(At) Expr{"null": constant("null"), "true": constant("true"), "false": constant("false")},
	reserved:    words("else", "case", "catch", "finally", "instanceof", "throws", "import", "package"),
	statement:   (*parser).javaStatement,
	primary:     (*parser).javaPrimary,
	postfix:     (*parser).javaPostfix,
}

// javaQuoted reads strings, text blocks and characters.
func javaQuoted(l *lexer) bool {
	rest := l.text[l.pos:l.end]
	switch {
	case strings.HasPrefix(rest, `"""`):
		l.str(l.pos, stringForm{open: `"""`, close: `"""`, multiline: true})
		t := &l.tokens[len(l.tokens)-1]
		t.text = dedent(strings.TrimPrefix(strings.TrimLeft(t.text, " \t\r"), "\n"))
		return true
	case rest[0] == '"':
		l.str(l.pos, stringForm{open: `"`, close: `"`})
		return true
	case rest[0] == '\'':
		l.str(l.pos, stringForm{open: "'", close: "'", flag: charString})
		return true
	}
	return false
}

// javaPrimary reads the operands of Java only.
func (p *parser) javaPrimary() Expr {
	at, t := p.here(), p.tok()
	switch {
	case t.kind == nameToken && p.ahead(1).is("->"):
		p.pos += 2
		return p.braceLambda(at, []Param{{At: at, Name: t.text}})
	case t.is("("):
		return p.javaParens(at)
	case t.is("{"):
		return &List{At: at, Items: p.brackets()}
	case t.is("@"):
		return p.annotation()
	case t.is("new"):
		return p.javaNew(at)
	case t.is("switch") && p.ahead(1).is("("):
		p.take()
		p.skipBalanced()
		p.skipBalanced()
		return &Unknown{at, p.before(), "switch"}
	}
	return nil
}

// javaParens reads a lambda with parameters, or a cast; nil when it is none.
func (p *parser) javaParens(at At) Expr {
	end := p.closing[p.pos]
	if end == 0 {
		return nil
	}
	after := &p.tokens[min(end+1, len(p.tokens)-1)]
	if after.is("->") {
		params := p.braceParams()
		p.pos = end + 2
		return p.braceLambda(at, params)
	}
	operand := after.kind == nameToken && !after.is("instanceof") || after.kind == stringToken || after.kind == numberToken || after.is("(")
	if operand && end > p.pos+1 && p.typeEnd(p.pos+1) == end {
		word := p.file.Text[p.tokens[p.pos+1].start:p.tokens[end-1].end]
		p.pos = end + 1
		x := p.level(p.lang.prefix["!"])
		if x == nil {
			x = p.missing()
		}
		return &Unary{at, "(" + word + ")", x}
	}
	return nil
}

// javaNew reads new X(…), new X(…) {members}, new String[] {…} and new int[3].
func (p *parser) javaNew(at At) Expr {
	p.take()
	from, end := p.tok(), p.typeEnd(p.pos)
	p.pos = max(end, p.pos+1)
	name := p.file.Text[from.start:p.before()]
	out := &Call{At: at, New: true, Fun: &Name{At(from.start), name}}
	if p.tok().is("[") {
		p.brackets()
		return &List{At: at}
	}
	if strings.HasSuffix(name, "]") {
		if p.tok().is("{") {
			return &List{At: at, Items: p.brackets()}
		}
		return &List{At: at}
	}
	if p.tok().is("(") {
		out.Args = p.brackets()
	}
	if p.tok().is("{") {
		out.Body = p.braceBlock()
	}
	return out
}

// javaPostfix reads ::name, a call with type arguments, and ++.
func (p *parser) javaPostfix(x Expr) Expr {
	t := p.tok()
	switch {
	case t.is("::"):
		return p.attr(x, true, false)
	case t.is(".") && p.ahead(1).is("<"):
		p.take()
		p.typeArguments()
		name := p.take()
		return &Attr{At: At(x.Offset()), X: x, Name: name.text}
	case t.is("++", "--"):
		p.take()
		return &Unary{At(x.Offset()), "x" + t.text, x}
	}
	return nil
}

// annotation reads @Name and @Name(…); the sign is the next token. Its arguments have
// names as keyword arguments do.
func (p *parser) annotation() Expr {
	p.take()
	at := p.here()
	name := p.dotted()
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		name = name[i+1:]
	}
	out := &Name{at, name}
	if !p.tok().is("(") {
		return out
	}
	return &Call{At: at, Fun: out, Args: p.initialisers()}
}
