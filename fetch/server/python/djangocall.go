package python

import (
	"errors"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// djangoCall is one request.
type djangoCall struct {
	h     *djangoHost
	parts *requestParts
	attrs map[string]value
	// session reports whether the session was used, cookie whether the CSRF
	// cookie is set.
	session, cookie bool
	match           *resolved
}

// djangoLayer is one middleware.
type djangoLayer struct {
	name string
	run  func(in *interp, c *djangoCall, i int) (*response, error)
	// view runs before the view; it may answer.
	view func(in *interp, c *djangoCall) (*response, error)
	// failed answers instead of a view that raised an exception; nil when it does not.
	failed func(in *interp, c *djangoCall, exc *raised) (*response, error)
}

// layer runs the middleware from one on, and makes responses of exceptions.
func (c *djangoCall) layer(in *interp, i int) (*response, error) {
	var r *response
	var err error
	if i == len(c.h.layers) {
		r, err = c.view(in)
	} else {
		r, err = c.h.layers[i].run(in, c, i)
	}
	var exc *raised
	if errors.As(err, &exc) {
		return c.exception(in, exc)
	}
	return r, err
}

// status returns the status of an exception.
func statusOf(exc *instance) int {
	for _, x := range []struct {
		name   string
		status int
	}{{"Http404", 404}, {"PermissionDenied", 403}, {"SuspiciousOperation", 400}, {"BadRequest", 400}, {"MultiPartParserError", 400}} {
		if exc.class.isA(x.name) {
			return x.status
		}
	}
	return 500
}

// exception makes the response of an exception.
func (c *djangoCall) exception(in *interp, exc *raised) (*response, error) {
	if u, ok := exc.exc.native.(*unknown); ok {
		return &response{kind: "HttpResponse", status: 500, unknown: u}, nil
	}
	status := statusOf(exc.exc)
	if c.h.urls != nil && c.h.urls.handlers != nil && !isTrue(c.h.setting("DEBUG", false)) {
		if h := c.h.urls.handlers["handler"+itoa(status)]; h != nil {
			return c.custom(in, h, status, exc)
		}
	}
	r := &response{kind: "HttpResponse", status: status, body: strings.Repeat(" ", 150)}
	r.add("Content-Type", "text/html", server.Decision{})
	debug := c.h.setting("DEBUG", false)
	if firstUnknown(debug) != nil {
		r.bodyUnknown = true
	} else if isTrue(debug) && status != 403 {
		r.body = strings.Repeat(" ", 5000)
		if status == 500 { // the page names the user
			c.session = c.session || c.has("AuthenticationMiddleware")
		}
	}
	return r, nil
}

// custom runs a handler of the text for an error.
func (c *djangoCall) custom(in *interp, h value, status int, exc *raised) (*response, error) {
	if s, ok := h.(string); ok {
		v, err := in.importString(at0, s)
		if err != nil {
			return nil, err
		}
		h = v
	}
	a := &args{pos: []value{&djangoRequest{c}}}
	if status != 500 {
		a.kw = []kwarg{{"exception", exc.exc}}
	}
	v, err := in.call(nil, h, a)
	var again *raised
	if errors.As(err, &again) {
		return &response{kind: "HttpResponse", status: 500, body: strings.Repeat(" ", 150)}, nil
	}
	if err != nil {
		return nil, err
	}
	return c.respond(in, v)
}

// resolve returns the view for a path; an error says that the routes are not known.
func (c *djangoCall) resolve(in *interp, path string) (*resolved, *unknown) {
	if c.h.noURLs != nil {
		return nil, c.h.noURLs
	}
	r := c.h.urls.resolve(in, strings.TrimPrefix(path, "/"))
	if r != nil && r.unknown != nil {
		return nil, r.unknown
	}
	return r, nil
}

// view runs the view.
func (c *djangoCall) view(in *interp) (*response, error) {
	m, u := c.resolve(in, c.parts.path)
	if u != nil {
		return &response{kind: "HttpResponse", status: 200, unknown: u, unknownHeaders: u}, nil
	}
	if m == nil {
		return nil, &raised{&instance{class: in.djangoClass("Http404"), attrs: map[string]value{"args": &tuple{}}}, server.Position{}}
	}
	c.match = m
	for _, l := range c.h.layers {
		if l.view == nil {
			continue
		}
		r, err := l.view(in, c)
		if r != nil || err != nil {
			return r, err
		}
	}
	v, err := in.call(nil, m.view, &args{pos: append([]value{&djangoRequest{c}}, m.pos...), kw: m.kw})
	if err != nil {
		return c.viewFailed(in, err)
	}
	return c.respond(in, v)
}

// viewFailed asks the middleware, from the inside out, for the answer to an exception
// of a view.
func (c *djangoCall) viewFailed(in *interp, err error) (*response, error) {
	var exc *raised
	if !errors.As(err, &exc) {
		return nil, err
	}
	for _, l := range slices.Backward(c.h.layers) {
		if l.failed == nil {
			continue
		}
		r, failed := l.failed(in, c, exc)
		if r != nil || failed != nil {
			return r, failed
		}
	}
	return nil, err
}

// respond returns what a view returned.
func (c *djangoCall) respond(in *interp, v value) (*response, error) {
	switch v := v.(type) {
	case *response:
		return v, nil
	case *unknown:
		r := &response{kind: "HttpResponse", status: 200, unknown: v}
		if speaksOfCORS(nil, in) {
			r.unknownHeaders = v
		}
		return r, nil
	}
	return nil, in.raise(in.here(), "ValueError", "The view didn't return an HttpResponse object. It returned None instead.")
}

// host checks the Host header as request.get_host() does.
func (c *djangoCall) host(in *interp) error {
	hosts := c.h.setting("ALLOWED_HOSTS", &list{})
	if _, whole := c.h.settings["ALLOWED_HOSTS"]; !whole && c.h.noURLs != nil {
		return nil
	}
	items, u, err := in.iterateAt(nil, at0, hosts)
	if err != nil {
		return err
	}
	if u == nil && len(items) == 0 && isTrue(c.h.setting("DEBUG", false)) {
		items = []value{".localhost", "127.0.0.1", "[::1]"}
	}
	host := fetch.ByteLowercase(c.parts.host)
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		host = host[:i]
	}
	host = strings.TrimSuffix(host, ".")
	for _, x := range items {
		if p, isUnknown := x.(*unknown); isUnknown {
			u = p
			continue
		}
		p := fetch.ByteLowercase(str(x))
		if p == "*" || p == host || strings.HasPrefix(p, ".") && (strings.HasSuffix(host, p) || host == p[1:]) {
			return nil
		}
	}
	if u != nil {
		return u.err
	}
	return &raised{&instance{class: in.djangoClass("DisallowedHost"), attrs: map[string]value{"args": &tuple{}}}, server.Position{}}
}

// djangoClass returns an exception of Django.
func (in *interp) djangoClass(name string) *class {
	if in.classes["Http404"] == nil {
		in.addClass("Http404", "Exception")
		in.addClass("PermissionDenied", "Exception")
		in.addClass("SuspiciousOperation", "Exception")
		in.addClass("DisallowedHost", "SuspiciousOperation")
		in.addClass("BadRequest", "Exception")
		in.addClass("MultiPartParserError", "Exception")
		in.addClass("ImproperlyConfigured", "Exception")
		in.addClass("ValidationError", "Exception")
		in.addClass("ObjectDoesNotExist", "Exception")
	}
	return in.classes[name]
}

// makeLayers makes the middleware.
func (h *djangoHost) makeLayers(in *interp, m *server.Model) error {
	v := h.setting("MIDDLEWARE", &list{})
	items, u, err := in.iterateAt(nil, h.where["MIDDLEWARE"], v)
	if err != nil {
		return err
	}
	if _, given := h.settings["MIDDLEWARE"]; !given && h.noURLs != nil && u == nil {
		items = []value{"corsheaders.middleware.CorsMiddleware", ellipsis{}}
		in.note(at0, "CorsMiddleware is taken to be the first middleware, because the text has no MIDDLEWARE")
	}
	if u != nil {
		h.layers = append(h.layers, unknownLayer(u))
	}
	for _, x := range items {
		switch x := x.(type) {
		case string:
			if err := h.addLayer(in, x); err != nil {
				return err
			}
		case *unknown:
			h.layers = append(h.layers, unknownLayer(x))
		case ellipsis:
			in.note(h.where["MIDDLEWARE"], "\"...\" in MIDDLEWARE stands for Django's usual middleware")
			for _, name := range usualMiddleware {
				if err := h.addLayer(in, name); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// usualMiddleware is the middleware of a new project.
var usualMiddleware = []string{
	"django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
	"django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
	"django.middleware.clickjacking.XFrameOptionsMiddleware",
}

// unknownLayer is a middleware that is not known.
func unknownLayer(u *unknown) djangoLayer {
	return djangoLayer{name: u.err.What, run: func(*interp, *djangoCall, int) (*response, error) {
		return &response{kind: "HttpResponse", status: 200, unknown: u, unknownHeaders: u}, nil
	}}
}

// addLayer adds a middleware by its name.
func (h *djangoHost) addLayer(in *interp, name string) error {
	l := djangoLayer{name: name}
	switch name {
	case "corsheaders.middleware.CorsMiddleware":
		l.run = h.cors.layer
	case "django.middleware.common.CommonMiddleware":
		l.run = h.common
	case "django.middleware.security.SecurityMiddleware":
		l.run = h.security
	case "django.contrib.sessions.middleware.SessionMiddleware":
		l.run = h.sessions
	case "django.middleware.csrf.CsrfViewMiddleware":
		l.run, l.view = h.csrfResponse, h.csrf
	case "django.middleware.gzip.GZipMiddleware":
		l.run = h.gzip
	case "django.middleware.locale.LocaleMiddleware":
		l.run = h.locale
	default:
		return h.addOther(in, name)
	}
	h.layers = append(h.layers, l)
	return nil
}

// addOther adds a middleware of the text or of another package.
func (h *djangoHost) addOther(in *interp, name string) error {
	first, _, _ := strings.Cut(name, ".")
	switch {
	case strings.Contains(name, "cache."):
		h.layers = append(h.layers, unknownLayer(unknownf(h.where["MIDDLEWARE"], "leave the middleware out", "the answer of %s, which is not modelled", name)))
		return nil
	case first == "django" || first == "corsheaders":
		return nil
	}
	v, err := in.importString(h.where["MIDDLEWARE"], name)
	if err != nil {
		return err
	}
	if u := firstUnknown(v); u != nil {
		if thirdParty[first] || first == "silk" || first == "django_prometheus" || first == "axes" || first == "simple_history" || first == "waffle" || first == "csp" {
			in.note(h.where["MIDDLEWARE"], "the middleware %s is not modelled; it is taken to let every request through and to set neither CORS headers nor Vary", name)
			return nil
		}
		h.layers = append(h.layers, unknownLayer(u))
		return nil
	}
	l, err := h.textLayer(in, name, v)
	if err == nil {
		h.layers = append(h.layers, l)
	}
	return err
}
