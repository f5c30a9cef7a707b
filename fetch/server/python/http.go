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
		u, err := in.merge(a, d, v)
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
