package syntax

// This file has the statements in braces of C# and Java.

// braceStatement reads a statement that begins with a brace or a usual word; ok is false when there is none.
func (p *parser) braceStatement(at At) (s Stmt, ok bool) {
	t := p.tok()
	if t.is("{") {
		return &Block{at, p.braceBlock()}, true
	}
	if t.is(";") {
		p.take()
		return &Block{At: at}, true
	}
	if t.kind != nameToken {
		return nil, false
	}
	switch t.text {
	case "if":
		return p.braceIf(at), true
	case "while":
		p.take()
		return &Loop{At: at, Cond: p.condition(), Body: p.braceBody()}, true
	case "do":
		return p.braceDo(at), true
	case "for":
		return p.braceFor(at), true
	case "foreach":
		return p.braceForeach(at), true
	case "switch":
		return p.braceSwitch(at), true
	case "try":
		return p.braceTry(at), true
	case "return":
		p.take()
		out := &Return{at, p.expr()}
		p.statementEnds()
		return out, true
	case "throw":
		p.take()
		out := &Raise{at, p.expr()}
		p.statementEnds()
		return out, true
	case "break", "continue":
		out := &Jump{At: at, Word: p.take().text}
		p.expr()
		p.statementEnds()
		return out, true
	}
	return nil, false
}

// braceBlock reads statements in braces; the opening brace is the next token.
func (p *parser) braceBlock() []Stmt {
	open := p.take()
	var out []Stmt
	p.inBlock(func() {
		for !p.tok().is("}") {
			if p.at(endOfText) {
				p.fault(At(open.start), FaultOpen, "'{' is not closed")
				return
			}
			out = append(out, p.stmt())
		}
		p.take()
	})
	return out
}

// braceBody reads the body of a statement: a block, or one statement.
func (p *parser) braceBody() []Stmt {
	if p.tok().is("{") {
		return p.braceBlock()
	}
	return []Stmt{p.stmt()}
}

// condition reads an expression in parentheses.
func (p *parser) condition() Expr {
	if !p.accept("(") {
		return p.must()
	}
	x := p.must()
	for !p.tok().is(")") && !p.at(endOfText) {
		if p.tok().is("{", "}", ";") {
			return x
		}
		p.skipBalanced()
	}
	p.accept(")")
	return x
}

func (p *parser) braceIf(at At) Stmt {
	p.take()
	out := &If{At: at, Cond: p.condition()}
	out.Then = p.braceBody()
	from := p.here()
	switch {
	case p.tok().is("else") && p.ahead(1).is("if"):
		p.take()
		out.Else = []Stmt{p.braceIf(from)}
	case p.accept("else"):
		out.Else = p.braceBody()
	}
	return out
}

func (p *parser) braceDo(at At) Stmt {
	p.take()
	out := &Loop{At: at, First: true, Body: p.braceBody()}
	if p.accept("while") {
		out.Cond = p.condition()
	}
	p.statementEnds()
	return out
}

// braceFor reads the loop with three parts.
func (p *parser) braceFor(at At) Stmt {
	p.take()
	out := &Loop{At: at}
	if p.accept("(") {
		if !p.tok().is(";") {
			out.Init = []Stmt{p.stmt()}
		} else {
			p.take()
		}
		out.Cond = p.expr()
		p.accept(";")
		for !p.tok().is(")", "{", "}", ";") && !p.at(endOfText) {
			x := p.must()
			out.Post = append(out.Post, &ExprStmt{At(x.Offset()), x})
			if !p.accept(",") {
				break
			}
		}
		p.accept(")")
	}
	out.Body = p.braceBody()
	return out
}

// braceForeach reads foreach (var v in x).
func (p *parser) braceForeach(at At) Stmt {
	p.take()
	out := &For{At: at}
	if p.accept("(") {
		for !p.ahead(1).is("in") && !p.tok().is(")") && !p.at(endOfText) {
			p.skipBalanced()
		}
		out.Target = p.must()
		p.accept("in")
		out.In = p.must()
		p.accept(")")
	}
	out.Body = p.braceBody()
	return out
}

func (p *parser) braceSwitch(at At) Stmt {
	p.take()
	out := &Switch{At: at, Subject: p.condition()}
	if !p.accept("{") {
		return out
	}
	for !p.tok().is("}") && !p.at(endOfText) {
		first := p.pos
		c := Case{At: p.here()}
		if p.accept("case") {
			c.Values = []Expr{p.caseValue()}
			for p.lang.id == java && p.accept(",") {
				c.Values = append(c.Values, p.caseValue())
			}
			if p.accept("when") {
				c.Guard = p.must()
			}
		} else {
			p.accept("default")
		}
		if !p.accept(":", "->") {
			p.accept(";")
		}
		for !p.tok().is("case", "default", "}") && !p.at(endOfText) {
			c.Body = append(c.Body, p.stmt())
		}
		out.Cases = append(out.Cases, c)
		if p.pos == first {
			p.skipBalanced()
		}
	}
	p.take()
	p.accept(";")
	return out
}

// caseValue reads the value of a case; "A ->" is not a lambda here.
func (p *parser) caseValue() Expr {
	if p.at(nameToken) && p.ahead(1).is("->") {
		t := p.take()
		return &Name{At(t.start), t.text}
	}
	return p.must()
}

func (p *parser) braceTry(at At) Stmt {
	p.take()
	out := &Try{At: at}
	if p.tok().is("(") { // the resources of Java
		p.skipBalanced()
	}
	out.Body = p.braceBody()
	for p.tok().is("catch") {
		h := Handler{At: p.here()}
		p.take()
		if p.accept("(") {
			h.Types, h.Name = p.catchTypes()
		}
		if p.accept("when") {
			p.condition()
		}
		h.Body = p.braceBody()
		out.Handlers = append(out.Handlers, h)
	}
	if p.accept("finally") {
		out.Finally = p.braceBody()
	}
	return out
}

// catchTypes reads the types and the name in catch (A e).
func (p *parser) catchTypes() (types []Expr, name string) {
	for !p.accept(")") && !p.at(endOfText) {
		t := p.take()
		switch {
		case t.kind != nameToken:
		case len(types) > 0:
			name = t.text
		default:
			types = append(types, &Name{At(t.start), t.text})
		}
	}
	return types, name
}

// braceParams reads parameters with types and attributes; the opening parenthesis
// is the next token.
func (p *parser) braceParams() []Param {
	var out []Param
	if !p.accept("(") {
		return nil
	}
	q := Param{At: p.here()}
	for !p.at(endOfText) {
		t := p.tok()
		switch {
		case p.accept(")"):
			return appendParam(out, q)
		case p.accept(","):
			out = appendParam(out, q)
			q = Param{At: p.here()}
		case p.tok().is("["):
			q.Attributes = append(q.Attributes, p.attributes()...)
		case p.tok().is("@"):
			q.Attributes = append(q.Attributes, p.annotation())
		case p.accept("="):
			q.Default = p.must()
		case p.accept("..."):
			q.Star = 1
		case p.accept("&"), p.accept("?"), p.accept("|"):
		case t.kind == nameToken:
			q.Type, q.Name = joinType(q.Type, q.Name), p.take().text
			p.typeArguments()
		case t.is("{", "}", ";"):
			return out
		default:
			p.skipBalanced()
		}
	}
	return out
}

func appendParam(out []Param, q Param) []Param {
	if q.Name == "" {
		return out
	}
	return append(out, q)
}

func joinType(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// attributes reads [A, B(x)]; the bracket is the next token.
func (p *parser) attributes() []Expr {
	var out []Expr
	for _, a := range p.brackets() {
		out = append(out, a.Value)
	}
	return out
}

// braceLambda reads the body of a lambda.
func (p *parser) braceLambda(at At, params []Param) Expr {
	out := &Lambda{At: at, Params: params}
	if p.tok().is("{") {
		out.Body = p.braceBlock()
	} else {
		out.Result = p.must()
	}
	return out
}
