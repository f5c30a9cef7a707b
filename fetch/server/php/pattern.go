package php

import (
	"regexp"
	"strings"
)

// patternFunctions are the functions of regular expressions.
func patternFunctions() map[string]builtin {
	return map[string]builtin{
		"preg_match":            {f: pregMatch, byRef: 3},
		"preg_match_all":        {f: pregMatchAll, byRef: 3},
		"preg_replace":          plain(pregReplace),
		"preg_replace_callback": raw(pregCallback),
		"preg_split":            plain(pregSplit),
		"preg_quote":            plain(func(c *args) value { return pregQuote(c.text(0), c.text(1)) }),
		"preg_grep": plain(func(c *args) value {
			return c.keep(1, func(e entry) bool {
				re, u := c.pattern(c.text(0), toString(e.v))
				if u != nil {
					panic(stops{u.err})
				}
				return re.MatchString(toString(e.v))
			})
		}),
	}
}

func pregQuote(s, delimiter string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(`.\+*?[^]$(){}=!<>|:-#/`, s[i]) >= 0 && s[i] != '/' || delimiter != "" && s[i] == delimiter[0] {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// pattern returns the regular expression of a pattern for a subject; the second
// result is not nil when Go's expressions do not mean the same.
func (c *args) pattern(text, subject string) (*regexp.Regexp, *unknown) {
	refuse := func(why string) *unknown {
		return c.r.unknown(c.pos, "what the pattern "+text+" matches: "+why, "write it without, or compare strings")
	}
	text = strings.TrimLeft(text, " \t\n\r\v\f")
	if text == "" || isDigit(text[0]) || isNameStart(text[0]) || text[0] == '\\' {
		return nil, refuse("it has no delimiters")
	}
	end := text[0]
	if i := strings.IndexByte("([{<", end); i >= 0 {
		end = ")]}>"[i]
	}
	last := strings.LastIndexByte(text[1:], end)
	if last < 0 {
		return nil, refuse("it has no end")
	}
	body, flags := text[1:1+last], text[2+last:]
	goFlags, why := translateFlags(flags)
	if why == "" {
		body, why = translatePattern(body, end)
	}
	if strings.HasSuffix(subject, "\n") && strings.Contains(body, "$") {
		why = "the text ends with a line break"
	}
	if !isASCII(subject) && !strings.Contains(flags, "u") {
		why = "the text is not ASCII"
	}
	if why != "" {
		return nil, refuse(why)
	}
	if strings.Contains(flags, "A") {
		body = `\A(?:` + body + `)`
	}
	re, err := regexp.Compile(goFlags + body)
	if err != nil {
		return nil, refuse("it is not modelled (" + err.Error() + ")")
	}
	return re, nil
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// translateFlags returns the flags in Go's notation.
func translateFlags(flags string) (out, why string) {
	set := ""
	for _, f := range flags {
		switch f {
		case 'i', 'm', 's':
			if !strings.ContainsRune(set, f) {
				set += string(f)
			}
		case 'U':
			set += "U"
		case 'u', 'A', 'D', 'S', '\n', ' ', '\r':
		default:
			return "", "its flag " + string(f) + " is not modelled"
		}
	}
	if set == "" {
		return "", ""
	}
	return "(?" + set + ")", ""
}

// translatePattern returns a pattern in Go's notation; why is not "" when it has none.
func translatePattern(p string, delimiter byte) (out, why string) {
	var b strings.Builder
	class := false
	for i := 0; i < len(p); i++ {
		c := p[i]
		rest := p[i:]
		switch {
		case c == '\\' && i+1 < len(p):
			i++
			s, ok := translateEscape(p[i], class, delimiter)
			if !ok {
				return "", "it has \\" + string(p[i])
			}
			b.WriteString(s)
			continue
		case class && c == ']':
			class = false
		case class && c == '[' && !strings.HasPrefix(rest, "[:"):
			b.WriteByte('\\')
		case class && strings.HasPrefix(rest, "[:"):
			if n := strings.Index(rest, ":]"); n > 0 {
				b.WriteString(rest[:n+2])
				i += n + 1
				continue
			}
		case !class && c == '[':
			class = true
			b.WriteByte(c)
			if strings.HasPrefix(rest, "[^") {
				b.WriteByte('^')
				i++
			}
			if i+1 < len(p) && p[i+1] == ']' {
				b.WriteString(`\]`)
				i++
			}
			continue
		case !class && strings.HasPrefix(rest, "(?") && !plainGroup(rest):
			return "", "it has a group that is not modelled"
		case !class && (strings.HasPrefix(rest, "++") || strings.HasPrefix(rest, "*+") || strings.HasPrefix(rest, "?+") || strings.HasPrefix(rest, "}+")):
			return "", "it has a possessive quantifier"
		}
		b.WriteByte(c)
	}
	return b.String(), ""
}

// plainGroup reports whether a group means the same in Go.
func plainGroup(s string) bool {
	for _, p := range []string{"(?:", "(?P<", "(?i)", "(?i:", "(?s)", "(?m)"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return strings.HasPrefix(s, "(?<") && len(s) > 3 && isNameStart(s[3])
}

// translateEscape returns what follows a backslash in Go's notation.
func translateEscape(c byte, class bool, delimiter byte) (string, bool) {
	switch {
	case c == 's' && class:
		return `\t-\r `, true
	case c == 's':
		return `[\t-\r ]`, true
	case c == 'S' && !class:
		return `[^\t-\r ]`, true
	case c == 'h' && !class:
		return `[ \t]`, true
	case c == 'Z':
		return `\z`, true
	case c == 'e':
		return `\x1b`, true
	case strings.IndexByte("dDwWtnrfvxaz", c) >= 0, strings.IndexByte("bBA", c) >= 0 && !class:
		return `\` + string(c), true
	case isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		return "", false
	}
	return `\` + string(c), c < 0x80
}

// groups returns the groups of a match as preg_match gives them.
func groups(re *regexp.Regexp, s string, at []int) *array {
	out := new(array)
	last := len(at)/2 - 1
	for last > 0 && at[2*last] < 0 {
		last--
	}
	for i := 0; i <= last; i++ {
		text := ""
		if at[2*i] >= 0 {
			text = s[at[2*i]:at[2*i+1]]
		}
		if name := re.SubexpNames()[i]; name != "" {
			out.setText(name, text)
		}
		out.set(key{number: int64(i)}, text)
	}
	return out
}

func pregMatch(c *args) value {
	s := c.text(1)
	re, u := c.pattern(c.text(0), s)
	if u != nil {
		c.set(&unknown{err: u.err})
		return u
	}
	c.r.charge(c.pos, len(s)*4)
	at := re.FindStringSubmatchIndex(s)
	if at == nil {
		c.set(new(array))
		return int64(0)
	}
	c.set(groups(re, s, at))
	return int64(1)
}

func pregMatchAll(c *args) value {
	s := c.text(1)
	re, u := c.pattern(c.text(0), s)
	if u != nil {
		c.set(&unknown{err: u.err})
		return u
	}
	c.r.charge(c.pos, len(s)*16)
	all := re.FindAllStringSubmatchIndex(s, -1)
	out := new(array)
	for i, name := range re.SubexpNames() {
		column := new(array)
		for _, at := range all {
			text := ""
			if at[2*i] >= 0 {
				text = s[at[2*i]:at[2*i+1]]
			}
			column.append(text)
		}
		if name != "" {
			out.setText(name, column)
		}
		out.set(key{number: int64(i)}, column)
	}
	if c.integer(3, 1) == 2 {
		out = new(array)
		for _, at := range all {
			out.append(groups(re, s, at))
		}
	}
	c.set(out)
	return int64(len(all))
}

func pregReplace(c *args) value {
	s := c.text(2)
	patterns := []value{c.arg(0)}
	if a, ok := c.arg(0).(*array); ok {
		patterns = a.values()
	}
	to, isList := c.arg(1).(*array)
	for i, p := range patterns {
		re, u := c.pattern(toString(p), s)
		if u != nil {
			return u
		}
		with := ""
		if !isList {
			with = toString(c.arg(1))
		} else if i < to.len() {
			with = toString(to.values()[i])
		}
		c.r.charge(c.pos, len(s)*16)
		s = re.ReplaceAllString(s, replacement(with))
		if len(s) > maxString {
			panic(stops{c.r.unknownError(c.pos, "a string of this length", "")})
		}
	}
	return s
}

// replacement returns a replacement in Go's notation: $1 and \1 become ${1}.
func replacement(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if (s[i] == '$' || s[i] == '\\') && i+1 < len(s) && isDigit(s[i+1]) {
			n := i + 2
			if n < len(s) && isDigit(s[n]) {
				n++
			}
			b.WriteString("${" + s[i+1:n] + "}")
			i = n - 1
			continue
		}
		if s[i] == '$' {
			b.WriteByte('$')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func pregCallback(c *args) value {
	if u := unknownWithin(c.list); u != nil {
		return &unknown{err: u.err}
	}
	s := c.text(2)
	re, u := c.pattern(c.text(0), s)
	if u != nil {
		return u
	}
	var b strings.Builder
	end := 0
	for _, at := range re.FindAllStringSubmatchIndex(s, -1) {
		b.WriteString(s[end:at[0]])
		v := c.r.callValue(c.pos, c.arg(1), groups(re, s, at))
		if u := unknownIn(v); u != nil {
			return &unknown{err: u.err}
		}
		b.WriteString(c.r.text(c.pos, v))
		end = at[1]
	}
	return b.String() + s[end:]
}

func pregSplit(c *args) value {
	s := c.text(1)
	re, u := c.pattern(c.text(0), s)
	if u != nil {
		return u
	}
	if c.integer(3, 0) > 1 {
		return c.unknown("")
	}
	limit := int(c.integer(2, -1))
	if limit == 0 {
		limit = -1
	}
	out := new(array)
	for _, part := range re.Split(s, limit) {
		if part != "" || c.integer(3, 0) == 0 {
			out.append(part)
		}
	}
	return out
}
