package nginx

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// variable is a variable of the configuration.
type variable struct {
	name     string // in lower case
	index    int
	at       server.Position // where it is first
	builtin  bool            // whether nginx defines it, so that it cannot be set
	settable bool            // whether set, a capture or auth_request_set sets it
	from     func(*run) (value string, known bool)
	mapping  *mapping
	geo      *geoMap
	unknown  *server.UnknownError
}

// variable returns the variable of a name.
func (c *compiler) variable(name string, at server.Position) *variable {
	name = fetch.ByteLowercase(name)
	if v := c.variables[name]; v != nil {
		return v
	}
	v := &variable{name: name, index: len(c.variables), at: at}
	c.variables[name] = v
	v.unknown = &server.UnknownError{Position: at, What: "the value of $" + name, Help: "give it with --set " + name + "=…"}
	if from := builtins[name]; from != nil {
		v.from, v.builtin = from, true
	} else if unknownNames[name] {
		v.from, v.builtin = func(*run) (string, bool) { return "", false }, true
	} else {
		v.from = prefixed(name)
	}
	for _, key := range []string{name, "$" + name} {
		if text, ok := c.src.Set[key]; ok {
			v.from = func(*run) (string, bool) { return text, true }
		}
	}
	return v
}

// changeable are the variables of nginx that set may change.
var changeable = []string{"args", "limit_rate"}

// settable returns the variable that a set sets. Where it is not set, a variable
// such as $http_origin keeps nginx's own value.
func (c *compiler) settable(d *directive) (*variable, error) { return c.own(d, d.args[0]) }

// defined returns the variable that a map or the like defines everywhere.
func (c *compiler) defined(d *directive, name string) (*variable, error) {
	v, err := c.own(d, name)
	if err == nil && !v.builtin {
		v.from = nil
	}
	return v, err
}

// own returns a variable that the configuration gives a value.
func (c *compiler) own(d *directive, name string) (*variable, error) {
	if !strings.HasPrefix(name, "$") || name == "$" {
		return nil, startError(d, `invalid variable name "%s"`, name)
	}
	v := c.variable(name[1:], d.at)
	if v.builtin && !slices.Contains(changeable, v.name) {
		return nil, startError(d, `the duplicate "%s" variable`, v.name)
	}
	v.settable = true
	return v, nil
}

// checkVariables returns nginx's error about a variable that nothing defines. When
// not all files are given, another one may define it, and it is not known.
func (c *compiler) checkVariables() error {
	var first *variable
	for _, v := range c.variables {
		if v.from != nil || v.settable {
			continue
		}
		if c.fragment || c.lacksFiles {
			v.from = func(*run) (string, bool) { return "", false }
			v.unknown.Help = "give the file that defines it with --file, or its value with --set " + v.name + "=…"
			c.model.Unknowns = append(c.model.Unknowns, v.unknown)
		} else if first == nil || v.index < first.index {
			first = v
		}
	}
	slices.SortFunc(c.model.Unknowns, func(a, b *server.UnknownError) int {
		return cmp.Or(strings.Compare(a.Position.File, b.Position.File), cmp.Compare(a.Position.Line, b.Position.Line), strings.Compare(a.What, b.What))
	})
	if first == nil {
		return nil
	}
	return &server.StartError{Position: first.at, Message: fmt.Sprintf(`unknown "%s" variable`, first.name)}
}

// slot is the value of a variable in a request.
type slot struct {
	set     bool
	value   string
	unknown *server.UnknownError
}

func (r *run) setVariable(v *variable, value string, unknown *server.UnknownError) {
	r.variables[v.index] = slot{true, value, unknown}
}

// variable returns the value of a variable, and what of it is not known.
func (r *run) variable(v *variable) (string, *server.UnknownError) {
	if s := &r.variables[v.index]; s.set {
		return s.value, s.unknown
	}
	switch {
	case v.mapping != nil:
		input, unknown := r.eval(v.mapping.input)
		var out string
		if unknown == nil {
			out, unknown = r.eval(v.mapping.find(r, input))
		}
		if !v.mapping.volatile {
			r.setVariable(v, out, unknown)
		}
		return out, unknown
	case v.geo != nil:
		address := r.m.client
		if v.geo.address != nil {
			var unknown *server.UnknownError
			if address, unknown = r.variable(v.geo.address); unknown != nil {
				return "", unknown
			}
		}
		return v.geo.find(address), nil
	case v.from != nil:
		if s, known := v.from(r); known {
			return s, nil
		}
		return "", v.unknown
	}
	return "", nil
}

// prefixed returns the variable of a name that nginx makes of a prefix and the
// name of a header, an argument or a cookie.
func prefixed(name string) func(*run) (string, bool) {
	if rest, ok := strings.CutPrefix(name, "http_"); ok {
		return func(r *run) (string, bool) { return r.requestHeader(rest), true }
	}
	if rest, ok := strings.CutPrefix(name, "arg_"); ok {
		return func(r *run) (string, bool) { return argument(r.args, rest), true }
	}
	if rest, ok := strings.CutPrefix(name, "cookie_"); ok {
		return func(r *run) (string, bool) { return r.cookie(rest), true }
	}
	if rest, ok := strings.CutPrefix(name, "upstream_http_"); ok {
		return func(r *run) (string, bool) { return r.upstreamHeader(rest), true }
	}
	if rest, ok := strings.CutPrefix(name, "sent_http_"); ok {
		return func(r *run) (string, bool) { return r.sentHeader(rest), true }
	}
	for _, p := range []string{"upstream_cookie_", "upstream_trailer_", "sent_trailer_"} {
		if strings.HasPrefix(name, p) {
			return func(*run) (string, bool) { return "", false }
		}
	}
	return nil
}

// sameHeader reports whether a header has the name that a variable names, with "_"
// for "-".
func sameHeader(header, name string) bool {
	if len(header) != len(name) {
		return false
	}
	for i := range len(name) {
		b := header[i]
		switch {
		case 'A' <= b && b <= 'Z':
			b += 'a' - 'A'
		case b == '-':
			b = '_'
		}
		if b != name[i] {
			return false
		}
	}
	return true
}

// requestHeader returns a header of the request by the name in a variable. Before
// version 1.23 that is the first line of the name, except for two headers.
func (r *run) requestHeader(name string) string {
	out, found := "", false
	for _, h := range r.headers {
		if !sameHeader(h.Name, name) {
			continue
		}
		switch {
		case !found:
			out, found = h.Value, true
		case name == "cookie":
			out += "; " + h.Value
		case name == "x_forwarded_for" || r.m.joinsHeaders:
			out += ", " + h.Value
		default:
			return out
		}
	}
	return out
}

// argument returns an argument of the query.
func argument(args, name string) string {
	for arg := range strings.SplitSeq(args, "&") {
		key, value, found := strings.Cut(arg, "=")
		if found && fetch.EqualFold(key, name) {
			return value
		}
	}
	return ""
}

// cookie returns a cookie of the request.
func (r *run) cookie(name string) string {
	for _, h := range r.headers {
		if !sameHeader(h.Name, "cookie") {
			continue
		}
		for pair := range strings.SplitSeq(h.Value, ";") {
			key, value, found := strings.Cut(strings.TrimLeft(pair, " "), "=")
			if found && fetch.EqualFold(strings.TrimRight(key, " "), name) {
				return value
			}
		}
	}
	return ""
}

// upstreamHeader returns a header of the answer from behind.
func (r *run) upstreamHeader(name string) string {
	if r.upstream == nil {
		return ""
	}
	out := ""
	for _, h := range r.upstream.Header {
		if sameHeader(h.Name, name) {
			if out != "" && r.m.joinsHeaders {
				out += ", " + h.Value
			} else if out == "" {
				out = h.Value
			}
		}
	}
	return out
}

// sentHeader returns a header of the response.
func (r *run) sentHeader(name string) string {
	if name == "content_type" {
		return r.contentType
	}
	for i := range r.out {
		if sameHeader(r.out[i].lower, name) {
			return r.out[i].value
		}
	}
	return ""
}
