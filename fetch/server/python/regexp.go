package python

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// pattern is a compiled regular expression.
type pattern struct {
	source string
	at     server.Position
	// full, prefix and search match the whole text, its beginning and a part.
	full, prefix, search *matcher
}

// compile compiles a regular expression of Python. Go's regular expressions mean
// the same where they exist; look-around and back references are left to a
// backtracking matcher.
func (in *interp) compile(at server.Position, source string, ignoreCase bool) (*pattern, error) {
	text, simple := translate(source)
	flags := ""
	if ignoreCase {
		flags = "(?i)"
	}
	p := &pattern{source: source, at: at}
	forms := []struct {
		to   **matcher
		text string
	}{{&p.search, flags + text}, {&p.prefix, flags + `\A(?:` + text + `)`}, {&p.full, flags + `\A(?:` + text + `)\z`}}
	for _, f := range forms {
		m, err := newMatcher(f.text, simple)
		if err == nil {
			*f.to = m
			continue
		}
		if simple && invalidInPython(err.Error()) {
			return nil, in.raise(at, "ValueError", "re.error: %s", err.Error())
		}
		return nil, &server.InputError{Position: at, Problem: "the regular expression " + quote(source) + " is not modelled", Help: "write it in another way"}
	}
	return p, nil
}

// invalidInPython reports whether an error of Go's is one of Python's as well.
func invalidInPython(text string) bool {
	for _, part := range []string{"missing argument to repetition", "missing closing", "unexpected )", "invalid character class range", "missing closing ]", "trailing backslash", "invalid nested repetition"} {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// translate writes a regular expression of Python in Go's form; simple is false
// when it has what Go's do not have.
func translate(source string) (text string, simple bool) {
	simple = true
	for _, part := range []string{"(?=", "(?!", "(?<=", "(?<!", "(?P=", "(?(", "(?>"} {
		if strings.Contains(source, part) {
			simple = false
		}
	}
	var b strings.Builder
	class := false
	for i := 0; i < len(source); i++ {
		c := source[i]
		switch {
		case c == '\\' && i+1 < len(source):
			i++
			switch n := source[i]; {
			case n == 'Z':
				b.WriteString(`\z`)
			case n >= '1' && n <= '9' && !class:
				simple = false
				b.WriteString(source[i-1 : i+1])
			case n == '_' || n >= 0x80 || n == ' ':
				b.WriteByte(n)
			case n == 'u' && i+4 < len(source):
				b.WriteString(`\x{` + source[i+1:i+5] + `}`)
				i += 4
			default:
				b.WriteString(source[i-1 : i+1])
			}
		case c == '[' && !class:
			class = true
			b.WriteByte(c)
			if i+1 < len(source) && source[i+1] == '^' {
				i++
				b.WriteByte('^')
			}
			if i+1 < len(source) && source[i+1] == ']' {
				i++
				b.WriteString(`\]`)
			}
		case c == '[':
			b.WriteString(`\[`)
		case c == ']':
			class = false
			b.WriteByte(c)
		case c == '{' && !class && strings.HasPrefix(source[i:], "{,"):
			b.WriteString("{0,")
			i++
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), simple
}

func (p *pattern) typeName() string { return "Pattern" }

func (p *pattern) attr(in *interp, name string) (value, error) {
	switch name {
	case "pattern":
		return p.source, nil
	case "match", "fullmatch", "search", "findall", "sub", "split":
		return fn(name, func(in *interp, a *args) (value, error) { return p.apply(in, name, a) }), nil
	}
	return nil, nil
}

// regexp returns the regular expression of a function of re.
func (p *pattern) regexp(name string) *matcher {
	switch name {
	case "match":
		return p.prefix
	case "fullmatch":
		return p.full
	}
	return p.search
}

// apply applies a function of re to arguments without the pattern.
func (p *pattern) apply(in *interp, name string, a *args) (value, error) {
	if u := firstUnknown(a.pos...); u != nil {
		return u, nil
	}
	i := 0
	if name == "sub" {
		i = 1
	}
	s, ok := a.or(i, "string", none{}).(string)
	if !ok {
		return nil, in.raise(a.at, "TypeError", "expected string or bytes-like object")
	}
	if p.search.re == nil && (name == "sub" || name == "split" || name == "findall") {
		return unknownf(a.at, "", "re.%s() with look-around", name), nil
	}
	switch name {
	case "sub":
		r, ok := a.or(0, "repl", "").(string)
		if !ok || strings.Contains(r, `\g`) {
			return unknownf(a.at, "", "re.sub()"), nil
		}
		for n := range 10 {
			r = strings.ReplaceAll(r, `\`+string(rune('0'+n)), `${`+string(rune('0'+n))+`}`)
		}
		return p.search.re.ReplaceAllString(s, r), nil
	case "split":
		return stringList(p.search.re.Split(s, -1)), nil
	case "findall":
		out := &list{}
		for _, m := range p.search.re.FindAllStringSubmatch(s, -1) {
			switch len(m) {
			case 1, 2:
				out.items = append(out.items, m[len(m)-1])
			default:
				out.items = append(out.items, &tuple{stringList(m[1:]).items})
			}
		}
		return out, nil
	}
	re := p.regexp(name)
	m := re.FindStringSubmatchIndex(s)
	if m == nil {
		return none{}, nil
	}
	return &match{s, m, re.SubexpNames()}, nil
}

// match is a match of a regular expression.
type match struct {
	text  string
	index []int
	names []string
}

func (m *match) typeName() string { return "Match" }

// group returns a group; none when it took no part.
func (m *match) group(i int) value {
	if i < 0 || 2*i+1 >= len(m.index) || m.index[2*i] < 0 {
		return none{}
	}
	return m.text[m.index[2*i]:m.index[2*i+1]]
}

func (m *match) attr(_ *interp, name string) (value, error) {
	switch name {
	case "group", "__getitem__":
		return fn(name, func(in *interp, a *args) (value, error) { return m.getItem(in, a.or(0, "", int64(0))) }), nil
	case "groups":
		return fn(name, func(*interp, *args) (value, error) {
			out := &tuple{}
			for i := 1; i < len(m.names); i++ {
				out.items = append(out.items, m.group(i))
			}
			return out, nil
		}), nil
	case "groupdict":
		return fn(name, func(*interp, *args) (value, error) {
			d := newDict()
			for i, n := range m.names {
				if n != "" {
					d.put(n, m.group(i))
				}
			}
			return d, nil
		}), nil
	}
	return nil, nil
}

func (m *match) getItem(in *interp, key value) (value, error) {
	if i, ok := asInt(key); ok {
		return m.group(int(i)), nil
	}
	for i, n := range m.names {
		if n == str(key) && n != "" {
			return m.group(i), nil
		}
	}
	return nil, in.raise(at0, "IndexError", "no such group")
}

func (m *match) setItem(*interp, value, value) error   { return nil }
func (m *match) delItem(*interp, value) error          { return nil }
func (m *match) contains(*interp, value) (bool, error) { return false, nil }

// addRe fills the module re.
func (in *interp) addRe(m *lib) {
	flags := map[string]int64{"IGNORECASE": 2, "I": 2, "MULTILINE": 8, "M": 8, "DOTALL": 16, "S": 16, "VERBOSE": 64, "X": 64, "ASCII": 256, "A": 256, "UNICODE": 32, "U": 32}
	for name, v := range flags {
		m.attrs[name] = v
	}
	m.attrs["error"] = in.classes["ValueError"]
	m.attrs["Pattern"] = &typing{"Pattern"}
	m.attrs["escape"] = pure("escape", func(_ *interp, _ *args, v value) (value, error) { return escapeRe(str(v)), nil })
	m.attrs["compile"] = fn("compile", func(in *interp, a *args) (value, error) { return in.patternOf(a, a.or(1, "flags", int64(0))) })
	for i, name := range []string{"match", "fullmatch", "search", "findall", "split", "sub"} {
		m.attrs[name] = fn(name, func(in *interp, a *args) (value, error) {
			n := 2
			if i == 5 {
				n = 4
			}
			p, err := in.patternOf(a, a.or(n, "flags", int64(0)))
			c, ok := p.(*pattern)
			if err != nil || !ok {
				return p, err
			}
			return c.apply(in, name, a.shift())
		})
	}
}

// patternOf returns the pattern that is the first argument.
func (in *interp) patternOf(a *args, flags value) (value, error) {
	switch p := a.or(0, "pattern", "").(type) {
	case *pattern:
		return p, nil
	case *unknown:
		return p, nil
	case string:
		f, ok := asInt(flags)
		if !ok {
			return unknownf(a.at, "", "a flag of a regular expression"), nil
		}
		if f&64 != 0 {
			return nil, &server.InputError{Position: a.at, Problem: "re.VERBOSE is not modelled", Help: "write the regular expression without spaces and comments"}
		}
		if f&16 != 0 {
			p = "(?s)" + p
		}
		if f&8 != 0 {
			p = "(?m)" + p
		}
		return in.compile(a.at, p, f&2 != 0)
	}
	return nil, in.raise(a.at, "TypeError", "first argument must be string or compiled pattern")
}

// escapeRe returns re.escape(s).
func escapeRe(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("()[]{}?*+-|^$\\.&~# \t\n\r\v\f", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
