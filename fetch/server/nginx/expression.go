package nginx

import (
	"errors"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// errExpression says that an expression has a part that is not modelled.
var errExpression = errors.New("a part of the expression is not known")

// expressionParser reads an expression.
type expressionParser struct {
	text  string
	pos   int
	fold  bool
	depth int
	e     *expression
}

// parseExpression reads a regular expression in the notation of PCRE.
func parseExpression(text string, fold bool) (*expression, error) {
	p := &expressionParser{text: text, fold: fold, e: &expression{groups: 1, names: []string{""}}}
	root, err := p.either()
	if err == nil && p.pos < len(text) {
		err = errExpression
	}
	p.e.root = root
	return p.e, err
}

// more reports whether the next byte is not one of those that end a part.
func (p *expressionParser) more() bool {
	return p.pos < len(p.text) && p.text[p.pos] != ')' && p.text[p.pos] != '|'
}

// skip skips a text that comes next.
func (p *expressionParser) skip(s string) bool {
	if !strings.HasPrefix(p.text[p.pos:], s) {
		return false
	}
	p.pos += len(s)
	return true
}

// either reads alternatives.
func (p *expressionParser) either() (*node, error) {
	if p.depth++; p.depth > 100 {
		return nil, errExpression
	}
	defer func() { p.depth-- }()
	out := &node{kind: matchEither}
	for {
		seq := &node{kind: matchSequence}
		for p.more() {
			n, err := p.repeated()
			if err != nil {
				return nil, err
			}
			seq.children = append(seq.children, n)
		}
		out.children = append(out.children, seq)
		if !p.skip("|") {
			return out, nil
		}
	}
}

// repeated reads one part with its quantifier.
func (p *expressionParser) repeated() (*node, error) {
	n, err := p.part()
	if err != nil {
		return nil, err
	}
	for p.pos < len(p.text) {
		low, high, ok := p.quantifier()
		if !ok {
			break
		}
		n = &node{kind: matchRepeat, children: []*node{n}, min: low, max: high}
		if p.skip("?") {
			n.lazy = true
		} else if p.skip("+") {
			n = &node{kind: matchAtomic, children: []*node{n}}
		}
	}
	return n, nil
}

// quantifier reads a quantifier; a "{" that begins none stands for itself.
func (p *expressionParser) quantifier() (low, high int, ok bool) {
	switch {
	case p.skip("*"):
		return 0, -1, true
	case p.skip("+"):
		return 1, -1, true
	case p.skip("?"):
		return 0, 1, true
	case !strings.HasPrefix(p.text[p.pos:], "{"):
		return 0, 0, false
	}
	inside, _, found := strings.Cut(p.text[p.pos+1:], "}")
	first, last, comma := strings.Cut(inside, ",")
	low, ok = parseNumber(first)
	if !found || !ok || low > 1000 {
		return 0, 0, false
	}
	high = low
	if comma {
		if high = -1; last != "" {
			if high, ok = parseNumber(last); !ok || high > 1000 || high < low {
				return 0, 0, false
			}
		}
	}
	p.pos += len(inside) + 2
	return low, high, true
}

// part reads one part without its quantifier.
func (p *expressionParser) part() (*node, error) {
	c := p.text[p.pos]
	p.pos++
	switch c {
	case '(':
		return p.parenthesis()
	case '[':
		return p.class()
	case '\\':
		return p.escaped()
	case '^':
		return &node{kind: matchStart}, nil
	case '$':
		return &node{kind: matchEnd}, nil
	case '.':
		return setNode(func(b byte) bool { return b != '\n' }), nil
	case '*', '+', '?':
		return nil, errExpression
	}
	return p.literal(c), nil
}

func setNode(has func(byte) bool) *node {
	n := &node{kind: matchSet, set: new([256]bool)}
	for b := range 256 {
		n.set[b] = has(byte(b))
	}
	return n
}

// literal returns a node for one byte.
func (p *expressionParser) literal(c byte) *node {
	return setNode(func(b byte) bool { return b == c || p.fold && lowerByte(b) == lowerByte(c) })
}

func lowerByte(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// parenthesis reads what follows "(".
func (p *expressionParser) parenthesis() (*node, error) {
	n := &node{kind: matchGroup, n: -1}
	fold := p.fold
	switch {
	case p.skip("?:"):
	case p.skip("?i)"):
		p.fold = true
		return &node{}, nil
	case p.skip("?i:"):
		p.fold = true
	case p.skip("?="):
		n.kind = matchAhead
	case p.skip("?!"):
		n.kind, n.not = matchAhead, true
	case p.skip("?<="):
		n.kind = matchBehind
	case p.skip("?<!"):
		n.kind, n.not = matchBehind, true
	case p.skip("?>"):
		n.kind = matchAtomic
	case p.skip("?P<"), p.skip("?<"):
		name, _, found := strings.Cut(p.text[p.pos:], ">")
		if !found || name == "" {
			return nil, errExpression
		}
		p.pos += len(name) + 1
		p.open(n, name)
	case p.skip("?"), p.skip("*"):
		return nil, errExpression
	default:
		p.open(n, "")
	}
	inside, err := p.either()
	if err != nil || !p.skip(")") {
		return nil, errExpression
	}
	p.fold = fold
	n.children = []*node{inside}
	return n, nil
}

// open makes a node a capturing group.
func (p *expressionParser) open(n *node, name string) {
	n.n = p.e.groups
	p.e.groups++
	p.e.names = append(p.e.names, name)
}

// kinds are the sets that a backslash and a letter stand for.
var kinds = map[byte]func(byte) bool{
	'd': func(b byte) bool { return '0' <= b && b <= '9' }, 'w': isWordByte,
	's': func(b byte) bool { return isSpace(b) || b == '\v' || b == '\f' },
	'h': func(b byte) bool { return b == ' ' || b == '\t' },
}

// escaped reads what follows a backslash outside a class.
func (p *expressionParser) escaped() (*node, error) {
	if p.pos == len(p.text) {
		return nil, errExpression
	}
	c := p.text[p.pos]
	p.pos++
	switch {
	case kinds[c] != nil:
		return setNode(kinds[c]), nil
	case kinds[lowerByte(c)] != nil:
		has := kinds[lowerByte(c)]
		return setNode(func(b byte) bool { return !has(b) }), nil
	case c == 'b' || c == 'B':
		return &node{kind: matchBoundary, not: c == 'B'}, nil
	case c == 'A':
		return &node{kind: matchStart}, nil
	case c == 'z':
		return &node{kind: matchVeryEnd}, nil
	case c == 'Z':
		return &node{kind: matchEnd}, nil
	case '1' <= c && c <= '9':
		if int(c-'0') >= p.e.groups {
			return nil, errExpression
		}
		return &node{kind: matchBack, n: int(c - '0'), fold: p.fold}, nil
	}
	b, ok := p.char(c)
	if !ok {
		return nil, errExpression
	}
	return p.literal(b), nil
}

// char returns the byte that a backslash and a byte stand for.
func (p *expressionParser) char(c byte) (byte, bool) {
	switch c {
	case 't':
		return '\t', true
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 'f':
		return '\f', true
	case 'x':
		if p.pos+2 <= len(p.text) {
			high, ok1 := hexDigit(p.text[p.pos])
			low, ok2 := hexDigit(p.text[p.pos+1])
			p.pos += 2
			return high<<4 | low, ok1 && ok2
		}
		return 0, false
	}
	return c, !isWordByte(c) || c == '_'
}

// posix are the sets that have names in a class.
var posix = map[string]func(byte) bool{
	"alpha": func(b byte) bool { return 'a' <= lowerByte(b) && lowerByte(b) <= 'z' },
	"digit": kinds['d'], "space": kinds['s'], "word": isWordByte,
	"alnum":  func(b byte) bool { return isWordByte(b) && b != '_' },
	"upper":  func(b byte) bool { return 'A' <= b && b <= 'Z' },
	"lower":  func(b byte) bool { return 'a' <= b && b <= 'z' },
	"xdigit": func(b byte) bool { _, ok := hexDigit(b); return ok },
}

// class reads what follows "[".
func (p *expressionParser) class() (*node, error) {
	set := new([256]bool)
	not := p.skip("^")
	for first := true; ; first = false {
		if p.pos >= len(p.text) {
			return nil, errExpression
		}
		if p.text[p.pos] == ']' && !first {
			p.pos++
			break
		}
		if err := p.classPart(set); err != nil {
			return nil, err
		}
	}
	out := setNode(func(b byte) bool {
		in := set[b] || p.fold && (set[lowerByte(b)] || 'a' <= b && b <= 'z' && set[b-'a'+'A'])
		return in != not
	})
	return out, nil
}

// classPart reads a byte, a range or a named set of a class.
func (p *expressionParser) classPart(set *[256]bool) error {
	if p.skip("[:") {
		name, _, _ := strings.Cut(p.text[p.pos:], ":]")
		has := posix[fetch.ByteLowercase(name)]
		if has == nil {
			return errExpression
		}
		p.pos += len(name) + 2
		addSet(set, has)
		return nil
	}
	low, has, err := p.classByte()
	if err != nil || has != nil {
		addSet(set, has)
		return err
	}
	high := low
	if p.pos+1 < len(p.text) && p.text[p.pos] == '-' && p.text[p.pos+1] != ']' {
		p.pos++
		if high, has, err = p.classByte(); err != nil || has != nil || high < low {
			return errExpression
		}
	}
	addSet(set, func(b byte) bool { return low <= b && b <= high })
	return nil
}

func addSet(set *[256]bool, has func(byte) bool) {
	for b := range 256 {
		if has != nil && has(byte(b)) {
			set[b] = true
		}
	}
}

// classByte reads one byte of a class, or a set such as \d.
func (p *expressionParser) classByte() (b byte, has func(byte) bool, err error) {
	c := p.text[p.pos]
	p.pos++
	if c != '\\' {
		return c, nil, nil
	}
	if p.pos == len(p.text) {
		return 0, nil, errExpression
	}
	c = p.text[p.pos]
	p.pos++
	if has = kinds[c]; has != nil {
		return 0, has, nil
	}
	if inner := kinds[lowerByte(c)]; inner != nil {
		return 0, func(b byte) bool { return !inner(b) }, nil
	}
	if c == 'b' {
		return '\b', nil, nil
	}
	b, ok := p.char(c)
	if !ok {
		return 0, nil, errExpression
	}
	return b, nil, nil
}
