package caddy

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// order is the order in which directives run.
var order = []string{
	"tracing", "map", "vars", "root", "skip_log", "header", "copy_response_headers", "request_body", "redir", "method", "rewrite", "uri", "try_files",
	"basicauth", "forward_auth", "request_header", "encode", "push", "templates", "handle", "handle_path", "route",
	"abort", "error", "copy_response", "respond", "metrics", "reverse_proxy", "php_fastcgi", "file_server", "acme_server",
}

// A route is a directive in force: a matcher and a handler.
type route struct {
	pos       server.Position
	directive string
	text      string
	m         *matcher
	// group names routes of which only the first that matches runs; 0 for none.
	group    int
	terminal bool
	handler  handler
}

// A handler answers a request, or passes it on. The error is a *failure.
type handler func(x *exchange, w *writer, next next) error

// next is the rest of the routes.
type next func(x *exchange, w *writer) error

// A builder makes routes of directives.
type builder struct {
	src      *server.Source
	matchers map[string]*matcher
	groups   *int
	model    *server.Model
	order    []string
	errors   *[]*route // handle_errors of the site
}

// isMatcher reports whether a word is a matcher.
func isMatcher(t token) bool {
	return t.text == "*" || strings.HasPrefix(t.text, "/") || strings.HasPrefix(t.text, "@")
}

// matcher takes the matcher from a directive's arguments.
func (b *builder) matcher(s *segment) (*matcher, []token, error) {
	if len(s.args) == 0 || !isMatcher(s.args[0]) {
		return nil, s.args, nil
	}
	t := s.args[0]
	switch {
	case t.text == "*":
		return nil, s.args[1:], nil
	case strings.HasPrefix(t.text, "@"):
		m, ok := b.matchers[t.text]
		if !ok {
			return nil, nil, start(t.pos, "unrecognized matcher name: %s", t.text)
		}
		return m, s.args[1:], nil
	}
	m, err := b.set([]*segment{{name: token{text: "path", pos: t.pos}, args: []token{t}}})
	return m, s.args[1:], err
}

// scope returns a builder for a nested block, with the matchers that are defined in
// it.
func (b *builder) scope(list []*segment) (*builder, error) {
	n := *b
	n.matchers = make(map[string]*matcher, len(b.matchers))
	for k, v := range b.matchers {
		n.matchers[k] = v
	}
	own := make(map[string]bool)
	for _, s := range list {
		if !strings.HasPrefix(s.name.text, "@") {
			continue
		}
		if own[s.name.text] || b.matchers[s.name.text] != nil {
			return nil, start(s.name.pos, "matcher is defined more than once: %s", s.name.text)
		}
		own[s.name.text] = true
		m, err := n.definition(s)
		if err != nil {
			return nil, err
		}
		n.matchers[s.name.text] = m
	}
	return &n, nil
}

// sequence says whether directives of a block run as they are written.
type sequence int

const (
	sorted sequence = iota
	written
)

// routes makes the routes of a block.
func (b *builder) routes(list []*segment, how sequence) ([]*route, error) {
	n, err := b.scope(list)
	if err != nil {
		return nil, err
	}
	var out []*route
	for _, s := range list {
		if strings.HasPrefix(s.name.text, "@") {
			continue
		}
		more, err := n.directive(s)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	if how == sorted {
		n.sort(out)
		n.group(out)
	}
	return out, nil
}

// sort brings routes into the order of the directives, and those of one directive
// into the order of their matchers.
func (b *builder) sort(list []*route) {
	slices.SortStableFunc(list, func(i, j *route) int {
		if i.directive != j.directive {
			return slices.Index(b.order, i.directive) - slices.Index(b.order, j.directive)
		}
		var x, y int
		if i.m != nil && len(i.m.conditions) >= 1 {
			x = len(i.m.path)
		}
		if j.m != nil && len(j.m.conditions) >= 1 {
			y = len(j.m.path)
		}
		c := 0
		switch {
		case x > 0 && y > 0:
			c = y - x
		case i.m != nil && j.m == nil:
			c = -1
		case i.m == nil && j.m != nil:
			c = 1
		}
		if i.directive == "vars" {
			return -c
		}
		return c
	})
}

// group makes the routes of some directives exclude one another.
func (b *builder) group(list []*route) {
	for _, d := range []string{"handle", "rewrite", "root"} {
		*b.groups++
		for _, r := range list {
			if r.directive == d {
				r.group = *b.groups
			}
		}
	}
}

// inert are directives that do not change the compared answers.
var inert = []string{"tls", "log", "bind", "tracing", "skip_log", "push", "templates"}

// builders returns what makes the handler of each directive that is modelled.
func builders() map[string]func(*builder, *segment, []token) (handler, error) {
	return map[string]func(*builder, *segment, []token) (handler, error){
		"header": nil, "request_header": (*builder).requestHeader, "redir": (*builder).redir, "respond": (*builder).respond,
		"error": (*builder).fail, "abort": (*builder).abort, "reverse_proxy": (*builder).proxy, "php_fastcgi": (*builder).proxy,
		"file_server": (*builder).fileServer, "root": (*builder).root, "rewrite": (*builder).rewrite, "uri": (*builder).uri,
		"method": (*builder).method, "try_files": (*builder).tryFiles, "basicauth": (*builder).basicAuth, "basic_auth": (*builder).basicAuth,
		"encode": (*builder).encode, "handle": (*builder).handle, "handle_path": (*builder).handlePath, "route": (*builder).route,
		"request_body": (*builder).requestBody, "metrics": (*builder).metrics, "map": (*builder).valueMap, "vars": (*builder).vars,
		"copy_response": (*builder).copyResponse, "copy_response_headers": (*builder).copyResponseHeaders,
	}
}

// directive makes the routes of one directive.
func (b *builder) directive(s *segment) ([]*route, error) {
	name := s.name.text
	if slices.Contains(inert, name) {
		return nil, nil
	}
	if name == "handle_errors" {
		return nil, b.handleErrors(s)
	}
	build, ok := builders()[name]
	if !ok && slices.Contains(order, name) {
		return nil, refuse(s.name.pos, "directive "+name+" is not modelled", "")
	}
	if !ok {
		if slices.Contains(b.order, name) || name == "rate_limit" || name == "cors" || name == "cache" {
			return nil, refuse(s.name.pos, "directive "+name+" belongs to a plugin, which is not modelled", "")
		}
		return nil, start(s.name.pos, "unrecognized directive: %s", name)
	}
	m, args, err := b.matcher(s)
	if err != nil {
		return nil, err
	}
	if name == "header" {
		return b.headerRoutes(s, m, args)
	}
	h, err := build(b, s, args)
	if err != nil {
		return nil, err
	}
	r := &route{pos: s.name.pos, directive: name, text: line(s), m: m, handler: h}
	if name == "handle_path" {
		return b.pathRoute(r, s, args)
	}
	return []*route{r}, nil
}

// line returns a directive as it is written.
func line(s *segment) string {
	out := s.name.text
	for _, a := range s.args {
		out += " " + a.text
	}
	return out
}

// handleErrors keeps the routes for errors.
func (b *builder) handleErrors(s *segment) error {
	routes, err := b.routes(s.block, sorted)
	*b.errors = append(*b.errors, routes...)
	return err
}

// headerOps are the operations of one header directive.
type headerOps struct {
	pos      server.Position
	text     string
	add      [][2]string
	set      [][2]string
	del      []string
	replace  []replacement
	deferred bool
	// missing are the fields that must not be there (?Field).
	missing []string
}

type replacement struct {
	field string
	re    *regexp.Regexp
	with  string
}

func (o *headerOps) empty() bool {
	return len(o.add) == 0 && len(o.set) == 0 && len(o.del) == 0 && len(o.replace) == 0 && !o.deferred && len(o.missing) == 0
}

// headerRoutes reads a header directive.
func (b *builder) headerRoutes(s *segment, m *matcher, args []token) ([]*route, error) {
	plain, require := &headerOps{pos: s.name.pos, text: line(s)}, &headerOps{pos: s.name.pos, text: line(s)}
	if len(args) > 0 {
		if len(args) > 3 {
			return nil, start(s.name.pos, "Wrong argument count or unexpected line ending after 'header'")
		}
		if err := plain.read(b, s.name.pos, texts(args)); err != nil {
			return nil, err
		}
		plain.deferred = plain.deferred || len(plain.del) > 0
	}
	for _, o := range s.block {
		field := strings.TrimSuffix(o.name.text, ":")
		if o.name.text == "defer" {
			plain.deferred = true
			continue
		}
		if len(args) > 0 {
			return nil, start(o.name.pos, "cannot specify headers in both arguments and block")
		}
		to := plain
		if strings.HasPrefix(field, "?") {
			to = require
		}
		if err := to.read(b, o.name.pos, append([]string{field}, texts(o.args)...)); err != nil {
			return nil, err
		}
	}
	var out []*route
	for _, o := range []*headerOps{plain, require} {
		if !o.empty() {
			b.fact(o, m)
			out = append(out, &route{pos: s.name.pos, directive: "header", text: line(s), m: m, handler: o.serve})
		}
	}
	return out, nil
}

func texts(list []token) []string {
	var out []string
	for _, t := range list {
		out = append(out, t.text)
	}
	return out
}

// read adds one operation: field, value and replacement.
func (o *headerOps) read(b *builder, pos server.Position, args []string) error {
	for len(args) < 3 {
		args = append(args, "")
	}
	field, value, with := args[0], args[1], args[2]
	switch {
	case field == "":
		return start(pos, "empty header field")
	case field[0] == '+':
		o.add = append(o.add, [2]string{field[1:], value})
	case field[0] == '-':
		o.del = append(o.del, field[1:])
		o.deferred = true
	case field[0] == '?':
		o.missing = append(o.missing, field[1:])
		o.set = append(o.set, [2]string{field[1:], value})
	case field[0] == '>':
		switch v := server.VersionOf(b.src.Versions, "caddy", standardVersion); {
		case v.Assumed:
			return refuse(pos, "the prefix > has no effect before version 2.7 of Caddy, and the version is not known", "give it with --version caddy=…")
		case hasDeferPrefix(v.Version):
			o.setField(field[1:], value)
			o.deferred = true
		}
	case with != "":
		re, err := regexp.Compile(value)
		if err != nil {
			return start(pos, "replacement for header field '%s': %v", field, err)
		}
		o.replace = append(o.replace, replacement{field, re, with})
	default:
		o.setField(field, value)
	}
	return nil
}

// hasDeferPrefix reports whether a version of Caddy knows the prefix >. An older one
// takes it as a part of the name, which is then no name of a header line.
func hasDeferPrefix(version string) bool {
	major, rest, _ := strings.Cut(version, ".")
	minor, _, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(minor)
	return err == nil && (major == "2" && n >= 7 || major > "2")
}

// setField sets a field; a later value replaces an earlier one.
func (o *headerOps) setField(field, value string) {
	for i := range o.set {
		if fetch.ByteLowercase(o.set[i][0]) == fetch.ByteLowercase(field) {
			o.set[i][1] = value
			return
		}
	}
	o.set = append(o.set, [2]string{field, value})
}

// status reads a status.
func status(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil
}
