package syntax

// deepest is how deep expressions and blocks may be nested.
const deepest = 150

// parser makes a tree of tokens.
type parser struct {
	lang   *Language
	file   *File
	tokens []token
	pos    int
	depth  int
	// lines reports whether a newline ends the statement that is being read.
	lines bool
	// noBlock reports whether braces and "do" do not begin a block here.
	noBlock bool
	flat    bool // no line of the text is indented
	// start is the token at which the statement begins that is being read.
	start int
	// closing is for each opening bracket the token that closes it; 0 when there
	// is none.
	closing []int
	// variables are the local variables of Ruby.
	variables map[string]bool
}

// newParser returns a parser of tokens.
func newParser(lang *Language, f *File, tokens []token) *parser {
	p := &parser{lang: lang, file: f, tokens: tokens, lines: lang.lines, closing: make([]int, len(tokens)), variables: make(map[string]bool)}
	var open []int
	for i := range tokens {
		t := &tokens[i]
		switch {
		case t.kind != opToken:
			p.flat = p.flat || t.line && t.indent > 0
		case t.is("(", "[", "{"):
			open = append(open, i)
		case t.is(")", "]", "}") && len(open) > 0:
			p.closing[open[len(open)-1]] = i
			open = open[:len(open)-1]
		}
	}
	p.flat = !p.flat
	return p
}

// declare notes that an expression is a variable.
func (p *parser) declare(x Expr) {
	if n, ok := x.(*Name); ok && p.lang.id == ruby {
		p.variables[n.Text] = true
	}
}

// file0 reads all statements of a text.
func (p *parser) file0() []Stmt {
	var out []Stmt
	for !p.at(endOfText) {
		out = append(out, p.stmt())
	}
	return out
}

// tok returns the next token.
func (p *parser) tok() *token { return &p.tokens[p.pos] }

// ahead returns the token n places after the next.
func (p *parser) ahead(n int) *token { return &p.tokens[min(p.pos+n, len(p.tokens)-1)] }

// at reports whether the next token is of a kind.
func (p *parser) at(k kind) bool { return p.tok().kind == k }

// is reports whether the next token is one of some words, in this statement.
func (p *parser) is(words ...string) bool { return !p.lineEnds() && p.tok().is(words...) }

// lineEnds reports whether a newline that counts, or the end, is before the
// next token.
func (p *parser) lineEnds() bool {
	t := p.tok()
	return t.kind == endOfText || p.lines && t.line && p.pos != p.start
}

// take moves behind the next token and returns it.
func (p *parser) take() *token {
	t := p.tok()
	if t.kind != endOfText {
		p.pos++
	}
	return t
}

// accept moves behind the next token if it is one of some words.
func (p *parser) accept(words ...string) bool {
	if !p.is(words...) {
		return false
	}
	p.pos++
	return true
}

// acceptAnywhere is accept, also on a new line.
func (p *parser) acceptAnywhere(words ...string) bool {
	if !p.tok().is(words...) {
		return false
	}
	p.pos++
	return true
}

// here returns the offset of the next token.
func (p *parser) here() At { return At(p.tok().start) }

// before returns the offset at which the previous token ends.
func (p *parser) before() int {
	if p.pos == 0 {
		return 0
	}
	return p.tokens[p.pos-1].end
}

func (p *parser) fault(at At, k FaultKind, text string) {
	p.file.Faults = append(p.file.Faults, Fault{at, k, text})
}

// unknown returns a node for the text from an offset to the previous token, and
// takes at least one token.
func (p *parser) unknown(from At, first int) *Unknown {
	if p.pos == first {
		p.take()
	}
	end := max(p.before(), int(from))
	p.fault(from, FaultUnread, "cannot be read")
	return &Unknown{At: from, End: end, Text: shorten(p.file.Text[from:end])}
}

// shorten returns the beginning of a text on one line.
func shorten(s string) string {
	const most = 60
	for i := range s {
		if s[i] == '\n' || i >= most {
			return s[:i] + "…"
		}
	}
	return s
}

// deeper enters a level of nesting; ok is false when it is too deep, and the
// bracket or the statement is skipped.
func (p *parser) deeper() bool {
	if p.depth >= deepest {
		return false
	}
	p.depth++
	return true
}

// tooDeep skips what is nested too deep.
func (p *parser) tooDeep() *Unknown {
	from := p.here()
	p.fault(from, FaultDeep, "this is nested too deep")
	p.skipBalanced()
	return &Unknown{At: from, End: p.before(), Text: "…"}
}

// pairs are the brackets with what closes them.
var pairs = map[string]string{"(": ")", "[": "]", "{": "}"}

// skipBalanced skips one token, or a bracket with all that is in it.
func (p *parser) skipBalanced() {
	depth := 0
	for !p.at(endOfText) {
		t := p.take()
		switch {
		case t.is("(", "[", "{"):
			depth++
		case t.is(")", "]", "}"):
			depth--
		}
		if depth <= 0 {
			return
		}
	}
}

// skipStatement skips to the end of the statement.
func (p *parser) skipStatement() {
	p.start = p.pos
	for first := true; !p.at(endOfText); first = false {
		if !first && (p.lineEnds() || p.tok().is("}")) {
			return
		}
		if p.tok().is(";") {
			return
		}
		p.skipBalanced()
	}
}

// inBrackets runs f without regard to newlines.
func (p *parser) inBrackets(f func()) {
	lines, noBlock := p.lines, p.noBlock
	p.lines, p.noBlock = false, false
	f()
	p.lines, p.noBlock = lines, noBlock
}

// inBlock runs f with the newlines of the language.
func (p *parser) inBlock(f func()) {
	lines, noBlock := p.lines, p.noBlock
	p.lines, p.noBlock = p.lang.lines, false
	f()
	p.lines, p.noBlock = lines, noBlock
}

// stmt reads one statement and always moves on.
func (p *parser) stmt() Stmt {
	first, from := p.pos, p.here()
	if !p.deeper() {
		u := p.tooDeep()
		p.skipStatement()
		return u
	}
	p.start = first
	s := p.lang.statement(p)
	p.depth--
	if s == nil || p.pos == first {
		p.skipStatement()
		return p.unknown(from, first)
	}
	return s
}

// statementEnds takes the end of a statement: a newline or a semicolon. What
// is before it is skipped.
func (p *parser) statementEnds() {
	if p.acceptAnywhere(";") || p.lineEnds() || p.tok().is("}") {
		return
	}
	from, first := p.here(), p.pos
	p.skipStatement()
	p.unknown(from, first)
	p.accept(";")
}

// statementOf returns an expression as a statement.
func statementOf(at At, x Expr) Stmt {
	if a, ok := x.(*Assigned); ok {
		return &Assign{At: at, Targets: []Expr{a.Target}, Op: a.Op, Value: a.Value}
	}
	return &ExprStmt{at, x}
}
