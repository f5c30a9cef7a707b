package capture

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// jsBlank is the value of an expression that is not known.
type jsBlank struct{ source string }

// name returns the last name in a blank, such as "token" of this.auth.token.
func (b *jsBlank) name() string {
	text := strings.TrimRight(strings.TrimSuffix(b.source, "()"), "!?")
	i := len(text)
	for i > 0 && isNameByte(text[i-1]) {
		i--
	}
	if name := text[i:]; name != "" {
		return name
	}
	return "value"
}

// isPath reports whether the blank is a name, or names with dots between them.
func (b *jsBlank) isPath() bool {
	return b.source != "" && !strings.ContainsFunc(b.source, func(r rune) bool { return r != '.' && (r >= 0x80 || !isNameByte(byte(r))) })
}

func isNameByte(c byte) bool {
	return c == '_' || c == '$' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// jsJoined is text of which parts are not known. Its parts are strings and blanks.
type jsJoined struct{ parts []jsValue }

// with appends a value as text.
func (j *jsJoined) with(value jsValue) *jsJoined {
	switch value := value.(type) {
	case *jsJoined:
		for _, part := range value.parts {
			j.with(part)
		}
	case *jsBlank:
		j.parts = append(j.parts, value)
	case string, float64, bool, nil:
		text := textOf(value)
		if last := len(j.parts) - 1; last >= 0 {
			if before, ok := j.parts[last].(string); ok {
				j.parts[last] = before + text
				return j
			}
		}
		if text != "" {
			j.parts = append(j.parts, text)
		}
	default:
		j.parts = append(j.parts, &jsBlank{"the value"})
	}
	return j
}

// value returns a string if all parts are known.
func (j *jsJoined) value() jsValue {
	switch len(j.parts) {
	case 0:
		return ""
	case 1:
		if text, ok := j.parts[0].(string); ok {
			return text
		}
	}
	return j
}

// textOf returns a primitive value as the text that JavaScript makes of it.
func textOf(value jsValue) string {
	switch value := value.(type) {
	case string:
		return value
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(value)
	}
	return "undefined"
}

// jsMade is the result of new or of a call, and of the methods that are called on it.
type jsMade struct {
	name      string // "new Headers", "axios.create"
	arguments []jsNode
	chain     []jsCalled
}

// jsCalled is the call of a method.
type jsCalled struct {
	method    string
	arguments []jsNode
}

// value reads an expression up to the comma or the bracket that ends it.
func (s *jsScanner) value() (jsNode, error) {
	if err := s.skip(); err != nil {
		return jsNode{}, err
	}
	if s.depth++; s.depth > maxDepth {
		return jsNode{}, s.errorAt(s.at, "the literals are nested too deeply")
	}
	defer func() { s.depth-- }()
	start := s.at
	node, err := s.operand()
	for err == nil {
		if err = s.skip(); err != nil || s.atDelimiter() {
			return node, err
		}
		rest := s.input[s.at:]
		switch {
		case strings.HasPrefix(rest, "+") && !strings.HasPrefix(rest, "++") && isText(node.value):
			node, err = s.joined(node)
		case strings.HasPrefix(rest, "||") || strings.HasPrefix(rest, "??"):
			return s.orElse(node)
		case s.peekName() == "as":
			return node, s.leave()
		default:
			return s.blank(start)
		}
	}
	return node, err
}

// isText reports whether a plus after a value joins text.
func isText(value jsValue) bool {
	switch value.(type) {
	case string, *jsJoined, *jsBlank:
		return true
	}
	return false
}

// joined reads a plus and what follows, as text.
func (s *jsScanner) joined(left jsNode) (jsNode, error) {
	s.at++
	if err := s.skip(); err != nil {
		return left, err
	}
	right, err := s.operand()
	left.value = new(jsJoined).with(left.value).with(right.value).value()
	return left, err
}

// orElse reads || or ?? and what follows. An unknown value has that as its default.
func (s *jsScanner) orElse(left jsNode) (jsNode, error) {
	s.at += 2
	right, err := s.value()
	if _, unknown := left.value.(*jsBlank); unknown && err == nil {
		return right, nil
	}
	return left, err
}

// atDelimiter reports whether the next character ends an expression.
func (s *jsScanner) atDelimiter() bool {
	return s.at >= len(s.input) || strings.IndexByte(",)]};", s.input[s.at]) >= 0
}

// leave skips the rest of an expression.
func (s *jsScanner) leave() error {
	_, err := s.blank(s.at)
	return err
}

// named returns the value of a name.
func (s *jsScanner) named(path string, offset int) jsNode {
	if node, ok := s.names[path]; ok {
		return node
	}
	return jsNode{&jsBlank{path}, offset}
}

// operand reads a literal, a name, or what follows new.
func (s *jsScanner) operand() (jsNode, error) {
	node := jsNode{offset: s.at}
	if s.at >= len(s.input) {
		return node, s.errorAt(s.at, "expected a value here, not the end")
	}
	var err error
	switch c := s.input[s.at]; {
	case c == '"' || c == '\'' || c == '`':
		node.value, err = s.text()
	case c == '{':
		node.value, err = s.object()
	case c == '[':
		node.value, err = s.array()
	case c == '-' || '0' <= c && c <= '9':
		node.value, err = s.number()
	case c == '<' || s.peekName() == "":
		return s.blank(s.at)
	default:
		return s.word()
	}
	return node, err
}

// word reads an operand that begins with a name.
func (s *jsScanner) word() (jsNode, error) {
	start := s.at
	name := s.peekName()
	switch name {
	case "null", "undefined":
		s.at += len(name)
		return jsNode{nil, start}, nil
	case "true", "false":
		s.at += len(name)
		return jsNode{name == "true", start}, nil
	case "await":
		s.at += len(name)
		if err := s.skip(); err != nil {
			return jsNode{}, err
		}
		return s.operand()
	case "new":
		s.at += len(name)
		if err := s.skip(); err != nil {
			return jsNode{}, err
		}
		return s.made("new "+s.path(), start)
	case "function", "async", "class", "typeof", "void", "delete":
		return s.blank(start)
	}
	path := s.path()
	if strings.HasPrefix(s.input[s.at:], "(") && slices.Contains(evaluated, path) {
		return s.made(path, start)
	}
	return s.named(path, start), nil
}

// evaluated are the functions whose result is known from their arguments.
var evaluated = []string{"JSON.stringify", "axios.create", "encodeURIComponent", "encodeURI", "String", "ky.create", "ky.extend", "$.param", "JSON.parse", "structuredClone", "qs.stringify"}

// path reads names with dots between them; a question mark or an exclamation mark may
// are before a dot, and ['name'] counts as .name.
func (s *jsScanner) path() string {
	var path strings.Builder
	for {
		name := s.peekName()
		path.WriteString(name)
		s.at += len(name)
		rest := strings.TrimLeft(s.input[s.at:], "?!")
		if name == "" || len(s.input[s.at:])-len(rest) > 1 {
			return path.String()
		}
		if key, ok := bracketKey(rest); ok {
			path.WriteString("." + key)
			s.at = len(s.input) - len(rest) + len(key) + len("['']")
			rest = s.input[s.at:]
		}
		next, dot := strings.CutPrefix(rest, ".")
		first, _ := utf8.DecodeRuneInString(next)
		if !dot || first != '_' && first != '$' && (first < 'A' || first > 'z' && first < 0x80) {
			return path.String()
		}
		path.WriteByte('.')
		s.at = len(s.input) - len(next)
	}
}

// bracketKey returns the name in ['name'] or ["name"] at the beginning of a text.
func bracketKey(text string) (string, bool) {
	if len(text) < 5 || text[0] != '[' || text[1] != '\'' && text[1] != '"' {
		return "", false
	}
	key, after, ok := strings.Cut(text[2:], text[1:2])
	return key, ok && strings.HasPrefix(after, "]") && len(key) < 100 && !strings.ContainsAny(key, "\\\n")
}

// made reads the arguments of new or of a call, and the methods that are called on the result.
func (s *jsScanner) made(name string, start int) (jsNode, error) {
	made := &jsMade{name: name}
	if err := s.skipTypes(); err != nil {
		return jsNode{}, err
	}
	if strings.HasPrefix(s.input[s.at:], "(") {
		var err error
		if made.arguments, err = s.arguments(); err != nil {
			return jsNode{}, err
		}
	}
	for {
		mark := s.at
		dot, err := s.take(".")
		if err != nil || !dot {
			return jsNode{made.value(), start}, err
		}
		method := s.peekName()
		s.at += len(method)
		if !strings.HasPrefix(s.input[s.at:], "(") {
			s.at = mark
			return jsNode{made.value(), start}, nil
		}
		arguments, err := s.arguments()
		if err != nil {
			return jsNode{}, err
		}
		made.chain = append(made.chain, jsCalled{method, arguments})
	}
}

// arguments reads arguments in parentheses.
func (s *jsScanner) arguments() ([]jsNode, error) {
	var out []jsNode
	err := s.list(")", func() error {
		node, err := s.value()
		out = append(out, node)
		return err
	})
	return out, err
}

// skipTypes skips the type arguments of TypeScript before parentheses, such as <User[]>.
func (s *jsScanner) skipTypes() error {
	if err := s.skip(); err != nil || !strings.HasPrefix(s.input[s.at:], "<") {
		return err
	}
	depth := 0
	for i := s.at; i < len(s.input) && i < s.at+1000; i++ {
		switch c := s.input[i]; {
		case c == '<':
			depth++
		case c == '>' && s.input[i-1] != '=':
			if depth--; depth == 0 {
				if i+1 < len(s.input) && s.input[i+1] == '(' {
					s.at = i + 1
				}
				return nil
			}
		case c == '(' || c == ')' || c == '\n':
			return nil
		}
	}
	return nil
}

// value returns the value that a call is known to have, or the call itself.
func (m *jsMade) value() jsValue {
	if len(m.arguments) == 0 || len(m.chain) > 0 {
		return m
	}
	first := m.arguments[0].value
	switch m.name {
	case "JSON.stringify":
		var w strings.Builder
		writeJSON(&w, first)
		return w.String()
	case "encodeURIComponent", "encodeURI", "String":
		if isText(first) {
			return first
		}
	}
	return m
}
