package ruby

import (
	"regexp"
	"strconv"
	"strings"
)

// pattern is a Regexp.
type pattern struct{ source, flags string }

// compile returns the pattern in Go's notation; it stops where that has none.
func (m *machine) compile(at pos, p *pattern) *regexp.Regexp {
	key := p.flags + "/" + p.source
	if re := m.patterns[key]; re != nil {
		return re
	}
	re := m.compileNew(at, p)
	if len(m.patterns) < maxPatterns {
		m.patterns[key] = re
	}
	return re
}

// maxPatterns is how many compiled patterns a machine keeps.
const maxPatterns = 200

func (m *machine) compileNew(at pos, p *pattern) *regexp.Regexp {
	source, why := translate(p.source)
	flags := "m" // "^" and "$" match at each line
	for _, f := range p.flags {
		switch f {
		case 'i':
			flags += "i"
		case 'm':
			flags += "s"
		case 'x':
			source = withoutSpace(source)
		}
	}
	re, err := regexp.Compile("(?" + flags + ")" + source)
	if err != nil && why == "" {
		why = "it is not modelled (" + err.Error() + ")"
	}
	if why != "" {
		panic(stops{m.unknownError(at, "what the pattern /"+p.source+"/ matches: "+why, "write it without, or compare strings")})
	}
	return re
}

// match returns where a pattern matches.
func (m *machine) match(at pos, p *pattern, s string) []int {
	m.steps += len(s) / 16
	return m.compile(at, p).FindStringSubmatchIndex(s)
}

// withoutSpace leaves out the spaces and comments of an extended pattern.
func withoutSpace(s string) string {
	var b strings.Builder
	class := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			b.WriteString(s[i : i+2])
			i++
			continue
		case c == '[':
			class = true
		case c == ']':
			class = false
		case !class && strings.IndexByte(" \t\n\r", c) >= 0:
			continue
		case !class && c == '#':
			for i+1 < len(s) && s[i+1] != '\n' {
				i++
			}
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// translate returns a pattern in Go's notation; why is not "" when it has none.
func translate(p string) (out, why string) {
	var b strings.Builder
	class := false
	for i := 0; i < len(p); i++ {
		c := p[i]
		rest := p[i:]
		switch {
		case c == '\\' && i+1 < len(p):
			i++
			s, ok := escapeOf(p[i], class)
			if !ok {
				return "", "it has \\" + string(p[i])
			}
			b.WriteString(s)
			continue
		case class && c == ']':
			class = false
		case class && strings.HasPrefix(rest, "[:"):
			if n := strings.Index(rest, ":]"); n > 0 {
				b.WriteString(rest[:n+2])
				i += n + 1
				continue
			}
		case class && (c == '[' || strings.HasPrefix(rest, "&&")):
			return "", "it has a set within a set"
		case c == '[':
			class = true
		case strings.HasPrefix(rest, "(?") && !plainGroup(rest):
			return "", "it has a group that is not modelled"
		case strings.HasPrefix(rest, "++") || strings.HasPrefix(rest, "*+") || strings.HasPrefix(rest, "?+"):
			return "", "it has a possessive quantifier"
		}
		b.WriteByte(c)
	}
	return b.String(), ""
}

func plainGroup(s string) bool {
	for _, p := range []string{"(?:", "(?i:", "(?i)"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return strings.HasPrefix(s, "(?<") && len(s) > 3 && s[3] != '=' && s[3] != '!'
}

func escapeOf(c byte, class bool) (string, bool) {
	switch {
	case c == 'h' && class:
		return "0-9a-fA-F", true
	case c == 'h':
		return "[0-9a-fA-F]", true
	case c == 'Z':
		return `\n?\z`, !class
	case strings.IndexByte("dDwWsStnrfvaz", c) >= 0, strings.IndexByte("bBA", c) >= 0 && !class:
		return `\` + string(c), true
	case c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		return "", false
	}
	return `\` + string(c), c < 0x80
}

// patternMethod is a method of a pattern.
func (m *machine) patternMethod(p *pattern, c *call) (value, bool) {
	switch c.name {
	case "match?", "===":
		s, ok := c.arg(0).(string)
		return ok && m.match(c.at, p, s) != nil, true
	case "=~", "match":
		s, ok := c.arg(0).(string)
		if !ok {
			return nil, true
		}
		return m.matchText(s, &call{at: c.at, name: c.name, args: []value{p}}), true
	case "source":
		return p.source, true
	case "to_s":
		return text(p), true
	}
	return nil, false
}

// matchText is =~ and match: the place, or what matched.
func (m *machine) matchText(s string, c *call) value {
	p, ok := c.arg(0).(*pattern)
	if !ok {
		p = &pattern{source: text(c.arg(0))}
	}
	data, at := m.matchData(c.at, p, s)
	switch {
	case data == nil:
		return nil
	case c.name == "=~":
		return int64(at)
	}
	return data
}

// matchData matches a pattern and sets $~ and $1 to $9; the first result is nil when it
// does not match.
func (m *machine) matchData(where pos, p *pattern, s string) (data value, place int) {
	for i := range 10 {
		delete(m.globals, "$"+strconv.Itoa(i))
	}
	m.globals["$~"] = nil
	at := m.match(where, p, s)
	if at == nil {
		return nil, 0
	}
	groups, named := new(list), new(hash)
	names := m.compile(where, p).SubexpNames()
	for i := 0; 2*i+1 < len(at); i++ {
		var v value
		if at[2*i] >= 0 {
			v = s[at[2*i]:at[2*i+1]]
		}
		groups.items = append(groups.items, v)
		if i > 0 && i < 10 {
			m.globals["$"+strconv.Itoa(i)] = v
		}
		if names[i] != "" {
			named.set(symbol(names[i]), v)
			named.set(names[i], v)
		}
	}
	data = matchObject(groups, named, s[:at[0]], s[at[1]:])
	m.globals["$~"] = data
	return data, at[0]
}

// matchObject is the object MatchData.
func matchObject(groups *list, named *hash, before, after string) value {
	return &native{name: "MatchData", call: func(m *machine, c *call) (value, bool) {
		switch c.name {
		case "[]":
			if _, isInt := c.arg(0).(int64); isInt {
				return m.listIndex(groups, c), true
			}
			v, _ := named.get(c.arg(0))
			return v, true
		case "captures":
			return &list{items: groups.items[1:]}, true
		case "to_a":
			return groups, true
		case "to_s":
			return groups.items[0], true
		case "pre_match":
			return before, true
		case "post_match":
			return after, true
		}
		return nil, false
	}}
}

func (m *machine) scan(s string, c *call) value {
	p, ok := c.arg(0).(*pattern)
	if !ok {
		return m.unknown(c.at, "the value of String#scan", "")
	}
	return textList(m.compile(c.at, p).FindAllString(s, -1))
}
