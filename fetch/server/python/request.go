package python

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// mapping is a mapping of names without regard to case, or of query parameters.
type mapping struct {
	kind   string
	pairs0 [][2]string
	// fold reports whether names are compared without regard to case.
	fold bool
}

func (m *mapping) typeName() string { return m.kind }

func (m *mapping) pairs() *dict {
	d := newDict()
	for _, p := range m.pairs0 {
		d.put(p[0], p[1])
	}
	return d
}

// find returns the value of a name.
func (m *mapping) find(name string) (string, bool) {
	for _, p := range m.pairs0 {
		if p[0] == name || m.fold && sameName(p[0], name) {
			return p[1], true
		}
	}
	return "", false
}

func (m *mapping) attr(_ *interp, name string) (value, error) {
	switch name {
	case "get":
		return fn(name, func(in *interp, a *args) (value, error) { return m.get(in, a) }), nil
	case "getlist", "get_all":
		return fn(name, func(_ *interp, a *args) (value, error) {
			out := &list{}
			for _, p := range m.pairs0 {
				if p[0] == str(a.or(0, "", "")) || m.fold && sameName(p[0], str(a.or(0, "", ""))) {
					out.items = append(out.items, p[1])
				}
			}
			return out, nil
		}), nil
	case "to_dict", "dict":
		return fn(name, func(*interp, *args) (value, error) { return m.pairs(), nil }), nil
	}
	return method(m.pairs(), name), nil
}

// get returns the value of a name, with a default and a type.
func (m *mapping) get(in *interp, a *args) (value, error) {
	name := a.or(0, "key", "")
	if u := firstUnknown(name); u != nil {
		return u, nil
	}
	s, ok := m.find(str(name))
	if !ok {
		return a.or(1, "default", none{}), nil
	}
	if kind := a.get(2, "type"); kind != nil {
		v, err := in.call(nil, kind, &args{pos: []value{s}, at: a.at})
		if _, failed := err.(*raised); failed {
			return a.or(1, "default", none{}), nil
		}
		return v, err
	}
	return s, nil
}

func (m *mapping) getItem(in *interp, k value) (value, error) {
	if s, ok := m.find(str(k)); ok {
		return s, nil
	}
	if m.kind == "ImmutableMultiDict" && in.classes["BadRequestKeyError"] != nil {
		return nil, &raised{&instance{class: in.classes["BadRequestKeyError"], attrs: map[string]value{"args": &tuple{[]value{k}}}}, in.here()}
	}
	return nil, in.keyError(in.here(), k)
}

func (m *mapping) setItem(*interp, value, value) error { return nil }

func (m *mapping) delItem(*interp, value) error { return nil }

func (m *mapping) contains(_ *interp, k value) (bool, error) { _, ok := m.find(str(k)); return ok, nil }

func (m *mapping) iterate(in *interp) ([]value, error) { return m.pairs().keys, nil }

// requestParts are the parts of a request that all frameworks use.
type requestParts struct {
	req         *server.Request
	path, query string
	host        string
	scheme      string
}

// splitRequest splits the target of a request.
func splitRequest(req *server.Request) *requestParts {
	p := &requestParts{req: req, scheme: "http"}
	if req.TLS {
		p.scheme = "https"
	}
	target := req.Target
	if !strings.HasPrefix(target, "/") {
		if _, rest, ok := strings.Cut(target, "://"); ok {
			if i := strings.IndexByte(rest, '/'); i >= 0 {
				target = rest[i:]
			} else {
				target = "/"
			}
		}
	}
	raw, query, _ := strings.Cut(target, "?")
	p.path, p.query = unquote(raw), query
	p.host, _ = req.Header.Get("Host")
	return p
}

// header returns a header of the request; "" when there is none.
func (p *requestParts) header(name string) (string, bool) { return p.req.Header.Get(name) }

// headers returns the headers of the request as a mapping.
func (p *requestParts) headers() *mapping {
	m := &mapping{kind: "EnvironHeaders", fold: true}
	for _, h := range p.req.Header {
		m.pairs0 = append(m.pairs0, [2]string{h.Name, h.Value})
	}
	return m
}

// cookies returns the cookies of the request.
func (p *requestParts) cookies() *mapping {
	m := &mapping{kind: "ImmutableMultiDict"}
	c, _ := p.header("Cookie")
	for _, part := range strings.Split(c, ";") {
		if k, v, ok := strings.Cut(strings.TrimSpace(part), "="); ok {
			m.pairs0 = append(m.pairs0, [2]string{k, v})
		}
	}
	return m
}

// parameters returns URL-encoded pairs.
func parameters(kind, s string) *mapping {
	m := &mapping{kind: kind}
	for _, part := range strings.Split(s, "&") {
		if part == "" {
			continue
		}
		k, v, _ := strings.Cut(part, "=")
		m.pairs0 = append(m.pairs0, [2]string{unquote(strings.ReplaceAll(k, "+", " ")), unquote(strings.ReplaceAll(v, "+", " "))})
	}
	return m
}

// form returns the fields of a URL-encoded body.
func (p *requestParts) form() *mapping {
	if p.contentType() == "application/x-www-form-urlencoded" {
		return parameters("ImmutableMultiDict", p.req.Body)
	}
	return &mapping{kind: "ImmutableMultiDict"}
}

// contentType returns the type of the body without its parameters, in lower case.
func (p *requestParts) contentType() string {
	t, _ := p.header("Content-Type")
	t, _, _ = strings.Cut(t, ";")
	return fetch.ByteLowercase(strings.TrimSpace(t))
}
