package python

import (
	"strings"

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
	m.attrs["check_request_enabled"] = h.signal
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
	m.attrs["RedirectView"] = redirectView()
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
	m.attrs["receiver"] = fn("receiver", receiver)
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

// djangoAttr returns an attribute that only responses of Django have.
func (r *response) djangoAttr(name string) (value, error) {
	switch name {
	case "has_header":
		return fn(name, func(_ *interp, a *args) (value, error) { return r.get(str(a.or(0, "header", ""))) != nil, nil }), nil
	case "get", "items", "setdefault", "__setitem__", "__delitem__":
		return (&headersOf{r}).attr(nil, name)
	case "content":
		return bytes(r.body), nil
	case "streaming":
		return r.kind == "StreamingHttpResponse" || r.kind == "FileResponse", nil
	case "write", "flush", "close":
		return fn(name, func(*interp, *args) (value, error) { r.bodyUnknown = true; return none{}, nil }), nil
	}
	return nil, nil
}
