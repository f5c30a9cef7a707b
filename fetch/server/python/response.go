package python

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

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
	if _, ok := in.host.(*djangoHost); ok {
		if v, err := r.djangoAttr(name); v != nil || err != nil {
			return v, err
		}
	}
	switch {
	case name == "raw_headers":
		r.unknownHeaders = unknownf(in.here(), "use response.headers", "what response.raw_headers gets")
		return r.unknownHeaders, nil
	case otherAttributes[name]:
		return harmlessf("response.%s", name), nil
	}
	return nil, nil
}

// otherAttributes are attributes of responses of Werkzeug, Starlette and Django whose
// values are not modelled, and that change no header of CORS.
var otherAttributes = nameSet(`accept_ranges age allow autocorrect_location_header background body_iterator charset close closed
 content_encoding content_language content_length content_md5 content_range context_data cookies date default_mimetype default_status
 direct_passthrough etag exception expires freeze get_app_iter get_etag get_wsgi_headers get_wsgi_response implicit_sequence_conversion
 is_rendered is_sequence is_streamed iter_encoded last_modified location max_cookie_size media_type mimetype_params reason_phrase render
 renderer_context accepted_renderer response retry_after stream streaming_content template_name www_authenticate`)

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
