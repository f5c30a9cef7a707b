package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// corsOptions are the options of Flask-CORS for one resource.
// https://github.com/corydolphin/flask-cors/blob/main/flask_cors/core.py
type corsOptions struct {
	at            server.Position
	resource      value // a string or a pattern; nil for the decorator
	origins       []value
	allowHeaders  []value
	methods       value // a string in upper case, none or unknown
	expose        value
	maxAge        value
	credentials   value
	sendWildcard  value
	vary          value
	alwaysSend    value
	automatic     value
	privateNet    value
	unknown       *unknown // the options as a whole are not known
	interceptable value
}

// corsNames are the options that app.config may hold, as CORS_NAME.
var corsNames = []string{"origins", "methods", "allow_headers", "expose_headers", "supports_credentials", "max_age", "send_wildcard", "automatic_options", "vary_header", "resources", "intercept_exceptions", "always_send", "allow_private_network"}

// allMethods are the methods that are allowed when none are given.
var allMethods = []string{"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}

// corsDefaults returns the default options with those of an application's config.
func corsDefaults(config *dict) *dict {
	d := newDict()
	d.put("origins", "*")
	d.put("methods", stringList(allMethods))
	d.put("allow_headers", "*")
	d.put("expose_headers", none{})
	d.put("supports_credentials", false)
	d.put("max_age", none{})
	d.put("send_wildcard", false)
	d.put("automatic_options", true)
	d.put("vary_header", true)
	d.put("resources", "/*")
	d.put("intercept_exceptions", true)
	d.put("always_send", true)
	d.put("allow_private_network", false)
	if config == nil {
		return d
	}
	for _, n := range corsNames {
		if v := config.str("CORS_" + strings.ToUpper(n)); v != nil && v != (none{}) {
			d.put(n, v)
		}
	}
	return d
}

// mergeOptions puts keyword arguments over options.
func mergeOptions(d *dict, kw []kwarg) {
	for _, k := range kw {
		d.put(k.name, k.v)
	}
}

// asPatterns returns a value as a list of strings and patterns, "*" as ".*".
func (in *interp) asPatterns(at server.Position, v value) ([]value, *unknown, error) {
	var items []value
	switch x := v.(type) {
	case string, *pattern, none, bool, int64, nil:
		items = []value{v}
	default:
		var u *unknown
		var err error
		if items, u, err = in.iterateAt(nil, at, x); err != nil || u != nil {
			return nil, u, err
		}
	}
	out := make([]value, 0, len(items))
	for _, x := range items {
		switch x := x.(type) {
		case string:
			if x == "*" {
				out = append(out, ".*")
				continue
			}
			if probablyRegexp(x) {
				if err := in.checkPattern(at, x); err != nil {
					return nil, nil, err
				}
			}
		case none, bool, int64:
			// "in" fails for what is no string.
			return nil, nil, in.raise(at, "TypeError", "argument of type '%s' is not iterable", typeName(x))
		}
		out = append(out, x)
	}
	return out, nil, nil
}

// checkPattern refuses a pattern that is not modelled; one that Python itself
// refuses never matches.
func (in *interp) checkPattern(at server.Position, s string) error {
	_, err := in.compile(at, s, true)
	if _, python := err.(*raised); python {
		return nil
	}
	return err
}

// corsOptionsOf returns options as they are used.
func (in *interp) corsOptionsOf(at server.Position, d *dict) (*corsOptions, error) {
	o := &corsOptions{at: at}
	var u *unknown
	var err error
	if o.origins, u, err = in.asPatterns(at, d.str("origins")); err != nil {
		return nil, err
	}
	if u != nil {
		o.origins = []value{u}
	}
	if o.allowHeaders, u, err = in.asPatterns(at, d.str("allow_headers")); err != nil {
		return nil, err
	}
	if u != nil {
		o.allowHeaders = []value{u}
	}
	o.credentials, o.sendWildcard, o.vary = d.str("supports_credentials"), d.str("send_wildcard"), d.str("vary_header")
	o.alwaysSend, o.automatic, o.privateNet = d.str("always_send"), d.str("automatic_options"), d.str("allow_private_network")
	if slices.Contains(o.origins, value(".*")) && isTrue(o.credentials) && isTrue(o.sendWildcard) {
		return nil, in.raise(at, "ValueError", "Cannot use supports_credentials in conjunction withan origin string of '*'. See: http://www.w3.org/TR/cors/#resource-requests")
	}
	if o.expose, err = in.flexible(at, d.str("expose_headers")); err != nil {
		return nil, err
	}
	if o.methods, err = in.flexible(at, d.str("methods")); err != nil {
		return nil, err
	}
	if s, ok := o.methods.(string); ok {
		o.methods = strings.ToUpper(s)
	}
	o.maxAge = d.str("max_age")
	if t, ok := o.maxAge.(*timedelta); ok {
		o.maxAge = str(int64(t.seconds))
	}
	return o, nil
}

// isTrue reports whether a value is known to count as true.
func isTrue(v value) bool {
	b, u, err := (&interp{}).truth(nil, nil, v)
	return b && u == nil && err == nil
}

// flexible returns a list as one sorted text.
func (in *interp) flexible(at server.Position, v value) (value, error) {
	switch v := v.(type) {
	case none:
		return v, nil
	case string:
		return v, nil
	case *unknown:
		return v, nil
	case *list, *tuple, *set, *dict:
		items, u, err := in.iterateAt(nil, at, v)
		if err != nil || u != nil {
			return orUnknown(none{}, u), err
		}
		var parts []string
		for _, x := range items {
			if u := firstUnknown(x); u != nil {
				return u, nil
			}
			parts = append(parts, str(x))
		}
		slices.Sort(parts)
		return strings.Join(parts, ", "), nil
	}
	return str(v), nil
}

// probablyRegexp reports whether Flask-CORS takes a string for a regular
// expression.
func probablyRegexp(s string) bool { return strings.ContainsAny(s, `*\]?$^[()`) }

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
				return strings.ToLower(s) == strings.ToLower(p), nil
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

// corsExtension is one use of the class CORS: the resources in the order in which
// they are tried.
type corsExtension struct {
	at        server.Position
	resources []*corsOptions
	intercept value
	unknown   *unknown
}

// newExtension evaluates the options of CORS(app, …).
func (in *interp) newExtension(at server.Position, config *dict, kw []kwarg) (*corsExtension, error) {
	base := corsDefaults(config)
	mergeOptions(base, kw)
	if _, err := in.corsOptionsOf(at, base); err != nil {
		return nil, err
	}
	e := &corsExtension{at: at, intercept: base.str("intercept_exceptions")}
	list, u, err := in.parseResources(at, base.str("resources"))
	if err != nil || u != nil {
		e.unknown = u
		return e, err
	}
	for _, r := range list {
		d := base.clone()
		if r.options != nil {
			if u := firstUnknown(r.options); u != nil {
				e.resources = append(e.resources, &corsOptions{at: at, resource: r.pattern, unknown: u})
				continue
			}
			o, ok := r.options.(*dict)
			if !ok {
				return nil, in.raise(at, "TypeError", "'%s' object is not iterable", typeName(r.options))
			}
			for i, k := range o.keys {
				d.put(k, o.vals[i])
			}
		}
		o, err := in.corsOptionsOf(at, d)
		if err != nil {
			return nil, err
		}
		o.resource = r.pattern
		e.resources = append(e.resources, o)
	}
	return e, nil
}

// resource is one entry of the option resources.
type resource struct{ pattern, options value }

// parseResources returns the resources in the order in which they are tried.
func (in *interp) parseResources(at server.Position, v value) ([]resource, *unknown, error) {
	var out []resource
	switch v := v.(type) {
	case *unknown:
		return nil, v, nil
	case *dict:
		for i, k := range v.keys {
			out = append(out, resource{starPattern(k), v.vals[i]})
		}
		in.sortResources(out)
	case string, *pattern:
		out = []resource{{pattern: starPattern(v)}}
	default:
		items, u, err := in.iterateAt(nil, at, v)
		if err != nil || u != nil {
			if err != nil {
				err = in.raise(at, "ValueError", "Unexpected value for resources argument.")
			}
			return nil, u, err
		}
		for _, x := range items {
			out = append(out, resource{pattern: starPattern(x)})
		}
	}
	for _, r := range out {
		if s, ok := r.pattern.(string); ok && probablyRegexp(s) {
			if err := in.checkPattern(at, s); err != nil {
				return nil, nil, err
			}
		}
	}
	return out, nil, nil
}

func starPattern(v value) value {
	if v == value("*") {
		return ".*"
	}
	return v
}

// sortResources sorts resources as the version does: since 6.0, and in Debian's
// 3.0.10, plain paths come first and more slashes before fewer; before, only the
// length counted.
func (in *interp) sortResources(list []resource) {
	version := in.src.Versions["flask-cors"]
	byLength := strings.HasPrefix(version, "4.") || strings.HasPrefix(version, "5.")
	key := func(r resource) [4]int {
		s, isText := r.pattern.(string)
		regexp := 0
		if p, ok := r.pattern.(*pattern); ok {
			s = p.source
		}
		if byLength {
			return [4]int{-len(s)}
		}
		if isText && probablyRegexp(s) {
			regexp = 1
		}
		first := 1
		if isText && regexp == 0 {
			first = 0
		}
		return [4]int{first, regexp, -strings.Count(s, "/"), -len([]rune(s))}
	}
	slices.SortStableFunc(list, func(a, b resource) int {
		ka, kb := key(a), key(b)
		return slices.Compare(ka[:], kb[:])
	})
}

// after adds the headers of an extension to a response.
func (e *corsExtension) after(in *interp, p *requestParts, r *response) error {
	if v := r.get(fetch.HeaderAllowOrigin); v != nil {
		if u := firstUnknown(v); u != nil {
			return u.err
		}
		if v != value("") {
			return nil
		}
	}
	if e.unknown != nil {
		return e.unknown.err
	}
	for _, o := range e.resources {
		ok, err := in.matchPattern(o, unquote(p.path), o.resource, false)
		if err != nil {
			return err
		}
		if ok {
			return o.apply(in, p, r)
		}
	}
	return nil
}
