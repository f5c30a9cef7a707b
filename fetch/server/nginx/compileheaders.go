package nginx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

func itoa(n int) string { return strconv.Itoa(n) }

func (c *compiler) addHeader(d *directive, l *level) error {
	h := &addedHeader{name: d.args[0], lower: fetch.ByteLowercase(d.args[0]), at: d.at}
	if len(d.args) == 3 {
		if d.args[2] != "always" {
			return startError(d, `invalid parameter "%s"`, d.args[2])
		}
		h.always = true
	}
	var err error
	h.value, err = c.value(d.args[1], d.at)
	h.applied = server.Decision{Position: d.at, Header: h.name, Text: "add_header " + h.name + " applies"}
	h.status = server.Decision{Position: d.at, Header: h.name, Text: "add_header " + h.name + " without always does not apply to this status"}
	l.headers = append(l.headers, h)
	c.fact(l, d.at, h.lower, d.args[1])
	return err
}

// subjects are the subjects of the headers of CORS.
var subjects = map[string]server.Subject{
	"access-control-allow-origin": server.SubjectOrigins, "access-control-allow-methods": server.SubjectMethods,
	"access-control-allow-headers": server.SubjectHeaders, "access-control-expose-headers": server.SubjectExposed,
	"access-control-allow-credentials": server.SubjectCredentials, "access-control-max-age": server.SubjectMaxAge,
}

// fact notes what a header says about CORS.
func (c *compiler) fact(l *level, at server.Position, header, value string) {
	subject, ok := subjects[header]
	if !ok {
		return
	}
	var where []string
	for ; l != nil && l.kind != httpLevel; l = l.parent {
		where = append(where, l.label)
	}
	slices.Reverse(where)
	c.model.Policy = append(c.model.Policy, server.Fact{Position: at, Subject: subject, Where: strings.Join(where, ", "), Value: value})
}

// moreHeader is one header of more_set_headers or more_clear_headers.
type moreHeader struct {
	header   addedHeader
	append   bool
	prefix   bool // whether the name ends with "*"
	clear    bool
	statuses []string
	types    []string
}

func (c *compiler) moreHeaders(d *directive, l *level) error {
	var made []*moreHeader
	var statuses, types []string
	appended := false
	for i := 0; i < len(d.args); i++ {
		arg := d.args[i]
		switch {
		case arg == "-a":
			appended = true
		case arg == "-s" || arg == "-t":
			if i++; i == len(d.args) {
				return startError(d, "%s: option %s takes an argument.", d.name, arg)
			}
			if arg == "-s" {
				statuses = append(statuses, strings.Fields(d.args[i])...)
			} else {
				types = append(types, strings.Fields(d.args[i])...)
			}
		case strings.HasPrefix(arg, "-"):
			return startError(d, `%s: invalid option name: "%s"`, d.name, arg)
		default:
			m, err := c.moreHeader(d, l, arg)
			if err != nil {
				return err
			}
			made = append(made, m)
		}
	}
	for _, m := range made {
		m.append, m.statuses, m.types = appended, statuses, types
	}
	l.more = append(l.more, made...)
	return nil
}

func (c *compiler) moreHeader(d *directive, l *level, arg string) (*moreHeader, error) {
	name, text, found := strings.Cut(arg, ":")
	m := &moreHeader{clear: d.name == "more_clear_headers"}
	if !found && !m.clear {
		return nil, startError(d, "%s: invalid header argument: %s", d.name, arg)
	}
	name, m.prefix = strings.CutSuffix(strings.TrimSpace(name), "*")
	text = strings.TrimSpace(text)
	if m.clear {
		text = ""
	}
	v, err := c.value(text, d.at)
	m.header = addedHeader{name: name, lower: fetch.ByteLowercase(name), value: v, at: d.at}
	m.header.applied = server.Decision{Position: d.at, Header: name, Text: d.name + " " + name + " applies"}
	if text != "" {
		c.fact(l, d.at, m.header.lower, text)
	}
	return m, err
}

func (c *compiler) moreInput(d *directive, _ *level) error {
	return notModelled(d, d.name, "set the header with proxy_set_header")
}

func (c *compiler) errorPage(d *directive, l *level) error {
	n := len(d.args) - 1
	uri := d.args[n]
	overwrite := -1
	if text, ok := strings.CutPrefix(d.args[n-1], "="); ok && n > 0 {
		n--
		overwrite = 0
		if text != "" {
			if overwrite, ok = parseNumber(text); !ok {
				return startError(d, `invalid value "%s"`, d.args[n])
			}
		}
	}
	if n == 0 {
		return startError(d, `invalid value "%s"`, d.args[0])
	}
	v, err := c.value(uri, d.at)
	if err != nil {
		return err
	}
	for _, text := range d.args[:n] {
		status, ok := parseNumber(text)
		switch {
		case !ok:
			return startError(d, `invalid value "%s"`, text)
		case status < 300 || status > 599 || status == 499:
			return startError(d, `value "%s" must be between 300 and 599`, text)
		}
		page := errorPage{status: status, overwrite: overwrite, uri: v, at: d.at}
		if overwrite < 0 && status >= 494 && status <= 498 {
			page.overwrite = 400
		}
		page.chosen = server.Decision{Position: d.at, Text: fmt.Sprintf("error_page %d leads to %s", status, uri)}
		l.errorPages = append(l.errorPages, page)
	}
	return nil
}

func (c *compiler) tryFiles(d *directive, l *level) error {
	if l.tryFiles != nil {
		return startError(d, `"try_files" directive is duplicate`)
	}
	for i, arg := range d.args {
		f := tryFile{last: i == len(d.args)-1, at: d.at}
		if code, ok := strings.CutPrefix(arg, "="); ok && f.last {
			n, ok := parseNumber(code)
			if !ok || n > 999 {
				return startError(d, `invalid code "%s"`, arg)
			}
			f.code = n
		}
		if !f.last && len(arg) > 1 && strings.HasSuffix(arg, "/") {
			f.dir = true
			arg = arg[:len(arg)-1]
		}
		v, err := c.value(arg, d.at)
		if err != nil {
			return err
		}
		f.value = v
		l.tryFiles = append(l.tryFiles, f)
	}
	return nil
}

// root compiles root and alias.
func (c *compiler) root(d *directive, l *level) error {
	alias := d.name == "alias"
	switch {
	case l.root != nil && l.root.alias == alias:
		return startError(d, `"%s" directive is duplicate`, d.name)
	case l.root != nil && alias:
		return startError(d, `"alias" directive is duplicate, "root" directive was specified earlier`)
	case l.root != nil:
		return startError(d, `"root" directive is duplicate, "alias" directive was specified earlier`)
	case alias && l.named:
		return startError(d, `the "alias" directive cannot be used inside the named location`)
	}
	text := d.args[0]
	if !alias && len(text) > 1 {
		text = strings.TrimSuffix(text, "/")
	}
	v, err := c.value(text, d.at)
	l.root = &rootPath{value: v, alias: alias, cut: len(l.name), at: d.at}
	if l.regex != nil {
		l.root.cut = -1
	}
	return err
}

func (c *compiler) types(d *directive, l *level) error {
	if l.types == nil {
		l.types = make(map[string]string)
	}
	for _, t := range d.block {
		switch {
		case t.err != nil:
			return t.err
		case t.open:
			return startError(t, `unexpected "{"`)
		}
		for _, extension := range t.args {
			l.types[fetch.ByteLowercase(extension)] = t.name
		}
	}
	return nil
}

// usual applies what a file that comes with nginx says.
func (c *compiler) usual(name string, l *level) {
	if moduleName(name) == "mime.types" && l.types == nil {
		l.types = usualTypes()
	}
}

func (c *compiler) index(d *directive, l *level) error {
	for i, name := range d.args {
		if name == "" {
			return startError(d, `index "%s" in "index" directive is invalid`, name)
		}
		if strings.HasPrefix(name, "/") && i != len(d.args)-1 {
			continue
		}
		if _, err := c.value(name, d.at); err != nil {
			return err
		}
	}
	l.single["index"] = append(slices.Clone(l.single["index"]), d.args...)
	return nil
}
