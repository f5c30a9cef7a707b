package spring

import (
	"slices"
	"strings"
)

// outcome is what the handler mappings find for a request.
type outcome struct {
	handler *mapping
	// ambiguous reports whether a preflight fits several handlers of which one has a
	// configuration: the framework then allows everything.
	ambiguous bool
	// failure is the status of the exception that finding a handler throws; 0 for none.
	failure int
	options bool // the handler of the framework for OPTIONS
	none    bool // no path fits
}

// dispatch finds the handler of a request and answers.
func (a *app) dispatch(x *exchange) {
	if a.cloud != nil {
		a.pass(x)
		return
	}
	found := a.find(x)
	if found.handler != nil && found.handler.unknown != nil {
		panic(stops{found.handler.unknown.err})
	}
	if found.failure != 0 {
		x.out.Status = found.failure
		a.errorDispatch(x)
		return
	}
	if !a.interceptor(x, a.configFor(found, x.path), found.local()) {
		return
	}
	if x.preflight {
		return
	}
	a.handlerStatus(x, found)
}

// local returns the configuration of the handler itself.
func (o outcome) local() *corsConfig {
	switch {
	case o.ambiguous:
		return everythingAllowed()
	case o.handler != nil:
		return o.handler.cors
	}
	return nil
}

// everythingAllowed is the configuration for a preflight that fits several handlers.
func everythingAllowed() *corsConfig {
	one := func() texts { return texts{list: []string{"*"}, set: true} }
	return &corsConfig{patterns: one(), methods: one(), headers: one(), credentials: flag{set: true, value: true}}
}

// configFor returns the configuration for a handler: the global one with that of the
// handler on top.
func (a *app) configFor(o outcome, path string) *corsConfig {
	local := o.local()
	if global := a.globalConfig(path); global != nil {
		return global.combine(local)
	}
	return local
}

// mvcConfig returns the configuration that MVC has for a request, which a CORS filter
// of Spring Security asks for.
func (a *app) mvcConfig(x *exchange) *corsConfig {
	found := a.find(x)
	if found.failure != 0 {
		return nil
	}
	return a.configFor(found, x.path)
}

// interceptor checks a request in front of its handler; it reports whether the request
// goes on.
func (a *app) interceptor(x *exchange, c, local *corsConfig) bool {
	if len(a.global.list) == 0 && local == nil && !x.preflight {
		return true
	}
	if c != nil && a.version.atLeast(5, 3) {
		if p := c.problem(); p != "" {
			x.throw(c.at, p)
			a.errorDispatch(x)
			return false
		}
	}
	return a.process(x, c)
}

// errorDispatch asks for the error page: the configuration for /error applies to it.
func (a *app) errorDispatch(x *exchange) {
	if a.reactive || len(a.global.list) == 0 && !x.preflight {
		return
	}
	c := a.globalConfig("/error")
	if c != nil && c.problem() != "" {
		return
	}
	x.failed = false
	a.process(x, c)
}

// handlerStatus sets the status of a handler.
func (a *app) handlerStatus(x *exchange, o outcome) {
	switch {
	case o.handler != nil && o.handler.status != 0:
		x.out.Status = o.handler.status
	case o.options:
		x.out.Status = 200
	case o.handler != nil:
		x.keep(200, o.handler.at, "what the handler answers")
	case o.none && len(a.mappings) > 0:
		x.keep(404, pos{}, "whether a controller that is not given has the path "+x.path)
		a.errorDispatch(x)
	default:
		x.keep(200, pos{}, "what the application answers to "+x.req.Method+" "+x.path)
	}
}

// keep sets a status that is not known, unless one was set before.
func (x *exchange) keep(assumed int, at pos, what string) {
	if x.out.StatusUnknown == nil {
		x.status(assumed, at, what)
	}
}

// find returns the handler of a request; a preflight has that of the method it asks
// for.
func (a *app) find(x *exchange) outcome {
	method := x.req.Method
	if x.preflight {
		method = x.asked
	}
	var direct, all, other []*mapping
	for _, h := range a.mappings {
		pattern, ok := a.fitting(h, x.path)
		switch {
		case !ok:
		case !h.accepts(method, x.preflight):
			other = append(other, h)
		case isDirect(pattern):
			direct = append(direct, h)
			all = append(all, h)
		default:
			all = append(all, h)
		}
	}
	if len(direct) > 0 {
		all = direct
	}
	if len(all) == 0 {
		return a.noMatch(x, other)
	}
	fit := slices.DeleteFunc(slices.Clone(all), func(h *mapping) bool { return h.refuses(x) != 0 })
	if len(fit) == 0 {
		return outcome{failure: all[0].refuses(x)}
	}
	if len(fit) > 1 && x.preflight && slices.ContainsFunc(fit, func(h *mapping) bool { return h.cors != nil }) {
		return outcome{handler: fit[0], ambiguous: true}
	}
	slices.SortStableFunc(fit, func(p, q *mapping) int { return a.compare(p, q, x.path) })
	return outcome{handler: fit[0]}
}

// noMatch is the outcome when no handler has the method of a request.
func (a *app) noMatch(x *exchange, other []*mapping) outcome {
	switch {
	case len(other) == 0:
		for _, h := range a.mappings {
			if h.unknown != nil && len(h.patterns) == 0 {
				panic(stops{h.unknown.err})
			}
		}
		return outcome{none: true}
	case x.req.Method == "OPTIONS":
		return outcome{options: true}
	}
	return outcome{failure: 405}
}

// compare orders two handlers that fit a path: the more specific pattern first, then
// the one that names methods.
func (a *app) compare(p, q *mapping, path string) int {
	x, _ := a.fitting(p, path)
	y, _ := a.fitting(q, path)
	switch {
	case x != y && moreSpecific(x, y):
		return -1
	case x != y && moreSpecific(y, x):
		return 1
	}
	return min(len(q.methods), 1) - min(len(p.methods), 1)
}

// fitting returns the pattern of a handler that a path fits.
func (a *app) fitting(h *mapping, path string) (string, bool) {
	for _, p := range h.patterns {
		if pathMatches(p, path, slashes(!a.version.atLeast(6, 0))) {
			return p, true
		}
	}
	return "", false
}

// accepts reports whether the handler is for a method. OPTIONS is not meant by a
// handler for all methods.
func (h *mapping) accepts(method string, preflight bool) bool {
	if len(h.methods) == 0 {
		return preflight || method != "OPTIONS"
	}
	return slices.Contains(h.methods, method) || method == "HEAD" && slices.Contains(h.methods, "GET")
}

// refuses returns the status with which the handler refuses the types of a request; 0
// when it does not. A preflight has none.
func (h *mapping) refuses(x *exchange) int {
	if x.preflight {
		return 0
	}
	sent, _ := x.req.Header.Get("Content-Type")
	sent, _, _ = strings.Cut(sent, ";")
	if len(h.consumes) > 0 && !slices.ContainsFunc(h.consumes, func(c string) bool { return typeFits(c, lower(strings.TrimSpace(sent))) }) {
		return 415
	}
	accept, ok := x.req.Header.Get("Accept")
	if len(h.produces) == 0 || !ok {
		return 0
	}
	for part := range strings.SplitSeq(accept, ",") {
		kind, _, _ := strings.Cut(part, ";")
		if slices.ContainsFunc(h.produces, func(p string) bool { return typeFits(lower(strings.TrimSpace(kind)), p) }) {
			return 0
		}
	}
	return 406
}

// typeFits reports whether a type fits a range of types such as text/*.
func typeFits(want, have string) bool {
	want, _, _ = strings.Cut(want, ";")
	have, _, _ = strings.Cut(have, ";")
	return want == "*/*" || want == have || strings.HasSuffix(want, "/*") && strings.HasPrefix(have, strings.TrimSuffix(want, "*"))
}
