package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// corsMiddleware is Starlette's CORSMiddleware.
// https://github.com/encode/starlette/blob/master/starlette/middleware/cors.py
type corsMiddleware struct {
	at        server.Position
	inner     asgi
	origins   value
	methods   value
	headers   value // as given
	sorted    []value
	anyOrigin value // bool or unknown
	anyHeader value
	creds     value
	regexp    value // none, a pattern or unknown
	expose    value // the text, none or unknown
	maxAge    value
	more      *unknown
}

// corsParameters are the parameters of the class in their order.
var corsParameters = []string{"allow_origins", "allow_methods", "allow_headers", "allow_credentials", "allow_origin_regex", "expose_headers", "max_age"}

// newCORSMiddleware evaluates the options of the class.
func newCORSMiddleware(in *interp, inner asgi, a *args) (*corsMiddleware, error) {
	for _, k := range a.kw {
		if !slices.Contains(corsParameters, k.name) && k.name != "app" {
			return nil, in.raise(a.at, "TypeError", "CORSMiddleware.__init__() got an unexpected keyword argument '%s'", k.name)
		}
	}
	empty := &tuple{}
	c := &corsMiddleware{
		at: a.at, inner: inner, more: a.more, origins: a.or(-1, "allow_origins", empty), methods: a.or(-1, "allow_methods", &tuple{[]value{"GET"}}),
		headers: a.or(-1, "allow_headers", empty), creds: a.or(-1, "allow_credentials", false), regexp: a.or(-1, "allow_origin_regex", none{}),
		expose: a.or(-1, "expose_headers", empty), maxAge: a.or(-1, "max_age", int64(600)),
	}
	var err error
	star := func(v value) (value, error) { return in.membership(nil, a.at, "*", v, true) }
	every, err := star(c.methods)
	if err != nil {
		return nil, err
	}
	if every == value(true) {
		c.methods = stringList([]string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
	} else if u := firstUnknown(every); u != nil {
		c.methods = u
	}
	if s, ok := c.regexp.(string); ok {
		if c.regexp, err = in.compile(a.at, s, false); err != nil {
			return nil, err
		}
	}
	if c.anyOrigin, err = star(c.origins); err != nil {
		return nil, err
	}
	if c.anyHeader, err = star(c.headers); err != nil {
		return nil, err
	}
	if err := c.sortHeaders(in, a.at); err != nil {
		return nil, err
	}
	c.expose, err = in.joined(a.at, c.expose)
	return c, err
}

// sortHeaders makes the list of allowed headers.
func (c *corsMiddleware) sortHeaders(in *interp, at server.Position) error {
	items, u, err := in.iterateAt(nil, at, c.headers)
	if err != nil {
		return err
	}
	if u == nil {
		u = firstUnknown(items...)
	}
	if u != nil {
		c.sorted = []value{u}
		return nil
	}
	all := newSet("Accept", "Accept-Language", "Content-Language", "Content-Type")
	for _, x := range items {
		all.put(x, none{})
	}
	v, err := in.sorted(&args{at: at}, all.keys)
	if l, ok := v.(*list); ok {
		c.sorted = l.items
	}
	return err
}

// joined returns the items of a value with ", " between them; none when there are
// none.
func (in *interp) joined(at server.Position, v value) (value, error) {
	b, u, err := in.truth(nil, nil, v)
	if err != nil || u != nil || !b {
		return orUnknown(none{}, u), err
	}
	return in.join(", ", &args{pos: []value{v}, at: at})
}

// handle answers a preflight, or adds the headers to the answer.
func (c *corsMiddleware) handle(in *interp, s *starCall) (*response, error) {
	origin, ok := s.parts.header(fetch.HeaderOrigin)
	if !ok {
		return c.inner.handle(in, s)
	}
	if c.more != nil {
		return nil, c.more.err
	}
	if _, asks := s.parts.header(fetch.HeaderRequestMethod); asks && s.parts.req.Method == "OPTIONS" {
		return c.preflight(in, s, origin)
	}
	r, err := c.inner.handle(in, s)
	if err != nil {
		return nil, err
	}
	return r, c.simple(in, s, origin, r)
}

// by returns the decision of the middleware.
func (c *corsMiddleware) by(text string) server.Decision {
	return server.Decision{Position: c.at, Text: text}
}

// allowed reports whether an origin is allowed.
func (c *corsMiddleware) allowed(in *interp, origin string) (bool, error) {
	missing := firstUnknown(c.anyOrigin)
	if c.anyOrigin == value(true) {
		return true, nil
	}
	switch p := c.regexp.(type) {
	case *unknown:
		missing = p
	case *pattern:
		if p.full.MatchString(origin) {
			return true, nil
		}
	}
	v, err := in.membership(nil, c.at, origin, c.origins, true)
	if err != nil {
		return false, err
	}
	if u := firstUnknown(v); u != nil {
		return false, u.err
	}
	if v == value(true) {
		return true, nil
	}
	if missing != nil {
		return false, missing.err
	}
	return false, nil
}

// simple adds the headers to an answer.
func (c *corsMiddleware) simple(in *interp, s *starCall, origin string, r *response) error {
	by := c.by("CORSMiddleware applies")
	every, err := known(c.anyOrigin)
	if err != nil {
		return err
	}
	if every {
		r.set(fetch.HeaderAllowOrigin, "*", by)
	}
	creds, err := known(c.creds)
	if err != nil {
		return err
	}
	if creds {
		r.set(fetch.HeaderAllowCredentials, "true", by)
	}
	if u := firstUnknown(c.expose); u != nil {
		return u.err
	}
	if e, ok := c.expose.(string); ok {
		r.set("Access-Control-Expose-Headers", e, by)
	}
	_, cookie := s.parts.header("Cookie")
	if every && cookie {
		r.set(fetch.HeaderAllowOrigin, origin, by)
		addVary(r, "Origin", by)
	} else if !every {
		ok, err := c.allowed(in, origin)
		if err != nil {
			return err
		}
		if ok {
			r.set(fetch.HeaderAllowOrigin, origin, by)
			addVary(r, "Origin", by)
		}
	}
	if r.unknownHeaders != nil {
		r.unknownHeaders = nil
	}
	return nil
}

// preflight answers a preflight.
func (c *corsMiddleware) preflight(in *interp, s *starCall, origin string) (*response, error) {
	by := c.by("CORSMiddleware answers the preflight")
	every, err := known(c.anyOrigin)
	if err != nil {
		return nil, err
	}
	creds, err := known(c.creds)
	if err != nil {
		return nil, err
	}
	r := &response{kind: "PlainTextResponse", status: 200, body: "OK"}
	explicit := !every || creds
	if explicit {
		r.add("Vary", "Origin", by)
	} else {
		r.add(fetch.HeaderAllowOrigin, "*", by)
	}
	methods, err := in.join(", ", &args{pos: []value{c.methods}, at: c.at})
	if err != nil {
		return nil, err
	}
	for _, h := range []headerLine{{fetch.HeaderAllowMethods, methods, by}, {"Access-Control-Max-Age", c.maxAge, by}} {
		if u := firstUnknown(h.v); u != nil {
			return nil, u.err
		}
		r.add(h.name, str(h.v), h.by)
	}
	failures, err := c.fill(in, s, r, by, creds, explicit, origin)
	if err != nil {
		return nil, err
	}
	if len(failures) > 0 {
		r.status, r.body = 400, "Disallowed CORS "+strings.Join(failures, ", ")
	}
	r.add("Content-Type", "text/plain; charset=utf-8", server.Decision{})
	return r, nil
}

// fill adds what depends on the request, and returns what is refused.
func (c *corsMiddleware) fill(in *interp, s *starCall, r *response, by server.Decision, creds, explicit bool, origin string) ([]string, error) {
	var failures []string
	anyHeader, err := known(c.anyHeader)
	if err != nil {
		return nil, err
	}
	if u := firstUnknown(c.sorted...); u != nil {
		return nil, u.err
	}
	if !anyHeader {
		var list []string
		for _, x := range c.sorted {
			list = append(list, str(x))
		}
		r.add(fetch.HeaderAllowHeaders, strings.Join(list, ", "), by)
	}
	if creds {
		r.add(fetch.HeaderAllowCredentials, "true", by)
	}
	ok, err := c.allowed(in, origin)
	if err != nil {
		return nil, err
	}
	switch {
	case !ok:
		failures = append(failures, "origin")
	case explicit:
		r.add(fetch.HeaderAllowOrigin, origin, by)
	}
	method, _ := s.parts.header(fetch.HeaderRequestMethod)
	v, err := in.membership(nil, c.at, method, c.methods, true)
	if err != nil {
		return nil, err
	}
	if u := firstUnknown(v); u != nil {
		return nil, u.err
	}
	if v == value(false) {
		failures = append(failures, "method")
	}
	asked, has := s.parts.header(fetch.HeaderRequestHeaders)
	switch {
	case has && anyHeader:
		r.set(fetch.HeaderAllowHeaders, asked, by)
	case has && !c.allowsHeaders(asked):
		failures = append(failures, "headers")
	}
	return failures, nil
}

// allowsHeaders reports whether all requested headers are allowed.
func (c *corsMiddleware) allowsHeaders(asked string) bool {
	for _, h := range strings.Split(fetch.ByteLowercase(asked), ",") {
		h = strings.Trim(h, whitespace)
		if !slices.ContainsFunc(c.sorted, func(x value) bool { return fetch.ByteLowercase(str(x)) == h }) {
			return false
		}
	}
	return true
}
