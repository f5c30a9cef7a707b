package fix

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// form is how a value is written.
type form uint8

const (
	expression form = iota // of a program: a string, a list, a call
	arguments              // the arguments of a call without its parentheses
	words                  // the words of a directive, up to a semicolon or the end of the line
	inString               // the rest of a string whose first part is a header's name
	block                  // a list of YAML, one item a line
)

// value is the place of a value in a text.
type value struct {
	start, end int // byte offsets
	form       form
}

// of returns the value's text.
func (v value) of(text string) string { return text[v.start:v.end] }

// replaced returns the text with another value.
func (v value) replaced(text, by string) string { return text[:v.start] + by + text[v.end:] }

// endOfExpression returns the offset behind the expression that begins at an offset. It
// knows strings, brackets and patterns between slashes, which most languages have in
// common.
func endOfExpression(text string, at int) int {
	depth, previous := 0, byte('(')
	for i := at; i < len(text); i++ {
		switch c := text[i]; c {
		case '"', '\'', '`':
			i = endOfString(text, i)
		case '/':
			if strings.IndexByte("(,=:[!&|?{;~", previous) >= 0 {
				i = endOfPattern(text, i)
			}
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth == 0 {
				return i
			}
			depth--
		case ',', ';':
			if depth == 0 {
				return i
			}
		case '\n':
			if depth == 0 && i > at {
				return i
			}
		}
		if i < len(text) && text[i] != ' ' && text[i] != '\t' {
			previous = text[i]
		}
	}
	return len(text)
}

// endOfString returns the offset of the quote that ends a string.
func endOfString(text string, at int) int {
	for i := at + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case text[at]:
			return i
		}
	}
	return len(text)
}

// endOfPattern returns the offset of the slash that ends a pattern; that of its
// beginning when none ends in the same line.
func endOfPattern(text string, at int) int {
	for i := at + 1; i < len(text) && text[i] != '\n'; i++ {
		switch text[i] {
		case '\\':
			i++
		case '/':
			return i
		}
	}
	return at
}

// valueAt returns the value that begins at an offset behind the name of an option.
func valueAt(text string, at int, f form) value {
	switch f {
	case expression:
		if rest := text[at:]; strings.HasPrefix(strings.TrimLeft(rest, " \t"), "\n") {
			if v, ok := blockAt(text, at); ok {
				return v
			}
		}
		at += len(text[at:]) - len(strings.TrimLeft(text[at:], " \t\n"))
		return trimmed(text, value{at, endOfExpression(text, at), expression})
	case arguments:
		end := at
		for end < len(text) {
			end = endOfExpression(text, end)
			if end == len(text) || text[end] != ',' {
				break
			}
			end++
		}
		return trimmed(text, value{at, end, arguments})
	}
	end := at + strings.IndexAny(text[at:]+"\n", ";\n")
	return trimmed(text, value{at, end, words})
}

// yamlItem matches an item of a list in YAML.
var yamlItem = regexp.MustCompile(`^[ \t]*- [^\n]*\n?`)

// blockAt returns the list of YAML in the lines behind an offset.
func blockAt(text string, at int) (v value, ok bool) {
	end := at + strings.IndexByte(text[at:], '\n') + 1
	start := end
	for {
		item := yamlItem.FindString(text[end:])
		if item == "" {
			break
		}
		end += len(item)
	}
	if end == start {
		return v, false
	}
	if text[end-1] == '\n' {
		end--
	}
	return value{at, end, block}, true
}

// trimmed leaves out the space around a value.
func trimmed(text string, v value) value {
	for v.start < v.end && strings.IndexByte(" \t\n", text[v.start]) >= 0 {
		v.start++
	}
	for v.end > v.start && strings.IndexByte(" \t\n\r", text[v.end-1]) >= 0 {
		v.end--
	}
	return v
}

// literal matches a string without escapes.
var literal = regexp.MustCompile(`"[^"\n]*"|'[^'\n]*'`)

// items returns the items of a value: its strings, or its words between commas.
func (v value) items(text string) []string {
	var out []string
	s := v.of(text)
	if v.form == words || v.form == inString || v.form == block {
		s = strings.NewReplacer(`"`, " ", `'`, " ").Replace(s)
		if v.form == block {
			s = strings.ReplaceAll(s, "\n", ",")
		}
		for _, item := range strings.Split(s, ",") {
			out = append(out, strings.TrimPrefix(strings.TrimSpace(item), "- "))
		}
		return out
	}
	for _, quoted := range literal.FindAllString(s, -1) {
		for _, item := range strings.Split(quoted[1:len(quoted)-1], ",") {
			out = append(out, strings.TrimSpace(item))
		}
	}
	return out
}

// added returns the value's text with one more item; "" when it is not a list that is
// written out.
func (v value) added(text, item string) string {
	s := v.of(text)
	switch v.form {
	case block:
		last := s[strings.LastIndexByte(s, '\n')+1:]
		return s + "\n" + last[:len(last)-len(strings.TrimLeft(last, " \t"))] + "- " + item
	case words, inString:
		return joined(s, item)
	}
	all := literal.FindAllStringIndex(s, -1)
	if len(all) == 0 {
		return bareAdded(s, item)
	}
	last := all[len(all)-1]
	quote := s[last[0] : last[0]+1]
	switch {
	case strings.HasPrefix(s, "[") || strings.HasPrefix(s, "{") || v.form == arguments || strings.HasPrefix(s, "(") || strings.HasPrefix(s, "array("):
		return s[:last[1]] + ", " + quote + item + quote + s[last[1]:]
	case len(all) == 1 && last[0] == 0 && last[1] == len(s):
		return quote + joined(s[1:len(s)-1], item) + quote
	}
	return ""
}

// bareItem matches the last item of a list without quotes: a word of YAML, or a symbol of
// Ruby.
var bareItem = regexp.MustCompile(`^(\[.*?)(:?)([\w-]+)(\s*\])$`)

// bareAdded adds an item to a list without quotes; "" when it is none.
func bareAdded(s, item string) string {
	m := bareItem.FindStringSubmatch(s)
	switch {
	case m == nil:
		return ""
	case m[2] == ":":
		return m[1] + m[2] + m[3] + ", :" + fetch.ByteLowercase(item) + m[4]
	}
	return m[1] + m[3] + ", " + item + m[4]
}

// joined adds an item to a list in a text, within its quotes.
func joined(list, item string) string {
	inner := strings.TrimRight(list, `"'`)
	return inner + ", " + item + list[len(inner):]
}

// removed returns the value's text without an item; "" when the item does not stand
// there by itself, or nothing would be left.
func (v value) removed(text, item string) string {
	s := v.of(text)
	q := `(["']?)` + regexp.QuoteMeta(item) + `(["']?)`
	for _, pattern := range []string{`,\s*` + q + `(\s*[,\]\)}"']|\s*$)`, `(^|[\[\({\s"'])` + q + `\s*,\s*`, `(?m)(^|\n)[ \t]*-[ \t]*` + q + `[ \t]*$`} {
		m := regexp.MustCompile(pattern).FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		start, end := m[0], m[1]
		if strings.HasPrefix(pattern, ",") {
			if m[2] == m[3] && m[4] < m[5] { // the quote closes the whole list
				end = m[4]
			} else {
				end = m[6]
			}
		} else if strings.HasPrefix(pattern, "(^") {
			start = m[3]
			if m[4] < m[5] && m[6] == m[7] { // the quote opens the whole list
				start = m[5]
			}
		}
		return s[:start] + s[end:]
	}
	return ""
}

// listed returns a list of items in the form of a value.
func (v value) listed(text string, n *notation, items []string) string {
	s := v.of(text)
	if v.form == words || v.form == inString {
		quote := ""
		if strings.HasPrefix(s, `"`) || len(items) > 1 || n.quotesWords {
			quote = `"`
		}
		if v.form == inString {
			quote = ""
		}
		return quote + strings.Join(items, ", ") + quote
	}
	quote := n.quote
	var quoted []string
	for _, item := range items {
		quoted = append(quoted, quote+item+quote)
	}
	switch {
	case v.form == block:
		return " [" + strings.Join(quoted, ", ") + "]"
	case v.form == arguments:
		return strings.Join(quoted, ", ")
	case n.isOneString:
		return quote + strings.Join(items, ", ") + quote
	}
	brackets := cmp.Or(n.brackets, "[]")
	return brackets[:1] + strings.Join(quoted, ", ") + brackets[1:]
}

// place is a value with where its setting begins.
type place struct {
	value
	name  int    // offset of the option's or the header's name
	label string // the name as it is written
	// isPair reports whether name and value are a pair of a literal: { 'Name': value }.
	isPair bool
}

// byDistance sorts places by the number of bytes between their names and an offset.
func byDistance(all []place, from int) {
	distance := func(p place) int { return max(p.name-from, from-p.name) }
	slices.SortStableFunc(all, func(x, y place) int { return distance(x) - distance(y) })
}

// headerPlaces returns the places where a text sets a header.
func headerPlaces(text, name string) []place {
	var out []place
	lower, wanted := fetch.ByteLowercase(text), fetch.ByteLowercase(name)
	for from := 0; ; {
		i := strings.Index(lower[from:], wanted)
		if i < 0 {
			return out
		}
		at := from + i
		from = at + len(name)
		if v, isPair, ok := headerValue(text, from); ok && isWordEdge(text, at) {
			out = append(out, place{v, at, text[at:from], isPair})
		}
	}
}

// isWordEdge reports whether no part of a word is before an offset.
func isWordEdge(text string, at int) bool {
	return at == 0 || !isWordByte(text[at-1])
}

func isWordByte(c byte) bool {
	return c == '-' || c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// between matches what is between the quote behind a header's name and its value.
var between = regexp.MustCompile(`^["'](?:\s*\])?\s*(=>|,|=|:)\s*`)

// headerValue returns the value behind a header's name.
func headerValue(text string, at int) (v value, isPair, ok bool) {
	rest := text[at:]
	if m := between.FindStringSubmatchIndex(rest); m != nil {
		sign := rest[m[2]:m[3]]
		return valueAt(text, at+m[1], expression), sign == ":" || sign == "=>", true
	}
	switch {
	case strings.HasPrefix(rest, ":"):
		return stringRest(text, at+1), false, true
	case strings.HasPrefix(rest, `" `), strings.HasPrefix(rest, " "), strings.HasPrefix(rest, "\t"):
		at += strings.IndexAny(rest, " \t")
		return wordAt(text, at), false, true
	}
	return v, false, false
}

// stringRest returns the rest of a string with what is appended to it.
func stringRest(text string, at int) value {
	line := strings.LastIndexByte(text[:at], '\n') + 1
	i := strings.LastIndexAny(text[line:at], `"'`)
	if i < 0 {
		return trimmed(text, value{at, at + strings.IndexByte(text[at:]+"\n", '\n'), inString})
	}
	quote := text[line+i : line+i+1]
	end := at + strings.Index(text[at:]+quote, quote)
	return trimmed(text, value{at, min(end, len(text)), inString})
}

// wordAt returns the next word of a directive, in quotes or without.
func wordAt(text string, at int) value {
	for at < len(text) && (text[at] == ' ' || text[at] == '\t') {
		at++
	}
	if at < len(text) && (text[at] == '"' || text[at] == '\'') {
		return value{at, min(endOfString(text, at)+1, len(text)), words}
	}
	end := at
	for end < len(text) && strings.IndexByte(" \t\n;", text[end]) < 0 {
		if text[end] == '{' { // ${variable}, {placeholder}
			end += strings.IndexByte(text[end:]+"}", '}')
		}
		end++
	}
	return value{at, min(end, len(text)), words}
}
