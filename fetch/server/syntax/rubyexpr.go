package syntax

import "strings"

// rubyPrimary reads the operands of Ruby only.
func (p *parser) rubyPrimary() Expr {
	at, t := p.here(), p.tok()
	switch t.kind {
	case stringToken:
		return p.rubyStrings()
	case wordsToken:
		p.take()
		out := &List{At: at}
		for _, w := range strings.Fields(t.text) {
			out.Items = append(out.Items, Arg{At: at, Value: &Text{At: at, Value: w, Symbol: t.flag&symbolString != 0}})
		}
		return out
	case patternToken:
		p.take()
		if len(t.parts) == 1 {
			return &Pattern{at, t.parts[0].text, t.text}
		}
		return p.unknown(at, p.pos-1)
	case nameToken:
		return p.rubyName(at, t)
	case opToken:
		switch t.text {
		case "{":
			return p.rubyHash(at)
		case "->":
			p.take()
			out := &Lambda{At: at}
			if p.is("(") {
				p.take()
				p.inBrackets(func() { out.Params = p.rubyParams(")") })
				p.acceptAnywhere(")")
			}
			p.rubyLambdaBody(out)
			return out
		case "::":
			p.take()
			return &Name{at, "::" + p.name()}
		case "..", "...":
			p.take()
			return &Binary{at, t.text, &Null{at}, p.must()}
		case "[":
			at := p.here()
			return rubyList(at, p.brackets())
		}
	}
	return nil
}

// rubyList makes a list of items; those with a name are a hash at its end.
func rubyList(at At, items []Arg) Expr {
	out := &List{At: at}
	var hash *Dict
	for _, a := range items {
		if a.Name == "" && a.Key == nil {
			out.Items = append(out.Items, a)
			continue
		}
		if hash == nil {
			hash = &Dict{At: a.At}
			out.Items = append(out.Items, Arg{At: a.At, Value: hash})
		}
		hash.Entries = append(hash.Entries, a.entry())
	}
	return out
}

// entry returns an argument with a name or a key as an entry.
func (a Arg) entry() Entry {
	e := Entry{At: a.At, Key: a.Key, Value: a.Value, Spread: a.Star == 2}
	if a.Name != "" {
		e.Key = &Text{At: a.At, Value: a.Name, Symbol: true}
	}
	return e
}

// rubyHash reads a hash in braces.
func (p *parser) rubyHash(at At) Expr {
	out := &Dict{At: at}
	for _, a := range p.brackets() {
		out.Entries = append(out.Entries, a.entry())
	}
	return out
}

// rubyStrings reads a string and those that follow it on the same line.
func (p *parser) rubyStrings() Expr {
	at := p.here()
	first := p.take()
	parts := p.stringParts(first)
	if first.flag&symbolString != 0 && len(parts) == 1 {
		return parts[0]
	}
	for p.at(stringToken) && !p.lineEnds() && p.tok().flag&symbolString == 0 {
		parts = append(parts, p.stringParts(p.take())...)
	}
	return joinTexts(at, parts)
}

// rubyName reads the words that begin an operand.
func (p *parser) rubyName(at At, t *token) Expr {
	switch t.text {
	case "if", "unless", "case", "begin", "while":
		if p.pos != p.start && p.pos > 0 && !p.tokens[p.pos-1].is("=", "(", "[", ",", "||=", "return", "=>", "{", "||", "&&", "+=") {
			return nil
		}
		first := p.pos
		s := p.rubyBlockStatement(at)
		if x := condOf(s); x != nil {
			return x
		}
		return p.unknown(at, first)
	case "lambda", "proc":
		if p.ahead(1).is("{", "do") {
			p.take()
			out := &Lambda{At: at}
			p.rubyLambdaBody(out)
			return out
		}
	case "yield":
		p.take()
		out := &Unary{At: at, Op: "yield"}
		if p.commandFollows() {
			out.X = &List{At: at, Items: p.commandArgs()}
		}
		return out
	}
	return nil
}

// condOf returns an if statement of single expressions as an expression.
func condOf(s Stmt) Expr {
	i, ok := s.(*If)
	if !ok {
		return nil
	}
	one := func(list []Stmt) Expr {
		if len(list) == 0 {
			return &Null{i.At}
		}
		if len(list) != 1 {
			return nil
		}
		if e, ok := list[0].(*ExprStmt); ok {
			return e.X
		}
		return condOf(list[0])
	}
	then, els := one(i.Then), one(i.Else)
	if then == nil || els == nil {
		return nil
	}
	return &Cond{i.At, i.Cond, then, els}
}

// rubyLambdaBody reads the block of a lambda.
func (p *parser) rubyLambdaBody(out *Lambda) {
	end := "}"
	switch {
	case p.accept("do"):
		end = "end"
	case !p.accept("{"):
		out.Result = p.missing()
		return
	}
	if p.acceptAnywhere("|") {
		p.inBrackets(func() { out.Params = append(out.Params, p.rubyParams("|")...) })
		p.acceptAnywhere("|")
	} else {
		p.acceptAnywhere("||")
	}
	if end == "}" {
		out.Body = p.rubyBody("}")
	} else {
		from := p.here()
		body := p.rubyBody("end", "rescue", "ensure")
		if t := p.rubyRescue(from, body); t != nil {
			body = []Stmt{t}
		}
		out.Body = body
	}
	p.rubyEndOf(end)
}

func (p *parser) rubyEndOf(end string) {
	if !p.acceptAnywhere(end) {
		p.fault(p.here(), FaultOpen, "'"+end+"' is missing")
	}
}

// rubyPostfix reads calls without parentheses, blocks, and what is on the next
// line after a leading dot.
func (p *parser) rubyPostfix(x Expr) Expr {
	at := At(x.Offset())
	t := p.tok()
	switch {
	case t.is(".", "&.") && (t.line || t.is("&.")):
		return p.attr(x, false, t.is("&."))
	case p.lineEnds():
		return nil
	case t.is("::"):
		return p.attr(x, true, false)
	case p.commandFollows() && p.isCommand(x):
		call := &Call{At: at, Fun: x, Args: p.commandArgs()}
		return call
	case (t.is("{") || t.is("do") && !p.noBlock) && p.takesBlock(x):
		call, ok := x.(*Call)
		if !ok {
			call = &Call{At: at, Fun: x}
		}
		call.Block = &Lambda{At: p.here()}
		p.rubyLambdaBody(call.Block)
		return call
	}
	return nil
}

// takesBlock reports whether a block after an expression belongs to it.
func (p *parser) takesBlock(x Expr) bool {
	switch x := x.(type) {
	case *Name:
		return !p.variables[x.Text]
	case *Attr:
		return true
	case *Call:
		return x.Block == nil
	}
	return false
}

// isCommand reports whether an expression is a method that takes arguments without
// parentheses.
func (p *parser) isCommand(x Expr) bool {
	switch x := x.(type) {
	case *Name:
		first := x.Text[0]
		return first != '@' && first != '$' && !p.variables[x.Text] && ('a' <= first && first <= 'z' || first == '_' || p.at(stringToken))
	case *Attr:
		return !x.Static
	}
	return false
}

// commandFollows reports whether an argument of a call without parentheses follows.
func (p *parser) commandFollows() bool {
	t := p.tok()
	if p.lineEnds() || !t.space {
		return false
	}
	tight := !p.ahead(1).space
	switch t.kind {
	case stringToken, numberToken, patternToken, wordsToken:
		return true
	case nameToken:
		return !p.lang.reserved[t.text] && p.lang.binary[t.text] == 0 || t.is("not")
	case opToken:
		switch t.text {
		case "->", "::", "!":
			return true
		case "[", "*", "**", "&", "-":
			return tight
		}
	}
	return false
}

// commandArgs reads arguments without parentheses.
func (p *parser) commandArgs() []Arg {
	var out []Arg
	noBlock := p.noBlock
	p.noBlock = true // "do" belongs to the call
	for {
		out = append(out, p.item())
		if !p.accept(",") {
			break
		}
		p.start = p.pos
	}
	p.noBlock = noBlock
	return out
}
