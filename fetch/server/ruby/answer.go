package ruby

import (
	"context"
	"regexp"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/worlds"
)

// program is a configuration that answers requests. It is a [server.Answerer].
type program struct {
	src  *server.Source
	main *file

	libraries map[string]func(m *machine, c *call) (value, bool)

	mu    sync.Mutex
	files map[string]*file

	idle idle
}

// Answer runs the configuration for a request, once for each way in which the
// conditions that are not known can go.
func (p *program) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	return worlds.Answer(maxPaths, func(ways []bool) (*server.Answer, []worlds.Choice, error) {
		a, m, err := p.answer(ctx, req, ways)
		made := m.choices.Made()
		p.idle.give(m) // another goroutine may take it at once
		return a, made, err
	})
}

// answer loads and runs the configuration one way.
func (p *program) answer(ctx context.Context, req *server.Request, ways []bool) (a *server.Answer, m *machine, err error) {
	if m = p.idle.take(ways); m == nil {
		if m, err = p.load(ctx, ways); err != nil {
			return nil, m, err
		}
		m.keep()
	}
	m.ctx = ctx
	m.restart(ways)
	defer func() {
		if s, ok := recover().(stops); ok {
			err = s.err
		}
	}()
	out := m.respond(environment(req))
	header := fetch.HeaderList{}
	for _, pr := range out.headers.pairs {
		if u, ok := pr.value.(*unknown); ok {
			if worlds.Compared(text(pr.key)) {
				return nil, m, u.err
			}
			continue
		}
		for line := range strings.SplitSeq(strings.Join(texts(pr.value), "\n"), "\n") {
			header = append(header, fetch.Header{Name: text(pr.key), Value: line})
		}
	}
	return &server.Answer{Status: out.status, Header: header, Body: out.body, StatusUnknown: m.statusUnknown, Decided: m.decided}, m, nil
}

// respond runs the whole stack; an exception that nothing takes is Puma's 500.
func (m *machine) respond(env *hash) (out *reply) {
	defer func() {
		e := recover()
		if r, ok := e.(raised); ok {
			m.decide2(r.at, server.Decision{Text: "the exception " + r.class + " passes all middleware: Puma answers with status 500 without headers"})
			out = &reply{status: 500, headers: new(hash)}
			return
		}
		if e != nil {
			panic(e)
		}
	}()
	switch k := m.onlySinatra(); {
	case m.builder.ran:
	case m.rails.used:
		return m.callRails(env)
	case k != nil:
		return m.callSinatra(k, env)
	}
	return m.stack(m.builder.stack, env, func() *reply { return m.inner(m.builder, env) })
}

// load runs the configuration.
func (p *program) load(ctx context.Context, ways []bool) (m *machine, err error) {
	m = &machine{ctx: ctx, src: p.src, patterns: make(map[string]*regexp.Regexp), globals: make(map[string]value), classes: make(map[string]*class), loaded: map[string]bool{p.main.Name: true}, choices: worlds.Begin(ways, nil), builder: newBuilder(), program: p, loading: true}
	m.rails = newRails()
	defer func() {
		switch e := recover().(type) {
		case nil:
		case stops:
			err = e.err
		case raised:
			err = &server.StartError{Position: e.at.Position(), Message: e.class + ": " + e.message}
		case leaves:
			err = nil
		default:
			panic(e)
		}
	}()
	m.loadBefore(p.main)
	m.run(p.main, m.topScope(p.main))
	m.loadRails(p.main)
	m.policied = len(m.policies()) > 0
	m.loading = false
	return m, nil
}

// environment returns the environment of Rack for a request, as Puma makes it.
func environment(req *server.Request) *hash {
	env := new(hash)
	target, query, _ := strings.Cut(req.Target, "?")
	scheme, port := "http", "80"
	if req.TLS {
		scheme, port = "https", "443"
	}
	for _, p := range [][2]string{
		{"REQUEST_METHOD", req.Method}, {"PATH_INFO", target}, {"REQUEST_PATH", target}, {"REQUEST_URI", req.Target}, {"QUERY_STRING", query},
		{"SCRIPT_NAME", ""}, {"rack.url_scheme", scheme}, {"SERVER_PROTOCOL", "HTTP/1.1"}, {"HTTP_VERSION", "HTTP/1.1"}, {"REMOTE_ADDR", "127.0.0.1"},
	} {
		env.set(p[0], p[1])
	}
	for _, h := range req.Header {
		name := strings.ToUpper(strings.ReplaceAll(h.Name, "-", "_"))
		if name != "CONTENT_TYPE" && name != "CONTENT_LENGTH" {
			name = "HTTP_" + name
		}
		if v, ok := env.get(name); ok {
			env.set(name, text(v)+", "+h.Value)
			continue
		}
		env.set(name, h.Value)
	}
	if host, p, ok := strings.Cut(text(env.must("HTTP_HOST")), ":"); ok {
		env.set("SERVER_NAME", host)
		port = p
	} else {
		env.set("SERVER_NAME", host)
	}
	env.set("SERVER_PORT", port)
	env.set("rack.input", inputOf(req.Body))
	return env
}

// inputOf returns rack.input: the body of the request.
func inputOf(body string) *native {
	return &native{name: "rack.input", call: func(_ *machine, c *call) (value, bool) {
		switch c.name {
		case "read", "string", "gets":
			v := body
			body = ""
			return v, true
		case "rewind", "close":
			return int64(0), true
		case "size":
			return int64(len(body)), true
		}
		return nil, false
	}}
}
