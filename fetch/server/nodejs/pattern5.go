package nodejs

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/dlclark/regexp2/v2"
)

// token5 is a part of a path in the notation of path-to-regexp 8: a text, a
// parameter, a wildcard, or a group that may be missing.
type token5 struct {
	kind  byte // 't', ':', '*', '{'
	text  string
	group []token5
}

// parser5 reads paths of path-to-regexp 8.
type parser5 struct {
	path []rune
	i    int
}

// pattern5 returns the pattern of a path in Express 5.
func (r *router) pattern5(p pattern, text string) pattern {
	if out, ok := simplePattern(p, text, `:*{}()[]+?!\`, isWordAndStart); ok {
		return out
	}
	in := &parser5{path: []rune(text)}
	tokens, message := in.tokens(0)
	if message != "" {
		r.badPath(message, text)
	}
	var all [][]token5
	flatten5(tokens, nil, func(seq []token5) { all = append(all, append([]token5(nil), seq...)) })
	if len(all) > 256 {
		r.badPath("Too many path combinations", text)
	}
	var sources []string
	for _, seq := range all {
		b := builder5{tokens: seq}
		source, message := b.source()
		if message != "" {
			r.badPath(message, text)
		}
		sources = append(sources, source)
		p.keys = append(p.keys, b.keys...)
	}
	re := "^(?:" + strings.Join(sources, "|") + ")"
	if !p.strict {
		re += `(?:\/$)?`
	}
	if p.end {
		re += "$"
	} else {
		re += `(?=\/|$)`
	}
	p.re = r.compile(re)
	return p
}

func isWordAndStart(s string) bool { return isWord(s) && (s[0] < '0' || s[0] > '9') }

// badPath throws the error of path-to-regexp.
func (r *router) badPath(message, path string) {
	if path != "" {
		message += ": " + path
	}
	panic(r.m.vm.NewTypeError(message + "; visit https://git.new/pathToRegexpError for info"))
}

// compile compiles the source of a JavaScript regular expression.
func (r *router) compile(source string) *regexp2.Regexp {
	options := regexp2.RegexOptions(regexp2.ECMAScript)
	if !r.sensitive {
		options |= regexp2.IgnoreCase
	}
	re, err := regexp2.Compile(source, options)
	if err != nil {
		r.m.refuse("the path "+source+" is not modelled", "write it without regular expressions")
		r.m.checkStopped()
	}
	return re
}

// tokens reads tokens up to a closing character; 0 is the end.
func (in *parser5) tokens(end rune) (out []token5, message string) {
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			out = append(out, token5{kind: 't', text: text.String()})
			text.Reset()
		}
	}
	for in.i < len(in.path) {
		c := in.path[in.i]
		in.i++
		switch {
		case c == end && end != 0:
			flush()
			return out, ""
		case c == '\\':
			if in.i == len(in.path) {
				return nil, fmt.Sprintf(`Unexpected end after \ at index %d`, in.i)
			}
			text.WriteRune(in.path[in.i])
			in.i++
		case c == ':' || c == '*':
			name, message := in.name()
			if message != "" {
				return nil, message
			}
			flush()
			out = append(out, token5{kind: byte(c), text: name})
		case c == '{':
			flush()
			group, message := in.tokens('}')
			if message != "" {
				return nil, message
			}
			out = append(out, token5{kind: '{', group: group})
		case strings.ContainsRune("}()[]+?!", c):
			return nil, fmt.Sprintf("Unexpected %c at index %d", c, in.i-1)
		default:
			text.WriteRune(c)
		}
	}
	if end != 0 {
		return nil, fmt.Sprintf("Unexpected end at index %d, expected %c", in.i, end)
	}
	flush()
	return out, ""
}

var (
	nameStart = regexp.MustCompile(`^[$_\p{L}\p{Nl}]$`)
	nameGoOn  = regexp.MustCompile(`^[$_\x{200c}\x{200d}\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]$`)
)

// name reads the name of a parameter or a wildcard.
func (in *parser5) name() (name, message string) {
	var b strings.Builder
	if in.i < len(in.path) && nameStart.MatchString(string(in.path[in.i])) {
		for in.i < len(in.path) && nameGoOn.MatchString(string(in.path[in.i])) {
			b.WriteRune(in.path[in.i])
			in.i++
		}
	} else if in.i < len(in.path) && in.path[in.i] == '"' {
		start := in.i
		closed := false
		for in.i++; in.i < len(in.path); in.i++ {
			if in.path[in.i] == '"' {
				closed = true
				in.i++
				break
			}
			if in.path[in.i] == '\\' && in.i+1 < len(in.path) {
				in.i++
			}
			b.WriteRune(in.path[in.i])
		}
		if !closed {
			return "", fmt.Sprintf("Unterminated quote at index %d", start)
		}
	}
	if b.Len() == 0 {
		return "", fmt.Sprintf("Missing parameter name at index %d", in.i)
	}
	return b.String(), ""
}

// flatten5 calls f with each sequence of tokens, with and without each group.
func flatten5(tokens []token5, before []token5, f func([]token5)) {
	for i, t := range tokens {
		if t.kind == '{' {
			rest := tokens[i+1:]
			flatten5(t.group, append([]token5(nil), before...), func(seq []token5) { flatten5(rest, seq, f) })
			continue
		}
		before = append(before[:len(before):len(before)], t)
	}
	f(before)
}

// builder5 makes the source of a regular expression of tokens.
type builder5 struct {
	tokens             []token5
	keys               []key
	out                strings.Builder
	backtrack          string
	wildcardBacktrack  string
	previous, segments int // 1 a parameter, 2 a wildcard
}

func (b *builder5) source() (source, message string) {
	for i, t := range b.tokens {
		if t.kind == 't' {
			b.out.WriteString(escape5(t.text))
			b.backtrack += t.text
			if b.previous == 2 {
				b.wildcardBacktrack += t.text
			}
			if strings.Contains(t.text, "/") {
				b.segments = 0
			}
			continue
		}
		if b.previous != 0 && b.backtrack == "" {
			return "", fmt.Sprintf("Missing text before %q %s", t.text, map[byte]string{':': "param", '*': "wildcard"}[t.kind])
		}
		if t.kind == ':' {
			b.out.WriteString(b.param(i))
			b.previous = 1
		} else {
			b.out.WriteString(b.wildcard())
			b.wildcardBacktrack, b.previous = "", 2
		}
		b.segments |= b.previous
		b.keys = append(b.keys, key{name: t.text, list: t.kind == '*'})
		b.backtrack = ""
	}
	return b.out.String(), ""
}

func (b *builder5) param(i int) string {
	switch {
	case b.segments&2 != 0:
		return "(" + negate5("/", b.backtrack) + "+)"
	case b.wildcardLater(i + 1):
		return "(" + negate5("/", b.textAt(i+1)) + "+)"
	case b.segments&1 != 0:
		return "(" + negate5("/", b.backtrack) + "+|" + escape5(b.backtrack) + ")"
	}
	return "(" + negate5("/", "") + "+)"
}

func (b *builder5) wildcard() string {
	switch {
	case b.segments&2 != 0:
		return "(" + negate5(b.backtrack, "") + "+)"
	case b.wildcardBacktrack != "":
		return "(" + negate5(b.wildcardBacktrack, "") + "+|" + negate5("/", "") + "+)"
	}
	return `([\s\S]+)`
}

// wildcardLater reports whether a wildcard follows in the same segment.
func (b *builder5) wildcardLater(i int) bool {
	for ; i < len(b.tokens); i++ {
		if b.tokens[i].kind == '*' {
			return true
		}
		if b.tokens[i].kind == 't' && strings.Contains(b.tokens[i].text, "/") {
			return false
		}
	}
	return false
}

// textAt returns the text that follows.
func (b *builder5) textAt(i int) string {
	out := ""
	for ; i < len(b.tokens) && b.tokens[i].kind == 't'; i++ {
		out += b.tokens[i].text
	}
	return out
}

// negate5 returns the source that matches one character that begins neither text.
func negate5(a, b string) string {
	if len(b) > len(a) {
		a, b = b, a
	}
	if a == b {
		b = ""
	}
	switch {
	case len(b) > 1:
		return "(?:(?!" + escape5(a) + "|" + escape5(b) + `)[\s\S])`
	case len(a) > 1 && b == "":
		return "(?:(?!" + escape5(a) + `)[\s\S])`
	case len(a) > 1:
		return "(?:(?!" + escape5(a) + ")[^" + escape5(b) + "])"
	}
	return "[^" + escape5(a+b) + "]"
}

// escape5 escapes a text for a regular expression.
func escape5(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(`.+*?^${}()[]|/\`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
