package apache

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// headersConf holds the directives of mod_headers in their order.
type headersConf struct {
	in, onsuccess, always []*headerAction
}

// A headerAction is one Header or RequestHeader directive.
type headerAction struct {
	d       *directive
	action  string
	name    string
	re      *pattern // of echo and edit
	format  []formatTag
	value   *expr // instead of format
	early   bool
	env     string // with "!" in front where the variable must not be set
	when    *expr
	unknown *server.UnknownError
}

// A formatTag is a part of a value.
type formatTag struct {
	kind byte // 0 for the text itself
	text string
}

// headersCommands returns the commands of mod_headers.
func headersCommands() map[string]command {
	return map[string]command{"header": header, "requestheader": header}
}

func header(b *builder, c *scope, d *directive) error {
	if c.sec.headers == nil {
		c.sec.headers = new(headersConf)
	}
	table := &c.sec.headers.onsuccess
	action, rest := word(d.args)
	if d.key() == "requestheader" {
		table = &c.sec.headers.in
	} else {
		switch lower(action) {
		case "always":
			table = &c.sec.headers.always
			action, rest = word(rest)
		case "onsuccess":
			action, rest = word(rest)
		}
	}
	a := &headerAction{d: d, action: lower(action), unknown: d.unknown}
	args := words(rest)
	if len(args) > 4 {
		return start(d.pos, "%s has too many arguments", d.name)
	}
	if err := b.headerArgs(a, args); err != nil {
		return err
	}
	*table = append(*table, a)
	b.policy.header(c, a, table == &c.sec.headers.always)
	return nil
}

// headerArgs reads name, value, replacement and condition.
func (b *builder) headerArgs(a *headerAction, args []string) error {
	d, given := a.d, len(args)
	for len(args) < 4 {
		args = append(args, "")
	}
	name, value, subs, clause := args[0], args[1], args[2], args[3]
	switch a.action {
	case "set", "setifempty", "add", "append", "merge", "note":
		if clause != "" {
			return start(d.pos, "Too many arguments to directive")
		}
		clause = subs
		if given < 2 {
			return start(d.pos, "Header requires three arguments")
		}
	case "unset", "echo":
		if value != "" && subs != "" {
			return start(d.pos, "header %s takes two arguments", a.action)
		}
		clause = value
		value = ""
	case "edit", "edit*":
		re, err := b.compile(d, value, false, "Header edit regex could not be compiled")
		if err != nil {
			return err
		}
		a.re, value = re, subs
	default:
		return start(d.pos, "first argument must be 'add', 'set', 'setifempty', 'append', 'merge', 'unset', 'echo', 'note', 'edit', or 'edit*'.")
	}
	if a.action == "echo" {
		re, err := b.compile(d, name, false, "Header echo regex could not be compiled")
		if err != nil {
			return err
		}
		if d.key() == "requestheader" {
			return start(d.pos, "Header echo only valid on Header directives")
		}
		a.re = re
	}
	a.name, _, _ = strings.Cut(name, ":")
	if err := b.clause(a, clause); err != nil {
		return err
	}
	return b.format(a, value)
}

// clause reads the condition of an action.
func (b *builder) clause(a *headerAction, clause string) error {
	switch l := lower(clause); {
	case clause == "":
	case l == "early":
		a.early = true
	case strings.HasPrefix(l, "env="):
		a.env = clause[4:]
		if a.env == "" || a.env == "!" {
			return start(a.d.pos, "error: missing environment variable name. envclause should be in the form env=envar ")
		}
	case strings.HasPrefix(l, "expr="):
		e, err := b.parseExpr(a.d, clause[5:], boolExpr)
		a.when = e
		return err
	default:
		return start(a.d.pos, "Unknown parameter: %s", clause)
	}
	return nil
}

// format reads a value with its format tags.
func (b *builder) format(a *headerAction, s string) error {
	if a.action == "unset" || a.action == "echo" {
		return nil
	}
	if text, ok := strings.CutPrefix(s, "expr="); ok {
		e, err := b.parseExpr(a.d, text, stringExpr)
		a.value = e
		return err
	}
	for s != "" {
		n := strings.IndexByte(s, '%')
		if n < 0 {
			n = len(s)
		}
		if n > 0 {
			a.format = append(a.format, formatTag{text: unescapeFormat(s[:n])})
			s = s[n:]
			continue
		}
		s = s[1:]
		if s == "" || s[0] == '%' {
			a.format = append(a.format, formatTag{text: "%"})
			s = strings.TrimPrefix(s, "%")
			continue
		}
		var arg string
		if s[0] == '{' {
			arg, s, _ = strings.Cut(s[1:], "}")
		}
		if s == "" || strings.IndexByte("Dteslib", s[0]) < 0 {
			return start(a.d.pos, "Unrecognized header format %%%s", s[:min(1, len(s))])
		}
		a.format = append(a.format, formatTag{kind: s[0], text: arg})
		s = s[1:]
	}
	return nil
}

// unescapeFormat replaces \\, \r, \n and \t.
func unescapeFormat(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\r`, "\r", `\n`, "\n", `\t`, "\t").Replace(s)
}

// text returns the value of an action for a request.
func (a *headerAction) text(r *request) string {
	if a.value != nil {
		return r.text(a.value)
	}
	if len(a.format) == 1 && a.format[0].kind == 0 {
		return a.format[0].text
	}
	var out strings.Builder
	for _, t := range a.format {
		switch t.kind {
		case 0:
			out.WriteString(t.text)
		case 'e':
			s, ok := r.variableOf(t.text)
			if !ok {
				s = "(null)"
			}
			out.WriteString(strings.NewReplacer("\r", " ", "\n", " ").Replace(s))
		case 's':
			if r.req.TLS && concerns(a.name) {
				r.unknownBecause(a.d.pos, "%{"+t.text+"}s", "")
			}
			out.WriteString("(null)")
		default:
			if concerns(a.name) {
				r.unknownBecause(a.d.pos, "%"+string(t.kind), "")
			}
			out.WriteString(map[byte]string{'t': "t=0", 'D': "D=0", 'l': "l=0.00/0.00/0.00", 'i': "i=0", 'b': "b=0"}[t.kind])
		}
	}
	return out.String()
}

// concerns reports whether a header takes part in CORS.
func concerns(name string) bool {
	l := lower(name)
	return strings.HasPrefix(l, "access-control-") || l == "vary"
}

// phase says when actions run.
type phase int

const (
	early phase = iota
	late
)

// run runs actions on a table.
func (r *request) run(actions []*headerAction, t *table, when phase) {
	for _, a := range actions {
		if a.early != (when == early) || !r.applies(a, when) {
			continue
		}
		if a.unknown != nil && (concerns(a.name) || strings.Contains(a.name, "${") || a.env != "") {
			r.unknownValue(a.unknown)
		}
		r.act(a, t)
		if concerns(a.name) || a.action == "echo" || lower(a.name) == "origin" {
			r.decide(server.Decision{Position: a.d.pos, Header: a.name, Text: a.d.name + " " + a.d.args})
		}
	}
}

// applies evaluates the condition of an action.
func (r *request) applies(a *headerAction, when phase) bool {
	switch {
	case a.when != nil:
		is, _ := r.holds(a.when)
		return is
	case a.env == "" || when == early:
		return true
	}
	name, negative := strings.CutPrefix(a.env, "!")
	_, is := r.variableOf(name)
	return is != negative
}

// act runs one action.
func (r *request) act(a *headerAction, t *table) {
	switch a.action {
	case "add":
		t.add(a.name, a.text(r))
	case "append":
		t.merge(a.name, a.text(r))
	case "merge":
		old, ok := t.get(a.name)
		value := a.text(r)
		if !ok {
			t.add(a.name, value)
		} else if !hasToken(old, value) {
			t.merge(a.name, value)
		}
	case "set":
		t.set(a.name, a.text(r))
		r.typed(a, t)
	case "setifempty":
		if _, ok := t.get(a.name); !ok {
			t.set(a.name, a.text(r))
			r.typed(a, t)
		}
	case "unset":
		t.unset(a.name)
	case "echo":
		for _, h := range r.in.rows {
			if a.re.matches(h.Name) {
				r.out.add(h.Name, h.Value)
			}
		}
	case "edit", "edit*":
		t.edit(a.name, func(v string) string { return r.edited(a, v) })
	}
}

// typed keeps the Content-Type that an action set.
func (r *request) typed(a *headerAction, t *table) {
	if t != &r.in && lower(a.name) == "content-type" {
		r.contentType, _ = t.get(a.name)
	}
}

// edited returns a value in which the first match, or with edit* each, is replaced.
func (r *request) edited(a *headerAction, value string) string {
	var out strings.Builder
	for range 1000 {
		m := a.re.match(value)
		if m == nil {
			break
		}
		out.WriteString(value[:m[0]])
		out.WriteString(substitute(a.text(r), value, m))
		rest := value[m[1]:]
		if a.action == "edit" || m[1] == m[0] {
			value = rest
			break
		}
		value = rest
	}
	out.WriteString(value)
	return out.String()
}

// hasToken reports whether a list separated by commas has an item.
func hasToken(list, item string) bool {
	for list != "" {
		list = strings.TrimLeft(list, " \t\n\v\f\r")
		end := 0
		for end < len(list) && list[end] != ',' {
			if list[end] == '"' {
				if n := strings.IndexByte(list[end+1:], '"'); n >= 0 {
					end += n + 1
				} else {
					end = len(list) - 1
				}
			}
			end++
		}
		if list[:end] == item {
			return true
		}
		list = list[min(end+1, len(list)):]
	}
	return false
}
