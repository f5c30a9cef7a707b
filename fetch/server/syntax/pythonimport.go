package syntax

// pythonImport reads "import a.b as c, d".
func (p *parser) pythonImport(at At) Stmt {
	p.take()
	block := &Block{At: at}
	for {
		out := &Import{At: p.here(), Module: p.dotted()}
		as := out.Module
		if p.accept("as") {
			as = p.name()
		}
		out.Names = []ImportName{{Name: out.Module, As: as}}
		block.Body = append(block.Body, out)
		if !p.accept(",") {
			break
		}
	}
	p.statementEnds()
	if len(block.Body) == 1 {
		return block.Body[0]
	}
	return block
}

// dotted reads a name with dots.
func (p *parser) dotted() string {
	out := p.name()
	for p.accept(".") {
		out += "." + p.name()
	}
	return out
}

// pythonFrom reads "from .a import b as c".
func (p *parser) pythonFrom(at At) Stmt {
	p.take()
	out := &Import{At: at, From: true}
	for p.is(".", "...") {
		out.Dots += len(p.take().text)
	}
	if !p.is("import") {
		out.Module = p.dotted()
	}
	if !p.accept("import") {
		return nil
	}
	if p.is("(") {
		p.take()
		p.inBrackets(func() { p.importNames(out) })
		if !p.acceptAnywhere(")") {
			p.fault(at, FaultOpen, "'(' was never closed")
		}
	} else {
		p.importNames(out)
	}
	p.statementEnds()
	return out
}

// importNames reads the names of an import.
func (p *parser) importNames(out *Import) {
	for {
		switch {
		case p.accept("*"):
			out.Names = append(out.Names, ImportName{"*", "*"})
		case p.name1():
			name := p.tokens[p.pos-1].text
			as := name
			if p.accept("as") {
				as = p.name()
			}
			out.Names = append(out.Names, ImportName{name, as})
		default:
			return
		}
		if !p.accept(",") {
			return
		}
	}
}

// name1 takes a name and reports whether there is one.
func (p *parser) name1() bool { return p.name() != "" }

// isMatch reports whether the word "match" begins a match statement: its line ends
// with a colon, and it is not used as a name.
func (p *parser) isMatch() bool {
	if p.ahead(1).is("=", ".", ":", ",", ")") || p.ahead(1).line {
		return false
	}
	for i := p.pos + 1; i < len(p.tokens); i++ {
		if p.tokens[i].line {
			return p.tokens[i-1].is(":") && p.tokens[i].is("case")
		}
	}
	return false
}

// pythonMatch reads a match statement.
func (p *parser) pythonMatch(at At) Stmt {
	first := p.take()
	out := &Switch{At: at, Subject: p.exprListMust()}
	p.accept(":")
	p.inBlock(func() {
		for p.tok().is("case") && p.tok().indent > first.indent {
			c := Case{At: p.here()}
			word := p.take()
			if x := p.level(aboveComparisons); x != nil {
				c.Values = alternatives(x)
			}
			if p.accept("if") {
				c.Guard = p.must()
			}
			c.Body = p.body(word)
			out.Cases = append(out.Cases, c)
		}
	})
	return out
}

// alternatives splits a | b, and returns nil for the name "_".
func alternatives(x Expr) []Expr {
	switch x := x.(type) {
	case *Binary:
		if x.Op == "|" {
			return append(alternatives(x.X), alternatives(x.Y)...)
		}
	case *Name:
		if x.Text == "_" {
			return nil
		}
	}
	return []Expr{x}
}
