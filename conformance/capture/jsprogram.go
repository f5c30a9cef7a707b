package capture

import (
	"strings"
	"unicode/utf8"
)

// jsProgram is what a text of JavaScript says about a request: the calls that make one, in the
// order of the text, and what is set before.
type jsProgram struct {
	scanner *jsScanner
	given   map[string]jsNode // the values that the user gives
	calls   []jsCall
	// assigned has the values that are assigned to members, by their path.
	assigned map[string]jsNode
	// headers are those that setRequestHeader sets.
	headers []jsMember
	hasXHR  bool // the text names XMLHttpRequest
	// hasSuperagent reports whether the text names superagent.
	hasSuperagent bool
	budget        int // how many bytes of values may still be read
}

// jsCall is a call of a function by its path, such as axios.post.
type jsCall struct {
	path      string
	arguments []jsNode
	offset    int
}

// readProgram reads a text. It reads it twice, because a constant may be below the
// function that uses it.
func readProgram(source string, given map[string]string) (*jsProgram, error) {
	p := &jsProgram{
		scanner: &jsScanner{input: source, names: make(map[string]jsNode)}, given: make(map[string]jsNode),
		hasXHR: strings.Contains(source, "XMLHttpRequest"), hasSuperagent: strings.Contains(source, "superagent"),
	}
	for name, value := range given {
		p.given[name] = jsNode{value: givenValue(value)}
	}
	for range 2 {
		p.calls, p.headers, p.assigned = nil, nil, make(map[string]jsNode)
		p.scanner.at, p.budget = 0, 20*len(source)+1<<20
		for name, node := range p.given {
			p.scanner.names[name] = node
		}
		if err := p.walk(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// givenValue returns the value that the user gives for a name.
func givenValue(text string) jsValue {
	switch text {
	case "true", "false":
		return text == "true"
	}
	return text
}

// walk reads the text from the beginning to the end.
func (p *jsProgram) walk() error {
	s := p.scanner
	for s.at < len(s.input) {
		if s.skip() != nil {
			s.at += len("/*") // a comment that does not end, or a glob in a text
			continue
		}
		if s.at >= len(s.input) {
			return nil
		}
		c := s.input[s.at]
		switch {
		case s.peekName() != "":
			if err := p.name(); err != nil {
				return err
			}
		case c == '"' || c == '\'' || c == '`':
			if s.skipText() != nil {
				s.at++ // an apostrophe in a text
			}
		default:
			_, size := utf8.DecodeRuneInString(s.input[s.at:])
			s.at += size
		}
	}
	return nil
}

// name reads what begins with a name: a declaration, an assignment or a call.
func (p *jsProgram) name() error {
	s := p.scanner
	start := s.at
	path := p.onLines(s.path(), start)
	switch path {
	case "const", "let", "var":
		return p.declaration()
	case "new", "await", "return", "async", "export", "default", "typeof":
		return nil
	}
	if err := s.skipTypes(); err != nil {
		return nil // a comment that does not end
	}
	rest := s.input[s.at:]
	switch {
	case strings.HasPrefix(rest, "(") && p.isOfInterest(path, start):
		return p.call(path, start)
	case strings.HasPrefix(rest, "=") && len(rest) > 1 && rest[1] != '=' && rest[1] != '>':
		s.at++
		node, ok := p.known()
		if ok {
			p.declare(path, node)
		}
		if ok || strings.Contains(path, ".headers.") && node.value != nil {
			p.assigned[path] = node
		}
	}
	return nil
}

// onLines returns the path of a call of a client whose parts are on lines of their own.
// It returns any other path as it is.
func (p *jsProgram) onLines(path string, start int) string {
	const most = 200 // bytes that are looked at
	before, ok := strings.CutSuffix(p.scanner.input[max(0, start-most):start], ".")
	if !ok {
		return path
	}
	before = strings.TrimRight(before, " \t\r\n")
	begin := strings.LastIndexFunc(before, func(r rune) bool {
		return r != '.' && r != '_' && r != '$' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if whole := before[begin+1:] + "." + path; whole[0] != '.' {
		if _, isClient := p.clientOf(whole); isClient {
			return whole
		}
	}
	return path
}

// call reads the arguments of a call. There may be calls in them, such as that of
// setRequestHeader in the settings of jQuery, so the walk goes on there.
func (p *jsProgram) call(path string, start int) error {
	s := p.scanner
	open := s.at
	arguments, err := s.arguments()
	if err != nil {
		return err
	}
	if p.isChainStep(path, start) {
		path = "." + path
	}
	p.called(jsCall{path, arguments, start})
	if p.budget -= s.at - open; p.budget > 0 {
		s.at = open + 1
	}
	return nil
}

// declaration reads the rest of a declaration: a name, perhaps its type, and a value.
func (p *jsProgram) declaration() error {
	s := p.scanner
	if s.skip() != nil {
		return nil
	}
	name := s.peekName()
	s.at += len(name)
	line, _, _ := strings.Cut(s.input[s.at:min(len(s.input), s.at+200)], "\n")
	before, after, ok := strings.Cut(line, "=")
	typed := strings.TrimSpace(before)
	if name == "" || !ok || strings.HasPrefix(after, "=") || strings.HasPrefix(after, ">") || typed != "" && typed[0] != ':' {
		return nil
	}
	s.at += len(before) + 1
	if node, ok := p.known(); ok {
		p.declare(name, node)
	}
	return nil
}

// declare gives a name its value, unless the user gave it.
func (p *jsProgram) declare(name string, node jsNode) {
	if _, ok := p.given[name]; !ok {
		p.scanner.names[name] = node
	}
}

// known reads the value of a declaration, if it is known. The walk continues at its beginning,
// because there may be calls in it.
func (p *jsProgram) known() (jsNode, bool) {
	s := p.scanner
	start := s.at
	defer func() { s.at = start }()
	if p.budget <= 0 || s.skip() != nil {
		return jsNode{}, false
	}
	node, err := s.value()
	p.budget -= s.at - start
	if _, unknown := node.value.(*jsBlank); err != nil || unknown {
		return p.firstLine(start)
	}
	return node, true
}

// firstLine reads a value that ends with its line, as in code without semicolons.
func (p *jsProgram) firstLine(start int) (jsNode, bool) {
	line, _, _ := strings.Cut(p.scanner.input[start:], "\n")
	one := &jsScanner{input: line, names: p.scanner.names}
	node, err := one.value()
	p.budget -= len(line)
	if _, unknown := node.value.(*jsBlank); err != nil || unknown {
		return node, false
	}
	node.offset += start
	return node, true
}

// isOfInterest reports whether a call makes a request or prepares one.
func (p *jsProgram) isOfInterest(path string, start int) bool {
	if start > 0 && strings.HasSuffix(strings.TrimRight(p.scanner.input[max(0, start-12):start], " \t"), "function") {
		return false // a declaration of a function with this name
	}
	_, ok := p.clientOf(path)
	return ok || p.isChainStep(path, start) || preparations[lastName(path)] && strings.Contains(path, ".")
}

// preparations are the methods that change headers or a request.
var preparations = map[string]bool{"append": true, "set": true, "setRequestHeader": true, "open": true, "send": true}

func lastName(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// called takes a call up.
func (p *jsProgram) called(c jsCall) {
	receiver, method := "", c.path
	if i := strings.LastIndexByte(c.path, '.'); i >= 0 {
		receiver, method = c.path[:i], c.path[i+1:]
	}
	if made, ok := p.scanner.names[receiver].value.(*jsMade); ok && (method == "append" || method == "set") {
		// The constant stays as it is, because the text is read twice.
		changed := *made
		changed.chain = append(made.chain[:len(made.chain):len(made.chain)], jsCalled{method, c.arguments})
		p.scanner.names[receiver] = jsNode{&changed, c.offset}
		return
	}
	if method == "setRequestHeader" && len(c.arguments) == 2 {
		if name, ok := c.arguments[0].value.(string); ok {
			p.headers = append(p.headers, jsMember{name, c.offset, c.arguments[1]})
		}
		return
	}
	p.calls = append(p.calls, c)
}
