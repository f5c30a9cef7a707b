package syntax

import "strings"

// phpStatement reads one statement.
func (p *parser) phpStatement() Stmt {
	at, t := p.here(), p.tok()
	if t.kind == htmlToken {
		p.take()
		return &HTML{at, t.text}
	}
	if s, ok := p.braceStatement(at); ok {
		return s
	}
	if t.is("#") && p.ahead(1).is("[") {
		return p.phpAttributed()
	}
	if t.kind == nameToken {
		if s := p.phpWord(at, t); s != nil {
			return s
		}
	}
	x := p.expr()
	if x == nil {
		return nil
	}
	p.statementEnds()
	return statementOf(at, x)
}

// statementOf returns an expression as a statement.
func statementOf(at At, x Expr) Stmt {
	if a, ok := x.(*Assigned); ok {
		return &Assign{At: at, Targets: []Expr{a.Target}, Op: a.Op, Value: a.Value}
	}
	return &ExprStmt{at, x}
}

// phpWord reads a statement that begins with a word of PHP only.
func (p *parser) phpWord(at At, t *token) Stmt {
	next := p.ahead(1)
	switch strings.ToLower(t.text) {
	case "echo":
		p.take()
		call := &Call{At: at, Fun: &Name{at, "echo"}}
		for {
			call.Args = append(call.Args, Arg{At: p.here(), Value: p.must()})
			if !p.accept(",") {
				break
			}
		}
		p.statementEnds()
		return &ExprStmt{at, call}
	case "namespace", "use":
		return p.phpUse(at)
	case "function":
		if next.kind == nameToken || next.is("&") {
			return p.phpFunction(at, nil)
		}
	case "abstract", "final", "class", "interface", "trait", "enum", "readonly":
		if next.kind == nameToken {
			return p.phpClass(at)
		}
	case "public", "private", "protected", "var", "const", "static":
		if next.kind == nameToken || next.is("?") {
			return p.phpMember(at)
		}
	case "global", "unset":
		out := &Declare{At: at, Word: p.take().text}
		for _, a := range p.phpOperands() {
			out.Items = append(out.Items, a.Value)
		}
		p.statementEnds()
		return out
	}
	return nil
}

// phpOperands reads operands with or without parentheses.
func (p *parser) phpOperands() []Arg {
	if p.tok().is("(") {
		return p.brackets()
	}
	var out []Arg
	for {
		out = append(out, Arg{At: p.here(), Value: p.must()})
		if !p.accept(",") {
			return out
		}
	}
}

// phpUse reads "namespace A;" and "use A\B as C;".
func (p *parser) phpUse(at At) Stmt {
	word := p.take().text
	if word == "namespace" {
		out := &Class{At: at, Kind: "namespace", Name: p.name()}
		if p.tok().is("{") {
			out.Body = p.braceBlock()
			return out
		}
		p.statementEnds()
		return out
	}
	out := &Import{At: at}
	if p.is("function", "const") {
		p.take()
	}
	out.Module = strings.TrimPrefix(p.name(), `\`)
	as := out.Module[strings.LastIndexByte(out.Module, '\\')+1:]
	if p.accept("as") {
		as = p.name()
	}
	out.Names = []ImportName{{out.Module, as}}
	p.skipStatement()
	p.accept(";")
	return out
}

// phpFunction reads a named function.
func (p *parser) phpFunction(at At, modifiers []string) Stmt {
	p.take()
	p.accept("&")
	out := &Func{At: at, Name: p.name(), Modifiers: modifiers}
	out.Params = p.braceParams()
	out.Type = p.phpType()
	if p.tok().is("{") {
		out.Body = p.braceBlock()
	} else {
		p.statementEnds()
	}
	return out
}

// phpType reads the type of a result.
func (p *parser) phpType() string {
	if !p.accept(":") {
		return ""
	}
	return p.source(func() {
		for p.accept("?", "|", "&") || p.name() != "" {
		}
	})
}

// phpModifiers reads modifiers.
func (p *parser) phpModifiers() []string {
	var out []string
	for p.is("public", "private", "protected", "static", "abstract", "final", "readonly", "var", "const") {
		out = append(out, p.take().text)
	}
	return out
}

// phpClass reads a class, an interface, a trait or an enumeration.
func (p *parser) phpClass(at At) Stmt {
	out := &Class{At: at, Modifiers: p.phpModifiers()}
	out.Kind = p.take().text
	out.Name = p.name()
	for !p.tok().is("{", ";", "}") && !p.at(endOfText) {
		t := p.take()
		if t.kind == nameToken && !t.is("extends", "implements") {
			out.Bases = append(out.Bases, Arg{At: At(t.start), Value: &Name{At(t.start), t.text}})
		}
	}
	if p.tok().is("{") {
		out.Body = p.braceBlock()
	}
	return out
}

// phpMember reads a method, a property or a constant.
func (p *parser) phpMember(at At) Stmt {
	if p.tok().is("static") && p.ahead(1).is("fn", "function") && p.ahead(2).is("(") {
		return nil
	}
	modifiers := p.phpModifiers()
	if p.tok().is("function") {
		return p.phpFunction(at, modifiers)
	}
	if p.tok().is("class") {
		return p.phpClass(at)
	}
	out := &Assign{At: at, Op: "="}
	for p.is("?", "|") || p.at(nameToken) {
		t := p.take()
		if p.tok().is("=", ";", ",") {
			out.Targets = []Expr{&Name{At(t.start), t.text}}
			break
		}
		out.Type = joinType(out.Type, t.text)
	}
	if p.accept("=") {
		out.Value = p.must()
	}
	p.statementEnds()
	return out
}

// phpAttributed reads #[A] with what follows.
func (p *parser) phpAttributed() Stmt {
	p.take()
	list := p.attributes()
	s := p.stmt()
	switch d := s.(type) {
	case *Func:
		d.Decorators = append(list, d.Decorators...)
	case *Class:
		d.Decorators = append(list, d.Decorators...)
	}
	return s
}

// phpPrimary reads the operands of PHP only.
func (p *parser) phpPrimary() Expr {
	at, t := p.here(), p.tok()
	if t.is("(") {
		return p.phpCast(at)
	}
	if t.kind != nameToken {
		return nil
	}
	word := strings.ToLower(t.text)
	switch word {
	case "array", "list":
		if p.ahead(1).is("(") {
			p.take()
			return listOrDict(at, p.brackets())
		}
	case "new":
		return p.phpNew(at)
	case "static":
		if p.ahead(1).is("fn", "function") {
			p.take()
			return p.phpClosure(p.here(), p.tok())
		}
	case "fn", "function":
		return p.phpClosure(at, t)
	case "match":
		if p.ahead(1).is("(") {
			return p.matchExpr(at)
		}
	case "exit", "die":
		p.take()
		out := &Call{At: at, Fun: &Name{at, word}}
		if p.tok().is("(") {
			out.Args = p.brackets()
		}
		return out
	case "include", "include_once", "require", "require_once", "print":
		p.take()
		return &Call{At: at, Fun: &Name{at, word}, Args: []Arg{{At: p.here(), Value: p.must()}}}
	}
	return nil
}

// phpCast reads (int)$x; nil when it is none.
func (p *parser) phpCast(at At) Expr {
	word := p.ahead(1)
	if word.kind != nameToken || !p.ahead(2).is(")") || !word.is("int", "integer", "string", "bool", "boolean", "float", "array", "object", "double") {
		return nil
	}
	p.pos += 3
	x := p.level(p.lang.prefix["!"])
	if x == nil {
		x = p.missing()
	}
	return &Unary{at, "(" + word.text + ")", x}
}

// phpNew reads new X(…).
func (p *parser) phpNew(at At) Expr {
	p.take()
	if p.is("class") {
		p.take()
		if p.tok().is("(") {
			p.brackets()
		}
		for !p.tok().is("{", ";", "}") && !p.at(endOfText) {
			p.take()
		}
		first := p.pos
		if p.tok().is("{") {
			p.skipBalanced()
		}
		return p.unknown(at, first-1)
	}
	out := &Call{At: at, New: true, Fun: p.primary()}
	if out.Fun == nil {
		out.Fun = p.missing()
	}
	for p.is("::", "->") {
		out.Fun = p.attr(out.Fun, true, false)
	}
	if p.tok().is("(") {
		out.Args = p.brackets()
	}
	return out
}

// phpClosure reads fn(…) => … and function(…) use (…) {…}.
func (p *parser) phpClosure(at At, t *token) Expr {
	p.take()
	p.accept("&")
	out := &Lambda{At: at, Params: p.braceParams()}
	if p.accept("use") {
		p.brackets()
	}
	p.phpType()
	switch {
	case t.is("fn") && p.accept("=>"):
		out.Result = p.must()
	case p.tok().is("{"):
		out.Body = p.braceBlock()
	default:
		out.Result = p.missing()
	}
	return out
}

// matchExpr reads the match expression of PHP.
func (p *parser) matchExpr(at At) Expr {
	p.take()
	out := &Match{At: at, Subject: p.condition()}
	if !p.accept("{") {
		return out
	}
	for !p.tok().is("}") && !p.at(endOfText) {
		first := p.pos
		arm := Arm{}
		for !p.accept("=>") && !p.tok().is("}", ";") && !p.at(endOfText) {
			if p.tok().is("default") {
				p.take()
			} else if !p.accept(",") {
				from := p.pos
				arm.Values = append(arm.Values, p.must())
				if p.pos == from {
					p.skipBalanced()
				}
			}
		}
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

// phpPostfix reads ->name, ::name and ++.
func (p *parser) phpPostfix(x Expr) Expr {
	at := At(x.Offset())
	t := p.tok()
	switch {
	case t.is("->", "?->", "::"):
		if p.ahead(1).is("{") {
			first := p.pos
			p.take()
			p.skipBalanced()
			return p.unknown(at, first)
		}
		return p.attr(x, t.is("::"), t.is("?->"))
	case t.is("++", "--"):
		p.take()
		return &Unary{at, "x" + t.text, x}
	}
	return nil
}
