package nginx

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// value is a text with variables.
type value struct {
	text  string // as it is in the configuration
	parts []part // nil when there are no variables
	at    server.Position
}

// part is a piece of text, a variable, or the capture of a regular expression.
type part struct {
	text     string
	variable *variable
	capture  int // -1 for none
}

// hasVariables reports whether the value depends on the request.
func (v *value) hasVariables() bool { return v.parts != nil }

func isWordByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
}

// value compiles a text with variables.
func (c *compiler) value(text string, at server.Position) (*value, error) {
	v := &value{text: text, at: at}
	if strings.IndexByte(text, '$') < 0 {
		return v, nil
	}
	for rest := text; rest != ""; {
		plain, after, found := strings.Cut(rest, "$")
		if plain != "" {
			v.parts = append(v.parts, part{text: plain, capture: -1})
		}
		if !found {
			break
		}
		p, n, message := c.reference(after, at)
		if message != "" {
			return nil, &server.StartError{Position: at, Message: message}
		}
		v.parts = append(v.parts, p)
		rest = after[n:]
	}
	return v, nil
}

// reference reads what follows a "$": a number, a name, or a name in braces. It
// returns how many bytes that is, or nginx's message.
func (c *compiler) reference(s string, at server.Position) (p part, n int, message string) {
	if s != "" && '1' <= s[0] && s[0] <= '9' {
		return part{capture: int(s[0] - '0')}, 1, ""
	}
	braces := strings.HasPrefix(s, "{")
	start := 0
	if braces {
		start = 1
	}
	n = start
	for n < len(s) && isWordByte(s[n]) {
		n++
	}
	name := s[start:n]
	if braces {
		if n == len(s) || s[n] != '}' {
			return p, 0, fmt.Sprintf(`the closing bracket in "%s" variable is missing`, name)
		}
		n++
	}
	if name == "" {
		return p, 0, "invalid variable name"
	}
	return part{variable: c.variable(name, at), capture: -1}, n, ""
}

// pattern compiles a regular expression.
func (c *compiler) pattern(text string, caseless bool, at server.Position) (*pattern, error) {
	source := text
	if caseless {
		source = "(?i)" + text
	}
	p := &pattern{text: text, at: at}
	re, err := regexp.Compile(source)
	if err == nil {
		p.find = func(s string) ([]int, bool) { return re.FindStringSubmatchIndex(s), true }
		p.name(c, re.SubexpNames())
		return p, nil
	}
	e, own := parseExpression(text, caseless)
	if own != nil {
		return nil, patternError(text, err, at)
	}
	p.find = e.find
	p.name(c, e.names)
	return p, nil
}

// name makes variables of the groups that have names.
func (p *pattern) name(c *compiler, groups []string) {
	p.names = make([]*variable, len(groups))
	for i, name := range groups {
		if name != "" {
			p.names[i] = c.variable(name, p.at)
			p.names[i].settable = true
		}
	}
}

// patternError returns the error for a regular expression that does not compile:
// nginx's own when PCRE refuses it too, and otherwise one that says that the
// expression is not modelled.
func patternError(text string, err error, at server.Position) error {
	if e, ok := err.(*syntax.Error); ok {
		message := ""
		switch e.Code {
		case syntax.ErrMissingParen:
			message = "missing closing parenthesis"
		case syntax.ErrUnexpectedParen:
			message = "unmatched closing parenthesis"
		case syntax.ErrMissingBracket:
			message = "missing terminating ] for character class"
		case syntax.ErrMissingRepeatArgument:
			message = "quantifier does not follow a repeatable item"
		case syntax.ErrTrailingBackslash:
			message = `\ at end of pattern`
		case syntax.ErrInvalidCharRange:
			message = "range out of order in character class"
		}
		if message != "" && !strings.Contains(text, "(?") {
			return &server.StartError{Position: at, Message: fmt.Sprintf(`pcre2_compile() failed: %s in "%s"`, message, text)}
		}
	}
	return &server.InputError{
		Position: at, Problem: fmt.Sprintf("the regular expression %q is not modelled (%v)", text, err),
		Help: "write a simpler one", Err: err,
	}
}

// match matches a text and keeps the captures.
func (r *run) match(p *pattern, text string) bool {
	found, ok := p.find(text)
	if !ok {
		r.fail(&server.UnknownError{Position: p.at, What: "whether the regular expression " + p.text + " matches, which takes too many steps", Help: "write a simpler one"})
	}
	if found == nil {
		return false
	}
	r.subject, r.captures = text, found
	for i, v := range p.names {
		if v != nil {
			r.setVariable(v, r.capture(i), nil)
		}
	}
	return true
}

// capture returns a group of the last regular expression that matched.
func (r *run) capture(n int) string {
	if 2*n+1 >= len(r.captures) || r.captures[2*n] < 0 {
		return ""
	}
	return r.subject[r.captures[2*n]:r.captures[2*n+1]]
}

// eval returns a value for the request, and what of it is not known.
func (r *run) eval(v *value) (string, *server.UnknownError) {
	if v.parts == nil {
		return v.text, nil
	}
	if len(v.parts) == 1 {
		return r.evalPart(&v.parts[0])
	}
	var b strings.Builder
	var unknown *server.UnknownError
	for i := range v.parts {
		s, u := r.evalPart(&v.parts[i])
		if u != nil && unknown == nil {
			unknown = u
		}
		b.WriteString(s)
	}
	return b.String(), unknown
}

func (r *run) evalPart(p *part) (string, *server.UnknownError) {
	switch {
	case p.variable != nil:
		return r.variable(p.variable)
	case p.capture >= 0:
		return r.capture(p.capture), nil
	}
	return p.text, nil
}

// known returns a value; a part that is not known makes the answer fail.
func (r *run) known(v *value) string {
	s, unknown := r.eval(v)
	if unknown != nil {
		r.fail(unknown)
	}
	return s
}
