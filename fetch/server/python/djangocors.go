package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// djangoCORS is django-cors-headers.
// https://github.com/adamchainz/django-cors-headers/blob/main/src/corsheaders/middleware.py
type djangoCORS struct {
	h       *djangoHost
	all     value
	origins []value
	regexps []value // patterns and unknown values
	creds   value
	headers value
	methods value
	expose  value
	maxAge  value
	urls    value // a pattern or unknown
	network value
	// late reports whether credentials are sent to allowed origins only, behind
	// the origin: since 4.3.
	late bool
	// four reports whether it is version 4 or later.
	four bool
}

// alias returns a setting under its name or its old name.
func (h *djangoHost) alias(name, old string, standard value) (value, string) {
	if _, ok := h.settings[name]; !ok {
		if v, ok := h.settings[old]; ok {
			return v, old
		}
	}
	return h.setting(name, standard), name
}

// newDjangoCORS evaluates the settings.
func newDjangoCORS(in *interp, h *djangoHost, version string) (*djangoCORS, error) {
	c := &djangoCORS{h: h, four: !strings.HasPrefix(version, "3.") && !strings.HasPrefix(version, "2.")}
	c.late = c.four && !strings.HasPrefix(version, "4.0") && !strings.HasPrefix(version, "4.1.") && !strings.HasPrefix(version, "4.2.")
	defaults := []string{"accept", "accept-encoding", "authorization", "content-type", "dnt", "origin", "user-agent", "x-csrftoken", "x-requested-with"}
	if c.four {
		defaults = []string{"accept", "authorization", "content-type", "user-agent", "x-csrftoken", "x-requested-with"}
	}
	c.headers = h.setting("CORS_ALLOW_HEADERS", &tuple{stringList(defaults).items})
	c.methods = h.setting("CORS_ALLOW_METHODS", &tuple{stringList([]string{"DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"}).items})
	c.creds = h.setting("CORS_ALLOW_CREDENTIALS", false)
	c.maxAge = h.setting("CORS_PREFLIGHT_MAX_AGE", int64(86400))
	c.expose = h.setting("CORS_EXPOSE_HEADERS", &tuple{})
	c.network = h.setting("CORS_ALLOW_PRIVATE_NETWORK", false)
	all, allName := h.alias("CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL", false)
	c.all = all
	origins, originsName := h.alias("CORS_ALLOWED_ORIGINS", "CORS_ORIGIN_WHITELIST", &tuple{})
	regexps, regexpsName := h.alias("CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ORIGIN_REGEX_WHITELIST", &tuple{})
	if err := c.check(h, map[string]value{allName: all, originsName: origins, regexpsName: regexps}, originsName, regexpsName, allName); err != nil {
		return nil, err
	}
	items, u, err := in.iterateAt(nil, h.where[originsName], origins)
	if err != nil {
		return nil, err
	}
	if u != nil {
		items = []value{u}
	}
	for _, x := range items {
		if _, more := x.(ellipsis); !more {
			c.origins = append(c.origins, x)
		}
	}
	if err := c.compile(in, h.where[regexpsName], regexps); err != nil {
		return nil, err
	}
	switch p := h.setting("CORS_URLS_REGEX", "^.*$").(type) {
	case string:
		c.urls, err = in.compile(h.where["CORS_URLS_REGEX"], p, false)
	default:
		c.urls = p
	}
	return c, err
}

// compile compiles the patterns of origins.
func (c *djangoCORS) compile(in *interp, at server.Position, v value) error {
	items, u, err := in.iterateAt(nil, at, v)
	if err != nil {
		return err
	}
	if u != nil {
		items = []value{u}
	}
	for _, x := range items {
		if s, ok := x.(string); ok {
			if x, err = in.compile(at, s, false); err != nil {
				return err
			}
		}
		if _, more := x.(ellipsis); !more {
			c.regexps = append(c.regexps, x)
		}
	}
	return nil
}

// check reports what the system checks of django-cors-headers refuse.
func (c *djangoCORS) check(h *djangoHost, named map[string]value, origins, regexps, all string) error {
	if !h.installed("corsheaders") {
		return nil
	}
	stop := func(name, id, text string) error {
		return &server.StartError{Position: h.where[name], Message: "SystemCheckError: (corsheaders." + id + ") " + text}
	}
	for _, x := range []struct {
		name, id string
		v        value
	}{{"CORS_ALLOW_HEADERS", "E001", c.headers}, {"CORS_ALLOW_METHODS", "E002", c.methods}, {origins, "E006", named[origins]}, {regexps, "E007", named[regexps]}, {"CORS_EXPOSE_HEADERS", "E008", c.expose}} {
		if !isSequence(x.v) {
			return stop(x.name, x.id, x.name+" should be a sequence of strings.")
		}
	}
	if !isKind(c.creds, "bool") {
		return stop("CORS_ALLOW_CREDENTIALS", "E003", "CORS_ALLOW_CREDENTIALS should be a bool.")
	}
	if n, ok := asInt(c.maxAge); firstUnknown(c.maxAge) == nil && (!ok || n < 0) {
		return stop("CORS_PREFLIGHT_MAX_AGE", "E004", "CORS_PREFLIGHT_MAX_AGE should be an integer greater than or equal to zero.")
	}
	if !isKind(named[all], "bool") {
		return stop(all, "E005", all+" should be a bool.")
	}
	items, _, err := (&interp{}).iterateAt(nil, at0, named[origins])
	if err != nil {
		return err
	}
	for _, x := range items {
		s, ok := x.(string)
		if !ok || s == "null" || s == "file://" {
			continue
		}
		scheme, netloc, rest := splitURL(s)
		if scheme == "" || netloc == "" {
			return stop(origins, "E013", "Origin "+quote(s)+" in "+origins+" is missing scheme or netloc")
		}
		if rest != "" && rest != "?" && rest != "#" {
			part := map[byte]string{'/': "path", '?': "query", '#': "fragment"}[rest[0]]
			return stop(origins, "E014", "Origin "+quote(s)+" in "+origins+" should not have "+part)
		}
	}
	if v, ok := h.settings["CORS_MODEL"]; ok && v != nil {
		return stop("CORS_MODEL", "E012", "The CORS_MODEL setting has been removed - see django-cors-headers' HISTORY.")
	}
	return nil
}

// isSequence reports whether a value is a list or a tuple of strings; a string is
// one too.
func isSequence(v value) bool {
	var items []value
	switch v := v.(type) {
	case *unknown, string:
		return true
	case *list:
		items = v.items
	case *tuple:
		items = v.items
	default:
		return false
	}
	return !slices.ContainsFunc(items, func(x value) bool {
		switch x.(type) {
		case string, *pattern, *unknown, ellipsis:
			return false
		}
		return true
	})
}

func isKind(v value, kind string) bool { return firstUnknown(v) != nil || typeName(v) == kind }

// installed reports whether an application is in INSTALLED_APPS.
func (h *djangoHost) installed(name string) bool {
	items, _, err := (&interp{}).iterateAt(nil, at0, h.setting("INSTALLED_APPS", &list{}))
	if err != nil {
		return false
	}
	return slices.ContainsFunc(items, func(x value) bool { s, ok := x.(string); return ok && (s == name || strings.HasPrefix(s, name+".")) })
}

// enabled reports whether a path has CORS.
func (c *djangoCORS) enabled(p *requestParts) (bool, error) {
	switch u := c.urls.(type) {
	case *pattern:
		return u.prefix.MatchString(p.path), nil
	case *unknown:
		return false, u.err
	}
	return false, nil
}

// allowed reports whether an origin is allowed by the lists.
func (c *djangoCORS) allowed(origin string) (bool, error) {
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
	on, err := c.enabled(d.parts)
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
		if allowed, err = c.allowed(origin); err != nil {
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
