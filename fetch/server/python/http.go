package python

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// headerLine is one header of a response.
type headerLine struct {
	name string
	v    value // a string or unknown
	by   server.Decision
}

// response is a response of an application.
type response struct {
	kind    string // the name of its class
	status  int
	headers []headerLine
	body    string
	// bodyUnknown reports whether the body is not known.
	bodyUnknown bool
	// unknown says why status, body and further headers are not known.
	unknown *unknown
	// unknownHeaders says why further headers are not known.
	unknownHeaders *unknown
	// evaluated reports whether cross_origin has set its headers.
	evaluated bool
	attrs     map[string]value
}

// get returns the first line of a header; nil when there is none.
func (r *response) get(name string) value {
	for _, h := range r.headers {
		if sameName(h.name, name) {
			return h.v
		}
	}
	return nil
}

// set sets a header to one line, in the place of the first.
func (r *response) set(name string, v value, by server.Decision) {
	at := -1
	var out []headerLine
	for _, h := range r.headers {
		if !sameName(h.name, name) {
			out = append(out, h)
		} else if at < 0 {
			at = len(out)
			out = append(out, headerLine{name, v, by})
		}
	}
	if at < 0 {
		out = append(out, headerLine{name, v, by})
	}
	r.headers = out
}

// add adds a line.
func (r *response) add(name string, v value, by server.Decision) {
	r.headers = append(r.headers, headerLine{name, v, by})
}

// remove removes all lines of a header.
func (r *response) remove(name string) {
	var out []headerLine
	for _, h := range r.headers {
		if !sameName(h.name, name) {
			out = append(out, h)
		}
	}
	r.headers = out
}

func sameName(a, b string) bool {
	return len(a) == len(b) && fetch.ByteLowercase(a) == fetch.ByteLowercase(b)
}

// matters reports whether a header takes part in CORS or caching decisions.
func matters(name string) bool {
	name = fetch.ByteLowercase(name)
	return strings.HasPrefix(name, "access-control-") || name == "vary" || name == "allow" || name == "location"
}

// answer returns a response as the server's answer.
func (r *response) answer() (*server.Answer, error) {
	if r.unknownHeaders != nil {
		return nil, r.unknownHeaders.err
	}
	out := &server.Answer{Status: r.status, Body: r.body}
	if r.unknown != nil {
		out.StatusUnknown = r.unknown.err
	}
	for _, h := range r.headers {
		u, missing := h.v.(*unknown)
		switch {
		case missing && matters(h.name):
			return nil, u.err
		case missing:
			continue
		}
		out.Header = append(out.Header, fetch.Header{Name: h.name, Value: str(h.v)})
		if matters(h.name) && h.by.Text != "" {
			d := h.by
			d.Header = h.name
			out.Decided = append(out.Decided, d)
		}
	}
	return out, nil
}

// headersOf is the headers of a response as an object of Python.
type headersOf struct{ r *response }

func (h *headersOf) typeName() string { return "Headers" }

// pairs returns the headers as a dictionary.
func (h *headersOf) pairs() *dict {
	d := newDict()
	for _, l := range h.r.headers {
		d.put(l.name, l.v)
	}
	return d
}

func (h *headersOf) attr(_ *interp, name string) (value, error) {
	switch name {
	case "get":
		return fn(name, func(_ *interp, a *args) (value, error) {
			if v := h.r.get(str(a.or(0, "", ""))); v != nil {
				return v, nil
			}
			return a.or(1, "default", none{}), nil
		}), nil
	case "set", "__setitem__", "add", "append", "add_header", "setdefault":
		return fn(name, func(in *interp, a *args) (value, error) { return h.change(in, name, a) }), nil
	case "update", "extend":
		return fn(name, func(in *interp, a *args) (value, error) { return h.update(in, name, a) }), nil
	case "pop", "remove", "__delitem__":
		return fn(name, func(_ *interp, a *args) (value, error) {
			v := h.r.get(str(a.or(0, "", "")))
			h.r.remove(str(a.or(0, "", "")))
			if v == nil {
				return a.or(1, "", none{}), nil
			}
			return v, nil
		}), nil
	case "add_vary_header":
		return fn(name, func(_ *interp, a *args) (value, error) {
			addVary(h.r, str(a.or(0, "", "")), decision(a, "add_vary_header"))
			return none{}, nil
		}), nil
	case "getlist", "get_all":
		return fn(name, func(_ *interp, a *args) (value, error) {
			out := &list{}
			for _, l := range h.r.headers {
				if sameName(l.name, str(a.or(0, "", ""))) {
					out.items = append(out.items, l.v)
				}
			}
			return out, nil
		}), nil
	case "items", "keys", "values":
		return method(h.pairs(), name), nil
	}
	return nil, nil
}

// decision returns the decision of a call.
func decision(a *args, text string) server.Decision {
	return server.Decision{Position: a.at, Text: text}
}

// change sets or adds a header.
func (h *headersOf) change(in *interp, how string, a *args) (value, error) {
	name := a.or(0, "key", "")
	if u := firstUnknown(name); u != nil {
		h.r.add("Access-Control-Allow-Origin", u, decision(a, ""))
		return none{}, nil
	}
	v, err := in.headerValue(a.or(1, "value", ""))
	if err != nil {
		return nil, err
	}
	d := decision(a, "headers."+how)
	switch how {
	case "add", "append", "add_header":
		h.r.add(str(name), v, d)
	case "setdefault":
		if old := h.r.get(str(name)); old != nil {
			return old, nil
		}
		h.r.add(str(name), v, d)
		return v, nil
	default:
		h.r.set(str(name), v, d)
	}
	return none{}, nil
}

// headerValue returns a value as the value of a header.
func (in *interp) headerValue(v value) (value, error) {
	if u := unknownIn(v); u != nil {
		return u, nil
	}
	return in.strOf(nil, v)
}

func (h *headersOf) update(in *interp, how string, a *args) (value, error) {
	d := newDict()
	if v := a.get(0, ""); v != nil {
		err, u := in.merge(a, d, v)
		if err != nil {
			return nil, err
		}
		if u != nil {
			h.r.add("Access-Control-Allow-Origin", u, decision(a, ""))
		}
	}
	for _, k := range a.kw {
		d.put(k.name, k.v)
	}
	if how == "extend" {
		how = "add"
	} else {
		how = "set"
	}
	for i, k := range d.keys {
		if _, err := h.change(in, how, &args{pos: []value{k, d.vals[i]}, at: a.at}); err != nil {
			return nil, err
		}
	}
	return none{}, nil
}

func (h *headersOf) getItem(in *interp, k value) (value, error) {
	if v := h.r.get(str(k)); v != nil {
		return v, nil
	}
	return nil, in.keyError(at0, k)
}

func (h *headersOf) setItem(in *interp, k, v value) error {
	_, err := h.change(in, "set", &args{pos: []value{k, v}, at: in.here()})
	return err
}

func (h *headersOf) delItem(_ *interp, k value) error {
	h.r.remove(str(k))
	return nil
}

func (h *headersOf) contains(_ *interp, k value) (bool, error) { return h.r.get(str(k)) != nil, nil }

func (h *headersOf) iterate(*interp) ([]value, error) {
	var out []value
	for _, l := range h.r.headers {
		out = append(out, &tuple{[]value{l.name, l.v}})
	}
	return out, nil
}

// addVary adds a name to Vary as Starlette does: behind what is there.
func addVary(r *response, name string, by server.Decision) {
	if old := r.get("Vary"); old != nil {
		if u := firstUnknown(old); u != nil {
			return
		}
		r.set("Vary", str(old)+", "+name, by)
		return
	}
	r.add("Vary", name, by)
}

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
