package caddy

import (
	"context"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// A failure is an error that the server answers with a status.
type failure struct{ status int }

// Error returns the status in words.
func (f *failure) Error() string { return fmt.Sprintf("status %d", f.status) }

// headers is a list of header lines.
type headers struct{ rows []fetch.Header }

func (h *headers) values(name string) []string {
	var out []string
	for _, r := range h.rows {
		if fetch.EqualFold(r.Name, name) {
			out = append(out, r.Value)
		}
	}
	return out
}

func (h *headers) add(name, value string) {
	h.rows = append(h.rows, fetch.Header{Name: name, Value: value})
}

func (h *headers) remove(fits func(name string) bool) {
	h.rows = slices.DeleteFunc(slices.Clone(h.rows), func(r fetch.Header) bool { return fits(r.Name) })
}

func (h *headers) set(name, value string) {
	h.remove(func(n string) bool { return fetch.EqualFold(n, name) })
	h.add(name, value)
}

// An exchange is a request while it is answered.
type exchange struct {
	ctx      context.Context
	m        *model
	req      *server.Request
	method   string
	path     string // decoded
	query    string
	host     string // without port
	hostPort string
	root     string
	in, out  headers
	values   map[string]string // placeholders that matchers set
	groups   map[int]bool
	maps     []*valueMap
	upstream *upstreamResponse // that is being handled
	encodes  bool
	failed   *failure // that is being handled
	closed   bool

	status        int // 0 while nothing was sent
	body          string
	decided       []server.Decision
	unknown       *server.UnknownError
	statusUnknown *server.UnknownError
}

func (x *exchange) decide(pos position, header, text string) {
	if len(x.decided) < 100 {
		x.decided = append(x.decided, server.Decision{Position: pos, Header: header, Text: text})
	}
}

func (x *exchange) unknownBecause(pos position, what, help string) {
	if x.unknown == nil {
		x.unknown = &server.UnknownError{Position: pos, What: what, Help: help}
	}
}

// header returns the values of a request header.
func (x *exchange) header(name string) []string {
	if fetch.EqualFold(name, "Host") {
		return []string{x.hostPort}
	}
	return x.in.values(name)
}

// set sets a response header.
func (x *exchange) set(name, value string) { x.out.set(name, value) }

// A writer sends the answer. The operations that are deferred to that moment are a
// chain, the innermost first.
type writer struct {
	x      *exchange
	ops    *headerOps
	parent *writer
}

// send sends the status and the header lines.
func (w *writer) send(status int) {
	if w.x.status != 0 {
		return
	}
	for v := w; v != nil; v = v.parent {
		if v.ops != nil && v.ops.fits(w.x) {
			v.ops.apply(w.x, &w.x.out)
			v.ops.decide(w.x)
		}
	}
	w.x.status = status
}

// serve is the handler of a header directive.
func (o *headerOps) serve(x *exchange, w *writer, after next) error {
	if o.deferred || len(o.missing) > 0 {
		return after(x, &writer{x: x, ops: o, parent: w})
	}
	o.apply(x, &x.out)
	o.decide(x)
	return after(x, w)
}

// decide notes the operations on headers of CORS.
func (o *headerOps) decide(x *exchange) {
	for _, list := range [][][2]string{o.add, o.set} {
		for _, s := range list {
			if l := fetch.ByteLowercase(s[0]); strings.HasPrefix(l, "access-control-") || l == "vary" {
				x.decide(o.pos, s[0], o.text)
			}
		}
	}
	for _, d := range o.del {
		x.decide(o.pos, d, o.text)
	}
}

// fits reports whether the fields that must not be there are missing.
func (o *headerOps) fits(x *exchange) bool {
	for _, f := range o.missing {
		if len(x.out.values(f)) > 0 {
			return false
		}
	}
	return true
}

// apply runs the operations.
func (o *headerOps) apply(x *exchange, h *headers) {
	for _, a := range o.add {
		h.add(x.expand(a[0]), x.expandFor(o.pos, a[0], a[1]))
	}
	for _, s := range o.set {
		h.set(x.expand(s[0]), x.expandFor(o.pos, s[0], s[1]))
	}
	for _, d := range o.del {
		d = fetch.ByteLowercase(x.expand(d))
		h.remove(func(n string) bool { return matchName(d, fetch.ByteLowercase(n)) })
	}
	for _, r := range o.replace {
		with := x.expandFor(o.pos, r.field, r.with)
		for i := range h.rows {
			if r.field == "*" || fetch.EqualFold(h.rows[i].Name, r.field) {
				h.rows[i].Value = r.re.ReplaceAllString(h.rows[i].Value, with)
			}
		}
	}
}

// matchName compares a field name with one that may have a wildcard at its ends.
func matchName(pattern, name string) bool {
	pre, suf := strings.HasPrefix(pattern, "*"), strings.HasSuffix(pattern, "*")
	switch {
	case pre && suf && len(pattern) > 1:
		return strings.Contains(name, pattern[1:len(pattern)-1])
	case pre:
		return strings.HasSuffix(name, pattern[1:])
	case suf:
		return strings.HasPrefix(name, pattern[:len(pattern)-1])
	}
	return pattern == name
}

// run runs routes, then what follows.
func (x *exchange) run(routes []*route, w *writer, after next) error {
	if len(routes) == 0 {
		return after(x, w)
	}
	r, rest := routes[0], routes[1:]
	if x.unknown != nil || x.closed {
		return nil
	}
	if !r.m.matches(x) || r.group != 0 && x.groups[r.group] {
		return x.run(rest, w, after)
	}
	if r.group != 0 {
		x.groups[r.group] = true
	}
	following := func(x *exchange, w *writer) error { return x.run(rest, w, after) }
	if r.terminal {
		following = nothing
	}
	return r.handler(x, w, following)
}

// nothing is the end of all routes.
func nothing(*exchange, *writer) error { return nil }

// capture matches a regular expression and keeps its groups as placeholders.
func (x *exchange) capture(name string, re *regexp.Regexp, s string) bool {
	m := re.FindStringSubmatch(s)
	if m == nil {
		return false
	}
	prefix := "http.regexp."
	if name != "" {
		prefix += name + "."
	}
	for i, g := range m {
		x.values[fmt.Sprintf("%s%d", prefix, i)] = g
		if n := re.SubexpNames()[i]; n != "" {
			x.values[prefix+n] = g
		}
	}
	return true
}

// rewrite changes path and query.
func (x *exchange) rewrite(to string) {
	p, query, has := strings.Cut(to, "?")
	if p != "" {
		x.path = p
	}
	if has {
		x.query = query
	}
}

// target returns the path and query that a backend gets.
func (x *exchange) target() string {
	if x.query != "" {
		return x.path + "?" + x.query
	}
	return x.path
}

// exists reports whether a path names a file, or with a slash at the end a folder.
func (x *exchange) exists(p string) bool {
	k := x.m.look(path.Join(x.root, path.Clean("/"+p)))
	if strings.HasSuffix(p, "/") {
		return k == folder
	}
	return k == file
}
