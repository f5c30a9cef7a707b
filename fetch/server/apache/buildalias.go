package apache

import (
	"strings"
)

// aliasCommands returns the commands of mod_alias.
func aliasCommands() map[string]command {
	return map[string]command{
		"alias": aliasCommand, "aliasmatch": aliasCommand, "scriptalias": aliasCommand, "scriptaliasmatch": aliasCommand,
		"redirect": redirectCommand, "redirectmatch": redirectCommand, "redirecttemp": redirectCommand, "redirectpermanent": redirectCommand,
		"redirectrelative": redirectRelative, "wsgiscriptalias": aliasCommand,
	}
}

func (s *section) aliasConf() *aliasConf {
	if s.alias == nil {
		s.alias = new(aliasConf)
	}
	return s.alias
}

func redirectRelative(b *builder, c *scope, d *directive) error {
	on, err := flag(d)
	a := c.sec.aliasConf()
	a.relative, a.relativeSet = on, true
	return err
}

func aliasCommand(b *builder, c *scope, d *directive) error {
	args := words(d.args)
	a := &alias{pos: d.pos}
	switch {
	case strings.HasPrefix(d.key(), "script"):
		a.handler = "cgi-script"
	case strings.HasPrefix(d.key(), "wsgi"):
		a.handler = "wsgi-script"
		if len(args) > 2 {
			args = args[:2]
		}
	}
	if c.perDir() && len(args) == 1 {
		e, err := b.parseExpr(d, args[0], stringExpr)
		a.prefix, a.expr = c.path, e
		if c.sec.re != nil || strings.HasSuffix(c.kind, "match") {
			return refuse(d.pos, d.name+" in a section with a regular expression is not modelled", "")
		}
		c.sec.aliasConf().alias = a
		return err
	}
	if c.perDir() {
		return start(d.pos, "%s cannot occur within directory context", d.name)
	}
	if len(args) != 2 {
		return start(d.pos, "%s takes two arguments, a fakename and a realname", d.name)
	}
	a.prefix, a.target = args[0], args[1]
	if strings.HasSuffix(d.key(), "match") {
		re, err := b.compile(d, args[0], false, "Regular expression could not be compiled.")
		if err != nil {
			return err
		}
		a.re = re
	}
	c.host.aliasesC = append(c.host.aliasesC, a)
	return nil
}

func redirectCommand(b *builder, c *scope, d *directive) error {
	args := words(d.args)
	if len(args) == 0 || len(args) > 3 {
		return start(d.pos, "%s takes one, two or three arguments", d.name)
	}
	status, grok := redirectStatus(d.key(), args[0])
	if len(args) == 3 && grok == 0 {
		return start(d.pos, "Redirect: invalid first argument (of three)")
	}
	if c.perDir() && (grok > 0 && len(args) == 2 || grok == 0 && len(args) == 1 || grok < 0 && len(args) == 1) {
		return singleRedirect(b, c, d, status, grok, args)
	}
	r := &redirect{pos: d.pos, status: status}
	if len(args) > 1 {
		r.prefix = args[1]
	}
	if len(args) > 2 {
		r.target = args[2]
	}
	if len(args) < 3 && grok == 0 {
		r.prefix, r.target = args[0], ""
		if len(args) > 1 {
			r.target = args[1]
		}
	}
	if d.key() == "redirectmatch" {
		re, err := b.compile(d, r.prefix, false, "Regular expression could not be compiled.")
		if err != nil {
			return err
		}
		r.re = re
	}
	switch {
	case isRedirect(status) && r.target == "":
		return start(d.pos, "URL to redirect to is missing")
	case isRedirect(status) && r.re == nil && !isURL(r.target) && r.target[0] != '/':
		return start(d.pos, "Redirect to non-URL")
	case !isRedirect(status) && r.target != "":
		return start(d.pos, "Redirect URL not valid for this status")
	}
	if c.perDir() {
		a := c.sec.aliasConf()
		a.redirects = append(a.redirects, r)
	} else {
		c.host.redirect = append(c.host.redirect, r)
	}
	return nil
}

// redirectStatus reads the status of a Redirect. The second result is 0 when the
// argument is none, and negative when no target follows.
func redirectStatus(key, arg string) (status, grok int) {
	standard := 302
	if key == "redirectpermanent" {
		standard = 301
	}
	switch lower(arg) {
	case "permanent":
		return 301, 1
	case "temp":
		return 302, 1
	case "seeother":
		return 303, 1
	case "gone":
		return 410, -1
	}
	if arg != "" && arg[0] >= '0' && arg[0] <= '9' {
		n := atoi(arg)
		if !isRedirect(n) {
			return n, -1
		}
		return n, 1
	}
	return standard, 0
}

// singleRedirect reads a Redirect that names no path.
func singleRedirect(b *builder, c *scope, d *directive, status, grok int, args []string) error {
	r := &redirect{pos: d.pos, status: status}
	if grok >= 0 {
		e, err := b.parseExpr(d, args[len(args)-1], stringExpr)
		if err != nil {
			return err
		}
		r.expr = e
	}
	c.sec.aliasConf().single = r
	return nil
}
