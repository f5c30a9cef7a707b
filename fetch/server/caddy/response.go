package caddy

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// A responseMatcher says to which responses of a backend a handler applies: the status
// must be one of a list, and the header lines must fit.
type responseMatcher struct {
	statuses []string
	header   condition
}

// matches reports whether a response fits; a nil matcher fits each one.
func (m *responseMatcher) matches(x *exchange, r *upstreamResponse) bool {
	if m == nil {
		return true
	}
	code := itoa(r.status)
	if len(m.statuses) > 0 && !slices.ContainsFunc(m.statuses, func(s string) bool { return s == code || strings.HasSuffix(s, "xx") && s[0] == code[0] }) {
		return false
	}
	if m.header == nil {
		return true
	}
	saved := x.in
	x.in = r.header
	defer func() { x.in = saved }()
	return m.header(x)
}

// responseMatcher reads "@name status 4xx" or "@name { status …; header … }".
func (b *builder) responseMatcher(s *segment) (*responseMatcher, error) {
	list := s.block
	if len(s.args) > 0 {
		list = []*segment{{name: s.args[0], args: s.args[1:]}}
	}
	m := new(responseMatcher)
	var lines []*segment
	for _, o := range list {
		switch o.name.text {
		case "status":
			m.statuses = append(m.statuses, texts(o.args)...)
		case "header":
			lines = append(lines, o)
		default:
			return nil, start(o.name.pos, "unrecognized response matcher %s", o.name.text)
		}
	}
	var err error
	if len(lines) > 0 {
		m.header, err = headerCondition(s.name.pos, lines)
	}
	return m, err
}

// An upstreamResponse is the response of a backend while it is handled.
type upstreamResponse struct {
	status        int
	header        headers
	body          string
	down          *headerOps
	statusUnknown *server.UnknownError
}

// A responseHandler handles responses of a backend: it replaces the status, or runs
// routes.
type responseHandler struct {
	match  *responseMatcher
	status string // replace_status; "" when routes run
	routes []*route
}

// responseHandlers reads replace_status and handle_response. Those with routes come
// after those that replace the status, and those without a matcher last.
func (b *builder) responseHandlers(block []*segment) ([]*responseHandler, error) {
	matchers := make(map[string]*responseMatcher)
	for _, s := range block {
		if strings.HasPrefix(s.name.text, "@") {
			m, err := b.responseMatcher(s)
			if err != nil {
				return nil, err
			}
			matchers[s.name.text] = m
		}
	}
	var replaced, routed, rest []*responseHandler
	for _, s := range block {
		if s.name.text != "replace_status" && s.name.text != "handle_response" {
			continue
		}
		h, args := new(responseHandler), s.args
		if len(args) > 0 && strings.HasPrefix(args[0].text, "@") {
			if h.match = matchers[args[0].text]; h.match == nil {
				return nil, start(s.name.pos, "no named response matcher defined with name '%s'", args[0].text[1:])
			}
			args = args[1:]
		}
		if s.name.text == "replace_status" {
			if len(args) != 1 {
				return nil, start(s.name.pos, "must have one or two arguments: an optional response matcher, and a status code")
			}
			h.status = args[0].text
			replaced = append(replaced, h)
			continue
		}
		if len(args) > 0 {
			return nil, start(s.name.pos, "too many arguments for 'handle_response': %s", args[0].text)
		}
		routes, err := b.routes(s.block, sorted)
		if err != nil {
			return nil, err
		}
		if h.routes = routes; h.match == nil {
			rest = append(rest, h)
		} else {
			routed = append(routed, h)
		}
	}
	return slices.Concat(replaced, routed, rest), nil
}

// handle lets the first handler that fits handle a response; without one it is sent as
// it is.
func (x *exchange) handle(r *upstreamResponse, list []*responseHandler, w *writer, after next) error {
	for _, h := range list {
		if !h.match.matches(x, r) {
			continue
		}
		if h.status != "" {
			n, ok := status(x.expandAll(h.status))
			if !ok {
				return &failure{status: 500}
			}
			r.status, r.statusUnknown = n, nil
			break
		}
		if r.statusUnknown != nil {
			x.unknown = r.statusUnknown
			return nil
		}
		x.upstream = r
		x.values["http.reverse_proxy.status_code"] = itoa(r.status)
		for _, l := range r.header.rows {
			x.values["http.reverse_proxy.header."+l.Name] = l.Value
		}
		return x.run(h.routes, w, after)
	}
	x.finalize(r, w)
	return nil
}

// finalize sends the response of a backend.
func (x *exchange) finalize(r *upstreamResponse, w *writer) {
	r.down.apply(x, &r.header)
	for _, h := range r.header.rows {
		x.out.add(h.Name, h.Value)
	}
	x.body, x.statusUnknown = r.body, r.statusUnknown
	w.send(r.status)
}

// copyResponse reads copy_response, which sends the response of the backend.
func (b *builder) copyResponse(s *segment, args []token) (handler, error) {
	code := 0
	if len(args) > 0 {
		var ok bool
		if code, ok = status(args[0].text); !ok {
			return nil, refuse(s.name.pos, "a status that is computed is not modelled", "")
		}
	}
	return func(x *exchange, w *writer, _ next) error {
		if x.upstream == nil {
			return &failure{status: 500}
		}
		if code != 0 {
			x.upstream.status = code
		}
		x.finalize(x.upstream, w)
		return nil
	}, nil
}

// copyResponseHeaders reads copy_response_headers.
func (b *builder) copyResponseHeaders(s *segment, _ []token) (handler, error) {
	var include, exclude []string
	for _, o := range s.block {
		switch o.name.text {
		case "include":
			include = append(include, texts(o.args)...)
		case "exclude":
			exclude = append(exclude, texts(o.args)...)
		default:
			return nil, start(o.name.pos, "unrecognized subdirective '%s'", o.name.text)
		}
	}
	named := func(list []string, name string) bool {
		return slices.ContainsFunc(list, func(n string) bool { return fetch.EqualFold(n, name) })
	}
	return func(x *exchange, w *writer, after next) error {
		if x.upstream == nil {
			return &failure{status: 500}
		}
		for _, h := range x.upstream.header.rows {
			if (len(include) == 0 || named(include, h.Name)) && !named(exclude, h.Name) {
				x.out.add(h.Name, h.Value)
			}
		}
		return after(x, w)
	}, nil
}
