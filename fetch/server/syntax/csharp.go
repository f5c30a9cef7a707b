package syntax

import "strings"

// CSharp is C# 8 to 13.
var CSharp = &Language{
	Title:         "C#",
	id:            csharp,
	lineComments:  []string{"//", "#"},
	blockComment:  [2]string{"/*", "*/"},
	operators:     []string{"??=", "=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "..", "::"},
	quoted:        csharpQuoted,
	escape:        cEscape,
	interpolation: csharpInterpolation,
	binary: levels([]string{"??"}, []string{"||"}, []string{"&&"}, []string{"|"}, []string{"^"}, []string{"&"},
		[]string{"==", "!="}, []string{"<", ">", "<=", ">=", "is", "as"}, []string{"or"}, []string{"and"}, []string{".."}, []string{"+", "-"}, []string{"*", "/", "%"}),
	right:       words("??"),
	prefix:      map[string]int{"!": 14, "-": 14, "+": 14, "~": 14, "^": 14, "++": 14, "--": 14, "await": 14, "throw": 1, "not": 14, "..": 12},
	assignments: words("=", "+=", "-=", "*=", "/=", "%=", "??=", "&=", "|=", "^="),
	constants:   map[string]func(At) Expr{"null": constant("null"), "true": constant("true"), "false": constant("false")},
	reserved:    words("else", "case", "catch", "finally", "is", "as", "in", "when"),
	statement:   (*parser).csharpStatement,
	primary:     (*parser).csharpPrimary,
	postfix:     (*parser).csharpPostfix,
}

// csharpQuoted reads strings and characters.
func csharpQuoted(l *lexer) bool {
	i := l.pos
	for i < l.end && i < l.pos+3 && (l.text[i] == '$' || l.text[i] == '@') {
		i++
	}
	prefix, rest := l.text[l.pos:i], l.text[i:l.end]
	switch {
	case rest == "":
		return false
	case strings.HasPrefix(rest, `"""`):
		n := len(rest) - len(strings.TrimLeft(rest, `"`))
		q := strings.Repeat(`"`, min(n, 16))
		l.str(i, stringForm{open: q, close: q, raw: true, multiline: true, interpolate: prefix == "$"})
		t := &l.tokens[len(l.tokens)-1]
		t.text = strings.TrimSuffix(dedent(strings.TrimPrefix(t.text, "\n")), "\n")
		return true
	case rest[0] == '"':
		verbatim := strings.Contains(prefix, "@")
		l.str(i, stringForm{open: `"`, close: `"`, raw: verbatim, doubled: verbatim, multiline: verbatim, interpolate: strings.Contains(prefix, "$")})
		return true
	case rest[0] == '\'' && prefix == "":
		l.str(i, stringForm{open: "'", close: "'", flag: charString})
		return true
	case prefix == "@" && nameLength(rest) > 0: // @class is a name
		n := nameLength(rest)
		l.add(token{kind: nameToken, start: l.pos, end: i + n, text: rest[:n]})
		return true
	}
	return false
}

// csharpInterpolation finds {expr} in a string.
func csharpInterpolation(l *lexer, at, end int) (part, int) {
	rest := l.text[at:end]
	switch {
	case strings.HasPrefix(rest, "{{"):
		return part{text: "{"}, at + 2
	case strings.HasPrefix(rest, "}}"):
		return part{text: "}"}, at + 2
	case rest[0] != '{':
		return part{}, at
	}
	close := exprEnd(l.text, at+1, end, '}')
	if close < 0 {
		return part{}, at
	}
	p := part{isExpr: true, start: at + 1, end: close}
	p.formatted = FormatAt(l.text[p.start:close]) >= 0
	return p, close + 1
}

// csharpPrimary reads the operands of C# only.
func (p *parser) csharpPrimary() Expr {
	at, t := p.here(), p.tok()
	next := p.ahead(1)
	switch {
	case t.kind == nameToken && next.is("=>"):
		p.pos += 2
		return p.braceLambda(at, []Param{{At: at, Name: t.text}})
	case t.is("async", "static", "delegate") && (next.is("(") || next.kind == nameToken):
		p.take()
		return p.csharpPrimaryOr(at)
	case t.is("("):
		return p.csharpParens(at)
	case t.is("[") && p.closing[p.pos] > 0 && p.tokens[p.closing[p.pos]+1].is("("):
		return p.csharpAttributedLambda(at)
	case t.is("new"):
		return p.csharpNew(at)
	case t.is("typeof", "nameof", "default", "sizeof") && next.is("("):
		p.take()
		from := p.tok().end
		p.skipBalanced()
		return &Call{At: at, Fun: &Name{at, t.text}, Types: p.file.Text[from:max(p.before()-1, from)]}
	}
	return nil
}

// csharpPrimaryOr is primary with an Unknown when there is none.
func (p *parser) csharpPrimaryOr(at At) Expr {
	if x := p.primary(); x != nil {
		return x
	}
	return p.unknown(at, p.pos-1)
}

// csharpParens reads a lambda with parameters, or a cast; nil when it is none.
func (p *parser) csharpParens(at At) Expr {
	end := p.closing[p.pos]
	if end == 0 {
		return nil
	}
	after := &p.tokens[min(end+1, len(p.tokens)-1)]
	if after.is("=>") {
		params := p.braceParams()
		p.pos = end + 2
		return p.braceLambda(at, params)
	}
	if (after.kind == nameToken && !after.is("is", "as", "in", "when") || after.kind == stringToken || after.is("(")) && end > p.pos+1 && p.typeEnd(p.pos+1) == end {
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

// csharpAttributedLambda reads [A] (x) => …; nil when it is none.
func (p *parser) csharpAttributedLambda(at At) Expr {
	parens := p.closing[p.pos] + 1
	end := p.closing[parens]
	if end == 0 || !p.tokens[min(end+1, len(p.tokens)-1)].is("=>") {
		return nil
	}
	list := p.attributes()
	x := p.csharpParens(at)
	if l, ok := x.(*Lambda); ok {
		l.Attributes = list
	}
	return x
}

// csharpNew reads new X(…) {…}, new[] {…} and new string[] {…}.
func (p *parser) csharpNew(at At) Expr {
	p.take()
	out := &Call{At: at, New: true, Fun: &Name{at, ""}}
	array := false
	if p.at(nameToken) {
		from, end := p.tok(), p.typeEnd(p.pos)
		p.pos = max(end, p.pos+1)
		name := p.file.Text[from.start:p.before()]
		array = strings.HasSuffix(name, "]")
		out.Fun = &Name{At(from.start), name}
	}
	if p.tok().is("[") {
		array = true
		p.brackets()
	}
	if p.tok().is("(") {
		out.Args = p.brackets()
	}
	if p.tok().is("{") {
		out.Init = p.initialisers()
	}
	if array {
		return &List{At: at, Items: out.Init}
	}
	return out
}

// initialisers reads { A = 1, B = 2 } or { 1, 2 }.
func (p *parser) initialisers() []Arg {
	items := p.brackets()
	for i, a := range items {
		if s, ok := a.Value.(*Assigned); ok && s.Op == "=" {
			if n, ok := s.Target.(*Name); ok {
				items[i].Name, items[i].Value = n.Text, s.Value
			}
		}
	}
	return items
}

// csharpPostfix reads ?.name, type arguments, !, switch and ++.
func (p *parser) csharpPostfix(x Expr) Expr {
	at := At(x.Offset())
	t := p.tok()
	switch {
	case t.is("?."):
		return p.attr(x, false, true)
	case t.is("::"):
		return p.attr(x, true, false)
	case t.is("?") && p.ahead(1).is("["):
		p.take()
		return &Index{at, x, p.brackets()}
	case t.is("!") && !p.ahead(1).is("="):
		p.take()
		return x
	case t.is("++", "--"):
		p.take()
		return &Unary{at, "x" + t.text, x}
	case t.is("switch") && p.ahead(1).is("{"):
		p.take()
		return p.csharpSwitch(at, x)
	case t.is("with") && p.ahead(1).is("{"):
		p.take()
		p.skipBalanced()
		return &Unknown{at, p.before(), "with"}
	case t.is("<"):
		return p.typedCall(at, x)
	}
	return nil
}

// typedCall reads <Types>(…) after a name; nil when "<" is an operator.
func (p *parser) typedCall(at At, x Expr) Expr {
	switch x.(type) {
	case *Name, *Attr:
	default:
		return nil
	}
	end := p.typeArgumentsEnd(p.pos)
	if end == 0 || !p.tokens[end].is("(") {
		return nil
	}
	types := p.file.Text[p.tok().end:p.tokens[end-1].start]
	p.pos = end
	return &Call{At: at, Fun: x, Types: types, Args: p.brackets()}
}

// csharpSwitch reads the arms of a switch expression.
func (p *parser) csharpSwitch(at At, x Expr) Expr {
	out := &Match{At: at, Subject: x}
	p.take()
	for !p.tok().is("}") && !p.at(endOfText) {
		first := p.pos
		arm := Arm{}
		v := p.csharpArm()
		if n, ok := v.(*Name); v != nil && !(ok && n.Text == "_") {
			arm.Values = alternativesOf(v)
		}
		p.accept("=>")
		arm.Result = p.must()
		out.Arms = append(out.Arms, arm)
		p.accept(",")
		if p.pos == first {
			p.skipBalanced()
		}
	}
	p.accept("}")
	return out
}

// csharpArm reads the pattern of an arm; "_ =>" is not a lambda here.
func (p *parser) csharpArm() Expr {
	if p.at(nameToken) && p.ahead(1).is("=>") {
		t := p.take()
		return &Name{At(t.start), t.text}
	}
	return p.expr()
}

// alternativesOf splits a or b.
func alternativesOf(x Expr) []Expr {
	if b, ok := x.(*Binary); ok && b.Op == "or" {
		return append(alternativesOf(b.X), alternativesOf(b.Y)...)
	}
	return []Expr{x}
}
