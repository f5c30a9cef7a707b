package php

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

func (p *parser) echo() stmt {
	at := p.here()
	p.take()
	s := &echoStmt{at, []expr{p.expression()}}
	for p.accept(",") {
		s.values = append(s.values, p.expression())
	}
	p.end()
	return s
}

func (p *parser) condition() expr {
	p.expect("(")
	x := p.expression()
	p.expect(")")
	return x
}

func (p *parser) ifStatement() stmt {
	at := p.here()
	p.take()
	s := &ifStmt{pos: at, cond: p.condition()}
	if p.accept(":") {
		s.then = p.until("elseif", "else", "endif")
		p.ifColon(s)
		return s
	}
	s.then = []stmt{p.statement()}
	switch {
	case p.isWord("elseif"):
		s.other = []stmt{p.ifStatement()}
	case p.acceptWord("else"):
		s.other = []stmt{p.statement()}
	}
	return s
}

// ifColon reads the rest of an if statement in its form with colons.
func (p *parser) ifColon(s *ifStmt) {
	defer p.enter()()
	at := p.here()
	switch fetch.ByteLowercase(p.take().text) {
	case "elseif":
		next := &ifStmt{pos: at, cond: p.condition()}
		p.expect(":")
		next.then = p.until("elseif", "else", "endif")
		p.ifColon(next)
		s.other = []stmt{next}
		return
	case "else":
		if p.isWord("if") {
			s.other = []stmt{p.ifStatement()}
			return
		}
		p.expect(":")
		s.other = p.until("endif")
		p.take()
	}
	p.end()
}

func (p *parser) while() stmt {
	at := p.here()
	p.take()
	cond := p.condition()
	return &loop{pos: at, cond: []expr{cond}, body: p.body("endwhile")}
}

func (p *parser) doWhile() stmt {
	at := p.here()
	p.take()
	body := []stmt{p.statement()}
	if !p.acceptWord("while") {
		p.fail("\"while\" is expected")
	}
	s := &loop{pos: at, cond: []expr{p.condition()}, body: body, first: true}
	p.end()
	return s
}

func (p *parser) forLoop() stmt {
	at := p.here()
	p.take()
	p.expect("(")
	s := &loop{pos: at, init: p.list(";")}
	s.cond = p.list(";")
	s.post = p.list(")")
	s.body = p.body("endfor")
	return s
}

// list reads expressions between commas until an operator.
func (p *parser) list(end string) []expr {
	var out []expr
	for !p.accept(end) {
		out = append(out, p.expression())
		if !p.accept(",") && !p.is(end) {
			p.fail("\"" + end + "\" is expected")
		}
	}
	return out
}

func (p *parser) foreach() stmt {
	at := p.here()
	p.take()
	p.expect("(")
	s := &foreachStmt{pos: at, in: p.expression()}
	if !p.acceptWord("as") {
		p.fail("\"as\" is expected")
	}
	s.byRef = p.accept("&")
	s.value = p.expression()
	if p.accept("=>") {
		s.key = s.value
		s.byRef = p.accept("&")
		s.value = p.expression()
	}
	p.expect(")")
	s.body = p.body("endforeach")
	return s
}

func (p *parser) switchStatement() stmt {
	at := p.here()
	p.take()
	s := &switchStmt{pos: at, subject: p.condition()}
	colon := p.accept(":")
	if !colon {
		p.expect("{")
	}
	for {
		for p.accept(";") {
		}
		if colon && p.acceptWord("endswitch") {
			p.end()
			return s
		}
		if !colon && p.accept("}") {
			return s
		}
		if p.peek().kind == tokenHTML {
			p.take()
			continue
		}
		s.cases = append(s.cases, p.switchCase())
	}
}

func (p *parser) switchCase() switchCase {
	var c switchCase
	switch {
	case p.acceptWord("case"):
		c.value = p.expression()
	case p.acceptWord("default"):
	default:
		p.fail("\"case\" is expected")
	}
	if !p.accept(":") {
		p.expect(";")
	}
	for !p.isWord("case", "default", "endswitch") && !p.is("}") {
		if p.peek().kind == tokenEnd {
			p.fail("\"}\" is expected")
		}
		c.body = append(c.body, p.statement())
	}
	return c
}

func (p *parser) jump() stmt {
	at := p.here()
	s := &jumpStmt{pos: at, how: breaks, levels: 1}
	if fetch.ByteLowercase(p.take().text) == "continue" {
		s.how = continues
	}
	if p.peek().kind == tokenInt {
		s.levels, _ = strconv.Atoi(p.take().text)
	}
	p.end()
	return s
}

func (p *parser) returnStatement() stmt {
	s := &returnStmt{pos: p.here()}
	p.take()
	if !p.is(";") && p.peek().kind != tokenEnd {
		s.value = p.expression()
	}
	p.end()
	return s
}

func (p *parser) try() stmt {
	s := &tryStmt{pos: p.here()}
	p.take()
	s.body = p.block()
	for p.acceptWord("catch") {
		p.expect("(")
		c := catch{types: []string{p.resolve(p.expectName())}}
		for p.accept("|") {
			c.types = append(c.types, p.resolve(p.expectName()))
		}
		if p.peek().kind == tokenVariable {
			c.name = p.take().text
		}
		p.expect(")")
		c.body = p.block()
		s.catches = append(s.catches, c)
	}
	if p.acceptWord("finally") {
		s.finally = p.block()
	}
	return s
}

func (p *parser) global() stmt {
	s := &globalStmt{pos: p.here()}
	p.take()
	for ok := true; ok; ok = p.accept(",") {
		if p.peek().kind != tokenVariable {
			p.fail("a variable is expected")
		}
		s.names = append(s.names, p.take().text)
	}
	p.end()
	return s
}

func (p *parser) staticStatement() stmt {
	s := &staticStmt{pos: p.here()}
	p.take()
	for ok := true; ok; ok = p.accept(",") {
		v := param{name: p.take().text}
		if p.accept("=") {
			v.standard = p.expression()
		}
		s.vars = append(s.vars, v)
	}
	p.end()
	return s
}

func (p *parser) unset() stmt {
	s := &unsetStmt{pos: p.here()}
	p.take()
	p.expect("(")
	for _, x := range p.list(")") {
		t, ok := x.(target)
		if !ok {
			p.fail("unset needs a variable")
		}
		s.targets = append(s.targets, t)
	}
	p.end()
	return s
}

func (p *parser) constants() stmt {
	s := &constStmt{pos: p.here()}
	p.take()
	for ok := true; ok; ok = p.accept(",") {
		s.names = append(s.names, p.expectName())
		p.expect("=")
		s.values = append(s.values, p.expression())
	}
	p.end()
	return s
}

func (p *parser) namespace() stmt {
	at := p.here()
	p.take()
	p.space, p.uses = "", make(map[string]string)
	if p.peek().kind == tokenName {
		p.space = p.take().text
	}
	if p.is("{") {
		return &block{at, p.block()}
	}
	p.end()
	return &block{at, nil}
}

// use reads "use A\B as C;" and "use A\{B, C};".
func (p *parser) use() stmt {
	at := p.here()
	p.take()
	prefix := ""
	for !p.is(";") && p.peek().kind != tokenEnd {
		t := p.take()
		if t.kind != tokenName || (fetch.ByteLowercase(t.text) == "function" || fetch.ByteLowercase(t.text) == "const") && p.peek().kind == tokenName {
			continue
		}
		if p.is("{") {
			prefix = t.text
			continue
		}
		full := strings.TrimPrefix(prefix+t.text, `\`)
		alias := lastPart(full)
		if p.acceptWord("as") {
			alias = p.expectName()
		}
		p.uses[fetch.ByteLowercase(alias)] = full
	}
	p.end()
	return &useStmt{at}
}

// resolve returns the full name of a class.
func (p *parser) resolve(text string) string {
	if strings.HasPrefix(text, `\`) {
		return text[1:]
	}
	switch fetch.ByteLowercase(text) {
	case "self", "static", "parent":
		return text
	}
	first, rest, nested := strings.Cut(text, `\`)
	if full, ok := p.uses[fetch.ByteLowercase(first)]; ok {
		if nested {
			return full + `\` + rest
		}
		return full
	}
	return p.inSpace(text)
}

// inSpace returns a name in the current namespace.
func (p *parser) inSpace(text string) string {
	if p.space == "" {
		return text
	}
	return p.space + `\` + text
}

func (p *parser) declare() stmt {
	at := p.here()
	p.take()
	p.expect("(")
	for !p.accept(")") {
		t := p.take()
		if t.kind == tokenEnd {
			p.fail("\")\" is expected")
		}
		if fetch.ByteLowercase(t.text) == "strict_types" && p.peekAt(1).text == "1" {
			p.src.strict = true
		}
	}
	if !p.is("{") {
		p.end()
	}
	return &block{at, nil}
}

func (p *parser) refuseGoto() stmt {
	p.refuse("goto is not modelled")
	return nil
}

func (p *parser) halt() stmt {
	at := p.here()
	p.i = len(p.tokens) - 1
	return &block{at, nil}
}
