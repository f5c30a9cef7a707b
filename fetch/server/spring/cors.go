package spring

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// texts is a list of a configuration. It is not set when nothing was said, and
// standard when it is the list that applyPermitDefaultValues sets: the rules treat
// that list in another way than one of the same content.
type texts struct {
	list          []string
	set, standard bool
	unknown       *unknown
}

// known returns the list; it stops when the list is not known.
func (t *texts) known() []string {
	if t.unknown != nil {
		panic(stops{t.unknown.err})
	}
	return t.list
}

// corsConfig is a CorsConfiguration.
type corsConfig struct {
	at                          pos
	origins, patterns           texts
	methods, headers, exposed   texts
	credentials, privateNetwork flag
	maxAge                      number
	facts                       []server.Fact
}

// flag is a Boolean that may not be set.
type flag struct {
	set, value bool
	unknown    *unknown
}

func (f *flag) isTrue() bool {
	if f.unknown != nil {
		panic(stops{f.unknown.err})
	}
	return f.set && f.value
}

// number is a number of seconds that may not be set.
type number struct {
	set     bool
	value   int64
	unknown *unknown
}

// The messages of the framework.
const (
	anyWithCredentials = `When allowCredentials is true, allowedOrigins cannot contain the special value "*" since that cannot be set on the "Access-Control-Allow-Origin" response header. To allow credentials to a set of origins, list them explicitly or consider using "allowedOriginPatterns" instead.`
	anyWithPrivate     = `When allowPrivateNetwork is true, allowedOrigins cannot contain the special value "*" as it is not recommended from a security perspective. To allow private network access to a set of origins, list them explicitly or consider using "allowedOriginPatterns" instead.`
	invalidRequest     = "Invalid CORS request"
)

// permitDefaults is applyPermitDefaultValues.
func (c *corsConfig) permitDefaults() *corsConfig {
	if !c.origins.set && !c.patterns.set {
		c.origins = texts{list: []string{"*"}, set: true, standard: true}
	}
	if !c.methods.set {
		c.methods = texts{list: []string{"GET", "HEAD", "POST"}, set: true, standard: true}
	}
	if !c.headers.set {
		c.headers = texts{list: []string{"*"}, set: true, standard: true}
	}
	if !c.maxAge.set {
		c.maxAge = number{set: true, value: 1800}
	}
	return c
}

// problem returns why a request with the configuration throws; "" when it does not.
func (c *corsConfig) problem() string {
	credentials, private := c.credentials.isTrue(), c.privateNetwork.isTrue()
	switch {
	case !credentials && !private || !slices.Contains(c.origins.known(), "*"):
		return ""
	case credentials:
		return anyWithCredentials
	}
	return anyWithPrivate
}

// combine returns the configuration with another one on top: for the lists the union,
// for the rest what the other says.
func (c *corsConfig) combine(other *corsConfig) *corsConfig {
	if other == nil {
		return c
	}
	out := *c
	out.origins, out.patterns = combineTexts(c.origins, other.origins), combinePatterns(c.patterns, other.patterns)
	if out.origins.standard && len(out.patterns.list) > 0 {
		out.origins = texts{}
	}
	out.methods = copied(combineTexts(c.methods, other.methods))
	out.headers = copied(combineTexts(c.headers, other.headers))
	out.exposed = copied(combineTexts(c.exposed, other.exposed))
	if other.credentials.set {
		out.credentials = other.credentials
	}
	if other.privateNetwork.set {
		out.privateNetwork = other.privateNetwork
	}
	if other.maxAge.set {
		out.maxAge = other.maxAge
	}
	out.at = other.at
	return &out
}

// copied returns a list that is no longer the standard one.
func copied(t texts) texts {
	t.standard = false
	return t
}

func combineTexts(a, b texts) texts {
	switch {
	case a.unknown != nil && !b.standard:
		return a
	case b.unknown != nil && !a.standard:
		return b
	case !b.set:
		a.set = true
		return a
	case !a.set, a.standard:
		return b
	case b.standard:
		return a
	case slices.Contains(a.list, "*") || slices.Contains(b.list, "*"):
		return texts{list: []string{"*"}, set: true}
	}
	return texts{list: union(a.list, b.list), set: true}
}

func combinePatterns(a, b texts) texts {
	a.standard, b.standard = false, false
	return combineTexts(a, b)
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// add adds a value to a list; a standard list that is added to becomes an own one.
func (t *texts) add(s string) {
	t.list, t.set, t.standard = append(slices.Clone(t.list), s), true, false
}

// addOrigin adds an origin, or a list of them with commas.
func (c *corsConfig) addOrigin(s string, v version) {
	if c.origins.standard && len(c.patterns.list) == 0 {
		c.origins = copied(c.origins)
	}
	for _, o := range commaList(s, v) {
		c.origins.add(strings.TrimSuffix(o, "/"))
	}
}

// addPattern adds a pattern of origins, or a list of them with commas.
func (c *corsConfig) addPattern(s string, v version) {
	for _, o := range commaList(s, v) {
		c.patterns.add(strings.TrimSuffix(o, "/"))
		if c.origins.standard {
			c.origins = texts{}
		}
	}
}

// commaList splits a value at the commas outside of brackets. Framework 5 does not.
func commaList(s string, v version) []string {
	if !strings.Contains(s, ",") || !v.atLeast(6, 0) {
		return []string{s}
	}
	var out []string
	start, inside := 0, false
	for i := range len(s) {
		switch s[i] {
		case '[':
			inside = true
		case ']':
			inside = false
		case ',':
			if !inside {
				out = append(out, strings.TrimSpace(s[start:i]))
				start = i + 1
			}
		}
	}
	if start < len(s) {
		out = append(out, strings.TrimSpace(s[start:]))
	}
	return out
}

// allowsOrigin returns the value of Access-Control-Allow-Origin; "" when the origin is
// not allowed. thrown is the message of the exception.
func (c *corsConfig) allowsOrigin(origin string) (value, thrown string) {
	if strings.TrimSpace(origin) == "" {
		return "", ""
	}
	check := strings.TrimSuffix(origin, "/")
	list := c.origins.known()
	if slices.Contains(list, "*") {
		return "*", c.problem()
	}
	for _, o := range list {
		if lower(o) == lower(check) {
			return origin, ""
		}
	}
	for _, p := range c.patterns.known() {
		if p == "*" || matchesOrigin(p, check) {
			return origin, ""
		}
	}
	return "", ""
}

var portsForm = regexp.MustCompile(`^(.*):\[(\*|[0-9]+(?:,[0-9]+)*)\]$`)

// matchesOrigin reports whether an origin fits a pattern: "*" stands for any text, and
// a list of ports in brackets may follow.
func matchesOrigin(pattern, origin string) bool {
	m := portsForm.FindStringSubmatch(pattern)
	if m == nil {
		return glob(pattern, origin)
	}
	host, port := origin, ""
	if i := strings.LastIndexByte(origin, ':'); i >= 0 && isNumber(origin[i+1:]) {
		host, port = origin[:i], origin[i+1:]
	}
	if m[2] == "*" {
		return glob(m[1], host) || glob(m[1], origin)
	}
	return port != "" && slices.Contains(strings.Split(m[2], ","), port) && glob(m[1], host)
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// glob reports whether a text fits a pattern in which "*" stands for any text.
func glob(pattern, s string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == s
	}
	s, ok := strings.CutPrefix(s, parts[0])
	if !ok {
		return false
	}
	last := parts[len(parts)-1]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(s, part)
		if i < 0 {
			return false
		}
		s = s[i+len(part):]
	}
	return strings.HasSuffix(s, last)
}

// allowsMethod returns the methods that are allowed; nil when a method is not.
func (c *corsConfig) allowsMethod(method string) []string {
	list := c.methods.known()
	switch {
	case len(list) == 0:
		list = []string{"GET", "HEAD"}
	case slices.Contains(list, "*"):
		return []string{method}
	}
	if slices.Contains(list, method) {
		return list
	}
	return nil
}

// allowsHeaders returns which of the headers that a preflight asks for are allowed;
// ok is false when it asks for some and none is.
func (c *corsConfig) allowsHeaders(asked []string) (out []string, ok bool) {
	if len(asked) == 0 {
		return nil, true
	}
	list := c.headers.known()
	everyone := slices.Contains(list, "*")
	for _, h := range asked {
		if everyone || slices.ContainsFunc(list, func(allowed string) bool { return lower(allowed) == lower(h) }) {
			out = append(out, h)
		}
	}
	return out, len(out) > 0
}

// askedHeaders returns the headers that a preflight asks for.
func askedHeaders(req *server.Request) []string {
	var out []string
	for _, h := range req.Header {
		if lower(h.Name) != "access-control-request-headers" {
			continue
		}
		for part := range strings.SplitSeq(h.Value, ",") {
			if s := strings.TrimSpace(part); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// fact notes something that the configuration says.
func (c *corsConfig) fact(at pos, subject server.Subject, v string) {
	c.facts = append(c.facts, server.Fact{Position: at.position(), Subject: subject, Value: v})
}

// factsFor returns the facts with the paths that they apply to.
func (c *corsConfig) factsFor(where string) []server.Fact {
	out := slices.Clone(c.facts)
	for i := range out {
		if out[i].Where == "" {
			out[i].Where = where
		}
	}
	return out
}

func seconds(n int64) string { return strconv.FormatInt(n, 10) }
