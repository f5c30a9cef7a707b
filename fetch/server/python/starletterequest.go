package python

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// starRequest is a request of Starlette.
type starRequest struct{ s *starCall }

func (q *starRequest) typeName() string { return "Request" }

func (q *starRequest) attr(in *interp, name string) (value, error) {
	p := q.s.parts
	switch name {
	case "method":
		return p.req.Method, nil
	case "url":
		return &starURL{q.s}, nil
	case "base_url":
		return p.scheme + "://" + p.host + "/", nil
	case "headers":
		m := &mapping{kind: "Headers", fold: true}
		for _, h := range p.req.Header {
			m.pairs0 = append(m.pairs0, [2]string{fetch.ByteLowercase(h.Name), h.Value})
		}
		return m, nil
	case "query_params":
		return parameters("QueryParams", p.query), nil
	case "path_params":
		return q.s.params, nil
	case "cookies":
		return p.cookies().pairs(), nil
	case "client":
		c := &instance{class: in.classes["object"], attrs: map[string]value{"host": "127.0.0.1", "port": int64(50000)}}
		return c, nil
	case "body":
		return fn(name, func(*interp, *args) (value, error) { return bytes(p.req.Body), nil }), nil
	case "json":
		return fn(name, func(in *interp, a *args) (value, error) {
			return jsonLoads(in, &args{pos: []value{bytes(p.req.Body)}, at: a.at})
		}), nil
	case "form":
		return fn(name, func(*interp, *args) (value, error) { return p.form(), nil }), nil
	case "state":
		return q.s.state, nil
	case "app":
		return q.s.app, nil
	case "scope":
		return scopeOf(q.s), nil
	case "session":
		return newDict(), nil
	case "user", "auth":
		return harmlessf("request.%s", name), nil
	case "is_disconnected":
		return fn(name, func(*interp, *args) (value, error) { return false, nil }), nil
	case "url_for":
		return fn(name, func(*interp, *args) (value, error) { return harmlessf("url_for()"), nil }), nil
	}
	return nil, nil
}

// starURL is request.url.
type starURL struct{ s *starCall }

// String returns the URL.
func (u *starURL) String() string {
	p := u.s.parts
	out := p.scheme + "://" + p.host + u.s.root + u.s.path
	if p.query != "" {
		out += "?" + p.query
	}
	return out
}

func (u *starURL) typeName() string { return "URL" }

func (u *starURL) attr(_ *interp, name string) (value, error) {
	p := u.s.parts
	switch name {
	case "path":
		return u.s.root + u.s.path, nil
	case "scheme":
		return p.scheme, nil
	case "netloc":
		return p.host, nil
	case "hostname":
		h, _, _ := strings.Cut(p.host, ":")
		return h, nil
	case "query":
		return p.query, nil
	case "port":
		return none{}, nil
	case "replace", "include_query_params":
		return fn(name, func(_ *interp, a *args) (value, error) { return unknownf(a.at, "", "url.%s()", name), nil }), nil
	}
	return nil, nil
}
