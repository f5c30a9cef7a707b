package nodejs

import (
	"regexp"
	"strconv"
	"strings"
)

// pattern4 returns the pattern of a path in Express 4.
func (r *router) pattern4(p pattern, text string) pattern {
	if text == "*" {
		p.every = true
		return p
	}
	plain := text
	if !p.strict && len(plain) > 1 {
		plain = strings.TrimSuffix(plain, "/")
	}
	if out, ok := simplePattern(p, plain, `:*{}()[]+?!\^$|`, isWord); ok {
		return out
	}
	source, keys := source4(text)
	if !p.strict {
		if strings.HasSuffix(source, "/") {
			source += "?"
		} else {
			source += "/?"
		}
	}
	if p.end {
		source += "$"
	} else if !strings.HasSuffix(source, "/") {
		source += "(?=/|$)"
	}
	p.keys = keys
	p.re = r.compile("^" + source)
	return p
}

var parts4 = regexp.MustCompile(`\\.|(/)?(\.)?:(\w+)(\(.*?\))?(\*)?(\?)?|[.*]|/\(`)

// source4 returns the source of the regular expression of a path, and its captures.
func source4(path string) (string, []key) {
	var out strings.Builder
	last, backtrack := 0, ""
	type named struct {
		name string
		at   int
	}
	var names []named
	for _, m := range parts4.FindAllStringSubmatchIndex(path, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return path[m[2*i]:m[2*i+1]]
		}
		out.WriteString(path[last:m[0]])
		all := path[m[0]:m[1]]
		slash, format := group(1), group(2)
		switch {
		case all[0] == '\\':
			backtrack += all
			out.WriteString(all)
		case all == ".":
			backtrack += `\.`
			out.WriteString(`\.`)
		case all == "*":
			backtrack = ""
			out.WriteString("(.*)")
		case all == "/(":
			backtrack += "/"
			out.WriteString("/(?:")
		default:
			if slash != "" || format != "" {
				backtrack = ""
			} else {
				backtrack += path[last:m[0]]
			}
			if format != "" {
				format = `\.`
			}
			names = append(names, named{group(3), out.Len()})
			out.WriteString(param4(slash, format, group(4), backtrack, group(5), group(6)))
			backtrack = ""
		}
		last = m[1]
	}
	out.WriteString(path[last:])
	source := out.String()
	number, i := 0, 0
	var keys []key
	for _, at := range captures(source) {
		if i < len(names) && names[i].at <= at {
			keys = append(keys, key{name: names[i].name})
			i++
			continue
		}
		keys = append(keys, key{name: strconv.Itoa(number)})
		number++
	}
	return source, keys
}

// param4 returns the source of a parameter.
func param4(slash, format, capture, backtrack, star, optional string) string {
	switch {
	case capture != "":
		capture = strings.Replace(capture, "*", "(.*)", 1)
	case backtrack != "":
		capture = "((?:(?!/|" + backtrack + ").)+?)"
	default:
		capture = "([^/" + format + "]+?)"
	}
	if star != "" {
		star = "((?:[/" + format + "].+?)?)"
	}
	return "(?:" + format + slash + capture + star + ")" + optional
}

// captures returns the offsets of the captures in the source of a regular
// expression.
func captures(source string) []int {
	var out []int
	class := false
	for i := 0; i < len(source); i++ {
		switch c := source[i]; {
		case c == '\\':
			i++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '(' && !class:
			if !strings.HasPrefix(source[i:], "(?") || strings.HasPrefix(source[i:], "(?<") && !strings.HasPrefix(source[i:], "(?<=") && !strings.HasPrefix(source[i:], "(?<!") {
				out = append(out, i)
			}
		}
	}
	return out
}

// regexKeys returns the names of the captures of a regular expression.
func regexKeys(source string) []key {
	var out []key
	number := 0
	for _, at := range captures(source) {
		if name, ok := strings.CutPrefix(source[at:], "(?<"); ok {
			name, _, _ = strings.Cut(name, ">")
			out = append(out, key{name: name})
			continue
		}
		out = append(out, key{name: strconv.Itoa(number)})
		number++
	}
	return out
}
