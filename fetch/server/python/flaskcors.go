package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// corsOptions are the options of Flask-CORS for one resource.
// https://github.com/corydolphin/flask-cors/blob/main/flask_cors/core.py
type corsOptions struct {
	at           server.Position
	resource     value // a string or a pattern; nil for the decorator
	origins      []value
	allowHeaders []value
	methods      value // a string in upper case, none or unknown
	expose       value
	maxAge       value
	credentials  value
	sendWildcard value
	vary         value
	alwaysSend   value
	automatic    value
	privateNet   value
	unknown      *unknown // the options as a whole are not known
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
			// "in" fails for what is not a string.
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
