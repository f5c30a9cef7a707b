package haproxy

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// haproxy is a server that was read from its configuration.
type haproxy struct {
	fronts []*section
	find   func(name string) *section
	client string
}

// run is one request on its way through the rules.
type run struct {
	h        *haproxy
	request  *server.Request
	method   string
	target   string
	header   fetch.HeaderList // of the request, as it is passed on
	tls      bool
	port     string
	front    *section
	back     *section
	vars     map[string]string
	captured []*string

	answered bool // whether the response rules run
	own      bool // whether the response is HAProxy's own
	closed   bool
	status   int
	out      fetch.HeaderList
	body     string
	failure  error
	trace    []server.Decision
}

func (r *run) requestHeader() fetch.HeaderList {
	if r.answered {
		return nil
	}
	return r.header
}

func (r *run) responseHeader() fetch.HeaderList { return r.out }

// known evaluates a format; what is not known makes the answer fail.
func (r *run) known(f *format) string {
	v, unknown := f.eval(r)
	if unknown != nil && r.failure == nil {
		r.failure = unknown
	}
	return v
}

// unsure handles a header whose value is not known: the answer fails when a browser
// decides by it.
func (r *run) unsure(lower string, unknown *server.UnknownError) {
	if (strings.HasPrefix(lower, "access-control-") || lower == "vary") && r.failure == nil {
		r.failure = unknown
	}
}

// doubt notes that something is not known on which the answer depends.
func (r *run) doubt(unknown *server.UnknownError) {
	if r.failure == nil {
		r.failure = unknown
	}
}

// start begins a response of HAProxy's own.
func (r *run) start(status int) {
	r.status, r.own = status, true
	r.out = nil
}

// ownError makes one of HAProxy's error pages.
func (r *run) ownError(status int) {
	r.start(status)
	for _, s := range []*section{r.back, r.front} {
		if s == nil {
			continue
		}
		if p := s.pages[status]; p != nil {
			p(r)
			return
		}
	}
	r.out.Append("cache-control", "no-cache")
	r.out.Append("content-type", "text/html")
}

// authorize asks for a user.
func (r *run) authorize(at server.Position) verdict {
	if given, ok := r.header.Get("Authorization"); ok && strings.HasPrefix(given, "Basic ") {
		r.failure = &server.UnknownError{Position: at, What: "whether the user and the password are right", Help: "send no Authorization header"}
	}
	r.ownError(401)
	return replied
}

// authorized is the sample http_auth.
func (r *run) authorized(at server.Position) []string {
	if given, ok := r.header.Get("Authorization"); ok && strings.HasPrefix(given, "Basic ") {
		r.doubt(&server.UnknownError{Position: at, What: "whether the user and the password are right", Help: "send no Authorization header"})
	}
	return []string{"0"}
}

// apply runs the rules of one kind of a section.
func (r *run) apply(s *section, kind string) verdict {
	if s == nil {
		return goOn
	}
	for _, rule := range s.rules[kind] {
		before := r.failure
		holds := rule.when.holds(r)
		if rule.harmless {
			r.failure = before
		}
		if !holds {
			continue
		}
		r.trace = append(r.trace, rule.done)
		if v := rule.action(r); v != goOn {
			return v
		}
	}
	return goOn
}

// Answer answers a request.
func (h *haproxy) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r := &run{h: h, request: req, method: req.Method, target: req.Target, header: slices.Clone(req.Header), vars: map[string]string{}}
	r.choose()
	r.process(ctx)
	switch {
	case r.failure != nil:
		return nil, r.failure
	case r.closed:
		return nil, fetch.ErrNoAnswer
	}
	return &server.Answer{Status: r.status, Header: r.out, Body: r.body, Decided: r.trace}, nil
}

// choose chooses the frontend: the one with the port of the Host header, or else
// the first that takes http or https as the request does.
func (r *run) choose() {
	host, _ := r.request.Header.Get("Host")
	port := host[strings.LastIndexByte(host, ':')+1:]
	best := -1
	for _, s := range r.h.fronts {
		for _, b := range s.binds {
			n := 0
			if b.tls == r.request.TLS {
				n += 4
			}
			if b.port == port && port != host {
				n += 2
			} else if b.port == map[bool]string{true: "443", false: "80"}[r.request.TLS] {
				n++
			}
			if n > best {
				best, r.front, r.tls, r.port = n, s, b.tls, b.port
			}
		}
	}
}

// process runs all rules.
func (r *run) process(ctx context.Context) {
	if r.front.monitor != "" && r.target == r.front.monitor {
		r.start(200)
		return
	}
	if len(r.request.Header.Values("Host")) > 1 {
		r.ownError(400)
		r.finish()
		return
	}
	r.captured = make([]*string, len(r.front.captures))
	for i, c := range r.front.captures {
		if all := r.header.Values(c.name); len(all) > 0 {
			r.keep(i, all[len(all)-1])
		}
	}
	if r.apply(r.front, "http-request") == replied {
		r.finish()
		return
	}
	r.chooseBackend()
	if r.back != nil && r.back != r.front && r.apply(r.back, "http-request") == replied {
		r.finish()
		return
	}
	if r.back == nil || !r.ask(ctx) {
		r.finish()
		return
	}
	r.answered = true
	if r.apply(r.back, "http-response") != replied && r.back != r.front {
		r.apply(r.front, "http-response")
	}
	r.finish()
}

// finish runs the rules for every response.
func (r *run) finish() {
	r.answered = true
	if r.closed {
		return
	}
	if r.back != nil && r.back != r.front {
		r.apply(r.back, "http-after-response")
	}
	r.apply(r.front, "http-after-response")
}

// keep notes a captured value, cut to the length of its slot.
func (r *run) keep(i int, value string) {
	if i < len(r.captured) {
		value = value[:min(len(value), r.front.captures[i].length)]
		r.captured[i] = &value
	}
}

// chooseBackend applies use_backend and default_backend.
func (r *run) chooseBackend() {
	for i := range r.front.choices {
		ch := &r.front.choices[i]
		if ch.when.holds(r) {
			r.trace = append(r.trace, ch.done)
			if r.back = r.h.find(r.nameOf(ch)); r.back != nil {
				return
			}
			break
		}
	}
	if r.front.standard != "" {
		r.back = r.h.find(r.front.standard)
	} else if r.front.kind == "listen" {
		r.back = r.front
	}
	if r.back == nil {
		r.ownError(503)
	}
}

// nameOf returns the name of the backend of a choice.
func (r *run) nameOf(ch *choice) string {
	if ch.text == nil {
		return ch.name
	}
	return r.known(ch.text)
}

// ask asks the servers of the backend.
func (r *run) ask(ctx context.Context) bool {
	out := &server.Request{Method: r.method, Target: r.target, Header: r.header, Body: r.request.Body, TLS: r.request.TLS}
	for _, backup := range []bool{false, true} {
		for _, s := range r.back.servers {
			if s.backup != backup || s.answers == nil {
				continue
			}
			a, err := s.answers.Answer(ctx, out)
			switch {
			case errors.Is(err, fetch.ErrNoAnswer):
				r.ownError(502)
				return false
			case err != nil:
				r.failure = err
				return false
			}
			r.copy(a)
			return true
		}
	}
	r.ownError(503)
	return false
}

// copy takes over the answer from behind.
func (r *run) copy(a *server.Answer) {
	r.status, r.body = a.Status, a.Body
	if a.StatusUnknown != nil {
		r.failure = a.StatusUnknown
	}
	for _, h := range a.Header {
		switch lower := fetch.ByteLowercase(h.Name); lower {
		case "connection", "keep-alive", "transfer-encoding":
		default:
			r.out = append(r.out, fetch.Header{Name: lower, Value: h.Value})
		}
	}
	_, accepts := r.request.Header.Get("Accept-Encoding")
	if (r.back.compress || r.front.compress) && accepts {
		r.failure = &server.UnknownError{Position: r.front.at, What: "whether the answer is compressed", Help: "send no Accept-Encoding"}
	}
}
