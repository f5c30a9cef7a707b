package recipe

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// form is a template of the configuration of one system. Each line of its text
// begins with conditions and a bar. The line is written if all conditions hold:
//
//	c  with credentials
//	l  for listed origins
//	a  for any origin
//	o  for listed origins; the line is repeated for each, and {origin} stands for it
//	m  where methods are needed: the page sends a preflight
//	s  where no methods are needed
//	h  where headers are needed
//	e  where response headers are exposed
//	x  where the age of preflights is given
//
// {origins}, {methods}, {headers} and {exposed} stand for lists in the language of the
// system, {origin-strings} for the origins in single quotes, {method-values},
// {header-values} and {exposed-values} for the value of a header, {origins-regexp} for
// the origins as a regular expression, {max-age} for a number of seconds.
type form struct {
	// name is the system's name. versions says for which versions the text is right;
	// needs says what has to be installed, and is empty if that is nothing.
	name, versions, needs string
	// open is what has to be before everything else.
	open string
	text string
	// comment begins a comment.
	comment string
	// item is how a list writes an item, with _ for its text; separator stands
	// between items.
	item, separator string
	lowerMethods    bool
	aliases         []string
	// passed says how a preflight gets a successful status where the CORS headers are
	// right already. It is empty where the text makes the server answer preflights
	// itself, before everything else.
	passed string
}

// write returns the text with the values of the need.
func (f *form) write(need server.Need) string {
	need, left := plain(need)
	var out strings.Builder
	out.WriteString(f.open)
	f.writeHead(&out, need, left)
	replace := f.values(need)
	holds := map[rune]bool{
		'c': need.Credentials, 'l': need.Origin != "*", 'a': need.Origin == "*", 'o': need.Origin != "*",
		'm': len(need.Methods) > 0, 's': len(need.Methods) == 0, 'h': len(need.Headers) > 0,
		'e': len(need.Exposed) > 0, 'x': need.MaxAge > 0,
	}
	for line := range strings.Lines(strings.TrimPrefix(f.text, "\n")) {
		conditions, rest, _ := strings.Cut(line, "|")
		if strings.ContainsFunc(conditions, func(c rune) bool { return !holds[c] }) {
			continue
		}
		if !strings.Contains(conditions, "o") {
			out.WriteString(replace.Replace(rest))
			continue
		}
		for _, o := range need.Origins() {
			out.WriteString(strings.ReplaceAll(rest, "{origin}", o))
		}
	}
	return out.String()
}

// writeHead writes the comments at the beginning: what the text is for, and what it
// leaves out.
func (f *form) writeHead(out *strings.Builder, need server.Need, left []string) {
	line := func(text string) { out.WriteString(f.comment + " " + text + "\n") }
	if f.needs == "" {
		line(f.versions)
	} else {
		line(f.versions + "; needs: " + f.needs)
	}
	line("has what this request needs and what the server's responses allow already: add what other requests need")
	for _, wider := range need.Before {
		line("the server allowed before: " + wider + "; this allows less: keep what your pages need")
	}
	for _, name := range left {
		line("add " + strconv.Quote(name) + " by hand, where its like is listed: quote it as the language demands")
	}
}

// values returns what replaces the placeholders of the text.
func (f *form) values(need server.Need) *strings.Replacer {
	methods := slices.Clone(need.Methods)
	if f.lowerMethods {
		for i := range methods {
			methods[i] = fetch.ByteLowercase(methods[i])
		}
	}
	return strings.NewReplacer(
		"{origins}", f.list(need.Origins()), "{origin-strings}", "'"+strings.Join(need.Origins(), "', '")+"'", "{origins-regexp}", originsRegexp(need.Origins()),
		"{methods}", f.list(methods), "{method-values}", strings.Join(need.Methods, ", "),
		"{headers}", f.list(need.Headers), "{header-values}", strings.Join(need.Headers, ", "),
		"{exposed}", f.list(need.Exposed), "{exposed-values}", strings.Join(need.Exposed, ", "),
		"{max-age}", strconv.Itoa(need.MaxAge),
	)
}

// plain returns the need without the names that have characters which may mean
// something in the language of a system, and these names. The names may come from
// responses of a server that nobody trusts.
func plain(need server.Need) (server.Need, []string) {
	var left []string
	only := func(list []string) []string {
		var out []string
		for _, name := range list {
			switch {
			case !fetch.IsHeaderName(name):
			case strings.ContainsAny(name, "'`$%#&|"):
				left = append(left, name)
			default:
				out = append(out, name)
			}
		}
		return out
	}
	need.Methods, need.Headers, need.Exposed = only(need.Methods), only(need.Headers), only(need.Exposed)
	return need, left
}

// regexpLiteral escapes the special characters that an origin may have.
var regexpLiteral = strings.NewReplacer(".", `\.`, "[", `\[`, "]", `\]`, "*", `\*`)

// originsRegexp returns a regular expression for one origin or several.
func originsRegexp(origins []string) string {
	text := regexpLiteral.Replace(strings.Join(origins, "|"))
	if len(origins) > 1 {
		return "(" + text + ")"
	}
	return text
}

// list returns a list in the system's language.
func (f *form) list(items []string) string {
	quoted := make([]string, len(items))
	for i, item := range items {
		quoted[i] = strings.Replace(f.item, "_", item, 1)
	}
	return strings.Join(quoted, f.separator)
}
