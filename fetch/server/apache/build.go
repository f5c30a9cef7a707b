package apache

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// A builder makes hosts and sections of directives.
type builder struct {
	p     *parser
	main  *host
	hosts []*host
	note  func(server.Position, string) // an assumption
	// policy collects what the directives say about CORS.
	policy   *policy
	commands map[string]command
}

// A scope says where a directive stands.
type scope struct {
	host *host
	sec  *section
	// path is the path of the section; "" outside sections.
	path string
	kind string // of the innermost section, such as "<location"; "" outside
	// htaccess, override and options say what a .htaccess file may hold.
	htaccess bool
	override int
	options  int
	list     map[string]bool
	unknown  bool // unknown directives are skipped: AllowOverride Nonfatal
	denied   bool // directives that are not allowed are skipped
	limit    *limit
	authz    *authzNode // the container of Require directives
	inIf     bool
}

// perDir reports whether a directive is in a section or in .htaccess.
func (c *scope) perDir() bool { return c.path != "" }

// A command puts one directive into its section.
type command func(b *builder, c *scope, d *directive) error

// allCommands returns the directives that are modelled, by their name in lower case.
func allCommands() map[string]command {
	out := make(map[string]command)
	for _, more := range []map[string]command{sectionCommands(), coreCommands(), headersCommands(), rewriteCommands(), envCommands(), aliasCommands(), authCommands(), proxyCommands(), contentCommands()} {
		for name, c := range more {
			out[name] = c
		}
	}
	return out
}

// walk puts directives into the section of their context.
func (b *builder) walk(list []*directive, c *scope) error {
	for _, d := range list {
		if err := b.one(d, c); err != nil {
			return err
		}
	}
	return nil
}

// one puts one directive into the section of its context.
func (b *builder) one(d *directive, c *scope) error {
	key := d.key()
	k, isKnown := directives()[key]
	if !isKnown || !b.p.loaded(k.module) && (b.p.complete || !isForeign(k.module)) {
		return b.invalid(d, c, k, isKnown)
	}
	allowed := b.allowed(k, key, c)
	if !allowed && c.htaccess && c.denied && !c.list[key] {
		return nil
	}
	if !allowed {
		return start(d.pos, "%s not allowed here", d.name)
	}
	if run := b.commands[key]; run != nil {
		if d.unknown != nil && !ownUnknown[key] {
			return refuse(d.pos, d.unknown.What+" is not known", d.unknown.Help)
		}
		return run(b, c, d)
	}
	if why := refused(key, k.module, d); why != "" {
		return refuse(d.pos, why, "")
	}
	return nil
}

// ownUnknown are the directives that keep an unknown value until it is needed.
var ownUnknown = map[string]bool{
	"header": true, "setenv": true, "servername": true, "serveralias": true, "documentroot": true, "<directory": true, "alias": true,
	"scriptalias": true, "authuserfile": true, "proxypass": true, "proxypassreverse": true, "wsgiscriptalias": true,
}

// allowed reports whether a directive may be in its context.
func (b *builder) allowed(k known, key string, c *scope) bool {
	switch {
	case c.htaccess:
		return k.allowedBy(c.override) || c.list[key] || strings.HasPrefix(key, "<require") && c.override&overrideAuthConfig != 0
	case c.perDir():
		return strings.Contains(k.where, "d")
	}
	return strings.Contains(k.where, "s")
}

// invalid says that a directive is not one of a module that is loaded.
func (b *builder) invalid(d *directive, c *scope, k known, isKnown bool) error {
	if c.htaccess && c.unknown {
		return nil
	}
	if !b.p.complete && !isKnown {
		return refuse(d.pos, fmt.Sprintf("%s is not a directive of a module that comes with the server", strings.TrimPrefix(d.name, "<")), "correct its name, or remove it if it belongs to a module of others")
	}
	if !isKnown {
		for m := range b.p.modules {
			if !isKnownModule(m) {
				return refuse(d.pos, fmt.Sprintf("%s may belong to module %s, which is not modelled", d.name, m), "")
			}
		}
	}
	return start(d.pos, "Invalid command '%s', perhaps misspelled or defined by a module not included in the server configuration", d.name)
}

// refused says why a directive that is not modelled cannot be skipped; "" if it does
// not concern the compared answers.
func refused(key, module string, d *directive) string {
	args := lower(strings.TrimSpace(d.args))
	switch module {
	case "lua", "dav", "cern_meta", "speling", "vhost_alias", "proxy_express", "reflector", "macro", "authnz_fcgi", "auth_form", "asis", "actions":
		if args == "off" || key == "davlockdb" {
			return ""
		}
		return "module " + module + " is not modelled"
	case "passenger":
		if key == "passengerenabled" && args == "on" {
			return "what Passenger runs is not modelled"
		}
	case "cache":
		if key == "cacheenable" {
			return "answers from a cache are not modelled"
		}
	case "userdir":
		if strings.HasPrefix(args, "disabled") {
			return ""
		}
	}
	if slices.Contains(refusedNames, key) && args != "off" && args != "none" {
		return d.name + " is not modelled"
	}
	return ""
}

// refusedNames are directives that change answers and are not modelled.
var refusedNames = []string{
	"registerhttpmethod", "qualifyredirecturl", "aliaspreservepath", "filterprovider", "filterchain", "filterdeclare",
	"sslrequire", "sslverifyclient", "mdrequirehttps", "ssireferrer", "usecanonicalname", "usecanonicalphysicalport",
	"proxyremote", "proxyremotematch", "noproxy", "proxyblock", "proxypassinterpolateenv", "modmimeusepathinfo", "addinputfilter",
	"proxypassinherit", "<authzprovideralias", "<authnprovideralias", "allowhandlers", "<ifsection", "removeoutputfilter", "loadfile",
	"stricthostcheck",
}
