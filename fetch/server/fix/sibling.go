package fix

import (
	"regexp"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// withSibling returns texts with an option or a header about a subject beside the one
// about origins.
func (t *target) withSibling(about server.Subject, items []string) []string {
	var out []string
	for _, p := range t.places(server.SubjectOrigins) {
		if _, isHeader := headerNamed(p); isHeader {
			out = append(out, t.withHeader(p, headerOf[about], strings.Join(items, ", "))...)
			continue
		}
		if names := t.notation.options[about]; len(names) > 0 {
			out = append(out, t.withOption(p, names[0], items))
		}
	}
	return out
}

// withOption returns the text with an option behind another one.
func (t *target) withOption(p place, name string, items []string) string {
	n := t.notation
	v := p.listed(t.text, n, items)
	if n.pair == "" { // a call of its own: .WithOrigins(…).WithMethods(…)
		return t.text[:p.end+1] + "." + name + v + ")" + t.text[p.end+1:]
	}
	pair := strings.NewReplacer("{name}", strings.TrimSpace(name), "{value}", v).Replace(n.pair)
	switch rest := t.text[p.end:endOfLine(t.text, p.end)]; {
	case strings.HasPrefix(rest, ","), strings.HasPrefix(rest, "}"), strings.HasPrefix(rest, " }"), strings.HasPrefix(rest, ")"):
		if alone := strings.TrimSpace(t.text[startOfLine(t.text, p.name):p.name]); strings.Trim(alone, `"'`) == "" && strings.TrimSpace(rest) == "," {
			return t.text[:p.end] + ",\n" + indentAt(t.text, p.name) + pair + t.text[p.end:]
		}
		return t.text[:p.end] + ", " + pair + t.text[p.end:]
	case strings.TrimSpace(rest) == "":
		separator := ""
		if p.form != block && !strings.Contains(n.pair, " = ") && !n.isOneString {
			separator = ","
		}
		return t.text[:p.end] + separator + "\n" + indentAt(t.text, p.name) + pair + t.text[p.end:]
	}
	return t.text
}

// withHeader returns texts with a header beside Access-Control-Allow-Origin: as a pair
// of the same literal, or as a statement like the one of that header.
func (t *target) withHeader(p place, name, v string) []string {
	quote := t.notation.quote
	if p.isPair && p.form == expression {
		open := t.text[p.name-1 : p.name]
		pair := t.text[p.name+len(p.label):p.start] + quote + v + quote
		return []string{t.text[:p.end] + ", " + open + name + pair + t.text[p.end:]}
	}
	begin, end := t.statement(p)
	if begin < 0 {
		return nil
	}
	u := *t
	u.text = t.text[begin:end]
	inner := p
	inner.start, inner.end, inner.name = p.start-begin, p.end-begin, p.name-begin
	if inner.end > len(u.text) || inner.name < 0 {
		return nil
	}
	statement := u.withHeaderValue(inner, v)
	statement = statement[:inner.name] + name + statement[inner.name+len(p.label):]
	return t.beside(p, begin, end, statement)
}

// beside returns texts with a statement before the condition around a place, in front
// of the statement of the place, and behind it.
func (t *target) beside(p place, begin, end int, statement string) []string {
	var out []string
	indent := indentAt(t.text, p.name)
	if at, ok := t.conditionAround(p); ok {
		outer := indentAt(t.text, at)
		out = append(out, t.text[:at]+outer+indented(statement, outer)+"\n"+t.text[at:])
	}
	line := startOfLine(t.text, begin)
	out = append(out, t.text[:line]+indent+indented(statement, indent)+"\n"+t.text[line:])
	next := endOfLine(t.text, end)
	return append(out, t.text[:next]+"\n"+indent+indented(statement, indent)+t.text[next:])
}

// indented writes the space of a block in front of all lines but the first.
func indented(statement, indent string) string {
	return strings.ReplaceAll(statement, "\n", "\n"+indent)
}

// beginOfCall matches the part of a statement in front of a header's name.
var beginOfCall = regexp.MustCompile(`(?:\b[\w.]*[\w\]]\.)?[\w$]+[\[(]\s*["']$|[\w.]+\[["']$`)

// statement returns the offsets of the statement that sets the header of a place,
// without the condition in front of it; begin is negative when there is none that can
// are alone.
func (t *target) statement(p place) (begin, end int) {
	line := startOfLine(t.text, p.name)
	switch p.form {
	case words:
		begin = line + len(indentAt(t.text, p.name))
		return begin, endOfLine(t.text, p.name)
	case expression, inString:
		m := beginOfCall.FindStringIndex(t.text[line:p.name])
		if m == nil {
			return -1, -1
		}
		begin = line + m[0]
		end = endOfExpression(t.text, begin)
		if end < len(t.text) && t.text[end] == ';' {
			end++
		}
		return begin, end
	}
	return -1, -1
}

// conditionAround returns the offset of the line of the condition in whose block a
// place stands.
func (t *target) conditionAround(p place) (at int, ok bool) {
	indent := indentAt(t.text, p.name)
	for line := startOfLine(t.text, p.name); line > 0; {
		line = startOfLine(t.text, line-1)
		outer := indentAt(t.text, line)
		rest := t.text[line+len(outer):]
		if len(outer) < len(indent) && strings.TrimSpace(rest[:endOfLine(rest, 0)]) != "" {
			return line, strings.HasPrefix(rest, "if ") || strings.HasPrefix(rest, "if(")
		}
	}
	return 0, false
}

// addVary adds Vary: Origin to the responses that depend on the origin.
func addVary(t *target) []string {
	var out []string
	for _, p := range t.places(server.SubjectOrigins) {
		if _, isHeader := headerNamed(p); !isHeader {
			continue
		}
		if t.notation.vary == "" {
			out = append(out, t.withHeader(p, "Vary", "Origin")...)
			continue
		}
		if begin, end := t.statement(p); begin >= 0 {
			out = append(out, t.beside(p, begin, end, t.notation.vary)...)
		}
	}
	return out
}

// answerPreflights adds the statement that answers preflights, and the headers that it
// needs.
func answerPreflights(t *target) []string {
	if t.notation.preflight == "" {
		return nil
	}
	var out []string
	for _, text := range append(t.withPreflightHeaders(), t.text) {
		u := *t
		u.text = text
		for _, p := range u.places(server.SubjectOrigins) {
			if begin, end := u.statement(p); begin >= 0 {
				last := u.lastHeader(p, end)
				indent := indentAt(text, p.name)
				out = append(out, text[:last]+"\n"+indent+indented(t.notation.preflight, indent)+text[last:])
			}
		}
		for _, r := range t.model.Routes {
			if r.Position.File == t.file && text == t.text && r.Position.Line > 0 {
				at := lineStart(text, r.Position.Line)
				indent := indentAt(text, at)
				out = append(out, text[:at]+indent+indented(t.notation.preflight, indent)+"\n"+text[at:])
			}
		}
	}
	return out
}

// lastHeader returns the end of the last line about CORS that follows a place without
// another line between them.
func (t *target) lastHeader(p place, end int) int {
	at := endOfLine(t.text, max(p.name, end-1))
	for at < len(t.text) {
		next := endOfLine(t.text, at+1)
		line := fetch.ByteLowercase(t.text[at+1 : next])
		if !strings.Contains(line, "access-control-") && !strings.Contains(line, "vary") {
			break
		}
		at = next
	}
	return at
}

// withPreflightHeaders returns the text with methods and headers for preflights, if it
// has none.
func (t *target) withPreflightHeaders() []string {
	u := *t
	changed := false
	for _, list := range []struct {
		about server.Subject
		items []string
	}{{server.SubjectMethods, usualMethods}, {server.SubjectHeaders, usualHeaders}} {
		if len(headerPlaces(u.text, headerOf[list.about])) > 0 {
			continue
		}
		for _, p := range u.places(server.SubjectOrigins) {
			if texts := u.withHeader(p, headerOf[list.about], strings.Join(list.items, ", ")); len(texts) > 0 {
				u.text, changed = texts[len(texts)-1], true
				break
			}
		}
	}
	if !changed {
		return nil
	}
	return []string{u.text}
}
