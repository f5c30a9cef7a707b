package syntax

// pythonStatement reads one statement.
func (p *parser) pythonStatement() Stmt {
	at, t := p.here(), p.tok()
	if p.accept(";") {
		return &Block{At: at}
	}
	if t.is("@") {
		return p.pythonDecorated()
	}
	if t.kind == nameToken {
		if f := pythonStatementOf(t.text); f != nil {
			return f(p, at)
		}
		if t.is("match") && p.isMatch() {
			return p.pythonMatch(at)
		}
	}
	return p.pythonSimple(at)
}

// pythonStatementOf returns the reader of the statements that begin with a word;
// nil when there is none.
func pythonStatementOf(word string) func(p *parser, at At) Stmt {
	switch word {
	case "if":
		return (*parser).pythonIf
	case "for":
		return (*parser).pythonFor
	case "while":
		return (*parser).pythonWhile
	case "try":
		return (*parser).pythonTry
	case "with":
		return (*parser).pythonWith
	case "def":
		return (*parser).pythonDef
	case "class":
		return (*parser).pythonClass
	case "async":
		return (*parser).pythonAsync
	case "return":
		return (*parser).pythonReturn
	case "raise":
		return (*parser).pythonRaise
	case "import":
		return (*parser).pythonImport
	case "from":
		return (*parser).pythonFrom
	case "pass", "break", "continue":
		return (*parser).pythonJump
	case "global", "nonlocal", "del", "assert":
		return (*parser).pythonDeclare
	}
	return nil
}

// pythonSimple reads an expression or an assignment.
func (p *parser) pythonSimple(at At) Stmt {
	x := p.exprList()
	if x == nil {
		return nil
	}
	out := &Assign{At: at, Targets: []Expr{x}, Op: "="}
	if p.accept(":") {
		out.Type = p.source(func() { p.level(1) })
		if p.accept("=") {
			out.Value = p.exprListMust()
		}
		p.statementEnds()
		return out
	}
	t := p.tok()
	switch {
	case p.lineEnds() || t.kind != opToken:
		p.statementEnds()
		return &ExprStmt{at, x}
	case t.text == "=":
		for p.accept("=") {
			if out.Value != nil {
				out.Targets = append(out.Targets, out.Value)
			}
			out.Value = p.exprListMust()
		}
	case len(t.text) > 1 && t.text[len(t.text)-1] == '=' && !comparisons[t.text]:
		out.Op = p.take().text
		out.Value = p.exprListMust()
	default:
		p.statementEnds()
		return &ExprStmt{at, x}
	}
	p.statementEnds()
	return out
}

// exprList reads an expression, or a tuple without parentheses.
func (p *parser) exprList() Expr {
	at := p.here()
	var items []Arg
	comma := false
	for !p.lineEnds() {
		a := p.starred(0)
		if a.Value == nil {
			break
		}
		items = append(items, a)
		if !p.accept(",") {
			break
		}
		comma = true
	}
	switch {
	case len(items) == 0:
		return nil
	case len(items) == 1 && !comma && items[0].Star == 0:
		return items[0].Value
	}
	return &List{at, FormTuple, items}
}

// exprListMust is exprList with an Unknown for an expression that is missing.
func (p *parser) exprListMust() Expr {
	if x := p.exprList(); x != nil {
		return x
	}
	return p.missing()
}

// body reads the colon and the block after a statement that begins at a token.
func (p *parser) body(first *token) []Stmt {
	if !p.accept(":") {
		p.fault(p.here(), FaultUnread, "a colon is missing")
		p.skipToColon()
	}
	var out []Stmt
	if !p.lineEnds() {
		for !p.lineEnds() {
			out = append(out, p.stmt())
		}
		return out
	}
	p.inBlock(func() {
		if p.tok().indent > first.indent || p.at(endOfText) {
			for !p.at(endOfText) && p.tok().indent > first.indent {
				out = append(out, p.stmt())
			}
			return
		}
		p.fault(p.here(), FaultIndent, "an indented block is expected")
		out = p.flatBody(first)
	})
	return out
}

// skipToColon skips what is not read before the colon on the same line.
func (p *parser) skipToColon() {
	for !p.lineEnds() {
		if p.accept(":") {
			return
		}
		p.skipBalanced()
	}
}

// flatBody reads the block of a text that lost all its indentation: a function
// ends with its first return or raise, or before the next definition; any other
// block is one statement.
func (p *parser) flatBody(first *token) []Stmt {
	if !p.flat || p.at(endOfText) {
		return nil
	}
	var out []Stmt
	if !first.is("def", "class", "async") {
		return []Stmt{p.stmt()}
	}
	for !p.at(endOfText) && !p.tok().is("@", "def", "class", "async") {
		s := p.stmt()
		out = append(out, s)
		switch s.(type) {
		case *Return, *Raise:
			return out
		}
	}
	return out
}

func (p *parser) pythonIf(at At) Stmt {
	first := p.take()
	out := &If{At: at, Cond: p.must()}
	out.Then = p.body(first)
	if p.follows(first, "elif") {
		elif := p.tok()
		out.Else = []Stmt{p.pythonIf(At(elif.start))}
	} else {
		out.Else = p.clause(first, "else")
	}
	return out
}

// follows reports whether a clause with a word belongs to a statement.
func (p *parser) follows(first *token, word string) bool {
	t := p.tok()
	return t.is(word) && t.line && t.indent == first.indent
}

// clause reads the block of a clause such as "else:"; nil when there is none.
func (p *parser) clause(first *token, word string) []Stmt {
	if !p.follows(first, word) {
		return nil
	}
	return p.body(p.take())
}

func (p *parser) pythonFor(at At) Stmt {
	first := p.take()
	out := &For{At: at, Target: p.targets()}
	p.accept("in")
	out.In = p.exprListMust()
	out.Body = p.body(first)
	out.Else = p.clause(first, "else")
	return out
}

func (p *parser) pythonWhile(at At) Stmt {
	first := p.take()
	out := &Loop{At: at, Cond: p.must()}
	out.Body = p.body(first)
	out.Body = append(out.Body, p.clause(first, "else")...)
	return out
}

func (p *parser) pythonTry(at At) Stmt {
	first := p.take()
	out := &Try{At: at, Body: p.body(first)}
	for p.follows(first, "except") {
		h := Handler{At: p.here()}
		word := p.take()
		p.accept("*")
		if x := p.exprList(); x != nil {
			h.Types = append(h.Types, x)
		}
		if p.accept("as") {
			h.Name = p.take().text
		}
		h.Body = p.body(word)
		out.Handlers = append(out.Handlers, h)
	}
	out.Else = p.clause(first, "else")
	out.Finally = p.clause(first, "finally")
	return out
}

func (p *parser) pythonWith(at At) Stmt {
	first := p.take()
	out := &With{At: at}
	for {
		item := WithItem{X: p.must()}
		if p.accept("as") {
			item.As = p.level(aboveComparisons)
		}
		out.Items = append(out.Items, item)
		if !p.accept(",") {
			break
		}
	}
	out.Body = p.body(first)
	return out
}

func (p *parser) pythonAsync(at At) Stmt {
	first := p.take()
	if !p.is("def", "for", "with") {
		return nil
	}
	f := pythonStatementOf(p.tok().text)
	p.tok().indent = first.indent
	s := f(p, at)
	if d, ok := s.(*Func); ok {
		d.Modifiers = append(d.Modifiers, "async")
	}
	return s
}

func (p *parser) pythonDef(at At) Stmt {
	first := p.take()
	out := &Func{At: at, Name: p.name()}
	if p.is("[") {
		p.skipBalanced()
	}
	if p.is("(") {
		p.take()
		p.inBrackets(func() { out.Params = p.params(")") })
		p.acceptAnywhere(")")
	}
	if p.accept("->") {
		out.Type = p.source(func() { p.level(1) })
	}
	out.Body = p.body(first)
	return out
}

// name takes a name; "" when there is none.
func (p *parser) name() string {
	if p.lineEnds() || !p.at(nameToken) {
		return ""
	}
	return p.take().text
}

func (p *parser) pythonClass(at At) Stmt {
	first := p.take()
	out := &Class{At: at, Kind: "class", Name: p.name()}
	if p.is("[") {
		p.skipBalanced()
	}
	if p.is("(") {
		out.Bases = p.brackets()
	}
	out.Body = p.body(first)
	return out
}

// pythonDecorated reads decorators with what they decorate.
func (p *parser) pythonDecorated() Stmt {
	var list []Expr
	at := p.here()
	for p.acceptAnywhere("@") {
		x := p.expr()
		if x == nil {
			return nil
		}
		list = append(list, x)
		p.statementEnds()
	}
	s := p.stmt()
	switch d := s.(type) {
	case *Func:
		d.Decorators = append(list, d.Decorators...)
	case *Class:
		d.Decorators = append(list, d.Decorators...)
	default:
		p.fault(at, FaultUnread, "a definition is missing after a decorator")
	}
	return s
}

func (p *parser) pythonReturn(at At) Stmt {
	p.take()
	out := &Return{At: at, X: p.exprList()}
	p.statementEnds()
	return out
}

func (p *parser) pythonRaise(at At) Stmt {
	p.take()
	out := &Raise{At: at, X: p.exprList()}
	if p.accept("from") {
		p.must()
	}
	p.statementEnds()
	return out
}

func (p *parser) pythonJump(at At) Stmt {
	out := &Jump{At: at, Word: p.take().text}
	p.statementEnds()
	return out
}

func (p *parser) pythonDeclare(at At) Stmt {
	out := &Declare{At: at, Word: p.take().text}
	for {
		if x := p.expr(); x != nil {
			out.Items = append(out.Items, x)
		}
		if !p.accept(",") {
			break
		}
	}
	p.statementEnds()
	return out
}
