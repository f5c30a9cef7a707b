package syntax

import "strings"

// expr reads an expression; nil when there is none.
func (p *parser) expr() Expr { return p.level(0) }

// must reads an expression; an Unknown stands for one that is missing.
func (p *parser) must() Expr {
	if x := p.expr(); x != nil {
		return x
	}
	from := p.here()
	p.fault(from, FaultUnread, "an expression is missing")
	return &Unknown{At: from, End: int(from)}
}

// level reads an expression whose operators bind at least as tightly as a level.
// Level 0 has the conditional expression and assignments as well.
func (p *parser) level(least int) Expr {
	if !p.deeper() {
		return p.tooDeep()
	}
	defer func() { p.depth-- }()
	x := p.operand()
	if x == nil {
		return nil
	}
	if p.assigns(x) {
		at, op := At(x.Offset()), p.take().text
		p.declare(x)
		return &Assigned{at, x, op, p.must()}
	}
	for {
		op, n := p.binaryOperator()
		level := p.lang.binary[op]
		if n == 0 || level == 0 || level < least {
			break
		}
		at := p.here()
		p.pos += n
		if p.lang.id == ruby {
			p.start = p.pos // the operand may be on the next line
		}
		next := level + 1
		if p.lang.right[op] {
			next = level
		}
		y := p.level(next)
		if y == nil {
			y = p.missing()
		}
		x = p.binary(at, op, x, y, level)
	}
	if least == 0 {
		return p.conditional(x)
	}
	return x
}

// assigns reports whether an assignment to an expression follows.
func (p *parser) assigns(x Expr) bool {
	if p.lineEnds() || p.tok().kind != opToken || !p.lang.assignments[p.tok().text] {
		return false
	}
	switch x.(type) {
	case *Name, *Attr, *Index, *List, *Dict:
		return true
	}
	return false
}

// missing is an operand that is missing.
func (p *parser) missing() Expr {
	p.fault(p.here(), FaultUnread, "an operand is missing")
	return &Unknown{At: p.here(), End: int(p.here())}
}

// comparisons chain in Python: a < b < c means a < b and b < c.
var comparisons = words("<", ">", "<=", ">=", "==", "!=", "in", "not in", "is", "is not")

// binary makes a node of an operator with its operands.
func (p *parser) binary(at At, op string, x, y Expr, level int) Expr {
	left, ok := x.(*Binary)
	if p.lang.id == python && ok && comparisons[op] && comparisons[left.Op] && p.tokens[p.pos-1].kind != endOfText && !p.parenthesised(left) {
		return &Binary{at, "and", left, &Binary{at, op, left.Y, y}}
	}
	return &Binary{at, op, x, y}
}

// parenthesised reports whether an expression is in parentheses of its own.
func (p *parser) parenthesised(x *Binary) bool {
	at := x.X.Offset()
	return at > 0 && strings.HasSuffix(strings.TrimRight(p.file.Text[:at], " \t\n"), "(")
}

// binaryOperator returns the binary operator at the current place and the number
// of its tokens.
func (p *parser) binaryOperator() (string, int) {
	if p.lineEnds() {
		return "", 0
	}
	t := p.tok()
	if t.kind != opToken && t.kind != nameToken {
		return "", 0
	}
	if p.lang.id == python {
		switch {
		case t.text == "not" && p.ahead(1).is("in"):
			return "not in", 2
		case t.text == "is" && p.ahead(1).is("not"):
			return "is not", 2
		}
	}
	return t.text, 1
}

// conditional reads what follows an expression of the lowest level.
func (p *parser) conditional(x Expr) Expr {
	at := At(x.Offset())
	switch {
	case p.lang.id == python:
		return p.pythonConditional(x)
	case p.is("?"):
		p.take()
		var then Expr
		if !p.accept(":") {
			p.start = p.pos
			then = p.must()
			p.start = p.pos
			if !p.acceptAnywhere(":") {
				return &Unknown{at, p.before(), shorten(p.file.Text[at:max(p.before(), int(at))])}
			}
		}
		return &Cond{at, x, then, p.must()}
	}
	return x
}

// operand reads an operand with its prefix operators and what follows it.
func (p *parser) operand() Expr {
	t := p.tok()
	at := p.here()
	if t.kind == opToken || t.kind == nameToken {
		if level, ok := p.lang.prefix[t.text]; ok {
			p.take()
			x := p.level(level)
			if x == nil {
				x = p.missing()
			}
			return &Unary{at, t.text, x}
		}
	}
	x := p.primary()
	if x == nil {
		return nil
	}
	return p.postfix(x)
}

// postfix reads attributes, calls and indices after an operand.
func (p *parser) postfix(x Expr) Expr {
	for {
		next := p.postfixOne(x)
		if next == nil {
			return x
		}
		x = next
	}
}

// postfixOne reads one attribute, call or index; nil when there is none.
func (p *parser) postfixOne(x Expr) Expr {
	if y := p.lang.postfix(p, x); y != nil {
		return y
	}
	if p.lineEnds() {
		return nil
	}
	at := At(x.Offset())
	switch t := p.tok(); {
	case t.is("."):
		return p.attr(x, false, false)
	case t.is("(") && !(p.lang.id == ruby && t.space):
		return &Call{At: at, Fun: x, Args: p.brackets()}
	case t.is("[") && !(p.lang.id == ruby && t.space && !p.indexFollows(x)):
		return &Index{at, x, p.brackets()}
	}
	return nil
}

// indexFollows reports whether a bracket after a space is an index and not the
// first argument of a Ruby call without parentheses.
func (p *parser) indexFollows(x Expr) bool {
	_, name := x.(*Name)
	_, attr := x.(*Attr)
	return !name && !attr
}

// attr reads ".name"; the token before it is the next.
func (p *parser) attr(x Expr, static, safe bool) Expr {
	p.take()
	out := &Attr{At: At(x.Offset()), X: x, Static: static, Safe: safe}
	if t := p.tok(); t.kind == nameToken {
		out.Name = p.take().text
	} else {
		p.fault(p.here(), FaultUnread, "a name is missing")
	}
	return out
}

// primary reads a literal, a name or what is in brackets; nil when there is
// none.
func (p *parser) primary() Expr {
	if p.lang.primary != nil {
		if x := p.lang.primary(p); x != nil {
			return x
		}
	}
	t := p.tok()
	at := p.here()
	switch t.kind {
	case nameToken:
		if p.lang.reserved[t.text] {
			return nil
		}
		p.take()
		if f, ok := p.lang.constants[t.text]; ok {
			return f(at)
		}
		return &Name{at, t.text}
	case numberToken:
		p.take()
		return &Number{at, t.text}
	case stringToken:
		return p.strings()
	case opToken:
		return p.bracketed()
	}
	return nil
}

// bracketed reads "...", and a list or a dictionary in brackets.
func (p *parser) bracketed() Expr {
	at := p.here()
	switch p.tok().text {
	case "...":
		p.take()
		return &Ellipsis{at}
	case "(":
		return p.parens()
	case "[":
		return p.listLiteral()
	}
	return nil
}

// parens reads an expression in parentheses, or a tuple.
func (p *parser) parens() Expr {
	at := p.here()
	items, comma := p.items()
	if len(items) == 1 && !comma && items[0].Name == "" && items[0].Star == 0 && items[0].Key == nil {
		if c, ok := items[0].Value.(*Comprehension); ok {
			c.open = false
		}
		return items[0].Value
	}
	return &List{at, FormTuple, items}
}

// listLiteral reads a list in brackets.
func (p *parser) listLiteral() Expr {
	at := p.here()
	items := p.brackets()
	if len(items) == 1 {
		if c, ok := items[0].Value.(*Comprehension); ok && c.open {
			c.Generator, c.open, c.At = false, false, at
			return c
		}
	}
	return listOrDict(at, items)
}

// listOrDict returns a dictionary if an item has a key, and a list otherwise.
func listOrDict(at At, items []Arg) Expr {
	keys := false
	for _, a := range items {
		keys = keys || a.Key != nil
	}
	if !keys {
		return &List{at, FormList, items}
	}
	out := &Dict{At: at}
	for _, a := range items {
		out.Entries = append(out.Entries, Entry{At: a.At, Key: a.Key, Value: a.Value, Spread: a.Star > 0})
	}
	return out
}

// strings reads a string, and in Python those that follow it.
func (p *parser) strings() Expr {
	at := p.here()
	var parts []Expr
	for p.at(stringToken) && (len(parts) == 0 || p.lang.id == python && !p.lineEnds()) {
		parts = append(parts, p.stringParts(p.take())...)
	}
	return joinTexts(at, parts)
}

// joinTexts returns the expression of the parts of a string.
func joinTexts(at At, parts []Expr) Expr {
	var out []Expr
	for _, x := range parts {
		t, isText := x.(*Text)
		if isText && len(out) > 0 {
			if last, ok := out[len(out)-1].(*Text); ok {
				last.Value += t.Value
				continue
			}
		}
		out = append(out, x)
	}
	if len(out) == 1 {
		if t, ok := out[0].(*Text); ok {
			t.At = at
			return t
		}
	}
	return &Template{at, out}
}

// stringParts returns the parts of one string.
func (p *parser) stringParts(t *token) []Expr {
	if t.parts == nil {
		return []Expr{&Text{At: At(t.start), Value: t.text, Symbol: t.flag&symbolString != 0, Bytes: t.flag&bytesString != 0, Char: t.flag&charString != 0}}
	}
	var out []Expr
	for _, part := range t.parts {
		switch {
		case part.isExpr:
			out = append(out, p.part(part))
		case part.text != "":
			out = append(out, &Text{At: At(t.start), Value: part.text})
		}
	}
	return out
}

// part reads an expression within a string.
func (p *parser) part(part part) Expr {
	unknown := &Unknown{At(part.start), part.end, p.file.Text[part.start:part.end]}
	if part.formatted || p.depth+10 > deepest {
		return unknown
	}
	l := &lexer{lang: p.lang, text: p.file.Text, pos: part.start, end: part.end, file: p.file}
	l.run()
	inner := newParser(p.lang, p.file, l.tokens)
	inner.lines, inner.depth, inner.variables = false, p.depth+10, p.variables
	x := inner.expr()
	if x == nil || !inner.at(endOfText) {
		return unknown
	}
	return x
}
