package spring

import (
	"slices"
)

// fitsOne reports whether one of some matchers fits a request; it stops where that is not
// known.
func fitsOne(list []matcher, x *exchange, path string) bool {
	for _, f := range list {
		switch {
		case f.unknown != nil:
			panic(stops{f.unknown.err})
		case f.preflight:
			if x.preflight {
				return true
			}
		case f.method != "" && f.method != x.req.Method:
		case f.pattern == "" || f.pattern == "**" || antMatches(f.pattern, path):
			return true
		}
	}
	return false
}

// guards reports whether the chain is for a request.
func (c *chain) guards(x *exchange) bool {
	return len(c.matchers) == 0 || fitsOne(c.matchers, x, x.path)
}

// permits reports whether a request without credentials gets through to a path; the
// position is that of the rule.
func (c *chain) permits(x *exchange, path string, v version) (bool, pos) {
	for _, r := range c.rules {
		if len(r.matchers) > 0 && !fitsOne(r.matchers, x, path) {
			continue
		}
		switch r.access {
		case "permitAll", "anonymous":
			return true, r.at
		case "access", "not":
			panic(stops{unknownAccess(r)})
		}
		return false, r.at
	}
	return len(c.rules) == 0 || c.legacy && !c.reactive, c.at
}

func unknownAccess(r rule) error {
	return (&machine{}).unknownError(r.at, "whether "+r.access+"(…) lets a request through", "write permitAll() or authenticated()")
}

// protects reports whether the check of CSRF rejects a request without a token.
func (c *chain) protects(x *exchange) bool {
	if c.csrfOff || slices.Contains([]string{"GET", "HEAD", "TRACE", "OPTIONS"}, x.req.Method) {
		return false
	}
	return !fitsOne(c.csrfFree, x, x.path)
}

// guard runs a chain; it reports whether the request goes on.
func (a *app) guard(c *chain, x *exchange) bool {
	if c.channel != nil && !x.req.TLS {
		panic(stops{a.machine.unknownError(*c.channel, "where a request without HTTPS is redirected to", "ask with an https URL")})
	}
	if on, src := a.corsOf(c); on {
		if src != nil {
			if !a.filter(x, src) {
				return false
			}
		} else if !a.process(x, a.mvcConfig(x)) || x.preflight {
			return false
		}
	}
	if _, token := x.req.Header.Get("X-XSRF-TOKEN"); c.protects(x) {
		if _, other := x.req.Header.Get("X-CSRF-TOKEN"); token || other {
			x.status(200, c.at, "whether the CSRF token is valid")
		} else {
			x.decide(c.at, "Spring Security rejects the request: it has no CSRF token")
			x.out.Status = 403
			a.errorPage(c, x)
			return false
		}
	}
	if c.partial {
		x.status(200, c.at, "what the rules of Spring Security, which are not given, answer")
		return true
	}
	ok, at := c.permits(x, x.path, a.security)
	if ok {
		return true
	}
	if x.hasCredentials() {
		x.status(200, at, "whether the credentials of the request are accepted")
		return true
	}
	x.decide(at, "Spring Security asks for credentials, which the request does not have")
	a.challenge(c, x)
	return false
}

// hasCredentials reports whether a request has something to log in with.
func (x *exchange) hasCredentials() bool {
	return x.req.Header.Contains("Authorization") || x.req.Header.Contains("Cookie")
}

// challenge answers a request that needs credentials.
func (a *app) challenge(c *chain, x *exchange) {
	switch {
	case len(c.entries) == 0:
		x.out.Status = 403
		a.errorPage(c, x)
	case len(c.entries) == 1 && c.entries[0] == "httpBasic":
		x.out.Status = 401
		a.errorPage(c, x)
	case len(c.entries) == 1 && c.entries[0] == "oauth2ResourceServer":
		x.out.Status = 401
	case len(c.entries) == 1 && (c.entries[0] == "formLogin" || c.entries[0] == "oauth2Login"):
		x.status(302, c.at, "where a request without credentials is redirected to")
	default:
		x.status(401, c.at, "which of several answers a request without credentials gets")
	}
}

// errorPage asks for the error page, behind the rules of the chain. Framework 5 does
// not check them again, unless they are those of authorizeHttpRequests.
func (a *app) errorPage(c *chain, x *exchange) {
	if a.reactive {
		return
	}
	if c.errorsOpen || c.legacy && !a.security.atLeast(6, 0) {
		a.errorDispatch(x)
		return
	}
	if ok, _ := c.permits(x, "/error", a.security); ok {
		a.errorDispatch(x)
	}
}

// corsOf returns whether a chain has a CORS filter, and its source; nil for the
// configuration of MVC.
func (a *app) corsOf(c *chain) (on bool, src *source) {
	m := a.machine
	switch {
	case c.cors.on && c.cors.src != nil:
		return true, c.cors.src
	case c.cors.on:
		return true, a.defaultSource
	case c.cors.at.File == nil && m.autoCORS && a.security.atLeast(6, 2):
		return true, a.defaultSource
	}
	return false, nil
}
