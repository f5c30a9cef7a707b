package apache

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// An expr is an expression of the server's own language.
// https://httpd.apache.org/docs/2.4/expr.html
type expr struct {
	root *node
	// noVary says that request headers that are looked at are not added to Vary.
	noVary bool
	pos    server.Position
}

// A node is a part of an expression.
type node struct {
	op   string // see eval.go
	text string
	re   *pattern
	kids []*node
}

// exprKind says what an expression gives.
type exprKind int

const (
	boolExpr exprKind = iota
	stringExpr
)

// An exprParser reads an expression. Its methods panic with an exprError.
type exprParser struct {
	s     string
	at    int
	depth int
}

type exprError struct {
	text string
	// unmodelled is set when the real server accepts the expression.
	unmodelled bool
}

// parseExpr reads an expression of a directive.
func (b *builder) parseExpr(d *directive, text string, kind exprKind) (e *expr, err error) {
	p := &exprParser{s: text}
	defer func() {
		if r := recover(); r != nil {
			x, ok := r.(exprError)
			if !ok {
				panic(r)
			}
			if x.unmodelled {
				err = refuse(d.pos, x.text+" in an expression is not modelled", "")
			} else {
				err = start(d.pos, "Cannot parse condition clause: %s", x.text)
			}
		}
	}()
	e = &expr{pos: d.pos}
	if kind == stringExpr {
		e.root = p.stringTo(0)
		return e, nil
	}
	e.root = p.or()
	p.space()
	if p.at < len(p.s) {
		p.fail("syntax error, unexpected text at the end of the expression")
	}
	return e, nil
}

func (p *exprParser) fail(text string) { panic(exprError{text: text}) }

func (p *exprParser) space() {
	for p.at < len(p.s) && isSpace(p.s[p.at]) {
		p.at++
	}
}

// take reads a token if it is next.
func (p *exprParser) take(token string) bool {
	p.space()
	if !strings.HasPrefix(p.s[p.at:], token) {
		return false
	}
	end := p.at + len(token)
	if isNameByte(token[0]) && end < len(p.s) && isNameByte(p.s[end]) {
		return false
	}
	p.at = end
	return true
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// enter counts the nesting.
func (p *exprParser) enter() {
	if p.depth++; p.depth > 100 {
		p.fail("memory exhausted")
	}
}

func (p *exprParser) or() *node {
	p.enter()
	defer func() { p.depth-- }()
	left := p.and()
	if p.take("||") || p.take("or") {
		return &node{op: "or", kids: []*node{left, p.or()}}
	}
	return left
}

func (p *exprParser) and() *node {
	p.enter()
	defer func() { p.depth-- }()
	left := p.not()
	if p.take("&&") || p.take("and") {
		return &node{op: "and", kids: []*node{left, p.and()}}
	}
	return left
}

func (p *exprParser) not() *node {
	p.enter()
	defer func() { p.depth-- }()
	p.space()
	if p.take("not") || !strings.HasPrefix(p.s[p.at:], "!=") && !strings.HasPrefix(p.s[p.at:], "!~") && p.take("!") {
		return &node{op: "not", kids: []*node{p.not()}}
	}
	return p.primary()
}

func (p *exprParser) primary() *node {
	switch {
	case p.take("("):
		n := p.or()
		if !p.take(")") {
			p.fail("syntax error, unexpected end, expecting ')'")
		}
		return n
	case p.take("true"):
		return &node{op: "true"}
	case p.take("false"):
		return &node{op: "false"}
	}
	if op := p.dashed(); op != "" {
		return p.unary(op)
	}
	return p.comparison()
}

// dashed reads an operator such as "-n" or "-in"; "" if there is none.
func (p *exprParser) dashed() string {
	p.space()
	if p.at+1 >= len(p.s) || p.s[p.at] != '-' || !isNameByte(p.s[p.at+1]) || p.s[p.at+1] <= '9' {
		return ""
	}
	end := p.at + 1
	for end < len(p.s) && isNameByte(p.s[end]) {
		end++
	}
	op := p.s[p.at:end]
	p.at = end
	return op
}

func (p *exprParser) unary(op string) *node {
	switch op {
	case "-n", "-z", "-T", "-d", "-e", "-f", "-s":
		return &node{op: op, kids: []*node{p.word()}}
	case "-R", "-L", "-h", "-x", "-F", "-U", "-A":
		panic(exprError{text: "operator " + op, unmodelled: true})
	}
	p.fail("No such unary operator '" + op[1:] + "'")
	return nil
}

// wordOperators are the operators between words, longer ones first.
var wordOperators = []string{"==", "=~", "!=", "!~", "<=", ">=", "=", "<", ">", "lt", "le", "gt", "ge", "ne", "eq", "in"}

func (p *exprParser) comparison() *node {
	left := p.word()
	op := p.dashed()
	for _, o := range wordOperators {
		if op == "" && p.take(o) {
			op = o
		}
	}
	switch op {
	case "":
		p.fail("syntax error, expecting an operator")
	case "==":
		op = "="
	case "=~", "!~":
		return &node{op: op, kids: []*node{left}, re: p.regexp()}
	case "in", "-in":
		return p.in(left)
	case "lt", "le", "gt", "ge", "ne", "eq":
		op = "-" + op
	case "-strmatch", "-strcmatch", "-fnmatch", "=", "!=", "<", "<=", ">", ">=", "-lt", "-le", "-gt", "-ge", "-ne", "-eq":
	case "-ipmatch":
		panic(exprError{text: "operator " + op, unmodelled: true})
	default:
		p.fail("No such binary operator '" + op[1:] + "'")
	}
	return &node{op: op, kids: []*node{left, p.word()}}
}

// in reads the list behind "-in".
func (p *exprParser) in(left *node) *node {
	if !p.take("{") {
		panic(exprError{text: "a list function", unmodelled: true})
	}
	n := &node{op: "-in", kids: []*node{left}}
	for {
		n.kids = append(n.kids, p.word())
		if p.take("}") {
			return n
		}
		if !p.take(",") {
			p.fail("syntax error, expecting ',' or '}'")
		}
	}
}

// regexp reads /…/ or m#…#.
func (p *exprParser) regexp() *pattern {
	p.space()
	if p.at+1 < len(p.s) && p.s[p.at] == 'm' && strings.IndexByte(`/#$%^,;:_?|-!.'"`, p.s[p.at+1]) >= 0 {
		p.at++
	} else if p.at >= len(p.s) || p.s[p.at] != '/' {
		p.fail("syntax error, expecting a regular expression")
	}
	end := strings.IndexByte(p.s[p.at+1:], p.s[p.at])
	if end < 0 {
		p.fail("syntax error, unexpected end in a regular expression")
	}
	text := p.s[p.at+1 : p.at+1+end]
	p.at += end + 2
	fold := p.at < len(p.s) && p.s[p.at] == 'i'
	if fold {
		p.at++
	}
	re, err := compile(text, fold)
	if err == errPattern {
		p.fail("Failed to compile regular expression")
	} else if err != nil {
		panic(exprError{text: err.Error(), unmodelled: true})
	}
	return re
}

// word reads a word: a number, a string, a variable, a function or several joined
// with dots.
func (p *exprParser) word() *node {
	p.enter()
	defer func() { p.depth-- }()
	left := p.oneWord()
	if p.take(".") {
		return &node{op: "concat", kids: []*node{left, p.word()}}
	}
	return left
}

func (p *exprParser) oneWord() *node {
	p.space()
	if p.at >= len(p.s) {
		p.fail("syntax error, unexpected end")
	}
	c := p.s[p.at]
	switch {
	case c == '"' || c == '\'':
		p.at++
		n := p.stringTo(c)
		p.at++
		return n
	case c == '%' && strings.HasPrefix(p.s[p.at:], "%{"):
		return p.variable()
	case c == '$' && p.at+1 < len(p.s) && p.s[p.at+1] >= '0' && p.s[p.at+1] <= '9':
		p.at += 2
		return &node{op: "group", text: p.s[p.at-1 : p.at]}
	case c >= '0' && c <= '9' || c == '-' && p.at+1 < len(p.s) && p.s[p.at+1] >= '0' && p.s[p.at+1] <= '9':
		from := p.at
		for p.at++; p.at < len(p.s) && p.s[p.at] >= '0' && p.s[p.at] <= '9'; p.at++ {
		}
		return &node{op: "text", text: p.s[from:p.at]}
	}
	name := p.name()
	if name == "" {
		p.fail("Parse error near '" + string(c) + "'")
	}
	if !p.take("(") {
		p.fail("syntax error, unexpected T_ID '" + name + "'")
	}
	arg := p.word()
	if !p.take(")") {
		p.fail("syntax error, expecting ')'")
	}
	return function(name, arg)
}

func (p *exprParser) name() string {
	from := p.at
	for p.at < len(p.s) && isNameByte(p.s[p.at]) {
		p.at++
	}
	return p.s[from:p.at]
}
