package python

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// httpClasses are the exceptions of Werkzeug with their status.
var httpClasses = []struct {
	name string
	code int64
}{
	{"BadRequest", 400}, {"Unauthorized", 401}, {"Forbidden", 403}, {"NotFound", 404}, {"MethodNotAllowed", 405}, {"NotAcceptable", 406}, {"RequestTimeout", 408},
	{"Conflict", 409}, {"Gone", 410}, {"LengthRequired", 411}, {"PreconditionFailed", 412}, {"RequestEntityTooLarge", 413}, {"RequestURITooLarge", 414},
	{"UnsupportedMediaType", 415}, {"RequestedRangeNotSatisfiable", 416}, {"ExpectationFailed", 417}, {"ImATeapot", 418}, {"UnprocessableEntity", 422},
	{"Locked", 423}, {"FailedDependency", 424}, {"PreconditionRequired", 428}, {"TooManyRequests", 429}, {"RequestHeaderFieldsTooLarge", 431},
	{"UnavailableForLegalReasons", 451}, {"InternalServerError", 500}, {"NotImplemented", 501}, {"BadGateway", 502}, {"ServiceUnavailable", 503},
	{"GatewayTimeout", 504}, {"HTTPVersionNotSupported", 505},
}

// addHTTPClasses adds Werkzeug's exceptions.
func (in *interp) addHTTPClasses(m *lib) {
	if in.classes["HTTPException"] == nil {
		h := in.addClass("HTTPException", "Exception")
		h.dict["code"] = none{}
		h.dict["description"] = none{}
		h.dict["__init__"] = fn("__init__", initHTTPException)
		h.dict["get_response"] = fn("get_response", func(in *interp, a *args) (value, error) {
			i, _ := a.or(0, "", none{}).(*instance)
			return in.exceptionResponse(i), nil
		})
		h.dict["get_body"] = fn("get_body", func(*interp, *args) (value, error) { return harmlessf("get_body()"), nil })
		h.dict["name"] = "HTTP Error"
		for _, c := range httpClasses {
			k := in.addClass(c.name, "HTTPException")
			k.dict["code"] = c.code
			k.dict["name"] = statusText(int(c.code))
			k.dict["description"] = statusText(int(c.code))
		}
		k := in.addClass("BadRequestKeyError", "BadRequest")
		k.bases = append(k.bases, in.classes["KeyError"])
	}
	m.attrs["HTTPException"] = in.classes["HTTPException"]
	for _, c := range httpClasses {
		m.attrs[c.name] = in.classes[c.name]
	}
	m.attrs["BadRequestKeyError"] = in.classes["BadRequestKeyError"]
}

// statusText returns the reason phrase of a status.
func statusText(code int) string {
	words := strings.Split(fetch.ByteLowercase(statusNames[int64(code)]), "_")
	for i, w := range words {
		words[i] = titled(w)
	}
	return strings.Join(words, " ")
}

// initHTTPException sets description and response of an exception.
func initHTTPException(_ *interp, a *args) (value, error) {
	i, ok := a.or(0, "", none{}).(*instance)
	if !ok {
		return none{}, nil
	}
	rest := a.shift()
	if v := rest.get(0, "description"); v != nil && v != (none{}) {
		if i.class.isA("MethodNotAllowed") {
			i.attrs["valid_methods"] = v
		} else {
			i.attrs["description"] = v
		}
	}
	if v := rest.get(-1, "valid_methods"); v != nil {
		i.attrs["valid_methods"] = v
	}
	if v := rest.get(1, "response"); v != nil {
		i.attrs["response"] = v
	}
	i.attrs["args"] = &tuple{}
	return none{}, nil
}

// httpClass returns the exception for a status; nil when there is none.
func (in *interp) httpClass(code int) *class {
	for _, c := range httpClasses {
		if c.code == int64(code) {
			return in.classes[c.name]
		}
	}
	return nil
}

// httpError returns the exception for a status as an error.
func (in *interp) httpError(code int, attrs map[string]value) error {
	c := in.httpClass(code)
	if c == nil {
		return in.raise(in.here(), "LookupError", "no exception for %d", code)
	}
	i := &instance{class: c, attrs: map[string]value{"args": &tuple{}}}
	for k, v := range attrs {
		i.attrs[k] = v
	}
	return &raised{i, in.here()}
}

// abort raises the exception for a status.
func abort(in *interp, a *args) (value, error) {
	switch v := a.or(0, "code", none{}).(type) {
	case int64:
		attrs := map[string]value{}
		if d := a.get(1, "description"); d != nil {
			attrs["description"] = d
		}
		return nil, in.httpError(int(v), attrs)
	case *response:
		i := &instance{class: in.classes["HTTPException"], attrs: map[string]value{"args": &tuple{}, "response": v}}
		return nil, &raised{i, a.at}
	case *unknown:
		return nil, &raised{&instance{class: in.classes["HTTPException"], attrs: map[string]value{"args": &tuple{}}, native: v}, a.at}
	}
	return nil, in.raise(a.at, "LookupError", "no exception for %s", repr(a.or(0, "", none{})))
}

// exceptionResponse returns the response of an HTTP exception.
func (in *interp) exceptionResponse(e *instance) *response {
	if r, ok := e.attrs["response"].(*response); ok {
		return r
	}
	if u, ok := e.native.(*unknown); ok {
		return &response{kind: "Response", status: 500, unknown: u}
	}
	code, _ := asInt(attrOf(e, "code"))
	r := &response{kind: "Response", status: int(code), bodyUnknown: true}
	r.add("Content-Type", "text/html; charset=utf-8", server.Decision{})
	if e.class.isA("MethodNotAllowed") {
		if v := e.attrs["valid_methods"]; v != nil && v != (none{}) {
			items, _, _ := in.iterateAt(nil, at0, v)
			var list []string
			for _, x := range items {
				list = append(list, str(x))
			}
			if len(list) > 0 {
				r.add("Allow", strings.Join(list, ", "), server.Decision{})
			}
		}
	}
	if v, ok := e.attrs["new_url"].(string); ok {
		r.add("Location", v, server.Decision{})
	}
	return r
}

// attrOf returns an attribute of an object or its class.
func attrOf(i *instance, name string) value {
	if v, ok := i.attrs[name]; ok {
		return v
	}
	return i.class.lookup(name)
}
