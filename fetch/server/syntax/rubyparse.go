package syntax

// rubyStatement reads one statement with its modifiers.
func (p *parser) rubyStatement() Stmt {
	at := p.here()
	if p.acceptAnywhere(";") {
		return &Block{At: at}
	}
	s := p.rubyPlain(at)
	for s != nil && p.is("if", "unless", "while", "until", "rescue") {
		word := p.take().text
		x := p.must()
		switch word {
		case "if":
			s = &If{At: at, Cond: x, Then: []Stmt{s}}
		case "unless":
			s = &If{At: at, Cond: &Unary{At(x.Offset()), "not", x}, Then: []Stmt{s}}
		case "rescue":
			s = &Try{At: at, Body: []Stmt{s}, Handlers: []Handler{{At: At(x.Offset()), Body: []Stmt{&ExprStmt{At(x.Offset()), x}}}}}
		default:
			s = &Loop{At: at, Cond: x, Until: word == "until", Body: []Stmt{s}}
		}
	}
	if s != nil && !p.tok().is("end", "else", "elsif", "when", "rescue", "ensure") {
		p.statementEnds()
	}
	return s
}

// rubyPlain reads a statement without modifiers.
func (p *parser) rubyPlain(at At) Stmt {
	if t := p.tok(); t.kind == nameToken {
		if s := p.rubyWord(at, t.text); s != nil {
			return s
		}
	}
	x := p.rubyValues()
	if x == nil {
		return nil
	}
	if p.is("=") { // a, b = …
		p.take()
		p.start = p.pos
		return &Assign{At: at, Targets: []Expr{x}, Op: "=", Value: p.rubyValues()}
	}
	if l, ok := x.(*List); ok {
		if s := severalTargets(at, l); s != nil {
			return s
		}
	}
	if a, ok := x.(*Assigned); ok && p.is(",") {
		items := []Arg{{At: At(a.Value.Offset()), Value: a.Value}}
		for p.accept(",") {
			p.start = p.pos
			items = append(items, p.item())
		}
		a.Value = &List{At(a.Value.Offset()), FormList, items}
	}
	return statementOf(at, x)
}

// rubyWord reads a statement that begins with a word; nil when there is none.
func (p *parser) rubyWord(at At, word string) Stmt {
	switch word {
	case "def":
		return p.rubyDef(at)
	case "class", "module":
		return p.rubyClass(at)
	case "return":
		p.take()
		return &Return{at, p.unlessModified((*parser).rubyValues)}
	case "raise":
		if p.ahead(1).is("(") {
			return nil
		}
		p.take()
		return &Raise{at, p.unlessModified((*parser).rubyValues)}
	case "break", "next", "redo", "retry":
		p.take()
		return &Jump{At: at, Word: word, X: p.unlessModified((*parser).rubyValues)}
	case "alias", "undef":
		p.skipStatement()
		return p.unknown(at, p.pos-1)
	case "if", "unless", "while", "until", "case", "for", "begin":
		return p.rubyBlockStatement(at)
	}
	return nil
}

// unlessModified reads an expression unless a modifier follows.
func (p *parser) unlessModified(read func(*parser) Expr) Expr {
	if p.is("if", "unless") {
		return nil
	}
	return read(p)
}

// severalTargets returns "a, b = x, y" as an assignment of a list to a list; nil
// when a list holds no assignment.
func severalTargets(at At, l *List) Stmt {
	for i, item := range l.Items {
		a, ok := item.Value.(*Assigned)
		if !ok || i == 0 || a.Op != "=" {
			continue
		}
		targets := append(append([]Arg(nil), l.Items[:i]...), Arg{At: a.At, Value: a.Target})
		value := a.Value
		if rest := l.Items[i+1:]; len(rest) > 0 {
			value = &List{At: At(a.Value.Offset()), Items: append([]Arg{{At: At(a.Value.Offset()), Value: a.Value}}, rest...)}
		}
		return &Assign{At: at, Targets: []Expr{&List{At: at, Form: FormTuple, Items: targets}}, Op: "=", Value: value}
	}
	return nil
}

// rubyValues reads an expression, or several with commas as a list.
func (p *parser) rubyValues() Expr {
	at := p.here()
	x := p.expr()
	if x == nil || !p.is(",") {
		return x
	}
	if _, assigned := x.(*Assigned); assigned {
		return x
	}
	out := &List{At: at, Items: []Arg{{At: at, Value: x}}}
	for p.accept(",") {
		p.start = p.pos
		out.Items = append(out.Items, p.item())
	}
	for _, a := range out.Items {
		if p.is("=") {
			p.declare(a.Value)
		}
	}
	return out
}

// rubyBlockStatement reads a statement that ends with "end".
func (p *parser) rubyBlockStatement(at At) Stmt {
	word := p.take().text
	switch word {
	case "if", "unless":
		return p.rubyIf(at, word)
	case "while", "until":
		out := &Loop{At: at, Until: word == "until", Cond: p.headExpr()}
		out.Body = p.rubyBody("end")
		p.acceptAnywhere("end")
		return out
	case "for":
		out := &For{At: at, Target: p.targetsRuby()}
		p.accept("in")
		out.In = p.headExpr()
		out.Body = p.rubyBody("end")
		p.acceptAnywhere("end")
		return out
	case "case":
		return p.rubyCase(at)
	}
	return p.rubyTry(at)
}

// headExpr reads the condition of a loop, after which "do" begins the body.
func (p *parser) headExpr() Expr {
	noBlock := p.noBlock
	p.noBlock = true
	x := p.must()
	p.noBlock = noBlock
	p.accept("do")
	return x
}

// targetsRuby reads the variables of a loop.
func (p *parser) targetsRuby() Expr {
	at := p.here()
	out := &List{At: at, Form: FormTuple}
	for p.at(nameToken) && !p.is("in") {
		n := &Name{p.here(), p.take().text}
		p.declare(n)
		out.Items = append(out.Items, Arg{At: n.At, Value: n})
		p.accept(",")
	}
	if len(out.Items) == 1 {
		return out.Items[0].Value
	}
	return out
}

// rubyBody reads statements up to one of some words.
func (p *parser) rubyBody(ends ...string) []Stmt {
	var out []Stmt
	p.inBlock(func() {
		p.accept("then")
		for !p.tok().is(ends...) && !p.at(endOfText) {
			if p.tok().is("}", ")", "]") && p.depth > 1 {
				p.fault(p.here(), FaultOpen, "'end' is missing")
				return
			}
			out = append(out, p.stmt())
		}
	})
	return out
}

func (p *parser) rubyIf(at At, word string) Stmt {
	out := &If{At: at, Cond: p.must()}
	if word == "unless" {
		out.Cond = &Unary{At(out.Cond.Offset()), "not", out.Cond}
	}
	out.Then = p.rubyBody("end", "else", "elsif")
	from := p.here()
	switch {
	case p.acceptAnywhere("elsif"):
		p.start = p.pos
		out.Else = []Stmt{p.rubyIf(from, "if")}
		return out
	case p.acceptAnywhere("else"):
		out.Else = p.rubyBody("end")
	}
	p.rubyEnd(at)
	return out
}

// rubyEnd takes "end".
func (p *parser) rubyEnd(at At) {
	if !p.acceptAnywhere("end") {
		p.fault(at, FaultOpen, "'end' is missing")
	}
}

func (p *parser) rubyCase(at At) Stmt {
	out := &Switch{At: at}
	if !p.lineEnds() {
		out.Subject = p.expr()
	}
	p.acceptAnywhere(";")
	for p.tok().is("when", "in") {
		c := Case{At: p.here()}
		p.take()
		p.start = p.pos
		for {
			c.Values = append(c.Values, p.item().Value)
			if !p.accept(",") {
				break
			}
			p.start = p.pos
		}
		c.Body = p.rubyBody("when", "in", "else", "end")
		out.Cases = append(out.Cases, c)
	}
	if from := p.here(); p.acceptAnywhere("else") {
		out.Cases = append(out.Cases, Case{At: from, Body: p.rubyBody("end")})
	}
	p.rubyEnd(at)
	return out
}

// rubyTry reads the rest of begin … rescue … end.
func (p *parser) rubyTry(at At) Stmt {
	body := p.rubyBody("end", "rescue", "else", "ensure")
	out := p.rubyRescue(at, body)
	p.rubyEnd(at)
	if t, ok := out.(*Try); ok {
		return t
	}
	return &Block{at, body}
}

// rubyRescue reads the rescue clauses after a body; nil when there is none.
func (p *parser) rubyRescue(at At, body []Stmt) Stmt {
	if !p.tok().is("rescue", "else", "ensure") {
		return nil
	}
	out := &Try{At: at, Body: body}
	for p.tok().is("rescue") {
		h := Handler{At: p.here()}
		p.take()
		for !p.lineEnds() && !p.is("=>", "then") {
			first := p.pos
			if x := p.level(1); x != nil {
				h.Types = append(h.Types, x)
			}
			if !p.accept(",") || p.pos == first {
				break
			}
		}
		if p.accept("=>") {
			h.Name = p.name()
		}
		h.Body = p.rubyBody("end", "rescue", "else", "ensure")
		out.Handlers = append(out.Handlers, h)
	}
	if p.acceptAnywhere("else") {
		out.Else = p.rubyBody("end", "ensure")
	}
	if p.acceptAnywhere("ensure") {
		out.Finally = p.rubyBody("end")
	}
	return out
}

// rubyDef reads a method.
func (p *parser) rubyDef(at At) Stmt {
	p.take()
	out := &Func{At: at, Name: p.rubyDefName()}
	for p.is(".") {
		p.take()
		out.Owner = &Name{at, out.Name}
		out.Name = p.rubyDefName()
	}
	saved := p.variables
	p.variables = make(map[string]bool)
	defer func() { p.variables = saved }()
	if p.is("(") {
		p.take()
		p.inBrackets(func() { out.Params = p.rubyParams(")") })
		p.acceptAnywhere(")")
	} else if !p.lineEnds() && !p.is("=", ";") {
		out.Params = p.rubyParams("\n")
	}
	if p.accept("=") {
		x := p.must()
		out.Body = []Stmt{&ExprStmt{At(x.Offset()), x}}
		return out
	}
	body := p.rubyBody("end", "rescue", "ensure", "else")
	if t := p.rubyRescue(at, body); t != nil {
		body = []Stmt{t}
	}
	out.Body = body
	p.rubyEnd(at)
	return out
}

// rubyDefName reads the name of a method.
func (p *parser) rubyDefName() string {
	t := p.take()
	name := t.text
	if p.is("=") && !p.tok().space && p.ahead(1).is("(") {
		p.take()
		name += "="
	}
	return name
}

// rubyParams reads parameters up to a closing token or the end of the line.
func (p *parser) rubyParams(closing string) []Param {
	var out []Param
	for !p.lineEnds() && !p.tok().is(closing, "{", "}", "do") {
		first := p.pos
		q := Param{At: p.here()}
		switch {
		case p.accept("**"):
			q.Star = 2
		case p.accept("*"):
			q.Star = 1
		default:
			p.accept("&")
		}
		q.Name = p.name()
		if p.accept("=") || p.accept(":") {
			if !p.is(",", closing) && !p.lineEnds() {
				q.Default = p.level(8) // "|" ends the parameters of a block
			}
		}
		if q.Name != "" {
			p.variables[q.Name] = true
			out = append(out, q)
		}
		p.accept(",")
		if p.pos == first {
			p.skipBalanced()
		}
	}
	return out
}

// rubyClass reads a class or a module.
func (p *parser) rubyClass(at At) Stmt {
	out := &Class{At: at, Kind: p.take().text}
	switch {
	case p.accept("<<"):
		p.must()
	default:
		out.Name = p.name()
		for p.accept("::") {
			out.Name += "::" + p.name()
		}
		if p.accept("<") {
			out.Bases = []Arg{{At: p.here(), Value: p.must()}}
		}
	}
	out.Body = p.rubyBody("end")
	p.rubyEnd(at)
	return out
}
