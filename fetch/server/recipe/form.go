package recipe

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// form is a template of the configuration of one system. Each line of its text
// begins with conditions and a bar. The line is written if all conditions hold:
//
//	c  with credentials
//	l  for a listed origin
//	a  for any origin
//	m  where methods are needed: the page sends a preflight
//	s  where no methods are needed
//	h  where headers are needed
//
// {origin}, {methods} and {headers} stand for the values of the need,
// {origin-regexp} for the origin as a regular expression.
type form struct {
	name string
	text string
	// item is how a list writes an item, with _ for its text; separator stands
	// between items.
	item, separator string
	lowerMethods    bool
}

// write returns the text with the values of the need.
func (f form) write(need server.Need) string {
	methods := slices.Clone(need.Methods)
	if f.lowerMethods {
		for i := range methods {
			methods[i] = fetch.ByteLowercase(methods[i])
		}
	}
	replace := strings.NewReplacer(
		"{origin}", need.Origin, "{origin-regexp}", regexpLiteral.Replace(need.Origin),
		"{methods}", f.list(methods), "{headers}", f.list(need.Headers),
	)
	holds := map[rune]bool{
		'c': need.Credentials, 'l': need.Origin != "*", 'a': need.Origin == "*", 'm': len(need.Methods) > 0, 's': len(need.Methods) == 0, 'h': len(need.Headers) > 0,
	}
	var out strings.Builder
	for line := range strings.Lines(strings.TrimPrefix(f.text, "\n")) {
		conditions, rest, _ := strings.Cut(line, "|")
		if !strings.ContainsFunc(conditions, func(c rune) bool { return !holds[c] }) {
			out.WriteString(replace.Replace(rest))
		}
	}
	return out.String()
}

// regexpLiteral escapes the special characters that an origin may have.
var regexpLiteral = strings.NewReplacer(".", `\.`, "[", `\[`, "]", `\]`, "*", `\*`)

// list returns a list in the system's language.
func (f form) list(items []string) string {
	quoted := make([]string, len(items))
	for i, item := range items {
		if f.item == "'_'" {
			item = strings.ReplaceAll(item, "'", `\'`)
		}
		quoted[i] = strings.Replace(f.item, "_", item, 1)
	}
	return strings.Join(quoted, f.separator)
}
