package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// matchPattern reports whether a text matches a string or a pattern.
func (in *interp) matchPattern(o *corsOptions, s string, p value, fold bool) (bool, error) {
	switch p := p.(type) {
	case *unknown:
		return false, p.err
	case *pattern:
		return p.prefix.MatchString(s), nil
	case string:
		if !probablyRegexp(p) {
			if fold {
				return fetch.ByteLowercase(s) == fetch.ByteLowercase(p), nil
			}
			return s == p, nil
		}
		c, err := in.compile(o.at, p, fold)
		if _, python := err.(*raised); python {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		return c.prefix.MatchString(s), nil
	}
	return false, nil
}

// matchAny reports whether a text matches one of some patterns. One that is not
// known decides only when no other matches.
func (in *interp) matchAny(o *corsOptions, s string, list []value) (bool, error) {
	var missing *unknown
	for _, p := range list {
		if u, ok := p.(*unknown); ok {
			missing = u
			continue
		}
		ok, err := in.matchPattern(o, s, p, true)
		if ok || err != nil {
			return ok, err
		}
	}
	if missing != nil {
		return false, missing.err
	}
	return false, nil
}

// known returns whether an option is true; the error says that it is not known.
func known(v value) (bool, error) {
	if u, ok := v.(*unknown); ok {
		return false, u.err
	}
	return isTrue(v), nil
}

// allowedOrigins returns the values of Access-Control-Allow-Origin, each a line.
func (in *interp) allowedOrigins(o *corsOptions, origin string) ([]string, error) {
	wildcard := slices.Contains(o.origins, value(".*"))
	if origin != "" {
		if wildcard {
			send, err := known(o.sendWildcard)
			if err != nil {
				return nil, err
			}
			if send {
				return []string{"*"}, nil
			}
		}
		ok, err := in.matchAny(o, origin, o.origins)
		if !ok || err != nil {
			return nil, err
		}
		return []string{origin}, nil
	}
	always, err := known(o.alwaysSend)
	if !always || err != nil {
		return nil, err
	}
	if wildcard {
		credentials, err := known(o.credentials)
		if credentials || err != nil {
			return nil, err
		}
		return []string{"*"}, nil
	}
	var out []string
	for _, p := range o.origins {
		switch p := p.(type) {
		case *unknown:
			return nil, p.err
		case string:
			if !probablyRegexp(p) {
				out = append(out, p)
			}
		}
	}
	slices.Sort(out)
	return out, nil
}

// apply adds the CORS headers to a response.
func (o *corsOptions) apply(in *interp, p *requestParts, r *response) error {
	if r.evaluated {
		return nil
	}
	if o.unknown != nil {
		return o.unknown.err
	}
	origin, _ := p.header(fetch.HeaderOrigin)
	origins, err := in.allowedOrigins(o, origin)
	if err != nil {
		return err
	}
	by := server.Decision{Position: o.at, Text: "Flask-CORS applies"}
	if len(origins) == 0 {
		return nil
	}
	var lines []headerLine
	// The values are kept in a dictionary of lists, in the order of first use.
	for _, x := range origins {
		lines = append(lines, headerLine{fetch.HeaderAllowOrigin, x, by})
		break // MultiDict yields the first value of each name
	}
	add := func(name string, v value) error {
		if u, ok := v.(*unknown); ok {
			return u.err
		}
		if v != nil && isTrue(v) {
			lines = append(lines, headerLine{name, str(v), by})
		}
		return nil
	}
	if err := add("Access-Control-Expose-Headers", o.expose); err != nil {
		return err
	}
	credentials, err := known(o.credentials)
	if err != nil {
		return err
	}
	if credentials {
		lines = append(lines, headerLine{fetch.HeaderAllowCredentials, "true", by})
	}
	if err := in.privateNetwork(o, p, add); err != nil {
		return err
	}
	if err := o.preflight(in, p, add); err != nil {
		return err
	}
	vary, err := o.varies(origins)
	if err != nil {
		return err
	}
	if vary {
		lines = append(lines, headerLine{"Vary", "Origin", by})
	}
	r.headers = append(r.headers, lines...)
	return nil
}

// privateNetwork adds the header of private network access, which versions 4 and
// later have.
func (in *interp) privateNetwork(o *corsOptions, p *requestParts, add func(string, value) error) error {
	v, asked := p.header("Access-Control-Request-Private-Network")
	version := in.src.Versions["flask-cors"]
	if !asked || v != "true" || version == "" || strings.HasPrefix(version, "1.") || strings.HasPrefix(version, "2.") || strings.HasPrefix(version, "3.") {
		return nil
	}
	allowed, err := known(o.privateNet)
	if err != nil {
		return err
	}
	if o.privateNet == nil || allowed || strings.HasPrefix(version, "4.0.0") || strings.HasPrefix(version, "4.0.1") {
		return add("Access-Control-Allow-Private-Network", "true")
	}
	return add("Access-Control-Allow-Private-Network", "false")
}

// preflight adds the headers of an answer to OPTIONS.
func (o *corsOptions) preflight(in *interp, p *requestParts, add func(string, value) error) error {
	if p.req.Method != "OPTIONS" {
		return nil
	}
	asked, _ := p.header(fetch.HeaderRequestMethod)
	asked = strings.ToUpper(asked)
	if asked == "" {
		return nil
	}
	methods, ok := o.methods.(string)
	if !ok {
		if u, ok := o.methods.(*unknown); ok {
			return u.err
		}
		return in.raise(o.at, "TypeError", "argument of type 'NoneType' is not iterable")
	}
	if !strings.Contains(methods, asked) {
		return nil
	}
	if list, ok := p.header(fetch.HeaderRequestHeaders); ok && list != "" {
		var allowed []string
		for _, h := range strings.Split(list, ",") {
			h = strings.Trim(h, whitespace)
			ok, err := in.matchAny(o, h, o.allowHeaders)
			if err != nil {
				return err
			}
			if ok {
				allowed = append(allowed, h)
			}
		}
		slices.Sort(allowed)
		if err := add(fetch.HeaderAllowHeaders, strings.Join(allowed, ", ")); err != nil {
			return err
		}
	}
	if err := add("Access-Control-Max-Age", o.maxAge); err != nil {
		return err
	}
	return add(fetch.HeaderAllowMethods, methods)
}

// varies reports whether Vary names Origin.
func (o *corsOptions) varies(sent []string) (bool, error) {
	vary, err := known(o.vary)
	if !vary || err != nil || sent[0] == "*" {
		return false, err
	}
	if len(o.origins) > 1 || len(sent) > 1 {
		return true, nil
	}
	for _, x := range o.origins {
		switch x := x.(type) {
		case *pattern:
			return true, nil
		case string:
			if probablyRegexp(x) {
				return true, nil
			}
		case *unknown:
			return false, x.err
		}
	}
	return false, nil
}
