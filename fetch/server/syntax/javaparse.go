package syntax

import "strings"

// javaStatement reads one statement or member.
func (p *parser) javaStatement() Stmt {
	at, t := p.here(), p.tok()
	if t.is("for") && p.overValues() {
		return p.javaForeach(at)
	}
	if s, ok := p.braceStatement(at); ok {
		return s
	}
	switch {
	case t.is("package", "import"):
		return p.javaImport(at)
	case t.is("synchronized") && p.ahead(1).is("("):
		p.take()
		p.condition()
		return &Block{at, p.braceBody()}
	}
	annotations, modifiers := p.javaModifiers()
	p.typeArguments()
	switch {
	case p.tok().is("{") && len(modifiers) > 0: // static {…}
		return &Block{at, p.braceBlock()}
	case p.tok().is("@") && p.ahead(1).is("interface"):
		p.take()
		return p.javaClass(at, annotations, modifiers)
	case p.is("class", "interface", "enum") || p.is("record") && p.ahead(1).kind == nameToken:
		return p.javaClass(at, annotations, modifiers)
	case p.constructorFollows():
		return p.javaMethod(at, annotations, modifiers, "")
	case p.declarationFollows():
		return p.javaDeclaration(at, annotations, modifiers)
	case len(annotations)+len(modifiers) > 0:
		return nil
	}
	x := p.expr()
	if x == nil {
		return nil
	}
	p.statementEnds()
	return statementOf(at, x)
}

// javaImport reads "import a.b.C;", "import static a.b.C.*;" and "package a.b;".
func (p *parser) javaImport(at At) Stmt {
	p.take()
	p.accept("static")
	out := &Import{At: at, Module: p.dotted()}
	if p.accept("*") {
		out.Module = strings.TrimSuffix(out.Module, ".")
		out.Names = []ImportName{{"*", ""}}
	}
	p.statementEnds()
	return out
}

// javaModifiers reads annotations and modifiers in any order.
func (p *parser) javaModifiers() (annotations []Expr, modifiers []string) {
	for {
		switch {
		case p.tok().is("@") && !p.ahead(1).is("interface"):
			annotations = append(annotations, p.annotation())
		case p.is("public", "private", "protected", "static", "abstract", "final", "native", "synchronized", "transient", "volatile", "strictfp", "sealed"),
			p.is("default") && p.ahead(1).kind == nameToken:
			modifiers = append(modifiers, p.take().text)
		default:
			return annotations, modifiers
		}
	}
}

// constructorFollows reports whether a name with parameters and a body follows.
func (p *parser) constructorFollows() bool {
	if !p.at(nameToken) || !p.ahead(1).is("(") {
		return false
	}
	end := p.closing[p.pos+1]
	return end > 0 && p.tokens[min(end+1, len(p.tokens)-1)].is("{", "throws")
}

// javaClass reads a type.
func (p *parser) javaClass(at At, annotations []Expr, modifiers []string) Stmt {
	out := &Class{At: at, Decorators: annotations, Modifiers: modifiers, Kind: p.take().text, Name: p.name()}
	p.typeArguments()
	if p.tok().is("(") { // a record
		for _, q := range p.braceParams() {
			out.Body = append(out.Body, &Assign{At: q.At, Targets: []Expr{&Name{q.At, q.Name}}, Op: "=", Type: q.Type})
		}
	}
	for !p.tok().is("{", ";", "}") && !p.at(endOfText) {
		from, end := p.here(), p.typeEnd(p.pos)
		if p.accept("extends", "implements", "permits", ",") {
			continue
		}
		if end == 0 {
			p.skipBalanced()
			continue
		}
		p.pos = end
		out.Bases = append(out.Bases, Arg{At: from, Value: &Name{from, p.file.Text[from:p.before()]}})
	}
	if out.Kind == "enum" {
		p.skipBalanced()
		return out
	}
	if p.tok().is("{") {
		out.Body = append(out.Body, p.braceBlock()...)
	}
	return out
}

// javaDeclaration reads a variable, a field or a method.
func (p *parser) javaDeclaration(at At, annotations []Expr, modifiers []string) Stmt {
	from := p.tok().start
	p.pos = p.typeEnd(p.pos)
	kind := strings.TrimSpace(p.file.Text[from:p.before()])
	if p.ahead(1).is("(") {
		return p.javaMethod(at, annotations, modifiers, kind)
	}
	t := p.take()
	out := &Assign{At: at, Targets: []Expr{&Name{At(t.start), t.text}}, Op: "=", Type: kind, Decorators: annotations, Modifiers: modifiers}
	if p.accept("=") {
		out.Value = p.must()
	}
	for p.accept(",") { // further variables of the type are rare
		p.must()
	}
	p.statementEnds()
	return out
}

// javaMethod reads a method or a constructor from its name on.
func (p *parser) javaMethod(at At, annotations []Expr, modifiers []string, kind string) Stmt {
	out := &Func{At: at, Decorators: annotations, Modifiers: modifiers, Type: kind, Name: p.name(), Params: p.braceParams()}
	if p.accept("throws") {
		for !p.tok().is("{", ";", "}") && !p.at(endOfText) {
			p.take()
		}
	}
	if p.tok().is("{") {
		out.Body = p.braceBlock()
		return out
	}
	p.statementEnds()
	return out
}

// overValues reports whether the loop at the current place is for (T x : values).
func (p *parser) overValues() bool {
	if !p.ahead(1).is("(") {
		return false
	}
	for i := p.pos + 2; i < p.closing[p.pos+1]; i++ {
		switch t := &p.tokens[i]; {
		case t.is(":"):
			return true
		case t.is(";", "?", "(", "{"):
			return false
		}
	}
	return false
}

// javaForeach reads for (T x : values).
func (p *parser) javaForeach(at At) Stmt {
	p.pos += 2
	for !p.ahead(1).is(":") {
		p.take()
	}
	t := p.take()
	out := &For{At: at, Target: &Name{At(t.start), t.text}}
	p.accept(":")
	out.In = p.must()
	p.accept(")")
	out.Body = p.braceBody()
	return out
}
