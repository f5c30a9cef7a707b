package apache

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// accessConf holds Order, Allow and Deny.
type accessConf struct {
	order       []orderEntry
	allow, deny []accessRule
	satisfy     []satisfyEntry
}

type orderEntry struct {
	limit *limit
	order string
}

type satisfyEntry struct {
	limit *limit
	any   bool
}

type accessRule struct {
	pos   server.Position
	limit *limit
	from  string
}

// authConf holds the directives of authentication.
type authConf struct {
	kind, name, userFile string
	kindPos              server.Position
	provider             string
}

// authzConf holds the Require directives of a section.
type authzConf struct {
	root    *authzNode
	merging string // AuthMerging in lower case
}

// An authzNode is a Require, or a container of them.
type authzNode struct {
	pos    server.Position
	limit  *limit
	negate bool
	all    bool // of a container: <RequireAll>
	kids   []*authzNode
	check  func(*request) authorization // of a Require
}

// authorization is the result of a Require.
type authorization int

const (
	neutral authorization = iota
	granted
	deniedAnyone
	deniedNoUser
)

// authCommands returns the commands of access control.
func authCommands() map[string]command {
	return map[string]command{
		"order": orderCommand, "allow": allowCommand, "deny": allowCommand, "satisfy": satisfyCommand,
		"require": requireCommand, "authmerging": authMerging, "authtype": authType, "authname": authName,
		"authuserfile": authUserFile, "authbasicprovider": authProvider, "allowmethods": allowMethods, "sslrequiressl": sslRequireSSL,
	}
}

func (s *section) accessConf() *accessConf {
	if s.access == nil {
		s.access = new(accessConf)
	}
	return s.access
}

func (s *section) authConf() *authConf {
	if s.auth == nil {
		s.auth = new(authConf)
	}
	return s.auth
}

func orderCommand(b *builder, c *scope, d *directive) error {
	w := lower(strings.ReplaceAll(strings.TrimSpace(d.args), " ", ""))
	if len(words(d.args)) != 1 {
		return start(d.pos, "order takes one argument, 'allow,deny', 'deny,allow', or 'mutual-failure'")
	}
	if !slices.Contains([]string{"allow,deny", "deny,allow", "mutual-failure"}, w) {
		return start(d.pos, "unknown order")
	}
	a := c.sec.accessConf()
	a.order = append(a.order, orderEntry{c.limit, w})
	return nil
}

func allowCommand(b *builder, c *scope, d *directive) error {
	args := words(d.args)
	if len(args) < 2 || lower(args[0]) != "from" {
		return start(d.pos, "allow and deny must be followed by 'from'")
	}
	a := c.sec.accessConf()
	for _, from := range args[1:] {
		rule := accessRule{d.pos, c.limit, from}
		if d.key() == "allow" {
			a.allow = append(a.allow, rule)
		} else {
			a.deny = append(a.deny, rule)
		}
	}
	return nil
}

func satisfyCommand(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	if l := lower(w); err == nil && l != "all" && l != "any" {
		return start(d.pos, "Satisfy either 'any' or 'all'.")
	}
	a := c.sec.accessConf()
	a.satisfy = append(a.satisfy, satisfyEntry{c.limit, lower(w) == "any"})
	return err
}

func authMerging(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	c.sec.authzConf().merging = lower(w)
	return err
}

func (s *section) authzConf() *authzConf {
	if s.authz == nil {
		s.authz = new(authzConf)
	}
	return s.authz
}

func authType(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	a := c.sec.authConf()
	a.kind, a.kindPos = lower(w), d.pos
	if a.kind != "basic" && a.kind != "none" && a.kind != "digest" {
		return refuse(d.pos, "AuthType "+w+" is not modelled", "")
	}
	return err
}

func authName(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	c.sec.authConf().name = w
	return err
}

func authUserFile(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	c.sec.authConf().userFile = b.p.place(w)
	return err
}

func authProvider(b *builder, c *scope, d *directive) error {
	c.sec.authConf().provider = lower(d.args)
	return nil
}

func sslRequireSSL(b *builder, c *scope, d *directive) error {
	a := c.sec.accessConf()
	a.deny = append(a.deny, accessRule{d.pos, nil, "env=!HTTPS"})
	return refuse(d.pos, "SSLRequireSSL is not modelled", "")
}

func allowMethods(b *builder, c *scope, d *directive) error {
	args := words(d.args)
	conf := &methodsConf{pos: d.pos}
	if len(args) != 1 || lower(args[0]) != "reset" {
		for _, m := range args {
			if !isMethod(m) {
				return start(d.pos, "AllowMethods: unknown method %s", m)
			}
		}
		conf.allowed = args
	}
	c.sec.methods = conf
	return nil
}

// requireSection reads a <RequireAll>, <RequireAny> or <RequireNone>.
func requireSection(b *builder, c *scope, d *directive) error {
	n := &authzNode{pos: d.pos, limit: c.limit, all: d.key() == "<requireall", negate: d.key() == "<requirenone"}
	inner := *c
	inner.authz = n
	if err := b.walk(d.kids, &inner); err != nil {
		return err
	}
	if len(n.kids) == 0 {
		return start(d.pos, "%s directive contains no authorization directives", d.name+">")
	}
	c.addAuthz(n)
	return nil
}

// addAuthz adds a Require to its container.
func (c *scope) addAuthz(n *authzNode) {
	if c.authz != nil {
		c.authz.kids = append(c.authz.kids, n)
		return
	}
	conf := c.sec.authzConf()
	if conf.root == nil {
		conf.root = &authzNode{pos: n.pos}
	}
	conf.root.kids = append(conf.root.kids, n)
}

func requireCommand(b *builder, c *scope, d *directive) error {
	n := &authzNode{pos: d.pos, limit: c.limit}
	name, rest := word(d.args)
	if lower(name) == "not" {
		n.negate = true
		name, rest = word(rest)
		if c.authz == nil || !c.authz.all {
			return start(d.pos, "negative Require directive has no effect in <RequireAny> directive")
		}
	}
	check, err := b.requirement(d, lower(name), rest)
	if err != nil {
		return err
	}
	n.check = check
	c.addAuthz(n)
	return nil
}

// requirement returns the check of a Require.
func (b *builder) requirement(d *directive, name, rest string) (func(*request) authorization, error) {
	args := words(rest)
	switch name {
	case "all", "method", "env", "expr":
		return b.plainRequirement(d, name, rest)
	case "valid-user", "user", "group", "ldap-user", "ldap-group", "ldap-attribute", "ldap-filter", "dbm-group":
		return func(r *request) authorization { return r.userFits(d, name, args) }, nil
	case "ip", "host", "local", "forward-dns":
		return func(r *request) authorization { return yes(r.fromAddress(d, name, args)) }, nil
	case "ssl":
		return func(r *request) authorization { return yes(r.req.TLS) }, nil
	case "file-owner", "file-group", "dbd-group", "ssl-verify-client":
		return nil, refuse(d.pos, "Require "+name+" is not modelled", "")
	}
	return nil, start(d.pos, "Unknown Authz provider: %s", name)
}

// yes is granted for true.
func yes(is bool) authorization {
	if is {
		return granted
	}
	return deniedAnyone
}

// plainRequirement returns the check of a Require that needs no user.
func (b *builder) plainRequirement(d *directive, name, rest string) (func(*request) authorization, error) {
	args := words(rest)
	switch name {
	case "all":
		l := lower(strings.TrimSpace(rest))
		if l != "granted" && l != "denied" {
			return nil, start(d.pos, "Argument for 'Require all' must be 'granted' or 'denied'")
		}
		return func(*request) authorization { return yes(l == "granted") }, nil
	case "method":
		for _, m := range args {
			if !isMethod(m) {
				return nil, start(d.pos, "Unknown Method '%s'", m)
			}
		}
		allowed := &limit{methods: getForHead(args)}
		return func(r *request) authorization { return yes(allowed.applies(r.method)) }, nil
	case "env":
		return func(r *request) authorization {
			return yes(slices.ContainsFunc(args, func(a string) bool { _, ok := r.env.get(a); return ok }))
		}, nil
	}
	text := strings.TrimSpace(rest)
	if strings.HasPrefix(text, `"`) || strings.HasPrefix(text, "'") {
		if w, more := word(text); more == "" {
			text = w
		}
	}
	e, err := b.parseExpr(d, text, boolExpr)
	return func(r *request) authorization {
		is, _ := r.holds(e)
		return yes(is)
	}, err
}

// userFits evaluates a Require that needs a user.
func (r *request) userFits(d *directive, name string, args []string) authorization {
	switch {
	case r.user == "":
		return deniedNoUser
	case name == "valid-user":
		return granted
	case name == "user":
		return yes(slices.Contains(args, r.user))
	}
	r.unknownBecause(d.pos, "the group of "+r.user, "")
	return granted
}
