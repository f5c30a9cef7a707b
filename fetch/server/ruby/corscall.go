package ruby

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// simpleHeaders are the request headers that rack-cors always allows.
var simpleHeaders = []string{"accept", "accept-language", "content-language", "content-type"}

// callCors answers a preflight, or adds the headers to what is inside.
func (m *machine) callCors(k *cors, env *hash, inside func() *reply) *reply {
	origin, hasOrigin := env.get("HTTP_ORIGIN")
	if other, ok := env.get("HTTP_X_ORIGIN"); ok && !hasOrigin {
		env.set("HTTP_ORIGIN", other)
		origin, hasOrigin = other, true
	}
	target := evaluatePath(text(env.must("PATH_INFO")))
	var add *hash
	if hasOrigin {
		method, asked := env.get("HTTP_ACCESS_CONTROL_REQUEST_METHOD")
		if env.must("REQUEST_METHOD") == "OPTIONS" && asked {
			return m.preflight(k, env, text(origin), target, text(method))
		}
		if a, r := m.matchResource(k, env, text(origin), target); r != nil {
			add = k.headers(r, text(origin))
			m.decide2(r.at, server.Decision{Header: "Access-Control-Allow-Origin", Text: "resource matches " + target + " for an origin that the block at " + a.at.Position().String() + " allows"})
		}
	}
	vary := m.varyResource(k, target)
	out := inside()
	if add != nil {
		out.headers = k.merge(add, out.headers)
	}
	if vary != nil {
		m.addVary(k, vary, out)
	}
	return out
}

// must returns an entry, or an empty string.
func (h *hash) must(name string) value {
	v, ok := h.get(name)
	if !ok {
		return ""
	}
	return v
}

// decide2 records what decided.
func (m *machine) decide2(at pos, d server.Decision) {
	d.Position = at.Position()
	if len(m.decided) < 50 {
		m.decided = append(m.decided, d)
	}
}

// evaluatePath decodes and cleans a path.
func evaluatePath(p string) string {
	p = origin.PercentDecode(p)
	if !validPath(p) {
		return p
	}
	var clean []string
	parts := strings.Split(p, "/")
	for _, part := range parts {
		switch part {
		case "", ".":
		case "..":
			if len(clean) > 0 {
				clean = clean[:len(clean)-1]
			}
		default:
			clean = append(clean, part)
		}
	}
	out := strings.Join(clean, "/")
	if p == "" || parts[0] == "" {
		out = "/" + out
	}
	return out
}

func validPath(p string) bool { return utf8.ValidString(p) && !strings.Contains(p, "\x00") }

// preflight answers a preflight.
func (m *machine) preflight(k *cors, env *hash, origin, target, method string) *reply {
	out := &reply{status: 200, headers: &hash{folds: k.folds}}
	if !validPath(target) {
		out.status = 400
		return out
	}
	_, r := m.matchResource(k, env, origin, target)
	if r == nil {
		m.decide2(k.at, server.Decision{Text: "no allow block fits the origin " + origin + " and the path " + target + ": the preflight gets status 200 without headers"})
		return out
	}
	if !slices.Contains(r.methods, fetch.ByteLowercase(method)) {
		m.decide2(r.at, server.Decision{Text: "methods does not list " + method})
		return out
	}
	asked, hasHeaders := env.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS")
	if hasHeaders && !r.allowsHeaders(text(asked)) {
		m.decide2(r.at, server.Decision{Text: "headers does not list all of " + text(asked)})
		return out
	}
	out.headers = k.headers(r, origin)
	if hasHeaders {
		out.headers.set(k.name("Access-Control-Allow-Headers"), asked)
	}
	m.decide2(r.at, server.Decision{Header: "Access-Control-Allow-Origin", Text: "resource matches " + target + " and allows the preflight"})
	return out
}

func (r *resource) allowsHeaders(asked string) bool {
	if r.anyHeader {
		return true
	}
	if asked == "" {
		return true
	}
	for part := range strings.SplitSeq(asked, ",") {
		name := fetch.ByteLowercase(strings.TrimLeft(part, " \t\n\r\f\v"))
		if !slices.Contains(simpleHeaders, name) && !slices.Contains(r.headers, name) {
			return false
		}
	}
	return true
}

// name returns the name of a header as it is sent.
func (k *cors) name(s string) string {
	if k.lower {
		return fetch.ByteLowercase(s)
	}
	return s
}

// headers returns the headers for an origin that is allowed.
func (k *cors) headers(r *resource, origin string) *hash {
	out := &hash{folds: k.folds}
	if r.everyone {
		origin = "*"
	}
	out.set(k.name("Access-Control-Allow-Origin"), origin)
	out.set(k.name("Access-Control-Allow-Methods"), strings.ToUpper(strings.Join(r.methods, ", ")))
	out.set(k.name("Access-Control-Expose-Headers"), r.expose)
	out.set(k.name("Access-Control-Max-Age"), r.maxAge)
	if r.credentials {
		out.set(k.name("Access-Control-Allow-Credentials"), "true")
	}
	return out
}

// merge returns the headers of rack-cors with those of the application, which win.
func (k *cors) merge(add, app *hash) *hash {
	for _, p := range app.pairs {
		add.set(p.key, p.value)
	}
	return add
}

// matchResource returns the first resource that fits an origin and a path.
func (m *machine) matchResource(k *cors, env *hash, origin, target string) (*allow, *resource) {
	for _, a := range k.allows {
		if !m.allows(a, env, origin) {
			continue
		}
		for _, r := range a.resources {
			if m.match(r.at, r.pattern, target) == nil && r.unknown == nil {
				continue
			}
			if r.unknown != nil {
				panic(stops{r.unknown.err})
			}
			if p, ok := r.condition.(*proc); ok && !m.isTrue(m.callProc(r.at, p, []value{env})) {
				continue
			}
			return a, r
		}
	}
	return nil, nil
}

// allows reports whether an allow block lists an origin.
func (m *machine) allows(a *allow, env *hash, origin string) bool {
	if a.everyone {
		return true
	}
	var unsure *unknown
	for _, o := range a.origins {
		switch o := o.(type) {
		case *unknown:
			unsure = o
		case string:
			if o == origin {
				return true
			}
		case *pattern:
			if m.match(a.at, o, origin) != nil {
				return true
			}
		case *proc:
			if m.isTrue(m.callProc(a.at, o, []value{origin, env})) {
				return true
			}
		}
	}
	return unsure != nil && m.decide(unsure.err)
}

// varyResource returns the first resource whose path fits, whatever the origin.
func (m *machine) varyResource(k *cors, target string) *resource {
	for _, a := range k.allows {
		for _, r := range a.resources {
			if m.match(r.at, r.pattern, target) != nil {
				return r
			}
		}
	}
	return nil
}

// addVary adds to the Vary of a reply.
func (m *machine) addVary(k *cors, r *resource, out *reply) {
	names := []string{"Origin"}
	if len(r.vary) > 0 {
		names = r.vary
	}
	var have []string
	v, ok := out.headers.get(k.name("Vary"))
	if u := m.unknownIn(v); u != nil {
		panic(stops{u.err})
	}
	if ok && v != nil {
		for _, s := range texts(v) {
			for part := range strings.SplitSeq(s, ",") {
				have = append(have, strings.TrimLeft(part, " \t"))
			}
		}
	}
	var all []string
	for _, n := range append(have, names...) {
		if !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	out.headers.set(k.name("Vary"), strings.Join(all, ", "))
	m.decide2(r.at, server.Decision{Header: "Vary", Text: "the resource's path matches: Vary gets " + strings.Join(names, ", ")})
}
