package caddy

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// An expression is a part of the matcher expression, in the language CEL
// (https://github.com/google/cel-spec). Its value is a string, an int64, a bool, a
// list ([]any), or nil for null; ok is false when CEL has an error.
type expression func(x *exchange) (value any, ok bool)

// expressionReader reads an expression.
type expressionReader struct {
	b    *builder
	pos  server.Position
	text string
	at   int
	deep int
}

// maxExpressionDepth is how deep parentheses, lists and "!" may be nested.
const maxExpressionDepth = 200

// expression reads the matcher expression.
func (b *builder) expression(pos server.Position, text string) (condition, error) {
	r := &expressionReader{b: b, pos: pos, text: text}
	e, err := r.choice()
	if r.space(); err == nil && r.at < len(r.text) {
		err = r.refuse()
	}
	if err != nil {
		return nil, err
	}
	return func(x *exchange) bool {
		v, ok := e(x)
		holds, isBool := v.(bool)
		if !ok || !isBool {
			x.unknownBecause(pos, "the value of the expression "+text, "compare values of one type")
			return false
		}
		return holds
	}, nil
}

func (r *expressionReader) refuse() error {
	return refuse(r.pos, "the expression "+r.text+" is not modelled from "+strconv.Quote(r.text[r.at:])+" on", "write it with path, method and header")
}

func (r *expressionReader) space() {
	for r.at < len(r.text) && strings.IndexByte(" \t\r\n", r.text[r.at]) >= 0 {
		r.at++
	}
}

// takes skips a text if it comes next.
func (r *expressionReader) takes(text string) bool {
	r.space()
	if !strings.HasPrefix(r.text[r.at:], text) {
		return false
	}
	r.at += len(text)
	return true
}

// choice reads terms that "||" joins.
func (r *expressionReader) choice() (expression, error) {
	return r.joined("||", true, func() (expression, error) { return r.joined("&&", false, r.relation) })
}

// joined reads terms with one operator; the first term whose value is decides ends the
// evaluation.
func (r *expressionReader) joined(operator string, decides bool, term func() (expression, error)) (expression, error) {
	first, err := term()
	for err == nil && r.takes(operator) {
		var second expression
		left := first
		if second, err = term(); err != nil {
			break
		}
		first = func(x *exchange) (any, bool) {
			a, ok := left(x)
			if ok && a == any(decides) {
				return decides, true
			}
			b, ok2 := second(x)
			if ok2 && b == any(decides) {
				return decides, true
			}
			_, isBool := b.(bool)
			return b, ok && ok2 && isBool
		}
	}
	return first, err
}

// relation reads a comparison.
func (r *expressionReader) relation() (expression, error) {
	left, err := r.unary()
	if err != nil {
		return nil, err
	}
	for _, operator := range []string{"==", "!=", "<=", ">=", "<", ">", "in "} {
		if !r.takes(operator) {
			continue
		}
		right, err := r.unary()
		return func(x *exchange) (any, bool) {
			a, ok := left(x)
			b, ok2 := right(x)
			v, ok3 := relate(operator, a, b)
			return v, ok && ok2 && ok3
		}, err
	}
	return left, nil
}

// relate compares two values.
func relate(operator string, a, b any) (value, ok bool) {
	if operator == "in " {
		list, ok := b.([]any)
		for _, v := range list {
			if v == a {
				return true, ok
			}
		}
		return false, ok
	}
	if isList(a) || isList(b) {
		return false, false
	}
	switch operator {
	case "==":
		return a == b, sameType(a, b)
	case "!=":
		return a != b, sameType(a, b)
	}
	order := 0
	switch a := a.(type) {
	case int64:
		b, isInt := b.(int64)
		if !isInt {
			return false, false
		}
		order = int(min(max(a-b, -1), 1))
	case string:
		b, isText := b.(string)
		if !isText {
			return false, false
		}
		order = strings.Compare(a, b)
	default:
		return false, false
	}
	return map[string]bool{"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[operator], true
}

func isList(v any) bool { _, ok := v.([]any); return ok }

// sameType reports whether two values can be compared; null can be compared with each.
func sameType(a, b any) bool {
	if a == nil || b == nil {
		return true
	}
	switch a.(type) {
	case string:
		_, ok := b.(string)
		return ok
	case int64:
		_, ok := b.(int64)
		return ok
	}
	_, ok := b.(bool)
	return ok
}

func (r *expressionReader) unary() (expression, error) {
	if r.deep++; r.deep > maxExpressionDepth {
		return nil, r.refuse()
	}
	defer func() { r.deep-- }()
	if r.space(); strings.HasPrefix(r.text[r.at:], "!") && !strings.HasPrefix(r.text[r.at:], "!=") {
		r.at++
		inner, err := r.unary()
		return func(x *exchange) (any, bool) {
			v, ok := inner(x)
			b, isBool := v.(bool)
			return !b, ok && isBool
		}, err
	}
	e, err := r.primary()
	for err == nil && r.takes(".") {
		e, err = r.method(e)
	}
	return e, err
}

// primary reads a literal, a placeholder, a list, a matcher or an expression in
// parentheses.
func (r *expressionReader) primary() (expression, error) {
	r.space()
	if r.at == len(r.text) {
		return nil, r.refuse()
	}
	switch c := r.text[r.at]; {
	case c == '(':
		r.at++
		e, err := r.choice()
		if err == nil && !r.takes(")") {
			err = r.refuse()
		}
		return e, err
	case c == '[':
		r.at++
		list, err := r.list("]")
		return func(x *exchange) (any, bool) { return values(x, list) }, err
	case c == '{':
		return r.placeholder()
	case c == '"' || c == '\'':
		text, err := r.quoted()
		return literal(text), err
	case c >= '0' && c <= '9' || c == '-':
		begin := r.at
		for r.at++; r.at < len(r.text) && r.text[r.at] >= '0' && r.text[r.at] <= '9'; r.at++ {
		}
		n, err := strconv.ParseInt(r.text[begin:r.at], 10, 64)
		if err != nil {
			err = r.refuse()
		}
		return literal(n), err
	}
	return r.name()
}

func literal(v any) expression { return func(*exchange) (any, bool) { return v, true } }

// values evaluates a list.
func values(x *exchange, list []expression) (any, bool) {
	out := []any{}
	for _, e := range list {
		v, ok := e(x)
		if !ok {
			return nil, false
		}
		out = append(out, v)
	}
	return out, true
}

// list reads expressions with commas between them, up to a closing text.
func (r *expressionReader) list(closing string) ([]expression, error) {
	var out []expression
	for !r.takes(closing) {
		e, err := r.choice()
		if err != nil {
			return nil, err
		}
		out = append(out, e)
		if !r.takes(",") && !strings.HasPrefix(r.text[r.at:], closing) {
			return nil, r.refuse()
		}
	}
	return out, nil
}

var placeholderName = regexp.MustCompile(`^\{([\w.-]+)\}`)

// numbers are the placeholders whose values are numbers.
var numbers = map[string]bool{"http.error.status_code": true, "http.reverse_proxy.status_code": true}

func (r *expressionReader) placeholder() (expression, error) {
	m := placeholderName.FindStringSubmatch(r.text[r.at:])
	if m == nil {
		return nil, r.refuse()
	}
	r.at += len(m[0])
	name := long(m[1])
	return func(x *exchange) (any, bool) {
		v, ok := x.value(name)
		if !ok {
			return nil, true
		}
		if numbers[name] {
			n, err := strconv.ParseInt(v, 10, 64)
			return n, err == nil
		}
		return v, true
	}, nil
}

// quoted reads a string.
func (r *expressionReader) quoted() (string, error) {
	quote := r.text[r.at]
	var out strings.Builder
	for i := r.at + 1; i < len(r.text); i++ {
		switch c := r.text[i]; {
		case c == quote:
			r.at = i + 1
			return out.String(), nil
		case c == '\\' && i+1 < len(r.text):
			i++
			if strings.IndexByte("\\\"'`?", r.text[i]) < 0 {
				return "", r.refuse()
			}
			out.WriteByte(r.text[i])
		default:
			out.WriteByte(c)
		}
	}
	return "", start(r.pos, "compiling CEL program: Syntax error: token recognition error at: '%s'", r.text[r.at:])
}

// word reads a name.
func (r *expressionReader) word() string {
	begin := r.at
	for r.at < len(r.text) && (r.text[r.at] == '_' || r.text[r.at] >= 'a' && r.text[r.at] <= 'z' || r.text[r.at] >= 'A' && r.text[r.at] <= 'Z') {
		r.at++
	}
	return r.text[begin:r.at]
}

// name reads true, false, null, or a matcher such as path("/x").
func (r *expressionReader) name() (expression, error) {
	begin := r.at
	switch name := r.word(); name {
	case "true", "false":
		return literal(name == "true"), nil
	case "null":
		return literal(nil), nil
	case "path", "method", "host", "protocol":
		if !r.takes("(") {
			break
		}
		var args []token
		for !r.takes(")") {
			if r.space(); r.at == len(r.text) || r.text[r.at] != '"' && r.text[r.at] != '\'' {
				return nil, r.refuse()
			}
			text, err := r.quoted()
			if err != nil {
				return nil, err
			}
			args = append(args, token{text: text, pos: r.pos})
			r.takes(",")
		}
		c, err := r.b.condition(new(matcher), name, []*segment{{name: token{text: name, pos: r.pos}, args: args}})
		return func(x *exchange) (any, bool) { return c(x), true }, err
	}
	r.at = begin
	return nil, r.refuse()
}

// method reads a call of a method of strings.
func (r *expressionReader) method(receiver expression) (expression, error) {
	begin := r.at
	name := r.word()
	call := map[string]func(s, arg string) (any, bool){
		"startsWith": func(s, arg string) (any, bool) { return strings.HasPrefix(s, arg), true },
		"endsWith":   func(s, arg string) (any, bool) { return strings.HasSuffix(s, arg), true },
		"contains":   func(s, arg string) (any, bool) { return strings.Contains(s, arg), true },
		"matches": func(s, arg string) (any, bool) {
			re, err := regexp.Compile(arg)
			return err == nil && re.MatchString(s), err == nil
		},
	}[name]
	if call == nil || !r.takes("(") {
		r.at = begin
		return nil, r.refuse()
	}
	args, err := r.list(")")
	if err == nil && len(args) != 1 {
		err = r.refuse()
	}
	if err != nil {
		return nil, err
	}
	return func(x *exchange) (any, bool) {
		v, ok := receiver(x)
		arg, ok2 := args[0](x)
		s, isText := v.(string)
		a, isText2 := arg.(string)
		if !ok || !ok2 || !isText || !isText2 {
			return nil, false
		}
		return call(s, a)
	}, nil
}
