package apache

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// An envIf is one SetEnvIf, SetEnvIfNoCase, SetEnvIfExpr or BrowserMatch.
type envIf struct {
	pos    server.Position
	name   string // as looked at: a header, a variable or a special word
	nameRe *pattern
	// text is compared as it is where the expression is not a pattern; then groups
	// are not replaced.
	text   string
	simple bool
	fold   bool
	re     *pattern
	expr   *expr
	vars   []envVar
}

// An envVar is a variable that an envIf sets, or removes when its value is "!".
type envVar struct{ name, value string }

// envCommands returns the commands of mod_setenvif and mod_env.
func envCommands() map[string]command {
	return map[string]command{
		"setenvif": setEnvIf, "setenvifnocase": setEnvIf, "setenvifexpr": setEnvIfExpr,
		"browsermatch": setEnvIf, "browsermatchnocase": setEnvIf,
		"setenv": setEnv, "passenv": passEnv, "unsetenv": unsetEnv,
	}
}

func setEnvIf(b *builder, c *scope, d *directive) error {
	rest := d.args
	e := &envIf{pos: d.pos, fold: strings.HasSuffix(d.key(), "nocase")}
	if strings.HasPrefix(d.key(), "browser") {
		e.name = "User-Agent"
	} else {
		e.name, rest = word(rest)
	}
	text, rest := word(rest)
	if text == "" {
		return start(d.pos, "Missing regular expression for %s", d.name)
	}
	if e.text, e.simple = plainText(text); !e.simple {
		re, err := b.compile(d, text, e.fold, d.name+" regex could not be compiled.")
		if err != nil {
			return err
		}
		e.re = re
	}
	if strings.Trim(e.name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		re, err := b.compile(d, e.name, e.fold, d.name+"Header name regex could not be compiled.")
		if err != nil {
			return err
		}
		e.nameRe = re
	}
	switch lower(e.name) {
	case "remote_host":
		return refuse(d.pos, "SetEnvIf Remote_Host is not modelled", "")
	case "request_protocol", "server_addr", "remote_addr":
	}
	return c.addEnvIf(d, e, rest)
}

// plainText returns what an expression stands for when it has no special character.
func plainText(s string) (string, bool) {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '\\' {
			if i++; i >= len(s) {
				break
			}
			c = s[i]
			if strings.IndexByte(`^.$|()[]*+?{}\`, c) < 0 {
				return "", false
			}
		} else if strings.IndexByte("^.$|()[]*+?{}", c) >= 0 {
			return "", false
		}
		out.WriteByte(c)
	}
	return out.String(), true
}

func setEnvIfExpr(b *builder, c *scope, d *directive) error {
	text, rest := word(d.args)
	e := &envIf{pos: d.pos}
	var err error
	if e.expr, err = b.parseExpr(d, text, boolExpr); err != nil {
		return err
	}
	return c.addEnvIf(d, e, rest)
}

// addEnvIf reads the variables and puts an entry into its section.
func (c *scope) addEnvIf(d *directive, e *envIf, rest string) error {
	for _, w := range words(rest) {
		name, value, _ := strings.Cut(w, "=")
		switch {
		case value != "":
		case strings.HasPrefix(name, "!"):
			name, value = name[1:], "!"
		default:
			value = "1"
		}
		e.vars = append(e.vars, envVar{name, value})
	}
	if len(e.vars) == 0 {
		return start(d.pos, "Missing envariable expression for %s", d.name)
	}
	if c.perDir() {
		c.sec.setenv = append(c.sec.setenv, e)
	} else {
		c.host.setenv = append(c.host.setenv, e)
	}
	return nil
}

func setEnv(b *builder, c *scope, d *directive) error {
	name, rest := word(d.args)
	value, more := word(rest)
	if name == "" || more != "" {
		return start(d.pos, "SetEnv takes one or two arguments, an environment variable name and optional value to pass to CGI.")
	}
	c.sec.env = append(c.sec.env, envSet{pos: d.pos, name: name, value: value, unknown: d.unknown})
	return nil
}

func passEnv(b *builder, c *scope, d *directive) error {
	for _, name := range words(d.args) {
		value, ok := b.p.src.Env[name]
		if !ok && b.p.src.EnvComplete {
			continue
		}
		s := envSet{pos: d.pos, name: name, value: value}
		if !ok {
			s.unknown = &server.UnknownError{Position: d.pos, What: "the environment variable " + name, Help: "give it with --env " + name + "=…"}
		}
		c.sec.env = append(c.sec.env, s)
	}
	return nil
}

func unsetEnv(b *builder, c *scope, d *directive) error {
	for _, name := range words(d.args) {
		c.sec.env = append(c.sec.env, envSet{pos: d.pos, name: name, unset: true})
	}
	return nil
}

// setEnvIfs runs entries of mod_setenvif.
func (r *request) setEnvIfs(list []*envIf) {
	lastName, value := "", ""
	for i, e := range list {
		matched, source, match := false, value, []int(nil)
		if e.expr != nil {
			var v *evaluation
			matched, v = r.holds(e.expr)
			source, match = v.source, v.match
		} else {
			if i == 0 || !same(e.name, lastName) || list[i-1].expr != nil {
				lastName, value = e.name, r.envSubject(e)
			}
			source = value
			matched, match = e.matches(value)
		}
		if !matched {
			continue
		}
		for _, v := range e.vars {
			switch {
			case strings.HasPrefix(v.value, "!"):
				r.env.unset(v.name)
			case e.simple:
				r.env.set(v.name, v.value)
			default:
				r.env.set(v.name, substitute(v.value, source, match))
			}
		}
		r.decide(server.Decision{Position: e.pos, Text: "the condition on " + e.name + " holds"})
	}
}

// matches compares a value with an entry's expression.
func (e *envIf) matches(value string) (bool, []int) {
	switch {
	case !e.simple:
		m := e.re.match(value)
		return m != nil, m
	case e.fold:
		return strings.Contains(lower(value), lower(e.text)), nil
	}
	return strings.Contains(value, e.text), nil
}

// envSubject returns what an entry looks at.
func (r *request) envSubject(e *envIf) string {
	switch lower(e.name) {
	case "remote_addr":
		return r.variable("REMOTE_ADDR", e.pos)
	case "server_addr":
		r.unknownBecause(e.pos, "the server's address", "")
		return ""
	case "request_uri":
		return r.uri
	case "request_method":
		return r.method
	case "request_protocol":
		return "HTTP/1.1"
	}
	if e.nameRe != nil {
		value := ""
		for _, h := range r.in.rows {
			if e.nameRe.matches(h.Name) {
				value = h.Value
			}
		}
		return value
	}
	if v, ok := r.in.get(e.name); ok {
		return v
	}
	v, _ := r.env.get(e.name)
	return v
}
