package caddy

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// A matcher says to which requests a route applies: all its conditions must hold.
// A nil matcher applies to all.
type matcher struct {
	conditions []condition
	// path is the only path of a path condition, by whose length routes are sorted.
	path string
}

// A condition looks at a request.
type condition func(x *exchange) bool

// matches reports whether a matcher applies.
func (m *matcher) matches(x *exchange) bool {
	if m == nil {
		return true
	}
	for _, c := range m.conditions {
		if !c(x) {
			return false
		}
	}
	return true
}

// definition reads a named matcher: "@name path /x" or "@name { … }".
func (b *builder) definition(s *segment) (*matcher, error) {
	if len(s.args) > 0 && s.args[0].quoted {
		c, err := b.expression(s.args[0].pos, s.args[0].text)
		return &matcher{conditions: []condition{c}}, err
	}
	list := s.block
	if len(s.args) > 0 {
		list = []*segment{{name: s.args[0], args: s.args[1:], block: s.block, braces: s.braces}}
	}
	return b.set(list)
}

// set reads the conditions of a matcher. Several of one kind are joined.
func (b *builder) set(list []*segment) (*matcher, error) {
	m := new(matcher)
	var kinds []string
	joined := make(map[string][]*segment)
	for _, s := range list {
		k := s.name.text
		if joined[k] == nil {
			kinds = append(kinds, k)
		}
		joined[k] = append(joined[k], s)
	}
	for _, k := range kinds {
		c, err := b.condition(m, k, joined[k])
		if err != nil {
			return nil, err
		}
		m.conditions = append(m.conditions, c)
	}
	return m, nil
}

// words returns the arguments of several segments.
func words(list []*segment) []string {
	var out []string
	for _, s := range list {
		for _, a := range s.args {
			out = append(out, a.text)
		}
	}
	return out
}

// raw returns the arguments of several segments with their quotes.
func raw(list []*segment) []string {
	var out []string
	for _, s := range list {
		for _, a := range s.args {
			text := a.text
			if a.quoted {
				text = `"` + strings.ReplaceAll(text, `"`, `\"`) + `"`
			}
			out = append(out, text)
		}
	}
	return out
}

// condition reads the conditions of one kind.
func (b *builder) condition(m *matcher, kind string, list []*segment) (condition, error) {
	args := words(list)
	pos := list[0].name.pos
	switch kind {
	case "path":
		if len(args) == 1 {
			m.path = args[0]
		}
		return func(x *exchange) bool {
			return slices.ContainsFunc(args, func(p string) bool { return matchPath(fetch.ByteLowercase(x.expand(p)), x.path) })
		}, nil
	case "method":
		for i := range args {
			args[i] = upper(args[i])
		}
		return func(x *exchange) bool { return slices.Contains(args, x.method) }, nil
	case "host":
		return func(x *exchange) bool {
			return slices.ContainsFunc(args, func(h string) bool { return matchHost(fetch.ByteLowercase(h), x.host) })
		}, nil
	case "header":
		return headerCondition(pos, list)
	case "header_regexp":
		return b.headerRegexp(pos, list)
	case "path_regexp":
		return b.pathRegexp(pos, args)
	case "not":
		return b.not(list)
	case "protocol":
		return func(x *exchange) bool {
			return len(args) > 0 && (args[0] == "https") == x.req.TLS && (args[0] == "https" || args[0] == "http")
		}, nil
	case "query":
		return queryCondition(args), nil
	case "remote_ip", "client_ip":
		return func(x *exchange) bool {
			x.unknownBecause(pos, "the client's address", "")
			return false
		}, nil
	case "file":
		return b.fileCondition(list[0])
	case "expression":
		if len(args) > 1 {
			args = raw(list)
		}
		return b.expression(pos, strings.Join(args, " "))
	case "vars":
		return varsCondition(pos, list)
	case "vars_regexp":
		return varsRegexp(pos, list)
	case "tls":
		return nil, refuse(pos, "matcher "+kind+" is not modelled", "")
	}
	return nil, start(pos, "getting matcher module '%s': module not registered: http.matchers.%s", kind, kind)
}

// matchPath compares a path with a pattern; both are in lower case.
func matchPath(pattern, p string) bool {
	p = cleanPath(strings.TrimRight(fetch.ByteLowercase(p), ". "), pattern)
	stars := strings.Count(pattern, "*")
	switch {
	case pattern == "*":
		return true
	case stars == 2 && strings.HasPrefix(pattern, "*") && strings.HasSuffix(pattern, "*") && len(pattern) > 1:
		return strings.Contains(p, pattern[1:len(pattern)-1])
	case stars == 1 && strings.HasPrefix(pattern, "*"):
		return strings.HasSuffix(p, pattern[1:])
	case stars == 1 && strings.HasSuffix(pattern, "*"):
		return strings.HasPrefix(p, pattern[:len(pattern)-1])
	}
	ok, err := path.Match(pattern, p)
	return ok && err == nil
}

// cleanPath removes dot segments, and repeated slashes unless the pattern has some.
func cleanPath(p, pattern string) string {
	if strings.Contains(pattern, "//") || p == "" {
		return p
	}
	out := path.Clean("/" + p)
	if out != "/" && strings.HasSuffix(p, "/") {
		out += "/"
	}
	return out
}

// matchHost compares a host with a pattern whose labels may be "*".
func matchHost(pattern, host string) bool {
	if pattern == host {
		return true
	}
	if !strings.Contains(pattern, "*") {
		return false
	}
	a, b := strings.Split(pattern, "."), strings.Split(host, ".")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != "*" && a[i] != b[i] {
			return false
		}
	}
	return true
}

// headerCondition reads "header Field value" and "header !Field".
func headerCondition(pos server.Position, list []*segment) (condition, error) {
	wanted := make(map[string][]string)
	for _, s := range list {
		switch {
		case len(s.args) == 1 && strings.HasPrefix(s.args[0].text, "!") && len(s.args[0].text) > 1:
			wanted[fetch.ByteLowercase(s.args[0].text[1:])] = nil
		case len(s.args) == 2 && !strings.HasPrefix(s.args[0].text, "!"):
			k := fetch.ByteLowercase(s.args[0].text)
			wanted[k] = append(wanted[k], s.args[1].text)
		default:
			return nil, start(pos, "malformed header matcher: expected both field and value")
		}
	}
	return func(x *exchange) bool {
		for field, values := range wanted {
			actual := x.header(field)
			if values == nil && actual == nil {
				continue
			}
			if !anyValue(x, actual, values) {
				return false
			}
		}
		return true
	}, nil
}

// anyValue reports whether one of the values of a header fits.
func anyValue(x *exchange, actual, wanted []string) bool {
	for _, a := range actual {
		for _, w := range wanted {
			w = x.expand(w)
			pre, suf := strings.HasPrefix(w, "*"), strings.HasSuffix(w, "*")
			switch {
			case w == "*", w == a,
				pre && suf && len(w) > 1 && strings.Contains(a, w[1:len(w)-1]),
				pre && !suf && strings.HasSuffix(a, w[1:]),
				suf && !pre && strings.HasPrefix(a, w[:len(w)-1]):
				return true
			}
		}
	}
	return false
}

// headerRegexp reads "header_regexp [name] Field pattern".
func (b *builder) headerRegexp(pos server.Position, list []*segment) (condition, error) {
	var all []condition
	for _, s := range list {
		args := words([]*segment{s})
		name := ""
		if len(args) == 3 {
			name, args = args[0], args[1:]
		}
		if len(args) != 2 {
			return nil, start(pos, "malformed header_regexp matcher: expected both field and value")
		}
		re, err := regexp.Compile(args[1])
		if err != nil {
			return nil, start(pos, "compiling matcher regexp %s: %v", args[1], err)
		}
		field := args[0]
		all = append(all, func(x *exchange) bool {
			for _, v := range x.header(field) {
				if x.capture(name, re, v) {
					return true
				}
			}
			return false
		})
	}
	return func(x *exchange) bool {
		for _, c := range all {
			if !c(x) {
				return false
			}
		}
		return true
	}, nil
}

// pathRegexp reads "path_regexp [name] pattern".
func (b *builder) pathRegexp(pos server.Position, args []string) (condition, error) {
	name := ""
	if len(args) == 2 {
		name, args = args[0], args[1:]
	}
	if len(args) != 1 {
		return nil, start(pos, "Wrong argument count or unexpected line ending after 'path_regexp'")
	}
	re, err := regexp.Compile(args[0])
	if err != nil {
		return nil, start(pos, "compiling matcher regexp %s: %v", args[0], err)
	}
	return func(x *exchange) bool { return x.capture(name, re, cleanPath(x.path, "")) }, nil
}

// not reads a negated set; several are all negated.
func (b *builder) not(list []*segment) (condition, error) {
	var sets []*matcher
	for _, s := range list {
		inner := s.block
		if len(s.args) > 0 {
			inner = []*segment{{name: s.args[0], args: s.args[1:], block: s.block, braces: s.braces}}
		}
		m, err := b.set(inner)
		if err != nil {
			return nil, err
		}
		sets = append(sets, m)
	}
	return func(x *exchange) bool {
		for _, m := range sets {
			if m.matches(x) {
				return false
			}
		}
		return true
	}, nil
}

// queryCondition reads "query key=value".
func queryCondition(args []string) condition {
	return func(x *exchange) bool {
		for _, a := range args {
			key, value, _ := strings.Cut(a, "=")
			ok := false
			for pair := range strings.SplitSeq(x.query, "&") {
				k, v, _ := strings.Cut(pair, "=")
				ok = ok || k == key && (value == "*" || v == value)
			}
			if !ok {
				return false
			}
		}
		return true
	}
}

// fileCondition reads "file" with try_files; the first file that exists counts.
func (b *builder) fileCondition(s *segment) (condition, error) {
	files := words([]*segment{s})
	for _, o := range s.block {
		switch o.name.text {
		case "try_files":
			files = append(files, words([]*segment{o})...)
		default:
			return nil, refuse(o.name.pos, "file matcher option "+o.name.text+" is not modelled", "")
		}
	}
	if len(files) == 0 {
		files = []string{"{http.request.uri.path}"}
	}
	return func(x *exchange) bool {
		for _, f := range files {
			f = x.expand(f)
			if x.exists(f) {
				x.values["http.matchers.file.relative"] = f
				return true
			}
		}
		return false
	}, nil
}

// upper is the upper case of ASCII letters.
func upper(s string) string {
	out := []byte(s)
	for i, c := range out {
		if c >= 'a' && c <= 'z' {
			out[i] = c - 'a' + 'A'
		}
	}
	return string(out)
}
