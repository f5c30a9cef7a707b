package python

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// flaskRequest is flask.request.
type flaskRequest struct{ h *flaskHost }

func (q *flaskRequest) typeName() string { return "Request" }

func (q *flaskRequest) attr(in *interp, name string) (value, error) {
	c := q.h.current
	if c == nil {
		return nil, in.raise(in.here(), "RuntimeError", "Working outside of request context.")
	}
	p := c.parts
	switch name {
	case "method":
		return p.req.Method, nil
	case "path", "full_path":
		return p.path, nil
	case "headers":
		return p.headers(), nil
	case "args":
		return parameters("ImmutableMultiDict", p.query), nil
	case "form":
		return p.form(), nil
	case "values":
		m := parameters("ImmutableMultiDict", p.query)
		m.pairs0 = append(m.pairs0, p.form().pairs0...)
		return m, nil
	case "files":
		return &mapping{kind: "ImmutableMultiDict"}, nil
	case "cookies":
		return p.cookies(), nil
	case "data":
		return bytes(p.req.Body), nil
	case "get_data":
		return fn(name, func(_ *interp, a *args) (value, error) {
			if isTrue(a.or(1, "as_text", false)) {
				return p.req.Body, nil
			}
			return bytes(p.req.Body), nil
		}), nil
	case "json":
		return q.json(in, &args{at: in.here()})
	case "get_json":
		return fn(name, q.json), nil
	case "is_json":
		return isJSON(p.contentType()), nil
	case "content_type", "mimetype":
		if name == "mimetype" {
			return p.contentType(), nil
		}
		return headerOr(p, "Content-Type", none{}), nil
	case "content_length":
		if s, ok := p.header("Content-Length"); ok {
			return in.toInt(at0, s)
		}
		return none{}, nil
	case "origin":
		return headerOr(p, "Origin", none{}), nil
	case "authorization":
		return authorization(p), nil
	case "access_control_request_method":
		return headerOr(p, "Access-Control-Request-Method", none{}), nil
	case "access_control_request_headers":
		s, ok := p.header("Access-Control-Request-Headers")
		if !ok {
			return none{}, nil
		}
		return stringList(strings.Split(s, ",")), nil
	case "remote_addr":
		return "127.0.0.1", nil
	case "access_route":
		return &list{[]value{"127.0.0.1"}}, nil
	case "user_agent":
		return harmlessf("request.user_agent"), nil
	case "endpoint":
		if c.rule == nil {
			return none{}, nil
		}
		return c.rule.endpoint, nil
	case "blueprint":
		if c.rule == nil || len(c.rule.blueprint) == 0 {
			return none{}, nil
		}
		return c.rule.blueprint[0].name, nil
	case "url_rule":
		if c.rule == nil {
			return none{}, nil
		}
		return c.rule.path, nil
	case "view_args":
		d := newDict()
		if c.view != nil {
			for _, k := range c.view.kw {
				d.put(k.name, k.v)
			}
		}
		return d, nil
	case "host":
		return p.host, nil
	case "scheme":
		return p.scheme, nil
	case "is_secure":
		return p.req.TLS, nil
	case "url", "base_url":
		u := p.scheme + "://" + p.host + p.path
		if name == "url" && p.query != "" {
			u += "?" + p.query
		}
		return u, nil
	case "host_url", "url_root", "root_url":
		return p.scheme + "://" + p.host + "/", nil
	case "query_string":
		return bytes(p.query), nil
	case "environ":
		return harmlessf("request.environ"), nil
	}
	if v, ok := c.g.attrs["\x00request."+name]; ok {
		return v, nil
	}
	return nil, nil
}

func (q *flaskRequest) setAttr(_ *interp, name string, v value) error {
	if q.h.current != nil {
		q.h.current.g.attrs["\x00request."+name] = v
	}
	return nil
}

// headerOr returns a header of the request, or a default.
func headerOr(p *requestParts, name string, standard value) value {
	if s, ok := p.header(name); ok {
		return s
	}
	return standard
}

func isJSON(kind string) bool {
	return kind == "application/json" || strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json")
}

// authorization returns request.authorization.
func authorization(p *requestParts) value {
	s, ok := p.header("Authorization")
	if !ok {
		return none{}
	}
	kind, rest, _ := strings.Cut(s, " ")
	if fetch.ByteLowercase(kind) != "basic" {
		if fetch.ByteLowercase(kind) == "digest" {
			return harmlessf("request.authorization")
		}
		return none{} // Werkzeug 2.2 knows Basic and Digest only
	}
	v, err := base64Decode(&interp{classes: map[string]*class{}}, &args{pos: []value{rest}})
	if err != nil {
		return none{}
	}
	user, password, _ := strings.Cut(string(v.(bytes)), ":")
	i := &instance{class: &class{name: "Authorization", dict: map[string]value{}}, attrs: map[string]value{"username": user, "password": password, "type": "basic"}}
	return i
}

// json returns request.get_json(force, silent).
func (q *flaskRequest) json(in *interp, a *args) (value, error) {
	p := q.h.current.parts
	force, silent := isTrue(a.or(0, "force", false)), isTrue(a.or(1, "silent", false))
	if !force && !isJSON(p.contentType()) {
		if silent {
			return none{}, nil
		}
		code := 415
		if v := in.src.Versions["werkzeug"]; v == "" || strings.HasPrefix(v, "2.1") || strings.HasPrefix(v, "2.2") {
			code = 400
		}
		return nil, in.httpError(code, nil)
	}
	v, ok := parseJSON(p.req.Body)
	if !ok {
		if silent {
			return none{}, nil
		}
		return nil, in.httpError(400, nil)
	}
	return v, nil
}

// urlFor returns the URL of an endpoint.
func (h *flaskHost) urlFor(in *interp, a *args) (value, error) {
	app := h.app()
	name := str(a.or(0, "endpoint", ""))
	if app == nil {
		return harmlessf("url_for()"), nil
	}
	if strings.HasPrefix(name, ".") && h.current != nil && h.current.rule != nil {
		i := strings.LastIndexByte(h.current.rule.endpoint, '.')
		name = h.current.rule.endpoint[:max(i, 0)] + name
	}
	for _, r := range app.rules {
		if r.endpoint != name {
			continue
		}
		out := r.path
		var query []string
		used := map[string]bool{}
		for _, m := range variablePart.FindAllStringSubmatch(r.path, -1) {
			v := a.get(-1, m[3])
			if v == nil {
				return nil, in.raise(a.at, "Exception", "BuildError: Could not build url for endpoint %s", quote(name))
			}
			if u := firstUnknown(v); u != nil {
				return u, nil
			}
			used[m[3]] = true
			out = strings.Replace(out, m[0], str(v), 1)
		}
		for _, k := range a.kw {
			if !used[k.name] && !strings.HasPrefix(k.name, "_") {
				query = append(query, k.name+"="+str(k.v))
			}
		}
		if len(query) > 0 {
			out += "?" + strings.Join(query, "&")
		}
		if isTrue(a.or(-1, "_external", false)) && h.current != nil {
			out = h.current.parts.scheme + "://" + h.current.parts.host + out
		}
		return out, nil
	}
	if app.escaped != nil {
		return app.escaped, nil
	}
	return nil, in.raise(a.at, "Exception", "BuildError: Could not build url for endpoint %s", quote(name))
}

// addRestful fills the module flask_restful.
func (h *flaskHost) addRestful(_ *interp, m *lib) {
	res := &class{name: "Resource", dict: map[string]value{}}
	m.attrs["Resource"] = res
	m.attrs["abort"] = fn("abort", func(in *interp, a *args) (value, error) { return abort(in, a) })
	m.attrs["Api"] = &class{name: "Api", dict: map[string]value{}, create: func(in *interp, c *class, a *args) (value, error) {
		i := &instance{class: c, attrs: map[string]value{}}
		var app *flaskApp
		prefix := str(a.or(-1, "prefix", ""))
		use := func(v value) { app, _ = v.(*flaskApp) }
		use(a.or(0, "app", none{}))
		type entry struct {
			cl   *class
			urls *args
		}
		var waiting []entry
		add := func(in *interp, cl *class, b *args) error {
			if app == nil {
				waiting = append(waiting, entry{cl, b})
				return nil
			}
			return h.addResource(in, app, prefix, cl, b)
		}
		i.attrs["add_resource"] = fn("add_resource", func(in *interp, b *args) (value, error) {
			cl, ok := b.or(0, "", none{}).(*class)
			if !ok {
				if u := firstUnknown(b.or(0, "", none{})); u != nil && app != nil {
					app.escape(u)
				}
				return none{}, nil
			}
			return none{}, add(in, cl, b.shift())
		})
		i.attrs["init_app"] = fn("init_app", func(in *interp, b *args) (value, error) {
			use(b.or(0, "app", none{}))
			for _, w := range waiting {
				if err := add(in, w.cl, w.urls); err != nil {
					return nil, err
				}
			}
			return none{}, nil
		})
		return i, nil
	}}
}

// addResource adds a class of flask_restful.
func (h *flaskHost) addResource(in *interp, app *flaskApp, prefix string, cl *class, urls *args) error {
	endpoint := fetch.ByteLowercase(cl.name)
	if e, ok := urls.get(-1, "endpoint").(string); ok {
		endpoint = e
	}
	view := fn(endpoint, func(in *interp, a *args) (value, error) {
		obj, err := in.instantiate(nil, cl, &args{at: a.at})
		if err != nil {
			return nil, err
		}
		v, err := in.dispatchMethod(obj, cl, a)
		if err != nil {
			return nil, err
		}
		return in.resourceResponse(a.at, v)
	})
	view.attrs = map[string]value{"methods": classMethods(cl)}
	for _, u := range urls.pos {
		if _, err := app.addURLRule(in, &args{pos: []value{prefix + str(u), endpoint, view}, at: urls.at}); err != nil {
			return err
		}
	}
	return nil
}

// resourceResponse returns what a method of a resource returned.
func (in *interp) resourceResponse(at server.Position, v value) (value, error) {
	if r, ok := v.(*response); ok {
		return r, nil
	}
	var status, headers value
	if t, ok := v.(*tuple); ok && len(t.items) > 0 {
		v = t.items[0]
		if len(t.items) > 1 {
			status = t.items[1]
		}
		if len(t.items) > 2 {
			headers = t.items[2]
		}
	}
	x, err := jsonify(in, &args{pos: []value{v}, at: at})
	r, ok := x.(*response)
	if err != nil || !ok {
		return x, err
	}
	if status != nil {
		if err := in.setStatus(at, r, status); err != nil {
			return nil, err
		}
	}
	if headers != nil {
		err = in.addHeaders(at, r, "set", headers)
	}
	return r, err
}

// sortedAllow returns methods as the value of Allow.
func sortedAllow(methods map[string]bool) string { return strings.Join(sortedKeys(methods), ", ") }

// itoa returns a number in digits.
func itoa(n int) string { return strconv.Itoa(n) }
