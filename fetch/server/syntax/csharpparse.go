package syntax

import "strings"

// csharpStatement reads one statement or member.
func (p *parser) csharpStatement() Stmt {
	at, t := p.here(), p.tok()
	if s, ok := p.braceStatement(at); ok {
		return s
	}
	if t.is("[") && p.attributesFollow() {
		return p.csharpAttributed()
	}
	if t.is("using") {
		return p.csharpUsing(at)
	}
	modifiers := p.csharpModifiers()
	switch {
	case p.is("namespace", "class", "interface", "struct", "enum") || p.is("record") && p.ahead(1).kind == nameToken:
		return p.csharpClass(at, modifiers)
	case p.declarationFollows():
		return p.csharpDeclaration(at, modifiers)
	case len(modifiers) > 0 && p.at(nameToken) && p.ahead(1).is("("): // a constructor
		return p.csharpMethod(at, modifiers, "")
	case len(modifiers) > 0 && !p.is("(") && modifiers[0] != "async":
		return nil
	}
	x := p.expr()
	if x == nil {
		return nil
	}
	if call, ok := x.(*Call); ok && p.tok().is("{") && !call.New { // a constructor without modifiers
		if n, ok := call.Fun.(*Name); ok {
			return &Func{At: at, Name: n.Text, Body: p.braceBlock()}
		}
	}
	p.statementEnds()
	return statementOf(at, x)
}

// attributesFollow reports whether a bracket at the beginning of a statement holds
// attributes.
func (p *parser) attributesFollow() bool {
	end := p.closing[p.pos]
	if end == 0 {
		return false
	}
	after := &p.tokens[min(end+1, len(p.tokens)-1)]
	return after.kind == nameToken || after.is("[")
}

// csharpAttributed reads attributes with what follows.
func (p *parser) csharpAttributed() Stmt {
	var list []Expr
	for p.tok().is("[") && p.attributesFollow() {
		list = append(list, p.attributes()...)
	}
	s := p.stmt()
	switch d := s.(type) {
	case *Func:
		d.Decorators = append(list, d.Decorators...)
	case *Class:
		d.Decorators = append(list, d.Decorators...)
	}
	return s
}

// csharpModifiers reads modifiers.
func (p *parser) csharpModifiers() []string {
	var out []string
	for p.is("public", "private", "protected", "internal", "static", "abstract", "sealed", "virtual", "override", "readonly", "const", "partial", "async", "extern", "unsafe", "required", "file", "new") {
		if p.is("async", "static") && p.ahead(1).is("(") || p.is("new") && len(out) == 0 || p.is("file") && p.ahead(1).kind != nameToken {
			break
		}
		out = append(out, p.take().text)
	}
	return out
}

// csharpUsing reads "using A.B;", "using var x = …;" and "using (…) {…}".
func (p *parser) csharpUsing(at At) Stmt {
	p.take()
	if p.is("(") {
		p.take()
		out := &With{At: at}
		if p.declarationFollows() {
			p.pos = p.typeEnd(p.pos)
		}
		out.Items = []WithItem{{X: p.must()}}
		p.accept(")")
		out.Body = p.braceBody()
		return out
	}
	if p.declarationFollows() && !p.is("static") {
		return p.csharpDeclaration(at, nil)
	}
	p.accept("static")
	out := &Import{At: at, Module: p.dotted()}
	if p.accept("=") {
		name := out.Module
		out.Module = p.dotted()
		out.Names = []ImportName{{out.Module, name}}
	}
	p.statementEnds()
	return out
}

// csharpClass reads a namespace or a type.
func (p *parser) csharpClass(at At, modifiers []string) Stmt {
	out := &Class{At: at, Modifiers: modifiers, Kind: p.take().text}
	p.accept("class")
	p.accept("struct")
	out.Name = p.dotted()
	p.typeArguments()
	if p.tok().is("(") { // a primary constructor
		p.braceParams()
	}
	if p.accept(":") {
		for !p.tok().is("{", ";", "}") && !p.at(endOfText) {
			from, end := p.here(), p.typeEnd(p.pos)
			if end == 0 {
				p.skipBalanced()
				continue
			}
			p.pos = end
			out.Bases = append(out.Bases, Arg{At: from, Value: &Name{from, p.file.Text[from:p.before()]}})
			p.accept(",")
		}
	}
	if out.Kind == "enum" {
		p.skipBalanced()
		return out
	}
	if p.tok().is("{") {
		out.Body = p.braceBlock()
	}
	p.accept(";")
	return out
}

// declarationFollows reports whether a type and a name follow.
func (p *parser) declarationFollows() bool {
	if !p.at(nameToken) || p.is("await", "return", "new", "throw", "is", "not", "yield") {
		return false
	}
	end := p.typeEnd(p.pos)
	if end == 0 || end >= len(p.tokens)-1 || p.tokens[end].kind != nameToken {
		return false
	}
	next := &p.tokens[end+1]
	return next.is("=", ";", ",", "{", "(", "=>", "<", ")", "in") && !p.tokens[end].is("is", "as", "switch", "with", "when", "in")
}

// typeEnd returns the index of the token after a type; 0 when there is none.
func (p *parser) typeEnd(i int) int {
	for {
		if p.tokens[i].kind != nameToken {
			return 0
		}
		i++
		if p.tokens[i].is("<") {
			if end := p.typeArgumentsEnd(i); end > 0 {
				i = end
			}
		}
		for p.tokens[i].is("?") || p.tokens[i].is("[") && p.tokens[min(i+1, len(p.tokens)-1)].is("]", ",") && p.closing[i] > 0 {
			i = max(p.closing[i], i) + 1
		}
		if !p.tokens[i].is(".", "::") {
			return i
		}
		i++
	}
}

// longestTypes is the greatest number of tokens in type arguments.
const longestTypes = 200

// typeArgumentsEnd returns the index of the token after <A, B<C>>; 0 when these are
// no type arguments.
func (p *parser) typeArgumentsEnd(i int) int {
	depth := 0
	for end := min(i+longestTypes, len(p.tokens)); i < end; i++ {
		t := &p.tokens[i]
		switch {
		case t.is("<"):
			depth++
		case t.is(">"):
			depth--
			if depth == 0 {
				return i + 1
			}
		case t.kind != nameToken && !t.is(".", ",", "?", "[", "]", "(", ")", "::"):
			return 0
		}
	}
	return 0
}

// typeArguments skips type arguments.
func (p *parser) typeArguments() {
	if p.tok().is("<") {
		if end := p.typeArgumentsEnd(p.pos); end > 0 {
			p.pos = end
		}
	}
}

// csharpDeclaration reads a variable, a field, a property or a method.
func (p *parser) csharpDeclaration(at At, modifiers []string) Stmt {
	from := p.tok().start
	p.pos = p.typeEnd(p.pos)
	kind := strings.TrimSpace(p.file.Text[from:p.before()])
	if next := p.ahead(1); next.is("(") || next.is("<") {
		return p.csharpMethod(at, modifiers, kind)
	}
	t := p.take()
	out := &Assign{At: at, Targets: []Expr{&Name{At(t.start), t.text}}, Op: "=", Type: kind}
	if p.tok().is("{") { // a property
		p.skipBalanced()
		if !p.tok().is("=") {
			return out
		}
	}
	switch {
	case p.accept("="):
		out.Value = p.must()
	case p.accept("=>"):
		out.Value = p.must()
	}
	for p.accept(",") { // further variables of the type are rare
		p.must()
	}
	p.statementEnds()
	return out
}

// csharpMethod reads a method, a local function or a constructor from its name on.
func (p *parser) csharpMethod(at At, modifiers []string, kind string) Stmt {
	out := &Func{At: at, Modifiers: modifiers, Type: kind, Name: p.name()}
	p.typeArguments()
	out.Params = p.braceParams()
	if p.accept(":") { // base(…)
		p.expr()
	}
	for p.is("where") {
		for !p.tok().is("{", "=>", ";") && !p.at(endOfText) {
			p.take()
		}
	}
	switch {
	case p.tok().is("{"):
		out.Body = p.braceBlock()
	case p.accept("=>"):
		x := p.must()
		out.Body = []Stmt{&Return{At(x.Offset()), x}}
		p.statementEnds()
	default:
		p.statementEnds()
	}
	return out
}
