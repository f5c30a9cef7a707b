package spring

import (
	"context"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// app is the application that was read.
type app struct {
	machine       *machine
	version       version // of the framework
	security      version // of Spring Security
	versions      []server.Version
	reactive      bool
	contextPath   string
	global        *registry
	stages        []stage
	chains        []*chain
	ignored       []matcher
	defaultSource *source
	mappings      []*mapping
	cloud         *cloudGateway // nil when the application is none
	facts         []server.Fact
	assumptions   []server.Assumption
	unknowns      []*server.UnknownError
	// lost says why no answer is known.
	lost *server.UnknownError
}

// stage is one filter before the handlers.
type stage struct {
	at       pos
	order    int
	src      *source    // of a CorsFilter
	own      *ownFilter // of a filter of the text
	security bool
	patterns []string
}

// securityOrder is the order of the filters of Spring Security in Spring Boot.
const securityOrder = -100

func (a *app) say(at pos, text string) {
	a.assumptions = append(a.assumptions, server.Assumption{Position: at.position(), Text: text})
}

// Answer answers a request as the application does.
func (a *app) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if a.lost != nil {
		return nil, a.lost
	}
	run, m := *a, *a.machine // the steps of a request are its own
	m.steps, m.depth, m.app = 0, 0, &run
	run.machine = &m
	x := newExchange(ctx, req)
	if err := guard(func() { run.respond(x) }); err != nil {
		return nil, err
	}
	return x.out, nil
}

// status sets a status that is not known.
func (x *exchange) status(assumed int, at pos, what string) {
	x.out.Status = assumed
	x.out.StatusUnknown = &server.UnknownError{Position: at.position(), What: what}
}

// respond runs the filters and the handlers.
func (a *app) respond(x *exchange) {
	if a.contextPath != "" {
		rest, ok := strings.CutPrefix(x.path, a.contextPath)
		if !ok || rest != "" && rest[0] != '/' {
			x.out.Status = 404
			return
		}
		x.path = "/" + strings.TrimPrefix(rest, "/")
	}
	a.run(x, 0)
}

// run runs the filters from one on.
func (a *app) run(x *exchange, from int) {
	for i := from; i < len(a.stages); i++ {
		s := a.stages[i]
		if len(s.patterns) > 0 && !slices.ContainsFunc(s.patterns, func(p string) bool { return servletMatches(p, x.path) }) {
			continue
		}
		switch {
		case s.security:
			if !a.secured(x) {
				return
			}
		case s.own != nil:
			s.own.run(a.machine, x, func() { a.run(x, i+1) })
			return
		default:
			if !a.filter(x, s.src) {
				return
			}
		}
	}
	a.dispatch(x)
}

// servletMatches reports whether a path fits a pattern of a filter.
func servletMatches(pattern, path string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "/*"); ok {
		return path == prefix || strings.HasPrefix(path, prefix+"/")
	}
	return pattern == path || pattern == "/"
}

// secured runs the chain of Spring Security for a request; it reports whether the
// request goes on.
func (a *app) secured(x *exchange) bool {
	if fitsOne(a.ignored, x, x.path) {
		return true
	}
	for _, c := range a.chains {
		if c.guards(x) {
			return a.guard(c, x)
		}
	}
	return true
}

// filter is CorsFilter; it reports whether the request goes on.
func (a *app) filter(x *exchange, src *source) bool {
	c := a.configOf(x, src)
	ok := a.process(x, c)
	if x.failed {
		a.errorDispatch(x)
	}
	return ok && !x.preflight
}

// configOf returns the configuration of a source for a request; nil when it has none.
func (a *app) configOf(x *exchange, src *source) *corsConfig {
	if src.unknown != nil {
		panic(stops{src.unknown.err})
	}
	if src.fn != nil {
		v := a.machine.apply(src.at, src.fn, &webRequest{x})
		switch v := v.(type) {
		case *corsConfig:
			return v
		case *unknown:
			panic(stops{v.err})
		case nil:
			return nil
		}
		panic(stops{a.machine.unknownError(src.at, "the CORS configuration for the request", "")})
	}
	for _, e := range src.entries {
		fits := antMatches(e.pattern, x.path)
		if a.reactive {
			fits = pathMatches(e.pattern, x.path, slashes(!a.version.atLeast(6, 0)))
		}
		if fits {
			return e.config
		}
	}
	return nil
}

// globalConfig returns the configuration of the registry for a path; nil when it has
// none.
func (a *app) globalConfig(path string) *corsConfig {
	for _, r := range a.global.list {
		if pathMatches(r.pattern, path, slashes(!a.version.atLeast(6, 0))) {
			return r.config
		}
	}
	return nil
}
