package haproxy

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// section is a frontend, a backend, or both in one (listen).
type section struct {
	kind, name string
	at         server.Position
	acls       map[string][]*acl
	binds      []bind
	rules      map[string][]*rule // by kind: http-request, http-response, http-after-response
	choices    []choice
	standard   string
	servers    []backendServer
	tcp        bool
	monitor    string
	pages      map[int]page // HAProxy's own responses by status, where they are not the built-in ones
	captures   []slot       // what is captured of requests, in the order of the text
	compress   bool
	users      []*section // of defaults
}

// slot is a place for a captured value: that of a header, or of a rule when the name is "".
type slot struct {
	name   string
	length int // the value is cut to so many bytes
}

// choice is a use_backend.
type choice struct {
	name string
	text *format // of a name that is computed; nil for others
	when *condition
	done server.Decision
}

// bind is an address of a frontend.
type bind struct {
	port string
	tls  bool
}

// backendServer is a server line.
type backendServer struct {
	answers server.Answerer
	backup  bool
}

// compiler makes the model out of the lines.
type compiler struct {
	src      *server.Source
	model    *server.Model
	sections []*section
	defaults *section            // the last one
	bases    map[string]*section // the defaults by name
	assumed  map[string]bool
	errors   map[string]map[int]page // the sections http-errors by name
	in       place
}

// place says what is compiled: a rule of a section, which may take only some samples.
type place struct{ section, kind, action string }

func (c *compiler) assume(at server.Position, text string) {
	if !c.assumed[text] {
		c.assumed[text] = true
		c.model.Assumptions = append(c.model.Assumptions, server.Assumption{Position: at, Text: text})
	}
}

// given returns the names that a file of the server may have among the given files.
func (c *compiler) given(name string) []string {
	if c.src.Files == nil {
		return nil
	}
	out := []string{strings.TrimPrefix(path.Join(path.Dir(c.src.Name), name), "/"), strings.TrimPrefix(name, "/")}
	for folder, dir := range c.src.Placed {
		if rest, ok := strings.CutPrefix(name, strings.TrimSuffix(dir, "/")+"/"); ok {
			out = append([]string{path.Join(folder, rest)}, out...)
		}
	}
	return out
}

// otherSections hold nothing that answers requests.
var otherSections = []string{"global", "userlist", "peers", "resolvers", "program", "cache", "ring", "http-errors", "mailers", "fcgi-app", "log-forward", "crt-store", "traces"}

// compile compiles all lines.
func (c *compiler) compile(all []line) error {
	if err := c.errorSections(all); err != nil {
		return err
	}
	var current *section
	skipped := true
	for _, l := range all {
		switch word := l.words[0]; {
		case word == "frontend" || word == "backend" || word == "listen" || word == "defaults":
			if word != "defaults" && len(l.words) < 2 {
				return &server.StartError{Position: l.at, Message: fmt.Sprintf("'%s' expects a name", word)}
			}
			current, skipped = c.section(l), false
			if len(l.words) > 2 && (word == "frontend" || word == "listen") && strings.Contains(l.words[2], ":") {
				return &server.StartError{Position: l.at, Message: "please use the 'bind' keyword for listening addresses."}
			}
		case slices.Contains(otherSections, word) && (len(l.words) <= 2):
			skipped = true
		case skipped && current == nil && !c.begun(all, l):
			return &server.StartError{Position: l.at, Message: fmt.Sprintf("unknown keyword '%s' out of section", word)}
		case skipped:
		default:
			if err := c.directive(current, l); err != nil {
				return err
			}
		}
	}
	return c.check()
}

// begun reports whether a section has begun before a line.
func (c *compiler) begun(all []line, l line) bool {
	for _, other := range all {
		if other.at == l.at {
			return false
		}
		if slices.Contains(otherSections, other.words[0]) {
			return true
		}
	}
	return false
}

// section begins a section.
func (c *compiler) section(l line) *section {
	s := &section{kind: l.words[0], at: l.at, acls: make(map[string][]*acl), rules: make(map[string][]*rule), pages: make(map[int]page)}
	if len(l.words) > 1 {
		s.name = l.words[1]
	}
	s.tcp = true
	if s.kind == "defaults" {
		c.defaults = s
		c.bases[s.name] = s
		return s
	}
	d := c.defaults
	if len(l.words) > 3 && l.words[2] == "from" {
		d = c.bases[l.words[3]]
	}
	if d != nil {
		d.users = append(d.users, s)
		s.tcp, s.standard, s.compress = d.tcp, d.standard, d.compress
		maps.Copy(s.pages, d.pages)
		for kind, list := range d.rules {
			s.rules[kind] = slices.Clone(list)
		}
	}
	c.sections = append(c.sections, s)
	return s
}

// check returns HAProxy's error about names that do not exist.
func (c *compiler) check() error {
	for _, d := range c.bases {
		for _, s := range d.users {
			if len(d.rules) > 0 && s.kind != d.users[0].kind {
				return &server.StartError{Position: s.at, Message: "frontends and backends cannot inherit from the same defaults section if it defines TCP/HTTP rules"}
			}
		}
	}
	for _, s := range c.sections {
		for _, ch := range append(slices.Clone(s.choices), choice{name: s.standard, done: server.Decision{Position: s.at}}) {
			if ch.name != "" && !strings.Contains(ch.name, "%[") && s.kind != "backend" && c.backend(ch.name) == nil {
				return &server.StartError{Position: ch.done.Position, Message: fmt.Sprintf("unable to find required default_backend: '%s'", ch.name)}
			}
		}
	}
	return nil
}

func (c *compiler) backend(name string) *section {
	for _, s := range c.sections {
		if s.name == name && s.kind != "frontend" {
			return s
		}
	}
	return nil
}

// fact notes what a rule says about CORS.
func (c *compiler) fact(args []string, action string, p *section, at server.Position) {
	subject, ok := map[string]server.Subject{
		"access-control-allow-origin": server.SubjectOrigins, "access-control-allow-methods": server.SubjectMethods, "access-control-allow-headers": server.SubjectHeaders,
		"access-control-expose-headers": server.SubjectExposed, "access-control-allow-credentials": server.SubjectCredentials, "access-control-max-age": server.SubjectMaxAge,
	}[fetch.ByteLowercase(args[0])]
	if ok && len(args) > 1 && (action == "set-header" || action == "add-header") {
		c.model.Policy = append(c.model.Policy, server.Fact{Position: at, Subject: subject, Where: p.kind + " " + p.name, Value: args[1]})
	}
}

// title is how HAProxy's messages call a section.
func (s *section) title() string {
	kind := s.kind
	if kind == "listen" {
		kind = "proxy"
	}
	return fmt.Sprintf("%s '%s'", kind, s.name)
}
