package aspnet

import (
	"context"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/worlds"
)

// Answer answers a request as the pipeline does: once for each way in which the
// conditions that are not known can go.
func (m *machine) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	if m.lost != nil {
		return nil, m.lost
	}
	return worlds.Answer(maxPaths, func(ways []bool) (*server.Answer, []worlds.Choice, error) {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		run := *m // the steps of a request are its own
		run.steps, run.depth, run.serving, run.choices = 0, 0, true, worlds.Begin(ways, nil)
		a, err := run.answer(req)
		return a, run.choices.Made(), err
	})
}

// answer runs the pipeline one way.
func (m *machine) answer(req *server.Request) (a *server.Answer, err error) {
	defer func() {
		if s, ok := recover().(stops); ok {
			err = s.err
		}
	}()
	return m.respond(req), nil
}

// respond runs the stages of the pipeline.
func (m *machine) respond(req *server.Request) *server.Answer {
	e := m.endpointOf(req)
	routed := !slices.ContainsFunc(m.pipeline, func(s stage) bool { return s.name == "UseRouting" })
	out := &server.Answer{}
	var later []*policy
	invoked := false
	for _, st := range m.pipeline {
		if st.name == "UseRouting" {
			routed = true
		}
		if st.cors == nil {
			continue
		}
		known := e
		if !routed {
			known = nil
		}
		invoked = invoked || known != nil
		p, done := m.corsStage(st, known, req, out)
		if done {
			return out
		}
		if p != nil {
			later = append(later, p)
		}
	}
	if e != nil && (e.enabled || e.disabled) && !invoked {
		out.Status = 500
		out.Decided = append(out.Decided, server.Decision{Position: e.at.Position(), Text: "the endpoint has CORS metadata, but no UseCors stands between UseRouting and UseEndpoints: it throws"})
		return out
	}
	m.status(out, e, req)
	for i := len(later) - 1; i >= 0; i-- {
		later[i].apply(&out.Header, req, false)
	}
	return out
}

// corsStage runs UseCors: it answers a preflight (done), or returns the policy whose
// headers are added when the response starts.
func (m *machine) corsStage(st stage, e *endpoint, req *server.Request, out *server.Answer) (p *policy, done bool) {
	origin, ok := req.Header.Get("Origin")
	if !ok {
		return nil, false
	}
	_, asks := req.Header.Get("Access-Control-Request-Method")
	preflight := req.Method == "OPTIONS" && asks
	if e != nil && e.disabled {
		out.Decided = append(out.Decided, server.Decision{Position: e.at.Position(), Text: "DisableCors"})
		out.Status = 204
		return nil, preflight
	}
	p = m.choose(st, e)
	if p == nil {
		out.Decided = append(out.Decided, server.Decision{Position: st.at.Position(), Text: "UseCors finds no policy"})
		return nil, false
	}
	if p.unknown != nil {
		panic(stops{p.unknown.err})
	}
	allowed := m.allows(p, origin)
	word := " does not allow "
	if allowed {
		word = " allows "
	}
	out.Decided = append(out.Decided, server.Decision{Position: p.at.Position(), Header: "Access-Control-Allow-Origin", Text: "the policy " + p.name + word + origin})
	if preflight {
		if allowed {
			p.apply(&out.Header, req, true)
		}
		out.Status = 204
		return nil, true
	}
	if !allowed {
		return nil, false
	}
	return p, false
}

// choose returns the policy for an endpoint.
func (m *machine) choose(st stage, e *endpoint) *policy {
	if e != nil && e.enabled {
		if e.policy != nil {
			return e.policy
		}
		if e.name != "" {
			return m.policies[e.name]
		}
	}
	switch c := st.cors; {
	case c.unknown != nil:
		panic(stops{c.unknown.err})
	case c.policy != nil:
		return c.policy
	case c.named:
		return m.policies[c.name]
	}
	return m.policies[m.defaultName]
}

// endpointOf returns the endpoint of a request; a preflight has that of the method it
// asks for, when the endpoint says something about CORS.
func (m *machine) endpointOf(req *server.Request) *endpoint {
	path, _, _ := strings.Cut(req.Target, "?")
	method := req.Method
	asked, asks := req.Header.Get("Access-Control-Request-Method")
	preflight := method == "OPTIONS" && asks
	var other *endpoint
	for _, e := range m.endpoints {
		if !matches(e.path, path) {
			continue
		}
		if len(e.methods) == 0 || slices.Contains(e.methods, method) {
			return e
		}
		if preflight && (e.enabled || e.disabled) && slices.Contains(e.methods, asked) {
			other = e
		}
	}
	return other
}

// matches reports whether a path fits a template: {id}, {id:int}, {*rest}, {id?}.
func matches(template, path string) bool {
	want, have := strings.Split(strings.Trim(template, "/"), "/"), strings.Split(strings.Trim(path, "/"), "/")
	for i, w := range want {
		switch {
		case strings.HasPrefix(w, "{*"):
			return true
		case i >= len(have):
			return strings.HasSuffix(w, "?}") && i == len(want)-1
		case strings.HasPrefix(w, "{"):
			if have[i] == "" {
				return false
			}
			if strings.Contains(w, ":int") && strings.Trim(have[i], "0123456789") != "" {
				return false
			}
		case fetch.ByteLowercase(w) != fetch.ByteLowercase(have[i]):
			return false
		}
	}
	return len(have) <= len(want)
}

// status sets the status of what stands behind CORS.
func (m *machine) status(out *server.Answer, e *endpoint, req *server.Request) {
	if e != nil && e.status != 0 {
		out.Status = e.status
		return
	}
	out.Status = 200
	what := "what the application answers to " + req.Method + " " + req.Target
	if e == nil && !m.controllers && !m.others && len(m.endpoints) > 0 {
		out.Status = 404
		path, _, _ := strings.Cut(req.Target, "?")
		for _, other := range m.endpoints {
			if matches(other.path, path) {
				out.Status = 405
				out.StatusUnknown = &server.UnknownError{What: what}
			}
		}
		return
	}
	if e == nil && req.Method == "OPTIONS" {
		out.Status = 405
	}
	out.StatusUnknown = &server.UnknownError{What: what}
	if e != nil {
		out.StatusUnknown.Position = e.at.Position()
	}
}
