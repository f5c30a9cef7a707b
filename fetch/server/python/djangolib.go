package python

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

func (h *djangoHost) module(in *interp, name string) value {
	first, _, _ := strings.Cut(name, ".")
	if first != "django" && first != "rest_framework" && first != "corsheaders" {
		return nil
	}
	if v, ok := h.libs[name]; ok {
		return v
	}
	if h.libs == nil {
		h.libs = make(map[string]value)
	}
	in.djangoClass("Http404")
	m := &lib{name: name, attrs: make(map[string]value)}
	h.libs[name] = m
	switch first {
	case "corsheaders":
		h.addDefaults(m)
	case "rest_framework":
		h.addREST(in, m)
	default:
		h.addDjango(in, m)
	}
	return m
}

// addDefaults fills corsheaders.defaults and corsheaders.signals.
func (h *djangoHost) addDefaults(m *lib) {
	c := &djangoCORS{four: !strings.HasPrefix(h.corsVersion(), "3.")}
	defaults := []string{"accept", "accept-encoding", "authorization", "content-type", "dnt", "origin", "user-agent", "x-csrftoken", "x-requested-with"}
	if c.four {
		defaults = []string{"accept", "authorization", "content-type", "user-agent", "x-csrftoken", "x-requested-with"}
	}
	m.attrs["default_headers"] = &tuple{stringList(defaults).items}
	m.attrs["default_methods"] = &tuple{stringList([]string{"DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"}).items}
}

// corsVersion returns the version of django-cors-headers.
func (h *djangoHost) corsVersion() string {
	if h.cors != nil && h.cors.four {
		return "4"
	}
	return "3.14.0"
}

// addDjango fills a module of Django; all have the same names.
func (h *djangoHost) addDjango(in *interp, m *lib) {
	for _, name := range []string{"Http404", "PermissionDenied", "SuspiciousOperation", "BadRequest", "ImproperlyConfigured", "ValidationError", "ObjectDoesNotExist"} {
		m.attrs[name] = in.djangoClass(name)
	}
	m.attrs["path"] = fn("path", func(in *interp, a *args) (value, error) { return newPattern(in, a, false) })
	for _, name := range []string{"re_path", "url"} {
		m.attrs[name] = fn(name, func(in *interp, a *args) (value, error) { return newPattern(in, a, true) })
	}
	m.attrs["include"] = fn("include", include)
	for name, status := range map[string]int{
		"HttpResponse": 200, "JsonResponse": 200, "HttpResponseRedirect": 302, "HttpResponsePermanentRedirect": 301, "HttpResponseBadRequest": 400, "HttpResponseNotFound": 404,
		"HttpResponseForbidden": 403, "HttpResponseNotAllowed": 405, "HttpResponseGone": 410, "HttpResponseServerError": 500, "HttpResponseNotModified": 304, "StreamingHttpResponse": 200, "FileResponse": 200,
	} {
		m.attrs[name] = newDjangoResponse(name, status)
	}
	m.attrs["View"] = djangoView()
	m.attrs["TemplateView"] = opaqueClass("TemplateView")
	h.addDecorators(m)
	m.attrs["MiddlewareMixin"] = &class{name: "MiddlewareMixin", dict: map[string]value{"__init__": fn("__init__", func(_ *interp, a *args) (value, error) {
		if i, ok := a.or(0, "", none{}).(*instance); ok {
			i.attrs["get_response"] = a.or(1, "get_response", none{})
		}
		return none{}, nil
	})}}
	m.attrs["method_decorator"] = fn("method_decorator", methodDecorator)
	m.attrs["patch_vary_headers"] = fn("patch_vary_headers", func(in *interp, a *args) (value, error) {
		r, ok := a.or(0, "response", none{}).(*response)
		items, _, err := in.iterateAt(nil, a.at, a.or(1, "newheaders", &list{}))
		if err != nil || !ok {
			return none{}, err
		}
		var names []string
		for _, x := range items {
			names = append(names, str(x))
		}
		return none{}, patchVary(r, decision(a, "patch_vary_headers"), names...)
	})
	m.attrs["settings"] = &djangoSettings{h}
	m.attrs["get_token"] = fn("get_token", func(in *interp, _ *args) (value, error) {
		h.running.cookie = true
		return "token", nil
	})
	m.attrs["redirect"] = fn("redirect", func(_ *interp, a *args) (value, error) {
		status := 302
		if isTrue(a.or(-1, "permanent", false)) {
			status = 301
		}
		r := redirectTo(status, "")
		r.set("Location", a.or(0, "to", ""), server.Decision{})
		if s, ok := a.or(0, "to", "").(string); !ok || !strings.ContainsAny(s, "/.") {
			r.set("Location", unknownf(a.at, "", "the URL of redirect(%s)", repr(a.or(0, "", none{}))), server.Decision{})
		}
		return r, nil
	})
	m.attrs["render"] = fn("render", func(_ *interp, a *args) (value, error) {
		r := &response{kind: "HttpResponse", status: 200, bodyUnknown: true}
		r.unknown = unknownf(a.at, "", "whether the template %s exists", str(a.or(1, "template_name", "")))
		return r, nil
	})
	m.attrs["AppConfig"] = &class{name: "AppConfig", dict: map[string]value{}}
	m.attrs["gettext_lazy"] = fn("gettext_lazy", identity)
	for _, name := range []string{"get_asgi_application", "get_wsgi_application", "static", "staticfiles_urlpatterns"} {
		m.attrs[name] = fn(name, func(*interp, *args) (value, error) { return &list{}, nil })
	}
}

// opaqueClass is a class whose objects are not known.
func opaqueClass(name string) *class {
	return &class{name: name, dict: map[string]value{}, opaque: unknownf(at0, "", "what %s does", name)}
}

// djangoSettings is django.conf.settings.
type djangoSettings struct{ h *djangoHost }

func (s *djangoSettings) typeName() string { return "LazySettings" }

func (s *djangoSettings) attr(_ *interp, name string) (value, error) {
	v := s.h.setting(name, nil)
	if v == nil {
		switch name {
		case "DEBUG", "USE_TZ":
			return false, nil
		case "STATIC_URL", "MEDIA_URL", "MEDIA_ROOT", "STATIC_ROOT":
			return "", nil
		}
		return nil, nil
	}
	return v, nil
}

// newDjangoResponse returns the class of a response.
func newDjangoResponse(kind string, status int) *class {
	c := &class{name: kind, dict: map[string]value{}}
	c.create = func(in *interp, made *class, a *args) (value, error) {
		r := &response{kind: "HttpResponse", status: status}
		if s, ok := made.lookup("status_code").(int64); ok {
			r.status = int(s)
		}
		content := a.or(0, "content", "")
		media := "text/html; charset=utf-8"
		switch kind {
		case "JsonResponse":
			content = a.or(0, "data", none{})
			media = "application/json"
			if _, ok := content.(*dict); !ok && firstUnknown(content) == nil && isTrue(a.or(2, "safe", true)) {
				return nil, in.raise(a.at, "TypeError", "In order to allow non-dict objects to be serialized set the safe parameter to False.")
			}
			text, ok := jsonText(content, ", ", ": ")
			if !ok && unknownIn(content) == nil && !hasOpaque(content, 0) {
				return nil, in.raise(a.at, "TypeError", "Object of type %s is not JSON serializable", typeName(content))
			}
			r.body, r.bodyUnknown = text, !ok
		case "HttpResponseRedirect", "HttpResponsePermanentRedirect":
		case "HttpResponseNotAllowed":
		case "StreamingHttpResponse", "FileResponse":
			r.kind, r.bodyUnknown = kind, true
		default:
			switch b := content.(type) {
			case string:
				r.body = b
			case bytes:
				r.body = string(b)
			case *unknown:
				r.bodyUnknown = true
			default:
				r.body = str(content)
			}
		}
		if t, ok := a.or(1, "content_type", none{}).(string); ok && kind != "JsonResponse" {
			media = t
		}
		if kind == "FileResponse" {
			r.unknown = unknownf(a.at, "", "whether the file exists")
		}
		r.add("Content-Type", media, server.Decision{})
		return r, in.fillDjango(a, r, kind)
	}
	return c
}

// fillDjango sets status and headers of a response.
func (in *interp) fillDjango(a *args, r *response, kind string) error {
	switch kind {
	case "HttpResponseRedirect", "HttpResponsePermanentRedirect":
		r.add("Location", a.or(0, "redirect_to", ""), server.Decision{})
	case "HttpResponseNotAllowed":
		v, err := in.joined(a.at, a.or(0, "permitted_methods", &list{}))
		if err != nil {
			return err
		}
		if v == (none{}) {
			v = ""
		}
		r.add("Allow", v, server.Decision{})
	}
	s := a.get(-1, "status")
	if s == nil && (kind == "HttpResponse") {
		s = a.get(2, "")
	}
	if s != nil && s != (none{}) {
		if err := in.setStatus(a.at, r, s); err != nil {
			return err
		}
	}
	if h := a.get(-1, "headers"); h != nil && h != (none{}) {
		return in.addHeaders(a.at, r, "set", h)
	}
	return nil
}

// getItem returns a header of a response.
func (r *response) getItem(in *interp, k value) (value, error) {
	return (&headersOf{r}).getItem(in, k)
}

// setItem sets a header of a response.
func (r *response) setItem(in *interp, k, v value) error { return (&headersOf{r}).setItem(in, k, v) }

// delItem removes a header of a response.
func (r *response) delItem(in *interp, k value) error { return (&headersOf{r}).delItem(in, k) }

// contains reports whether a response has a header.
func (r *response) contains(in *interp, k value) (bool, error) {
	return (&headersOf{r}).contains(in, k)
}

// djangoView is the class View.
func djangoView() *class {
	c := &class{name: "View", dict: map[string]value{}}
	c.dict["as_view"] = &classmethod{fn("as_view", func(in *interp, a *args) (value, error) {
		cl, ok := a.or(0, "", none{}).(*class)
		if !ok {
			return none{}, nil
		}
		view := fn(cl.name, func(in *interp, b *args) (value, error) {
			i := &instance{class: cl, attrs: map[string]value{}}
			for _, k := range a.kw {
				i.attrs[k.name] = k.v
			}
			i.attrs["request"], i.attrs["args"] = b.or(0, "request", none{}), &tuple{b.shift().pos}
			d := newDict()
			for _, k := range b.kw {
				d.put(k.name, k.v)
			}
			i.attrs["kwargs"] = d
			if m := cl.lookup("dispatch"); m != nil {
				return in.call(nil, bindTo(m, i), b)
			}
			return in.dispatchView(i, b)
		})
		view.attrs = map[string]value{}
		if x := classExempt(cl); x != nil {
			view.attrs["csrf_exempt"] = x
		}
		return view, nil
	})}
	c.dict["dispatch"] = fn("dispatch", func(in *interp, a *args) (value, error) {
		i, _ := a.or(0, "", none{}).(*instance)
		return in.dispatchView(i, a.shift())
	})
	return c
}

// classExempt returns the attribute csrf_exempt of a class's dispatch.
func classExempt(c *class) value {
	if x := c.lookup("csrf_exempt"); x != nil {
		return x
	}
	if b, ok := c.lookup("dispatch").(*builtin); ok {
		return b.attrs["csrf_exempt"]
	}
	if f, ok := c.lookup("dispatch").(*function); ok {
		return f.attrs["csrf_exempt"]
	}
	return nil
}

// viewMethodNames are the methods of views in Django's order.
var viewMethodNames = []string{"get", "post", "put", "patch", "delete", "head", "options", "trace"}

// dispatchView calls the method of a view.
func (in *interp) dispatchView(i *instance, a *args) (value, error) {
	h, _ := in.host.(*djangoHost)
	name := strings.ToLower(h.running.parts.req.Method)
	allowed := func() []string {
		var out []string
		for _, m := range viewMethodNames {
			if m == "options" || i.class.lookup(m) != nil || m == "head" && i.class.lookup("get") != nil {
				out = append(out, strings.ToUpper(m))
			}
		}
		return out
	}
	m := i.class.lookup(name)
	if m == nil && name == "head" {
		m = i.class.lookup("get")
	}
	switch {
	case m != nil && slices.Contains(viewMethodNames, name):
		return in.call(nil, bindTo(m, i), a)
	case name == "options":
		r := &response{kind: "HttpResponse", status: 200}
		r.add("Content-Type", "text/html; charset=utf-8", server.Decision{})
		r.add("Allow", strings.Join(allowed(), ", "), server.Decision{})
		return r, nil
	}
	r := &response{kind: "HttpResponseNotAllowed", status: 405}
	r.add("Content-Type", "text/html; charset=utf-8", server.Decision{})
	r.add("Allow", strings.Join(allowed(), ", "), server.Decision{})
	return r, nil
}

// wrapView returns a function around a view that keeps its attributes.
func wrapView(f value, run func(in *interp, a *args) (value, error)) *builtin {
	out := fn(viewName(f), run)
	out.attrs = make(map[string]value)
	switch x := f.(type) {
	case *function:
		for k, v := range x.attrs {
			out.attrs[k] = v
		}
	case *builtin:
		for k, v := range x.attrs {
			out.attrs[k] = v
		}
	}
	return out
}

// addDecorators adds the decorators of views.
func (h *djangoHost) addDecorators(m *lib) {
	m.attrs["csrf_exempt"] = fn("csrf_exempt", func(_ *interp, a *args) (value, error) {
		f := a.or(0, "view_func", none{})
		if u := firstUnknown(f); u != nil {
			return u, nil
		}
		w := wrapView(f, func(in *interp, b *args) (value, error) { return in.call(nil, f, b) })
		w.attrs["csrf_exempt"] = true
		return w, nil
	})
	restrict := func(name string, methods []string) {
		m.attrs[name] = fn(name, func(_ *interp, a *args) (value, error) { return h.restricted(a.or(0, "", none{}), methods), nil })
	}
	restrict("require_GET", []string{"GET"})
	restrict("require_POST", []string{"POST"})
	restrict("require_safe", []string{"GET", "HEAD"})
	m.attrs["require_http_methods"] = fn("require_http_methods", func(in *interp, a *args) (value, error) {
		items, _, err := in.iterateAt(nil, a.at, a.or(0, "", &list{}))
		if err != nil {
			return nil, err
		}
		var methods []string
		for _, x := range items {
			methods = append(methods, str(x))
		}
		return fn("require_http_methods", func(_ *interp, b *args) (value, error) { return h.restricted(b.or(0, "", none{}), methods), nil }), nil
	})
	after := func(f value, change func(in *interp, r *response) error) value {
		return wrapView(f, func(in *interp, b *args) (value, error) {
			v, err := in.call(nil, f, b)
			if r, ok := v.(*response); ok && err == nil {
				err = change(in, r)
			}
			return v, err
		})
	}
	m.attrs["ensure_csrf_cookie"] = fn("ensure_csrf_cookie", func(_ *interp, a *args) (value, error) {
		return after(a.or(0, "", none{}), func(*interp, *response) error { h.running.cookie = true; return nil }), nil
	})
	m.attrs["never_cache"] = fn("never_cache", func(_ *interp, a *args) (value, error) { return a.or(0, "", none{}), nil })
	m.attrs["vary_on_cookie"] = fn("vary_on_cookie", func(_ *interp, a *args) (value, error) {
		return after(a.or(0, "", none{}), func(_ *interp, r *response) error { return patchVary(r, decision(a, "vary_on_cookie"), "Cookie") }), nil
	})
	m.attrs["vary_on_headers"] = fn("vary_on_headers", func(_ *interp, a *args) (value, error) {
		return fn("vary_on_headers", func(_ *interp, b *args) (value, error) {
			return after(b.or(0, "", none{}), func(_ *interp, r *response) error {
				var names []string
				for _, x := range a.pos {
					names = append(names, str(x))
				}
				return patchVary(r, decision(a, "vary_on_headers"), names...)
			}), nil
		}), nil
	})
	m.attrs["login_required"] = fn("login_required", func(_ *interp, a *args) (value, error) {
		f := a.or(0, "function", none{})
		return wrapView(f, func(in *interp, b *args) (value, error) {
			h.running.session = true
			url := str(h.setting("LOGIN_URL", "/accounts/login/")) + "?next=" + h.running.parts.path
			return redirectTo(302, url), nil
		}), nil
	})
}

// restricted returns a view that takes some methods only.
func (h *djangoHost) restricted(f value, methods []string) value {
	return wrapView(f, func(in *interp, a *args) (value, error) {
		if slices.Contains(methods, h.running.parts.req.Method) {
			return in.call(nil, f, a)
		}
		r := &response{kind: "HttpResponseNotAllowed", status: 405}
		r.add("Content-Type", "text/html; charset=utf-8", server.Decision{})
		r.add("Allow", strings.Join(methods, ", "), server.Decision{})
		return r, nil
	})
}

// methodDecorator applies a decorator of functions to a method.
func methodDecorator(in *interp, a *args) (value, error) {
	d, name := a.or(0, "decorator", none{}), a.or(1, "name", "")
	apply := func(v value) (value, error) {
		decorators := []value{d}
		switch l := d.(type) {
		case *list:
			decorators = l.items
		case *tuple:
			decorators = l.items
		}
		for i := len(decorators) - 1; i >= 0; i-- {
			inner := v
			marked, err := in.call(nil, decorators[i], &args{pos: []value{fn("probe", func(*interp, *args) (value, error) { return none{}, nil })}, at: a.at})
			if err != nil {
				return nil, err
			}
			deco := decorators[i]
			w := wrapView(inner, func(in *interp, b *args) (value, error) {
				f := fn(viewName(inner), func(in *interp, c *args) (value, error) { return in.call(nil, inner, c.unshift(b.or(0, "", none{}))) })
				x, err := in.call(nil, deco, &args{pos: []value{f}, at: a.at})
				if err != nil {
					return nil, err
				}
				return in.call(nil, x, b.shift())
			})
			if p, ok := marked.(*builtin); ok {
				for k, x := range p.attrs {
					w.attrs[k] = x
				}
			}
			v = w
		}
		return v, nil
	}
	return fn("method_decorator", func(in *interp, b *args) (value, error) {
		target := b.or(0, "", none{})
		c, ok := target.(*class)
		if !ok {
			return apply(target)
		}
		m := c.lookup(str(name))
		if m == nil {
			return c, nil
		}
		v, err := apply(m)
		if err == nil {
			c.set(str(name), v)
		}
		return c, err
	}), nil
}

// djangoRequest is a request of Django.
type djangoRequest struct{ c *djangoCall }

func (q *djangoRequest) typeName() string { return "WSGIRequest" }

func (q *djangoRequest) attr(in *interp, name string) (value, error) {
	c, p := q.c, q.c.parts
	if v, ok := c.attrs[name]; ok {
		return v, nil
	}
	switch name {
	case "method":
		return p.req.Method, nil
	case "path", "path_info":
		return p.path, nil
	case "GET", "query_params":
		return parameters("QueryDict", p.query), nil
	case "POST":
		if p.req.Method != "POST" {
			return &mapping{kind: "QueryDict"}, nil
		}
		return p.form(), nil
	case "data":
		if isJSON(p.contentType()) && p.req.Body != "" {
			v, ok := parseJSON(p.req.Body)
			if !ok {
				return nil, in.restError("ParseError")
			}
			return v, nil
		}
		if t := p.contentType(); t != "" && p.req.Body != "" && t != "application/x-www-form-urlencoded" && t != "multipart/form-data" {
			return nil, in.restError("UnsupportedMediaType")
		}
		return p.form(), nil
	case "FILES":
		return &mapping{kind: "MultiValueDict"}, nil
	case "body":
		return bytes(p.req.Body), nil
	case "headers":
		return p.headers(), nil
	case "META":
		return q.meta(), nil
	case "COOKIES":
		return p.cookies().pairs(), nil
	case "scheme":
		if c.secure() {
			return "https", nil
		}
		return "http", nil
	case "is_secure":
		return fn(name, func(*interp, *args) (value, error) { return c.secure(), nil }), nil
	case "get_host":
		return fn(name, func(in *interp, _ *args) (value, error) { return p.host, c.host(in) }), nil
	case "get_full_path":
		return fn(name, func(*interp, *args) (value, error) { return c.fullPath(false), nil }), nil
	case "build_absolute_uri":
		return fn(name, func(in *interp, a *args) (value, error) {
			return p.scheme + "://" + p.host + str(a.or(0, "location", c.fullPath(false))), c.host(in)
		}), nil
	case "content_type":
		return p.contentType(), nil
	case "user", "auth":
		c.session = c.session || c.has("AuthenticationMiddleware")
		return anonymous(in), nil
	case "session":
		c.session = true
		return newDict(), nil
	case "_request":
		return q, nil
	case "resolver_match":
		return harmlessf("request.resolver_match"), nil
	}
	return nil, nil
}

// anonymous is the user of a request without a session.
func anonymous(in *interp) value {
	return &instance{class: in.classes["object"], attrs: map[string]value{
		"is_authenticated": false, "is_anonymous": true, "is_active": false, "is_staff": false, "is_superuser": false, "username": "", "id": none{}, "pk": none{},
	}}
}

// has reports whether a middleware is in use.
func (c *djangoCall) has(name string) bool {
	items, _, err := (&interp{}).iterateAt(nil, at0, c.h.setting("MIDDLEWARE", &list{}))
	if err != nil {
		return false
	}
	return slices.ContainsFunc(items, func(x value) bool {
		if _, more := x.(ellipsis); more {
			return true
		}
		s, ok := x.(string)
		return ok && strings.HasSuffix(s, "."+name)
	})
}

func (q *djangoRequest) setAttr(_ *interp, name string, v value) error {
	q.c.attrs[name] = v
	return nil
}

// meta returns request.META.
func (q *djangoRequest) meta() *dict {
	d := newDict()
	p := q.c.parts
	d.put("REQUEST_METHOD", p.req.Method)
	d.put("PATH_INFO", p.path)
	d.put("QUERY_STRING", p.query)
	d.put("REMOTE_ADDR", "127.0.0.1")
	for _, h := range p.req.Header {
		name := strings.ToUpper(strings.ReplaceAll(fetch.ByteLowercase(h.Name), "-", "_"))
		if name != "CONTENT_TYPE" && name != "CONTENT_LENGTH" {
			name = "HTTP_" + name
		}
		d.put(name, h.Value)
	}
	return d
}
