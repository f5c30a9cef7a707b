package php

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// primary reads an operand without what follows it.
func (p *parser) primary() expr {
	t := p.peek()
	at := p.here()
	switch t.kind {
	case tokenVariable:
		p.take()
		return &variable{at, t.text}
	case tokenInt:
		p.take()
		return &literal{at, integer(t.text)}
	case tokenFloat:
		p.take()
		f, _ := strconv.ParseFloat(t.text, 64)
		return &literal{at, f}
	case tokenString:
		p.take()
		return &literal{at, t.text}
	case tokenTemplate:
		p.take()
		return &template{at, p.parts(t)}
	case tokenName:
		return p.word(at)
	case tokenOperator:
		switch t.text {
		case "(":
			p.take()
			x := p.expression()
			p.expect(")")
			return &paren{x}
		case "[":
			p.take()
			return &arrayExpr{at, p.items("]")}
		case "$":
			return p.variableVariable(at)
		case "#[":
			p.attributes()
			return p.primary()
		}
	}
	p.fail("an expression is expected")
	return nil
}

// integer returns the value of an integer as it is written.
func integer(s string) value {
	if len(s) > 1 && s[0] == '0' && isDigit(s[1]) {
		s = "0o" + s[1:]
	}
	n, err := strconv.ParseInt(s, 0, 64)
	if err != nil {
		f, _ := strconv.ParseFloat(s, 64)
		return f
	}
	return n
}

func (p *parser) variableVariable(at pos) expr {
	p.expect("$")
	defer p.enter()()
	if p.accept("{") {
		x := p.expression()
		p.expect("}")
		return &variableNamed{at, x}
	}
	return &variableNamed{at, p.primary()}
}

// items reads the items of an array.
func (p *parser) items(end string) []item {
	var out []item
	for !p.accept(end) {
		if p.is(",") {
			p.take()
			out = append(out, item{})
			continue
		}
		var it item
		it.spread = p.accept("...")
		it.byRef = p.accept("&")
		it.value = p.expression()
		if p.accept("=>") {
			it.key = it.value
			it.byRef = p.accept("&")
			it.value = p.expression()
		}
		out = append(out, it)
		if !p.accept(",") && !p.is(end) {
			p.fail("\"" + end + "\" is expected")
		}
	}
	return out
}

// word reads an operand that begins with a name.
func (p *parser) word(at pos) expr {
	t := p.peek()
	switch word := fetch.ByteLowercase(t.text); word {
	case "array", "list":
		if p.peekAt(1).text == "(" {
			p.i += 2
			return &arrayExpr{at, p.items(")")}
		}
	case "isset":
		p.take()
		p.expect("(")
		return &issetExpr{at, p.list(")")}
	case "empty":
		p.take()
		return &emptyExpr{at, p.condition()}
	case "exit", "die":
		p.take()
		return p.exit(at)
	case "match":
		if p.peekAt(1).text == "(" {
			return p.match(at)
		}
	case "function", "fn":
		return p.closure(at)
	case "static":
		if next := p.peekAt(1); next.kind == tokenName && (fetch.ByteLowercase(next.text) == "function" || fetch.ByteLowercase(next.text) == "fn") {
			p.take()
			return p.closure(at)
		}
	}
	p.take()
	return &name{at, t.text, p.resolve(t.text)}
}

func (p *parser) exit(at pos) expr {
	if !p.accept("(") {
		return &exitExpr{at, nil}
	}
	if p.accept(")") {
		return &exitExpr{at, nil}
	}
	x := p.expression()
	p.expect(")")
	return &exitExpr{at, x}
}

func (p *parser) match(at pos) expr {
	p.take()
	m := &matchExpr{pos: at, subject: p.condition()}
	p.expect("{")
	for !p.accept("}") {
		var arm matchArm
		if !p.acceptWord("default") {
			for ok := true; ok && !p.is("=>"); ok = p.accept(",") {
				arm.values = append(arm.values, p.expression())
			}
		}
		p.accept(",")
		p.expect("=>")
		arm.result = p.expression()
		m.arms = append(m.arms, arm)
		if !p.accept(",") && !p.is("}") {
			p.fail("\"}\" is expected")
		}
	}
	return m
}

// className reads the class of new or instanceof.
func (p *parser) className() expr {
	t := p.peek()
	at := p.here()
	switch {
	case t.kind == tokenName:
		p.take()
		return &name{at, t.text, p.resolve(t.text)}
	case p.is("("):
		return p.primary()
	}
	x := p.primary()
	for p.is("->") || p.is("::") || p.is("[") {
		switch p.take().text {
		case "[":
			x = &index{at, x, p.expression()}
			p.expect("]")
		case "->":
			x = &prop{at, x, &literal{at, p.expectName()}, false}
		default:
			x = &staticProp{at, x, p.take().text}
		}
	}
	return x
}

func (p *parser) newExpr(at pos) expr {
	p.attributes()
	if p.isWord("class") {
		p.take()
		n := &newExpr{pos: at}
		if p.is("(") {
			n.args = p.arguments()
		}
		n.body = &class{pos: at, name: "class@anonymous", kind: "class"}
		p.classRest(n.body)
		return n
	}
	n := &newExpr{pos: at, class: p.className()}
	if p.is("(") {
		n.args = p.arguments()
	}
	return n
}

// parts reads the parts of a string with interpolation.
func (p *parser) parts(t token) []expr {
	defer p.enter()()
	raw, at := t.text, pos{p.src, t.at}
	var out []expr
	text := func(s string) {
		if s != "" {
			out = append(out, &literal{at, unescape(s, t.quote)})
		}
	}
	start := 0
	for i := 0; i+1 < len(raw); i++ {
		var x expr
		n := 0
		switch {
		case raw[i] == '\\':
			i++
			continue
		case strings.HasPrefix(raw[i:], "{$"):
			x, n = p.braces(raw[i+1:], at, t.quote)
			n++
		case strings.HasPrefix(raw[i:], "${"):
			x, n = p.braces(raw[i+2:], at, t.quote)
			n += 2
			if c, ok := x.(*name); ok {
				x = &variable{at, c.text}
			}
		case raw[i] == '$' && isNameStart(raw[i+1]):
			x, n = simplePart(raw[i+1:], at)
			n++
		default:
			continue
		}
		text(raw[start:i])
		out = append(out, x)
		start = i + n
		i = start - 1
	}
	text(raw[start:])
	return out
}

// braces reads an expression up to the closing brace; n is the length with it.
func (p *parser) braces(raw string, at pos, quote byte) (x expr, n int) {
	depth := 1
	for n = 0; n < len(raw) && depth > 0; n++ {
		switch raw[n] {
		case '{':
			depth++
		case '}':
			depth--
		}
	}
	if depth > 0 {
		panic(syntaxError{at: at.at, text: "\"{\" in a string is not closed"})
	}
	code := raw[:n-1]
	if quote == '"' {
		code = strings.ReplaceAll(code, `\"`, `"`)
	}
	inner := &parser{src: p.src, tokens: tokenize(code, true), depth: p.depth, space: p.space, uses: p.uses}
	for i := range inner.tokens {
		inner.tokens[i].at = at.at
	}
	return inner.expression(), n
}

// simplePart reads $name, $name[key] or $name->name without its "$".
func simplePart(raw string, at pos) (x expr, n int) {
	n = nameLength(raw)
	x = &variable{at, raw[:n]}
	rest := raw[n:]
	switch {
	case strings.HasPrefix(rest, "->") && len(rest) > 2 && isNameStart(rest[2]):
		m := nameLength(rest[2:])
		return &prop{at, x, &literal{at, rest[2 : 2+m]}, false}, n + 2 + m
	case strings.HasPrefix(rest, "["):
		end := strings.IndexByte(rest, ']')
		if end < 0 {
			break
		}
		key := rest[1:end]
		var k expr = &literal{at, key}
		if name, ok := strings.CutPrefix(key, "$"); ok {
			k = &variable{at, name}
		} else {
			k = &literal{at, strings.Trim(key, "'")}
		}
		return &index{at, x, k}, n + end + 1
	}
	return x, n
}
