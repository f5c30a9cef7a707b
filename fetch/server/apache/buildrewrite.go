package apache

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// rewriteConf holds the directives of mod_rewrite in a section.
type rewriteConf struct {
	directory string // the section's path with a slash at the end
	state     *bool
	options   map[string]bool // nil when RewriteOptions is not set
	base      string
	baseSet   bool
	conds     []*rewriteCond // of the rule that follows
	rules     []*rewriteRule
}

// rewriteServer holds the rules of a server.
type rewriteServer struct {
	conds   []*rewriteCond
	rules   []*rewriteRule
	options map[string]bool
	present bool // some directive of mod_rewrite is in the server
}

// A rewriteCond is one RewriteCond.
type rewriteCond struct {
	pos                    server.Position
	input                  string
	kind                   string // "re", "expr", "=", "<", ">", "<=", ">=", "-f" …, "-eq" …
	pattern                string
	re                     *pattern
	expr                   *expr
	negate, or, noVary, nc bool
}

// A rewriteRule is one RewriteRule with its conditions.
type rewriteRule struct {
	d       *directive
	re      *pattern
	negate  bool
	output  string
	conds   []*rewriteCond
	flags   map[string]bool
	status  int // of a redirect, or that ends the request
	env     []string
	handler string
	mime    string
	skip    int
	rounds  int
	escapes string
	spared  string
}

// A rewriteMap is a RewriteMap of the kinds txt: and int:.
type rewriteMap struct {
	function string
	entries  map[string]string
}

// rewriteCommands returns the commands of mod_rewrite.
func rewriteCommands() map[string]command {
	return map[string]command{
		"rewriteengine": rewriteEngine, "rewriteoptions": rewriteOptions, "rewritebase": rewriteBase,
		"rewritecond": rewriteCondCommand, "rewriterule": rewriteRuleCommand, "rewritemap": rewriteMapCommand,
	}
}

// rewriteConf returns the part of mod_rewrite in a section.
func (c *scope) rewriteConf() *rewriteConf {
	if c.sec.rewrite == nil {
		dir := c.path
		if dir != "" && !strings.HasSuffix(dir, "/") {
			dir += "/"
		}
		c.sec.rewrite = &rewriteConf{directory: dir}
	}
	c.host.rewrite.present = c.host.rewrite.present || !c.perDir()
	return c.sec.rewrite
}

func rewriteEngine(b *builder, c *scope, d *directive) error {
	on, err := flag(d)
	c.rewriteConf().state = &on
	return err
}

func rewriteOptions(b *builder, c *scope, d *directive) error {
	conf := c.rewriteConf()
	conf.options = make(map[string]bool)
	for _, w := range words(d.args) {
		switch l := lower(w); l {
		case "inherit", "inheritbefore", "allownoslash", "mergebase", "ignoreinherit", "allowanyuri", "ignorecontextinfo", "unsafeprefixstat":
			conf.options[l] = true
		case "inheritdown", "inheritdownbefore", "legacyprefixdocroot", "longurloptimization":
			return refuse(d.pos, "RewriteOptions "+w+" is not modelled", "")
		default:
			if strings.HasPrefix(l, "maxredirects=") {
				continue
			}
			return start(d.pos, "RewriteOptions: unknown option '%s'", w)
		}
	}
	if !c.perDir() {
		c.host.rewrite.options = conf.options
	}
	return nil
}

func rewriteBase(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	switch {
	case !c.perDir():
		return start(d.pos, "RewriteBase: only valid in per-directory config files")
	case err != nil || w == "" || w[0] != '/':
		return start(d.pos, "RewriteBase: argument is not a valid URL")
	}
	conf := c.rewriteConf()
	conf.base, conf.baseSet = w, true
	return nil
}

// rewriteArgs splits the arguments of a condition or a rule, which have quotes of
// their own.
func rewriteArgs(s string) (args []string, ok bool) {
	for len(args) < 3 {
		s = strings.TrimLeft(s, " \t\v\f\r")
		if s == "" {
			break
		}
		var quote byte
		if s[0] == '"' || s[0] == '\'' {
			quote = s[0]
			s = s[1:]
		}
		i := 0
		for i < len(s) {
			if isSpace(s[i]) && quote == 0 || quote != 0 && s[i] == quote {
				break
			}
			if s[i] == '\\' && i+1 < len(s) && isSpace(s[i+1]) {
				i++
			}
			i++
		}
		i = min(i, len(s))
		if len(args) == 0 && i == len(s) {
			return nil, false
		}
		args = append(args, s[:i])
		s = s[min(i+1, len(s)):]
	}
	return args, len(args) >= 2
}

// flagList splits a field of flags such as "[R=301,L]".
func flagList(s string) ([][2]string, bool) {
	if len(s) < 2 || s[0] != '[' || s[len(s)-1] != ']' {
		return nil, false
	}
	var out [][2]string
	for f := range strings.SplitSeq(s[1:len(s)-1], ",") {
		f = strings.TrimSpace(f)
		if f == "" {
			continue
		}
		key, value, _ := strings.Cut(f, "=")
		out = append(out, [2]string{key, value})
	}
	return out, true
}

func rewriteCondCommand(b *builder, c *scope, d *directive) error {
	args, ok := rewriteArgs(d.args)
	if !ok {
		return start(d.pos, "RewriteCond: bad argument line '%s'", d.args)
	}
	k := &rewriteCond{pos: d.pos, input: args[0]}
	if len(args) > 2 {
		list, ok := flagList(args[2])
		if !ok {
			return start(d.pos, "RewriteCond: bad flag delimiters")
		}
		for _, f := range list {
			switch lower(f[0]) {
			case "nocase", "nc":
				k.nc = true
			case "ornext", "or":
				k.or = true
			case "novary", "nv":
				k.noVary = true
			default:
				return start(d.pos, "RewriteCond: unknown flag '%s'", f[0])
			}
		}
	}
	if err := b.condPattern(k, d, args[1]); err != nil {
		return err
	}
	if c.perDir() {
		conf := c.rewriteConf()
		conf.conds = append(conf.conds, k)
	} else {
		c.host.rewrite.present = true
		c.host.rewrite.conds = append(c.host.rewrite.conds, k)
	}
	return b.checkExpansion(d, k.input)
}

// condPattern determines the kind of a condition's pattern.
func (b *builder) condPattern(k *rewriteCond, d *directive, p string) (err error) {
	if rest, ok := strings.CutPrefix(p, "!"); ok {
		k.negate, p = true, rest
	}
	k.kind, k.pattern = "re", p
	switch {
	case lower(k.input) == "expr":
		k.kind = "expr"
		k.expr, err = b.parseExpr(d, p, boolExpr)
		if k.expr != nil {
			k.expr.noVary = k.noVary
		}
		return err
	case len(p) == 2 && p[0] == '-':
		switch p[1] {
		case 'f', 's', 'd':
			k.kind = p
		case 'h', 'L', 'l':
			k.kind = "-l"
		case 'x', 'U', 'F':
			return refuse(d.pos, "RewriteCond "+p+" is not modelled", "")
		}
	case len(p) > 3 && p[0] == '-' && strings.Contains(" -lt -le -gt -ge -eq -ne ", " "+p[:3]+" "):
		k.kind, k.pattern = p[:3], p[3:]
	case len(p) > 1 && (p[0] == '<' || p[0] == '>'):
		k.kind, k.pattern = p[:1], p[1:]
		if strings.HasPrefix(k.pattern, "=") {
			k.kind, k.pattern = p[:2], p[2:]
		}
	case len(p) > 1 && p[0] == '=':
		k.kind, k.pattern = "=", p[1:]
		if k.pattern == `""` {
			k.pattern = ""
		}
	}
	if k.kind != "re" {
		return nil
	}
	if k.re, err = b.compile(d, p, k.nc, "RewriteCond: cannot compile regular expression '"+p+"'"); err != nil {
		return err
	}
	return nil
}

// checkExpansion refuses variables that are not modelled.
func (b *builder) checkExpansion(d *directive, s string) error {
	for _, v := range []string{"%{LA-U:", "%{LA-F:", "%{TIME", "%{REMOTE_HOST}", "%{REMOTE_PORT}", "%{SERVER_ADMIN}", "%{SCRIPT_USER}", "%{SCRIPT_GROUP}", "%{CONTEXT_"} {
		if strings.Contains(upper(s), v) {
			return refuse(d.pos, "variable "+strings.Trim(v, "%{}")+" is not modelled", "")
		}
	}
	return nil
}

func rewriteRuleCommand(b *builder, c *scope, d *directive) error {
	args, ok := rewriteArgs(d.args)
	if !ok {
		return start(d.pos, "RewriteRule: bad argument line '%s'", d.args)
	}
	r := &rewriteRule{d: d, flags: make(map[string]bool), status: 302, rounds: 32000, output: args[1]}
	if len(args) > 2 {
		list, ok := flagList(args[2])
		if !ok {
			return start(d.pos, "RewriteRule: bad flag delimiters")
		}
		for _, f := range list {
			if err := r.flag(d, f[0], f[1]); err != nil {
				return err
			}
		}
	}
	text := args[0]
	if rest, ok := strings.CutPrefix(text, "!"); ok {
		r.negate, text = true, rest
	}
	var err error
	if r.re, err = b.compile(d, text, r.flags["NC"], "RewriteRule: cannot compile regular expression '"+text+"'"); err != nil {
		return err
	}
	r.query()
	if err := b.checkExpansion(d, r.output); err != nil {
		return err
	}
	if c.perDir() {
		conf := c.rewriteConf()
		r.conds, conf.conds = conf.conds, nil
		conf.rules = append(conf.rules, r)
	} else {
		s := &c.host.rewrite
		s.present = true
		r.conds, s.conds = s.conds, nil
		s.rules = append(s.rules, r)
	}
	b.policy.rewrite(c, r)
	return nil
}

// query notes what becomes of the query.
func (r *rewriteRule) query() {
	if r.output == "-" {
		r.flags["nosub"] = true
	}
	if strings.HasSuffix(r.output, "?") {
		if r.flags["QSA"] {
			r.flags["QSL"] = true
		} else {
			r.flags["noquery"] = true
			r.output = strings.TrimSuffix(r.output, "?")
		}
	} else if r.flags["QSD"] && !strings.Contains(r.output, "?") {
		r.flags["noquery"] = true
	}
}

// ruleFlags are the flags without a value, by their names in lower case.
var ruleFlags = map[string]string{
	"c": "C", "chain": "C", "dpi": "DPI", "discardpath": "DPI", "d": "DPI", "end": "END", "l": "L", "last": "L", "ne": "NE", "noescape": "NE",
	"ns": "NS", "nosubreq": "NS", "nc": "NC", "nocase": "NC", "p": "P", "proxy": "P", "pt": "PT", "passthrough": "PT",
	"qsa": "QSA", "qsappend": "QSA", "qsd": "QSD", "qsdiscard": "QSD", "qsl": "QSL", "qslast": "QSL", "unsafeprefixstat": "UPS",
	"unsafeallow3f": "UA3F", "bnp": "BNP", "backrefernoplus": "BNP", "unc": "UNC",
}

// flag reads one flag of a rule.
func (r *rewriteRule) flag(d *directive, key, value string) error {
	l := lower(key)
	if f := ruleFlags[l]; f != "" {
		r.flags[f] = true
		return nil
	}
	switch l {
	case "b", "backrefescaping":
		r.flags["B"], r.escapes = true, value
	case "bctls":
		r.flags["B"], r.flags["BCTLS"] = true, true
	case "bne":
		r.spared = value
	case "co", "cookie":
	case "e", "env":
		r.env = append(r.env, value)
	case "f", "forbidden":
		r.flags["status"], r.flags["nosub"], r.status = true, true, 403
	case "g", "gone":
		r.flags["status"], r.flags["nosub"], r.status = true, true, 410
	case "h", "handler":
		r.handler = value
	case "n", "next":
		r.flags["N"] = true
		if value != "" {
			r.rounds = atoi(value)
		}
	case "s", "skip":
		r.skip = atoi(value)
	case "t", "type":
		r.mime = value
	case "r", "redirect":
		return r.redirect(d, value)
	default:
		return start(d.pos, "RewriteRule: unknown flag '%s'", key)
	}
	return nil
}

// redirect reads the flag R.
func (r *rewriteRule) redirect(d *directive, value string) error {
	r.flags["R"] = true
	if value == "" {
		return nil
	}
	r.status = 0
	switch lower(value) {
	case "permanent":
		r.status = 301
	case "temp":
		r.status = 302
	case "seeother":
		r.status = 303
	default:
		if value[0] < '0' || value[0] > '9' {
			return nil
		}
		n, _ := strconv.Atoi(value)
		if !isStatus(n) {
			return start(d.pos, "RewriteRule: invalid HTTP response code '%s' for flag 'R'", value)
		}
		r.status = n
		if !isRedirect(n) {
			r.flags["status"], r.flags["nosub"] = true, true
		}
	}
	return nil
}
