package php

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// maxDepth is how deep a program may be nested.
const maxDepth = 200

// parser reads the tokens of one file.
type parser struct {
	src    *source
	tokens []token
	i      int
	depth  int
	// space is the namespace; uses are the names of "use" by their aliases in
	// lower case.
	space string
	uses  map[string]string
	// yields is set when the function that is being read is a generator.
	yields bool
}

// parse reads a file. If code is set, the text is code without <?php.
func parse(name, text string, code bool) (src *source, err error) {
	src = &source{name: name, text: text, named: strings.Contains(fetch.ByteLowercase(text), "access-control-")}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case syntaxError:
			at := pos{src, e.at}.position()
			err = &server.InputError{Position: at, Problem: "the program cannot be read: " + e.text, Help: "check it with \"php -l\""}
			if !e.limit && !code {
				err = &brokenError{at: at, text: e.text, err: err}
			}
		default:
			panic(e)
		}
	}()
	p := &parser{src: src, tokens: tokenize(text, code), uses: make(map[string]string)}
	for p.peek().kind != tokenEnd {
		src.body = append(src.body, p.statement())
	}
	return src, nil
}

func (p *parser) peek() token { return p.tokens[p.i] }

func (p *parser) peekAt(n int) token { return p.tokens[min(p.i+n, len(p.tokens)-1)] }

func (p *parser) take() token {
	t := p.tokens[p.i]
	if t.kind != tokenEnd {
		p.i++
	}
	return t
}

func (p *parser) here() pos { return pos{p.src, p.peek().at} }

// is reports whether the next token is an operator.
func (p *parser) is(op string) bool {
	t := p.peek()
	return t.kind == tokenOperator && t.text == op
}

// isWord reports whether the next token is a keyword.
func (p *parser) isWord(words ...string) bool {
	t := p.peek()
	if t.kind != tokenName {
		return false
	}
	for _, w := range words {
		if fetch.ByteLowercase(t.text) == w {
			return true
		}
	}
	return false
}

// accept takes an operator if it is next.
func (p *parser) accept(op string) bool {
	if p.is(op) {
		p.i++
		return true
	}
	return false
}

func (p *parser) acceptWord(word string) bool {
	if p.isWord(word) {
		p.i++
		return true
	}
	return false
}

func (p *parser) expect(op string) token {
	if !p.is(op) {
		p.fail("\"" + op + "\" is expected")
	}
	return p.take()
}

func (p *parser) expectName() string {
	if p.peek().kind != tokenName {
		p.fail("a name is expected")
	}
	return p.take().text
}

// fail ends the reading of the file.
func (p *parser) fail(text string) { panic(syntaxError{at: p.peek().at, text: text}) }

// refuse ends the reading of a file that PHP can read, and this parser cannot.
func (p *parser) refuse(text string) { panic(syntaxError{at: p.peek().at, text: text, limit: true}) }

// enter counts one level of nesting; the result leaves it.
func (p *parser) enter() func() {
	if p.depth++; p.depth > maxDepth {
		p.refuse("it is nested too deep")
	}
	return func() { p.depth-- }
}

// end takes the end of a statement.
func (p *parser) end() {
	if p.accept(";") || p.peek().kind == tokenEnd || p.peek().kind == tokenHTML {
		return
	}
	p.fail("\";\" is expected")
}

// statementOf returns what reads the statement that a keyword begins; nil when none
// does.
func statementOf(word string) func(*parser) stmt {
	switch word {
	case "echo":
		return (*parser).echo
	case "if":
		return (*parser).ifStatement
	case "while":
		return (*parser).while
	case "do":
		return (*parser).doWhile
	case "for":
		return (*parser).forLoop
	case "foreach":
		return (*parser).foreach
	case "switch":
		return (*parser).switchStatement
	case "break", "continue":
		return (*parser).jump
	case "return":
		return (*parser).returnStatement
	case "try":
		return (*parser).try
	case "global":
		return (*parser).global
	case "unset":
		return (*parser).unset
	}
	return rareStatementOf(word)
}

func rareStatementOf(word string) func(*parser) stmt {
	switch word {
	case "const":
		return (*parser).constants
	case "namespace":
		return (*parser).namespace
	case "use":
		return (*parser).use
	case "declare":
		return (*parser).declare
	case "class", "interface", "trait", "abstract", "final":
		return (*parser).classStatement
	case "goto":
		return (*parser).refuseGoto
	case "__halt_compiler":
		return (*parser).halt
	}
	return nil
}

// statement reads one statement.
func (p *parser) statement() stmt {
	defer p.enter()()
	p.attributes()
	t := p.peek()
	at := p.here()
	switch {
	case t.kind == tokenHTML:
		p.take()
		return &echoStmt{at, []expr{&literal{at, t.text}}}
	case p.accept(";"):
		return &block{at, nil}
	case p.is("{"):
		return &block{at, p.block()}
	case t.kind == tokenName:
		if s := p.keyword(at); s != nil {
			return s
		}
	}
	x := p.expression()
	p.end()
	return &exprStmt{at, x}
}

// keyword reads a statement that begins with a keyword; nil when none does.
func (p *parser) keyword(at pos) stmt {
	word, next := fetch.ByteLowercase(p.peek().text), p.peekAt(1)
	operator := next.kind == tokenOperator && (next.text == "(" || next.text == "::" || next.text == ":")
	switch {
	case word == "function" && (next.kind == tokenName || next.text == "&" && p.peekAt(2).kind == tokenName):
		f := p.functionStatement()
		return &functionStmt{at, f}
	case word == "static" && next.kind == tokenVariable:
		return p.staticStatement()
	case word == "enum" && next.kind == tokenName, word == "readonly" && next.kind == tokenName:
		return p.classStatement()
	case word == "yield":
		return nil
	case (word == "enum" || word == "namespace") && strings.HasPrefix(next.text, "\\"):
		return nil
	case (word == "class" || word == "interface" || word == "trait" || word == "use" || word == "namespace") && operator:
		return nil
	}
	if f := statementOf(word); f != nil {
		return f(p)
	}
	return nil
}

// attributes skips attributes: #[…].
func (p *parser) attributes() {
	for p.accept("#[") {
		for depth := 1; depth > 0; {
			switch t := p.take(); {
			case t.kind == tokenEnd:
				p.fail("the attribute is not closed")
			case t.kind == tokenOperator && (t.text == "[" || t.text == "#["):
				depth++
			case t.kind == tokenOperator && t.text == "]":
				depth--
			}
		}
	}
}

// block reads statements in braces.
func (p *parser) block() []stmt {
	p.expect("{")
	var out []stmt
	for !p.accept("}") {
		if p.peek().kind == tokenEnd {
			p.fail("\"}\" is expected")
		}
		out = append(out, p.statement())
	}
	return out
}

// body reads the body of a statement: one statement, or with ":" those until one of
// some words.
func (p *parser) body(ends ...string) []stmt {
	if !p.accept(":") {
		return []stmt{p.statement()}
	}
	out := p.until(ends...)
	p.take()
	p.end()
	return out
}

// until reads statements until one of some words.
func (p *parser) until(ends ...string) []stmt {
	var out []stmt
	for !p.isWord(ends...) {
		if p.peek().kind == tokenEnd {
			p.fail("\"" + ends[0] + "\" is expected")
		}
		out = append(out, p.statement())
	}
	return out
}
