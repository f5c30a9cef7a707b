package aspnet

import (
	"context"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax/run"
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
	x := &exchange{req: req, out: &server.Answer{}}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case stops:
			err = e.err
		case throws:
			a = x.thrown(e)
		case returns, run.Jump: // outside of a function
			a = x.out
		default:
			panic(e)
		}
	}()
	x.endpoint = m.endpointOf(req)
	x.routed = !slices.ContainsFunc(m.pipeline, func(s *stage) bool { return s.name == "UseRouting" })
	m.proceed(x, m.pipeline, func() { m.terminal(x) })
	if x.out.Status == 0 { // middleware of the program has answered
		x.out.Status = 200
	}
	x.start()
	return x.out, nil
}

// exchange is one request on its way through the pipeline.
type exchange struct {
	req      *server.Request
	out      *server.Answer
	endpoint *endpoint // nil when no endpoint fits, or its kind is not read
	routed   bool      // the middleware that comes sees the endpoint
	invoked  bool      // UseCors has seen the endpoint
	started  bool      // the response may be on its way
	starting []func()  // what runs when the response starts; the last one first
}

func (x *exchange) path() string {
	path, _, _ := strings.Cut(x.req.Target, "?")
	return path
}

func (x *exchange) decide(at pos, text string) {
	x.out.Decided = append(x.out.Decided, server.Decision{Position: at.Position(), Header: "Access-Control-Allow-Origin", Text: text})
}

func (x *exchange) onStarting(f func()) { x.starting = append(x.starting, f) }

// start starts the response.
func (x *exchange) start() {
	x.started = false
	for i := len(x.starting) - 1; i >= 0; i-- {
		x.starting[i]()
	}
}

// thrown is the answer to a request that throws an exception.
func (x *exchange) thrown(e throws) *server.Answer {
	text := "the request throws an exception"
	if e.message != "" {
		text += ": " + e.message
	}
	x.decide(e.at, text)
	return &server.Answer{Status: 500, Decided: x.out.Decided}
}

// stage is one middleware of the pipeline.
type stage struct {
	at   pos
	name string // the method, such as "UseRouting"
	// One of these is set, if the middleware concerns CORS.
	cors   *corsStage
	own    *ownMiddleware
	branch *branch
}

// corsStage is UseCors: with a name, with a policy, or with neither.
type corsStage struct {
	name   string
	named  bool
	policy *policy
	// unknown is not nil when the name is not known.
	unknown *unknown
}

// branch is a pipeline for some requests: Map, MapWhen and UseWhen.
type branch struct {
	fits   func(m *machine, x *exchange) bool
	stages []*stage
	joins  bool // UseWhen: the main pipeline follows
}

// proceed runs the stages that are left, and then the end of the pipeline.
func (m *machine) proceed(x *exchange, stages []*stage, end func()) {
	for i, st := range stages {
		rest := func() { m.proceed(x, stages[i+1:], end) }
		switch {
		case st.name == "UseRouting":
			x.routed = true
		case st.name == "UseEndpoints", st.name == "UseMvc", st.name == "UseMvcWithDefaultRoute":
			if m.answersHere(x, st, stages[i+1:]) {
				end()
				return
			}
		case st.name == "UseHttpsRedirection":
			if m.redirects(x, st) {
				return
			}
		case st.cors != nil:
			if m.corsStage(st, x) {
				return
			}
		case st.own != nil:
			st.own.run(m, x, rest)
			return
		case st.branch != nil && st.branch.fits(m, x):
			if !st.branch.joins {
				rest = func() { m.unmatched(x) }
			}
			m.proceed(x, st.branch.stages, rest)
			return
		}
	}
	end()
}

// answersHere reports whether an endpoint answers before UseCors, which comes later, runs.
func (m *machine) answersHere(x *exchange, st *stage, later []*stage) bool {
	if !slices.ContainsFunc(later, func(s *stage) bool { return s.cors != nil }) {
		return false
	}
	if x.endpoint == nil && (m.controllers || m.others || st.name != "UseEndpoints") {
		panic(stops{m.unknownError(st.at, "whether an endpoint answers "+x.req.Method+" "+x.path()+" before UseCors, which comes later, runs", "put UseCors before "+st.name)})
	}
	return x.endpoint != nil
}

// terminal is the end of the pipeline, where the endpoint answers.
func (m *machine) terminal(x *exchange) {
	e := x.endpoint
	if e != nil && (e.enabled || e.disabled) && !x.invoked {
		x.out.Status = 500
		x.out.Decided = append(x.out.Decided, server.Decision{Position: e.at.Position(), Text: "the endpoint has CORS metadata, but no UseCors is between UseRouting and UseEndpoints: it throws"})
		x.starting = nil
		return
	}
	m.status(x.out, e, x.req)
}

// unmatched is the end of a branch without endpoints.
func (m *machine) unmatched(x *exchange) {
	if x.out.Status == 0 {
		x.out.Status = 404
	}
}

// redirects is UseHttpsRedirection: it redirects requests without TLS if it knows the
// port of https.
func (m *machine) redirects(x *exchange, st *stage) bool {
	if x.req.TLS {
		return false
	}
	for _, name := range []string{"ASPNETCORE_HTTPS_PORT", "ASPNETCORE_HTTPS_PORTS", "HTTPS_PORT"} {
		port, ok := m.src.Env[name]
		if !ok {
			continue
		}
		host, _ := x.req.Header.Get("Host")
		host, _, _ = strings.Cut(host, ":")
		if port != "443" {
			host += ":" + port
		}
		x.out.Status = 307
		x.out.Header = append(x.out.Header, fetch.Header{Name: "Location", Value: "https://" + host + x.req.Target})
		x.decide(st.at, "UseHttpsRedirection redirects to https")
		return true
	}
	panic(stops{m.unknownError(st.at, "whether UseHttpsRedirection redirects this request to https", "ask with an https URL, or give the port of https with --env ASPNETCORE_HTTPS_PORT=443")})
}

// corsStage runs UseCors: it answers a preflight (done), or has the headers of the policy
// added when the response starts.
func (m *machine) corsStage(st *stage, x *exchange) (done bool) {
	e := x.endpoint
	if !x.routed {
		e = nil
	}
	x.invoked = x.invoked || e != nil
	origin, ok := x.req.Header.Get("Origin")
	if !ok {
		return false
	}
	_, asks := x.req.Header.Get("Access-Control-Request-Method")
	preflight := x.req.Method == "OPTIONS" && asks
	if e != nil && e.disabled {
		x.out.Decided = append(x.out.Decided, server.Decision{Position: e.at.Position(), Text: "DisableCors"})
		if preflight {
			x.out.Status = 204
		}
		return preflight
	}
	p := m.policyFor(st, e)
	if p == nil {
		x.out.Decided = append(x.out.Decided, server.Decision{Position: st.at.Position(), Text: "UseCors finds no policy"})
		return false
	}
	if p.unknown != nil {
		panic(stops{p.unknown.err})
	}
	allowed := m.allows(p, origin)
	word := " does not allow "
	if allowed {
		word = " allows "
	}
	x.decide(p.at, "the policy "+p.name+word+origin)
	if preflight {
		if allowed {
			p.apply(&x.out.Header, x.req, true)
		}
		x.out.Status = 204
		return true
	}
	if allowed {
		x.onStarting(func() { p.apply(&x.out.Header, x.req, false) })
	}
	return false
}

// policyFor returns the policy for an endpoint.
func (m *machine) policyFor(st *stage, e *endpoint) *policy {
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

// status sets the status of what is behind CORS.
func (m *machine) status(out *server.Answer, e *endpoint, req *server.Request) {
	if out.Status != 0 { // that the middleware has set
		return
	}
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
