package python

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

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
	words := strings.Split(strings.ToLower(statusNames[int64(code)]), "_")
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

func (r *response) typeName() string { return r.kind }

func (r *response) attr(in *interp, name string) (value, error) {
	if v, ok := r.attrs[name]; ok {
		return v, nil
	}
	switch name {
	case "headers":
		return &headersOf{r}, nil
	case "status_code", "code":
		if r.unknown != nil {
			return r.unknown, nil
		}
		return int64(r.status), nil
	case "status":
		if r.unknown != nil {
			return r.unknown, nil
		}
		return strings.ToUpper(fmt.Sprintf("%d %s", r.status, statusText(r.status))), nil
	case "vary":
		return &varyOf{r}, nil
	case "data", "body":
		return bytes(r.body), nil
	case "get_json", "get_data":
		return fn(name, func(*interp, *args) (value, error) { return harmlessf("%s()", name), nil }), nil
	case "json":
		if v, ok := parseJSON(r.body); ok && !r.bodyUnknown {
			return v, nil
		}
		return harmlessf("response.json"), nil
	case "set_cookie", "delete_cookie", "call_on_close", "add_etag", "make_conditional", "set_etag":
		return fn(name, func(*interp, *args) (value, error) { return none{}, nil }), nil
	case "mimetype", "content_type":
		if v := r.get("Content-Type"); v != nil {
			return v, nil
		}
		return none{}, nil
	case "is_json":
		v, _ := r.get("Content-Type").(string)
		return strings.HasPrefix(v, "application/json"), nil
	case "access_control_allow_origin", "access_control_allow_methods", "access_control_allow_headers", "access_control_max_age", "access_control_allow_credentials", "access_control_expose_headers":
		return none{}, nil
	case "cache_control":
		return harmlessf("response.cache_control"), nil
	}
	return nil, nil
}

func (r *response) setAttr(in *interp, name string, v value) error {
	switch name {
	case "status_code", "status":
		return in.setStatus(in.here(), r, v)
	case "data":
		r.body = str(v)
	case "access_control_allow_origin", "access_control_allow_methods", "access_control_allow_headers", "access_control_max_age", "access_control_expose_headers":
		header := titled(strings.ReplaceAll(name, "_", "-"))
		v, err := in.headerList(v)
		if err != nil {
			return err
		}
		r.set(header, v, server.Decision{Position: in.here(), Text: "response." + name})
	case "access_control_allow_credentials":
		if isTrue(v) {
			r.set("Access-Control-Allow-Credentials", "true", server.Decision{Position: in.here(), Text: "response." + name})
		} else {
			r.remove("Access-Control-Allow-Credentials")
		}
	case "content_type", "mimetype":
		r.set("Content-Type", v, server.Decision{})
	default:
		if r.attrs == nil {
			r.attrs = make(map[string]value)
		}
		r.attrs[name] = v
	}
	return nil
}

// headerList returns a list as the value of a header.
func (in *interp) headerList(v value) (value, error) {
	switch v.(type) {
	case *list, *tuple, *set:
		items, _, err := in.iterateAt(nil, in.here(), v)
		var parts []string
		for _, x := range items {
			if u := firstUnknown(x); u != nil {
				return u, nil
			}
			parts = append(parts, str(x))
		}
		return strings.Join(parts, ", "), err
	}
	return in.headerValue(v)
}

// varyOf is response.vary.
type varyOf struct{ r *response }

func (v *varyOf) typeName() string { return "HeaderSet" }

func (v *varyOf) attr(_ *interp, name string) (value, error) {
	if name != "add" && name != "update" {
		return harmlessf("vary.%s", name), nil
	}
	return fn(name, func(in *interp, a *args) (value, error) {
		var names []string
		x := a.or(0, "", "")
		if s, ok := x.(string); ok {
			names = []string{s}
		} else {
			items, _, err := in.iterateAt(nil, a.at, x)
			if err != nil {
				return nil, err
			}
			for _, i := range items {
				names = append(names, str(i))
			}
		}
		return none{}, v.addNames(decision(a, "response.vary"), names...)
	}), nil
}

// addNames adds names to the first line of Vary, which then is the only one.
func (v *varyOf) addNames(by server.Decision, names ...string) error {
	var all []string
	if old := v.r.get("Vary"); old != nil {
		if firstUnknown(old) != nil {
			return nil
		}
		for _, part := range strings.Split(str(old), ",") {
			all = append(all, strings.TrimSpace(part))
		}
	}
	for _, n := range names {
		if !slices.ContainsFunc(all, func(s string) bool { return sameName(s, n) }) {
			all = append(all, n)
		}
	}
	v.r.set("Vary", strings.Join(all, ", "), by)
	return nil
}

// setStatus sets the status of a response.
func (in *interp) setStatus(at server.Position, r *response, v value) error {
	switch v := v.(type) {
	case int64:
		r.status = int(v)
	case *unknown:
		r.unknown = v
	case string:
		first, _, _ := strings.Cut(v, " ")
		n, err := strconv.Atoi(first)
		if err != nil {
			n = 0
		}
		r.status = n
	case *instance:
		if n, ok := asInt(v.attrs["value"]); ok {
			r.status = int(n)
		}
	default:
		return in.raise(at, "TypeError", "Invalid status argument")
	}
	return nil
}

// newFlaskResponse is Response(body, status, headers, …).
func newFlaskResponse(in *interp, a *args) (value, error) {
	r := &response{kind: "Response", status: 200}
	switch b := a.or(0, "response", none{}).(type) {
	case string:
		r.body = b
	case bytes:
		r.body = string(b)
	case none:
	default:
		r.bodyUnknown = true
	}
	if v := a.get(1, "status"); v != nil && v != (none{}) {
		if err := in.setStatus(a.at, r, v); err != nil {
			return nil, err
		}
	}
	kind := "text/html; charset=utf-8"
	if v, ok := a.or(3, "mimetype", none{}).(string); ok {
		kind = v
	}
	if v, ok := a.or(4, "content_type", none{}).(string); ok {
		kind = v
	}
	r.add("Content-Type", kind, server.Decision{})
	if v := a.get(2, "headers"); v != nil && v != (none{}) {
		how := "set"
		if _, isDict := v.(*dict); !isDict {
			how = "add"
		}
		if err := in.addHeaders(a.at, r, how, v); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// addHeaders sets or adds headers from a mapping or pairs.
func (in *interp) addHeaders(at server.Position, r *response, how string, v value) error {
	h := &headersOf{r}
	switch x := v.(type) {
	case *headersOf:
		for _, l := range x.r.headers {
			r.set(l.name, l.v, l.by)
		}
		return nil
	case *dict:
		for i, k := range x.keys {
			items := []value{x.vals[i]}
			if l, ok := x.vals[i].(*list); ok {
				items = l.items
			}
			for j, item := range items {
				one := how
				if j > 0 {
					one = "add"
				}
				if _, err := h.change(in, one, &args{pos: []value{k, item}, at: at}); err != nil {
					return err
				}
			}
		}
		return nil
	}
	items, u, err := in.iterateAt(nil, at, v)
	if err != nil {
		return err
	}
	if u != nil {
		r.add("Access-Control-Allow-Origin", u, server.Decision{})
		return nil
	}
	for _, item := range items {
		pair, _, err := in.iterateAt(nil, at, item)
		if err != nil {
			return err
		}
		if len(pair) != 2 {
			return in.raise(at, "ValueError", "not enough values to unpack")
		}
		if _, err := h.change(in, how, &args{pos: pair, at: at}); err != nil {
			return err
		}
	}
	return nil
}

// flaskResponse returns what a view returned as a response.
func (in *interp) flaskResponse(at server.Position, v value) (*response, error) {
	var status, headers value
	if t, ok := v.(*tuple); ok {
		switch len(t.items) {
		case 3:
			v, status, headers = t.items[0], t.items[1], t.items[2]
		case 2:
			v = t.items[0]
			switch t.items[1].(type) {
			case *dict, *list, *tuple, *headersOf:
				headers = t.items[1]
			default:
				status = t.items[1]
			}
		default:
			return nil, in.raise(at, "TypeError", "The view function did not return a valid response tuple.")
		}
	}
	r, err := in.bodyResponse(at, v)
	if err != nil {
		return nil, err
	}
	if status != nil && status != (none{}) {
		if err := in.setStatus(at, r, status); err != nil {
			return nil, err
		}
	}
	if headers != nil && headers != (none{}) {
		if err := in.addHeaders(at, r, "set", headers); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// bodyResponse returns a response with a body.
func (in *interp) bodyResponse(at server.Position, v value) (*response, error) {
	switch b := v.(type) {
	case *response:
		return b, nil
	case string, bytes:
		r := &response{kind: "Response", status: 200, body: str(b)}
		r.add("Content-Type", "text/html; charset=utf-8", server.Decision{})
		return r, nil
	case *dict, *list:
		x, err := jsonify(in, &args{pos: []value{b}, at: at})
		r, _ := x.(*response)
		return r, err
	case *unknown:
		return &response{kind: "Response", status: 200, unknown: b}, nil
	case none:
		return nil, in.raise(at, "TypeError", "The view function did not return a valid response. The function either returned None or ended without a return statement.")
	case *instance:
		if b.class.isA("HTTPException") {
			return in.exceptionResponse(b), nil
		}
	}
	return nil, in.raise(at, "TypeError", "The view function did not return a valid response.")
}

// jsonify returns its arguments as a JSON response.
func jsonify(in *interp, a *args) (value, error) {
	var v value
	switch {
	case len(a.pos) == 1 && len(a.kw) == 0:
		v = a.pos[0]
	case len(a.pos) > 0:
		v = &list{a.pos}
	default:
		d := newDict()
		for _, k := range a.kw {
			d.put(k.name, k.v)
		}
		v = d
	}
	r := &response{kind: "Response", status: 200}
	r.add("Content-Type", "application/json", server.Decision{})
	text, ok := jsonText(v, ",", ":")
	r.body = text + "\n"
	if !ok {
		r.bodyUnknown = true
		if unknownIn(v) == nil && !hasOpaque(v, 0) {
			return nil, in.raise(a.at, "TypeError", "Object of type %s is not JSON serializable", typeName(v))
		}
	}
	return r, nil
}

// hasOpaque reports whether a value has parts that JSON may be able to write all
// the same, such as dates.
func hasOpaque(v value, depth int) bool {
	if depth > 20 {
		return true
	}
	switch v := v.(type) {
	case *list:
		return slices.ContainsFunc(v.items, func(x value) bool { return hasOpaque(x, depth+1) })
	case *tuple:
		return slices.ContainsFunc(v.items, func(x value) bool { return hasOpaque(x, depth+1) })
	case *dict:
		return slices.ContainsFunc(v.vals, func(x value) bool { return hasOpaque(x, depth+1) })
	case *uuidValue, *unknown:
		return true
	case *instance:
		return v.class.lookup("__html__") != nil || len(v.class.types) > 0
	}
	return false
}

func flaskRedirect(in *interp, a *args) (value, error) {
	r := &response{kind: "Response", status: 302, bodyUnknown: true}
	if v := a.get(1, "code"); v != nil {
		if err := in.setStatus(a.at, r, v); err != nil {
			return nil, err
		}
	}
	r.add("Content-Type", "text/html; charset=utf-8", server.Decision{})
	r.add("Location", a.or(0, "location", ""), server.Decision{})
	return r, nil
}

// fileResponse returns the response of a template or a file, whose existence is
// not known unless the file is given.
func (in *interp) fileResponse(name string, a *args) value {
	first := a.or(0, "", "")
	r := &response{kind: "Response", status: 200, bodyUnknown: true}
	r.add("Content-Type", "text/html; charset=utf-8", server.Decision{})
	file := str(first)
	switch name {
	case "render_template":
		file = "templates/" + file
	case "send_from_directory":
		file = str(first) + "/" + str(a.or(1, "path", ""))
	}
	if firstUnknown(first) == nil && in.exists(a.at, "isfile", file) == value(true) {
		if name == "render_template" {
			return ""
		}
		return r
	}
	r.unknown = unknownf(a.at, "give the file with the text", "whether %s exists", file)
	return r
}

// isHTTP returns an error as an HTTP exception; nil when it is another.
func isHTTP(err error) *instance {
	var r *raised
	if errors.As(err, &r) && r.exc.class.isA("HTTPException") {
		return r.exc
	}
	return nil
}
