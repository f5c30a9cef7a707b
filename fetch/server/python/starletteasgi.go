package python

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// userApp is an application of pure ASGI that the text defines.
type userApp struct{ v value }

// handle runs app(scope, receive, send) and collects what it sends.
func (u *userApp) handle(in *interp, s *starCall) (*response, error) {
	out := &response{kind: "Response"}
	started := false
	send := fn("send", func(in *interp, a *args) (value, error) {
		m, ok := a.or(0, "", none{}).(*dict)
		if !ok {
			return none{}, nil
		}
		if m.str("type") == value("http.response.start") {
			started = true
			return none{}, in.startResponse(out, m)
		}
		if b, ok := m.str("body").(bytes); ok {
			out.body += string(b)
		}
		return none{}, nil
	})
	v, err := in.call(nil, u.v, &args{pos: []value{scopeOf(s), receiveOf(s), send}})
	if err != nil {
		return nil, err
	}
	x := firstUnknown(v)
	if q, ok := scopeOf(s).str("\x00call").(*starRequest); ok && x == nil {
		x = q.s.lost
	}
	if x != nil && !started {
		return &response{kind: "Response", status: 200, unknown: x, unknownHeaders: x}, nil
	}
	if !started {
		return nil, in.raise(in.here(), "RuntimeError", "No response returned.")
	}
	return out, nil
}

// startResponse reads the message that begins a response.
func (in *interp) startResponse(out *response, m *dict) error {
	if err := in.setStatus(in.here(), out, m.str("status")); err != nil {
		return err
	}
	h := m.str("headers")
	if o, ok := h.(*headersOf); ok {
		out.headers = o.r.headers
		return nil
	}
	if h == nil {
		return nil
	}
	out.headers = nil
	return in.addPairs(out, h)
}

// addPairs adds pairs of bytes as headers.
func (in *interp) addPairs(out *response, pairs value) error {
	items, x, err := in.iterateAt(nil, in.here(), pairs)
	if err != nil {
		return err
	}
	if x != nil {
		out.unknownHeaders = x
	}
	for _, item := range items {
		pair, u, err := in.iterateAt(nil, in.here(), item)
		if err != nil {
			return err
		}
		if u != nil || len(pair) != 2 {
			out.unknownHeaders = unknownf(in.here(), "", "a header of the message")
			continue
		}
		out.add(latin(pair[0]), latinValue(pair[1]), server.Decision{Position: in.here(), Text: "send"})
	}
	return nil
}

func latin(v value) string {
	if b, ok := v.(bytes); ok {
		return string(b)
	}
	return str(v)
}

func latinValue(v value) value {
	if u := firstUnknown(v); u != nil {
		return u
	}
	return latin(v)
}

// scopeOf returns the scope of a request.
func scopeOf(s *starCall) *dict {
	if s.raw != nil {
		return s.raw
	}
	d := newDict()
	d.put("type", "http")
	d.put("method", s.parts.req.Method)
	d.put("path", s.path)
	d.put("raw_path", bytes(s.path))
	d.put("root_path", s.root)
	d.put("scheme", s.parts.scheme)
	d.put("query_string", bytes(s.parts.query))
	h := &list{}
	for _, x := range s.parts.req.Header {
		h.items = append(h.items, &tuple{[]value{bytes(fetch.ByteLowercase(x.Name)), bytes(x.Value)}})
	}
	d.put("headers", h)
	d.put("client", &tuple{[]value{"127.0.0.1", int64(50000)}})
	d.put("\x00call", &starRequest{s})
	s.raw = d
	return d
}

// receiveOf returns the function that receives the body.
func receiveOf(s *starCall) value {
	return fn("receive", func(*interp, *args) (value, error) {
		d := newDict()
		d.put("type", "http.request")
		d.put("body", bytes(s.parts.req.Body))
		d.put("more_body", false)
		return d, nil
	})
}

// call runs an application of Starlette as an ASGI application.
func (v *asgiValue) call(in *interp, a *args) (value, error) {
	d, ok := a.or(0, "scope", none{}).(*dict)
	if !ok {
		return none{}, nil
	}
	q, ok := d.str("\x00call").(*starRequest)
	if !ok {
		return unknownf(a.at, "", "an ASGI call with a scope of its own"), nil
	}
	inner := *q.s
	if p, ok := d.str("path").(string); ok {
		inner.path = p
	}
	r, err := v.asgi.handle(in, &inner)
	if err != nil {
		return nil, err
	}
	if r.unknownHeaders != nil {
		q.s.lost = r.unknownHeaders
		return r.unknownHeaders, nil
	}
	return none{}, in.sendResponse(a, r)
}

// sendResponse sends a response through the function send.
func (in *interp) sendResponse(a *args, r *response) error {
	m := newDict()
	m.put("type", "http.response.start")
	m.put("status", int64(r.status))
	if r.unknown != nil {
		m.put("status", r.unknown)
	}
	h := &list{}
	for _, x := range r.headers {
		var v value = x.v
		if s, ok := v.(string); ok {
			v = bytes(s)
		}
		h.items = append(h.items, &tuple{[]value{bytes(fetch.ByteLowercase(x.name)), v}})
	}
	m.put("headers", h)
	send := a.or(2, "send", none{})
	if _, err := in.call(nil, send, &args{pos: []value{m}, at: a.at}); err != nil {
		return err
	}
	b := newDict()
	b.put("type", "http.response.body")
	b.put("body", bytes(r.body))
	_, err := in.call(nil, send, &args{pos: []value{b}, at: a.at})
	return err
}

// call runs a response as an ASGI application.
func (r *response) call(in *interp, a *args) (value, error) {
	if len(a.pos) < 3 {
		return nil, in.raise(a.at, "TypeError", "'%s' object is not callable", r.kind)
	}
	return none{}, in.sendResponse(a, r)
}

// call runs an application as an ASGI application.
func (f *starApp) call(in *interp, a *args) (value, error) { return (&asgiValue{f}).call(in, a) }
