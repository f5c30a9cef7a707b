package php

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// binaryLevels say how tightly the operators between two operands bind.
var binaryLevels = map[string]int{
	"or": 1, "xor": 2, "and": 3,
	"??": 7, "||": 8, "&&": 9, "|": 10, "^": 11, "&": 12,
	"==": 13, "!=": 13, "===": 13, "!==": 13, "<>": 13, "<=>": 13,
	"<": 14, "<=": 14, ">": 14, ">=": 14,
	".": 15, "<<": 16, ">>": 16, "+": 17, "-": 17, "*": 18, "/": 18, "%": 18,
	"instanceof": 20, "**": 22,
}

// The levels of other operators.
const (
	levelAssign  = 5
	levelTernary = 6
	levelNot     = 19
	levelPrefix  = 21
)

// assignments are the assignment operators.
var assignments = map[string]bool{
	"=": true, "+=": true, "-=": true, "*=": true, "/=": true, ".=": true, "%=": true, "**=": true, "??=": true,
	"&=": true, "|=": true, "^=": true, "<<=": true, ">>=": true,
}

// expression reads an expression.
func (p *parser) expression() expr { return p.binary(0) }

// operand reads an expression that binds at least as tightly as an assignment.
func (p *parser) operand() expr { return p.binary(levelAssign) }

// binary reads an expression whose operators bind at least as tightly as a level.
func (p *parser) binary(level int) expr {
	defer p.enter()()
	left := p.prefix()
	for {
		t := p.peek()
		op := t.text
		switch {
		case t.kind == tokenName:
			op = fetch.ByteLowercase(op)
		case t.kind != tokenOperator:
			return left
		}
		if assignments[op] {
			next, ok := p.assignment(left, op)
			if !ok {
				return left
			}
			left = next
			continue
		}
		if op == "?" && level <= levelTernary {
			left = p.ternary(left)
			continue
		}
		n, ok := binaryLevels[op]
		if !ok || n < level {
			return left
		}
		left = p.operator(left, op, n)
	}
}

// operator reads an operator between two operands and the second one.
func (p *parser) operator(left expr, op string, n int) expr {
	at := p.here()
	p.take()
	switch op {
	case "instanceof":
		return &instanceOf{at, left, p.className()}
	case "??":
		return &coalesce{at, left, p.binary(n)}
	case "**":
		return &binary{at, op, left, p.binary(n)}
	case "&&", "and", "||", "or":
		return &logical{at, op == "&&" || op == "and", left, p.binary(n + 1)}
	}
	return &binary{at, op, left, p.binary(n + 1)}
}

// assignment reads an assignment; ok is false when the left side is not a variable.
func (p *parser) assignment(left expr, op string) (x expr, ok bool) {
	at := left.place()
	list, isList := left.(*arrayExpr)
	t, isTarget := left.(target)
	if !isTarget && !isList {
		return nil, false
	}
	p.take()
	if isList {
		if op != "=" {
			p.fail("a list cannot be assigned to with " + op)
		}
		return &destructure{at, list, p.operand()}, true
	}
	if op == "=" && p.accept("&") {
		return &assignRef{at, t, p.operand()}, true
	}
	value := p.operand()
	switch op {
	case "=":
		return &assign{at, t, value}, true
	case "??=":
		return &assignMissing{at, t, value}, true
	}
	return &assignOp{at, t, strings.TrimSuffix(op, "="), value}, true
}

func (p *parser) ternary(cond expr) expr {
	at := p.here()
	p.take()
	if p.accept(":") {
		return &ternary{at, cond, nil, p.binary(levelTernary + 1)}
	}
	then := p.operand()
	p.expect(":")
	return &ternary{at, cond, then, p.binary(levelTernary + 1)}
}

// casts are the words of casts and what they make.
var casts = map[string]string{
	"int": "int", "integer": "int", "bool": "bool", "boolean": "bool", "float": "float", "double": "float",
	"string": "string", "array": "array", "object": "object", "binary": "string",
}

// prefix reads an operator before an operand, and the operand.
func (p *parser) prefix() expr {
	t := p.peek()
	at := p.here()
	if t.kind == tokenOperator {
		switch t.text {
		case "!":
			p.take()
			return &not{at, p.binary(levelNot)}
		case "-", "+", "~":
			p.take()
			return &negate{at, t.text, p.binary(levelPrefix)}
		case "@":
			p.take()
			return p.binary(levelPrefix)
		case "&":
			p.take()
			return p.binary(levelPrefix)
		case "++", "--":
			p.take()
			x, ok := p.binary(levelPrefix).(target)
			if !ok {
				p.fail("a variable is expected")
			}
			return &step{at, x, t.text, true}
		case "(":
			if word := p.peekAt(1); word.kind == tokenName && p.peekAt(2).text == ")" && p.peekAt(2).kind == tokenOperator {
				if to, ok := casts[fetch.ByteLowercase(word.text)]; ok {
					p.i += 3
					return &cast{at, to, p.binary(levelPrefix)}
				}
			}
		}
	}
	if t.kind == tokenName {
		if x := p.prefixWord(at); x != nil {
			return x
		}
	}
	return p.postfix(p.primary())
}

// prefixWord reads an expression that a keyword before an operand begins.
func (p *parser) prefixWord(at pos) expr {
	switch word := fetch.ByteLowercase(p.peek().text); word {
	case "new":
		p.take()
		return p.postfix(p.newExpr(at))
	case "clone":
		p.take()
		return &cloneExpr{at, p.binary(levelPrefix)}
	case "print":
		p.take()
		return &printExpr{at, p.operand()}
	case "throw":
		p.take()
		return &throwExpr{at, p.binary(0)}
	case "yield":
		return p.yield(at)
	case "include", "include_once", "require", "require_once":
		p.take()
		return &include{at, word, p.operand()}
	}
	return nil
}

// yield reads yield, yield value, yield key => value or yield from values.
func (p *parser) yield(at pos) expr {
	p.take()
	p.yields = true
	y := &yieldExpr{pos: at, from: p.acceptWord("from")}
	if p.is(";") || p.is(")") || p.is(",") || p.is("]") {
		return y
	}
	y.value = p.operand()
	if p.accept("=>") {
		y.key = y.value
		y.value = p.operand()
	}
	return y
}

// postfix reads what follows an operand: calls, indexes, members.
func (p *parser) postfix(x expr) expr {
	for {
		at := p.here()
		switch {
		case p.accept("["):
			if p.accept("]") {
				x = &index{at, x, nil}
				continue
			}
			key := p.expression()
			p.expect("]")
			x = &index{at, x, key}
		case p.is("->") || p.is("?->"):
			x = p.member(x, p.take().text == "?->")
		case p.accept("::"):
			x = p.static(x)
		case p.is("("):
			x = &call{pos: x.place(), fun: x, args: p.arguments()}
		case p.is("++") || p.is("--"):
			t, ok := x.(target)
			if !ok {
				p.fail("a variable is expected")
			}
			x = &step{at, t, p.take().text, false}
		default:
			return x
		}
	}
}

// member reads what follows "->".
func (p *parser) member(x expr, safe bool) expr {
	at := x.place()
	var name expr
	switch t := p.take(); {
	case t.kind == tokenName:
		name = &literal{pos{p.src, t.at}, t.text}
	case t.kind == tokenVariable:
		name = &variable{pos{p.src, t.at}, t.text}
	case t.kind == tokenOperator && t.text == "{":
		name = p.expression()
		p.expect("}")
	default:
		p.i--
		p.fail("a name is expected")
	}
	if p.is("(") {
		return &methodCall{at, x, name, p.arguments(), safe}
	}
	return &prop{at, x, name, safe}
}

// static reads what follows "::".
func (p *parser) static(x expr) expr {
	at := x.place()
	switch t := p.take(); {
	case t.kind == tokenVariable:
		return &staticProp{at, x, t.text}
	case t.kind == tokenName:
		if p.is("(") {
			return &staticCall{at, x, t.text, p.arguments()}
		}
		return &classConst{at, x, t.text}
	case t.kind == tokenOperator && t.text == "{":
		named := p.expression()
		p.expect("}")
		return &call{at, &arrayExpr{at, []item{{value: &classConst{at, x, "class"}}, {value: named}}}, p.arguments()}
	}
	p.i--
	p.fail("a name is expected")
	return nil
}

// arguments reads the arguments of a call.
func (p *parser) arguments() []argument {
	p.expect("(")
	var out []argument
	for !p.accept(")") {
		var a argument
		a.spread = p.accept("...")
		if a.spread && p.accept(")") {
			return []argument{{spread: true}} // f(...) makes a closure
		}
		if next := p.peekAt(1); p.peek().kind == tokenName && next.kind == tokenOperator && next.text == ":" {
			a.name = p.take().text
			p.take()
		}
		a.value = p.expression()
		out = append(out, a)
		if !p.accept(",") && !p.is(")") {
			p.fail("\")\" is expected")
		}
	}
	return out
}
