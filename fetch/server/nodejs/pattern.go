package nodejs

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
)

// pattern is a path of a route or a middleware.
type pattern struct {
	// segments is the pattern if each segment is a text or one parameter.
	segments []segment
	simple   bool
	end      bool // the whole path has to match
	strict   bool
	exact    bool // upper and lower case differ
	v5       bool
	// every matches every path, as '*' does in Express 4.
	every bool
	re    *regexp2.Regexp
	exec  goja.Callable // of a RegExp of the program
	regex goja.Value
	keys  []key
	plain string // for texts without parameters
}

type segment struct {
	text  string
	param string
}

// key is the name of a capture; lists are split at slashes.
type key struct {
	name string
	list bool
}

// matched is what a path matched.
type matched struct {
	path   string
	params []param
}

type param struct {
	name  string
	value goja.Value
}

// patterns returns the patterns of a path argument, and how it is shown. A path
// that Express refuses throws its error.
func (r *router) patterns(v goja.Value, end bool) ([]pattern, string) {
	m := r.m
	if u := m.unknownOf(v); u != nil {
		return []pattern{{regex: v}}, u.path
	}
	flat := m.flatten([]goja.Value{v})
	var out []pattern
	for _, p := range flat {
		out = append(out, r.pattern(p, end))
	}
	shown := v.String()
	return out, shown
}

// pattern returns the pattern of one path.
func (r *router) pattern(v goja.Value, end bool) pattern {
	p := pattern{end: end, strict: r.strict && end, exact: r.sensitive, v5: r.v5}
	if o, ok := v.(*goja.Object); ok && o.ClassName() == "RegExp" {
		p.regex = o
		p.exec, _ = goja.AssertFunction(o.Get("exec"))
		p.keys = regexKeys(o.Get("source").String())
		return p
	}
	text := v.String()
	if !r.v5 {
		if _, ok := v.(goja.String); !ok {
			panic(r.m.vm.NewTypeError("path must be a string, array of strings, or regular expression"))
		}
		return r.pattern4(p, text)
	}
	if !p.strict && text != "/" {
		text = strings.TrimRight(text, "/")
	}
	return r.pattern5(p, text)
}

// simplePattern fills in a pattern whose segments are texts and parameters.
func simplePattern(p pattern, text, special string, isName func(s string) bool) (pattern, bool) {
	for i, s := range strings.Split(text, "/") {
		if i == 0 {
			if s != "" {
				return p, false
			}
			continue
		}
		if name, ok := strings.CutPrefix(s, ":"); ok {
			if !isName(name) {
				return p, false
			}
			p.segments = append(p.segments, segment{param: name})
			p.keys = append(p.keys, key{name: name})
			continue
		}
		if strings.ContainsAny(s, special) || !isASCII(s) {
			return p, false
		}
		p.segments = append(p.segments, segment{text: s})
	}
	p.simple = len(p.segments) > 0
	if len(p.keys) == 0 {
		p.plain = text
	}
	return p, p.simple
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func isWord(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return s != ""
}

// match returns what a layer's path matches; bad is the error of a parameter that
// cannot be decoded.
func (l *layer) match(path string, m *machine) (out matched, ok bool, bad goja.Value) {
	if l.slash && l.route == nil {
		return matched{}, true, nil
	}
	for i := range l.paths {
		if out, ok, bad = l.paths[i].match(path, m); ok || bad != nil {
			return out, ok, bad
		}
	}
	return matched{}, false, nil
}

// match returns what the pattern matches in a path.
func (p *pattern) match(path string, m *machine) (out matched, ok bool, bad goja.Value) {
	switch {
	case p.every:
		v, bad := m.decodeParam(path, p.v5)
		return matched{path: path, params: []param{{"0", v}}}, bad == nil, bad
	case p.plain != "":
		out.path, ok = p.matchPlain(path)
		return out, ok, nil
	case p.simple:
		return p.matchSegments(path, m)
	case p.re == nil:
		return p.matchRegExp(path, m)
	}
	match, err := p.re.FindStringMatch(path)
	if err != nil || match == nil {
		return matched{}, false, nil
	}
	out.path = match.String()
	groups := match.Groups()
	for i := 1; i < len(groups) && i <= len(p.keys); i++ {
		if len(groups[i].Captures) == 0 {
			if !p.v5 {
				out.params = append(out.params, param{p.keys[i-1].name, goja.Undefined()})
			}
			continue
		}
		v, bad := m.decodeKey(p.keys[i-1], groups[i].String(), p.v5)
		if bad != nil {
			return matched{}, false, bad
		}
		out.params = append(out.params, param{p.keys[i-1].name, v})
	}
	return out, true, nil
}

// matchPlain matches a path without parameters.
func (p *pattern) matchPlain(path string) (string, bool) {
	text := p.plain
	if text == "/" {
		text = ""
		if p.v5 {
			text = "/"
		}
	}
	if len(path) < len(text) || !p.equal(path[:len(text)], text) {
		return "", false
	}
	return p.ending(path, len(text))
}

func (p *pattern) equal(a, b string) bool {
	if p.exact {
		return a == b
	}
	return lowerEqual(a, b)
}

// ending decides whether a path may go on after n bytes, and returns what is
// matched of it.
func (p *pattern) ending(path string, n int) (string, bool) {
	rest := path[n:]
	switch {
	case rest == "":
		return path, true
	case p.end:
		return path, rest == "/" && !p.strict
	case rest == "/":
		return path, true
	case rest[0] != '/':
		return "", false
	case !p.v5 && strings.HasPrefix(rest, "//"):
		return path[:n+1], true
	}
	return path[:n], true
}

// matchSegments matches a path whose segments are texts and parameters.
func (p *pattern) matchSegments(path string, m *machine) (out matched, ok bool, bad goja.Value) {
	at := 0
	for _, s := range p.segments {
		if at >= len(path) || path[at] != '/' {
			return matched{}, false, nil
		}
		at++
		n := strings.IndexByte(path[at:], '/')
		if n < 0 {
			n = len(path) - at
		}
		part := path[at : at+n]
		at += n
		if s.param == "" {
			if !p.equal(part, s.text) {
				return matched{}, false, nil
			}
			continue
		}
		if part == "" {
			return matched{}, false, nil
		}
		out.params = append(out.params, param{name: s.param, value: m.vm.ToValue(part)})
	}
	if out.path, ok = p.ending(path, at); !ok {
		return matched{}, false, nil
	}
	for i := range out.params {
		if out.params[i].value, bad = m.decodeParam(out.params[i].value.String(), p.v5); bad != nil {
			return matched{}, false, bad
		}
	}
	return out, true, nil
}

// matchRegExp matches a regular expression of the program, or an unknown path.
func (p *pattern) matchRegExp(path string, m *machine) (out matched, ok bool, bad goja.Value) {
	if p.exec == nil {
		u := m.unknownOf(p.regex)
		return matched{path: path}, u != nil && m.decide(u, "is the path "+path, false), nil
	}
	v, err := p.exec(p.regex, m.vm.ToValue(path))
	m.rethrow(err)
	o, found := v.(*goja.Object)
	if !found {
		return matched{}, false, nil
	}
	out.path = o.Get("0").String()
	for i := 1; i < int(o.Get("length").ToInteger()) && i <= len(p.keys); i++ {
		v := orUndefined(o.Get(strconv.Itoa(i)))
		if _, text := v.(goja.String); text {
			if v, bad = m.decodeParam(v.String(), p.v5); bad != nil {
				return matched{}, false, bad
			}
		} else if p.v5 {
			continue
		}
		out.params = append(out.params, param{p.keys[i-1].name, v})
	}
	return out, true, nil
}

// decodeKey returns the value of a capture.
func (m *machine) decodeKey(k key, s string, v5 bool) (v, bad goja.Value) {
	if !k.list {
		return m.decodeParam(s, v5)
	}
	var list []any
	for part := range strings.SplitSeq(s, "/") {
		if v, bad = m.decodeParam(part, v5); bad != nil {
			return nil, bad
		}
		list = append(list, v)
	}
	return m.vm.NewArray(list...), nil
}

// decodeParam decodes a part of a path; bad is the error with status 400.
func (m *machine) decodeParam(s string, v5 bool) (v, bad goja.Value) {
	if !strings.Contains(s, "%") {
		return m.vm.ToValue(s), nil
	}
	decode, _ := goja.AssertFunction(m.vm.Get("decodeURIComponent"))
	v, err := decode(goja.Undefined(), m.vm.ToValue(s))
	if err == nil {
		return v, nil
	}
	e, ok := err.(*goja.Exception)
	if !ok {
		panic(err)
	}
	o := e.Value().ToObject(m.vm)
	_ = o.Set("status", 400)
	_ = o.Set("statusCode", 400)
	return nil, o
}

// isIP reports whether a text is an IP address.
func isIP(s string) bool {
	_, err := netip.ParseAddr(s)
	return err == nil
}
