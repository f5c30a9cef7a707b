package nginx

import (
	"path"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// virtualServer is a server block.
type virtualServer struct {
	level    *level
	names    []serverName
	listens  []listen
	named    map[string]*level
	fallback server.Decision // says that it answers as the default
}

// serverName is one name of a server.
type serverName struct {
	text  string // in lower case
	regex *pattern
}

// listen is one address of a server.
type listen struct {
	host      string // "*" for all
	port      string
	tls       bool
	isDefault bool
	at        server.Position
}

func moduleName(file string) string { return strings.TrimSuffix(path.Base(file), ".so") }

func hasWildcard(name string) bool { return strings.ContainsAny(name, "*?[") }

// newLevel returns an empty level inside another.
func newLevel(kind levelKind, parent *level, at server.Position, label string) *level {
	l := &level{kind: kind, parent: parent, at: at, label: label, single: make(map[string][]string)}
	l.chosen = server.Decision{Position: at, Text: label + " matches"}
	if parent != nil {
		l.server = parent.server
		parent.children = append(parent.children, l)
	}
	return l
}

func (c *compiler) serverBlock(d *directive, l *level) error {
	s := &virtualServer{named: make(map[string]*level)}
	s.level = newLevel(serverLevel, l, d.at, "server")
	s.level.server = s
	c.servers = append(c.servers, s)
	if err := c.body(d.block, s.level, inServer); err != nil {
		return err
	}
	if len(s.listens) == 0 {
		s.listens = []listen{{host: "*", port: "80", at: d.at}}
	}
	if len(s.names) == 0 {
		s.names = []serverName{{}}
	}
	if len(s.names) > 0 && s.names[0].text != "" {
		s.level.label = "server " + s.names[0].text
	}
	s.level.chosen.Text = s.level.label + " is chosen by its name"
	s.fallback = server.Decision{Position: d.at, Text: s.level.label + " is the default server"}
	return nil
}

// listenOptions are the parameters of listen that do not matter here.
var listenOptions = []string{"http2", "spdy", "proxy_protocol", "deferred", "bind", "reuseport", "quic", "default_server", "default", "ssl"}

func (c *compiler) listen(d *directive, l *level) error {
	out := listen{at: d.at}
	var message string
	if strings.Contains(d.args[0], "${") {
		c.assume(d.at, "the port "+d.args[0]+" is 80; give it with --env")
		out.host, out.port = "*", "80"
	} else if out.host, out.port, message = parseListen(d.args[0]); message != "" {
		return startError(d, `%s in "%s" of the "listen" directive`, message, d.args[0])
	}
	for _, option := range d.args[1:] {
		name, _, hasValue := strings.Cut(option, "=")
		if !hasValue && !slices.Contains(listenOptions, name) || hasValue && !slices.Contains([]string{"backlog", "rcvbuf", "sndbuf", "accept_filter", "ipv6only", "so_keepalive", "setfib", "fastopen"}, name) {
			return startError(d, `invalid parameter "%s"`, option)
		}
		out.tls = out.tls || name == "ssl"
		out.isDefault = out.isDefault || name == "default_server" || name == "default"
	}
	for _, other := range l.server.listens {
		if other.host == out.host && other.port == out.port {
			return startError(d, "a duplicate listen %s", d.args[0])
		}
	}
	for _, s := range c.servers {
		for _, other := range s.listens {
			if out.isDefault && other.isDefault && other.host == out.host && other.port == out.port {
				return startError(d, "a duplicate default server for %s", fullAddress(out))
			}
		}
	}
	l.server.listens = append(l.server.listens, out)
	return nil
}

func fullAddress(l listen) string {
	if l.host == "*" {
		return "0.0.0.0:" + l.port
	}
	return l.host + ":" + l.port
}

// parseListen splits the address of a listen.
func parseListen(s string) (host, port, message string) {
	if strings.HasPrefix(s, "unix:") {
		return s, "", ""
	}
	if _, ok := parseNumber(s); ok {
		return checkPort("*", s)
	}
	if strings.HasPrefix(s, "[") {
		end := strings.IndexByte(s, ']')
		if end < 0 {
			return "", "", "invalid host"
		}
		if rest, ok := strings.CutPrefix(s[end+1:], ":"); ok {
			return checkPort(s[:end+1], rest)
		}
		return s, "80", ""
	}
	host, port, found := strings.Cut(s, ":")
	if !found {
		return host, "80", ""
	}
	if host == "0.0.0.0" {
		host = "*"
	}
	return checkPort(host, port)
}

func checkPort(host, port string) (string, string, string) {
	if n, ok := parseNumber(port); !ok || n < 1 || n > 65535 {
		return "", "", "invalid port"
	}
	return host, port, ""
}

func (c *compiler) serverName(d *directive, l *level) error {
	for _, name := range d.args {
		if strings.HasPrefix(name, "~") {
			if name == "~" {
				return startError(d, `empty regex in server name "%s"`, name)
			}
			p, err := c.pattern(name[1:], strings.ContainsFunc(name, func(r rune) bool { return 'A' <= r && r <= 'Z' }), d.at)
			if err != nil {
				return err
			}
			l.server.names = append(l.server.names, serverName{text: name, regex: p})
			continue
		}
		if name == "$hostname" {
			name = "hostname"
		}
		if strings.Contains(strings.Trim(name, "*"), "*") || strings.HasPrefix(name, "*") && !strings.HasPrefix(name, "*.") || strings.HasSuffix(name, "*") && !strings.HasSuffix(name, ".*") {
			return startError(d, `invalid server name or wildcard "%s" on 0.0.0.0:80`, name)
		}
		if strings.HasPrefix(name, ".") && len(name) > 1 {
			l.server.names = append(l.server.names, serverName{text: fetch.ByteLowercase(name[1:])})
			name = "*" + name
		}
		l.server.names = append(l.server.names, serverName{text: fetch.ByteLowercase(name)})
	}
	return nil
}

// location compiles a location block.
func (c *compiler) location(d *directive, l *level) error {
	loc := newLevel(locationLevel, l, d.at, "location "+strings.Join(d.args, " "))
	if err := c.locationName(d, loc); err != nil {
		return err
	}
	if l.kind == locationLevel {
		if err := nestedLocation(d, loc, l); err != nil {
			return err
		}
	}
	l.locations = append(l.locations, loc)
	c.model.Routes = append(c.model.Routes, server.Route{Position: d.at, Path: strings.Join(d.args, " ")})
	return c.body(d.block, loc, inLocation)
}

// locationName sets the name and the form of a location.
func (c *compiler) locationName(d *directive, loc *level) error {
	modifier, name := "", d.args[0]
	if len(d.args) == 2 {
		modifier, name = d.args[0], d.args[1]
		if !slices.Contains([]string{"=", "^~", "~", "~*"}, modifier) {
			return startError(d, `invalid location modifier "%s"`, modifier)
		}
	} else {
		for _, m := range []string{"=", "^~", "~*", "~"} {
			if rest, ok := strings.CutPrefix(name, m); ok {
				modifier, name = m, rest
				break
			}
		}
	}
	loc.name = name
	switch modifier {
	case "=":
		loc.exact = true
	case "^~":
		loc.noRegex = true
	case "~", "~*":
		p, err := c.pattern(name, modifier == "~*", d.at)
		if err != nil {
			return err
		}
		loc.regex = p
	default:
		loc.named = strings.HasPrefix(name, "@")
	}
	return nil
}

// nestedLocation returns nginx's error for a location inside another.
func nestedLocation(d *directive, loc, outer *level) error {
	switch {
	case outer.exact:
		return startError(d, `location "%s" cannot be inside the exact location "%s"`, loc.name, outer.name)
	case outer.named:
		return startError(d, `location "%s" cannot be inside the named location "%s"`, loc.name, outer.name)
	case loc.named:
		return startError(d, `named location "%s" can be on the server level only`, loc.name)
	case loc.regex == nil && !strings.HasPrefix(loc.name, outer.name):
		return startError(d, `location "%s" is outside location "%s"`, loc.name, outer.name)
	}
	return nil
}

// arrange sorts the locations of a level and of those inside for the search.
func (l *level) arrange() error {
	seen := make(map[string]bool)
	for _, loc := range l.locations {
		switch key := loc.key(); {
		case loc.regex != nil:
			l.regexes = append(l.regexes, loc)
		case seen[key]:
			return &server.StartError{Position: loc.at, Message: `duplicate location "` + loc.name + `"`}
		case loc.named:
			seen[key] = true
			l.server.named[loc.name] = loc
		default:
			seen[key] = true
			l.prefixes = append(l.prefixes, loc)
		}
	}
	slices.SortStableFunc(l.prefixes, func(a, b *level) int { return len(b.name) - len(a.name) })
	for _, child := range l.children {
		if err := child.arrange(); err != nil {
			return err
		}
	}
	return nil
}

// key names a location among its neighbours: an exact one and a prefix may have
// the same name.
func (l *level) key() string {
	if l.exact {
		return "=" + l.name
	}
	return l.name
}

func (c *compiler) internal(_ *directive, l *level) error {
	l.internal = true
	return nil
}

func (c *compiler) limitExcept(d *directive, l *level) error {
	if l.limit != nil {
		return startError(d, `"limit_except" directive is duplicate`)
	}
	for _, m := range d.args {
		m = upper(m)
		if !slices.Contains([]string{"GET", "HEAD", "POST", "PUT", "DELETE", "MKCOL", "COPY", "MOVE", "OPTIONS", "PROPFIND", "PROPPATCH", "LOCK", "UNLOCK", "PATCH"}, m) {
			return startError(d, `invalid method "%s"`, m)
		}
		l.limitMethods = append(l.limitMethods, m)
		if m == "GET" {
			l.limitMethods = append(l.limitMethods, "HEAD")
		}
	}
	inside := newLevel(limitLevel, l, d.at, "limit_except "+strings.Join(d.args, " "))
	inside.name = l.name
	l.limit = inside
	return c.body(d.block, inside, inLimit)
}

func upper(s string) string {
	out := []byte(s)
	for i, b := range out {
		if 'a' <= b && b <= 'z' {
			out[i] = b - 'a' + 'A'
		}
	}
	return string(out)
}
