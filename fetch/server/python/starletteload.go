package python

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch/server"
)

// FastAPIReader reads FastAPI and Starlette applications.
func FastAPIReader() server.Reader {
	return server.Reader{Kind: "fastapi", Title: "a FastAPI or Starlette application", Recognise: recogniseFastAPI, Load: loadFastAPI}
}

func recogniseFastAPI(name, text string) server.Confidence {
	switch {
	case !strings.HasSuffix(name, ".py") && strings.Contains(name, ".") && !strings.HasSuffix(name, ".txt"):
		return server.NotMine
	case strings.Contains(text, "from fastapi"), strings.Contains(text, "import fastapi"), strings.Contains(text, "from starlette"), strings.Contains(text, "FastAPI("):
		return server.Certain
	case strings.Contains(text, "CORSMiddleware,"):
		return server.Likely
	}
	return server.NotMine
}

// loadFastAPI reads an application.
func loadFastAPI(ctx context.Context, src server.Source) (*server.Model, error) {
	h := &starHost{bearer: 403}
	m := &server.Model{Kind: "fastapi"}
	in := newInterp(ctx, &src, h)
	h.addExceptions(in, &lib{attrs: map[string]value{}}, true)
	m.Versions = append(m.Versions, server.VersionOf(src.Versions, "starlette", "0.26.1"))
	if strings.Contains(src.Text, "fastapi") {
		m.Versions = append(m.Versions, server.VersionOf(src.Versions, "fastapi", "0.92.0"))
	}
	h.v2 = strings.HasPrefix(src.Versions["pydantic"], "2")
	in.noteVersions(m)
	mod, err := in.run("__main__", src.Name, src.Text)
	if err != nil {
		return nil, loadError(err)
	}
	app, err := h.find(in, mod)
	if err != nil {
		return nil, loadError(err)
	}
	if err := h.start(in, app); err != nil {
		return nil, loadError(err)
	}
	in.loading = false
	m.Assumptions = append(m.Assumptions, in.notes...)
	m.Fragment = h.fragment != nil
	h.describe(in, m, app)
	m.Server = &starServer{in: in, app: app}
	return m, nil
}

// find returns the application.
func (h *starHost) find(in *interp, m *module) (asgi, error) {
	for _, name := range []string{"app", "application", "api"} {
		switch f := m.scope.vars[name].(type) {
		case *starApp:
			if f.kind == "FastAPI" || f.kind == "Starlette" {
				return f, nil
			}
		case *asgiValue:
			return f, nil
		}
	}
	if len(h.apps) > 0 {
		return h.apps[0], nil
	}
	for _, name := range []string{"create_app", "get_app", "create_application", "get_application", "make_app"} {
		if f, ok := m.scope.vars[name].(*function); ok {
			v, err := in.call(nil, f, &args{at: m.positionAt(f.at)})
			if err != nil {
				return nil, err
			}
			if app, ok := v.(*starApp); ok {
				return app, nil
			}
		}
	}
	if h.fragment != nil {
		return h.fragment, nil
	}
	if u, ok := m.scope.vars["app"].(*unknown); ok {
		return nil, &server.InputError{Position: u.err.Position, Problem: "the application is not in this text: " + u.err.What, Help: "give the file that makes it, with --file"}
	}
	return nil, &server.InputError{Position: server.Position{File: in.src.Name, Line: 1, Column: 1}, Problem: "there is no FastAPI or Starlette application in this text", Help: "give the file that has app = FastAPI()"}
}

// start runs what runs when the server starts.
func (h *starHost) start(in *interp, app asgi) error {
	f, ok := app.(*starApp)
	if !ok {
		return nil
	}
	if err := f.build(in); err != nil {
		var exc *raised
		if !errors.As(err, &exc) {
			return err
		}
		// The server starts all the same, and answers every request with 500.
		f.built = layerFunc(func(*interp, *starCall) (*response, error) { return nil, err })
		in.note(exc.at, "every request is answered with status 500: %s", exc.Error())
		return nil
	}
	if f.lifespan != (none{}) && !(f.kind == "FastAPI" && olderThan(in.version("fastapi", "0.92.0"), 0, 93)) {
		if _, err := in.untilYield(f.lifespan, &args{pos: []value{f}, at: f.at}); err != nil {
			return err
		}
		return nil
	}
	for _, s := range f.startup {
		if _, err := in.call(nil, s, &args{at: f.at}); err != nil {
			return err
		}
	}
	return nil
}

// describe fills facts and routes.
func (h *starHost) describe(in *interp, m *server.Model, app asgi) {
	f, ok := app.(*starApp)
	if !ok {
		return
	}
	// Those of the documentation come last: nobody wrote them.
	for _, documentation := range []bool{false, true} {
		for _, r := range f.routes {
			if r.documentation == documentation {
				m.Routes = append(m.Routes, server.Route{Position: r.at, Method: strings.Join(r.methods, ", "), Path: r.path})
			}
		}
	}
	for _, l := range f.stack {
		c, ok := l.class.(*class)
		if !ok || c.name != "CORSMiddleware" {
			continue
		}
		if k, err := newCORSMiddleware(in, nil, l.args); err == nil {
			m.Policy = append(m.Policy, k.facts()...)
		}
	}
	if f.escaped != nil {
		m.Unknowns = append(m.Unknowns, f.escaped.err)
	}
}

// facts returns what the middleware says.
func (c *corsMiddleware) facts() []server.Fact {
	var out []server.Fact
	add := func(s server.Subject, v value) {
		text := listText(v)
		if text != "" {
			out = append(out, server.Fact{Position: c.at, Subject: s, Value: text})
		}
	}
	add(server.SubjectOrigins, c.origins)
	if p, ok := c.regexp.(*pattern); ok {
		add(server.SubjectOrigins, p.source)
	}
	add(server.SubjectMethods, c.methods)
	add(server.SubjectHeaders, c.headers)
	add(server.SubjectExposed, c.expose)
	if isTrue(c.creds) {
		add(server.SubjectCredentials, "true")
	}
	add(server.SubjectMaxAge, c.maxAge)
	return out
}

// listText returns a list in words.
func listText(v value) string {
	switch v := v.(type) {
	case none:
		return ""
	case *unknown:
		return "not known: " + v.err.What
	case *list, *tuple, *set:
		items, _, err := (&interp{}).iterateAt(nil, at0, v)
		if err != nil {
			return ""
		}
		var parts []string
		for _, x := range items {
			parts = append(parts, listText(x))
		}
		return strings.Join(parts, ", ")
	}
	return str(v)
}

// starServer answers the requests to an application.
type starServer struct {
	mu  sync.Mutex
	in  *interp
	app asgi
}

// Answer answers a request.
func (s *starServer) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.in.ctx, s.in.steps, s.in.depth, s.in.used = ctx, 0, 0, 0
	c := &starCall{parts: splitRequest(req), params: newDict(), state: &instance{class: s.in.classes["object"], attrs: map[string]value{}}}
	c.path = c.parts.path
	r, err := s.app.handle(s.in, c)
	if err != nil {
		if _, python := err.(*raised); python { // uvicorn answers itself
			return &server.Answer{Status: 500}, nil
		}
		return nil, asUnknown(err)
	}
	if f, ok := s.app.(*starApp); ok && f.escaped != nil {
		if !f.hasCORS() {
			return nil, f.escaped.err
		}
		if r.unknown == nil && (f.hooked || r.status == 404 || r.status == 405) {
			r.unknown = f.escaped
		}
	}
	return r.answer()
}

// hasCORS reports whether the text itself sets up CORS for the application.
func (f *starApp) hasCORS() bool {
	for _, l := range f.stack {
		if c, ok := l.class.(*class); ok && c.name == "CORSMiddleware" {
			return true
		}
	}
	return false
}
