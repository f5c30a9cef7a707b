package python

import (
	"errors"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// restExceptions are the exceptions of Django REST framework with their status.
var restExceptions = []struct {
	name string
	code int64
}{
	{"ValidationError", 400}, {"ParseError", 400}, {"AuthenticationFailed", 401}, {"NotAuthenticated", 401}, {"PermissionDenied", 403}, {"NotFound", 404},
	{"MethodNotAllowed", 405}, {"NotAcceptable", 406}, {"UnsupportedMediaType", 415}, {"Throttled", 429},
}

// restClass returns an exception of Django REST framework.
func (in *interp) restClass(name string) *class {
	if in.classes["APIException"] == nil {
		c := in.addClass("APIException", "Exception")
		c.dict["status_code"] = int64(500)
		c.dict["__init__"] = fn("__init__", func(_ *interp, a *args) (value, error) {
			i, _ := a.or(0, "", none{}).(*instance)
			i.attrs["detail"] = a.or(1, "detail", none{})
			i.attrs["args"] = &tuple{}
			return none{}, nil
		})
		for _, e := range restExceptions {
			k := in.addClass("rest."+e.name, "APIException")
			k.name = e.name
			k.dict["status_code"] = e.code
		}
	}
	if name == "APIException" {
		return in.classes[name]
	}
	return in.classes["rest."+name]
}

// restError returns an exception of Django REST framework as an error.
func (in *interp) restError(name string) error {
	return &raised{&instance{class: in.restClass(name), attrs: map[string]value{"args": &tuple{}}}, in.here()}
}

// addREST fills a module of Django REST framework; all have the same names.
func (h *djangoHost) addREST(in *interp, m *lib) {
	m.attrs["APIException"] = in.restClass("APIException")
	for _, e := range restExceptions {
		m.attrs[e.name] = in.restClass(e.name)
	}
	status := &lib{name: "status", attrs: map[string]value{}}
	addStatus(status)
	m.attrs["status"] = status
	addStatus(m)
	m.attrs["Response"] = fn("Response", func(in *interp, a *args) (value, error) {
		r := &response{kind: "Response", status: 200, bodyUnknown: true}
		if s := a.get(1, "status"); s != nil && s != (none{}) {
			if err := in.setStatus(a.at, r, s); err != nil {
				return nil, err
			}
		}
		if d := a.or(0, "data", none{}); d == (none{}) {
			r.bodyUnknown = false
		} else if text, ok := jsonText(d, ",", ":"); ok {
			r.body, r.bodyUnknown = text, false
		}
		if v := a.get(3, "headers"); v != nil && v != (none{}) {
			return r, in.addHeaders(a.at, r, "set", v)
		}
		return r, nil
	})
	view := djangoView()
	view.name = "APIView"
	view.dict["csrf_exempt"] = true
	view.dict["dispatch"] = fn("dispatch", func(in *interp, a *args) (value, error) {
		i, _ := a.or(0, "", none{}).(*instance)
		return h.dispatchREST(in, i, a.shift())
	})
	m.attrs["APIView"] = view
	m.attrs["api_view"] = fn("api_view", func(in *interp, a *args) (value, error) { return h.apiView(in, a) })
	for _, name := range []string{"permission_classes", "authentication_classes", "renderer_classes", "parser_classes", "throttle_classes"} {
		m.attrs[name] = fn(name, func(_ *interp, a *args) (value, error) {
			return fn(name, func(in *interp, b *args) (value, error) {
				f := b.or(0, "", none{})
				return f, in.setAttr(&frame{module: in.main}, positionNode(0), f, name, a.or(0, "", none{}))
			}), nil
		})
	}
	for _, name := range []string{"AllowAny", "IsAuthenticated", "IsAdminUser", "IsAuthenticatedOrReadOnly", "SessionAuthentication", "BasicAuthentication", "TokenAuthentication", "JSONRenderer", "BrowsableAPIRenderer", "JSONParser", "BasePermission"} {
		m.attrs[name] = &class{name: name, dict: map[string]value{}}
	}
	h.addSets(m, view)
}

// apiView makes a view of a function.
func (h *djangoHost) apiView(in *interp, a *args) (value, error) {
	methods := []string{"GET"}
	if v := a.get(0, "http_method_names"); v != nil && v != (none{}) {
		items, _, err := in.iterateAt(nil, a.at, v)
		if err != nil {
			return nil, err
		}
		methods = nil
		for _, x := range items {
			methods = append(methods, strings.ToUpper(str(x)))
		}
	}
	return fn("api_view", func(in *interp, b *args) (value, error) {
		f := b.or(0, "func", none{})
		w := wrapView(f, func(in *interp, c *args) (value, error) {
			v := restView{h: h, allowed: append([]string{"OPTIONS"}, methods...), options: func(name string) value { x, _ := in.attrOr(nil, nil, f, name); return x }}
			slices.SortFunc(v.allowed, func(x, y string) int {
				return slices.Index(viewMethodNames, fetch.ByteLowercase(x)) - slices.Index(viewMethodNames, fetch.ByteLowercase(y))
			})
			if slices.Contains(methods, "OPTIONS") {
				v.allowed = slices.Compact(v.allowed)
			}
			v.name = viewName(f)
			if x, ok := f.(*function); ok {
				v.text = documentation(x.body)
			}
			method := h.running.parts.req.Method
			if slices.Contains(methods, method) {
				v.handler = func() (value, error) { return in.call(nil, f, c) }
			}
			return v.run(in)
		})
		w.attrs["csrf_exempt"] = true
		return w, nil
	}), nil
}

// dispatchREST calls the method of an APIView.
func (h *djangoHost) dispatchREST(in *interp, i *instance, a *args) (value, error) {
	v := restView{h: h, options: func(name string) value {
		if x, ok := i.attrs[name]; ok {
			return x
		}
		return i.class.lookup(name)
	}}
	v.name, v.text = i.class.name, i.class.text
	names, has, err := in.methodNames(i.class, i.class.has)
	if err != nil {
		return nil, err
	}
	v.allowed = has
	name := fetch.ByteLowercase(h.running.parts.req.Method)
	m := i.class.lookup(name)
	if m == nil && name == "head" {
		m = i.class.lookup("get")
	}
	if m != nil && slices.Contains(names, name) {
		v.handler = func() (value, error) { return in.call(nil, bindTo(m, i), a) }
	}
	if u := i.class.unknownBase(); u != nil && m == nil && !u.harmless {
		v.handler = func() (value, error) { return u, nil }
	}
	return v.run(in)
}

// restView is one request to an APIView.
type restView struct {
	h       *djangoHost
	allowed []string
	handler func() (value, error) // nil when there is none
	// name and text are the name of the view and its documentation.
	name, text string
	options    func(name string) value
}

// classes returns the names of classes that a view or the settings list.
func (v *restView) classes(in *interp, name, setting string, standard []string) ([]string, *unknown) {
	x := v.options(name)
	if x == nil {
		if d, ok := v.h.setting("REST_FRAMEWORK", newDict()).(*dict); ok {
			x = d.str(setting)
		}
	}
	if x == nil {
		return standard, nil
	}
	items, u, err := in.iterateAt(nil, at0, x)
	if err != nil || u != nil {
		return nil, u
	}
	var out []string
	for _, i := range items {
		switch i := i.(type) {
		case *class:
			if i.module != nil {
				return nil, unknownf(at0, "", "%s, a class of the text", i.name)
			}
			out = append(out, i.name)
		case string:
			out = append(out, i[strings.LastIndexByte(i, '.')+1:])
		case *unknown:
			return nil, i
		}
	}
	return out, nil
}

// run runs the view with authentication and permissions.
func (v *restView) run(in *interp) (value, error) {
	auth, u1 := v.classes(in, "authentication_classes", "DEFAULT_AUTHENTICATION_CLASSES", []string{"SessionAuthentication", "BasicAuthentication"})
	permissions, u2 := v.classes(in, "permission_classes", "DEFAULT_PERMISSION_CLASSES", []string{"AllowAny"})
	renderers, u3 := v.classes(in, "renderer_classes", "DEFAULT_RENDERER_CLASSES", []string{"JSONRenderer", "BrowsableAPIRenderer"})
	if slices.Contains(auth, "SessionAuthentication") && v.h.running.has("AuthenticationMiddleware") {
		v.h.running.session = true
	}
	r, err := v.answer(in, auth, permissions)
	if err != nil {
		return nil, err
	}
	for _, u := range []*unknown{u1, u2, u3} {
		if u != nil {
			r.unknown = u
		}
	}
	if u3 == nil && len(renderers) > 1 {
		if err := patchVary(r, server.Decision{Text: "Django REST framework"}, "Accept"); err != nil {
			return nil, err
		}
	}
	r.set("Allow", strings.Join(v.allowed, ", "), server.Decision{})
	return r, nil
}

// answer runs the handler.
func (v *restView) answer(in *interp, auth, permissions []string) (*response, error) {
	method := v.h.running.parts.req.Method
	for _, p := range permissions {
		switch {
		case p == "AllowAny", p == "IsAuthenticatedOrReadOnly" && slices.Contains([]string{"GET", "HEAD", "OPTIONS"}, method):
			continue
		case p == "IsAuthenticated", p == "IsAdminUser", p == "IsAuthenticatedOrReadOnly":
			return v.refused(auth), nil
		default:
			return &response{kind: "Response", status: 200, bodyUnknown: true, unknown: unknownf(at0, "", "the permission %s", p)}, nil
		}
	}
	if slices.Contains(auth, "BasicAuthentication") {
		if a, ok := v.h.running.parts.header("Authorization"); ok && strings.HasPrefix(fetch.ByteLowercase(a), "basic") {
			return v.refused(auth), nil
		}
	}
	if v.handler == nil {
		if method == "OPTIONS" && slices.Contains(v.allowed, method) {
			return v.metadata(), nil
		}
		return v.problem(405), nil
	}
	v.h.running.attrs["user"] = anonymous(in)
	x, err := v.handler()
	delete(v.h.running.attrs, "user")
	var exc *raised
	if errors.As(err, &exc) {
		return v.exception(exc, auth)
	}
	if err != nil {
		return nil, err
	}
	return v.h.running.respond(in, x)
}

// refused is the answer to a request without credentials.
func (v *restView) refused(auth []string) *response {
	r := v.problem(403)
	if len(auth) > 0 && auth[0] != "SessionAuthentication" {
		r.status = 401
	}
	return r
}

// metadata is the framework's own answer to OPTIONS; only its length matters.
func (v *restView) metadata() *response {
	const frame = `{"name":"","description":"","renders":["application/json","text/html"],"parses":["application/json","application/x-www-form-urlencoded","multipart/form-data"]}`
	r := v.problem(200)
	r.body = strings.Repeat(" ", len(frame)+len(v.name)+len(v.text))
	return r
}

// documentation returns the text that begins the body of a function or a class.
func documentation(body []syntax.Stmt) string {
	if len(body) > 0 {
		if e, ok := body[0].(*syntax.ExprStmt); ok {
			if t, ok := e.X.(*syntax.Text); ok {
				return t.Value
			}
		}
	}
	return ""
}

// problem is an answer with one short message.
func (v *restView) problem(status int) *response {
	accept, _ := v.h.running.parts.header("Accept")
	return &response{kind: "Response", status: status, body: strings.Repeat(" ", 60), bodyUnknown: strings.Contains(accept, "html")}
}

// exception makes the answer of an exception that the framework handles.
func (v *restView) exception(exc *raised, auth []string) (*response, error) {
	c := exc.exc.class
	switch {
	case c.isA("APIException"):
		r := &response{kind: "Response", status: 500, bodyUnknown: true}
		if n, ok := asInt(attrOf(exc.exc, "status_code")); ok {
			r.status = int(n)
		}
		if r.status == 401 {
			return v.refused(auth), nil
		}
		return r, nil
	case c.isA("Http404"):
		return v.problem(404), nil
	case c.isA("PermissionDenied"):
		return v.problem(403), nil
	}
	return nil, exc
}
