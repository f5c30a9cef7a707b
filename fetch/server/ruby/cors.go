package ruby

import (
	"regexp"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// cors is a configuration of Rack::Cors.
type cors struct {
	at     pos
	allows []*allow
	// lower reports whether the names of headers are sent in lower case: rack-cors 2
	// and later.
	lower bool
	// dollar reports whether "$" in a path is a plain character.
	dollar bool
	// folds reports whether the names of headers are compared without case: rack-cors
	// 2 and later on Rack 2.
	folds bool
}

// allow is one allow block.
type allow struct {
	at        pos
	origins   []value // strings, patterns, procs and what is not known
	everyone  bool
	resources []*resource
	facts     []server.Fact
}

// resource is one resource.
type resource struct {
	at          pos
	everyone    bool
	pattern     *pattern
	methods     []string
	headers     []string // in lower case
	anyHeader   bool
	expose      string
	maxAge      string
	credentials bool
	condition   value
	vary        []string
	// unknown is not nil when an option is not known.
	unknown *unknown
}

// configure runs the block of use Rack::Cors.
func (m *machine) configure(c *call) *cors {
	version := m.version("rack-cors")
	out := &cors{at: c.at, lower: version >= "2", dollar: version >= "2", folds: version >= "2" && m.version("rack") < "3"}
	self := &native{name: "Rack::Cors", call: out.method}
	if c.block == nil {
		return out
	}
	if len(c.block.params) == 1 {
		m.callProc(c.at, c.block, []value{self})
	} else {
		m.callProcOn(c.at, c.block, self, nil)
	}
	return out
}

func (k *cors) method(m *machine, c *call) (value, bool) {
	switch c.name {
	case "allow":
		a := &allow{at: c.at}
		k.allows = append(k.allows, a)
		self := &native{name: "Rack::Cors::Resources", call: func(m *machine, c *call) (value, bool) { return a.method(m, k, c) }}
		switch {
		case c.block == nil:
		case len(c.block.params) == 1:
			m.callProc(c.at, c.block, []value{self})
		default:
			m.callProcOn(c.at, c.block, self, nil)
		}
		return nil, true
	case "debug?":
		return false, true
	}
	return nil, false
}

func (a *allow) method(m *machine, k *cors, c *call) (value, bool) {
	switch c.name {
	case "origins":
		a.setOrigins(m, k, c)
		return nil, true
	case "resource":
		a.resources = append(a.resources, m.newResource(a, k, c))
		return nil, true
	case "public_resources?":
		return a.everyone, true
	}
	return nil, false
}

var schemeOnly = regexp.MustCompile(`^[a-z][a-z0-9.+-]*://`)

// setOrigins is origins: a call replaces those of an earlier one.
func (a *allow) setOrigins(m *machine, k *cors, c *call) {
	a.origins = nil
	var words []string
	for _, v := range flatten(c.args) {
		switch v := v.(type) {
		case *pattern:
			a.origins = append(a.origins, v)
			words = append(words, "/"+v.source+"/")
		case *proc:
			a.origins = append(a.origins, v)
			words = append(words, "a lambda")
		case *unknown:
			a.origins = append(a.origins, v)
			words = append(words, v.err.What)
		case *native:
			u := m.unknown(c.at, v.name, "give the file that sets it with --file")
			a.origins = append(a.origins, u)
			words = append(words, v.name)
		case nil, bool, int64, float64, *hash:
			m.raise(c.at, "TypeError", "no implicit conversion of "+inspect(v)+" into String")
		case symbol:
			words = append(words, inspect(v))
			if !a.isPlain(k, string(v)) {
				a.origins = append(a.origins, anyScheme(string(v)))
			}
		default:
			s := text(v)
			if s == "" {
				continue
			}
			words = append(words, s)
			a.origins = append(a.origins, a.originOf(k, s))
		}
	}
	if c.block != nil {
		a.origins = append(a.origins, c.block)
		words = append(words, "a block")
	}
	a.facts = append(a.facts, server.Fact{Position: c.at.Position(), Subject: server.SubjectOrigins, Value: strings.Join(words, ", ")})
}

// originOf returns an origin as it is compared: one without a scheme becomes a
// pattern for all schemes.
func (a *allow) originOf(k *cors, s string) value {
	switch {
	case a.isPlain(k, s):
		return s
	case s == "*":
		a.everyone = true
		return s
	}
	return anyScheme(s)
}

// isPlain reports whether an origin is compared as it is. A symbol that is one equals
// no origin.
func (a *allow) isPlain(k *cors, s string) bool {
	if k.lower {
		return schemeOnly.MatchString(s)
	}
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || s == "file://"
}

// anyScheme returns the pattern of a host with any scheme.
func anyScheme(host string) *pattern {
	return &pattern{source: `^[a-z][a-z0-9.+-]*:\/\/` + quote(host) + "$"}
}

// newResource is resource.
func (m *machine) newResource(a *allow, k *cors, c *call) *resource {
	r := &resource{at: c.at, everyone: a.everyone, maxAge: "7200"}
	opts := c.named
	if opts == nil {
		opts, _ = c.arg(len(c.args) - 1).(*hash)
	}
	if opts == nil || len(c.args) == 0 {
		opts = new(hash)
		if c.named != nil {
			opts = c.named
		}
	}
	for _, p := range opts.pairs {
		if u := m.unknownIn(p.value); u != nil {
			r.unknown = u
		}
	}
	switch p := c.arg(0).(type) {
	case *pattern:
		r.pattern = p
	case *unknown:
		r.unknown = p
		r.pattern = &pattern{}
	case string:
		r.pattern = pathPattern(p, k.dollar)
	default:
		m.raise(c.at, "TypeError", inspect(p))
	}
	r.setOptions(m, opts)
	a.facts = append(a.facts, r.facts(text(c.arg(0)))...)
	return r
}

// unknownIn returns the first value that is not known in a value.
func (m *machine) unknownIn(v value) *unknown {
	switch v := v.(type) {
	case *unknown:
		return v
	case *list:
		for _, x := range flatten(v.items) {
			if u, ok := x.(*unknown); ok {
				return u
			}
		}
	}
	return nil
}

// setOptions sets what the options of a resource say.
func (r *resource) setOptions(m *machine, opts *hash) {
	if opts.option("credentials") == true {
		if r.everyone {
			m.raise(r.at, "Rack::Cors::Resource::CorsMisconfigurationError", "Allowing credentials for wildcard origins is insecure. Please specify more restrictive origins or set 'credentials' to false in your CORS configuration.")
		}
		r.credentials = true
	}
	if v := opts.option("max_age"); truth(v) {
		r.maxAge = text(v)
	}
	r.condition = opts.option("if")
	switch v := opts.option("headers"); {
	case v == symbol("any"):
		r.anyHeader = true
	case v != nil:
		for _, s := range texts(v) {
			r.headers = append(r.headers, fetch.ByteLowercase(s))
		}
	}
	switch v := opts.option("methods"); {
	case v == symbol("any"):
		r.methods = []string{"get", "head", "post", "put", "patch", "delete", "options"}
	case v == nil:
		r.methods = []string{"get"}
	default:
		r.methods = texts(v)
	}
	if v := opts.option("expose"); truth(v) {
		r.expose = strings.Join(texts(v), ", ")
	}
	if v := opts.option("vary"); truth(v) {
		r.vary = texts(v)
	}
}

// texts returns a value, or the items of an array, as strings.
func texts(v value) []string {
	items := []value{v}
	if l, ok := v.(*list); ok {
		items = flatten(l.items)
	}
	var out []string
	for _, x := range items {
		out = append(out, text(x))
	}
	return out
}

func (r *resource) facts(where string) []server.Fact {
	at := r.at.Position()
	out := []server.Fact{{Position: at, Subject: server.SubjectMethods, Where: where, Value: strings.ToUpper(strings.Join(r.methods, ", "))}}
	headers := strings.Join(r.headers, ", ")
	if r.anyHeader {
		headers = "every header that is asked for"
	}
	if headers != "" {
		out = append(out, server.Fact{Position: at, Subject: server.SubjectHeaders, Where: where, Value: headers})
	}
	if r.expose != "" {
		out = append(out, server.Fact{Position: at, Subject: server.SubjectExposed, Where: where, Value: r.expose})
	}
	if r.credentials {
		out = append(out, server.Fact{Position: at, Subject: server.SubjectCredentials, Where: where, Value: "true"})
	}
	return append(out, server.Fact{Position: at, Subject: server.SubjectMaxAge, Where: where, Value: r.maxAge})
}

// pathPattern returns the pattern of a path: "*" and ":name" are placeholders.
func pathPattern(p string, dollar bool) *pattern {
	var b strings.Builder
	for i := 0; i < len(p); i++ {
		c := p[i]
		switch {
		case c == ':' && i+1 < len(p) && isWord(p[i+1]):
			for i+1 < len(p) && isWord(p[i+1]) {
				i++
			}
			b.WriteString("([^/?&#]+)")
		case strings.HasPrefix(p[i:], "/*"):
			b.WriteString(`\/?(.*?)`)
			i++
		case c == '*':
			b.WriteString("(.*?)")
		case strings.IndexByte(".+()", c) >= 0, c == '$' && dollar:
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return &pattern{source: "^" + b.String() + "$"}
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
