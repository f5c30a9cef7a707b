package ruby

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// sinatra is what a class of Sinatra says about its requests.
type sinatra struct {
	routes   []sinatraRoute
	filters  []sinatraRoute // their method is "before" or "after"
	errors   []sinatraError
	stack    []middleware
	settings *hash
	// lost says what was registered that is not modelled.
	lost *server.UnknownError
}

// sinatraRoute is a route or a filter.
type sinatraRoute struct {
	at      pos
	method  string
	pattern *pattern // nil for all paths
	names   []string // of its captures
	block   *proc
	unsure  bool // it has conditions that are not modelled
}

// sinatraError is an error block, for a status or a class of exceptions.
type sinatraError struct {
	from, to int // statuses; 0 for a class
	class    string
	block    *proc
}

// sinatraVerbs are the methods of a class that add a route.
var sinatraVerbs = []string{"get", "post", "put", "patch", "delete", "head", "options", "link", "unlink"}

// isSinatra reports whether a class is an application of Sinatra.
func (c *class) isSinatra() bool {
	base := c.baseName()
	return base == "Sinatra::Base" || base == "Sinatra::Application"
}

// classicSinatra returns the class of the routes that are outside of classes.
func (m *machine) classicSinatra() *class {
	if m.sinatra == nil {
		m.sinatra = m.class("Sinatra::Application")
		m.sinatra.base = "Sinatra::Base"
	}
	return m.sinatra
}

// onlySinatra returns the application of a program without config.ru: the routes outside
// of classes, or the last class; nil when there is none.
func (m *machine) onlySinatra() *class {
	if m.sinatra != nil && len(sinatraOf(m.sinatra).routes)+len(sinatraOf(m.sinatra).filters) > 0 {
		return m.sinatra
	}
	return m.lastSinatra
}

// sinatraOf returns what a class says itself, without the classes above.
func sinatraOf(k *class) *sinatra {
	s, ok := k.data["sinatra"].(*sinatra)
	if !ok {
		s = &sinatra{settings: new(hash)}
		k.data["sinatra"] = s
	}
	return s
}

// sinatraClass is a method that Sinatra gives to its classes.
func (m *machine) sinatraClass(k *class, c *call) (value, bool) {
	s := sinatraOf(k)
	if slices.Contains(sinatraVerbs, c.name) && c.block != nil {
		s.addRoute(c.name, m.sinatraPattern(c))
		return nil, true
	}
	switch c.name {
	case "before", "after":
		r := m.sinatraPattern(c)
		r.method = c.name
		s.filters = append(s.filters, r)
	case "use":
		m.kept.touch()
		s.stack = append(s.stack, m.middleware(c, c.args))
	case "helpers":
		for _, a := range c.args {
			m.include(c.at, k, a)
		}
		if c.block != nil {
			m.callProcOn(c.at, c.block, k, nil)
		}
	case "configure":
		if m.sinatraEnvironment(c.at, c.args) {
			m.callProcOn(c.at, c.block, k, []value{k})
		}
	case "error", "not_found":
		m.kept.touch()
		s.addErrors(c)
	case "register":
		s.register(m, c)
	case "call":
		env, _ := c.arg(0).(*hash)
		return m.callSinatra(k, env).list(), env != nil
	case "mime_type", "template", "layout", "add_charset", "run!", "start!", "quit!", "on_start", "on_stop", "reset!":
	case "development?", "production?", "test?":
		return m.sinatraEnvironment(c.at, []value{strings.TrimSuffix(c.name, "?")}), true
	default:
		return m.sinatraSetting(k, s, c)
	}
	return nil, true
}

// addRoute adds a route; one for GET is one for HEAD too.
func (s *sinatra) addRoute(verb string, r sinatraRoute) {
	r.method = strings.ToUpper(verb)
	s.routes = append(s.routes, r)
	if verb == "get" {
		r.method = "HEAD"
		s.routes = append(s.routes, r)
	}
}

// sinatraSetting is set, enable, disable or a setting as a method.
func (m *machine) sinatraSetting(k *class, s *sinatra, c *call) (value, bool) {
	switch c.name {
	case "set":
		h, ok := c.arg(0).(*hash)
		if c.named != nil && len(c.args) == 0 {
			h, ok = c.named, true
		}
		switch {
		case ok:
			for _, p := range h.pairs {
				s.settings.set(symbol(text(p.key)), p.value)
			}
		case c.block != nil:
			s.settings.set(symbol(text(c.arg(0))), c.block)
		default:
			v := c.arg(1)
			if c.named != nil && len(c.args) == 1 {
				v = c.named
			}
			s.settings.set(symbol(text(c.arg(0))), v)
		}
	case "enable", "disable":
		for _, a := range c.args {
			s.settings.set(symbol(text(a)), c.name == "enable")
		}
	case "settings":
		return k, true
	default:
		name := strings.TrimSuffix(c.name, "?")
		v, ok := m.setting(k, name)
		if ok && name != c.name {
			return truth(v), true
		}
		return v, ok
	}
	return nil, true
}

// setting returns a setting of a class or of one above.
func (m *machine) setting(k *class, name string) (value, bool) {
	for c := k; c != nil; c = c.above {
		if s, ok := c.data["sinatra"].(*sinatra); ok {
			if v, ok := s.settings.get(symbol(name)); ok {
				if p, isBlock := v.(*proc); isBlock {
					return m.callProcOn(pos{}, p, k, nil), true
				}
				return v, true
			}
		}
	}
	switch name {
	case "environment":
		return m.sinatraEnv(pos{}), true
	case "show_exceptions":
		return m.sinatraEnvironment(pos{}, []value{"development"}), true
	case "raise_errors":
		return m.sinatraEnvironment(pos{}, []value{"test"}), true
	case "root":
		return m.root(), true
	case "public_folder":
		return m.root() + "/public", true
	case "sessions", "logging", "static", "run":
		return false, true
	}
	return nil, false
}

// sinatraEnv returns the environment of Sinatra as a symbol.
func (m *machine) sinatraEnv(at pos) value {
	for _, name := range []string{"APP_ENV", "RACK_ENV"} {
		switch v, known := m.env(at, name); {
		case !known:
			return v
		case v != nil:
			return symbol(text(v))
		}
	}
	return symbol("development")
}

// sinatraEnvironment reports whether the environment is one of some; none means all.
func (m *machine) sinatraEnvironment(at pos, names []value) bool {
	have := m.sinatraEnv(at)
	if u, ok := have.(*unknown); ok && len(names) > 0 {
		return m.decide(u.err)
	}
	for _, n := range names {
		if text(n) == text(have) {
			return true
		}
	}
	return len(names) == 0
}

// addErrors adds what error and not_found say.
func (s *sinatra) addErrors(c *call) {
	if c.name == "not_found" {
		s.errors = append(s.errors, sinatraError{from: 404, to: 404, block: c.block}, sinatraError{class: "Sinatra::NotFound", block: c.block})
		return
	}
	if len(c.args) == 0 {
		s.errors = append(s.errors, sinatraError{class: "Exception", block: c.block})
	}
	for _, a := range flatten(c.args) {
		e := sinatraError{block: c.block}
		switch a := a.(type) {
		case int64:
			e.from, e.to = int(a), int(a)
		case *span:
			from, _ := a.from.(int64)
			to, _ := a.to.(int64)
			e.from, e.to = int(from), int(to)
			if a.open {
				e.to--
			}
		default:
			e.class = exceptionName(a)
		}
		s.errors = append(s.errors, e)
	}
}

// quietExtensions are extensions of Sinatra that send no header of CORS.
var quietExtensions = []string{"Sinatra::JSON", "Sinatra::Reloader", "Sinatra::ActiveRecordExtension", "Sinatra::Flash", "Sinatra::RespondWith", "Sinatra::ConfigFile", "Sinatra::Contrib"}

func (s *sinatra) register(m *machine, c *call) {
	for _, a := range c.args {
		if name := classTitle(a); !slices.Contains(quietExtensions, name) && s.lost == nil {
			s.lost = m.unknownError(c.at, "what the extension "+name+" does", "write its headers in the routes")
		}
	}
}

// sinatraPattern returns the route of a call: its path and its block.
func (m *machine) sinatraPattern(c *call) sinatraRoute {
	m.kept.touch()
	r := sinatraRoute{at: c.at, block: c.block, unsure: c.named != nil && len(c.named.pairs) > 0}
	switch p := c.arg(0).(type) {
	case *pattern:
		r.pattern = &pattern{source: `\A(?:` + p.source + `)\z`, flags: p.flags}
	case string:
		r.pattern, r.names = sinatraPath(p)
	case *unknown:
		panic(stops{p.err})
	}
	return r
}

// sinatraPath returns the pattern of a path with ":name", "*", "?" and "(…)".
func sinatraPath(p string) (out *pattern, names []string) {
	var b strings.Builder
	last := 0 // where the last element begins
	for i := 0; i < len(p); i++ {
		at := b.Len()
		switch c := p[i]; {
		case c == ':' && i+1 < len(p) && isWord(p[i+1]):
			from := i + 1
			for i+1 < len(p) && isWord(p[i+1]) {
				i++
			}
			names = append(names, p[from:i+1])
			b.WriteString("([^/?#]+?)")
		case c == '*':
			names = append(names, "splat")
			b.WriteString("(.*?)")
		case c == '?':
			s := b.String()
			b.Reset()
			b.WriteString(s[:last] + "(?:" + s[last:] + ")?")
			continue
		case c == '(':
			b.WriteString("(?:")
		case c == ')', c == '|':
			b.WriteByte(c)
		default:
			b.WriteString(quote(p[i : i+1]))
		}
		last = at
	}
	return &pattern{source: `\A` + b.String() + `\z`}, names
}
