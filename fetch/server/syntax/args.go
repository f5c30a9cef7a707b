package syntax

// brackets reads the arguments or items in brackets; the opening bracket is the
// next token.
func (p *parser) brackets() []Arg {
	items, _ := p.items()
	return items
}

// items reads arguments or items in brackets; comma reports whether the last one
// has a comma after it, or there is none.
func (p *parser) items() (out []Arg, comma bool) {
	open := p.take()
	closing := pairs[open.text]
	comma = true
	p.inBrackets(func() {
		for !p.itemsEnd(open, closing) {
			if p.accept(",") {
				comma = true
				continue
			}
			if !comma {
				p.fault(p.here(), FaultComma, "a comma is missing")
			}
			out = append(out, p.item())
			comma = false
		}
	})
	return out, comma || len(out) == 0
}

// itemsEnd reports whether the items in brackets end, and takes the closing
// bracket.
func (p *parser) itemsEnd(open *token, closing string) bool {
	t := p.tok()
	if t.is(closing) {
		p.take()
		return true
	}
	if t.kind == endOfText || t.is(")", "]", "}", ";") || p.lang.indented && t.line && t.is(neverInBrackets...) {
		p.fault(At(open.start), FaultOpen, "'"+open.text+"' was never closed")
		return true
	}
	return false
}

// neverInBrackets are the words that do not begin a line within brackets.
var neverInBrackets = []string{"def", "class", "import", "return", "with", "try", "raise", "while", "elif", "pass", "break", "continue", "@"}

// item reads one argument or item and always moves on.
func (p *parser) item() Arg {
	first := p.pos
	a := p.argument()
	if a.Value == nil || p.pos == first {
		if p.pos == first {
			p.skipBalanced()
		}
		a.Value = p.unknown(a.At, first)
	}
	return a
}

// argument reads one argument with its name, key or star.
func (p *parser) argument() Arg {
	a := Arg{At: p.here()}
	switch t := p.tok(); {
	case t.is("*") || t.is("..."):
		if t.is("...") {
			break
		}
		p.take()
		a.Star = 1
	case t.is("**"):
		p.take()
		a.Star = 2
	case t.is("&") && p.lang.id == ruby:
		p.take()
	case t.is("ref", "out", "in") && p.lang.id == csharp && p.ahead(1).kind == nameToken:
		p.take()
		if p.tok().is("var") || p.ahead(1).kind == nameToken {
			p.take()
		}
	}
	p.argumentName(&a)
	if p.lang.id == python && a.Star == 0 && a.Name == "" {
		a.Value = p.pythonItem()
		return a
	}
	a.Value = p.expr()
	if p.is("=>") {
		p.take()
		a.setKey(a.Value)
		a.Value = p.must()
	}
	return a
}

// setKey gives an argument the key before "=>".
func (a *Arg) setKey(key Expr) {
	if t, ok := key.(*Text); ok && t.Symbol {
		a.Name = t.Value
		return
	}
	a.Key = key
}

// argumentName reads the name before an argument: name= in Python, name: in
// Ruby and C#.
func (p *parser) argumentName(a *Arg) {
	t, next := p.tok(), p.ahead(1)
	sign := ":"
	if p.lang.id == python {
		sign = "="
	}
	if !next.is(sign) || next.space && p.lang.id == ruby {
		return
	}
	switch {
	case t.kind == nameToken:
		a.Name = t.text
	case t.kind == stringToken && p.lang.id == ruby && t.parts == nil && t.flag&symbolString == 0:
		a.Name = t.text
	default:
		return
	}
	p.pos += 2
}

// pythonItem reads an item that may be a slice or a comprehension.
func (p *parser) pythonItem() Expr {
	at := p.here()
	var x Expr
	if !p.is(":") {
		x = p.expr()
	}
	switch {
	case p.is(":"):
		return p.slice(at, x)
	case x != nil && p.is("for") || p.is("async") && p.ahead(1).is("for"):
		return &Comprehension{At: at, Generator: true, open: true, Item: x, For: p.comprehensionFor()}
	}
	return x
}

// slice reads the rest of low:high:step.
func (p *parser) slice(at At, low Expr) Expr {
	out := &Slice{At: at, Low: low}
	for i := 0; p.accept(":"); i++ {
		x := p.expr()
		switch i {
		case 0:
			out.High = x
		case 1:
			out.Step = x
		}
	}
	return out
}

// comprehensionFor reads the clauses of a comprehension.
func (p *parser) comprehensionFor() []CompFor {
	var out []CompFor
	for p.is("for", "async", "if") {
		if p.accept("if") {
			if x := p.level(1); x != nil && len(out) > 0 {
				last := &out[len(out)-1]
				last.If = append(last.If, x)
			}
			continue
		}
		p.accept("async")
		if !p.accept("for") {
			break
		}
		c := CompFor{Target: p.targets()}
		if p.accept("in") {
			c.In = p.level(1)
		}
		if c.In == nil {
			c.In = p.missing()
		}
		out = append(out, c)
	}
	return out
}

// aboveComparisons is the level of operators that bind tighter than Python's "in".
const aboveComparisons = 4

// targets reads the variables of a loop.
func (p *parser) targets() Expr {
	at := p.here()
	var items []Arg
	comma := false
	for {
		x := p.starred(aboveComparisons)
		if x.Value == nil {
			break
		}
		items = append(items, x)
		if !p.accept(",") {
			break
		}
		comma = true
	}
	if len(items) == 1 && !comma && items[0].Star == 0 {
		return items[0].Value
	}
	return &List{at, FormTuple, items}
}

// starred reads an expression with an optional star.
func (p *parser) starred(level int) Arg {
	a := Arg{At: p.here()}
	if p.accept("*") {
		a.Star = 1
	}
	a.Value = p.level(level)
	return a
}
