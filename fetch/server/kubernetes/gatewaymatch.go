package kubernetes

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// match returns the route of a request; nil when there is none.
func (g *gateway) match(req *server.Request) (*routeRule, error) {
	host, _ := req.Header.Get("Host")
	host = fetch.ByteLowercase(host)
	if i := strings.LastIndexByte(host, ':'); i >= 0 && strings.Trim(host[i+1:], "0123456789") == "" {
		host = host[:i]
	}
	path, _, _ := strings.Cut(req.Target, "?")
	best := g.bestHost(host)
	_, asks := req.Header.Get("Access-Control-Request-Method")
	var onlyMethod *routeRule
	for _, r := range g.routes {
		if r.hostFit(host) != best || best == 0 || !r.fitsPath(path) {
			continue
		}
		if r.regex || r.query {
			return nil, &server.UnknownError{Position: r.at, What: "whether the request fits this match with a regular expression or query parameters", Help: "use paths, methods and headers"}
		}
		if !r.fitsHeaders(req) {
			continue
		}
		if r.method == "" || r.method == req.Method {
			if onlyMethod == nil || r.rule == onlyMethod.rule {
				return r, nil
			}
			break
		}
		if req.Method == "OPTIONS" && asks && r.rule.cors != nil && onlyMethod == nil {
			onlyMethod = r
		}
	}
	if onlyMethod != nil {
		return nil, &server.UnknownError{Position: onlyMethod.at, What: "whether a preflight reaches this rule, which is for " + onlyMethod.method + " only", Help: "leave out the method, or add a match for OPTIONS"}
	}
	return nil, nil
}

// The fits of a host, from none to the most specific.
const (
	fitNone = iota
	fitAny
	fitWildcard // plus the length of the name
	fitExact    = 1 << 20
)

// bestHost returns the best fit of a host among all routes.
func (g *gateway) bestHost(host string) int {
	best := fitNone
	for _, r := range g.routes {
		best = max(best, r.hostFit(host))
	}
	return best
}

// hostFit returns how well a host fits the names of a route.
func (r *routeRule) hostFit(host string) int {
	if len(r.hostnames) == 0 {
		return fitAny
	}
	best := fitNone
	for _, name := range r.hostnames {
		suffix, isWildcard := strings.CutPrefix(name, "*")
		switch {
		case !isWildcard && name == host:
			return fitExact
		case isWildcard && strings.HasSuffix(host, suffix) && len(host) > len(suffix):
			best = max(best, fitWildcard+len(suffix))
		}
	}
	return best
}

// fitsPath reports whether a path fits: a prefix counts in whole segments.
func (r *routeRule) fitsPath(path string) bool {
	switch {
	case r.regex:
		return true // it may fit
	case r.exact:
		return path == r.path
	}
	prefix := strings.TrimSuffix(r.path, "/")
	return path == prefix || strings.HasPrefix(path, prefix+"/")
}

func (r *routeRule) fitsHeaders(req *server.Request) bool {
	for _, h := range r.headers {
		if v, ok := req.Header.Get(h.name); !ok || v != h.value {
			return false
		}
	}
	return true
}
