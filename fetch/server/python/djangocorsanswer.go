package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// enabled reports whether a request has CORS.
func (c *djangoCORS) enabled(in *interp, d *djangoCall) (bool, error) {
	var missing error
	switch u := c.urls.(type) {
	case *pattern:
		if u.prefix.MatchString(d.parts.path) {
			return true, nil
		}
	case *unknown:
		missing = u.err
	}
	on, err := c.h.signal.allows(in, d)
	if on || err != nil {
		return on, err
	}
	return false, missing
}

// allowed reports whether the lists or a receiver of check_request_enabled allow an
// origin.
func (c *djangoCORS) allowed(in *interp, d *djangoCall, origin string) (bool, error) {
	listed, missing := c.listed(origin)
	if listed {
		return true, nil
	}
	on, err := c.h.signal.allows(in, d)
	if on || err != nil {
		return on, err
	}
	return false, missing
}

// listed reports whether an origin is allowed by the lists.
func (c *djangoCORS) listed(origin string) (bool, error) {
	var missing *unknown
	scheme, netloc, _ := splitURL(origin)
	for _, x := range c.origins {
		switch o := x.(type) {
		case *unknown:
			missing = o
		case string:
			if o == "null" && origin == "null" {
				return true, nil
			}
			s, n, _ := splitURL(o)
			if s == scheme && n == netloc {
				return true, nil
			}
		}
	}
	for _, x := range c.regexps {
		switch p := x.(type) {
		case *unknown:
			missing = p
		case *pattern:
			if p.prefix.MatchString(origin) {
				return true, nil
			}
		}
	}
	if missing != nil {
		return false, missing.err
	}
	return false, nil
}

// layer runs the middleware.
func (c *djangoCORS) layer(in *interp, d *djangoCall, i int) (*response, error) {
	on, err := c.enabled(in, d)
	if err != nil {
		return nil, err
	}
	if !on {
		return d.layer(in, i+1)
	}
	var r *response
	if _, asks := d.parts.header(fetch.HeaderRequestMethod); asks && d.parts.req.Method == "OPTIONS" {
		r = &response{kind: "HttpResponse", status: 200}
		r.add("Content-Length", "0", server.Decision{})
	} else if r, err = d.layer(in, i+1); err != nil {
		return nil, err
	}
	return r, c.respond(in, d, r)
}

// by returns the decision of a setting.
func (c *djangoCORS) by(name string) server.Decision {
	return server.Decision{Position: c.h.where[name], Text: name}
}

// respond adds the headers.
func (c *djangoCORS) respond(in *interp, d *djangoCall, r *response) error {
	if err := patchVary(r, c.by("MIDDLEWARE"), "Origin"); err != nil {
		return err
	}
	r.unknownHeaders = nil
	origin, _ := d.parts.header(fetch.HeaderOrigin)
	if origin == "" || invalidURL(origin) {
		return nil
	}
	creds, err := known(c.creds)
	if err != nil {
		return err
	}
	if creds && !c.late {
		r.set(fetch.HeaderAllowCredentials, "true", c.by("CORS_ALLOW_CREDENTIALS"))
	}
	every := isTrue(c.all)
	allowed := every
	if !every {
		if allowed, err = c.allowed(in, d, origin); err != nil {
			return err
		}
		if !allowed {
			if u := firstUnknown(c.all); u != nil {
				return u.err
			}
			return nil
		}
		if u := firstUnknown(c.all); u != nil && !creds {
			return u.err // "*" or the origin
		}
	}
	if every && !creds {
		r.set(fetch.HeaderAllowOrigin, "*", c.by("CORS_ALLOW_ALL_ORIGINS"))
	} else {
		r.set(fetch.HeaderAllowOrigin, origin, c.by("CORS_ALLOWED_ORIGINS"))
	}
	if creds && c.late {
		r.set(fetch.HeaderAllowCredentials, "true", c.by("CORS_ALLOW_CREDENTIALS"))
	}
	return c.lists(in, d, r)
}

// lists adds the headers that come from lists.
func (c *djangoCORS) lists(in *interp, d *djangoCall, r *response) error {
	set := func(header, name string, v value) error {
		text, err := in.joined(c.h.where[name], v)
		if err != nil {
			return err
		}
		if u := firstUnknown(text); u != nil {
			return u.err
		}
		if text == (none{}) {
			text = ""
		}
		r.set(header, text, c.by(name))
		return nil
	}
	has, err := known(c.expose)
	if err != nil {
		return err
	}
	if has {
		if err := set("Access-Control-Expose-Headers", "CORS_EXPOSE_HEADERS", c.expose); err != nil {
			return err
		}
	}
	if d.parts.req.Method == "OPTIONS" {
		if err := set(fetch.HeaderAllowHeaders, "CORS_ALLOW_HEADERS", c.headers); err != nil {
			return err
		}
		if err := set(fetch.HeaderAllowMethods, "CORS_ALLOW_METHODS", c.methods); err != nil {
			return err
		}
		age, err := known(c.maxAge)
		if err != nil {
			return err
		}
		if age {
			r.set("Access-Control-Max-Age", str(c.maxAge), c.by("CORS_PREFLIGHT_MAX_AGE"))
		}
	}
	if v, _ := d.parts.header("Access-Control-Request-Private-Network"); c.four && v == "true" {
		network, err := known(c.network)
		if err != nil {
			return err
		}
		if network {
			r.set("Access-Control-Allow-Private-Network", "true", c.by("CORS_ALLOW_PRIVATE_NETWORK"))
		}
	}
	return nil
}

// invalidURL reports whether urlsplit raises an exception.
func invalidURL(s string) bool {
	_, netloc, _ := splitURL(s)
	return strings.Contains(netloc, "[") != strings.Contains(netloc, "]")
}

// patchVary adds names to Vary as Django does.
func patchVary(r *response, by server.Decision, names ...string) error {
	var all []string
	if old := r.get("Vary"); old != nil {
		if u := firstUnknown(old); u != nil {
			return nil
		}
		for _, part := range strings.Split(str(old), ",") {
			all = append(all, strings.Trim(part, whitespace))
		}
	}
	for _, n := range names {
		if !slices.ContainsFunc(all, func(s string) bool { return sameName(s, n) }) {
			all = append(all, n)
		}
	}
	text := strings.Join(all, ", ")
	if slices.Contains(all, "*") {
		text = "*"
	}
	r.set("Vary", text, by)
	return nil
}

// facts returns what the settings say.
func (c *djangoCORS) facts(h *djangoHost) []server.Fact {
	where := ""
	if p, ok := c.urls.(*pattern); ok && p.source != "^.*$" {
		where = p.source
	}
	var out []server.Fact
	add := func(s server.Subject, name, text string) {
		if text != "" {
			out = append(out, server.Fact{Position: h.where[name], Subject: s, Where: where, Value: text})
		}
	}
	if isTrue(c.all) {
		add(server.SubjectOrigins, "CORS_ALLOW_ALL_ORIGINS", "every origin")
	}
	add(server.SubjectOrigins, "CORS_ALLOWED_ORIGINS", patternsText(c.origins))
	add(server.SubjectOrigins, "CORS_ALLOWED_ORIGIN_REGEXES", patternsText(c.regexps))
	add(server.SubjectMethods, "CORS_ALLOW_METHODS", listText(c.methods))
	add(server.SubjectHeaders, "CORS_ALLOW_HEADERS", listText(c.headers))
	add(server.SubjectExposed, "CORS_EXPOSE_HEADERS", listText(c.expose))
	if isTrue(c.creds) {
		add(server.SubjectCredentials, "CORS_ALLOW_CREDENTIALS", "true")
	}
	add(server.SubjectMaxAge, "CORS_PREFLIGHT_MAX_AGE", listText(c.maxAge))
	return out
}
