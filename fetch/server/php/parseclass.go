package php

import "github.com/corsim/corsim/fetch"

// parameters reads the parameters of a function.
func (p *parser) parameters() []param {
	p.expect("(")
	var out []param
	for !p.accept(")") {
		p.attributes()
		var v param
		for p.isWord("public", "private", "protected", "readonly") {
			p.take()
			v.promoted = true
		}
		v.types = p.types()
		v.byRef = p.accept("&")
		v.variadic = p.accept("...")
		if p.peek().kind != tokenVariable {
			p.fail("a parameter is expected")
		}
		v.name = p.take().text
		if p.accept("=") {
			v.standard = p.expression()
		}
		out = append(out, v)
		if !p.accept(",") && !p.is(")") {
			p.fail("\")\" is expected")
		}
	}
	return out
}

// types reads a type and returns its words in lower case: "?" and the names. A type
// with brackets has a word that no value is compared with.
func (p *parser) types() []string {
	var out []string
	from := p.i
	p.typeName()
	for _, t := range p.tokens[from:p.i] {
		switch {
		case t.kind == tokenName:
			out = append(out, fetch.ByteLowercase(lastPart(t.text)))
		case t.text == "&" || t.text == "(":
			out = append(out, "mixed")
		case t.text == "?":
			out = append(out, "null")
		}
	}
	return out
}

// typeName skips a type.
func (p *parser) typeName() {
	for {
		switch {
		case p.accept("?"):
		case p.is("("):
			p.take()
			p.typeName()
			p.expect(")")
		case p.peek().kind == tokenName:
			p.take()
		default:
			return
		}
		if p.is("&") && (p.peekAt(1).kind == tokenVariable || p.peekAt(1).text == "...") {
			return
		}
		if !p.accept("|") && !p.accept("&") && p.peek().kind != tokenName {
			return
		}
	}
}

func (p *parser) resultType() {
	if p.accept(":") {
		p.typeName()
	}
}

// functionStatement reads "function name(…) {…}".
func (p *parser) functionStatement() *function {
	f := &function{pos: p.here(), space: p.space}
	p.take()
	p.accept("&")
	f.name = p.expectName()
	p.functionRest(f)
	return f
}

// functionRest reads a function from its parameters on.
func (p *parser) functionRest(f *function) {
	outer := p.yields
	p.yields = false
	f.params = p.parameters()
	p.resultType()
	if p.is("{") {
		f.body = p.block()
	} else {
		f.abstract = true
		p.end()
	}
	f.yields = p.yields
	p.yields = outer
	f.end = p.peek().at
}

// closure reads function (…) use (…) {…} or fn (…) => ….
func (p *parser) closure(at pos) expr {
	f := &function{pos: at, name: "{closure}"}
	arrow := fetch.ByteLowercase(p.take().text) == "fn"
	outer := p.yields
	p.yields = false
	p.accept("&")
	f.params = p.parameters()
	if p.acceptWord("use") {
		p.expect("(")
		for !p.accept(")") {
			v := param{byRef: p.accept("&")}
			v.name = p.take().text
			f.uses = append(f.uses, v)
			p.accept(",")
		}
	}
	p.resultType()
	if arrow {
		p.expect("=>")
		f.arrow = p.operand()
	} else {
		f.body = p.block()
	}
	f.yields = p.yields
	p.yields = outer
	f.end = p.peek().at
	return &closureExpr{at, f}
}

// classStatement reads a class, an interface, a trait or an enumeration.
func (p *parser) classStatement() stmt {
	at := p.here()
	for p.isWord("abstract", "final", "readonly") {
		p.take()
	}
	c := &class{pos: at, kind: fetch.ByteLowercase(p.take().text)}
	c.name = p.inSpace(p.expectName())
	if c.kind == "enum" && p.accept(":") {
		p.typeName()
	}
	p.classRest(c)
	return &classStmt{at, c}
}

// classRest reads a class from its name on.
func (p *parser) classRest(c *class) {
	if p.acceptWord("extends") {
		c.parent = p.resolve(p.expectName())
		for p.accept(",") {
			c.bases = append(c.bases, p.resolve(p.expectName()))
		}
	}
	if p.acceptWord("implements") {
		for ok := true; ok; ok = p.accept(",") {
			c.bases = append(c.bases, p.resolve(p.expectName()))
		}
	}
	c.constants = make(map[string]expr)
	c.statics = make(map[string]expr)
	c.methods = make(map[string]*function)
	p.expect("{")
	for !p.accept("}") {
		p.classMember(c)
	}
}

// classMember reads one member of a class.
func (p *parser) classMember(c *class) {
	p.attributes()
	static := false
	for p.isWord("public", "private", "protected", "static", "abstract", "final", "readonly", "var") {
		static = fetch.ByteLowercase(p.take().text) == "static" || static
	}
	switch {
	case p.acceptWord("use"):
		p.traits(c)
	case p.acceptWord("case"):
		name := p.expectName()
		var v expr = &literal{p.here(), name}
		if p.accept("=") {
			v = p.expression()
		}
		c.constants[name] = &enumCase{pos: p.here(), name: name, value: v}
		p.end()
	case p.acceptWord("const"):
		if p.peekAt(1).kind == tokenName {
			p.typeName1()
		}
		for ok := true; ok; ok = p.accept(",") {
			name := p.expectName()
			p.expect("=")
			c.constants[name] = p.expression()
		}
		p.end()
	case p.isWord("function"):
		f := p.functionStatement()
		f.static = static
		c.methods[fetch.ByteLowercase(f.name)] = f
	default:
		p.properties(c, static)
	}
}

// typeName1 skips the type of a constant.
func (p *parser) typeName1() { p.take() }

func (p *parser) traits(c *class) {
	for ok := true; ok; ok = p.accept(",") {
		c.traits = append(c.traits, p.resolve(p.expectName()))
	}
	if !p.accept("{") {
		p.end()
		return
	}
	for !p.accept("}") {
		c.rules = append(c.rules, p.traitRule())
	}
}

// traitRule reads "A::m insteadof B;" or "A::m as protected n;".
func (p *parser) traitRule() traitRule {
	var out traitRule
	out.method = p.expectName()
	if p.accept("::") {
		out.trait, out.method = p.resolve(out.method), p.expectName()
	}
	if p.acceptWord("insteadof") {
		for ok := true; ok; ok = p.accept(",") {
			out.without = append(out.without, p.resolve(p.expectName()))
		}
		p.end()
		return out
	}
	if !p.acceptWord("as") {
		p.fail("\"as\" is expected")
	}
	for p.isWord("public", "protected", "private") {
		p.take()
	}
	if !p.is(";") {
		out.alias = p.expectName()
	}
	p.end()
	return out
}

func (p *parser) properties(c *class, static bool) {
	p.typeName()
	for ok := true; ok; ok = p.accept(",") {
		if p.peek().kind != tokenVariable {
			p.fail("a member of a class is expected")
		}
		v := property{name: p.take().text}
		if p.accept("=") {
			v.value = p.expression()
		}
		if static {
			c.statics[v.name] = v.value
			if v.value == nil {
				c.statics[v.name] = &literal{c.pos, nil}
			}
		} else {
			c.props = append(c.props, v)
		}
	}
	p.end()
}
