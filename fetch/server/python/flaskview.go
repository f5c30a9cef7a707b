package python

import (
	"slices"

	"github.com/corsim/corsim/fetch/server"
)

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
